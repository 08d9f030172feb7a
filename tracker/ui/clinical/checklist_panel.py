"""The checklist of a request or procedure: what is there, what is missing, and the keys that mend it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.booking import BookingRequest
from tracker.domain.checklist_state import Checklist, ChecklistRow
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.services.changes import Changes
from tracker.ui.clinical.checklist_acts import ChecklistActs
from tracker.ui.clinical.checklist_table import ChecklistTable, identity
from tracker.ui.pages.page import PageContext
from tracker.ui.tasks import LatestOnly
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.marks import EvidencePips
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead

KEYS = (("Enter", tr("Record or check off what the line lacks")), ("X", tr("Take the check mark back")))
_ASKED_LINES = 38
"""Room for two lines of what is asked, so that the list does not jump when another line is current."""


@dataclass(frozen=True, slots=True)
class ChecklistSubject:
    """Whose checklist: of a request by its record's id, else of the procedure of `request`."""

    patient: Patient
    record_id: str = ""
    request: BookingRequest | None = None


class ChecklistPanel(Ground):
    """`show_subject` fills it; it looks again by itself when something of the patient changes.

    `acted` carries the Done of what was recorded here, `filled` the Checklist each time it was read.
    """

    acted = Signal(object)
    filled = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget, subject: ChecklistSubject | None = None) -> None:
        super().__init__("surface", parent)
        self._context = context
        self._subject: ChecklistSubject | None = None
        self.checklist: Checklist | None = None
        self._reading = LatestOnly(context.tasks, self)
        self.acts = ChecklistActs(context, self)
        self._build()
        self._connect()
        self.show_subject(subject)

    def _build(self) -> None:
        self.head = SectionHead(tr("Checklist"), self)
        self.missing = PlainLabel("", "strong", "no", self)
        self.present = PlainLabel("", "body", "ink3", self)
        self.head.add(self.missing)
        self.head.add(self.present)
        self.notice = NoticeBar(self)
        self.why = PlainLabel("", "caption", "ink2", self, wrap=True)
        self.doubt = PlainLabel("", "caption", "caut", self, wrap=True)
        for label in (self.why, self.doubt):
            label.setContentsMargins(16, 0, 16, 6)
        self.table = ChecklistTable(self)
        self._foot = self._build_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.notice, self.why, self.doubt):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self._foot)

    def _build_foot(self) -> QWidget:
        """What the line that is current asks, its document and grade, and the keys."""
        foot = Ground("panel", self, lines="t")
        self.asked = PlainLabel("", "caption", "ink2", foot, wrap=True, selectable=True)
        self.asked.setMinimumHeight(_ASKED_LINES)
        self.asked.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pips = EvidencePips(parent=foot)
        first, last = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.asked, 1)
        first.addWidget(self.pips, 0, Qt.AlignmentFlag.AlignTop)
        last.addWidget(KeyHints((("Enter", tr("record or check off")), ("X", tr("take the check mark back"))), foot))
        last.addStretch(1)
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 6, 12, 6)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(last)
        return foot

    def _connect(self) -> None:
        self.table.row_activated.connect(self.mend)
        self.table.row_chosen.connect(self._show_asked)
        self.table.bind("X", self.untick)
        self.acts.acted.connect(self.acted)
        self.acts.refused.connect(self.notice.show_error)
        self._context.notifier.changed.connect(self._on_changed)

    # What is shown

    def show_subject(self, subject: ChecklistSubject | None) -> None:
        """Show the checklist of this request or procedure; None empties the panel."""
        self._subject = subject
        self._clear()
        if subject is None:
            self._reading.cancel()
        else:
            self.read()

    def read(self) -> None:
        """Look at the file again."""
        subject, service = self._subject, self._context.services.checklists
        if subject is None:
            return
        if subject.record_id:
            record_id = subject.record_id
            self._reading.run(lambda: service.for_request(record_id), self._show, self._show_failure)
        elif subject.request is not None:
            request = subject.request
            self._reading.run(lambda: service.for_procedure(request), self._show, self._show_failure)

    def _clear(self) -> None:
        self.checklist = None
        self.notice.clear()
        self.table.refill(())
        for label in (self.why, self.doubt, self.missing, self.present):
            label.setText("")
        for widget in (self.why, self.doubt, self._foot):
            widget.hide()

    def _show(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.notice.clear()
        lacking, to_tick = len(checklist.missing), len(checklist.to_tick)
        self.missing.setText(tr("{lacking} missing", lacking=lacking) if lacking else "")
        told = [tr("{to_tick} to check off", to_tick=to_tick)] if to_tick else []
        told += [tr("{n} optional", n=checklist.optional)] if checklist.optional else []
        self.present.setText(", ".join([*told, tr("{present} present", present=checklist.present)]))
        self.why.setText(
            tr(
                "{why} What {payer} asks for {procedure}.",
                why=checklist.why,
                payer=checklist.payer,
                procedure=checklist.procedure,
            )
        )
        self.doubt.setText(checklist.doubt)
        self.why.show()
        self.doubt.setVisible(bool(checklist.doubt))
        self._foot.show()
        first = checklist.missing or checklist.to_tick or checklist.rows[:1]
        held = self.table.current_record() is not None
        self.table.refill(checklist.rows, "" if held or not first else identity(first[0]), marks=True)
        self._show_asked(self.table.current_record())
        self.filled.emit(checklist)

    def _show_failure(self, error: Exception) -> None:
        self._clear()
        self.notice.show_error(error)

    @Slot(object)
    def _show_asked(self, row: ChecklistRow | None) -> None:
        self.pips.setVisible(row is not None)
        if row is None:
            self.asked.setText("")
            return
        source = row.item.source
        document = f"{source.name}, {source.section}" if source.section else source.name
        self.asked.setText(f"{row.item.text} {document}")
        self.pips.show_grade(source.grade)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._subject is not None and changes.kinds and changes.concern(self._subject.patient.id):
            self.read()

    # What is done

    @Slot(object)
    def mend(self, row: ChecklistRow) -> None:
        """Open what records what this line lacks: the score of its visit, a tick, or a treatment."""
        if self.checklist is not None and self._subject is not None:
            self.acts.mend(self._subject.patient, self.checklist, row)

    def untick(self, row: ChecklistRow) -> None:
        """Take the tick of this line back."""
        if self.checklist is not None:
            self.acts.untick(row)
