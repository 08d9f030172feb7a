"""The panel beside the expirations: one approval, what is left of it, and what can be done before it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui.worklist.detail_panel import DetailPanel
from tracker.ui.worklist.detail_parts import FactLines, Part
from tracker.ui.worklist.detail_words import visit_line
from tracker.ui.worklist.expiry_columns import parts_text
from tracker.ui.worklist.work_words import days_left

if TYPE_CHECKING:
    from tracker.services.authorizations.expirations import ExpiryRow


class ExpiryPanel(DetailPanel):
    """`extend_wanted` and `unused_wanted` carry the row."""

    extend_wanted = Signal(object)
    unused_wanted = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        self._expiry: ExpiryRow | None = None
        super().__init__(today, parent)
        self.left = FactLines(4, self)
        self.left_part = Part(tr("Left of it"), self.left, self)
        self.body.column.insertWidget(2, self.left_part)
        self.show_expiry(None)

    def show_expiry(self, row: ExpiryRow | None) -> None:
        """Show an approval with its units and the visits that hang on it."""
        self._expiry = row
        self.show_row(row.work if row is not None else None)
        if row is None:
            return
        left = days_left(row.ends, self.today)
        self.left_part.beside.setText(
            tr("ended {day}", day=left) if row.ends < self.today else tr("ends {day}", day=left)
        )
        self._show_fact_part(self.left_part, self.left, [*parts_text(row).split("; ")])
        shown = row.at_risk or ((row.visit,) if row.visit is not None else ())
        reason = (row.reason.capitalize() + ".", "no" if row.at_risk else "ink2") if row.reason else ""
        asked = tr("Extension under way, {value}.", value=row.renewal.status.value) if row.renewal else ""
        self._show_fact_part(self.visits_part, self.visits, [reason, *map(visit_line, shown[:2]), asked])

    def offers(self) -> tuple[tuple[str, str], ...]:
        if self._expiry is None:
            return ()
        return (
            (tr("Show extension") if self._expiry.renewal else tr("Extension"), "Enter"),
            (tr("Will not be used"), "W"),
        )

    def _on_button(self, place: int) -> None:
        if self._expiry is not None:
            (self.unused_wanted if place else self.extend_wanted).emit(self._expiry)
