"""Who pays for the patient, from when to when; a change says first which coming visits it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.coverage import Coverage
from tracker.domain.language import tr
from tracker.ui.models.record_table_model import Column
from tracker.ui.patient.patient_words import ORDERS, coverage_span, required_word
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.panel_table import ROW_HEIGHT, PanelTable
from tracker.ui.widgets.section_head import SectionHead


def _columns(label: Callable[[Coverage], str]) -> tuple[Column[Coverage], ...]:
    return (
        Column(tr("Coverage"), label, fit=320),
        Column(tr("Member id"), lambda coverage: coverage.member_id, fit=200),
        Column(tr("In force"), lambda coverage: coverage.start, coverage_span, fit=220),
        Column(tr("Pays"), lambda coverage: ORDERS.get(coverage.order, str(coverage.order)), longest=tr("second")),
        Column(tr("Authorization"), required_word, longest=max(tr("not required"), tr("by the policy"), key=len)),
    )


class CoveragePanel(Ground):
    """`activated` carries a Coverage."""

    activated = Signal(object)
    wanted = Signal()

    def __init__(self, label: Callable[[Coverage], str], today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.head = SectionHead(tr("Coverage"), self)
        self.head.set_beside(tr("each from its first to its last day; who pays is the one in force on the visit's day"))
        self.add = ActionButton(tr("Add coverage…"), self, kind="quiet", small=True, key="A")
        self.head.add(self.add)
        self.coverages = PanelTable(
            _columns(label), self, name=tr("Coverage"), row_height=ROW_HEIGHT, sortable=False,
            identity=lambda coverage: coverage.id,
            past=lambda coverage: coverage.end is not None and coverage.end < today,
        )  # fmt: skip
        self.empty = EmptyState(
            tr("No coverage is on file."), tr("Without one nothing can be checked; self-pay is one too."),
            tr("Add coverage…"), "A", self,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.coverages, self.empty):
            column.addWidget(widget, 0 if widget is self.head else 1)
        self.coverages.row_activated.connect(self.activated)
        self.coverages.bind("A", lambda _coverage: self.wanted.emit())
        self.add.clicked.connect(self.wanted)
        self.empty.wanted.connect(self.wanted)
        self.show_coverages(())

    def show_coverages(self, coverages: Iterable[Coverage]) -> None:
        self.coverages.refill(coverages)
        count = len(self.coverages.records())
        self.coverages.setVisible(count > 0)
        self.empty.setVisible(count == 0)
