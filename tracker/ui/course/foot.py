"""The bar at the foot of the course page: hold the next step, book it, keep the plan, leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import day_in_year, us_date
from tracker.services.courses.planned_course import PlannedCourse
from tracker.ui.course.editing import next_open
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.plain_label import PlainLabel

PROMISE = tr("Meets the published limits as assumed; no promise of payment.")
_MARGIN, _GAP, _LEAST = 16, 8, 560


class CourseFoot(Ground):
    """54 px. It shows what can be done and tells what was pressed."""

    hold_pressed = Signal()
    book_pressed = Signal()
    keep_pressed = Signal()
    close_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent, lines="t")
        self.setFixedHeight(54)
        self.hold = ActionButton(tr("Hold"), self, key="Ctrl+Enter", kind="primary")
        self.book = ActionButton(tr("Book it"), self, key="B")
        self.keep = ActionButton(tr("Keep the plan"), self, key="K")
        self.words = PlainLabel("", "caption", "ink3", self, whole=True)
        self.close_button = ActionButton(tr("Close"), self, key="Esc", kind="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        row.setSpacing(_GAP)
        for widget in (self.hold, self.book, self.keep):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self._next: tuple[int, date] | None = None
        self._keys = {self.hold: "Ctrl+Enter", self.book: "B", self.keep: "K", self.close_button: "Esc"}
        self.hold.clicked.connect(self.hold_pressed)
        self.book.clicked.connect(self.book_pressed)
        self.keep.clicked.connect(self.keep_pressed)
        self.close_button.clicked.connect(self.close_pressed)

    def show_plan(self, plan: PlannedCourse | None) -> None:
        """Say which step is next, or why none can be held."""
        place = next_open(plan.course) if plan else None
        row = plan.rows[place] if plan and place is not None else None
        day = row.day if row else None
        self._next = (row.number, day) if row and day else None
        stopped = plan is not None and bool(plan.constraints)
        off = tr("no plan yet") if plan is None else tr("no plan fits") if stopped else tr("every step has its visit")
        self.hold.set_off(None if day and not stopped else off)
        self.book.setEnabled(day is not None and not stopped)
        self.keep.setEnabled(plan is not None)
        self.words.setText(PROMISE if plan and not plan.constraints else "")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, self.height())  # keys and words give way: the foot must not hold the window open

    def _fit(self) -> None:
        """Leave out the keys where the buttons have no room for them."""
        for button, key in self._keys.items():
            button.set_key(key)
        self._name_hold(us_date)
        self.words.setVisible(self._wanted() <= self.width())
        if self._wanted() > self.width():
            for button in self._keys:
                button.set_key("")
        if self._wanted() > self.width():
            self._name_hold(lambda day, weekday: day_in_year(day))  # the plan above tells the year

    def _wanted(self) -> int:
        return sum(button.sizeHint().width() + _GAP for button in self._keys) + 2 * _MARGIN + _GAP

    def _name_hold(self, shown: Callable[..., str]) -> None:
        """Say which step is held, and on which day."""
        if self._next is None:
            self.hold.setText(tr("Hold"))
            return
        number, day = self._next
        self.hold.setText(tr("Hold step {number}, {day}", number=number, day=shown(day, weekday=True)))

    def set_busy(self, busy: bool) -> None:
        """While something is being written nothing can be pressed twice."""
        for button in (self.hold, self.book, self.keep):
            button.setEnabled(not busy)
