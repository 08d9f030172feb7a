"""Moves a booked visit or writes it over: judged again in the transaction that writes, as booking is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from tracker.domain.booking import Booking, BookingRequest, BookingStatus, Override
from tracker.domain.clock import Clock
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.verdict import Outcome
from tracker.services.answers.answering import Answering
from tracker.services.answers.answers import Answer, AnswerChangedError, record_of
from tracker.services.answers.charts import Chart, request_of
from tracker.services.answers.clashes import refuse_clashes
from tracker.services.answers.complete_requests import completed
from tracker.services.authorizations.holds import await_approval
from tracker.services.changes import Done
from tracker.services.transactions import Transactions
from tracker.services.visits import overrides
from tracker.services.visits.new_visits import as_asked
from tracker.services.visits.permits import permitted
from tracker.services.visits.visit_writing import close_tasks, follow_up, refuse_past, visit_done, visit_line
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

Wish = Callable[[BookingRequest], BookingRequest]
"""Makes of a visit, as it stands on file, what is wanted of it."""
_MOVED, _CHANGED = "move booking", "change booking"


class VisitChangedError(ConflictError):
    """Nothing was saved: the visit on file is not what it was when somebody began to change it."""


class VisitChanges:
    """A visit on hold stays so while nothing but the approval is lacking. A reason that was given for booking against
    the answer holds for another time, provider or note, and for nothing else.
    """

    def __init__(self, transactions: Transactions, answering: Answering, clock: Clock) -> None:
        self._transactions = transactions
        self._answering = answering
        self._clock = clock

    def check_move(self, booking_id: str, day: date) -> Answer:
        return self._checked(booking_id, lambda stored: replace(stored, day=day))

    def as_it_stands(self, booking_id: str) -> BookingRequest:
        with self._transactions.reading() as uow:
            return self._stored(uow, Chart.load(uow, uow.bookings.get(booking_id).patient_id), booking_id)

    def check(self, booking_id: str, wanted: BookingRequest) -> Answer:
        return self._checked(booking_id, lambda stored: _fitted(stored, wanted))

    def move(
        self, booking_id: str, day: date, starts: time | None, seen: str, override: Override | None, *, hold: bool
    ) -> Done[Booking]:
        def wish(stored: BookingRequest) -> BookingRequest:
            return replace(stored, day=day, starts=starts)

        return self._write(booking_id, wish, seen, override, _MOVED, hold=hold)

    def change(
        self, booking_id: str, was: BookingRequest, wanted: BookingRequest, seen: str, override: Override | None,
        *, hold: bool,
    ) -> Done[Booking]:  # fmt: skip
        def wish(stored: BookingRequest) -> BookingRequest:
            _refuse_changed_meanwhile(stored, was)
            fitted = _fitted(stored, wanted)
            if fitted == stored:
                raise InvalidEntryError(tr("Nothing is different, so nothing was saved."), "", tr("Esc leaves it."))
            return fitted

        return self._write(booking_id, wish, seen, override, _CHANGED, hold=hold)

    def _checked(self, booking_id: str, wish: Wish) -> Answer:
        with self._transactions.reading() as uow:
            before = uow.bookings.get(booking_id)
            return self._answer(uow, Chart.load(uow, before.patient_id), before, wish)[1]

    def _stored(self, uow: UnitOfWork, chart: Chart, booking_id: str) -> BookingRequest:
        return completed(request_of(uow.bookings.get(booking_id), chart, uow.bookings.lone_nerves(booking_id)))

    def _answer(self, uow: UnitOfWork, chart: Chart, before: Booking, wish: Wish) -> tuple[BookingRequest, Answer]:
        """Return the visit as it stands and the answer for what is wanted of it."""
        stored = self._stored(uow, chart, before.id)
        answer = self._answering.with_hold(uow, chart, wish(stored), before.event.id)
        return stored, replace(answer, stands=_stands(before, stored, answer))

    def _write(
        self, booking_id: str, wish: Wish, seen: str, override: Override | None, act: str, *, hold: bool
    ) -> Done[Booking]:
        reason = overrides.checked(override) if override else None
        at = self._clock.now()
        with self._transactions.writing() as uow:
            before = uow.bookings.get(booking_id)
            _refuse_closed(before)
            chart = Chart.load(uow, before.patient_id)
            stored, answer = self._answer(uow, chart, before, wish)
            refuse_past(answer.request.day, self._clock.today())
            status, signed = self._permitted(before, answer, seen, reason, hold=hold)
            after = _rewritten(before, answer, chart, at, status, signed)
            refuse_clashes(uow, after)
            entry = uow.events.get(before.event.id)
            uow.events.change(replace(entry, event=after.event, provider_id=after.provider_id))
            version = uow.bookings.change(after, answer.request.lone_nerves)
            if not (answer.stands and _same_question(stored, answer.request)):
                self._settle_tasks(uow, after, answer, act)
            act_id = uow.commit(Act(act, "booking", booking_id))
        return visit_done(replace(after, version=version), _sentence(act, after, chart, stored, answer), act_id)

    def _permitted(
        self, before: Booking, answer: Answer, seen: str, override: Override | None, *, hold: bool
    ) -> tuple[BookingStatus, Override | None]:
        """Return what the visit is from now on, and the reason that it is booked for. Raises as booking does."""
        held = before.status is BookingStatus.HELD
        if override is None and (answer.stands or (hold and answer.hold is not None)):
            if answer.fingerprint != seen:
                raise AnswerChangedError(answer)
            waits = answer.hold is not None and (held or hold)
            return (BookingStatus.HELD, None) if waits else (before.status, before.override)
        signed = permitted(answer, seen, override, self._transactions.user.name, self._clock.now())
        return (BookingStatus.BOOKED if held else before.status), signed

    def _settle_tasks(self, uow: UnitOfWork, after: Booking, answer: Answer, act: str) -> None:
        """Close what was open about the visit as it stood, and open what it asks for as it stands now."""
        by, at = self._transactions.user.name, self._clock.now()
        close_tasks(uow, after.id, at, tr("The visit was moved.") if act == _MOVED else tr("The visit was changed."))
        if after.status is BookingStatus.HELD and answer.hold is not None:
            await_approval(uow, after, answer.hold, by, at)
        follow_up(uow, after, by, self._clock)


def _fitted(stored: BookingRequest, wanted: BookingRequest) -> BookingRequest:
    """Return what is wanted with what no form asks about as it stands."""
    return replace(wanted, patient_id=stored.patient_id, minutes=stored.minutes)


def _same_question(stored: BookingRequest, wanted: BookingRequest) -> bool:
    """Tell whether the two differ in nothing that a reason was given about."""
    aside = replace(wanted, starts=stored.starts, provider_id=stored.provider_id, note=stored.note)
    return aside == stored


def _stands(before: Booking, stored: BookingRequest, answer: Answer) -> bool:
    """Tell whether what was decided about the visit holds for it as it is wanted, whatever the answer."""
    if answer.tone <= Outcome.CAUTION:
        return False
    if before.status is BookingStatus.HELD and before.override is None:
        return answer.hold is not None
    record = before.verdict if before.override is not None else None
    return record is not None and answer.tone <= record.outcome and _same_question(stored, answer.request)


def _refuse_closed(before: Booking) -> None:
    if not before.status.open:
        raise ConflictError(tr("This visit is closed, so nothing was changed."), "", tr("Book a new visit instead."))


def _refuse_changed_meanwhile(stored: BookingRequest, was: BookingRequest) -> None:
    if stored != was:
        what = tr("It differs now: {what}.", what=", ".join(differing(was, stored)))
        raise VisitChangedError(
            tr("This visit was changed meanwhile, so nothing was saved."), what,
            tr("Look at what stands now, then change that."),
        )  # fmt: skip


def _rewritten(
    before: Booking, answer: Answer, chart: Chart, at: datetime, status: BookingStatus, override: Override | None
) -> Booking:
    request = answer.request
    return replace(
        before,
        event=as_asked(before.event, answer, chart),
        status=status,
        starts=request.starts,
        provider_id=request.provider_id,
        site_id=chart.clinic.site(request.site_id).id,
        coverage_id=answer.coverage.id if answer.coverage else "",
        verdict=record_of(answer, at) if override is None or override is not before.override else before.verdict,
        override=override,
        elsewhere=request.elsewhere,
        technique_changed=request.technique_changed,
        note=request.note,
    )


def _sentence(act: str, after: Booking, chart: Chart, stored: BookingRequest, answer: Answer) -> str:
    line = visit_line(after, chart)
    if act == _MOVED:
        changed = tr("Moved {line}", line=line)
    else:
        changed = tr("Changed {line}: {what}", line=line, what=", ".join(differing(stored, answer.request)))
    waits = after.status is BookingStatus.HELD and answer.hold is not None
    return tr("{changed}. It is on hold.", changed=changed) if waits else changed


def differing(one: BookingRequest, other: BookingRequest) -> list[str]:
    """Return what differs, as the form names it."""
    parts = (
        (tr("procedure"), lambda each: (each.family, each.intent, each.approach)),
        (tr("levels"), lambda each: (each.targets, each.nerves, each.lone_nerves)),
        (tr("regions of the body"), lambda each: each.body_regions),
        (tr("day"), lambda each: each.day),
        (tr("time"), lambda each: (each.starts, each.minutes)),
        (tr("provider"), lambda each: each.provider_id),
        (tr("site"), lambda each: each.site_id),
        (tr("coverage"), lambda each: each.coverage_id),
        (tr("elsewhere"), lambda each: each.elsewhere),
        (tr("technique"), lambda each: each.technique_changed),
        (tr("note"), lambda each: each.note),
    )  # fmt: skip
    return [word for word, value in parts if value(one) != value(other)]
