"""Keeps form, answer, timeline and buttons in step, and decides what a press of the filled button means now."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from tracker.domain.booking import BookingRequest
from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.services.answers.answers import Answer, AnswerChangedError
from tracker.ui.check.answer_view import view_of
from tracker.ui.check.booking_acts import BookingActs
from tracker.ui.check.check_parts import CheckParts
from tracker.ui.check.form_reading import (
    CLOSED_THEN,
    FIND_PATIENT,
    FIND_PROCEDURE,
    NO_ANSWER,
    NO_DATE_HELPS,
    NOTHING_ASKED,
    Missing,
    Reading,
)
from tracker.ui.check.inquiry import Inquiry
from tracker.ui.check.next_act import BOOKS, MOVES, SAVES, Kind, NextAct, next_act
from tracker.ui.pages.page import PageContext


class Checking(QObject):
    """`shown` comes when something else is shown. `failed` carries what the desk should read about a booking.

    `request_wanted`: an approval is lacking; it carries the id of the request that is under way, "" for none.
    """

    shown = Signal()
    failed = Signal(object)
    request_wanted = Signal(str)

    def __init__(self, context: PageContext, parts: CheckParts, acts: BookingActs, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = context.tasks
        self._today = context.services.clock.today
        self._parts = parts
        self._acts = acts
        self._verbs = BOOKS
        self._reading = Reading(None)
        self._act = NextAct(Kind.NONE)
        self._missing = Missing("")
        self._pressed: NextAct | None = None
        self.inquiry = Inquiry(context.services.booking, context.tasks, self)
        self._connect()

    def _connect(self) -> None:
        parts, inquiry = self._parts, self.inquiry
        parts.form.changed.connect(self.look_again)
        parts.form.next_wanted.connect(self._on_next_wanted)
        parts.timeline.strip.day_moved.connect(parts.form.move_day)
        parts.timeline.strip.next_wanted.connect(self._on_next_wanted)
        parts.timeline.strip.blocked_wanted.connect(self._on_blocked_wanted)
        parts.bar.primary_pressed.connect(self.press)
        parts.bar.reason_pressed.connect(self.ask_reason)
        parts.bar.pin_pressed.connect(self.pin)
        parts.bar.hold_pressed.connect(self.hold)
        inquiry.answered.connect(self._on_answered)
        inquiry.ahead_answered.connect(self._on_ahead_answered)
        inquiry.refused.connect(self._on_refused)
        self._acts.failed.connect(self._on_failed)

    def begin(self, booking_id: str = "", pin_id: str = "", *, whole: bool = False) -> None:
        """Forget the last answer; with an id the visit of that id is being moved, or a parked request is booked.

        `whole`: the visit is changed in any way.
        """
        self._verbs = (SAVES if whole else MOVES) if booking_id else BOOKS
        self._pressed = None
        self.inquiry.begin(booking_id, whole=whole)
        self._acts.begin(booking_id, pin_id)

    def act(self) -> NextAct:
        """Return what the filled button does now."""
        return self._act

    @Slot()
    def look_again(self) -> None:
        """Read the form and ask for its answer."""
        self._pressed = None
        reading = self._reading = self._parts.form.reading()
        if reading.request is not None:
            self.inquiry.ask(reading.request)
            return
        self.inquiry.drop()
        # Rows of one patient never stay while another one is looked for.
        typing_on = reading.begun and reading.missing not in (FIND_PATIENT, FIND_PROCEDURE)
        self._show_missing(reading.missing or Missing(""), begun=typing_on)

    def _show_missing(self, missing: Missing, *, begun: bool) -> None:
        parts = self._parts
        self._missing = missing
        parts.panel.show_missing(missing.headline, missing.detail, keep=begun)
        if not begun:
            parts.timeline.show_view(self._today(), None)
        self._show_act()

    @Slot()
    def _on_answered(self) -> None:
        answer, parts = self.inquiry.answer, self._parts
        if answer is None:
            return
        if parts.form.fields.day.wants_next():
            self._take_next(answer)
            return
        view = view_of(answer)
        parts.form.refuse(None)
        parts.form.show_coverage_used(answer.coverage)
        parts.panel.show_view(view)
        parts.timeline.show_view(self._today(), view)
        self._show_act()
        self._make_good()

    @Slot()
    def _on_ahead_answered(self) -> None:
        view = self._parts.panel.view()
        if view is not None:
            self._parts.timeline.show_view(self._today(), view, self.inquiry.window_ahead())
        self._show_act()
        self._make_good()

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, TrackerError):
            self._show_missing(NO_ANSWER, begun=False)
            self._tasks.unseen.emit(error)
            return
        if isinstance(error, InvalidEntryError):
            self._parts.form.refuse(error)
        day = self._parts.form.fields.day
        if day.wants_next():
            day.set_error(error.sentence())
        detail = " ".join(part for part in (error.detail, error.remedy) if part)
        self._show_missing(Missing(error.title.rstrip("."), detail, tr("something is missing")), begun=False)

    def _show_act(self) -> None:
        inquiry, reading = self.inquiry, self._reading
        self._act = next_act(
            None if reading.request is None else inquiry.answer,
            inquiry.ahead,
            self._today(),
            dated=reading.dated,
            pending=inquiry.is_ahead_pending(),
            verbs=self._verbs,
            missing=self._missing.off if inquiry.answer is None else "",
        )
        self._parts.bar.show_act(self._act, may_pin=reading.request is not None and self._verbs is BOOKS)
        self.shown.emit()

    @Slot()
    def _on_next_wanted(self) -> None:
        """Put the earliest day of the answer at hand, on which the clinic works, into the form, or ask for it first."""
        day, answer = self._parts.form.fields.day, self.inquiry.answer
        if answer is not None and not self.inquiry.is_pending():
            self._take_next(answer)
            return
        reading = self._parts.form.reading()
        if reading.request is None:
            day.set_error(None if reading.begun else NOTHING_ASKED)
        elif not self.inquiry.is_pending():
            self.inquiry.ask(reading.request)

    @Slot()
    def _on_blocked_wanted(self) -> None:
        """Go back to the last day that is closed: its answer says why."""
        self.inquiry.look_back(self._request(), self._parts.form.show_next, self._parts.timeline.tell)

    def _take_next(self, answer: Answer) -> None:
        if answer.open_day is None:
            self._parts.form.fields.day.set_error(NO_DATE_HELPS if answer.verdict.earliest is None else CLOSED_THEN)
            return
        pressed = self._pressed
        self._parts.form.show_next(answer.open_day)
        self._pressed = pressed

    @Slot()
    def press(self) -> None:
        """Do what the filled button says; while its answer is under way, as soon as it is there and allows it."""
        if self._acts.is_busy() or not self._parts.bar.isVisible():
            return
        if self.inquiry.is_pending() or self._parts.form.fields.day.wants_next():
            self._pressed = NextAct(Kind.BOOK)
        elif self._act.kind is Kind.BOOK_AHEAD and self.inquiry.ahead is None:
            self._pressed = self._act
        else:
            self._do(self._act)

    def _make_good(self) -> None:
        """Do what was pressed before the answer came, if the answer allows just that."""
        pressed = self._pressed
        if pressed is None or self.inquiry.is_pending():
            return
        if pressed.kind is self._act.kind and (pressed.kind is Kind.BOOK or pressed.text == self._act.text):
            if pressed.kind is Kind.BOOK_AHEAD and self.inquiry.ahead is None:
                return
            self._pressed = None
            self._do(self._act)
        else:
            self._pressed = None

    def _do(self, act: NextAct) -> None:
        request, answer, ahead = self._request(), self.inquiry.answer, self.inquiry.ahead
        if request is None or answer is None:
            return
        if act.kind is Kind.BOOK:
            self._acts.book(request, answer.fingerprint)
        elif act.kind is Kind.BOOK_AHEAD and ahead is not None:
            self._acts.book(replace(request, day=ahead.verdict.asked), ahead.fingerprint)
        elif act.kind is Kind.REQUEST:
            self.request_wanted.emit(answer.hold.record_id if answer.hold else "")
        elif act.kind is Kind.LOOK_AHEAD and answer.open_day is not None:
            self._parts.form.show_next(answer.open_day)

    @Slot()
    def ask_reason(self) -> None:
        """Open the dialog of reasons, where one is wanted."""
        answer, request = self.inquiry.answer, self._request()
        if self._act.reason_wanted and answer and request and not self.inquiry.is_pending():
            self._acts.ask_reason(answer, request)

    @Slot()
    def pin(self) -> None:
        """Park what the form asks for; it stays in the form."""
        request = self._request()
        if request is not None and self._verbs is BOOKS:
            self._acts.pin(request)

    @Slot()
    def hold(self) -> None:
        """Book on hold, where nothing but an approval is lacking."""
        answer, request = self.inquiry.answer, self._request()
        if self._act.hold_text and answer and request and not self.inquiry.is_pending() and not self._acts.is_busy():
            self._acts.hold(request, answer.fingerprint)

    def _request(self) -> BookingRequest | None:
        """Return the request with the note and time as they are typed now."""
        return self._parts.form.reading().request

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """Show the answer that came instead, and say that nothing was booked."""
        if isinstance(error, AnswerChangedError) and error.answer.request.day == self._day_asked():
            self.inquiry.adopt(error.answer)
        elif isinstance(error, AnswerChangedError):
            self.look_again()
        self.failed.emit(error)

    def _day_asked(self) -> object:
        request = self._request()
        return request.day if request else None
