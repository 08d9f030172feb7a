"""The `import` command: takes a file of patients, coverage or procedures into a clinic, without a window.

`--json` prints one object:

    {"file": "visits.csv", "format": "procedures", "dry_run": false,
     "counts": [{"kind": "procedures", "new": 8, "changed": 0, "same": 2, "rejected": 1}],
     "problems": [{"line": 14, "field": "date", "what": "...", "how": "...", "rejected": true}]}

A problem with `rejected` false is a remark: its line was taken. The exit code is 0 when the file was taken, rejected
lines or not, and 2 with one sentence on standard error when it was not: no clinic, wrong password, unreadable file.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tracker.command_clinic import open_clinic
from tracker.domain.errors import BackupError
from tracker.services import Services
from tracker.services.imports.imports import ImportPreview, RowProblem

TAKEN = 0


def run_import(arguments: argparse.Namespace) -> int:
    """Import the file that the arguments name and print what came of it. Raises TrackerError when it is not taken."""
    services = open_clinic(arguments)
    try:
        file: Path = arguments.file
        if arguments.dry_run:
            done = services.imports.preview(file)
        else:
            _back_up_first(services)
            done = services.imports.run(file).value
    finally:
        services.close()
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # whatever the locale says
    if arguments.json:
        json.dump(as_json(done, arguments.dry_run), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(as_lines(done, arguments.dry_run)))
    return TAKEN


def _back_up_first(services: Services) -> None:
    """Make a backup where a folder is chosen and something is new; one that fails is told and stops no import."""
    try:
        if services.backups.plan().folder and services.backups.state().changed:
            services.backups.make()
    except BackupError as error:
        print(f"Imported without a backup before it: {error.sentence()}", file=sys.stderr)


def as_json(done: ImportPreview, dry_run: bool) -> dict[str, Any]:
    """Return the object that this module's first lines describe."""
    return {
        "file": done.file,
        "format": done.format,
        "dry_run": dry_run,
        "counts": [asdict(count) for count in done.counts],
        "problems": [asdict(problem) for problem in done.problems],
    }


def as_lines(done: ImportPreview, dry_run: bool) -> list[str]:
    """Return the sentence about the whole file, then one line a problem, in the order of the file."""
    lines = [f"{done.file}: {done.sentence()}."]
    lines += [_problem_line(problem) for problem in done.problems]
    return [*lines, "Nothing was written: this was a dry run."] if dry_run else lines


def _problem_line(problem: RowProblem) -> str:
    return ("rejected  " if problem.rejected else "remark    ") + problem.sentence()
