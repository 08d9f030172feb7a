"""Beside the table: the patient's open visits judged today, the coverages, and why the table says what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.coverage import Coverage
from tracker.ui.models.record_table_model import Column
from tracker.ui.patient.patient_words import ORDERS, coverage_span, required_word, visit_text
from tracker.ui.patient.why_panel import WhyPanel
from tracker.ui.theme.status import status_of
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.panel_table import ROW_HEIGHT, PanelTable
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead

if TYPE_CHECKING:
    from tracker.services.schedule import DayRow

_MOST_VISITS = 4
_MOST_COVERAGES = 4


def _visit_columns() -> tuple[Column[DayRow], ...]:
    return (
        Column("Day and time", visit_text, longest="Wed 00/00/0000 00:00 AM"),
        Column("Procedure", lambda row: row.procedure, fit=220),
        Column("Answer today", lambda row: row.flag, status=lambda row: status_of(row.outcome),
               longest="Not before 00/00/0000"),
    )  # fmt: skip


def _coverage_columns(label: Callable[[Coverage], str]) -> tuple[Column[Coverage], ...]:
    return (
        Column("Coverage", label, fit=220),
        Column("Member id", lambda coverage: coverage.member_id, fit=150),
        Column("In force", lambda coverage: coverage.start, coverage_span, fit=190),
        Column("Pays", lambda coverage: ORDERS.get(coverage.order, str(coverage.order)), longest="second"),
        Column("Authorization", required_word, longest="not required", drops=1),
    )


class VisitsPanel(Ground):
    """`visit_activated` carries a DayRow, `coverage_activated` a Coverage."""

    visit_activated = Signal(object)
    coverage_activated = Signal(object)
    coverage_wanted = Signal()
    course_wanted = Signal()

    def __init__(self, label: Callable[[Coverage], str], today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="l")
        self.visits_head = SectionHead("Coming visits", self)
        self.plan_course = ActionButton("Plan a course", self, kind="quiet", small=True, key="Ctrl+Shift+P")
        self.no_visit = PlainLabel("No visit is booked.", "body", "ink3", self)
        self.visits = PanelTable(
            _visit_columns(), self, name="Coming visits", row_height=ROW_HEIGHT, sortable=False,
            identity=lambda row: row.booking.id,
        )  # fmt: skip
        self.coverage_head = SectionHead("Coverage", self)
        self.no_coverage = PlainLabel("None on file. Without one nothing can be checked; self-pay is one too.",
                                      "body", "ink3", self, wrap=True)  # fmt: skip
        self.coverages = PanelTable(
            _coverage_columns(label), self, name="Coverage", row_height=ROW_HEIGHT, sortable=False,
            identity=lambda coverage: coverage.id,
            past=lambda coverage: coverage.end is not None and coverage.end < today,
        )  # fmt: skip
        self.add_coverage = ActionButton("Add coverage…", self, kind="quiet", small=True, key="A")
        self.why = WhyPanel(self)
        self._build()
        self._connect()
        self.clear()

    def _build(self) -> None:
        self.visits_head.add(self.plan_course)
        self.coverage_head.add(self.add_coverage)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        for label in (self.no_visit, self.no_coverage):
            label.setContentsMargins(16, 0, 16, 12)
        for widget in (self.visits_head, self.no_visit, self.visits):
            column.addWidget(widget)
        line = Ground("surface", self, lines="b")
        line.setFixedHeight(1)
        column.addWidget(line)
        for widget in (self.coverage_head, self.no_coverage, self.coverages):
            column.addWidget(widget)
        column.addWidget(self.why)
        column.addStretch(1)

    def _connect(self) -> None:
        self.visits.row_activated.connect(self.visit_activated)
        self.coverages.row_activated.connect(self.coverage_activated)
        self.coverages.bind("A", lambda _coverage: self.coverage_wanted.emit())
        self.add_coverage.clicked.connect(self.coverage_wanted)
        self.plan_course.clicked.connect(self.course_wanted)

    def clear(self) -> None:
        self.show_visits(())
        self.show_coverages(())
        self.why.show_row(None)

    def show_visits(self, rows: Iterable[DayRow]) -> None:
        self.visits.refill(rows)
        _fit(self.visits, self.no_visit, _MOST_VISITS)
        self.visits_head.set_beside(str(len(self.visits.records()) or ""))

    def show_coverages(self, coverages: Iterable[Coverage]) -> None:
        self.coverages.refill(coverages)
        _fit(self.coverages, self.no_coverage, _MOST_COVERAGES)


def _fit(table: PanelTable, otherwise: PlainLabel, most: int) -> None:
    """Be as high as the rows, up to `most` of them; without any a sentence stands there."""
    rows = min(len(table.records()), most)
    table.setVisible(rows > 0)
    otherwise.setVisible(rows == 0)
    table.setFixedHeight(table.horizontalHeader().height() + max(rows, 1) * ROW_HEIGHT)
