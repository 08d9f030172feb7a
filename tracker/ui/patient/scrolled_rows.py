"""Fills a table anew without moving it under the eyes: the same row stays current, at the same place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracker.ui.widgets.record_table import RecordTable

ROW_HEIGHT = 28


def set_rows(table: RecordTable, rows: Iterable[Any]) -> None:
    """Show these rows; selection and scroll stay."""
    bar = table.verticalScrollBar()
    place = bar.value()
    table.set_rows(rows)
    bar.setValue(place)
