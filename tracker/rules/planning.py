"""Finds the days of a course: each step on the first day that every rule, approval and closed day leaves free.

A step is tried where the answer to it may change, not day by day. Where the first free days leave no room for a later
step, the earlier ones are moved back; the search is bounded, and says so when it could not try everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.domain.course import ConstraintKind, Plan, PlannedStep, StepState, request_day
from tracker.domain.policy import InForce
from tracker.domain.rule_kinds import MaxCount, Requires
from tracker.domain.verdict import Outcome
from tracker.domain.windows import ONE_DAY, months_after
from tracker.rules.due_dates import last_shared_day
from tracker.rules.evaluate import HORIZON_MONTHS
from tracker.rules.judged_before import JudgedBefore
from tracker.rules.placing import Against, Bench, CourseQuestion, Days, Drop, other_visits

MOST_QUESTIONS = 300
"""More questions than this are not put to the rules for one course."""
WORK_AGAIN = 400
"""How much work is spent on days on which earlier steps are moved back: it seldom helps, and there are very many."""
_EACH_ASKED = 20
"""How often what was asked once may be looked at again, on the average."""
_LONGER_MONTHS = 120


class _TooManyError(Exception):
    """The search has become too long."""


@dataclass
class Search:
    """One search. `every_way`: earlier steps are moved back too, where that may help.

    `seen` holds what spoke against some day, `first_seen` that of the first free days alone, and `reached` the days of
    the most steps ever placed.
    """

    question: CourseQuestion
    most: int = MOST_QUESTIONS
    every_way: bool = True
    thorough: bool = False
    known: JudgedBefore = field(default_factory=JudgedBefore)
    most_work: int | None = None
    seen: dict[tuple[Drop, int], Against] = field(default_factory=dict)
    first_seen: dict[tuple[Drop, int], Against] = field(default_factory=dict)
    reached: Days = ()
    placed: int = 0

    def __post_init__(self) -> None:
        self.bench = Bench(self.question, self.known)
        self._others = frozenset() if self.question.drops(ConstraintKind.OTHER_VISIT) else other_visits(self.question)
        months = _LONGER_MONTHS if self.question.drops(ConstraintKind.COURSE_END) else HORIZON_MONTHS
        self._horizon = months_after(max(self.question.course.start, self.question.case.as_of), months)

    def days(self) -> Days | None:
        """Return a day for every step, None when no way was found. `complete` tells whether all were tried."""
        self.complete = True
        try:
            found = self._place(())
            self.first_seen = self.seen.copy()
            if isinstance(found, tuple) or not self.every_way or not _order_matters(self.question):
                return found if isinstance(found, tuple) else None
            self.thorough = True
            again = self.known.work + WORK_AGAIN
            self.most_work = again if self.most_work is None else min(again, self.most_work)
            found = self._place(())
            return found if isinstance(found, tuple) else None
        except _TooManyError:
            self.complete = False
            return None

    def _place(self, before: Days) -> Days | date | None:
        """Return the days of all steps; else the day from which the step before would help, None for never."""
        step = len(before)
        self.placed += 1
        if self.placed > _EACH_ASKED * self.most:
            raise _TooManyError
        if step > len(self.reached):
            self.reached = before
        if step == len(self.question.course.steps):
            return before
        day = self.earliest(before)
        while (found := self._first(before, day, self._latest(before))) is not None:
            result = self._place((*before, found))
            if isinstance(result, tuple) or result is None:
                return result
            day = max(found + ONE_DAY, result)
        return self._would_help(before, day)

    def _would_help(self, before: Days, day: date) -> date | None:
        """Return how far the step before must be moved back so that this one fits behind it."""
        if not before:
            return None
        if self.thorough:
            return before[-1] + ONE_DAY
        within = self.question.course.steps[len(before)].within_days
        if within is None:
            return None
        free = self._first(before, day, self._last)
        return free - timedelta(days=within) if free is not None else None

    def _first(self, before: Days, day: date, last: date) -> date | None:
        """Return the step's first day from `day` on against which nothing speaks."""
        step = len(before)
        asked = self.question.course.steps[step]
        if asked.day is not None:
            return self._visit(before, asked.day, fits=day <= asked.day <= last)
        while (opened := self._open(step, day)) is not None and opened <= last:
            if opened in self._others:
                self._note([Against(Drop(ConstraintKind.OTHER_VISIT), step, opened)])
                day = opened + ONE_DAY
                continue
            self._go_on()
            against = self.bench.against(step, opened, before)
            if not against:
                return opened
            self._note(against)
            later = self.bench.next_day(step, opened, before, against)
            if later is None:
                return None
            day = max(later, opened + ONE_DAY)
        self._note(self._bounds(before, opened or day))
        return None

    def _go_on(self) -> None:
        """Raise where the search has asked enough."""
        worked_off = self.most_work is not None and self.known.work >= self.most_work
        if worked_off or self.bench.questions > self.most:
            raise _TooManyError

    def _open(self, step: int, day: date) -> date | None:
        opened = self.question.clinic.first_open(day)
        if opened != day:
            self._note([Against(Drop(ConstraintKind.CLINIC_DAYS), step, day)])
        return opened

    def _visit(self, before: Days, day: date, *, fits: bool) -> date | None:
        """Return the day of the step's visit, which does not move; what is done is not judged again."""
        step = len(before)
        visit = Against(Drop(ConstraintKind.VISIT, "", step), step, day)
        if not fits:
            self._note([visit, *self._bounds(before, day)])
            return None
        if self.question.course.steps[step].state is StepState.DONE:
            return day
        against = self.bench.against(step, day, before)
        if not against:
            return day
        self._note([*against, visit])
        return None

    def _bounds(self, before: Days, day: date) -> list[Against]:
        """Return the wishes of the course that leave no later, or no earlier, day to the step."""
        step, course = len(before), self.question.course
        asked = course.steps[step]
        kinds = [ConstraintKind.COURSE_END] if day > self._last else []
        if before and asked.within_days is not None:
            kinds.append(ConstraintKind.LATEST)
        if asked.not_before is not None and asked.not_before >= self.earliest(before):
            kinds.append(ConstraintKind.NOT_BEFORE)
        if before and asked.gap_days > 1:
            kinds.append(ConstraintKind.GAP)
        return [Against(_wish(kind, step), step, day) for kind in kinds]

    def _note(self, against: list[Against]) -> None:
        """Keep what spoke last against a step, of one day the worst: that stands first."""
        self.seen.update({(each.drop, each.step): each for each in reversed(against)})

    def earliest(self, before: Days) -> date:
        """Return the first day that the course leaves to the step, whatever the rules say."""
        course, step = self.question.course, len(before)
        asked = course.steps[step]
        lows = [placed.result_known_on(day) for placed, day in zip(course.steps[:step], before, strict=True)]
        if not asked.taken:
            lows += [course.start, self.question.case.as_of, asked.not_before or course.start]
        if before:
            lows.append(before[-1] + timedelta(days=1 if asked.taken else asked.gap_days))
        return max(lows, default=asked.day or course.start)

    @property
    def _last(self) -> date:
        return min(self.question.course.until or self._horizon, self._horizon)

    def _latest(self, before: Days) -> date:
        asked = self.question.course.steps[len(before)]
        if asked.taken:
            return asked.day or self._last
        if not before or asked.within_days is None:
            return self._last
        return min(self._last, before[-1] + timedelta(days=asked.within_days))


def planned(search: Search, days: Days) -> tuple[PlannedStep, ...]:
    """Return the steps on their days, each with its answer and what that counts on."""
    return tuple(_planned(search, days, place) for place in range(len(days)))


def _planned(search: Search, days: Days, place: int) -> PlannedStep:
    question = search.question
    step, events = question.course.steps[place], {event.id: event for event in question.case.history}
    if step.state is StepState.DONE:
        return PlannedStep(step, days[place], None)
    verdict = search.bench.told(place, days[place], days[:place])
    wanted = any(finding.outcome is Outcome.NEEDS_AUTHORIZATION for finding in verdict.findings)
    assumes = [
        number for number, each in enumerate(question.course.steps[:place]) if each.assumes(events.get(each.event_id))
    ]
    request_by = _request_by(question, days[place]) if wanted else None
    return PlannedStep(step, days[place], verdict, request_by, tuple(assumes))


def _request_by(question: CourseQuestion, day: date) -> date:
    """Return the last day to ask for an approval in time: the clinic works then, and so do payers.

    It is today where that is over and today will still do.
    """
    last, today = request_day(day, question.lead_days), question.case.as_of
    return max(last_shared_day(question.clinic, last), min(last, today))


def found_plan(search: Search) -> Plan | None:
    """Search, and return the plan if there is one."""
    days = search.days()
    return Plan(search.question.course, planned(search, days)) if days is not None else None


def _wish(kind: ConstraintKind, step: int) -> Drop:
    return Drop(kind) if kind is ConstraintKind.COURSE_END else Drop(kind, "", step)


def _order_matters(question: CourseQuestion) -> bool:
    """Tell whether a later day of an earlier step may help a later step: elsewhere the first free days are best."""
    if other_visits(question):
        return True
    payers = {coverage.payer for coverage in question.case.coverages}
    found = (
        question.book.in_force(payer, step.family, question.case.site, question.course.start)
        for payer in payers
        for step in question.course.steps
    )
    return any(
        (isinstance(rule, Requires) and rule.void_after_months > 0)
        or (isinstance(rule, MaxCount) and rule.merge_sides_months > 0)
        for each in found
        if isinstance(each, InForce)
        for version in each.versions
        for rule in version.rules
    )
