"""Judges every coming visit again whenever something changed that could matter, and tells what came out another.

How a visit stood last is a record to compare with; every answer is computed afresh (DESIGN 5, 6). Only where all that
an answer rests on is what it was, to the letter, it is not computed again, for it would be the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.domain.booking import Booking, BookingRequest
from tracker.domain.clock import Clock
from tracker.domain.errors import TrackerError
from tracker.domain.verdict import Outcome, Verdict
from tracker.services.answers.charts import CaseFacts, ClinicFacts, request_of
from tracker.services.answers.judging import Judge, judge_request
from tracker.services.answers.standing_words import Kept, as_kept, because, cause_of, marks_of, marks_of_error, own_act
from tracker.services.garbage import uncollected
from tracker.services.rechecks.recheck_chunk import Chunk
from tracker.services.rechecks.recheck_run import (
    Cancelled,
    Flip,
    GiveWay,
    Progress,
    RecheckReport,
    RecheckRun,
    alone,
    never,
    unheard,
)
from tracker.services.rechecks.recheck_scope import EVERYBODY, RecheckScope
from tracker.services.rechecks.turned_visits import TurnedVisit, visits_turned
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.words import wording
from tracker.storage.recent_acts import RecentAct
from tracker.storage.records import Reached, Standing
from tracker.storage.unit_of_work import UnitOfWork

PATIENTS_AT_ONCE = 1000


class RecheckService:
    """Writes how visits stand, a step a transaction, and leaves no act."""

    def __init__(self, transactions: Transactions, rules: RulesInForce, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._clock = clock

    def all(self, progress: Progress = unheard, cancelled: Cancelled = never) -> RecheckReport:
        """Judge every coming visit again, held ones too."""
        return self.run(EVERYBODY, progress, cancelled)

    def patients(
        self, patient_ids: Iterable[str], progress: Progress = unheard, cancelled: Cancelled = never
    ) -> RecheckReport:
        """Judge the coming visits of these patients again."""
        return self.run(RecheckScope(frozenset(patient_ids)), progress, cancelled)

    def run(self, scope: RecheckScope, progress: Progress = unheard, cancelled: Cancelled = never) -> RecheckReport:
        """Judge the coming visits of a scope again."""
        run = self.begin(scope)
        while not run.finished and not cancelled():
            self.step(run)
            progress(run.judged, run.total)
        return run.report()

    def begin(self, scope: RecheckScope) -> RecheckRun:
        """Find out whose visits are to be judged; nothing is judged yet."""
        today = self._clock.today()
        with uncollected(), self._transactions.reading() as uow:
            latest, reached = uow.acts.latest_id(), uow.standings.reached()
            run = RecheckRun(scope, today, ClinicFacts.load(uow), latest, reached)
            judged = uow.coming.judged_upon(today, None if scope.everybody else scope.patients)
            run.look_at(judged, self._rules.catalog)
            run.others_on_file = scope.everybody and uow.standings.count() > run.known
            return run

    def step(self, run: RecheckRun, patients: int = PATIENTS_AT_ONCE, give_way: GiveWay = alone) -> None:
        """Judge the visits of the next patients; after the last ones the run is finished."""
        chunk = [run.waiting.popleft() for _ in range(min(patients, len(run.waiting)))]
        if chunk:
            with uncollected():
                run.flips += self._judge_chunk(run, chunk, give_way)
            run.judged += sum(run.counts[each] for each in chunk)
        if not run.waiting:
            self._finish(run)

    def news(self) -> dict[str, Standing]:
        """Return by visit what changed since somebody looked."""
        with self._transactions.reading() as uow:
            return {each.booking_id: each for each in uow.standings.list_news(self._clock.today())}

    def visits_turned(self, report: RecheckReport) -> tuple[TurnedVisit, ...]:
        """Return the visits whose answer a re-check found to be another, with their patients."""
        with self._transactions.reading() as uow:
            return visits_turned(uow, report.turned)

    def mark_seen(self, booking_ids: Iterable[str]) -> None:
        """Note that somebody has seen what changed there."""
        with self._transactions.writing() as uow:
            uow.standings.mark_seen(booking_ids, self._clock.now())
            uow.keep()

    def _judge_chunk(self, run: RecheckRun, patient_ids: list[str], give_way: GiveWay) -> list[Flip]:
        book = self._rules.catalog
        grounds = run.grounds_of(book)
        with self._transactions.reading() as uow:
            chunk = Chunk.read(uow, patient_ids, run.today, run.screen_of(book), grounds)
        turned = list[tuple[str, Standing]]()
        for owner in chunk.whole:
            give_way()
            turned += [(owner, now) for now in self._turned(run, chunk, owner)]
        give_way()
        known = self._rules.catalog is book  # else some may have been judged by another book
        with self._transactions.writing() as uow:
            flips = _told(uow, run, turned) if turned else []
            uow.standings.save([flip.now for flip in flips])
            if known:
                uow.standings.stand_on(chunk.upon)
                for basis, visits in chunk.grounds_only.items():
                    uow.standings.stand_on_other_grounds(basis, grounds.of(basis), visits)
            uow.coming.keep_charts(chunk.fresh)
            uow.keep()
        return flips

    def _turned(self, run: RecheckRun, chunk: Chunk, owner: str) -> Iterator[Standing]:
        """Yield how those visits of a patient stand that have another answer than the last one."""
        same, stood = chunk.same[owner], chunk.stood[owner].visits
        person = chunk.whole[owner].patient(run.today, self._rules.families_seen)
        facts = CaseFacts.of_coming(person, run.clinic)
        for visit in person.visits:
            now = None if visit.id in same else self._standing(run, facts, visit, stood[visit.id])
            if now is not None:
                yield now

    def _standing(self, run: RecheckRun, facts: CaseFacts, visit: Booking, was: Kept | None) -> Standing | None:
        """Return how the visit stands, None where it stood so before; in words only where it did not."""
        at = self._clock.now()
        request = request_of(visit, facts)
        try:
            if was is not None and was == as_kept(self._answer(self._rules.judge_briefly, run, facts, request, visit)):
                return None
            whole = self._answer(self._rules.judge, run, facts, request, visit)
        except TrackerError as error:
            reason = " ".join(part for part in (error.detail, error.remedy) if part)
            now = Standing(visit.id, Outcome.UNKNOWN, error.title, reason, marks_of_error(error), at)
            return None if was == (now.outcome.value, now.marks) else now
        headline, reason = wording.headline(whole), wording.reason_text(whole)
        return Standing(visit.id, whole.outcome, headline, reason, marks_of(whole), at)

    def _answer(
        self, judge: Judge, run: RecheckRun, facts: CaseFacts, request: BookingRequest, visit: Booking
    ) -> Verdict:
        return judge_request(judge, facts, request, run.today, leave_out=visit.event.id)

    def _finish(self, run: RecheckRun) -> None:
        """Note how far everything is judged, unless others' acts wait; what was acted upon was seen."""
        with self._transactions.writing() as uow:
            acts = [each for each in _recent(uow, run) if each.act.id <= run.latest_act]
            acted = (each.act for each in acts if each.act.entity == "booking")
            run.seen = sum(uow.standings.mark_seen([act.entity_id], act.at) for act in acted)
            if run.others_on_file:
                uow.standings.drop_past(run.today)
            if run.scope.everybody or (acts and _all_judged(run, acts)):
                uow.standings.set_reached(Reached(run.latest_act, run.today))
            uow.keep()
        run.finished = True


def _all_judged(run: RecheckRun, acts: list[RecentAct]) -> bool:
    """Tell whether the run judged everybody whom the acts since the last one concern, and the day is the same."""
    same_day = run.reached is not None and run.reached.day == run.today
    return same_day and all(not each.everybody and each.patients <= run.scope.patients for each in acts)


def _recent(uow: UnitOfWork, run: RecheckRun) -> tuple[RecentAct, ...]:
    return uow.recent_acts.since(run.reached.last_act) if run.reached else ()


def _told(uow: UnitOfWork, run: RecheckRun, turned: list[tuple[str, Standing]]) -> list[Flip]:
    """Say of each what it was before and why; what the last act did to the visit itself is no news."""
    acts, stood = _recent(uow, run), uow.standings.find_many(now.booking_id for _, now in turned)
    return [_flip(patient_id, stood.get(now.booking_id), now, acts, run) for patient_id, now in turned]


def _flip(patient_id: str, was: Standing | None, now: Standing, acts: tuple[RecentAct, ...], run: RecheckRun) -> Flip:
    if was is None or own_act(acts, patient_id, now.booking_id):
        return Flip(patient_id, was, now)
    return Flip(patient_id, was, _as_news(was, now, cause_of(acts, patient_id, run.reached, run.today)))


def _as_news(was: Standing, now: Standing, cause: str) -> Standing:
    """Return how it stands, with what somebody last saw; back where it was then, it is no news any more."""
    seen = (was.was_outcome, was.was_headline) if was.news and was.was_outcome else (was.outcome, was.headline)
    if was.news and seen == (now.outcome, now.headline):
        return now
    told = because(was, now, cause)
    return replace(now, was_outcome=seen[0], was_headline=seen[1], because=told, changed_at=now.judged_at)
