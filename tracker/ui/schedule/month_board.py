"""The month of a request: who and what on top, the days, the reason of the current one, the next openings beside."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.ui import theme
from tracker.ui.identifiers import Identifiers
from tracker.ui.schedule.month_model import visits_words
from tracker.ui.schedule.month_table import MonthTable
from tracker.ui.schedule.openings_panel import WIDTH, OpeningsPanel
from tracker.ui.theme.status import Status, status_of
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.marks import Divider, StatusLabel
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead

if TYPE_CHECKING:
    from tracker.services.answers.openings import MonthView, OpenDay

_BESIDE_FROM, _HINTS_FROM, _LOW, _TWO_LINES = 860, 1000, 330, 36
OPENINGS_KEY = "Alt+3"
NOBODY = tr("Nobody is in front.")


class MonthBoard(QStackedWidget):
    """`day_taken` carries an OpenDay, `turned` a day of another month, `check_wanted`: there is no request."""

    day_taken = Signal(object)
    turned = Signal(object)
    check_wanted = Signal()

    def __init__(self, names: Identifiers, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it is arranged anew
        self._names = names
        self._view: MonthView | None = None
        self.empty = EmptyState(
            NOBODY,
            tr("Choose patient and procedure in Check and book, on the patient page or on the pinboard, then Ctrl+M."),
            tr("Check and book"),
            "F3",
            self,
        )
        self.head = SectionHead("", self)
        self.openings_button = ActionButton(tr("Next openings"), self, key=OPENINGS_KEY, small=True)
        self.head.add(self.openings_button)
        self._instead = self._openings_wanted = False
        self.table = MonthTable(self)
        self.openings = OpeningsPanel(self)
        self._build()
        self.empty.wanted.connect(self.check_wanted)
        self.table.day_chosen.connect(self._show_day)
        self.table.first_wanted.connect(self.go_to_first)
        self.table.turned.connect(self.turned)
        self.openings_button.clicked.connect(self.focus_openings)
        for source in (self.table, self.openings):
            source.day_taken.connect(self.day_taken)

    def _build(self) -> None:
        self._line = Ground("panel", self, lines="t")
        self._answer = StatusLabel(Status.NEUTRAL, "–", self._line)
        self._reason = PlainLabel("", "body", "ink2", self._line, wrap=True, selectable=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._day = Heading("", "subtitle", parent=self._line)
        self._hints = KeyHints(
            (("Enter", tr("check and book")), ("F", tr("first day")), ("PgDn", tr("month"))), self._line
        )
        top = QHBoxLayout()
        top.setSpacing(12)
        for widget in (self._day, self._answer):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self._hints)
        lines = QVBoxLayout(self._line)
        lines.setContentsMargins(16, 8, 16, 8)
        lines.setSpacing(4)
        lines.addLayout(top)
        lines.addWidget(self._reason)
        self._lay_out()

    def _lay_out(self) -> None:
        self._left, self._whole = QWidget(self), QWidget(self)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.table, 1)
        left.addWidget(self._line)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._left, 1)
        beside.addWidget(self.openings)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Divider(self._whole, tone="line"))
        column.addLayout(beside, 1)
        self._blank = Ground("surface", self)
        self.addWidget(self._blank)
        self.addWidget(self.empty)
        self.addWidget(self._whole)

    def show_nobody(self) -> None:
        """Say how a request comes here."""
        self._view = None
        self.setCurrentWidget(self.empty)

    def forget(self) -> None:
        """Show nothing of the request before while the next one is judged."""
        self._view = None
        self.setCurrentWidget(self._blank)

    def show_month(self, view: MonthView, today: date, wanted: date) -> None:
        """Show a month with the hands on a day of it."""
        self._view = view
        self.look_at_names()
        self.table.show_month(view, today, wanted)
        self.openings.show_month(view)
        self.setCurrentWidget(self._whole)
        if self._openings_wanted:
            self._openings_wanted = False
            self.focus_openings()

    def look_at_names(self) -> None:
        """Name the patient as it is wished now."""
        view = self._view
        if view is not None:
            self.head.title.setText(self._names.short(view.patient))
            with_whom = f", {view.provider}" if view.provider else ""
            self.head.set_beside(f"{view.procedure}{with_whom}")

    def focus(self) -> None:
        """Put the hands on the days, or on the one step where there are none."""
        hands = self.openings.table if self._instead else self.table
        (self.empty.button if self.currentWidget() is self.empty else hands).setFocus()

    @Slot()
    def focus_openings(self) -> None:
        """Put the hands on the next openings, once they are found; without room for both, instead of the month."""
        if self.currentWidget() is not self._whole:
            self._openings_wanted = self.currentWidget() is self._blank
            return
        if self.width() < theme.scaled(_BESIDE_FROM):
            self._instead = not self._instead
            self._arrange()
        if self.openings.isVisibleTo(self) and self.openings.days():
            self.openings.focus()
        else:
            self.table.setFocus()

    @Slot()
    def go_to_first(self) -> None:
        """Go to the first eligible day, in whichever month it is."""
        first = self._view.first if self._view else None
        if first is not None and not self.table.select_day(first):
            self.turned.emit(first)

    @Slot(object)
    def _show_day(self, day: OpenDay | None) -> None:
        """Say all there is to say about the day where the hands are."""
        if day is None:
            return
        visits = f"   {visits_words(day.visits)}" if day.visits else ""
        self._day.setText(f"{us_date(day.day, weekday=True)}{visits}")
        if day.outcome is None:
            self._answer.show_status(Status.NEUTRAL, tr("Past"))
        elif day.closed:
            self._answer.show_status(Status.NEUTRAL, tr("Clinic closed"))
        else:
            self._answer.show_status(status_of(day.outcome), day.headline or day.flag)
        self._reason.setText(reason_of(day, first=self._view is not None and day.day == self._view.first))

    def reason(self) -> str:
        return self._reason.text()

    def answer(self) -> str:
        return self._answer.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.scaled(_BESIDE_FROM)
        self._instead = self._instead and narrow
        self.openings.setVisible(self._instead or not narrow)
        self._left.setVisible(not self._instead)
        self.openings.set_width(None if self._instead else WIDTH)
        self.openings_button.setVisible(narrow)
        self.openings_button.setText(tr("Back to the month") if self._instead else tr("Next openings"))
        self._hints.setVisible(self.width() >= theme.scaled(_HINTS_FROM))
        self._reason.setVisible(self.height() >= _LOW)
        self._reason.setFixedHeight(theme.scaled(_TWO_LINES))


def reason_of(day: OpenDay, *, first: bool) -> str:
    """Return why the day is as it is."""
    parts = [tr("The first day on which it could be.") if first else ""]
    if day.closed:
        parts.append(tr("The clinic does not work: {why}.", why=day.closed))
    if day.outcome is not None:
        parts.append(day.reason or (tr("Nothing stands in the way.") if day.eligible else ""))
        parts.append(tr("Rule: {title}.", title=day.source.name) if day.source else "")
    return " ".join(part for part in parts if part)
