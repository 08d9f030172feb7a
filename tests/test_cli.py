"""Behaviour of the command line's frame: exit codes, one plain sentence, and what it does not load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tracker import __version__, cli


def test_that_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        cli.main(["--version"])

    assert leaving.value.code == 0
    assert capsys.readouterr().out == f"injection-tracker {__version__}\n"


def test_that_a_missing_case_file_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(["check", str(tmp_path / "nowhere.json")])

    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert "nowhere.json cannot be read" in said.err
    assert len(said.err.splitlines()) == 1


def test_that_a_case_file_in_another_encoding_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.json"
    file.write_bytes(b'[{"id": "\xff"}]')

    code = cli.main(["check", str(file)])

    assert code == 2
    assert capsys.readouterr().err.endswith("is not UTF-8 text (byte 9). Save it as UTF-8.\n")


def test_that_a_fault_of_the_program_shows_its_place_and_no_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(arguments: object) -> int:
        raise KeyError("Whitaker, Doris M.")

    monkeypatch.setattr(cli, "_dispatch", break_down)
    code = cli.main(["check", "-"])

    said = capsys.readouterr().err
    assert code == 1
    assert "KeyError at test_cli.py:" in said
    assert "Whitaker" not in said
    assert "Traceback" not in said


def test_that_the_command_line_loads_neither_qt_nor_the_database() -> None:
    told = "import sys, tracker.cli; print([m for m in ('PySide6', 'sqlalchemy', 'sqlmodel') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"
