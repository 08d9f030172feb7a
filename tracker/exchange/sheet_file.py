"""Writes a table as a spreadsheet (XLSX, CSV) or as text to paste, so that no cell is ever taken for a formula."""

from __future__ import annotations

import csv
import io
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from tracker.domain.cell_text import guarded
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr

MOST_ROWS = 1_048_000
"""A sheet holds 1,048,576; some are left for what stands above and below."""
_WIDEST, _NARROWEST = 60, 8
_TITLE_LENGTH = 31
_HEED_EVERY = 200
Heed = Callable[[int, int], None]
_NOT_IN_TITLES = str.maketrans("\\/*?:[]", "       ")


class ExportError(TrackerError):
    """A file that could not be written; what lay there before is still there."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A value and, for figures, days and times, how a spreadsheet shows it."""

    value: str | int | float | date | time | None
    format: str = ""


def sheet_text(rows: Iterable[Sequence[str]], figures: frozenset[int]) -> str:
    """Return rows as tab separated text; `figures` are the columns that hold numbers and days alone."""
    return "\n".join(
        "\t".join(
            cell if place in figures else guarded(" ".join(cell.split()))
            for place, cell in enumerate(row)
        )
        for row in rows
    )  # fmt: skip


def write_sheet(
    target: Path,
    title: str,
    head: Sequence[Sequence[str]],
    columns: Sequence[str],
    rows: Sequence[Sequence[SheetCell]],
    notes: Sequence[str] = (),
    heed: Heed = lambda _done, _total: None,
) -> None:
    """Write CSV where the name says so, else XLSX. Raises ExportError, and leaves what lay there as it was.

    `heed` hears how many rows are written, of how many; what it raises ends the writing.
    """
    if len(rows) > MOST_ROWS:
        raise ExportError(
            tr("{n:,} rows are more than a spreadsheet holds.", n=len(rows)), "", tr("Choose fewer days.")
        )
    as_text = target.suffix.casefold() == ".csv"
    told = _Told(rows, heed)
    put(_csv(columns, told) if as_text else _xlsx(title, head, columns, told, notes), target)


def put(content: bytes, target: Path) -> None:
    """Write a file whole or not at all. Raises ExportError."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        try:
            beside.write_bytes(content)
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(
            tr(
                "{name} was not written: {why}.",
                name=target.name,
                why=(error.strerror or "").lower() or tr("no reason given"),
            ),
            "",
            tr("Close it where it is open, or choose another folder or name."),
        ) from None


@dataclass(frozen=True, slots=True)
class _Told:
    """Rows that tell how far it is while they are gone through."""

    rows: Sequence[Sequence[SheetCell]]
    heed: Heed

    def __iter__(self) -> Iterator[Sequence[SheetCell]]:
        for place, row in enumerate(self.rows):
            if place % _HEED_EVERY == 0:
                self.heed(place, len(self.rows))
            yield row


def _csv(columns: Sequence[str], rows: _Told) -> bytes:
    made = io.StringIO(newline="")
    out = csv.writer(made)
    out.writerow([guarded(column) for column in columns])
    out.writerows([_plain(cell) for cell in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _plain(cell: SheetCell) -> Any:
    value = cell.value
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


def _xlsx(
    title: str, head: Sequence[Sequence[str]], columns: Sequence[str], rows: _Told, notes: Sequence[str]
) -> bytes:  # fmt: skip
    import openpyxl  # takes a moment to load
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title.translate(_NOT_IN_TITLES)[:_TITLE_LENGTH]
    strong = Font(bold=True)
    for number, line in enumerate(head, 1):
        for place, text in enumerate(line, 1):
            _set(sheet.cell(number, place), SheetCell(text))
    sheet["A1"].font = strong
    top = len(head) + 2
    for place, text in enumerate(columns, 1):
        _set(sheet.cell(top, place), SheetCell(text))
        sheet.cell(top, place).font = strong
    for number, row in enumerate(rows, top + 1):
        for place, cell in enumerate(row, 1):
            _set(sheet.cell(number, place), cell)
    for number, text in enumerate(notes, top + len(rows.rows) + 2):
        _set(sheet.cell(number, 1), SheetCell(text))
    for place, width in enumerate(_widths(columns, rows.rows), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.print_title_rows = f"{top}:{top}"
    return _in_memory(book)


def _widths(columns: Sequence[str], rows: Sequence[Sequence[SheetCell]]) -> list[int]:
    found = [max(_NARROWEST, len(column) + 2) for column in columns]
    for row in rows[:1000]:
        for place, cell in enumerate(row):
            length = len(cell.value) if isinstance(cell.value, str) else 12 if cell.value is not None else 0
            found[place] = min(_WIDEST, max(found[place], length + 2))
    return found


def _set(cell: Any, given: SheetCell) -> None:
    """Set a value; a text stays a text, whatever it begins with, also when somebody edits the cell."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(given.value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", given.value)[:32_000]
        cell.data_type = "s"
        if guarded(given.value) != given.value:
            cell.quotePrefix = True
    elif given.value is not None:
        cell.value = given.value
    if given.format:
        cell.number_format = given.format


def _in_memory(book: Any) -> bytes:
    """Return the file's bytes. The library would lay each sheet in a temporary file on its way, in clear."""
    from zipfile import ZIP_DEFLATED, ZipFile

    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class InMemory(ExcelWriter):
        def write_worksheet(self, sheet: Any) -> None:
            sheet._drawing = SpreadsheetDrawing()
            writer = WorksheetWriter(sheet, io.BytesIO())
            writer.write()
            sheet._rels = writer._rels
            self._archive.writestr(sheet.path[1:], writer.out.getvalue())
            self.manifest.append(sheet)

    made = io.BytesIO()
    InMemory(book, ZipFile(made, "w", ZIP_DEFLATED)).save()
    return made.getvalue()
