"""Check and book: one form, the answer while one types, the timeline, and the buttons that book."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.booking import Booking
from tracker.domain.coverage import Coverage
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.answers.answers import AnswerChangedError
from tracker.services.changes import Changes, Done, Kind
from tracker.ui.actions import Act
from tracker.ui.check.act_bar import ActBar
from tracker.ui.check.answer_text import as_text
from tracker.ui.check.body import CheckBody
from tracker.ui.check.booking_acts import BookingActs
from tracker.ui.check.changing import Changing
from tracker.ui.check.check_keys import CHECK_KEYS, PART_KEYS
from tracker.ui.check.check_parts import CheckParts
from tracker.ui.check.checking import Checking
from tracker.ui.check.closed_link import ClosedLink
from tracker.ui.check.form import CheckForm
from tracker.ui.check.form_loader import FormLoader
from tracker.ui.check.left_work import LeftWork
from tracker.ui.check.other_ways import other_ways
from tracker.ui.check.outside import ask_coverage, ask_outside
from tracker.ui.check.quick_add import QuickAdd
from tracker.ui.check.spine_link import SpineLink
from tracker.ui.check.taking_up import TakingUp
from tracker.ui.check.timeline import TimelinePanel
from tracker.ui.check.verdict_panel import VerdictPanel
from tracker.ui.check.what_if_link import WhatIfLink
from tracker.ui.check.what_if_panel import WhatIfPanel
from tracker.ui.failures_text import sentence_of
from tracker.ui.pages.page import CheckStart, MonthStart, Page, PageAct, PageContext, RequestStart
from tracker.ui.spine.panel import SpinePanel
from tracker.ui.theme import plain_text, scaled
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead

ROOM_FOR_BUTTON = 760


class CheckPage(Page):
    """`begin` takes a CheckStart: empty, for a patient, with a whole request, or to move or change a visit."""

    id = "check"
    title = tr("Check and book")
    menus = (tr("&Schedule"), tr("&View"))
    icon = "calendar-check"
    listed = False
    keys, part_keys = CHECK_KEYS, PART_KEYS

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._start = CheckStart()
        self._build()
        self._connect()
        self.checking.look_again()
        self.taking_up.look()

    def _build(self) -> None:
        self.head = PageHead(self.title, parent=self)
        self.back_button = ActionButton("", self.head, kind="link")
        self.head.add_right(self.back_button)
        self.what_if_button = ActionButton(tr("What if"), self.head, key="Alt+W", kind="quiet")
        self.head.add_right(self.what_if_button)
        self.copy_button = ActionButton(tr("Copy answer"), self.head, key="Ctrl+Shift+C", kind="quiet")
        self.head.add_right(self.copy_button)
        self.notice = NoticeBar(self)
        self.form = CheckForm(self.context)
        self.left_work = LeftWork(self.form, self.back_button, self)
        self.taking_up = TakingUp(self.form, self.left_work, self.notice, self.context, self)
        self.panel = VerdictPanel()
        self.timeline = TimelinePanel(self.context.services.clock.today())
        self.spine = SpinePanel()
        self.panes = self.spine, self.timeline
        services = self.context.services
        what_if = WhatIfPanel(services.clock, services.desk.offered_payers())
        self.body = CheckBody(self.form, self.panel, self.timeline, self.spine, what_if, self)
        self.bar = ActBar(self)
        self.booking_acts = BookingActs(self.context, self)
        self.changing = Changing(self.form, self.booking_acts, self.notice, self.context, self)
        parts = CheckParts(self.form, self.panel, self.timeline, self.bar)
        self.checking = Checking(self.context, parts, self.booking_acts, self)
        self.loader = FormLoader(self.form, self.checking, self.context, self)
        self.closed_link = ClosedLink(services.booking, self.checking.inquiry, self.timeline, self.context.tasks, self)
        self.spine_link = SpineLink(self.form, self.spine, self.context, self)
        self.quick_add = QuickAdd(self.form, self)
        self.what_if = WhatIfLink(self.form, self.body, self.bar, self.context, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.notice, self.body, self.bar):
            column.addWidget(widget, 1 if widget is self.body else 0)

    def _connect(self) -> None:
        self.form.outside_wanted.connect(self._on_outside_wanted)
        for look in (self._show_head, self.spine_link.ask, self.closed_link.look_again):
            self.checking.shown.connect(look)
        self.checking.failed.connect(self._on_failed)
        self.checking.request_wanted.connect(
            lambda id: self.request_wanted.emit(RequestStart(record_id=id) if id else self.request_start())
        )
        self.booking_acts.done.connect(self._on_done)
        self.booking_acts.pinned.connect(self.acted)
        self.loader.visit_loaded.connect(self.changing.take)
        self.checking.shown.connect(self.what_if.look_again)
        self.what_if.refused.connect(lambda sentence: self.notice.show_sentence(Status.CAUTION, sentence))
        self.what_if.coverage_wanted.connect(self._on_coverage_wanted)
        self.what_if_button.clicked.connect(self.what_if.open)
        self.bar.close_pressed.connect(self._on_close_wanted)
        self.copy_button.clicked.connect(self.copy_wanted)
        for source in (self.left_work, self.taking_up, self.changing):
            source.wanted.connect(self.begin)
        for _name, _text, key, act in other_ways(self.checking):
            self._bind(key, partial(self._unless_what_if, act))
        self._bind("Esc", self._on_close_wanted)

    def _bind(self, key: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def begin(self, what: object) -> None:
        """Begin anew as the CheckStart says."""
        if not self._start.booking_id:
            self.left_work.keep()
        elif left := self.changing.left():
            self.left_work.keep(left)
        start = self._start = what if isinstance(what, CheckStart) else CheckStart()
        moving, whole = bool(start.booking_id), start.change
        self.notice.clear()
        self.form.clear()
        self.form.set_moving(moving, whole=whole)
        self.taking_up.begin(start)
        self.changing.begin(start)
        self.spine_link.begin(start.booking_id)
        self.checking.begin(start.booking_id, start.pin_id, whole=whole)
        self.what_if.begin(start.booking_id, whole=whole)
        self.head.set_title(self.changing.title() or self.title)
        self.loader.begin(start)
        self.checking.look_again()

    def opened(self) -> None:
        self.loader.load_desk(again=False)
        fields = self.form.fields
        start, known = self._start, self._start.patient_id or self._start.request
        if self.what_if.is_open():
            self.what_if.focus()
        elif start.booking_id and not start.change:
            fields.day.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif start.change or (known and fields.patient.patient() is None):
            fields.procedure.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.form.focus_first()

    def refresh(self, changes: Changes) -> None:
        if changes.kinds & {Kind.DESK, Kind.SETTINGS}:
            self.loader.load_desk()
        patient = self.form.fields.patient.patient()
        if patient is not None and changes.concern(patient.id):
            for each in (self.spine_link, self.closed_link, self.what_if):
                each.forget()
            self.loader.load_coverages(patient)
            self.changing.look()
        if patient is None or changes.concern(patient.id):  # without a patient the timeline shows what day it is
            self.checking.look_again()

    def primary(self) -> None:
        """Do what the filled button says."""
        self.notice.clear()
        if self.what_if.is_open():
            self.what_if.take_current()
        else:
            self.checking.press()

    def acts(self) -> tuple[PageAct, ...]:
        menu = tr("&Schedule")
        what_if = PageAct(Act("what if", tr("&What if…"), menu, ("Alt+W",), parted=True), self.what_if.open)
        unless = self._unless_what_if
        more = (PageAct(Act(name, text, menu), partial(unless, do)) for name, text, _, do in other_ways(self.checking))
        return (what_if, *more, *self.spine_link.page_acts())

    def summary(self) -> str:
        answer, view = self.checking.inquiry.answer, self.panel.view()
        return as_text(answer, view) if answer and view else ""

    def request_start(self) -> RequestStart:
        return RequestStart(self.current_patient(), self.form.reading().request)

    def month_start(self) -> MonthStart | None:
        request = self.form.reading().request
        return MonthStart(request, self._start.pin_id) if request else None

    def current_patient(self) -> str:
        return patient.id if (patient := self.form.fields.patient.patient()) else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_head()

    @Slot()
    def _show_head(self) -> None:
        """Name day and patient beside the title, with two identifiers; on narrow windows in the button's place."""
        patient, day = self.form.fields.patient.patient(), self.form.fields.day.day()
        wide = self.width() >= scaled(ROOM_FOR_BUTTON)
        parts = [us_date(day, weekday=True)] if day and (wide or self.back_button.isHidden()) else []
        if patient is not None:
            parts.append(f"{plain_text.one_line(patient.last, 40 if wide else 16)}  {us_date(patient.born)}")
        self.head.set_beside("   ".join(parts))
        self.copy_button.setVisible(wide and self.panel.view() is not None)
        self.what_if_button.setVisible(wide)

    @Slot()
    def _on_outside_wanted(self) -> None:
        if (patient := self.form.fields.patient.patient()) is not None:
            ask_outside(self, patient)

    @Slot(object)
    def _on_coverage_wanted(self, proposed: Coverage) -> None:
        if (patient := self.form.fields.patient.patient()) is not None:
            ask_coverage(self, patient, proposed)

    def _unless_what_if(self, act: Callable[[], None]) -> None:
        if not self.what_if.is_open():
            self.notice.clear()
            act()

    @Slot()
    def _on_close_wanted(self) -> None:
        """Leave what-if for the form as it was, else the page."""
        self.notice.clear()
        if self.what_if.is_open():
            self.what_if.close()
        else:
            self.closed.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if not self.changing.refuse(error):
            changed = isinstance(error, AnswerChangedError)
            self.notice.show_sentence(Status.CAUTION if changed else Status.NO, sentence_of(error))

    @Slot(object)
    def _on_done(self, done: Done[Booking]) -> None:
        """Say what was done, and leave an empty form behind."""
        self.acted.emit(done)
        self.begin(CheckStart())
        self.left_work.forget()
        self.taking_up.forget()
        self.closed.emit()
