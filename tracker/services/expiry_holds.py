"""Coming visits whose approval has ended, or is used up: the program holds them, and releases what it held itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.authorization import Authorization, AuthorizationKind
from tracker.domain.authorization_request import LogEntry, LogKind
from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.clock import Clock
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import FindingCode, Outcome, Verdict
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.charts import Chart, request_of
from tracker.services.due_tasks import PROGRAM
from tracker.services.holds import HoldChange, covered_by, settle, with_approval
from tracker.services.judging import Judge, judge_request
from tracker.services.recheck_scope import EVERYBODY, RecheckScope
from tracker.services.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

ACT = "settle ended approvals"
_MAY_FALL = (BookingStatus.BOOKED, BookingStatus.CONFIRMED)
"""A patient who has arrived is not sent to wait by a program."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A visit that is held or released, and the approval that this hangs on."""

    change: HoldChange
    approval: Authorization | None


class ExpiryHolds:
    """`settle` is called when coming visits were judged again; it writes only when it must, in one act.

    Nobody is overruled: what was booked for a reason stays, and what somebody took back is not held again.
    """

    def __init__(self, transactions: Transactions, rules: RulesInForce, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._clock = clock

    def settle(self, scope: RecheckScope = EVERYBODY) -> Done[int]:
        """Hold and release what is due among the visits of a scope; the value is how many visits it touched."""
        wanted = None if scope.everybody else scope.patients
        with self._transactions.reading() as uow:
            patients = {turn.change.booking.patient_id for turn in self._turns(uow, wanted)}
        if not patients:
            return Done(0, Changes(), "")
        with self._transactions.writing() as uow:
            turns = tuple(self._turns(uow, patients))
            if not turns:  # another desk was quicker
                return Done(0, Changes(), "")
            for turn in turns:
                self._write(uow, turn)
            act_id = uow.commit(Act(ACT, "task"))  # an act on the visit itself would say that somebody has seen it
        sentence = _sentence(turns)
        kinds = frozenset({Kind.BOOKINGS, Kind.AUTHORIZATIONS})
        return Done(len(turns), Changes(frozenset(patients), kinds), sentence, UndoToken(act_id, sentence))

    def _write(self, uow: UnitOfWork, turn: _Turn) -> None:
        now = self._clock.now()
        settle(uow, (turn.change,), PROGRAM, now, self._clock.today())
        if turn.approval is not None:
            uow.requests.add_log(turn.approval.id, LogEntry(LogKind.NOTE, now, PROGRAM, turn.change.sentence))

    def _turns(self, uow: UnitOfWork, patients: Iterable[str] | None) -> Iterator[_Turn]:
        visits = uow.coming.resting_on_approvals(self._clock.today(), patients)
        if not visits:
            return
        kinds = uow.acts.last_kinds("booking", visits)
        taken_back = uow.acts.taken_back(ACT, "booking", visits)
        for chart in Chart.load_many(uow, dict.fromkeys(visits.values())).values():
            mine = [each for each in uow.bookings.list_for(chart.patient.id) if each.id in visits]
            falling = [each for each in mine if each.status in _MAY_FALL and each.id not in taken_back]
            ours = [each for each in mine if each.status is BookingStatus.HELD and kinds.get(each.id) == ACT]
            judged = _Judged(self._rules.judge, uow.bookings.lone_nerves, self._clock.today())
            yield from judged.turns(chart, falling, ours)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One patient's visits, judged with the approvals as they are and as they were before they ended."""

    judge: Judge
    lone_nerves: Callable[[str], tuple[str, ...]]
    today: date

    def turns(self, chart: Chart, falling: Iterable[Booking], ours: Iterable[Booking]) -> Iterator[_Turn]:
        """Yield what falls, the latest first, for its units are free for the earlier ones; then what is covered."""
        for booking in sorted(falling, key=lambda each: each.day, reverse=True):
            turn = self._fallen(chart, booking)
            if turn is not None:
                chart = replace(chart, held=chart.held | {booking.event.id})
                yield turn
        for booking in sorted(ours, key=lambda each: each.day):
            now = self._verdict(booking, chart)
            if now is not None and now.outcome <= Outcome.CAUTION:
                chart = replace(chart, held=chart.held - {booking.event.id})
                numbers = {each.number for each in now.approvals}
                approval = next((each for each in chart.authorizations if each.number in numbers), None)
                yield _Turn(HoldChange(booking, False, covered_by(now)), approval)

    def _fallen(self, chart: Chart, booking: Booking) -> _Turn | None:
        now = self._verdict(booking, chart)
        if now is None or not _wants_approval(now):
            return None
        mine = [each for each in chart.authorizations if _held_then(each, booking)]
        mine.sort(key=lambda each: each.end or date.max, reverse=True)
        for together in (*((each,) for each in mine), tuple(mine)):  # two codes may rest on two approvals
            running = tuple(_running_on(each, booking.day) for each in together)
            for approvals, why in ((running, _ended), (tuple(map(_unlimited, running)), _used_up)):
                if together and self._covers(approvals, chart, booking):
                    reason = why(together[0], booking.day, self.today)
                    return _Turn(HoldChange(booking, True, reason), together[0])
        return None

    def _covers(self, approvals: tuple[Authorization, ...], chart: Chart, booking: Booking) -> bool:
        for approval in approvals:
            chart = with_approval(chart, approval)
        then = self._verdict(booking, chart)
        return then is not None and not _wants_approval(then)

    def _verdict(self, booking: Booking, chart: Chart) -> Verdict | None:
        try:
            request = request_of(booking, chart, self.lone_nerves(booking.id))
            return judge_request(self.judge, chart, request, self.today, leave_out=booking.event.id)
        except TrackerError:  # a visit that cannot be judged keeps its status; the lists say why
            return None


def _wants_approval(verdict: Verdict) -> bool:
    """Tell whether an approval is wanted and missing; where nobody knows whether one is, nothing has ended."""
    lacking = (FindingCode.AUTHORIZATION, Outcome.NEEDS_AUTHORIZATION)
    return any((finding.code, finding.outcome) == lacking for finding in verdict.findings)


def _held_then(approval: Authorization, booking: Booking) -> bool:
    """Tell whether the visit may rest on it: it was granted, and had not ended when the visit was booked."""
    booked = booking.verdict.at.astimezone().date() if booking.verdict else date.min
    return approval.status.grants and bool(approval.number) and (approval.end or date.max) >= booked


def _running_on(approval: Authorization, day: date) -> Authorization:
    """Return the approval as if it ran until that day; what runs from its decision is decided anew."""
    decided = approval.decided
    return replace(approval, end=None, decided=day if decided and decided <= day else decided)


def _unlimited(approval: Authorization) -> Authorization:
    """Return the approval as if nothing had been used of it; what ran from its decision was not there before."""
    lines = tuple(replace(line, units=None, used=0) for line in approval.lines)
    start = max(filter(None, (approval.start, approval.decided)), default=None)
    return replace(approval, start=start, lines=lines)


def _ended(approval: Authorization, day: date, today: date) -> str:
    number, end, renewable = approval.number, approval.end, approval.kind is AuthorizationKind.PAYER
    next_step = (
        tr("Ask for its extension, or move the visit.") if renewable else tr("Ask for a new one, or move the visit.")
    )
    if end is None or end >= day:
        told = tr("Authorization {number} does not reach this day any more.", number=number)
    elif end < today:
        told = tr("Authorization {number} ended {day}, before this visit.", number=number, day=us_date(end))
    else:
        told = tr("Authorization {number} ends {day}, before this visit.", number=number, day=us_date(end))
    return f"{told} {next_step}"


def _used_up(approval: Authorization, day: date, today: date) -> str:
    if approval.end is not None and approval.end < day:
        return _ended(approval, day, today)
    told = tr("Authorization {number} has no units left for this visit.", number=approval.number)
    next_step = tr("Ask for more units, or for a new authorization.")
    return f"{told} {next_step}"


def _sentence(turns: tuple[_Turn, ...]) -> str:
    if len(turns) == 1:
        return turns[0].change.sentence
    held = sum(turn.change.held for turn in turns)
    parts = []
    if held:
        parts.append(
            tr_n(
                "{n} visit went on hold: its authorization ended or is used up.",
                "{n} visits went on hold: their authorizations ended or are used up.",
                held,
            )
        )
    if held < len(turns):
        parts.append(tr_n("{n} visit is covered again.", "{n} visits are covered again.", len(turns) - held))
    return " ".join([*parts, tr("Work on Today names each.")])
