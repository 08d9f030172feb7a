"""Spreadsheets and pasted text: no cell is a formula, nothing is lost when a file cannot be written."""

from __future__ import annotations

import csv
import os
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tracker.domain.cell_text import guarded
from tracker.exchange.sheet_file import ExportError, SheetCell, put, sheet_text, write_sheet

HOSTILE = (
    "=1+1",
    "+1",
    "-1+1",
    "@sum(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "'quoted",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("x")',
)
PLAIN = ("O'Brien", "1-2", "a=b", "Ruiz, Elena", "")


def write(target: Path, texts: tuple[str, ...], title: str = "Overrides") -> None:
    rows = [[SheetCell(text), SheetCell(3, "#,##0"), SheetCell(date(2026, 11, 24), "mm/dd/yyyy")] for text in texts]
    write_sheet(target, title, [("=clinic",)], ["=head", "Count", "Day"], rows, ["=note"])


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_that_no_text_is_a_formula_in_a_file(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"report.{ending}"
    write(target, HOSTILE + PLAIN)
    if ending == "csv":
        with target.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+-@\t\r\n＝＋－＠" and cell]
        assert {text for text in PLAIN if text} <= set(cells)
        assert {f"'{text}" for text in HOSTILE} <= set(cells)
        return
    cells = [
        cell for row in openpyxl.load_workbook(target).active.iter_rows() for cell in row if cell.value is not None
    ]
    assert "f" not in {cell.data_type for cell in cells}
    texts = {cell.value: cell for cell in cells if isinstance(cell.value, str)}
    assert {text.replace("\r", "\n") for text in HOSTILE} <= {text.replace("\r", "\n") for text in texts}
    assert texts["=1+1"].quotePrefix
    assert not texts["Ruiz, Elena"].quotePrefix


def test_that_figures_and_days_stay_figures_and_days(tmp_path: Path) -> None:
    write(tmp_path / "report.xlsx", ("Ruiz",))
    row = list(openpyxl.load_workbook(tmp_path / "report.xlsx").active.iter_rows())[3]
    assert [cell.data_type for cell in row] == ["s", "n", "d"]
    assert row[1].value == 3


@pytest.mark.parametrize("text", HOSTILE)
def test_that_pasted_text_is_guarded_and_kept_to_its_cell(text: str) -> None:
    pasted = sheet_text([("Head", "Count"), (text, "-3")], frozenset({1}))
    line = pasted.split("\n")[1]
    assert line.count("\t") == 1
    assert not line.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert line.endswith("\t-3")


def test_that_plain_text_stays_as_it_is() -> None:
    assert [guarded(text) for text in PLAIN] == list(PLAIN)


def test_that_a_folder_that_is_gone_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as told:
        write(tmp_path / "gone" / "report.xlsx", PLAIN)
    assert told.value.sentence().startswith("report.xlsx was not written:")
    assert told.value.remedy == "Close it where it is open, or choose another folder or name."


def test_that_the_former_file_stays_when_the_new_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"the former one")

    def refuse(*_given: object) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(ExportError, match="used by another process"):
        put(b"the new one", target)
    assert target.read_bytes() == b"the former one"
    assert [file.name for file in tmp_path.iterdir()] == ["report.xlsx"]


def test_that_nothing_lies_in_a_temporary_file_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    write(tmp_path / "report.xlsx", PLAIN)
    assert openpyxl.load_workbook(tmp_path / "report.xlsx").active["A1"].value == "=clinic"


def test_that_a_title_that_no_sheet_may_have_is_mended(tmp_path: Path) -> None:
    write(tmp_path / "report.xlsx", PLAIN, "Eligible again: call list / [next month] of all patients")
    assert openpyxl.load_workbook(tmp_path / "report.xlsx").active.title.startswith("Eligible again")
