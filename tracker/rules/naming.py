"""Names what makes a course impossible: the one thing without which days are found, or the few."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from tracker.domain.clinic_days import ALWAYS_OPEN
from tracker.domain.course import Constraint, ConstraintKind, CourseStep, NoPlan, Plan, StepState
from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.rules import words
from tracker.rules.evaluate import HORIZON_MONTHS
from tracker.rules.judged_before import JudgedBefore
from tracker.rules.placing import Against, CourseQuestion, Drop
from tracker.rules.planning import MOST_QUESTIONS, Search, found_plan, planned

_SMALL_SET = 6
MOST_WORK = 700
"""More work than this is not spent on finding the one thing that stands in the way, nor then on all that does."""
_LAST = (
    ConstraintKind.VISIT,
    ConstraintKind.OTHER_VISIT,
    ConstraintKind.LEAD_TIME,
    ConstraintKind.CLINIC_DAYS,
    ConstraintKind.NOT_BEFORE,
    ConstraintKind.LATEST,
    ConstraintKind.COURSE_END,
    ConstraintKind.GAP,
)
"""Wishes that the desk can change itself are named where nothing of the payer's stands in the way."""


def plan_course(question: CourseQuestion) -> Plan | NoPlan:
    """Return days that satisfy everything, or what makes that impossible. Pure."""
    search = Search(question)
    plan = found_plan(search)
    if plan is not None:
        return plan
    drops, complete = _blocking(question, search)
    constraints = tuple(_constraint(question, search, _as_shown(search, against)) for against in drops)
    return NoPlan(question.course, constraints, planned(search, search.reached), complete and search.complete)


class _Trials:
    """Searches with things left aside, first for the first free days only, then every way as far as `left` reaches.

    `ended`: no more work is to be spent, so that what was not found may be there.
    """

    def __init__(self, question: CourseQuestion, known: JudgedBefore) -> None:
        self._question = question
        self._known = known
        self.begin_again()
        self.left = MOST_QUESTIONS // 2

    def begin_again(self) -> None:
        """Let as much work be spent once more."""
        self._most_work = self._known.work + MOST_WORK

    @property
    def ended(self) -> bool:
        return self._known.work >= self._most_work

    def search(self, some: Iterable[Against], *, every_way: bool = False) -> Search:
        most = min(MOST_QUESTIONS, self.left) if every_way else MOST_QUESTIONS
        question = loosened(self._question, [each.drop for each in some])
        return Search(question, most, every_way, known=self._known, most_work=self._most_work)

    def free(self, some: Iterable[Against], *, every_way: bool = False) -> bool:
        """Tell whether days are found without these."""
        if self.ended or (every_way and self.left <= 0):
            return False
        search = self.search(some, every_way=every_way)
        found = search.days() is not None
        self.left -= search.bench.questions if every_way else 0
        return found


def _blocking(question: CourseQuestion, search: Search) -> tuple[list[Against], bool]:
    """Return one thing that stands alone in the way, else a set of which nothing can be left out."""
    candidates, trials = _ranked(search.seen.values()), _Trials(question, search.known)
    for every_way in (False, True):
        for each in candidates:
            if trials.free([each], every_way=every_way):
                return [each], True
    trials.begin_again()
    together = _all_in_the_way(trials, candidates)
    if together is None:
        return candidates[:1], False
    if len(together) <= _SMALL_SET:
        for pair in combinations(together, 2):
            if trials.free(pair):
                return list(pair), True
    needed = list(together)
    for each in reversed(together):
        fewer = [other for other in needed if other is not each]
        if fewer and trials.free(fewer):
            needed = fewer
    return needed, True


def _all_in_the_way(trials: _Trials, candidates: list[Against]) -> list[Against] | None:
    """Return everything that comes to light when what was found before is left aside; None when that frees no days."""
    found = {each.drop: each for each in candidates}
    while found:
        search = trials.search(found.values())
        if search.days() is not None:
            return list(found.values())
        new = {each.drop: each for each in _ranked(search.seen.values()) if each.drop not in found}
        if not new:
            return None
        found |= new
    return None


def _ranked(seen: Iterable[Against]) -> list[Against]:
    """Return one of each, that of the latest step first, and of its latest day."""
    ordered = sorted(seen, key=_rank)
    return list({each.drop: each for each in reversed(ordered)}.values())


def _rank(each: Against) -> tuple[bool, int, int, int]:
    """What spoke on the latest day is what never clears; of one day the worst. Wishes have an order of their own."""
    kind, day = each.drop.kind, each.day.toordinal()
    if kind in _LAST:
        return False, len(_LAST) - _LAST.index(kind), each.step, day
    return True, each.step, day, list(Outcome).index(each.finding.outcome) if each.finding else 0


def loosened(question: CourseQuestion, drops: Iterable[Drop]) -> CourseQuestion:
    """Return the question without these."""
    for drop in drops:
        course, steps = question.course, question.course.steps
        match drop.kind:
            case ConstraintKind.CLINIC_DAYS:
                question = replace(question, clinic=ALWAYS_OPEN)
            case ConstraintKind.COURSE_END:
                question = replace(question, course=replace(course, until=None))
            case ConstraintKind.VISIT:
                gone = steps[drop.step].event_id
                history = tuple(event for event in question.case.history if event.id != gone)
                question = replace(question, case=replace(question.case, history=history))
        if drop.step >= 0:
            freed = tuple(_freed(step, drop.kind) if n == drop.step else step for n, step in enumerate(steps))
            question = replace(question, course=replace(question.course, steps=freed))
        question = replace(question, dropped=question.dropped | {drop})
    return question


def _freed(step: CourseStep, kind: ConstraintKind) -> CourseStep:
    match kind:
        case ConstraintKind.VISIT:
            return replace(step, state=StepState.OPEN, day=None, event_id="", booking_id="")
        case ConstraintKind.GAP:
            return replace(step, gap_days=1)
        case ConstraintKind.LATEST:
            return replace(step, within_days=None)
        case ConstraintKind.NOT_BEFORE:
            return replace(step, not_before=None)
    return step


def _as_shown(search: Search, against: Against) -> Against:
    """Return how the same speaks against the step without a day where the steps before it are on the days shown."""
    return search.first_seen.get((against.drop, len(search.reached)), against)


# --- in words ---------------------------------------------------------------------------------------------------------


def _constraint(question: CourseQuestion, search: Search, against: Against) -> Constraint:
    step = question.course.steps[against.step]
    name = tr("Step {number}, {what}", number=against.step + 1, what=words.family_words(step.family, step.intent))
    finding, drop = search.bench.finding(against), against.drop
    if drop.kind is ConstraintKind.LEAD_TIME:
        sentence, ask = _lead_time(question, name)
    elif finding is not None:
        ends = question.course.until is not None and Drop(ConstraintKind.COURSE_END) in {
            drop for drop, _ in search.seen
        }
        sentence, ask = f"{name}: {finding.message}", finding.ask or (tr("Let the course end later.") if ends else "")
    else:
        sentence, ask = _wish_words(question, against, step, name)
    return Constraint(drop.kind, against.step, sentence, drop.rule, ask, finding)


def _lead_time(question: CourseQuestion, name: str) -> tuple[str, str]:
    first = us_date(question.first_approved, weekday=True)
    return (
        tr_n(
            "{step} needs an authorization, which cannot be there before {first}, {n} day from today.",
            "{step} needs an authorization, which cannot be there before {first}, {n} days from today.",
            question.lead_days,
            step=name,
            first=first,
        ),
        tr("Ask the payer for an expedited decision, or let the course end later."),
    )


def _wish_words(question: CourseQuestion, against: Against, step: CourseStep, name: str) -> tuple[str, str]:
    day = us_date(against.day, weekday=True)
    match against.drop.kind:
        case ConstraintKind.CLINIC_DAYS:
            why = question.clinic.closed.get(against.day, tr("no day of the clinic"))
            closed = tr("{step} could be on {day}, but the clinic is closed then ({why}).", step=name, day=day, why=why)
            return closed, tr("Look at the clinic's open days.")
        case ConstraintKind.COURSE_END if question.course.until is None:
            longest = tr(
                "The course does not fit into {months} months: {step} would be on {day}.",
                months=HORIZON_MONTHS,
                step=name,
                day=day,
            )
            return longest, tr("Plan fewer steps.")
        case ConstraintKind.COURSE_END if question.course.until is not None:
            end = us_date(question.course.until, weekday=True)
            ends = tr("{step} cannot be before {day}, and the course is to end by {end}.", step=name, day=day, end=end)
            return ends, tr("Let the course end later.")
        case ConstraintKind.LATEST:
            return _within_words(name, step.within_days or 0), tr("Give the step more days.")
        case ConstraintKind.NOT_BEFORE if step.not_before is not None:
            begins = us_date(step.not_before, weekday=True)
            return tr("{step} is not to be before {day}.", step=name, day=begins), tr("Let it be earlier.")
        case ConstraintKind.OTHER_VISIT:
            other = tr("{step} could be on {day}, but the patient has another visit then.", step=name, day=day)
            return other, tr("Move that visit.")
        case ConstraintKind.VISIT:
            misfit = tr("{step} has its visit on {day}, which does not fit the other steps.", step=name, day=day)
            return misfit, tr("Move that visit.")
    return _gap_words(name, step.gap_days), tr("Let it follow sooner.")


def _within_words(name: str, days: int) -> str:
    return tr_n(
        "{step} is to follow within {n} day of the step before, and no day until then is free.",
        "{step} is to follow within {n} days of the step before, and no day until then is free.",
        days,
        step=name,
    )


def _gap_words(name: str, days: int) -> str:
    return tr_n(
        "{step} is to come at least {n} day after the step before.",
        "{step} is to come at least {n} days after the step before.",
        days,
        step=name,
    )
