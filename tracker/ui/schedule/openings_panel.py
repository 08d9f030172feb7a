"""The next openings of the request in front: days within the limits, with the visits that stand there already."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.ui import theme
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.theme.status import status_of
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import Divider
from tracker.ui.widgets.panel_table import PanelTable
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead

if TYPE_CHECKING:
    from tracker.services.answers.openings import MonthView, OpenDay

WIDTH = 332
_ANY = 16_777_215


def _columns() -> tuple[Column[OpenDay], ...]:
    return (
        Column(tr("Day"), lambda row: row.day, lambda row: us_date(row.day, weekday=True), strong=True,
               longest="Wed 00/00/0000"),
        Column(tr("Visits"), lambda row: row.visits, alignment=RIGHT, longest="000"),
        Column(tr("Answer"), lambda row: row.outcome, lambda row: row.flag,
               status=lambda row: status_of(row.outcome) if row.outcome is not None else None, fit=190,
               tinted=lambda _row: False),
    )  # fmt: skip


class OpeningsPanel(Ground):
    """`day_taken` carries the OpenDay that is to be checked and booked."""

    day_taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("panel", parent, lines="l")
        self.head = SectionHead(tr("Next openings"), self)
        self.table = PanelTable(_columns(), self, name=tr("Next openings"), row_height=28, sortable=False,
                                identity=lambda row: row.day)  # fmt: skip
        self._note = PlainLabel("", "caption", "ink3", self, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, Divider(self, tone="line"), self.table):
            column.addWidget(widget)
        below = QVBoxLayout()
        below.setContentsMargins(16, 8, 16, 12)
        below.addWidget(self._note)
        column.addLayout(below)
        column.addStretch(1)
        self.table.row_activated.connect(self.day_taken)

    def show_month(self, view: MonthView) -> None:
        """Show the next days of the request, and what the visits are that are counted."""
        self.table.refill(view.openings)
        self.table.setVisible(bool(view.openings))
        self._fit()
        counted = tr("Visits of {name} are counted.", name=view.provider) if view.provider else tr(
            "The visits of all providers are counted."
        )  # fmt: skip
        hours = tr("Working hours are not on file, so nobody is said to be free.")
        none = tr("No day within the limits is known in the next 13 months. {why}", why=view.because)
        self._note.setText(f"{counted} {hours}" if view.openings else none)

    def _fit(self) -> None:
        self.table.setMaximumHeight(self.table.content_height())
        self.table.setMinimumHeight(min(self.table.content_height(), 140))

    def set_width(self, pixels: int | None) -> None:
        """Stand at the side, or (None) take all the width there is."""
        self.setMinimumWidth(theme.scaled(pixels) if pixels else 0)
        self.setMaximumWidth(theme.scaled(pixels) if pixels else _ANY)

    def note(self) -> str:
        return self._note.text()

    def days(self) -> tuple[date, ...]:
        return tuple(row.day for row in self.table.records())

    @Slot()
    def focus(self) -> None:
        self.table.setFocus()
