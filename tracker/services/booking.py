"""Check, book, override, move and close visits: the main job of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from tracker.domain.anatomy import Target
from tracker.domain.booking import Booking, BookingRequest, BookingStatus, Override
from tracker.domain.clock import Clock
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.event import EventStatus, PartialDate
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.domain.windows import Window
from tracker.services import overrides, visit_status, wording
from tracker.services.answers import Answer, AnswerChangedError, answer_for, record_of
from tracker.services.approval_spans import UnitsInUse, approval_spans
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.charts import Chart, request_of
from tracker.services.clashes import refuse_clashes
from tracker.services.closed_spans import closed_before, closed_spans
from tracker.services.hold_offers import Lead, hold_offer, usual_lead
from tracker.services.holds import await_approval
from tracker.services.judging import Judge
from tracker.services.new_visits import add_visit, payer_of
from tracker.services.payers import PayerNames
from tracker.services.permits import permitted
from tracker.services.pinboard import taken
from tracker.services.site_marks import SpineMarks, spine_marks
from tracker.services.transactions import Transactions
from tracker.services.wording import event_text, us_time
from tracker.storage.records import Act, Task
from tracker.storage.unit_of_work import UnitOfWork

__all__ = ["Answer", "AnswerChangedError", "BookingService"]


class BookingService:
    """`check` never writes. What writes judges again inside its transaction, so no stale answer can be booked."""

    def __init__(
        self,
        transactions: Transactions,
        judge: Judge,
        payers: PayerNames,
        clock: Clock,
        lead: Lead = usual_lead,
        in_use: UnitsInUse = lambda approvals, _visits: approvals,
    ) -> None:
        self._lead = lead
        self._transactions = transactions
        self._in_use = in_use
        self._judge = judge
        self._payers = payers
        self._clock = clock

    def check(self, request: BookingRequest) -> Answer:
        """Answer whether this may be booked. Raises InvalidEntryError, a sentence for the form, when incomplete."""
        with self._transactions.reading() as uow:
            return self._with_hold(uow, Chart.load(uow, request.patient_id), request)

    def spine(self, request: BookingRequest, targets: Iterable[Target]) -> SpineMarks:
        """Answer for each of these places by itself, for the picture of the spine."""
        with self._transactions.reading() as uow:
            chart = Chart.load(uow, request.patient_id)
        return spine_marks(self._judge, chart, request, targets, self._clock.today())

    def book(self, request: BookingRequest, seen: str, pin_id: str = "") -> Done[Booking]:
        """Book what `seen` (the fingerprint of the answer on screen) allows; `pin_id` goes off the pinboard with it.

        Raises AnswerChangedError (a StaleAnswerError) when the answer is another by now, ConflictError for a clash.
        """
        return self._book(request, seen, None, pin_id)

    def override(self, request: BookingRequest, seen: str, override: Override, pin_id: str = "") -> Done[Booking]:
        """Book against the answer, for a reason that is kept and leaves a task."""
        return self._book(request, seen, overrides.checked(override), pin_id)

    def hold(self, request: BookingRequest, seen: str) -> Done[Booking]:
        """Book on hold what lacks nothing but an approval; an approval releases it (`services.holds`).

        Raises AnswerChangedError as `book` does, and InvalidEntryError when something else stands in the way.
        """
        with self._transactions.writing() as uow:
            chart = Chart.load(uow, request.patient_id)
            answer = self._with_hold(uow, chart, request)
            self._refuse_past(request.day)
            if answer.fingerprint != seen:
                raise AnswerChangedError(answer)
            if answer.hold is None:
                raise InvalidEntryError(
                    f"{answer.headline}, so it is not held.", "", "Only an approval may be awaited."
                )
            by, at = self._transactions.user.name, self._clock.now()
            booking = add_visit(uow, chart, answer, by, at, status=BookingStatus.HELD)
            await_approval(uow, booking, answer.hold, by, at)
            act_id = uow.commit(Act("hold", "booking", booking.id))
        return _done(booking, f"On hold {_line(booking, chart)}. {answer.hold.reason}", act_id)

    def check_move(self, booking_id: str, day: date) -> Answer:
        """Answer for the same visit on another day; the visit itself is left out of the history."""
        with self._transactions.reading() as uow:
            booking = uow.bookings.get(booking_id)
            chart = Chart.load(uow, booking.patient_id)
            return self._answer(uow, chart, _request_on(uow, booking, chart, day), booking.event.id)

    def closed_spans(self, request: BookingRequest, booking_id: str = "") -> tuple[Window, ...]:
        """Return the days from today to the one asked that are not allowed, as spans."""
        chart, leave_out = self._without(request, booking_id)
        return closed_spans(self._judge, chart, request, self._clock.today(), leave_out)

    def _without(self, request: BookingRequest, booking_id: str) -> tuple[Chart, str]:
        """Return the chart, and the event of the visit that is being moved, which does not count against itself."""
        with self._transactions.reading() as uow:
            chart = Chart.load(uow, request.patient_id)
            return chart, uow.bookings.get(booking_id).event.id if booking_id else ""

    def closed_before(self, request: BookingRequest, booking_id: str = "") -> date | None:
        """Return the last day before the one asked, and not before today, on which it is not allowed; None for none.

        With the id of a visit that is being moved, that visit is left out of the history.
        """
        chart, leave_out = self._without(request, booking_id)
        return closed_before(self._judge, chart, request, self._clock.today(), leave_out)

    def move(
        self, booking_id: str, day: date, starts: time | None, seen: str, override: Override | None = None
    ) -> Done[Booking]:
        """Move an open visit to another day or time, judged again."""
        wanted = overrides.checked(override) if override else None
        with self._transactions.writing() as uow:
            before = uow.bookings.get(booking_id)
            if not before.status.open:
                raise ConflictError("This visit is closed, so it was not moved.", "", "Book a new visit instead.")
            self._refuse_past(day)
            chart = Chart.load(uow, before.patient_id)
            answer = self._answer(uow, chart, _request_on(uow, before, chart, day), before.event.id)
            signed = permitted(answer, seen, wanted, self._transactions.user.name, self._clock.now())
            entry = uow.events.get(before.event.id)
            event = replace(before.event, when=PartialDate.on(day), payer=payer_of(answer, chart))
            uow.events.change(replace(entry, event=event))
            moved = replace(
                before,
                event=event,
                starts=starts,
                coverage_id=answer.coverage.id if answer.coverage else "",
                verdict=record_of(answer, self._clock.now()),
                override=signed,
            )
            refuse_clashes(uow, moved)
            saved = replace(moved, version=uow.bookings.change(moved))
            self._settle_tasks(uow, saved, "The visit was moved.")
            act_id = uow.commit(Act("move booking", "booking", booking_id))
        return _done(saved, f"Moved {_line(saved, chart)}", act_id)

    def set_status(self, booking_id: str, status: BookingStatus) -> Done[Booking]:
        """Confirm, check in, close or call off a visit; a visit that is done becomes part of the history."""
        with self._transactions.writing() as uow:
            before = uow.bookings.get(booking_id)
            visit_status.check_move(before, status, self._clock.today())
            chart = Chart.load(uow, before.patient_id)
            if before.status is BookingStatus.HELD and status.open:
                self._refuse_unfit(uow, chart, before)
            event = replace(before.event, status=visit_status.EVENT_STATUS.get(status, EventStatus.BOOKED))
            if event.status is not before.event.status:
                uow.events.change(replace(uow.events.get(event.id), event=event))
            after = replace(before, status=status, event=event)
            saved = replace(after, version=uow.bookings.change(after))
            if status in (BookingStatus.CANCELLED, BookingStatus.NO_SHOW):
                self._close_tasks(uow, saved, f"The visit is closed: {visit_status.SENTENCES[status].lower()}.")
            act_id = uow.commit(Act(f"visit {status.value}", "booking", booking_id))
        return _done(saved, f"{visit_status.sentence(before.status, status)}: {_line(saved, chart)}", act_id)

    def _refuse_unfit(self, uow: UnitOfWork, chart: Chart, held: Booking) -> None:
        """Raise InvalidEntryError when a held visit may not be booked yet: it was held on what was not known then."""
        request = request_of(held, chart, uow.bookings.lone_nerves(held.id))
        answer = self._answer(uow, chart, request, held.event.id)
        if answer.tone > Outcome.CAUTION and held.override is None:
            ask = answer.verdict.worst.ask if answer.verdict.worst else ""
            remedy = ask or "Move it, or book it against the answer in Check and book."
            raise InvalidEntryError(
                f"{answer.headline}, so the visit stays held.", wording.reason_text(answer.verdict), remedy
            )

    def get(self, booking_id: str) -> Booking:
        with self._transactions.reading() as uow:
            return uow.bookings.get(booking_id)

    def next_steps(self, override: Override) -> str:
        """Say what the program does next for this reason."""
        return overrides.next_steps_text(override, self._clock.today())

    def _answer(self, uow: UnitOfWork, chart: Chart, request: BookingRequest, leave_out: str = "") -> Answer:
        booking_ids = uow.bookings.ids_by_event(request.patient_id)
        answer = answer_for(self._judge, chart, request, self._clock.today(), self._payers, booking_ids, leave_out)
        spans = approval_spans(chart, answer.request, answer.verdict, self._in_use, leave_out)
        return replace(answer, approvals=tuple(spans))

    def _with_hold(self, uow: UnitOfWork, chart: Chart, request: BookingRequest) -> Answer:
        """Return the answer with what a new visit may be held for."""
        answer = self._answer(uow, chart, request)
        if answer.tone is not Outcome.NEEDS_AUTHORIZATION:
            return answer
        records, today = uow.requests.list_for(request.patient_id), self._clock.today()
        offer = hold_offer(self._judge, chart, answer.request, answer.verdict, records, self._lead, today)
        return replace(answer, hold=offer)

    def _book(self, request: BookingRequest, seen: str, override: Override | None, pin_id: str) -> Done[Booking]:
        with self._transactions.writing() as uow:
            chart = Chart.load(uow, request.patient_id)
            answer = self._answer(uow, chart, request)
            self._refuse_past(request.day)
            signed = permitted(answer, seen, override, self._transactions.user.name, self._clock.now())
            booking = add_visit(uow, chart, answer, self._transactions.user.name, self._clock.now(), signed)
            self._settle_tasks(uow, booking, "")
            unpinned = taken(uow, pin_id, request)
            act_id = uow.commit(Act("override" if signed else "book", "booking", booking.id))
        return _done(booking, f"Booked {_line(booking, chart)}", act_id, *((Kind.PINS,) if unpinned else ()))

    def _refuse_past(self, day: date) -> None:
        if day < self._clock.today():
            raise InvalidEntryError(
                f"{us_date(day, True)} is past, so nothing was booked.", "", "Add it to the history instead."
            )

    def _settle_tasks(self, uow: UnitOfWork, booking: Booking, because: str) -> None:
        """Close what an earlier override left open, and add what this one asks for."""
        if because:
            self._close_tasks(uow, booking, because)
        if booking.override is not None:
            kind, text = overrides.next_step(booking.override).kind, overrides.task_text(booking.override)
            due = overrides.due_day(booking.override, booking, self._clock.today())
            by, at = self._transactions.user.name, self._clock.now()
            uow.tasks.add(Task(kind, booking.patient_id, text, due, by, at, booking.id))

    def _close_tasks(self, uow: UnitOfWork, booking: Booking, because: str) -> None:
        for task in uow.tasks.list_open_for(booking.id):
            uow.tasks.close(task, self._clock.now(), because)


def _request_on(uow: UnitOfWork, booking: Booking, chart: Chart, day: date) -> BookingRequest:
    moved = replace(booking, event=replace(booking.event, when=PartialDate.on(day)))
    return request_of(moved, chart, uow.bookings.lone_nerves(booking.id))


def _line(booking: Booking, chart: Chart) -> str:
    at = f" {us_time(booking.starts)}" if booking.starts else ""
    return f"{chart.patient.last}, {chart.patient.first}  {event_text(booking.event)}, {us_date(booking.day, True)}{at}"


def _done(booking: Booking, sentence: str, act_id: str, *more: Kind) -> Done[Booking]:
    changes = Changes.of(booking.patient_id, Kind.BOOKINGS, Kind.EVENTS, *more)
    return Done(booking, changes, sentence, UndoToken(act_id, sentence))
