"""Coming visits whose approval has ended, or is used up: the program holds them, and releases what it held itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.authorization import Authorization
from tracker.domain.authorization_request import LogEntry, LogKind
from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.clock import Clock
from tracker.domain.errors import TrackerError
from tracker.domain.verdict import FindingCode, Outcome, Verdict
from tracker.rules.transitions import carried_before, last_day
from tracker.services.answers.charts import Chart, ClinicFacts, request_of
from tracker.services.answers.judging import judge_request
from tracker.services.authorizations.holds import HoldChange, covered_by, settle, with_approval
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.garbage import uncollected
from tracker.services.patients.due_tasks import PROGRAM
from tracker.services.rechecks.expiry_words import ended, left_behind, told_of, used_up
from tracker.services.rechecks.recheck_grounds import Grounds
from tracker.services.rechecks.recheck_run import GiveWay, alone
from tracker.services.rechecks.recheck_scope import EVERYBODY, RecheckScope
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.storage.coming_records import Resting
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

ACT = "settle ended approvals"
PATIENTS_AT_ONCE = 20
_MAY_FALL = (BookingStatus.BOOKED, BookingStatus.CONFIRMED)
"""A patient who has arrived is not sent to wait by a program."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A visit that is held or released, and the approval that this hangs on."""

    change: HoldChange
    approval: Authorization | None


@dataclass(slots=True)
class HoldRun:
    """Patients who are still to be looked at, and what was held and released, in an act of a few patients each."""

    waiting: deque[str]
    acts: list[str] = field(default_factory=list)
    changes: list[HoldChange] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        return not self.waiting

    def done(self) -> Done[int]:
        """Return what became of it so far; its undo takes all of it back."""
        if not self.acts:
            return Done(0, Changes(), "")
        sentence, (last, *earlier) = told_of(self.changes), reversed(self.acts)
        touched = frozenset(change.booking.patient_id for change in self.changes)
        kinds = frozenset({Kind.BOOKINGS, Kind.AUTHORIZATIONS})
        undo = UndoToken(last, sentence, earlier=tuple(earlier))
        return Done(len(self.changes), Changes(touched, kinds), sentence, undo)


class ExpiryHolds:
    """`settle` is called when coming visits were judged again; it writes only when it must.

    It judges without holding the file, and writes a few patients at a time, so that no desk waits for thousands. Whom
    nothing became of is not looked at again while all that the answers rest on is as it was (`Grounds.hold`).

    Nobody is overruled: what was booked for a reason stays, and what somebody took back is not held again.
    """

    def __init__(self, transactions: Transactions, rules: RulesInForce, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._clock = clock
        self._calm: dict[str, list[Resting]] = {}

    def settle(self, scope: RecheckScope = EVERYBODY) -> Done[int]:
        """Hold and release what is due among the visits of a scope; the value is how many visits it touched."""
        run = self.begin(scope)
        while not run.finished:
            self.step(run)
        return run.done()

    def begin(self, scope: RecheckScope) -> HoldRun:
        """Find out whose visits are to be looked at; nothing is judged yet."""
        wanted = None if scope.everybody else scope.patients
        with self._transactions.reading() as uow:
            resting, grounds = uow.coming.resting_on_approvals(self._clock.today(), wanted), self._grounds(uow)
        return HoldRun(deque(each for each, visits in resting.items() if self._may_turn(each, visits, grounds)))

    def step(self, run: HoldRun, give_way: GiveWay = alone) -> None:
        """Look at the next patients, and write what is due among them in one act, which is short."""
        with uncollected():
            self._step(run, give_way)

    def _step(self, run: HoldRun, give_way: GiveWay) -> None:
        patients = [run.waiting.popleft() for _ in range(min(PATIENTS_AT_ONCE, len(run.waiting)))]
        book = self._rules.catalog
        with self._transactions.reading() as uow:
            number, resting = uow.acts.latest_number(), uow.coming.resting_on_approvals(self._clock.today(), patients)
            turns, grounds = tuple(self._turns(uow, resting, give_way)), self._grounds(uow)
        if self._rules.catalog is book:
            turned = {turn.change.booking.patient_id for turn in turns}
            calm = {each: visits for each, visits in resting.items() if each not in turned}
            self._calm |= {each: visits for each, visits in calm.items() if _hold(visits, grounds)}
        if not turns:
            return
        with self._transactions.writing() as uow:
            if uow.acts.latest_number() != number or self._rules.catalog is not book:  # another desk was quicker
                turns = tuple(self._turns(uow, uow.coming.resting_on_approvals(self._clock.today(), patients)))
            if not turns:
                return
            for turn in turns:
                self._write(uow, turn)
            run.acts.append(uow.commit(Act(ACT, "task")))  # an act on the visit itself would say: somebody has seen it
        run.changes += [turn.change for turn in turns]

    def _grounds(self, uow: UnitOfWork) -> Grounds:
        return Grounds(self._rules.catalog, ClinicFacts.load(uow), self._clock.today())

    def _may_turn(self, patient_id: str, visits: list[Resting], grounds: Grounds) -> bool:
        """Tell whether to look at the patient: not where that was done, or all wait and were judged just so."""
        if not _hold(visits, grounds):
            return True
        return visits != self._calm.get(patient_id) and not all(each.waits for each in visits)

    def _write(self, uow: UnitOfWork, turn: _Turn) -> None:
        now = self._clock.now()
        settle(uow, (turn.change,), PROGRAM, now, self._clock.today())
        if turn.approval is not None:
            uow.requests.add_log(turn.approval.id, LogEntry(LogKind.NOTE, now, PROGRAM, turn.change.sentence))

    def _turns(
        self, uow: UnitOfWork, resting: Mapping[str, list[Resting]], give_way: GiveWay = alone
    ) -> Iterator[_Turn]:
        visits = {each.visit_id for mine in resting.values() for each in mine}
        if not visits:
            return
        kinds = uow.acts.last_kinds("booking", visits)
        taken_back = uow.acts.taken_back(ACT, "booking", visits)
        judged = _Judged(self._rules, uow.bookings.lone_nerves_of(visits), self._clock.today())
        bookings = uow.bookings.list_of(visits, len(visits))
        for patient_id, chart in Chart.load_many(uow, resting).items():
            give_way()
            mine = [each for each in bookings if each.patient_id == patient_id]
            falling = [each for each in mine if each.status in _MAY_FALL and each.id not in taken_back]
            ours = [each for each in mine if each.status is BookingStatus.HELD and kinds.get(each.id) == ACT]
            yield from judged.turns(chart, falling, ours)


def _hold(visits: Iterable[Resting], grounds: Grounds) -> bool:
    """Tell whether all were last judged upon what answers rest on now."""
    return all(grounds.hold(each.judged) for each in visits)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One patient's visits, judged with the approvals as they are and as they were before they ended."""

    rules: RulesInForce
    lone_nerves: Mapping[str, tuple[str, ...]]
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
        groups = [*((each,) for each in mine), *([tuple(mine)] if len(mine) > 1 else ())]
        for together in groups:  # two codes may rest on two approvals
            running = tuple(_running_on(each, booking.day) for each in together)
            for approvals, why in ((running, ended), (tuple(map(_unlimited, running)), used_up)):
                if self._covers(approvals, chart, booking):
                    reason = why(together[0], booking.day, self.today)
                    return _Turn(HoldChange(booking, True, reason), together[0])
        return self._left_behind(mine, chart, booking)

    def _left_behind(self, approvals: Iterable[Authorization], chart: Chart, booking: Booking) -> _Turn | None:
        """Return the turn of a visit that lies behind the days in which a new plan honours those of the one before."""
        for approval in approvals:
            plan = carried_before(approval, chart.coverages, booking.day, self.rules.catalog)
            last = last_day(plan) if plan else None
            if plan is None or last is None or not _booked_by(last, booking):
                continue
            if self._covers((replace(_running_on(approval, booking.day), payer=plan.payer),), chart, booking):
                return _Turn(HoldChange(booking, True, left_behind(approval, last)), approval)
        return None

    def _covers(self, approvals: tuple[Authorization, ...], chart: Chart, booking: Booking) -> bool:
        for approval in approvals:
            chart = with_approval(chart, approval)
        then = self._verdict(booking, chart)
        return then is not None and not _wants_approval(then)

    def _verdict(self, booking: Booking, chart: Chart) -> Verdict | None:
        try:
            request = request_of(booking, chart, self.lone_nerves[booking.id])
            return judge_request(self.rules.judge_briefly, chart, request, self.today, leave_out=booking.event.id)
        except TrackerError:  # a visit that cannot be judged keeps its status; the lists say why
            return None


def _wants_approval(verdict: Verdict) -> bool:
    """Tell whether an approval is wanted and missing; where nobody knows whether one is, nothing has ended."""
    lacking = (FindingCode.AUTHORIZATION, Outcome.NEEDS_AUTHORIZATION)
    return any((finding.code, finding.outcome) == lacking for finding in verdict.findings)


def _held_then(approval: Authorization, booking: Booking) -> bool:
    """Tell whether the visit may rest on it: it was granted, and had not ended when the visit was booked."""
    return approval.status.grants and bool(approval.number) and _booked_by(approval.end or date.max, booking)


def _booked_by(last: date, booking: Booking) -> bool:
    return booking.verdict is None or booking.verdict.at.astimezone().date() <= last


def _running_on(approval: Authorization, day: date) -> Authorization:
    """Return the approval as if it ran until that day; what runs from its decision is decided anew."""
    decided = approval.decided
    return replace(approval, end=None, decided=day if decided and decided <= day else decided)


def _unlimited(approval: Authorization) -> Authorization:
    """Return the approval as if nothing had been used of it; what ran from its decision was not there before."""
    lines = tuple(replace(line, units=None, used=0) for line in approval.lines)
    start = max(filter(None, (approval.start, approval.decided)), default=None)
    return replace(approval, start=start, lines=lines)
