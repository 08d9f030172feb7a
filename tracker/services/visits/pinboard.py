"""The pinboard: requests that wait for a day, each judged anew when it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.domain.booking import BookingRequest
from tracker.domain.clock import Clock
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome, Verdict
from tracker.services.answers.charts import Chart, request_of
from tracker.services.answers.complete_requests import check_complete, completed
from tracker.services.answers.first_open import first_open
from tracker.services.answers.judging import Judge, judge_request
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.transactions import Transactions
from tracker.services.words import wording
from tracker.storage.records import Act, Pin
from tracker.storage.unit_of_work import UnitOfWork

MOST = 40
"""More than these are not shown at once; the next ones follow when these are booked."""


@dataclass(frozen=True, slots=True)
class PinRow:
    """One parked request. `when` says the first day as of now on which the clinic works, or why there is none."""

    id: str
    patient: Patient
    request: BookingRequest
    procedure: str
    when: str
    outcome: Outcome
    earliest: date | None
    note: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PinList:
    """The requests that wait longest, and how many there are in all."""

    rows: tuple[PinRow, ...]
    count: int


class PinboardService:
    """Parks and takes off; a booking takes its own request off in the same act (`taken`)."""

    def __init__(self, transactions: Transactions, judge: Judge, clock: Clock) -> None:
        self._transactions = transactions
        self._judge = judge
        self._clock = clock

    def list(self, first: int = 0, most: int = MOST) -> PinList:
        """Return what is parked, judged as of now; of many a part, from the one at place `first` on."""
        with self._transactions.reading() as uow:
            pins = uow.pins.list_first(MOST)[first : first + most]
            charts = Chart.load_many(uow, [pin.request.patient_id for pin in pins])
            return PinList(tuple(self._row(pin, charts[pin.request.patient_id]) for pin in pins), uow.pins.count())

    def pin(self, request: BookingRequest, note: str = "") -> Done[str]:
        """Park a request. Raises ConflictError when just that is parked already, InvalidEntryError when incomplete."""
        with self._transactions.writing() as uow:
            return self._pin(uow, Chart.load(uow, request.patient_id), completed(request), note)

    def pin_visit(self, booking_id: str) -> Done[str]:
        """Park what a closed visit was for: one that was cancelled is to be booked again, a day is not known yet."""
        with self._transactions.writing() as uow:
            booking = uow.bookings.get(booking_id)
            if booking.status.open:
                raise InvalidEntryError(
                    tr("This visit is still booked, so it was not parked."),
                    "",
                    tr("Cancel it first (X), or move it to another day (M)."),
                )
            chart = Chart.load(uow, booking.patient_id)
            return self._pin(uow, chart, request_of(booking, chart, uow.bookings.lone_nerves(booking_id)), "")

    def take_off(self, pin_id: str) -> Done[None]:
        """Take a request off; undo puts it back."""
        with self._transactions.writing() as uow:
            pin = uow.pins.get(pin_id)
            patient = uow.patients.get(pin.request.patient_id)
            uow.pins.remove(pin_id)
            act_id = uow.commit(Act("unpin", "pin", pin_id))
        sentence = tr("Off the pinboard: {what}", what=_line(patient, pin.request))
        return Done(None, Changes.of(patient.id, Kind.PINS), sentence, UndoToken(act_id, sentence))

    def _pin(self, uow: UnitOfWork, chart: Chart, request: BookingRequest, note: str) -> Done[str]:
        check_complete(request, chart.patient.born)
        if any(_same(known.request, request) for known in uow.pins.list_for(request.patient_id)):
            raise ConflictError(tr("Just this is on the pinboard already."), "", tr("It stands at the right of Today."))
        pin_id = uow.pins.add(Pin(request, note.strip(), self._transactions.user.name, self._clock.now()))
        act_id = uow.commit(Act("pin", "pin", pin_id))
        sentence = tr("On the pinboard: {what}", what=_line(chart.patient, request))
        return Done(pin_id, Changes.of(request.patient_id, Kind.PINS), sentence, UndoToken(act_id, sentence))

    def _row(self, pin: Pin, chart: Chart) -> PinRow:
        request, today = replace(pin.request, day=self._clock.today()), self._clock.today()
        try:
            verdict = judge_request(self._judge, chart, request, today)
        except InvalidEntryError as error:
            when, outcome, earliest = error.title.rstrip("."), Outcome.UNKNOWN, None
        else:
            earliest, outcome = first_open(self._judge, chart, request, verdict, today), verdict.outcome
            when = earliest_words(verdict, earliest, today)
        what = wording.request_text(request)
        return PinRow(pin.id, chart.patient, request, what, when, outcome, earliest, pin.note, pin.made_by, pin.made_at)


def taken(uow: UnitOfWork, pin_id: str, request: BookingRequest) -> bool:
    """Take the request that is being booked off the pinboard; another patient's or procedure's stays."""
    pin = uow.pins.find(pin_id) if pin_id else None
    if pin is None or (pin.request.patient_id, pin.request.family) != (request.patient_id, request.family):
        return False
    uow.pins.remove(pin_id)
    return True


def earliest_words(verdict: Verdict, first: date | None, today: date) -> str:
    """Return "any day", "from Wed 12/16/2026", or what it waits for; `first` is the first day that can be offered."""
    if verdict.outcome is Outcome.UNKNOWN:
        return tr("cannot tell, ask first")
    if verdict.earliest is None:
        return wording.short_flag(verdict)
    if verdict.outcome is Outcome.NEEDS_AUTHORIZATION:
        return tr("needs authorization")
    return (
        tr("any day")
        if verdict.earliest <= today
        else tr("from {day}", day=us_date(first or verdict.earliest, weekday=True))
    )


def _same(one: BookingRequest, other: BookingRequest) -> bool:
    return _what(one) == _what(other)


def _what(request: BookingRequest) -> tuple[object, ...]:
    where = (frozenset(request.targets), request.lone_nerves, request.body_regions)
    return request.family, request.intent, request.approach, where


def _line(patient: Patient, request: BookingRequest) -> str:
    what = wording.request_text(request)
    return f"{patient.last}, {patient.first}  {us_date(patient.born)}  {what}"
