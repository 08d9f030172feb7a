"""Beside the table: what is open for the patient, judged today, and why the table says what it says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr, tr_for
from tracker.ui.delegates.row_delegate import meet_line
from tracker.ui.models.record_table_model import Column
from tracker.ui.patient.open_item import OpenItem, open_items
from tracker.ui.patient.why_panel import WhyPanel
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.panel_table import ROW_HEIGHT, PanelTable
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead

if TYPE_CHECKING:
    from tracker.services.patients.overview import Overview
    from tracker.services.visits.schedule import DayRow

_MOST = 4


def _columns() -> tuple[Column[OpenItem], ...]:
    return (
        Column(tr("Day"), lambda item: item.day, lambda item: item.when, fit=190),
        Column(tr("What"), lambda item: item.what),
        Column(tr("Today"), lambda item: item.word, status=lambda item: item.status, glyph=lambda item: item.glyph,
               tinted=lambda item: item.status is not Status.NEUTRAL, fit=200),
    )  # fmt: skip


class VisitsPanel(Ground):
    """`activated` carries an OpenItem, `move_wanted` one of a visit."""

    activated = Signal(object)
    move_wanted = Signal(object)
    course_wanted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        self._today = today
        self._visits: tuple[DayRow, ...] = ()
        self._overview: Overview | None = None
        self.head = SectionHead(tr_for("visits", "Open"), self)
        self.plan_course = ActionButton(tr("Plan a course"), self, kind="quiet", small=True, key="Ctrl+Shift+P")
        self.nothing = PlainLabel(tr("No visit, request or task is open."), "body", "ink3", self)
        self.nothing.setContentsMargins(16, 0, 16, 12)
        self.visits = PanelTable(_columns(), self, name=tr("Open visits, requests and tasks"), row_height=ROW_HEIGHT,
                                 sortable=False, identity=lambda item: item.id)  # fmt: skip
        meet_line(self.visits)
        self.why = WhyPanel(self)
        self.head.add(self.plan_course)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.nothing, self.visits, self.why):
            column.addWidget(widget)
        column.addStretch(1)
        self.visits.row_activated.connect(self.activated)
        self.visits.bind("E", lambda item: self.activated.emit(item) if item.visit is not None else None)
        self.visits.bind("M", lambda item: self.move_wanted.emit(item) if item.visit is not None else None)
        self.plan_course.clicked.connect(self.course_wanted)
        self.clear()

    def clear(self) -> None:
        self._visits, self._overview = (), None
        self.why.show_row(None)
        self._show()

    def show_visits(self, rows: Iterable[DayRow]) -> None:
        self._visits = tuple(rows)
        self._show()

    def show_overview(self, overview: Overview | None) -> None:
        self._overview = overview
        self._show()

    def _show(self) -> None:
        items = open_items(self._visits, self._overview, self._today)
        self.visits.refill(items)
        self.visits.setVisible(bool(items))
        self.nothing.setVisible(not items)
        lines = max(1, min(len(items), _MOST))
        self.visits.setFixedHeight(self.visits.horizontalHeader().height() + lines * ROW_HEIGHT)
        self.head.set_beside(str(len(items) or ""))
