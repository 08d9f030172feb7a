"""The middle of the Today page: the list of the day or of the days ahead, below it the reason for the chosen row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.identifiers import Identifiers
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.today.day_bar import AHEAD, DAY
from tracker.ui.today.reason_strip import ReasonStrip
from tracker.ui.today.visit_columns import ahead_columns, day_columns
from tracker.ui.today.visit_list import VisitList
from tracker.ui.visit_acts import VisitActs

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow
    from tracker.ui.today.day_loader import DayLoader

LOW_BELOW, ROOMY_FROM = 300, 620
ROW, LOW_ROW = 30, 28
_WAITING = tr("Checking the visits of the next 14 days.")
_NOTHING = {
    DAY: (tr("No visits on this day."), tr("What is booked for it will stand here."), tr("Check and book")),
    AHEAD: (
        tr("No visits in the next 14 days."),
        tr("What is booked will stand here, flagged visits first."),
        tr("Check and book"),
    ),
}


class VisitBoard(QWidget):
    """Two lists by their view, DAY and AHEAD; `step_wanted` is the one step that an empty list offers."""

    step_wanted = Signal()

    def __init__(self, acts: VisitActs, names: Identifiers, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._names, self._hidden = DAY, names, names.hidden
        self.day_list = VisitList(day_columns(names), tr("Visits of the day"), "", self, by_first=True)
        self.ahead_list = VisitList(ahead_columns(names), tr("Open visits of the next 14 days"), _WAITING, self)
        self._lists = {DAY: self.day_list, AHEAD: self.ahead_list}
        self.strip = ReasonStrip(acts, names, self)
        self.progress = ProgressRow(self)
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.progress)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)
        for visits in self._lists.values():
            self._stack.addWidget(visits)
            visits.row_chosen.connect(self._on_row_chosen)
            visits.step_wanted.connect(self.step_wanted)
            acts.bind(visits.table)

    def front(self) -> VisitList:
        """Return the list in front."""
        return self._lists[self._view]

    def focus(self) -> None:
        """Put the hands on the list in front."""
        self.front().focus()

    def keys_to(self, keys: dict[str, Callable[[], object]]) -> None:
        """Bind keys that work while a list has the focus."""
        for visits in self._lists.values():
            visits.keys_to(keys)

    def look_at_names(self) -> None:
        """Name the patients as it is wished now."""
        if self._names.hidden != self._hidden:
            self._hidden = self._names.hidden
            self.day_list.use(day_columns(self._names))
            self.ahead_list.use(ahead_columns(self._names))
            self.strip.show_row(self.front().shown_row())

    def set_filter(self, text: str) -> None:
        """Show only the visits in which these words stand."""
        for visits in self._lists.values():
            visits.set_filter(text)

    def set_rows(self, view: str, rows: Sequence[DayRow]) -> None:
        if view == AHEAD:
            self.progress.stop()
        self._lists[view].set_rows(rows, _NOTHING[view])

    def watch(self, loader: DayLoader) -> None:
        """Show how far the days ahead are while they are in front, with a way to call it off."""
        loader.ahead_begun.connect(self._on_ahead_begun)
        loader.failed.connect(lambda _error: self.progress.stop())
        self.progress.called_off.connect(loader.call_off_ahead)

    @Slot(object)
    def _on_ahead_begun(self, job: ImportJob) -> None:
        if self._view == AHEAD:
            self.progress.follow(job, tr("Checking the next 14 days"))

    def set_chip(self, key: str) -> None:
        for visits in self._lists.values():
            visits.set_chip(key)

    def show_view(self, view: str) -> None:
        """Bring a list to the front; the focus goes along."""
        had_focus = self.front().has_focus()
        self._view = view
        self._stack.setCurrentWidget(self.front())
        self.strip.show_row(self.front().shown_row())
        if had_focus:
            self.front().focus()

    def set_heights(self, height: int) -> None:
        """Fit rows and strip to the height there is."""
        self.strip.set_low(height < LOW_BELOW)
        for visits in self._lists.values():
            visits.set_row_height(ROW if height >= ROOMY_FROM else LOW_ROW)

    @Slot(object)
    def _on_row_chosen(self, _row: object) -> None:
        self.strip.show_row(self.front().shown_row())
