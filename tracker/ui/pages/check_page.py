"""Check and book: one form, the answer while one types, the timeline, and the buttons that book."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.booking import Booking
from tracker.domain.patient import Patient
from tracker.domain.us_dates import us_date
from tracker.services.answers import Answer, AnswerChangedError
from tracker.services.changes import Changes, Done, Kind
from tracker.services.patients import PatientRecord
from tracker.ui.check.act_bar import ActBar
from tracker.ui.check.answer_text import as_text
from tracker.ui.check.body import CheckBody
from tracker.ui.check.booking_acts import BookingActs
from tracker.ui.check.checking import Checking, CheckParts
from tracker.ui.check.form import CheckForm
from tracker.ui.check.outside import ask_outside
from tracker.ui.check.spine_link import SpineLink
from tracker.ui.check.timeline import TimelinePanel
from tracker.ui.check.verdict_panel import VerdictPanel
from tracker.ui.failures_text import sentence_of
from tracker.ui.pages.page import CheckStart, Page, PageContext
from tracker.ui.spine.panel import SpinePanel
from tracker.ui.tasks import LatestOnly
from tracker.ui.theme import plain_text
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead

MOVE_TITLE = "Move a visit"
ROOM_FOR_BUTTON = 760


class CheckPage(Page):
    """`begin` takes a CheckStart: empty, for a patient, with a whole request, or to move a visit."""

    id = "check"
    title = "Check and book"
    icon = "calendar-check"
    listed = False
    keys = (
        ("n", "As the date: the earliest one"),
        ("← →", "On the timeline: a day, with Ctrl a week"),
        ("N", "On the timeline: the earliest day"),
        ("Alt+O", "Book with a reason"),
        ("Esc", "Close"),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._start = CheckStart()
        self._left: CheckStart | None = None
        self._desk_asked = False
        self._loading = LatestOnly(context.tasks, self)
        self._build()
        self._connect()
        self.checking.look_again()

    def _build(self) -> None:
        self.head = PageHead(self.title, parent=self)
        self.back_button = ActionButton("", self.head, kind="link")
        self.head.add_right(self.back_button)
        self.back_button.hide()
        self.copy_button = ActionButton("Copy answer", self.head, key="Ctrl+Shift+C", kind="quiet")
        self.head.add_right(self.copy_button)
        self.notice = NoticeBar(self)
        self.form = CheckForm(self.context)
        self.panel = VerdictPanel()
        self.timeline = TimelinePanel(self.context.services.clock.today())
        self.spine = SpinePanel()
        self.body = CheckBody(self.form, self.panel, self.timeline, self.spine, self)
        self.bar = ActBar(self)
        self.booking_acts = BookingActs(self.context, self)
        parts = CheckParts(self.form, self.panel, self.timeline, self.bar)
        self.checking = Checking(self.context, parts, self.booking_acts, self)
        self.spine_link = SpineLink(self.form, self.spine, self.context, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.notice, self.body, self.bar):
            column.addWidget(widget, 1 if widget is self.body else 0)

    def _connect(self) -> None:
        self.form.patient_changed.connect(self._on_patient_changed)
        self.form.outside_wanted.connect(self._on_outside_wanted)
        self.checking.shown.connect(self._show_head)
        self.checking.shown.connect(self.spine_link.ask)
        self.checking.failed.connect(self._on_failed)
        self.booking_acts.done.connect(self._on_done)
        self.bar.close_pressed.connect(self.closed)
        self.copy_button.clicked.connect(self.copy_wanted)
        self.back_button.clicked.connect(self._on_back_wanted)
        for key, act in (("Alt+O", self.checking.ask_reason), ("Esc", self.closed.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def begin(self, what: object) -> None:
        """Begin anew as the CheckStart says."""
        self._keep_left()
        start = self._start = what if isinstance(what, CheckStart) else CheckStart()
        self._loading.cancel()
        self.notice.clear()
        self.form.clear()
        self.form.set_moving(bool(start.booking_id))
        self.checking.begin(start.booking_id)
        self.head.set_title(MOVE_TITLE if start.booking_id else self.title)
        self._load_desk()
        if start.booking_id:
            self._load_visit(start)
        elif start.request is not None or start.patient_id:
            self._load_patient(start)
        elif start.day is not None:
            self.form.fields.day.set_day(start.day)
        self.checking.look_again()

    def _keep_left(self) -> None:
        """Keep what was typed and not booked, so that leaving or beginning anew never loses it."""
        patient, request = self.form.fields.patient.patient(), self.form.reading().request
        if patient is None or self.form.fields.procedure.choice() is None or self._start.booking_id:
            return
        self._left = CheckStart(patient.id, request)
        name = plain_text.one_line(patient.last, 20)
        self.back_button.setText(plain_text.as_button(f"Back to {name} {us_date(patient.born)}"))
        self.back_button.show()

    def _forget_left(self) -> None:
        self._left = None
        self.back_button.hide()

    @Slot()
    def _on_back_wanted(self) -> None:
        left = self._left
        self._forget_left()
        if left is not None:
            self.begin(left)

    def opened(self) -> None:
        if not self._desk_asked:
            self._load_desk()
        fields = self.form.fields
        if self._start.booking_id:
            fields.day.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif (self._start.patient_id or self._start.request) and fields.patient.patient() is None:
            fields.procedure.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.form.focus_first()

    def _load_desk(self) -> None:
        self._desk_asked = True
        desk = self.context.services.desk
        self.context.tasks.run(
            self,
            lambda: (desk.sites(), desk.providers(), desk.default_site, desk.default_provider),
            lambda found: self.form.show_desk(*found),
        )

    def _load_patient(self, start: CheckStart) -> None:
        patient_id = start.request.patient_id if start.request else start.patient_id
        get = self.context.services.patients.get
        self._loading.run(lambda: get(patient_id), self._on_patient_loaded)

    def _on_patient_loaded(self, record: PatientRecord) -> None:
        start = self._start
        self.form.show_patient(record.patient, record.coverages)
        if start.request is not None:
            self.form.show_request(start.request)
            self.form.focus_first()
        if start.day is not None:
            self.form.fields.day.set_day(start.day)
        self.checking.look_again()

    def _load_visit(self, start: CheckStart) -> None:
        booking, patients = self.context.services.booking, self.context.services.patients

        def load() -> tuple[Answer, PatientRecord]:
            visit = booking.get(start.booking_id)
            return booking.check_move(visit.id, start.day or visit.day), patients.get(visit.patient_id)

        self._loading.run(load, lambda found: self._on_visit_loaded(*found))

    def _on_visit_loaded(self, answer: Answer, record: PatientRecord) -> None:
        self.form.show_patient(record.patient, record.coverages)
        self.form.show_request(answer.request)
        self.form.set_moving(True)
        self.form.fields.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.checking.look_again()

    @Slot(object)
    def _on_patient_changed(self, patient: object) -> None:
        if isinstance(patient, Patient):
            get = self.context.services.patients.get
            self._loading.run(lambda: get(patient.id), self._on_coverages_loaded)
        else:
            self._loading.cancel()

    def _on_coverages_loaded(self, record: PatientRecord) -> None:
        self.form.show_coverages(record.coverages)
        answer = self.checking.inquiry.answer
        if answer is not None:
            self.form.show_coverage_used(answer.coverage)

    def refresh(self, changes: Changes) -> None:
        if changes.kinds & {Kind.DESK, Kind.SETTINGS}:
            self._load_desk()
        patient = self.form.fields.patient.patient()
        if patient is not None and changes.concern(patient.id):
            self.spine_link.forget()
            self._on_patient_changed(patient)
            self.checking.look_again()

    def primary(self) -> None:
        """Do what the filled button says."""
        self.notice.clear()
        self.checking.press()

    def summary(self) -> str:
        answer, view = self.checking.inquiry.answer, self.panel.view()
        return as_text(answer, view) if answer and view else ""

    def current_patient(self) -> str:
        return patient.id if (patient := self.form.fields.patient.patient()) else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_head()

    @Slot()
    def _show_head(self) -> None:
        """Name day and patient beside the title, with two identifiers; on narrow windows in the button's place."""
        patient, day = self.form.fields.patient.patient(), self.form.fields.day.day()
        parts = [us_date(day, weekday=True)] if day else []
        wide = self.width() >= ROOM_FOR_BUTTON
        if patient is not None:
            parts.append(f"{plain_text.one_line(patient.last, 40 if wide else 16)}  {us_date(patient.born)}")
        self.head.set_beside("   ".join(parts))
        self.copy_button.setVisible(wide and self.panel.view() is not None)

    @Slot()
    def _on_outside_wanted(self) -> None:
        if (patient := self.form.fields.patient.patient()) is not None:
            ask_outside(self, patient)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        changed = isinstance(error, AnswerChangedError)
        self.notice.show_sentence(Status.CAUTION if changed else Status.NO, sentence_of(error))

    @Slot(object)
    def _on_done(self, done: Done[Booking]) -> None:
        """Say what was done, and leave an empty form behind."""
        self.acted.emit(done)
        self.begin(CheckStart())
        self._forget_left()
        self.closed.emit()
