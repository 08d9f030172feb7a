"""A thousand cases through the `check` command, the start of the program included."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from tests.benchmarks.figures import Figure

CASES = Path(__file__).resolve().parents[1] / "cases"
COUNT = {"small": 100, "full": 1_000}
GOAL_SECONDS = 3.0


def measure(scale: str) -> list[Figure]:
    shipped = [case for path in sorted(CASES.glob("*.json")) for case in json.loads(path.read_text(encoding="utf-8"))]
    many = [case | {"id": f"{case['id']}-{number}"} for number, case in enumerate(islice(cycle(shipped), COUNT[scale]))]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "cases.json"
        file.write_text(json.dumps(many), encoding="utf-8")
        before, began = _children_cpu(), time.perf_counter()
        result = subprocess.run(
            [sys.executable, "-m", "tracker", "check", str(file)], capture_output=True, text=True, check=False
        )
        spent, wall = _children_cpu() - before, time.perf_counter() - began
    if result.returncode:
        raise SystemExit(f"check refused its own cases: {result.stderr}")
    answers = len(json.loads(result.stdout))
    return [
        Figure(f"{answers:,} cases through check (processor)", spent, "s", GOAL_SECONDS, f"{wall:.2f} s by the clock")
    ]


def _children_cpu() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system
