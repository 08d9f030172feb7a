"""What one day may hold: levels, regions, and procedures beside each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tracker.domain.anatomy import Level, Region, Side, Target
from tracker.domain.language import tr, tr_n
from tracker.domain.policy import Together
from tracker.domain.rule_kinds import MaxLevels, OneRegion, SameDay
from tracker.domain.verdict import Finding, FindingCode, Met, Outcome
from tracker.domain.windows import ONE_DAY
from tracker.rules import words
from tracker.rules.body import labels
from tracker.rules.facts import Fact, Item, Look


def max_levels(rule: MaxLevels, look: Look) -> Iterator[Item]:
    """Say whether the session holds too many levels, with what the same day holds already."""
    same = [fact for fact in look.same_day if fact.family is look.proposal.family and fact.regions & look.regions]
    sites = look.sites.union(*(fact.sites for fact in same))
    limit = _fault(rule, sites)
    if not limit:
        if look.telling:
            yield from _levels_met(rule, look, sites)
        return
    # With another visit's levels the next day is free of them; the proposal's own levels stay on every day.
    own = _fault(rule, look.sites)
    clears = look.day + ONE_DAY if not own and rule.outcome is Outcome.NOT_ALLOWED else None
    yield Finding(
        FindingCode.TOO_MANY_LEVELS,
        rule.outcome,
        rule.id,
        f"{limit} {tr(rule.text)}".strip(),
        tuple(fact.id for fact in same),
        rule.limit,
        clears_on=clears,
        source=look.source(rule),
    )


def _levels_met(rule: MaxLevels, look: Look, sites: frozenset[Target]) -> Iterator[Met]:
    count = max(len(group) for group in _groups(rule.per_side, sites))
    if count:
        yield Met(rule.id, _met_words(rule, count), look.source(rule), levels=(count, rule.limit))


def _met_words(rule: MaxLevels, count: int) -> str:
    if rule.per_side:
        return tr_n(
            "{count} of at most {n} level on one side.",
            "{count} of at most {n} levels on one side.",
            rule.limit,
            count=count,
        )
    return tr_n(
        "{count} of at most {n} level in this session.",
        "{count} of at most {n} levels in this session.",
        rule.limit,
        count=count,
    )


def _fault(rule: MaxLevels, sites: frozenset[Target]) -> str:
    """Return what is wrong with the levels of the session, or of the worse side; "" when nothing is."""
    many, apart = _misfits(rule.limit, rule.per_side, rule.contiguous, sites)
    if many:
        return _too_many(rule, many)
    return tr("The levels of a session must be neighbors; these are {levels}.", levels=_names(apart)) if apart else ""


@lru_cache(maxsize=4096)
def _misfits(
    most: int, per_side: bool, contiguous: bool, sites: frozenset[Target]
) -> tuple[frozenset[Level], frozenset[Level]]:
    """Return the levels that are too many, and those that are no neighbours; of a side where each side counts."""
    groups = _groups(per_side, sites)
    worst = max(groups, key=len)
    if len(worst) > most:
        return frozenset(worst), frozenset()
    return frozenset(), frozenset(next((group for group in groups if contiguous and _gap(group)), ()))


def _too_many(rule: MaxLevels, levels: frozenset[Level]) -> str:
    named = {"count": len(levels), "levels": _names(levels)}
    if rule.per_side:
        return tr_n(
            "At most {n} level on one side a session; this is {count}: {levels}.",
            "At most {n} levels on one side a session; this is {count}: {levels}.",
            rule.limit,
            **named,
        )
    return tr_n(
        "At most {n} level a session; this is {count}: {levels}.",
        "At most {n} levels a session; this is {count}: {levels}.",
        rule.limit,
        **named,
    )


def _groups(per_side: bool, sites: frozenset[Target]) -> list[set[Level]]:
    """Return the levels of the session, or those of each side."""
    if not per_side:
        return [{site.level for site in sites}]
    return [
        {site.level for site in sites if site.side in (side, Side.UNKNOWN, Side.MIDLINE)}
        for side in (Side.LEFT, Side.RIGHT)
    ]


def _gap(levels: set[Level]) -> bool:
    orders = sorted(level.order for level in levels)
    return any(later - earlier > 1 for earlier, later in itertools.pairwise(orders))


def _names(levels: Iterable[Level]) -> str:
    return ", ".join(level.label for level in sorted(levels))


def one_region(rule: OneRegion, look: Look) -> Iterator[Item]:
    """Say whether the day would hold two regions, within the proposal or with another visit of the day."""
    if rule.of_body:
        yield from _one_body_region(rule, look)
        return
    others = [fact for fact in look.same_day if fact.fits(rule.together)]
    open_pair = next((pair for pair in look.version.together if not pair.counted and _holds(look, pair.levels)), None)
    if open_pair is not None and not _beyond(look, others, open_pair):
        message = tr(
            "{levels} in one session join two regions. Whether this contractor counts them as one session is not "
            "published.",
            levels=words.all_of(open_pair.levels),
        )
        ask = tr("Ask the contractor, or plan the two levels for two days.")
        yield Finding(FindingCode.SAME_DAY, Outcome.UNKNOWN, rule.id, message, source=look.source(rule), ask=ask)
        return
    regions = look.regions.union(*(fact.regions for fact in others))
    if len(regions) < 2:
        return
    # A pair whose counting is open stands in nobody's way alone; then it is the other visit that does.
    within = len(look.regions) > 1 and (open_pair is None or _beyond(look, [], open_pair))
    said = tr(
        "One region a day: this session would touch {regions}.",
        regions=words.all_of(sorted(Region(r).label for r in regions)),
    )
    beyond = tuple(fact.id for fact in others if not fact.regions <= look.regions)
    yield _one_a_day(rule, look, said, beyond, within=within)


def _one_body_region(rule: OneRegion, look: Look) -> Iterator[Item]:
    others = [fact for fact in look.same_day if fact.fits(rule.together)]
    regions = look.body.union(*(fact.body for fact in others))
    if len(regions) < 2:
        return
    said = tr(
        "One region of the body a day: this session would touch {regions}.", regions=words.all_of(labels(regions))
    )
    beyond = tuple(fact.id for fact in others if not fact.body <= look.body)
    yield _one_a_day(rule, look, said, beyond, within=len(look.body) > 1)


def _one_a_day(rule: OneRegion, look: Look, said: str, beyond: tuple[str, ...], *, within: bool) -> Finding:
    """Return the finding about two regions of a day; the next day is free of those that lie `beyond` the proposal's."""
    next_day = look.day + ONE_DAY
    if not within:
        day = words.proposed(next_day)
        said = tr("{said} The other one is on that day already; {day} is free of it.", said=said, day=day)
    return Finding(
        FindingCode.SAME_DAY,
        rule.outcome,
        rule.id,
        said,
        beyond,
        clears_on=None if within or rule.outcome is not Outcome.NOT_ALLOWED else next_day,
        source=look.source(rule),
    )


def _holds(look: Look, names: tuple[str, ...]) -> bool:
    same = [fact for fact in look.same_day if fact.family is look.proposal.family]
    levels = look.levels.union(*(fact.levels for fact in same))
    return {level.name for level in levels}.issuperset(names) and any(level.name in names for level in look.levels)


def _beyond(look: Look, others: list[Fact], pair: Together) -> bool:
    """Tell whether the day would touch two regions even if the pair counts as one."""
    same = [fact for fact in others if fact.family is look.proposal.family]
    levels = look.levels.union(*(fact.levels for fact in same))
    regions = {level.region for level in levels if level.name not in pair.levels}
    rest = (fact.regions for fact in others if fact not in same or not fact.levels)
    return bool(regions.union(*rest) - {pair.region})


def same_day(rule: SameDay, look: Look) -> Iterator[Item]:
    """Say what else the day holds that should not stand beside it."""
    if not look.same_day and not look.telling:
        return
    clashing = [
        fact
        for fact in look.same_day
        if fact.fits(rule.clashes) and any(look.inside(fact, rule.per, key) for key in look.keys(rule.per))
    ]
    if not clashing:
        if look.telling:
            yield Met(rule.id, tr("No other block on that day."), look.source(rule))
        return
    what = ", ".join(dict.fromkeys(words.family_words(fact.family) for fact in clashing))
    already = tr("On that day already: {what}.", what=what)
    message = f"{already} {tr(rule.text)}".strip()
    clears = look.day + ONE_DAY if rule.outcome is Outcome.NOT_ALLOWED else None
    yield Finding(
        FindingCode.SAME_DAY,
        rule.outcome,
        rule.id,
        message,
        tuple(fact.id for fact in clashing),
        clears_on=clears,
        source=look.source(rule),
    )
