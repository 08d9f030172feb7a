"""The answer of the planner: its headline, what cannot be met, the list of the steps, their line of months."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.ui.course.columns import columns
from tracker.ui.course.strip import CourseStrip
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.patient.why_panel import WhyPanel
from tracker.ui.theme.status import Status, status_of
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.panel_table import PanelTable
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.verdict_bar import VerdictBar

if TYPE_CHECKING:
    from tracker.services.courses.planned_course import PlannedCourse, StepRow

KEYS = (
    ("Enter", tr("Why this answer")),
    ("H", tr("Hold the step")),
    ("B", tr("Book the step")),
    ("E", tr("Change the step")),
    ("+ =", tr("A day later")),
    ("-", tr("A day sooner again")),
    ("Alt+Up Alt+Down", tr("One place up, down")),
    ("N", tr("Add a step")),
    ("Delete", tr("Take the step away")),
    ("K", tr("Keep the plan")),
    ("Shift+Delete", tr("Remove the course")),
)
_HINTS = (
    ("Enter", tr("why")),
    ("H", tr("hold")),
    ("B", tr("book")),
    ("E", tr("change")),
    ("+ -", tr("later, sooner")),
    ("Alt+↑ ↓", tr("move")),
    ("N", tr("new step")),
)


class PlanPanel(Ground):
    """The keys of the list are bound by the page. `row_chosen` carries the row where the hands are.

    `explained` carries what explains the row, None when nothing does.
    """

    row_chosen = Signal(object)
    explained = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.verdict = VerdictBar(self)
        self.progress = ProgressRow(self)
        self.why = PlainLabel("", "body", "ink", self, wrap=True, selectable=True)
        self.ask = PlainLabel("", "body", "ink2", self, wrap=True, selectable=True)
        self.table = PanelTable(columns(), self, name=tr("Steps of the course"), sortable=False,
                                identity=lambda row: row.number)  # fmt: skip
        self.hints = KeyHints(_HINTS, self)
        self.step_why = WhyPanel(self)
        self.strip = CourseStrip(today, self)
        self._explaining = False
        self._left: int | None = None
        self._build()
        self.table.row_activated.connect(self._on_row_activated)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.show_nothing("")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 8)
        head.setSpacing(6)
        for widget in (self.verdict, self.why, self.ask):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.progress)
        column.addWidget(self.table)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.addWidget(self.hints)
        column.addLayout(foot)
        column.addWidget(self.strip)
        column.addWidget(self.step_why)
        column.addStretch(1)

    def show_nothing(self, sentence: str) -> None:
        """Show no plan; the sentence says what is missing for one. Where the hands were is known until there is one."""
        if (row := self.table.current_record()) is not None:
            self._left = row.number
        self.verdict.show_verdict(Status.NEUTRAL, sentence or tr("No course yet"))
        self._say("", "")
        self.table.set_rows(())
        for widget in (self.table, self.hints, self.strip):
            widget.hide()
        self.step_why.show_row(None)
        self.strip.show_plan(None)

    def show_plan(self, plan: PlannedCourse, *, stays: bool = False) -> None:
        """Show a plan; of a course that `stays` and was searched for meanwhile the hands are on the same step again."""
        started = plan.rows[0].day
        beside = (
            tr("{n} steps, from {started}", n=len(plan.rows), started=us_date(started, weekday=True)) if started else ""
        )
        self.verdict.show_verdict(status_of(plan.outcome), plan.headline, beside)
        self._say(plan.why, " ".join(part for part in (plan.ask, plan.clashes) if part))
        for widget in (self.table, self.hints, self.strip):
            widget.show()
        self.table.refill(plan.rows, (stays and self._left) or "", marks=True)
        self._left = None
        self.table.setFixedHeight(self.table.content_height() + 2)
        self.strip.show_plan(plan)
        self._on_row_chosen(self.table.current_record())

    def _say(self, why: str, ask: str) -> None:
        for label, text in ((self.why, why), (self.ask, ask)):
            label.setText(text)
            label.setVisible(bool(text))

    def _on_row_activated(self, row: StepRow) -> None:
        self._explaining = not self._explaining
        self._on_row_chosen(row)

    def _on_row_chosen(self, row: StepRow | None) -> None:
        told = self._explaining and row is not None and row.verdict is not None
        self.step_why.show_row(row if told else None)
        self.explained.emit(self.step_why if told else None)
        self.row_chosen.emit(row)
