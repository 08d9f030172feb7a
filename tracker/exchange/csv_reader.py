"""Reads comma-, semicolon- or tab-separated files of one layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.domain.errors import ImportFileError
from tracker.domain.language import tr
from tracker.exchange.cell_values import shown
from tracker.exchange.columns import Cells, Layout
from tracker.exchange.formats import ImportedRow, RowProblem, Vocabulary
from tracker.exchange.text_file import DELIMITERS, Record, encoding_of, head_of, is_fallback, records


@dataclass(frozen=True, slots=True)
class CsvReader:
    """One layout's reader; lines are numbered as a text editor shows them."""

    layout: Layout

    @property
    def name(self) -> str:
        return self.layout.name

    def recognises(self, path: Path) -> bool:
        return self._delimiter(path, encoding_of(path)) is not None

    def read(self, path: Path, vocabulary: Vocabulary) -> Iterator[ImportedRow | RowProblem]:
        """Yield rows and problems; a row with a problem is yielded as its problems alone."""
        encoding = encoding_of(path)
        delimiter = self._delimiter(path, encoding)
        if delimiter is None:
            raise ImportFileError(
                tr("{name} does not name the columns of {kind}.", name=path.name, kind=self.name),
                "",
                tr("See docs/data-format.md."),
            )
        lines = records(path, encoding, delimiter)
        head = next(lines)
        yield from self._remarks(head, encoding)
        places = self.layout.places(head.cells) or {}
        for record in lines:
            yield from self._row(record, places, len(head.cells), vocabulary)

    def records(self, path: Path) -> Iterator[Record]:
        """Yield the head and the lines as they stand, in order."""
        encoding = encoding_of(path)
        return records(path, encoding, self._delimiter(path, encoding) or DELIMITERS[0])

    def _delimiter(self, path: Path, encoding: str) -> str | None:
        heads = head_of(path, encoding)
        return next((mark for mark, cells in heads.items() if self.layout.places(cells) is not None), None)

    def _remarks(self, head: Record, encoding: str) -> Iterator[RowProblem]:
        if is_fallback(encoding):
            yield RowProblem(head.line, "", tr("the file is not UTF-8 and was read as Windows-1252"),
                             tr("look at the accents in names"), rejected=False)  # fmt: skip
        for heading in self.layout.doubles(head.cells):
            yield RowProblem(
                head.line, shown(heading), tr("another column before it means the same, and that one was read"),
                tr("take one of the two out of the file if it was the wrong one"), rejected=False,
            )  # fmt: skip
        for heading in self.layout.strangers(head.cells):
            yield RowProblem(
                head.line, shown(heading), tr("this column is not known and was passed over"), rejected=False
            )

    def _row(
        self, record: Record, places: dict[str, int], width: int, vocabulary: Vocabulary
    ) -> Iterator[ImportedRow | RowProblem]:
        if fault := record.fault or _overlong(record.cells, width):
            yield RowProblem(record.line, "", fault, tr("put the cell in quotation marks and double those inside it"))
            return
        texts = {name: record.cells[place] for name, place in places.items() if place < len(record.cells)}
        cells = Cells(record.line, self.layout, texts)
        row = self.layout.read(cells, vocabulary)
        yield from cells.problems
        if row is not None and not cells.refused:
            yield row


def _overlong(cells: Sequence[str], width: int) -> str:
    extra = any(cell.strip() for cell in cells[width:])
    return tr("this line has {n} cells and the first line {width}", n=len(cells), width=width) if extra else ""
