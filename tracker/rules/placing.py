"""One step of a course on one day: what speaks against it there, and the next day that is worth a look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from tracker.domain.clinic_days import ClinicDays
from tracker.domain.course import DECISION_DAYS, MARGIN_DAYS, ConstraintKind, Course
from tracker.domain.effort import Effort
from tracker.domain.event import Event, EventStatus
from tracker.domain.proposal import Case
from tracker.domain.verdict import Finding, FindingCode, Outcome, Verdict
from tracker.rules.allocation import with_units_in_use
from tracker.rules.book import RuleBook
from tracker.rules.dropping import WithoutRules
from tracker.rules.evaluate import evaluate
from tracker.rules.forward import FORWARD
from tracker.rules.judged_before import A_QUESTION, JudgedBefore, Remembering, Setting
from tracker.rules.judging import HISTORY
from tracker.rules.turning import turning_days

Days = tuple[date, ...]

_BY_CODE = {
    FindingCode.FORWARD_IMPACT: ConstraintKind.LATER_VISIT,
    FindingCode.NO_POLICY: ConstraintKind.NO_RULES,
    FindingCode.AUTHORIZATION: ConstraintKind.AUTHORIZATION,
}
_BY_RULE = frozenset(
    {ConstraintKind.RULE, ConstraintKind.OPEN_FACT, ConstraintKind.NO_RULES, ConstraintKind.AUTHORIZATION}
)


class Drop(NamedTuple):
    """What is left aside for a trial: a rule everywhere, or a wish of the course for one step."""

    kind: ConstraintKind
    rule: str = ""
    step: int = -1


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against a step on a day, the steps before it being on the days of `before`, as `bench` judged it."""

    drop: Drop
    step: int
    day: date
    finding: Finding | None = None
    before: Days = ()
    bench: Bench | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CourseQuestion:
    """What a plan must satisfy. The proposal of `case` is not looked at; `dropped` is left aside.

    `effort` is asked before each question is put to the rules, and may end the search with an EndedError.
    """

    course: Course
    case: Case
    book: RuleBook
    clinic: ClinicDays
    lead_days: int = DECISION_DAYS + MARGIN_DAYS
    dropped: frozenset[Drop] = frozenset()
    effort: Effort = field(default_factory=Effort, compare=False)

    def drops(self, kind: ConstraintKind, rule: str = "", step: int = -1) -> bool:
        return Drop(kind, rule, step) in self.dropped

    @property
    def first_approved(self) -> date:
        """The first day on which an approval that is asked for today can be there."""
        return self.case.as_of + timedelta(days=self.lead_days)


class Bench:
    """Judges steps on days, each question once; `known` is what others asked about the same course."""

    def __init__(self, question: CourseQuestion, known: JudgedBefore | None = None) -> None:
        left_aside = frozenset(drop.rule for drop in question.dropped if drop.kind in _BY_RULE)
        self._loose = WithoutRules(question.book, left_aside) if left_aside else None
        self._book: RuleBook = self._loose or question.book
        self._left_aside = left_aside
        self._question = question
        self._known = known or JudgedBefore()
        self._no_visits = frozenset(drop.step for drop in question.dropped if drop.kind is ConstraintKind.VISIT)
        proposals = [step.proposal(question.course.start) for step in question.course.steps]
        self._procedures = [proposals.index(each) for each in proposals]
        self.questions = 0

    def verdict(self, step: int, day: date, before: Days) -> Verdict:
        """Return the answer for the step on the day, the earlier ones being on the days of `before`; without words."""
        setting = (self._no_visits, step, before)
        key = (self._left_aside, setting, day)
        if key not in self._known.verdicts:
            self._question.effort.go_on()
            self.questions += 1
            self._known.work += A_QUESTION
            case = self._case(setting).on(day)
            self._known.verdicts[key] = evaluate(case, self._book, whole=False, judge=self._judge(setting))
        return self._known.verdicts[key]

    def told(self, step: int, day: date, before: Days) -> Verdict:
        """Return the answer with its words, and what it counts."""
        setting = (self._no_visits, step, before)
        return evaluate(self._case(setting).on(day), self._book, judge=self._judge(setting))

    def _judge(self, setting: Setting) -> Remembering:
        return Remembering(self._known, setting, self._procedures[setting[1]], self._loose, self._left_aside)

    def finding(self, against: Against) -> Finding | None:
        """Return what speaks against it in its words; the search goes without them.

        What comes to light only where something is left aside is told as it was seen there.
        """
        said = against.finding
        if said is None:
            return None
        for bench in (self, against.bench or self):
            told = bench.told(against.step, against.day, against.before).findings
            for each in told:
                if (each.rule, each.code) == (said.rule, said.code):
                    return each
        return said

    def against(self, step: int, day: date, before: Days) -> list[Against]:
        """Return what speaks against the day, nothing when the step may be there."""
        verdict = self.verdict(step, day, before)
        open_history = any(finding.rule == HISTORY for finding in verdict.findings)
        taken = self._question.course.steps[step].taken
        found = []
        for finding in verdict.findings:
            drop = self._reason(finding, day, open_history=open_history, taken=taken)
            if drop is not None and drop not in self._question.dropped:
                found.append(Against(drop, step, day, finding, before, self))
        return found

    def _reason(self, finding: Finding, day: date, *, open_history: bool, taken: bool) -> Drop | None:
        """Return what would have to be left aside, None where the finding stops nothing."""
        if finding.code is FindingCode.FORWARD_IMPACT:
            return Drop(ConstraintKind.LATER_VISIT, FORWARD)
        if finding.outcome is Outcome.NEEDS_AUTHORIZATION:
            in_time = taken or day >= self._question.first_approved
            return None if in_time else Drop(ConstraintKind.LEAD_TIME)
        doubtful_day = finding.code is FindingCode.BOUNDARY_DAY and finding.clears_on is not None
        if finding.outcome < Outcome.UNKNOWN and not (doubtful_day and not taken):
            return None
        if finding.outcome is Outcome.UNKNOWN:
            if open_history:
                return Drop(ConstraintKind.OPEN_FACT, HISTORY)
            return Drop(_BY_CODE.get(finding.code, ConstraintKind.OPEN_FACT), finding.rule)
        return Drop(_BY_CODE.get(finding.code, ConstraintKind.RULE), finding.rule)

    def next_day(self, step: int, day: date, before: Days, against: list[Against]) -> date | None:
        """Return the next day on which the answer may be another one, None when there is none in reach."""
        verdict = self.verdict(step, day, before)
        later = verdict.earliest
        if self._question.drops(ConstraintKind.OPEN_FACT, HISTORY):
            later = _first_open_reading(verdict)
        elif later is None:
            return None
        if later is not None and later > day:
            return later
        if all(each.drop.kind is ConstraintKind.LEAD_TIME for each in against):
            return self._question.first_approved
        return next((turn for turn in self._turns(step, before) if turn > day), None)

    def _turns(self, step: int, before: Days) -> Days:
        setting = (self._no_visits, step, before)
        if setting not in self._known.turning:
            found = turning_days(self._case(setting), self._question.book)
            self._known.turning[setting] = tuple(sorted({*found, self._question.first_approved}))
        return self._known.turning[setting]

    def _case(self, setting: Setting) -> Case:
        """Return the case as it is when the earlier steps are on their days."""
        if setting not in self._known.cases:
            _, step, before = setting
            question, asked = self._question, self._question.course.steps[step]
            proposal = asked.proposal(question.course.start, question.case.proposal.provider)
            case = replace(question.case, proposal=proposal, history=tuple(self._history(step, before)))
            self._known.cases[setting] = with_units_in_use(case, question.book.codes)
        return self._known.cases[setting]

    def _history(self, step: int, before: Days) -> Iterator[Event]:
        steps, events = self._question.course.steps, self._known.events
        visits = {each.event_id: each for each in steps if each.event_id}
        for event in self._question.case.history:
            visit = visits.get(event.id)
            if visit is None:
                yield event
            elif visit is not steps[step]:
                if event.id not in events:
                    events[event.id] = visit.with_assumed(event)
                yield events[event.id]
        for place, (earlier, day) in enumerate(zip(steps[:step], before, strict=True)):
            if not earlier.event_id:
                place_of_service = self._question.case.site.place_of_service
                if (place, day) not in events:
                    events[place, day] = earlier.event(day, step_event(place), place_of_service)
                yield events[place, day]


def _first_open_reading(verdict: Verdict) -> date | None:
    """Return the day from which the history, read in the patient's favour, has nothing against it."""
    clear = [f.clears_on for f in verdict.findings if f.outcome is Outcome.NOT_ALLOWED and f.clears_on is not None]
    return max(clear, default=None)


def step_event(place: int) -> str:
    """Return the id of the event that a step without a visit adds to the history."""
    return f"step {place + 1}"


def other_visits(question: CourseQuestion) -> frozenset[date]:
    """Return the days on which the patient is here, or was, for something that is no step of the course."""
    own = {step.event_id for step in question.course.steps if step.event_id}
    here = (EventStatus.BOOKED, EventStatus.PERFORMED)
    return frozenset(
        event.when.first
        for event in question.case.history
        if event.status in here and event.when.exact and event.id not in own and event.when.first >= question.case.as_of
    )
