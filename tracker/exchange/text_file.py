"""Text files as other programs write them: encodings, separators and limits, before anything is understood."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tracker.domain.errors import ImportFileError
from tracker.domain.language import tr

MAX_BYTES = 100 * 1024 * 1024
MAX_ROWS = 250_000
MAX_CELL = 10_000
DELIMITERS = (",", ";", "\t")
_CHUNK = 1 << 20
_FALLBACK = "cp1252"


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the file and the line on which it begins; `fault` says why it has no cells."""

    line: int
    cells: tuple[str, ...] = ()
    fault: str = ""


def encoding_of(path: Path) -> str:
    """Return the encoding that the whole file can be read in: UTF-8, UTF-16 with its mark, else Windows-1252.

    Raises ImportFileError when the file is missing, too large, or no text.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            told = tr("It has {size} MB, and {most} is the limit.", size=size >> 20, most=MAX_BYTES >> 20)
            raise ImportFileError(
                tr("{name} is too large.", name=path.name), told, tr("Split it into parts.")
            ) from None
        with path.open("rb") as file:
            head = file.read(2)
        if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return _first_fitting(path, ("utf-16",))
        return _first_fitting(path, ("utf-8-sig", _FALLBACK))
    except OSError as error:
        raise ImportFileError(
            tr("{name} cannot be read: {why}.", name=path.name, why=error.strerror),
            "",
            tr("Check the file's name."),
        ) from None


def _first_fitting(path: Path, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        if _decodes(path, encoding):
            return encoding
    raise ImportFileError(
        tr("{name} is no text file.", name=path.name),
        tr("It holds bytes that are no letters."),
        tr("Save it as CSV UTF-8."),
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def is_fallback(encoding: str) -> bool:
    """Tell whether the file was no UTF-8, so that accents should be looked at."""
    return encoding == _FALLBACK


def head_of(path: Path, encoding: str) -> dict[str, tuple[str, ...]]:
    """Return the first record as each separator would cut it."""
    return {delimiter: _first_cells(path, encoding, delimiter) for delimiter in DELIMITERS}


def _first_cells(path: Path, encoding: str, delimiter: str) -> tuple[str, ...]:
    return next((record.cells for record in records(path, encoding, delimiter)), ())


def records(path: Path, encoding: str, delimiter: str) -> Iterator[Record]:
    """Yield the records that are not empty. Raises ImportFileError when a quote never closes, or there are too many."""
    with _opened(path, encoding) as file:
        rows = csv.reader(file, delimiter=delimiter, strict=True)
        count = 0
        while True:
            line = rows.line_num + 1
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield _faulty(path, line, str(error))
                continue
            if any(cell.strip() for cell in cells) and not _names_separator(line, cells):
                count += 1
                if count > MAX_ROWS:
                    raise ImportFileError(
                        tr("{name} has too many lines.", name=path.name),
                        tr("The limit is {most:,}.", most=MAX_ROWS),
                        tr("Split it into parts."),
                    )
                yield Record(line, tuple(cells))


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[TextIO]:
    try:
        with path.open(encoding=encoding, newline="") as file:
            yield file
    except (OSError, UnicodeError):
        raise ImportFileError(
            tr("{name} changed while it was read, or cannot be read any more.", name=path.name), "", tr("Try again.")
        ) from None


def _faulty(path: Path, line: int, message: str) -> Record:
    if "unexpected end" in message or "field limit" in message:
        raise ImportFileError(
            tr(
                "{name}, line {line}: a quotation mark opens here and does not close, or a cell never ends.",
                name=path.name,
                line=line,
            ),
            tr("What follows cannot be told apart, so nothing was taken in."),
            tr("Close it, or double quotation marks inside a cell."),
        )
    return Record(line, fault=tr("a quotation mark stands in the middle of a cell"))


def _names_separator(line: int, cells: list[str]) -> bool:
    """Excel's own first line "sep=;" is no record."""
    return line == 1 and cells[0].strip().casefold().startswith("sep=")
