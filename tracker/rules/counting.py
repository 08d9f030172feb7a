"""Counted limits: so many sessions or injections in a window, per patient, region, level or side of a level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from tracker.domain.anatomy import Target
from tracker.domain.language import tr
from tracker.domain.rule import Unit
from tracker.domain.rule_kinds import MaxCount
from tracker.domain.verdict import Counted, Finding, FindingCode, Outcome, Tally
from tracker.domain.windows import (
    ONE_DAY,
    Window,
    anchored_year,
    calendar_year,
    leaves_rolling_months,
    lifetime,
    months_before,
    rolling_days,
    rolling_months,
)
from tracker.rules import count_words, words
from tracker.rules.allowances import excused
from tracker.rules.claims import by_claim, told_by_claim, without_kx
from tracker.rules.facts import Fact, Item, Key, Look, scope_label
from tracker.rules.merging import Use, joins_last, merged


def max_count(rule: MaxCount, look: Look) -> Iterator[Item]:
    """Say for every place of the proposal how far the limit is used, and whether this one goes over it.

    What lies on the proposed day belongs to the session: it uses nothing further of a limit of sessions.
    """
    findings: list[Finding] = []
    tallied = look.telling or look.counting
    for key in look.keys(rule.per):
        facts = look.matching(rule.counted, rule.per, key)
        if rule.without_kx:
            unmarked = without_kx(rule, look, key)
            if not unmarked:
                continue
            facts = sorted([*facts, *unmarked], key=lambda fact: (fact.day, fact.id))
        if not tallied and _too_few(rule, facts):
            continue
        facts = [fact for fact in facts if not fact.foreign or rule.counts_foreign(asked=fact.counts)]
        window = window_on(rule, look.day, facts, anniversary_free=look.choices.anniversary_day_free)
        if tallied or not _too_few(rule, [fact for fact in facts if fact.day in window]):
            yield from _in_place(rule, look, key, window, facts, findings)
    for code in dict.fromkeys(finding.code for finding in findings):
        yield _together([finding for finding in findings if finding.code is code])


def _too_few(rule: MaxCount, facts: list[Fact]) -> bool:
    """Tell whether the limit cannot be reached, the proposal included: nothing is said of one that is not."""
    return rule.unit is Unit.SESSION and len(facts) + 1 < rule.limit


def _in_place(
    rule: MaxCount, look: Look, key: Key, window: Window, facts: list[Fact], findings: list[Finding]
) -> Iterator[Tally]:
    uses = merged(rule, _uses(rule, [fact for fact in facts if fact.day in window], look, key))
    before = [use for use in uses if use.day != look.day]
    today = [use for use in uses if use.day == look.day]
    total = sum(use.units for use in before) + _units_of_day(rule, look, key, today, before)
    if look.telling or look.counting:
        yield _tally(rule, look, key, window, uses)
    if total >= rule.limit:
        found = _finding(rule, look, key, window, before, total, _clears(rule, look, key, window, uses))
        if rule.without_kx:
            found = told_by_claim(found, uses)
        findings.append(excused(rule, look, found, uses))
    if (doubt := _anniversary(rule, look, key, facts, total)) is not None:
        findings.append(doubt)


def _tally(rule: MaxCount, look: Look, key: Key, window: Window, uses: list[Use]) -> Tally:
    counted = (Counted(fact.id, use.day, _leaves(rule, look, window, use.day)) for use in uses for fact in use.facts)
    return Tally(
        rule=rule.id,
        label=words.kind_words(rule.counted),
        used=sum(use.units for use in uses),
        limit=rule.limit,
        unit=words.unit_words(rule.unit),
        scope=by_claim(scope_label(key)) if rule.without_kx else scope_label(key),
        window=window,
        counted=tuple(counted),
        source=look.source(rule),
    )


def window_on(rule: MaxCount, day: date, facts: Iterable[Fact], *, anniversary_free: bool = False) -> Window:
    """Return the window that ends on `day`; an anchored year begins with the oldest of `facts`."""
    spec = rule.window
    match spec.type:
        case "calendar-year":
            return calendar_year(day)
        case "anchored-year":
            anchor = min((fact.day for fact in facts), default=day)
            return _running_year(day, anchor)
        case "lifetime" | "course":
            return lifetime(day)
    if spec.days is not None:
        return rolling_days(day, spec.days)
    return rolling_months(day, spec.months or 12, anniversary_free=anniversary_free)


def _running_year(day: date, anchor: date) -> Window:
    return anchored_year(day, min(anchor, day))


def _uses(rule: MaxCount, facts: list[Fact], look: Look, key: Key) -> list[Use]:
    by_day: dict[date, list[Fact]] = {}
    for fact in facts:
        by_day.setdefault(fact.day, []).append(fact)
    return [Use(day, units_used(rule, look, key, found), tuple(found)) for day, found in sorted(by_day.items())]


def units_used(rule: MaxCount, look: Look, key: Key, facts: list[Fact]) -> int:
    """Return what one day uses: one session, or a unit for each level, on each side or both sides as one."""
    if rule.unit is Unit.SESSION:
        return 1
    return _places(rule, {site for fact in facts for site in fact.sites if _in(rule, look, key, site)})


def _places(rule: MaxCount, sites: set[Target]) -> int:
    return max(len({site.level for site in sites} if rule.unit is Unit.LEVEL else sites), 1)


def _in(rule: MaxCount, look: Look, key: Key, site: Target) -> bool:
    return key is None or key in (site.level.region, site.level, site)


def _units_of_day(rule: MaxCount, look: Look, key: Key, today: list[Use], before: list[Use]) -> int:
    """Return what the proposed day uses in all, with the proposal in it."""
    if rule.unit is Unit.SESSION:
        return 0 if not today and joins_last(rule, look, before) else 1
    sites = {site for use in today for fact in use.facts for site in fact.sites}
    return _places(rule, {site for site in sites | look.sites if _in(rule, look, key, site)})


def _leaves(rule: MaxCount, look: Look, window: Window, used: date) -> date | None:
    """Return the first day on which a use of that day no longer counts; None for a lifetime or a course."""
    spec = rule.window
    if spec.endless:
        return None
    if spec.type == "calendar-year":
        return date(used.year + 1, 1, 1)
    if spec.type == "anchored-year":
        return leaves_rolling_months(window.start, 12, anniversary_free=True)
    if spec.days is not None:
        return date.fromordinal(used.toordinal() + spec.days) + ONE_DAY
    return leaves_rolling_months(used, spec.months or 12, anniversary_free=look.choices.anniversary_day_free)


def _finding(
    rule: MaxCount, look: Look, key: Key, window: Window, before: list[Use], total: int, clears: date | None
) -> Finding:
    counted, source = tuple(fact.id for use in before for fact in use.facts), look.source(rule)
    message = _reached(rule, key, window, before, total, clears) if look.telling else ""
    if total == rule.limit:
        return Finding(
            FindingCode.ADVICE, Outcome.CAUTION, rule.id, message, counted, rule.limit, window, source=source
        )
    clears = clears if rule.outcome is Outcome.NOT_ALLOWED else None
    return Finding(rule.code, rule.outcome, rule.id, message, counted, rule.limit, window, clears, source)


def _reached(rule: MaxCount, key: Key, window: Window, before: list[Use], total: int, clears: date | None) -> str:
    where, used = words.place(rule.per, key), sum(use.units for use in before)
    if total == rule.limit:
        return count_words.last_one(rule, where, window, used)
    return count_words.full(rule, where, window, used, clears)


def units_alone(rule: MaxCount, look: Look, key: Key) -> int:
    """Return what the proposal uses on another day, without what the asked day holds already."""
    if rule.unit is Unit.SESSION:
        return 1
    return _places(rule, {site for site in look.sites if _in(rule, look, key, site)})


def session_limit(rule: MaxCount, look: Look, key: Key, days: list[date], day: date) -> list[Finding] | None:
    """Return what is said of a limit on `day` where these days before it, oldest first, lie in the window.

    None where more than days must be looked at. The finding does not tell of which events it is.
    """
    plain = rule.unit is Unit.SESSION and not (rule.merge_sides_months or rule.improved_percent or rule.next_day_joins)
    if not plain or rule.without_kx:
        return None
    uses = [Use(each, 1, ()) for each in dict.fromkeys(days)]
    total = len(uses) + 1
    if total < rule.limit:
        return []
    window = window_on(rule, day, ())
    return [_finding(rule, look, key, window, uses, total, _clears(rule, look, key, window, uses))]


def _clears(rule: MaxCount, look: Look, key: Key, window: Window, uses: list[Use]) -> date | None:
    """Return the day on which enough has left; None when it never does, as when the proposal alone is too much."""
    excess = sum(use.units for use in uses) + units_alone(rule, look, key) - rule.limit
    for use in uses:
        excess -= use.units
        if excess <= 0:
            return _leaves(rule, look, window, use.day)
    return None


def _anniversary(rule: MaxCount, look: Look, key: Key, facts: list[Fact], total: int) -> Finding | None:
    """Say that the day is in doubt where only the clinic's choice frees it (CHOICES 2)."""
    if not (look.choices.anniversary_day_free and rule.window.months and rule.window.type == "rolling"):
        return None
    edge = months_before(look.day, rule.window.months)
    on_edge = [fact for fact in facts if fact.day == edge]
    if not on_edge or not total <= rule.limit < total + units_used(rule, look, key, on_edge):
        return None
    message = tr(
        "The one of {day} lies exactly {time} back. Your clinic takes that day as free; payers have refused it, and a "
        "day later is certain.",
        day=words.on(edge),
        time=words.months_words(rule.window.months or 12),
    )
    return Finding(
        FindingCode.BOUNDARY_DAY,
        Outcome.CAUTION,
        rule.id,
        message,
        tuple(fact.id for fact in on_edge),
        rule.limit,
        rolling_months(look.day, rule.window.months or 12),
        source=look.source(rule),
    )


def _together(findings: list[Finding]) -> Finding:
    """Return the finding of the worst place; with several full places all that they count."""
    worst = max(findings, key=lambda each: (each.outcome, each.clears_on or date.max))
    if len(findings) == 1:
        return worst
    same = [each for each in findings if each.outcome is worst.outcome and each.code is worst.code]
    counted = tuple(dict.fromkeys(event for each in same for event in each.counted))
    return replace(worst, counted=counted)
