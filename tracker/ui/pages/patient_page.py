"""One patient: who it is, when they can have what, what is to come, what was done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.errors import NotFoundError
from tracker.domain.language import tr
from tracker.services.changes import Changes, Done
from tracker.ui.clinical.record_acts import RecordActs
from tracker.ui.clipboard import copy_private
from tracker.ui.pages.page import CheckStart, MonthStart, Page, PageAct, PageContext, PatientStart
from tracker.ui.patient.eligible_panel import ADD_COVERAGE
from tracker.ui.patient.injections_panel import KEYS
from tracker.ui.patient.patient_acts import PatientActs
from tracker.ui.patient.patient_body import AUDIT, DOCUMENTS, PatientBody
from tracker.ui.patient.patient_head import PatientHead
from tracker.ui.patient.patient_links import connect_acts
from tracker.ui.patient.patient_loader import Answers, OnFile, PatientLoader, Sheet
from tracker.ui.patient.patient_menu import menu_acts, on_lists
from tracker.ui.patient.patient_words import as_text
from tracker.ui.patient.row_acts import RowActs
from tracker.ui.tasks import LatestOnly
from tracker.ui.theme.status import Status
from tracker.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from tracker.services.answers.eligibility import EligibleRow

_FIND, _AGAIN = tr("Find a patient"), tr("Try again")


class PatientPage(Page):
    """`begin` takes a patient's id. Nothing of the patient before is shown while the next one is read."""

    id = "patient"
    title = tr("Patient")
    menus = (tr("&Patient"),)
    icon = "user"
    listed = False
    section = "find"
    has_packet = True
    keys = (
        *KEYS,
        ("A", tr("Add a coverage, in the list of coverages")),
        ("L", tr("Checklist of the procedure, in the table")),
        ("M", tr("Move the visit to another day, in the list of what is open")),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._patient_id = ""
        self._on_file: OnFile | None = None
        self._wanted_event = ""
        self._words = LatestOnly(context.tasks, self)
        self.loader = PatientLoader(context, self)
        self.patient_acts = PatientActs(context, self)
        self._build()
        self.record_acts = RecordActs(context, self.body.record, self)
        self._connect()
        self.row_acts = RowActs(self)
        connect_acts(self)
        self._show_nobody()

    def _build(self) -> None:
        self.head = PatientHead(self)
        self.notice = NoticeBar(self)
        self.body = PatientBody(self.context, self)
        self.eligible, self.visits, self.injections = self.body.eligible, self.body.visits, self.body.injections
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.notice)
        column.addWidget(self.body, 1)

    def _connect(self) -> None:
        body = self.body
        self.loader.read.connect(self._show_sheet)
        self.loader.on_file.connect(self._show_on_file)
        self.loader.answered.connect(self._show_answers)
        self.loader.overlooked.connect(body.show_overview)
        self.loader.papers.connect(body.show_papers)
        self.loader.trail.connect(body.show_trail)
        self.loader.failed.connect(self._show_failure)
        self.loader.unanswered.connect(self._show_unanswered)
        self.notice.step_wanted.connect(self._on_step_wanted)
        self.head.check_wanted.connect(self.primary)
        self.eligible.table.row_chosen.connect(self._explain)
        self.eligible.day_settled.connect(self._on_day_settled)
        self.eligible.copy_wanted.connect(self._on_copy_wanted)
        body.part_shown.connect(self._on_part_shown)

    def acts(self) -> tuple[PageAct, ...]:
        own = (*self.patient_acts.page_acts(), *menu_acts(self), *self.record_acts.page_acts())
        return on_lists(self, (*own, *self.body.page_acts()))

    # What the window asks

    def begin(self, what: object) -> None:
        start = what if isinstance(what, PatientStart) else PatientStart(str(what))
        self._patient_id = start.patient_id
        self._wanted_event = start.event_id
        self._show_nobody()
        self._load()
        self.body.choose(start.part)

    def opened(self) -> None:
        self.body.focus()

    def refresh(self, changes: Changes) -> None:
        if self._patient_id and changes.concern(self._patient_id):
            self._load()

    def primary(self) -> None:
        if self._on_file:
            self.check_wanted.emit(CheckStart(patient_id=self._patient_id))

    def month_start(self) -> MonthStart | None:
        row = self.eligible.table.current_record() if self._on_file else None
        return MonthStart(row.request) if row and not row.assumed else None

    def current_patient(self) -> str:
        return self._patient_id if self._on_file else ""

    def packet(self) -> None:
        self.patient_acts.open_packet()

    def summary(self) -> str:
        rows, day = self.eligible.table.records(), self.eligible.day.day()
        if self._on_file is None or not rows or day is None:
            return ""
        table = self.context.services.eligibility.as_text(rows)
        return as_text(self._on_file.record.patient, self.head.coverage.text(), day, table)

    # What is shown

    def _load(self) -> None:
        self.loader.load(self._patient_id, self._day())
        self._on_part_shown(self.body.part())

    def _day(self) -> date:
        return self.eligible.day.day() or self.context.services.clock.today()

    def _show_nobody(self) -> None:
        self._on_file = None
        self._words.cancel()
        self.patient_acts.show(None)
        self.record_acts.show(None)
        self.head.clear()
        self.notice.clear()
        self.body.clear()
        self.body.hide()

    @Slot(object)
    def _show_sheet(self, sheet: Sheet) -> None:
        """Fill every part before the body is seen: it is laid out and painted once."""
        self._take(sheet.on_file)
        self._show_answers(sheet.answers)
        self.body.show_overview(sheet.overview)
        self._bring_up()

    @Slot(object)
    def _show_on_file(self, on_file: OnFile) -> None:
        self._take(on_file)
        self._bring_up()

    def _take(self, on_file: OnFile) -> None:
        record, self._on_file = on_file.record, on_file
        services = self.context.services
        self.patient_acts.show(on_file)
        self.record_acts.show(record.patient)
        off = services.desk.off_words(record.coverages, services.clock.today())
        self.notice.show_sentence(Status.CAUTION, " ".join(off))
        self.head.show_record(record, services.patients.coverage_label, services.clock.today())
        self.body.show_on_file(on_file, self._wanted_event)
        self._wanted_event = ""

    def _bring_up(self) -> None:
        first = self.body.isHidden()
        self.body.show()
        if first and self._active:
            self.opened()

    @Slot(object)
    def _show_answers(self, answers: Answers) -> None:
        self.body.show_answers(answers)
        if answers.problem is None:
            self.eligible.show_rows(answers.rows)
            return
        had_hands = self.eligible.table.hasFocus()
        none = not (self._on_file and any(c.in_force(self._day()) for c in self._on_file.record.coverages))
        self.eligible.show_problem(answers.problem, ADD_COVERAGE if none else "")
        if had_hands:
            self.opened()

    @Slot(object)
    def _explain(self, row: EligibleRow | None) -> None:
        """Say why the row says what it says; its words are put together beside this thread where they are not yet."""
        if row is None or row.words.told is not None:
            self._words.cancel()
            self.visits.why.show_row(row)
        else:
            self._words.run(row.words.verdict, lambda _verdict: self.visits.why.show_row(row))

    @Slot(object)
    def _show_failure(self, error: Exception) -> None:
        """Show nothing rather than what may have been true before."""
        self._show_nobody()
        self.notice.show_error(error, _FIND if isinstance(error, NotFoundError) else _AGAIN)
        self.loader.report(error)

    @Slot(object)
    def _show_unanswered(self, error: Exception) -> None:
        self.body.show_answers(None)
        self.eligible.show_problem(error)
        self.loader.report(error)

    # What is done

    @Slot()
    def _on_step_wanted(self) -> None:
        if self.notice.button.text() == _AGAIN:
            self._load()
        else:
            self.find_wanted.emit("")

    @Slot(object)
    def note_done(self, done: Done[object]) -> None:
        """Tell the window, and go to what was written once it is read again."""
        event = getattr(done.value, "event", None)
        self._wanted_event = event.id if event is not None else ""
        self.acted.emit(done)

    @Slot(str)
    def _on_part_shown(self, part: str) -> None:
        """Read what only this part shows, and put the hands there."""
        if self._patient_id and part == DOCUMENTS:
            self.loader.look_at_papers(self._patient_id)
        elif self._patient_id and part == AUDIT:
            self.loader.look_at_trail(self._patient_id)
        if self._active and not self.body.isHidden() and not self.body.tabs.hasFocus():
            self.body.focus()

    @Slot()
    def _on_day_settled(self) -> None:
        if self._patient_id:
            self.loader.ask(self._patient_id, self._day())

    @Slot()
    def _on_copy_wanted(self) -> None:
        copy_private(self.summary())
        self.eligible.say_copied()
