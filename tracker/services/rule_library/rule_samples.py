"""A sample timeline for each kind of rule, a day on each side of its limit: a change is seen before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.domain.anatomy import LEVELS, Side, Target
from tracker.domain.billing_rules import NeedsAuthorization
from tracker.domain.body_regions import BodyRegion
from tracker.domain.language import msg, tr, tr_n
from tracker.domain.procedure import ProcedureChoice
from tracker.domain.proposal import ClinicChoices
from tracker.domain.rule import Rule, Which
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay
from tracker.domain.trial_entry import TrialEntry
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Grade, Outcome, Source, Verdict
from tracker.policies.catalog import PolicyCatalog
from tracker.services.rule_library.rule_trial import TrialPlace, alone, entry_of, try_rules, usual_entry
from tracker.services.rule_library.sample_turns import (
    Question,
    of_advice,
    of_count,
    of_early,
    of_levels,
    of_results,
    of_spine,
)
from tracker.services.words import wording

_STEP = timedelta(days=30)
_MOST_DAYS = 12
"""So many days of the sample are told one by one."""
_ONE = timedelta(days=1)
_LUMBAR = ("L5-S1", "L4-L5", "L3-L4", "L2-L3", "L1-L2")
Answer = Callable[[Rule, TrialEntry, tuple[TrialEntry, ...]], Verdict]


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One question of the sample, answered as the rule is and as it would be; None where there is no such rule."""

    words: str
    before: str
    before_tone: Outcome | None
    after: str
    after_tone: Outcome

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Sample:
    """What the sample assumes as done, and its questions."""

    history: str
    rows: tuple[SampleRow, ...]


def sample_of(
    before: Rule | None, after: Rule, book: PolicyCatalog, choices: Iterable[ProcedureChoice], today: date
) -> Sample:
    """Answer the sample of the rule's kind as it is and as it would be; what is only recalled refuses nothing."""
    rules = [rule for rule in (before, after) if rule is not None]
    history, questions = _questions(rules, tuple(choices), today, _answerer(book))
    answer = _answerer(book, as_seen=False)
    rows = tuple(_row(words, before, after, asked, done, answer) for words, asked, done in questions)
    return Sample(history, rows)


def start_of(
    rule: Rule, book: PolicyCatalog, choices: Iterable[ProcedureChoice], today: date
) -> tuple[TrialEntry, tuple[TrialEntry, ...]]:
    """Return what to begin with when the rule is tried: what is asked, on its last day too soon, and what was done."""
    _history, questions = _questions([rule], tuple(choices), today, _answerer(book))
    _words, asked, done = questions[min(1, len(questions) - 1)]
    return asked, done


def _answerer(book: PolicyCatalog, *, as_seen: bool = True) -> Answer:
    """Answer by a rule alone. `as_seen`: as if it had been seen in writing, which tells the days that it is about."""
    place, source = TrialPlace("trial"), Source(tr("Sample"), grade=Grade.PRIMARY)

    def answer(rule: Rule, asked: TrialEntry, done: tuple[TrialEntry, ...]) -> Verdict:
        seen = as_seen or rule.evidence is not Grade.RECALLED or _is_confirmed(rule, book)
        only = alone(book, replace(rule, evidence=Grade.PRIMARY) if seen else rule, place, source)
        approvals = isinstance(rule, NeedsAuthorization)
        return try_rules(only, place, asked, done, ClinicChoices(), authorizations=approvals).verdict

    return answer


def _is_confirmed(rule: Rule, book: PolicyCatalog) -> bool:
    """Tell whether somebody has seen this very rule: with another figure it is a rule that nobody has seen yet."""
    versions = (each for policy in book.policies for dated in policy.versions.values() for each in dated)
    return any(version.relies_on(rule) for version in versions if rule in version.rules)


def _row(
    words: str, before: Rule | None, after: Rule, asked: TrialEntry, done: tuple[TrialEntry, ...], answer: Answer
) -> SampleRow:
    new, old = answer(after, asked, done), answer(before, asked, done) if before else None
    return SampleRow(words, _told(old) if old else "", old.outcome if old else None, _told(new), new.outcome)


def _told(verdict: Verdict) -> str:
    """Return the answer without the day that was asked about: that stands in the question."""
    if verdict.outcome is Outcome.ALLOWED:
        return tr("Allowed")
    headline = wording.headline(verdict)
    dated = verdict.outcome is Outcome.CAUTION and us_date(verdict.asked, True) in headline
    return tr("Allowed, with a caution") if dated else headline


def _questions(
    rules: list[Rule], choices: tuple[ProcedureChoice, ...], today: date, answer: Answer
) -> tuple[str, list[Question]]:
    """Return the history in words, and the questions."""
    rule = rules[-1]
    usual = usual_entry(rule, choices, today)
    match rule:
        case MaxCount():
            return _counted(rules, usual, choices, answer)
        case Repeat():
            done = (replace(entry_of(rule.earlier, choices, today), percent=100.0, months=12.0),)
            history, questions = _dated(rules, usual, done, answer)
            return history, [*questions, *_weaker(rules, questions[-1]), *of_early(rules, usual, done[0])]
        case Requires():
            return "", [*_results(rules, usual, choices), *of_results(rules, usual, choices)]
        case MaxLevels():
            return "", [*_levels(rules, usual), *of_levels(rules, usual)]
        case NotCovered():
            return "", list(of_spine(rules, usual))
        case Advice():
            return "", list(of_advice(rules, usual, choices))
        case OneRegion() | SameDay():
            which = rule.together if isinstance(rule, OneRegion) else rule.clashes
            return "", list(_beside(which, usual, choices, other=isinstance(rule, OneRegion)))
    return "", [(us_date(today, True), usual, ())]


def _counted(
    rules: list[Rule], usual: TrialEntry, choices: tuple[ProcedureChoice, ...], answer: Answer
) -> tuple[str, list[Question]]:
    limits = [rule.limit for rule in rules if isinstance(rule, MaxCount)]
    last = rules[-1]
    which = last.counted if isinstance(last, MaxCount) else last.about
    one = replace(entry_of(which, choices, usual.day), percent=100.0, months=12.0)
    step = min(_step(rule) for rule in rules if isinstance(rule, MaxCount))
    first = usual.day - step * max(limits)
    done = tuple(replace(one, day=first + step * place) for place in range(max(limits)))
    if isinstance(last, MaxCount) and last.without_kx:  # it says nothing but where a block had none
        block = entry_of(last.unmarked, choices, first)
        done = (replace(block, percent=100.0, months=12.0, without_kx=True), *done[1:])
    history, questions = _dated(rules, usual, done, answer)
    return history, [*questions, *of_count(rules, usual, done)]


def _dated(
    rules: list[Rule], usual: TrialEntry, done: tuple[TrialEntry, ...], answer: Answer
) -> tuple[str, list[Question]]:
    """Ask on the last day that is refused and on the first that is not, for each of the rules."""
    start = replace(usual, day=max(each.day for each in done) + _ONE)
    days = {start.day}
    for rule in rules:
        earliest = answer(rule, start, done).earliest
        if earliest is not None and earliest > start.day:
            days |= {earliest - _ONE, earliest}
    return _history(done), [(us_date(day, True), replace(usual, day=day), done) for day in sorted(days)]


def _history(done: tuple[TrialEntry, ...]) -> str:
    """Return the days of what was done; of many the first and the last ones."""
    days = [us_date(each.day) for each in done]
    if len(days) <= _MOST_DAYS:
        return tr("Done: {days}", days=", ".join(days))
    return tr("Done {n} times: {first}, … {last}", n=len(days), first=", ".join(days[:3]), last=", ".join(days[-3:]))


def _step(rule: MaxCount) -> timedelta:
    """Return how far apart the sample's injections lie, so that all of them fit into the window."""
    length = rule.window.days or (rule.window.months or 12) * 30
    return min(_STEP, max(_ONE, timedelta(days=length // (rule.limit + 1))))


def _weaker(rules: list[Rule], asked: Question) -> Iterator[Question]:
    """Ask on the last of the days, behind one that brought a little less than is wanted."""
    _words, entry, done = asked
    for percent in sorted({rule.percent for rule in rules if isinstance(rule, Repeat) and rule.percent}):
        short = tuple(replace(each, percent=percent - 1) for each in done)
        yield (
            tr("{day}, the last one brought {percent:g}%", day=us_date(entry.day, True), percent=percent - 1),
            entry,
            short,
        )


def _results(rules: list[Rule], usual: TrialEntry, choices: tuple[ProcedureChoice, ...]) -> Iterator[Question]:
    wanted = [rule for rule in rules if isinstance(rule, Requires)]
    figures = {(needs, rule.percent) for rule in wanted for needs in (rule.needs - 1, rule.needs)}
    figures |= {(rule.needs, max(0, rule.percent - 1)) for rule in wanted if rule.percent}
    apart = [rule.apart_days for rule in wanted if rule.apart_days]
    step = max([_STEP, *(timedelta(days=days) for days in apart)])
    of = entry_of(wanted[-1].of, choices, usual.day)
    for needs, percent in sorted(figures):
        yield _results_before(needs, percent), usual, _row_of(of, usual, needs, percent, step)
    for days in sorted({days - less for days in apart for less in (0, 1)} - {0}):
        done = _row_of(of, usual, wanted[-1].needs, wanted[-1].percent, timedelta(days=days))
        yield tr_n("Results {n} day apart", "Results {n} days apart", days), usual, done


def _results_before(count: int, percent: float) -> str:
    if not count:
        return tr("No results before")
    return tr_n("{n} result of {percent} before", "{n} results of {percent} before", count, percent=f"{percent:g}%")


def _row_of(of: TrialEntry, usual: TrialEntry, count: int, percent: float, step: timedelta) -> tuple[TrialEntry, ...]:
    """Return so many results of so much relief, `step` apart, the last one a step before what is asked."""
    first = usual.day - step * (count + 1)
    return tuple(
        replace(of, day=first + step * place, percent=percent, months=12.0, targets=usual.targets)
        for place in range(count)
    )


def _levels(rules: list[Rule], usual: TrialEntry) -> Iterator[Question]:
    limits = {rule.limit for rule in rules if isinstance(rule, MaxLevels)}
    side = usual.targets[0].side if usual.targets else Side.MIDLINE
    for count in sorted({count for limit in limits for count in (limit, limit + 1)}):
        if count <= len(_LUMBAR):
            targets = tuple(sorted(Target(LEVELS[name], side) for name in _LUMBAR[:count]))
            told = tr_n("{n} level in one session", "{n} levels in one session", count)
            yield told, replace(usual, targets=targets), ()


_LOWER_BACK = msg("{what} in the lower back on the same day"), msg("{what} in the lower back the day before")
_NECK = msg("{what} in the neck on the same day"), msg("{what} in the neck the day before")
_ANYWHERE = msg("{what} done on the same day"), msg("{what} done the day before")


def _beside(
    which: Which, usual: TrialEntry, choices: tuple[ProcedureChoice, ...], *, other: bool
) -> Iterator[Question]:
    beside = entry_of(which, choices, usual.day)
    if other:
        level = Target(LEVELS["C5-C6"], beside.targets[0].side) if beside.targets else None
        body = (BodyRegion.LOWER_BACK,) if beside.body_regions else ()
        beside = replace(beside, targets=(level,) if level else (), body_regions=body)
    where = _LOWER_BACK if other and beside.body_regions else _NECK if other else _ANYWHERE
    for told, day in zip(where, (usual.day, usual.day - _ONE), strict=True):
        yield tr(told, what=beside.choice.short), usual, (replace(beside, day=day),)
