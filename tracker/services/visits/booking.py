"""Check, book, override, move and close visits: the main job of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from tracker.domain.anatomy import Target
from tracker.domain.booking import Booking, BookingRequest, BookingStatus, Override
from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import EventStatus
from tracker.domain.language import tr
from tracker.domain.verdict import Outcome
from tracker.domain.windows import Window
from tracker.services.answers.answering import Answering
from tracker.services.answers.answers import Answer, AnswerChangedError
from tracker.services.answers.approval_spans import UnitsInUse
from tracker.services.answers.charts import Chart, request_of
from tracker.services.answers.closed_spans import closed_before, closed_spans
from tracker.services.answers.hold_offers import Lead, usual_lead
from tracker.services.answers.judging import Judge
from tracker.services.answers.site_marks import SpineMarks, spine_marks
from tracker.services.authorizations.holds import await_approval
from tracker.services.changes import Done, Kind
from tracker.services.transactions import Transactions
from tracker.services.visits import overrides, visit_status
from tracker.services.visits.new_visits import add_visit
from tracker.services.visits.permits import permitted
from tracker.services.visits.pinboard import taken
from tracker.services.visits.visit_changes import VisitChanges
from tracker.services.visits.visit_writing import close_tasks, follow_up, refuse_past, visit_done, visit_line
from tracker.services.words import wording
from tracker.services.words.payers import PayerNames
from tracker.storage.records import Act
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
        self._transactions = transactions
        self._judge = judge
        self._clock = clock
        self._answering = Answering(judge, payers, clock, lead, in_use)
        self._changes = VisitChanges(transactions, self._answering, clock)

    def check(self, request: BookingRequest) -> Answer:
        """Answer whether this may be booked. Raises InvalidEntryError, a sentence for the form, when incomplete."""
        with self._transactions.reading() as uow:
            return self._answering.with_hold(uow, Chart.load(uow, request.patient_id), request)

    def spine(self, request: BookingRequest, targets: Iterable[Target], booking_id: str = "") -> SpineMarks:
        """Answer for each of these places by itself, for the picture; a visit that is changed does not count itself."""
        chart, leave_out = self._without(request, booking_id)
        kept = tuple(entry for entry in chart.entries if entry.event.id != leave_out)
        return spine_marks(self._judge, replace(chart, entries=kept), request, targets, self._clock.today())

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
            answer = self._answering.with_hold(uow, chart, request)
            refuse_past(request.day, self._clock.today())
            if answer.fingerprint != seen:
                raise AnswerChangedError(answer)
            if answer.hold is None:
                raise InvalidEntryError(
                    tr("{headline}, so it is not held.", headline=answer.headline),
                    "",
                    tr("Only an approval may be awaited."),
                )
            by, at = self._transactions.user.name, self._clock.now()
            booking = add_visit(uow, chart, answer, by, at, status=BookingStatus.HELD)
            await_approval(uow, booking, answer.hold, by, at)
            act_id = uow.commit(Act("hold", "booking", booking.id))
        return visit_done(
            booking,
            tr("On hold {visit}. {reason}", visit=visit_line(booking, chart), reason=answer.hold.reason),
            act_id,
        )

    def check_move(self, booking_id: str, day: date) -> Answer:
        """Answer for the same visit on another day; the visit itself is left out of the history."""
        return self._changes.check_move(booking_id, day)

    def as_it_stands(self, booking_id: str) -> BookingRequest:
        """Return what the visit on file asks for: what a change of it begins with."""
        return self._changes.as_it_stands(booking_id)

    def check_change(self, booking_id: str, wanted: BookingRequest) -> Answer:
        """Answer for the visit as it is wanted; as it stands it is left out of the history."""
        return self._changes.check(booking_id, wanted)

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
        self,
        booking_id: str,
        day: date,
        starts: time | None,
        seen: str,
        override: Override | None = None,
        *,
        hold: bool = False,
    ) -> Done[Booking]:
        """Move an open visit to another day or time, judged again; `hold`: to wait for its approval."""  # fmt: skip
        return self._changes.move(booking_id, day, starts, seen, override, hold=hold)

    def change(
        self,
        booking_id: str,
        was: BookingRequest,
        wanted: BookingRequest,
        seen: str,
        override: Override | None = None,
        *,
        hold: bool = False,
    ) -> Done[Booking]:
        """Write an open visit over, judged again; `was` is what was on file when somebody began to change it.

        Raises ConflictError when another desk changed it since, for a clash, and where the visit is closed.
        """  # fmt: skip
        return self._changes.change(booking_id, was, wanted, seen, override, hold=hold)

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
                why = tr("The visit is closed: {status}.", status=visit_status.status_word(status))
                close_tasks(uow, saved.id, self._clock.now(), why)
            act_id = uow.commit(Act(f"visit {status.value}", "booking", booking_id))
        return visit_done(saved, f"{visit_status.sentence(before.status, status)}: {visit_line(saved, chart)}", act_id)

    def _refuse_unfit(self, uow: UnitOfWork, chart: Chart, held: Booking) -> None:
        """Raise InvalidEntryError when a held visit may not be booked yet: it was held on what was not known then."""
        request = request_of(held, chart, uow.bookings.lone_nerves(held.id))
        answer = self._answering.answer(uow, chart, request, held.event.id)
        if answer.tone > Outcome.CAUTION and held.override is None:
            ask = answer.verdict.worst.ask if answer.verdict.worst else ""
            remedy = ask or tr("Move it, or book it against the answer in Check and book.")
            raise InvalidEntryError(
                tr("{headline}, so the visit stays held.", headline=answer.headline),
                wording.reason_text(answer.verdict),
                remedy,
            )

    def get(self, booking_id: str) -> Booking:
        with self._transactions.reading() as uow:
            return uow.bookings.get(booking_id)

    def next_steps(self, override: Override) -> str:
        """Say what the program does next for this reason."""
        return overrides.next_steps_text(override, self._clock.today())

    def _book(self, request: BookingRequest, seen: str, override: Override | None, pin_id: str) -> Done[Booking]:
        with self._transactions.writing() as uow:
            chart = Chart.load(uow, request.patient_id)
            answer = self._answering.answer(uow, chart, request)
            refuse_past(request.day, self._clock.today())
            signed = permitted(answer, seen, override, self._transactions.user.name, self._clock.now())
            booking = add_visit(uow, chart, answer, self._transactions.user.name, self._clock.now(), signed)
            follow_up(uow, booking, self._transactions.user.name, self._clock)
            unpinned = taken(uow, pin_id, request)
            act_id = uow.commit(Act("override" if signed else "book", "booking", booking.id))
        told = tr("Booked against the answer: {visit}") if signed else tr("Booked {visit}")
        kinds = (Kind.PINS,) if unpinned else ()
        return visit_done(booking, told.format(visit=visit_line(booking, chart)), act_id, *kinds)
