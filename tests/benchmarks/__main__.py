"""Prints the measured figures beside their goals: `python3 dev.py bench [--scale small] [NAME …]`."""

from __future__ import annotations

import argparse
import importlib
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

NAMES = (
    "cases",
    "window",
    "form",
    "patient",
    "lists",
    "switches",
    "approvals",
    "at_scale",
    "planner",
    "recheck",
    "holds",
)

OF_NO_INTEREST = "This plugin does not support propagateSizeHints()"
"""What the platform without a screen says of every window, thousands of times."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which of {', '.join(NAMES)}; all when none is named")
    parser.add_argument("--scale", choices=("small", "full"), default="full", help="small takes seconds")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(NAMES):
        parser.error(f"no benchmark is named {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    qInstallMessageHandler(_tell)
    for name in arguments.names or NAMES:
        for figure in importlib.import_module(f"tests.benchmarks.{name}").measure(arguments.scale):
            print(figure, flush=True)
    return 0


def _tell(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    if text != OF_NO_INTEREST:
        print(text, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
