"""What a rule pack would change: the visits ahead that are answered otherwise, and every figure that differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.ui.models.record_table_model import Column
from tracker.ui.taking_in.pack_words import (
    change_words,
    pack_words,
    signer_words,
    verdict_words,
    visit_words,
    was_words,
)
from tracker.ui.theme.status import status_of
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.widgets.section_head import SectionHead
from tracker.ui.widgets.verdict_bar import VerdictBar

if TYPE_CHECKING:
    from tracker.services.rule_library.packs import BookChange, PackPreview
    from tracker.services.rule_library.rule_effect import VisitChange

_WIDEST = 2000
_VISITS: tuple[Column[VisitChange], ...] = (
    Column(tr("Patient"), lambda each: each.patient.name.casefold(), lambda each: each.patient.name, strong=True,
           fit=200),
    Column(tr("Born"), lambda each: each.patient.born, lambda each: us_date(each.patient.born), longest="00/00/0000",
           tone=lambda _each: "ink2", below=True),
    Column(tr("Visit"), lambda each: each.day, lambda each: us_date(each.day, True), longest="Wed 00/00/0000"),
    Column(tr("Procedure"), lambda each: each.procedure, fit=260, least=90),
    Column(tr("Coverage"), lambda each: each.coverage, fit=170, least=84, drops=2),
    Column(tr("Was"), lambda each: each.was.outcome, was_words, fit=230, least=120,
           status=lambda each: status_of(each.was.outcome), tinted=lambda _each: False),
    Column(tr("Would be"), lambda each: each.now.outcome, lambda each: each.now.headline, fit=330, least=150,
           status=lambda each: status_of(each.now.outcome)),
    Column(tr("Because"), lambda each: each.now.reason, tone=lambda _each: "ink2", fit=_WIDEST, least=240, drops=1),
)  # fmt: skip
_CHANGES: tuple[Column[BookChange], ...] = (
    Column(tr("Payer"), lambda each: each.who.casefold(), lambda each: each.who, strong=True, fit=200),
    Column(tr("Policy"), lambda each: each.about, fit=250, least=120),
    Column("", lambda each: each.kind.value, lambda each: each.kind.label, longest=tr("Removed"),
           tone=lambda _each: "ink2", spoken=tr("Kind")),
    Column(tr("Dates of service"), lambda each: each.first, lambda each: each.when or tr("all"), fit=196),
    Column(tr("What"), lambda each: each.what, fit=_WIDEST, least=110),
)  # fmt: skip
_VISIT_ROW, _MOST_ROWS = 30, 6
_LEAST_CHANGES = 112


class PreviewPanel(QWidget):
    """`patient_wanted` carries the id of the patient whose visit was opened, `told` the chosen row in full."""

    patient_wanted = Signal(str)
    told = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.verdict = VerdictBar(self)
        self.signer = PlainLabel("", "body", "ink2", self, wrap=True, selectable=True)
        self.note = PlainLabel("", "body", "ink", self, wrap=True, selectable=True)
        self.visits_head = SectionHead(tr("Visits that would be answered otherwise"), self)
        self.visits = RecordTable(
            _VISITS, self, name=tr("Visits that would be answered otherwise"), row_height=_VISIT_ROW
        )
        self.changes_head = SectionHead(tr("What the rules say otherwise"), self)
        self.changes = RecordTable(_CHANGES, self, name=tr("What the rules say otherwise"), row_height=28)
        self.visits.row_activated.connect(lambda each: self.patient_wanted.emit(each.patient.id))
        self.visits.row_chosen.connect(lambda each: self.told.emit(visit_words(each) if each else ""))
        self.changes.row_chosen.connect(lambda each: self.told.emit(change_words(each) if each else ""))
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 8)
        head.setSpacing(6)
        for widget in (self.verdict, self.signer, self.note):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.visits_head)
        column.addWidget(self.visits)
        column.addSpacing(8)
        column.addWidget(self.changes_head)
        self.changes.setMinimumHeight(_LEAST_CHANGES)
        column.addWidget(self.changes, 1)
        self._rest = QWidget(self)
        column.addWidget(self._rest, 1)

    def show_preview(self, seen: PackPreview) -> None:
        """Show what taking the pack in would change."""
        status, sentence = verdict_words(seen)
        self.verdict.show_verdict(status, sentence, pack_words(seen))
        self.signer.setText(signer_words(seen))
        self.note.setText(seen.edition.note)
        self.note.setVisible(bool(seen.edition.note))
        self.visits.set_rows(seen.effect.visits)
        more = max(0, len(seen.effect.visits) - _MOST_ROWS)
        self.visits.setFixedHeight(self.visits.content_height() - more * _VISIT_ROW)
        self.visits_head.set_beside(f"{len(seen.effect.visits):,}")
        for widget in (self.visits_head, self.visits):
            widget.setVisible(bool(seen.effect.visits))
        self.changes.set_rows(seen.changes)
        self.changes_head.set_beside(f"{len(seen.changes):,}" if seen.changes else tr("nothing"))
        self.changes.setVisible(bool(seen.changes))
        self._rest.setVisible(not seen.changes)
