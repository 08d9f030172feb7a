"""Judges every coming visit again whenever something changed that could matter, and tells what came out another.

How a visit stood last is a record to compare with; every answer is computed afresh (DESIGN 5, 6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from tracker.domain.booking import Booking, BookingRequest
from tracker.domain.clock import Clock
from tracker.domain.errors import TrackerError
from tracker.domain.verdict import Outcome, Verdict
from tracker.services import wording
from tracker.services.charts import CaseFacts, ClinicFacts, request_of
from tracker.services.judging import Judge, judge_request
from tracker.services.recheck_scope import RecheckScope
from tracker.services.rules_in_force import RulesInForce
from tracker.services.standing_words import because, cause_of, marks_of, marks_of_error, needs_day, own_act
from tracker.services.transactions import Transactions
from tracker.storage.coming import ComingPatient
from tracker.storage.recent_acts import RecentAct
from tracker.storage.records import Reached, Standing
from tracker.storage.unit_of_work import UnitOfWork

PATIENTS_AT_ONCE = 2000

Progress = Callable[[int, int], None]
"""Hears how many visits are judged, and of how many."""
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Flip:
    """A visit whose answer came out another; `was` is None where it was judged for the first time."""

    patient_id: str
    was: Standing | None
    now: Standing


@dataclass(frozen=True, slots=True)
class RecheckReport:
    """What a re-check found. `complete` is false when it was cancelled on the way."""

    judged: int
    flips: tuple[Flip, ...] = ()
    complete: bool = True

    @property
    def news(self) -> tuple[Flip, ...]:
        """Return the flips that somebody should see."""
        return tuple(flip for flip in self.flips if flip.now.news)


@dataclass(frozen=True, slots=True)
class _Run:
    """What holds for the whole of one re-check."""

    today: date
    clinic: ClinicFacts
    latest_act: str
    reached: Reached | None
    counts: dict[str, int]


class RecheckService:
    """`all` and `patients` write how visits stand, a chunk a transaction, and leave no act."""

    def __init__(self, transactions: Transactions, rules: RulesInForce, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._clock = clock

    def run(
        self,
        scope: RecheckScope,
        progress: Progress = lambda done, total: None,
        cancelled: Cancelled = lambda: False,
    ) -> RecheckReport:
        """Judge the visits of a scope again."""
        return self.all(progress, cancelled) if scope.everybody else self.patients(scope.patients, progress, cancelled)

    def all(self, progress: Progress = lambda done, total: None, cancelled: Cancelled = lambda: False) -> RecheckReport:
        """Judge every coming visit again, held ones too."""
        run = self._begin()
        report = self._judge_all(run, list(run.counts), progress, cancelled)
        if report.complete:
            with self._transactions.writing() as uow:
                uow.standings.drop_past(run.today)
                uow.standings.set_reached(Reached(run.latest_act, run.today))
                uow.keep()
        return report

    def patients(
        self,
        patient_ids: Iterable[str],
        progress: Progress = lambda done, total: None,
        cancelled: Cancelled = lambda: False,
    ) -> RecheckReport:
        """Judge the coming visits of these patients again."""
        wanted = frozenset(patient_ids)
        run = self._begin(wanted)
        report = self._judge_all(run, list(run.counts), progress, cancelled)
        if report.complete and run.reached is not None and run.reached.day == run.today:
            self._advance(run, wanted)
        return report

    def news(self) -> dict[str, Standing]:
        """Return by visit what changed since somebody looked."""
        with self._transactions.reading() as uow:
            return {each.booking_id: each for each in uow.standings.list_news(self._clock.today())}

    def mark_seen(self, booking_ids: Iterable[str]) -> None:
        """Note that somebody has seen what changed there."""
        with self._transactions.writing() as uow:
            uow.standings.mark_seen(booking_ids, self._clock.now())
            uow.keep()

    def _begin(self, patient_ids: frozenset[str] | None = None) -> _Run:
        today = self._clock.today()
        with self._transactions.reading() as uow:
            coming = uow.coming
            counts = coming.counts(today) if patient_ids is None else coming.counts_of(patient_ids, today)
            latest, reached = uow.acts.latest_id(), uow.standings.reached()
            return _Run(today, ClinicFacts.load(uow), latest, reached, counts)

    def _judge_all(
        self, run: _Run, patient_ids: Sequence[str], progress: Progress, cancelled: Cancelled
    ) -> RecheckReport:
        total, judged, flips = sum(run.counts[each] for each in patient_ids), 0, list[Flip]()
        remaining = iter(patient_ids)
        while chunk := list(islice(remaining, PATIENTS_AT_ONCE)):
            if cancelled():
                return RecheckReport(judged, tuple(flips), complete=False)
            flips += self._judge_chunk(run, chunk)
            judged += sum(run.counts[each] for each in chunk)
            progress(judged, total)
        return RecheckReport(judged, tuple(flips))

    def _judge_chunk(self, run: _Run, patient_ids: list[str]) -> list[Flip]:
        with self._transactions.reading() as uow:
            people = uow.coming.load(patient_ids, run.today, self._rules.families_seen)
            stood = uow.standings.find_many(visit.id for person in people.values() for visit in person.visits)
        flips = list(self._flips(run, people, stood))
        if not flips:
            return []
        with self._transactions.writing() as uow:
            told = list(self._told(uow, run, flips))
            uow.standings.save([flip.now for flip in told])
            uow.keep()
        return told

    def _flips(self, run: _Run, people: dict[str, ComingPatient], stood: dict[str, Standing]) -> Iterator[Flip]:
        for patient_id, person in people.items():
            facts = _facts(person, run.clinic)
            for visit in person.visits:
                flip = self._judged(run, patient_id, facts, visit, stood.get(visit.id))
                if flip is not None:
                    yield flip

    def _judged(
        self, run: _Run, patient_id: str, facts: CaseFacts, visit: Booking, was: Standing | None
    ) -> Flip | None:
        """Return how the visit stands where that is another answer than the last one."""
        request = request_of(visit, facts)
        try:
            brief = self._answer(self._rules.judge_briefly, run, facts, request, visit)
        except TrackerError as error:
            reason = " ".join(part for part in (error.detail, error.remedy) if part)
            now = Standing(visit.id, Outcome.UNKNOWN, error.title, reason, marks_of_error(error), self._clock.now())
            return None if was is not None and was.marks == now.marks else Flip(patient_id, was, now)
        marks = marks_of(brief)
        if was is not None and was.outcome is brief.outcome and was.marks == marks:
            return None
        whole = self._answer(self._rules.judge, run, facts, request, visit) if needs_day(brief) else brief
        headline, reason = wording.headline(whole), wording.reason_text(whole)
        return Flip(patient_id, was, Standing(visit.id, brief.outcome, headline, reason, marks, self._clock.now()))

    def _answer(self, judge: Judge, run: _Run, facts: CaseFacts, request: BookingRequest, visit: Booking) -> Verdict:
        return judge_request(judge, facts, request, run.today, leave_out=visit.event.id)

    def _told(self, uow: UnitOfWork, run: _Run, flips: Iterable[Flip]) -> Iterator[Flip]:
        """Say of each flip what it was before and why; what the last act did to the visit itself is no news."""
        acts = uow.recent_acts.since(run.reached.last_act) if run.reached else ()
        for flip in flips:
            if flip.was is None or own_act(acts, flip.patient_id, flip.now.booking_id):
                yield flip
            else:
                cause = cause_of(acts, flip.patient_id, run.reached, run.today)
                yield replace(flip, now=_as_news(flip.was, flip.now, cause))

    def _advance(self, run: _Run, judged: frozenset[str]) -> None:
        """Note how far everything is judged, when nobody else's acts are waiting."""
        with self._transactions.writing() as uow:
            acts = [each for each in _since(uow, run.reached) if each.act.id <= run.latest_act]
            if acts and all(not each.everybody and each.patients <= judged for each in acts):
                uow.standings.set_reached(Reached(run.latest_act, run.today))
            uow.keep()


def _since(uow: UnitOfWork, reached: Reached | None) -> tuple[RecentAct, ...]:
    return uow.recent_acts.since(reached.last_act) if reached else ()


def _facts(person: ComingPatient, clinic: ClinicFacts) -> CaseFacts:
    return CaseFacts(person.born, tuple(person.coverages), tuple(person.events), tuple(person.authorizations), clinic)


def _as_news(was: Standing, now: Standing, cause: str) -> Standing:
    """Return how it stands, with what somebody last saw; back where it was then, it is no news any more."""
    seen = replace(was, outcome=was.was_outcome, headline=was.was_headline) if was.news and was.was_outcome else was
    if was.news and seen.outcome is now.outcome and seen.headline == now.headline:
        return now
    return replace(
        now,
        was_outcome=seen.outcome,
        was_headline=seen.headline,
        because=because(was, now, cause),
        changed_at=now.judged_at,
    )
