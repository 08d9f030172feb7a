"""The `injection-tracker` command: cases, imports, rule books and the self-test without Qt, or opens the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.domain.errors import InvalidCaseError, TrackerError

if TYPE_CHECKING:  # most starts give no arguments: what reads them is loaded where there are some
    import argparse

ANSWERED = 0
FAULT = 1
REFUSED = 2
"""What was given cannot be used: said in one sentence on standard error."""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for and return the exit code; a failure is a plain sentence, or a line a mistake."""
    given = sys.argv[1:] if argv is None else argv
    arguments = _parser().parse_args(given) if given else None
    try:
        return _dispatch(arguments) if arguments else _open_window(demo=False, folder=None)
    except TrackerError as error:
        print(error.lines(), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stdout = None  # nobody reads any more; stops the flush at exit from failing too
        return FAULT
    except Exception as error:
        print(_fault(error), file=sys.stderr)
        return FAULT


def _parser() -> argparse.ArgumentParser:
    import argparse

    from tracker.policies_command import add_policies

    parser = argparse.ArgumentParser(
        prog="injection-tracker",
        description="May this injection be booked on that date, and if not, when? Without a command: opens the window.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"injection-tracker {__version__}")
    parser.add_argument("--demo", action="store_true", help="open the demo clinic, with invented patients")
    parser.add_argument("--clinic", type=Path, metavar="FOLDER", help="the clinic's folder, instead of the usual one")
    parser.add_argument(
        "--self-test", action="store_true", help="try every part of the program once and say what works"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_check(commands)
    _add_import(commands)
    add_policies(commands)
    return parser


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser("check", help="answer a file of cases; prints a JSON list, one answer a case")
    check.add_argument(
        "--compare", action="store_true", help="print only what differs from `expect`; ends with 1 when something does"
    )
    check.add_argument("file", metavar="FILE", help="a JSON file of cases, or - for standard input")
    check.add_argument(
        "--rules", type=Path, metavar="FOLDER", help="payers and rule files to try, over the shipped ones"
    )


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    import argparse

    taking_in = commands.add_parser("import", help="take patients, coverage or procedures in from a file")
    taking_in.add_argument("file", type=Path, metavar="FILE", help="a CSV file; docs/data-format.md says how it looks")
    taking_in.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
    taking_in.add_argument("--json", action="store_true", help="print the result as JSON")
    taking_in.add_argument(
        "--clinic", type=Path, metavar="FOLDER", help="the clinic's folder", default=argparse.SUPPRESS
    )
    taking_in.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def _dispatch(arguments: argparse.Namespace) -> int:
    if arguments.self_test:
        from tracker.selftest import run_self_test

        return run_self_test()
    if arguments.command == "check":
        return (_compare if arguments.compare else _check)(arguments.file, arguments.rules)
    if arguments.command == "import":
        from tracker.import_command import run_import

        return run_import(arguments)
    if arguments.command == "policies":
        from tracker.policies_command.running import run_policies

        return run_policies(arguments)
    return _open_window(demo=arguments.demo, folder=arguments.clinic)


def _open_window(*, demo: bool, folder: Path | None) -> int:
    import gc

    gc.disable()  # what loads until the first window stays; app.py has it looked at again from then on
    from tracker.app import main

    return main(demo=demo, folder=folder)


def _check(file: str, rules: Path | None) -> int:
    text = _case_text(file)
    import json

    from tracker.paths import resource_root
    from tracker.policies import load_catalog
    from tracker.services.rule_library.cases import answer_cases

    catalog = load_catalog(resource_root(), rules)
    answers = answer_cases(text, "standard input" if file == "-" else file, catalog)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # whatever the locale says, JSON is UTF-8
    json.dump(answers, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return ANSWERED


def _compare(file: str, rules: Path | None) -> int:
    """Print a line for each thing that a case expects otherwise, and for each case that expects nothing."""
    text, name = _case_text(file), "standard input" if file == "-" else file
    from tracker.paths import resource_root
    from tracker.policies import load_catalog
    from tracker.services.rule_library.proving import differing

    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # whatever the locale says
    lines = differing(text, name, load_catalog(resource_root(), rules))
    for line in lines:
        print(line)
    return FAULT if lines else ANSWERED


def _case_text(file: str) -> str:
    """Return the file's text. Raises InvalidCaseError when it cannot be read as text."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InvalidCaseError(
            f"{file} cannot be read: {error.strerror}.", remedy="Name a JSON file of cases."
        ) from None
    except UnicodeDecodeError as error:
        raise InvalidCaseError(f"{file} is not UTF-8 text (byte {error.start}).", remedy="Save it as UTF-8.") from None


def _fault(error: Exception) -> str:
    """Return what broke and where, without a value of anybody's data."""
    import traceback

    places = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(places[-1].filename).name}:{places[-1].lineno}" if places else ""
    return f"A fault in the program: {type(error).__name__}{where}. Please report it."
