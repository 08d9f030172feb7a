"""What a rule's usual sample does not show: sides, weaker and older results, parts of the spine, episodes.

Each question is asked only where one of the rules has the key that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from tracker.domain.anatomy import LEVELS, Side, SpinePart, Target
from tracker.domain.language import tr, tr_n
from tracker.domain.procedure import ProcedureChoice
from tracker.domain.rule import Rule, Which
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, Repeat, Requires
from tracker.domain.trial_entry import TrialEntry
from tracker.domain.us_dates import us_date
from tracker.domain.windows import months_before
from tracker.services.rule_library.rule_trial import entry_of

Question = tuple[str, TrialEntry, tuple[TrialEntry, ...]]
Kind = TypeVar("Kind", bound=Rule)
_ONE, _WEEK, _MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)
_PARTS = {
    SpinePart.CERVICAL: ("C5-C6", tr("In the neck")),
    SpinePart.THORACIC: ("T8-T9", tr("In the thoracic spine")),
    SpinePart.LUMBAR: ("L4-L5", tr("In the lumbar spine")),
}


def of_kind(rules: Sequence[Rule], kind: type[Kind]) -> list[Kind]:
    return [rule for rule in rules if isinstance(rule, kind)]


def of_count(rules: Sequence[Rule], usual: TrialEntry, done: tuple[TrialEntry, ...]) -> Iterator[Question]:
    """Ask behind less relief, behind left and right, and behind neighbouring days."""
    wanted, asked = of_kind(rules, MaxCount), replace(usual, day=done[-1].day + _ONE)
    for percent in sorted({rule.improved_percent for rule in wanted if rule.improved_percent}):
        short = tuple(replace(each, percent=max(0.0, percent - 1)) for each in done)
        figure = f"{percent - 1:g}"
        told = tr("{day}, each brought {percent}%", day=us_date(asked.day, True), percent=figure)
        yield told, asked, short
    sided = bool(done[0].targets) and done[0].targets[0].side in (Side.LEFT, Side.RIGHT)
    if sided and len(done) > 1 and any(rule.merge_sides_months for rule in wanted):
        pairs = tuple(each for entry in done[:-1] for each in (_on(entry, Side.LEFT), _later(_on(entry, Side.RIGHT))))
        day = max(each.day for each in pairs) + _ONE
        told = tr_n("After {n} left, the right a week later", "After {n} left, each right a week later", len(done) - 1)
        yield told, replace(usual, day=day), pairs
    if len(done) > 1 and any(rule.next_day_joins for rule in wanted):
        joined = (replace(done[0], day=done[1].day - _ONE), *done[1:])
        yield tr("{day}, two on neighboring days", day=us_date(asked.day, True)), asked, joined
    if any(rule.former_payers != "ask" for rule in wanted):
        foreign = (replace(done[0], paid_otherwise=True), *done[1:])
        yield tr("{day}, the first paid by another payer", day=us_date(asked.day, True)), asked, foreign


def of_early(rules: Sequence[Rule], usual: TrialEntry, last: TrialEntry) -> Iterator[Question]:
    """Ask a day before and a day after an early repeat is open, behind one that fell short."""
    wanted = of_kind(rules, Repeat)
    percent = max((rule.percent for rule in wanted), default=0.0)
    weak = replace(last, percent=max(0.0, percent - 1))
    for days in sorted({rule.early.days + more for rule in wanted if rule.early for more in (-1, 1)}):
        asked = replace(usual, day=last.day + timedelta(days=days), technique_changed=True)
        told = tr_n(
            "{n} day after a weak one, with another technique",
            "{n} days after a weak one, with another technique",
            days,
        )
        yield told, asked, (weak,)


def _on(entry: TrialEntry, side: Side) -> TrialEntry:
    return replace(entry, targets=tuple(Target(target.level, side) for target in entry.targets))


def _later(entry: TrialEntry) -> TrialEntry:
    return replace(entry, day=entry.day + _WEEK)


def of_results(rules: Sequence[Rule], usual: TrialEntry, choices: tuple[ProcedureChoice, ...]) -> Iterator[Question]:
    """Ask behind a weak result that came last, and on each side of the day on which results are void."""
    wanted = of_kind(rules, Requires)
    last = wanted[-1]
    of = replace(entry_of(last.of, choices, usual.day), targets=usual.targets, percent=last.percent, months=12.0)
    good = tuple(replace(of, day=usual.day - _MONTH * (last.needs + 1 - place)) for place in range(last.needs))
    if last.percent:
        weak = replace(of, day=usual.day - _ONE, percent=last.percent - 1)
        told = tr_n("{n} good result, then a weak one", "{n} good results, then a weak one", last.needs)
        yield told, usual, (*good, weak)
    for months in sorted({rule.void_after_months for rule in wanted if rule.void_after_months}):
        newest = months_before(usual.day, months)
        for less in (0, 1):
            day = newest - timedelta(days=less)
            old = tuple(replace(each, day=day + (each.day - good[-1].day)) for each in good)
            yield tr("The newest result on {day}", day=us_date(day)), usual, old


def of_levels(rules: Sequence[Rule], usual: TrialEntry) -> Iterator[Question]:
    """Ask for levels that are no neighbours, and for both sides."""
    wanted = of_kind(rules, MaxLevels)
    if not usual.targets or usual.targets[0].level.name not in ("L4-L5", "L5-S1"):
        return
    side = usual.targets[0].side
    if any(rule.contiguous for rule in wanted):
        apart = tuple(sorted(Target(LEVELS[name], side) for name in ("L2-L3", "L4-L5")))
        yield tr("L2-3 and L4-5, no neighbors"), replace(usual, targets=apart), ()
    limit = max(rule.limit for rule in wanted)
    if any(rule.per_side for rule in wanted) and side in (Side.LEFT, Side.RIGHT) and limit <= len(_SIDE):
        left = [Target(LEVELS[name], Side.LEFT) for name in _SIDE[:limit]]
        right = Target(LEVELS[_OTHER[limit - 1]], Side.RIGHT)
        told = tr_n("{n} level left, another one right", "{n} levels left, another one right", limit)
        yield told, replace(usual, targets=tuple(sorted((*left, right)))), ()


_SIDE, _OTHER = ("L4-L5", "L3-L4", "L2-L3"), ("L3-L4", "L2-L3", "L1-L2")


def of_spine(rules: Sequence[Rule], usual: TrialEntry) -> Iterator[Question]:
    """Ask in each part of the spine, and on both sides."""
    yield us_date(usual.day, True), usual, ()
    wanted = of_kind(rules, NotCovered)
    if not usual.targets or usual.targets[0].level.name != "L4-L5":
        return
    side = usual.targets[0].side
    if any(rule.both_sides for rule in wanted):
        yield tr("On both sides"), _on(usual, Side.BOTH), ()
    if any(rule.spine for rule in wanted):
        for name, words in _PARTS.values():
            yield words, replace(usual, targets=(Target(LEVELS[name], side),)), ()


def of_advice(rules: Sequence[Rule], usual: TrialEntry, choices: tuple[ProcedureChoice, ...]) -> Iterator[Question]:
    """Ask with nothing done before, and behind one: long ago and not, with relief and without, with results since."""
    yield tr("Nothing done before"), usual, ()
    wanted = [rule for rule in of_kind(rules, Advice) if rule.after is not None]
    for rule in wanted[-1:]:
        one = replace(_at(rule.after, usual, choices), day=usual.day - _MONTH, percent=100.0, months=12.0)
        yield tr("One a month before"), usual, (one,)
        for percent in sorted({each.percent for each in wanted if each.percent}):
            figure = f"{percent - 1:g}"
            told = tr("One that brought {percent}%", percent=figure)
            yield told, usual, (replace(one, percent=percent - 1),)
        for day, told in _days(wanted, usual.day):
            yield told, usual, (replace(one, day=day),)
        if rule.unless is not None:
            since = replace(_at(rule.unless.of, usual, choices), percent=rule.unless.percent, months=12.0)
            results = tuple(replace(since, day=usual.day - _WEEK * (n + 1)) for n in range(rule.unless.needs))
            before = replace(one, day=usual.day - _WEEK * (rule.unless.needs + 2))
            yield (
                tr_n("One, and {n} result since", "One, and {n} results since", len(results)),
                usual,
                (before, *results),
            )


def _at(which: Which | None, usual: TrialEntry, choices: tuple[ProcedureChoice, ...]) -> TrialEntry:
    """Return such a procedure, at the place that is asked about where it can be done there."""
    entry = entry_of(which or Which(), choices, usual.day)
    return replace(entry, targets=usual.targets) if entry.targets and usual.targets else entry


def _days(wanted: Sequence[Advice], asked: date) -> Iterator[tuple[date, str]]:
    for months in sorted({each.gap_months for each in wanted if each.gap_months}):
        last = months_before(asked, months)
        for day in (last + _ONE, last):
            yield day, tr("One on {day}", day=us_date(day))
