"""The self-test passes on a whole program, and a broken part fails its step without hiding the others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tracker import paths, selftest

ROOT = Path(__file__).resolve().parents[1]


def test_that_everything_passes_with_an_empty_environment(tmp_path: Path) -> None:
    bare = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}

    told = subprocess.run(
        [sys.executable, "-m", "tracker", "--self-test"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )

    lines = told.stdout.splitlines()
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stderr == ""
    assert lines[-1] == f"{len(selftest.STEPS)} steps, all passed."
    assert all(line.startswith("ok    ") for line in lines[:-1])


def test_that_a_broken_part_is_named_and_the_others_are_tried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(paths.resource_root(), tmp_path / "resources")
    (tmp_path / "resources" / "payers.toml").write_text("surprise = 1\n", encoding="utf-8")

    assert selftest.run_self_test(tmp_path / "resources") == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("FAIL  rule files: ")
    assert "payers.toml" in lines[0]
    assert [line for line in lines if "There is no clinic to try this on." in line]
    assert [line for line in lines if line.startswith("ok")] == ["ok    page of a PDF: drawn as 30 x 30 points"]
    assert lines[-1] == f"{len(selftest.STEPS) - 1} of {len(selftest.STEPS)} steps failed."


def test_that_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    assert selftest.run_self_test() == 0
    assert list(tmp_path.iterdir()) == []
