"""What of a table goes to the clipboard: tab separated, with heads, as a spreadsheet takes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracker.domain.cell_text import guarded
from tracker.domain.language import tr_n
from tracker.ui.models.record_table_model import Column


def as_lines(columns: Iterable[Column[Any]], records: Iterable[Any]) -> str:
    """Return these records under the heads of these columns; nothing in them is a formula."""
    shown = tuple(columns)
    lines = ["\t".join(column.header or column.spoken for column in shown)]
    lines += ["\t".join(guarded(column.copied_text(record)) for column in shown) for record in records]
    return "\n".join(lines)


def copied_words(n: int) -> str:
    """Return what is said once so many rows were copied."""
    return tr_n("Copied {n} row. Paste it into a spreadsheet.", "Copied {n} rows. Paste them into a spreadsheet.", n)
