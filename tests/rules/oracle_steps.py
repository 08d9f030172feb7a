"""The oracle's intervals, results and advice."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

from tests.rules.oracle_calendar import back
from tests.rules.oracle_facts import Fact, Said, Session, found_here, never, places
from tracker.domain.rule_kinds import Advice, Repeat, Requires


def how_good(percent: float | None, months: float | None, asked_percent: float, asked_months: float) -> bool | None:
    short = (asked_percent and percent is not None and percent < asked_percent) or (
        asked_months and months is not None and months < asked_months
    )
    if short:
        return False
    missing = (asked_percent and percent is None) or (asked_months and months is None)
    return None if missing else True


def repeat(rule: Repeat, s: Session) -> list[Said]:
    said: list[Said] = []
    for key in places(s, rule.per):
        earlier = [f for f in found_here(s, rule.after or rule.about, rule.per, key) if f.day < s.day]
        if not earlier:
            continue
        last = earlier[-1].day
        percent, months = _result([f for f in earlier if f.day == last])
        good = how_good(percent, months, rule.percent, rule.relief_months)
        early = rule.early if s.changed and len({f.day for f in earlier}) == 1 else None
        if early is None or good is True:
            said += _ordinary(rule, s, last, good)
        elif good is False:
            said += _early(s, last, early.days)
        else:
            said += _both(_ordinary(rule, s, last, True), _early(s, last, early.days))
    return said


def _result(records: list[Fact]) -> tuple[float | None, float | None]:
    """Two records of one day are one: what one of them knows is known."""
    percents = [f.percent for f in records if f.percent is not None]
    months = [f.months for f in records if f.months is not None]
    return (min(percents) if percents else None), (min(months) if months else None)


def _ordinary(rule: Repeat, s: Session, last: int, good: bool | None) -> list[Said]:
    said = []
    if good is False:
        said.append(never("prerequisite"))
    if good is None:
        said.append(Said("prerequisite", "unknown"))
        if rule.early:
            said.append(Said("history", "unknown"))
    if rule.months and last > back(s.day, rule.months):
        said.append(Said("too_soon", "not_allowed"))
    if rule.days:
        said += _days(s, last, rule.days)
    return said


def _days(s: Session, last: int, days: int) -> list[Said]:
    if s.day < last + days:
        return [Said("too_soon", "not_allowed")]
    return [Said("boundary_day", "caution", dated_doubt=True)] if s.day == last + days else []


def _early(s: Session, last: int, days: int) -> list[Said]:
    said = _days(s, last, days)
    return said if any(each.outcome == "not_allowed" for each in said) else [*said, Said("advice", "caution")]


def _both(good: list[Said], bad: list[Said]) -> list[Said]:
    """A result that is not recorded, judged as good and as bad; what is against one of them is against the day."""
    against = [any(each.outcome == "not_allowed" for each in said) for said in (good, bad)]
    if all(against):
        return [*bad]
    if any(against):
        return [Said("prerequisite", "unknown", dated_doubt=True), Said("history", "unknown")]
    return [*bad]


def requires(rule: Requires, s: Session) -> list[Said]:
    found = [_required(rule, s, key) for key in places(s, rule.per)]
    if False in found:
        return [never("prerequisite")]
    return [Said("prerequisite", "unknown")] if None in found else []


def _required(rule: Requires, s: Session, key: Any) -> bool | None:
    """Tell whether what must come first is there and good enough; None where a result is not on file."""
    if any(f.day < s.day for f in found_here(s, rule.first or rule.about, rule.per, key)):
        return True
    by_day: dict[int, list[Fact]] = {}
    for fact in found_here(s, rule.of, rule.per, key):
        if fact.day < s.day and not (rule.void_after_months and fact.day < back(s.day, rule.void_after_months)):
            by_day.setdefault(fact.day, []).append(fact)
    if rule.apart_days:
        return _apart(rule, {day: how_good(*_result(by_day[day]), rule.percent, rule.relief_months) for day in by_day})
    results = [how_good(*_result(by_day[day]), rule.percent, rule.relief_months) for day in sorted(by_day)]
    if rule.last:
        results = results[-rule.needs :]
        if len(results) < rule.needs or False in results:
            return False
        return None if None in results else True
    if results.count(True) >= rule.needs:
        return True
    return None if results.count(True) + results.count(None) >= rule.needs else False


def _apart(rule: Requires, results: dict[int, bool | None]) -> bool | None:
    """Try every choice of so many results; of the most recent ones the choice that begins last, and all since."""
    days = sorted(results)
    choices = [
        chosen
        for chosen in combinations(days, rule.needs)
        if all(later - earlier >= rule.apart_days for earlier, later in pairwise(chosen))
    ]
    if not choices:
        return False
    if rule.last:
        since = [results[day] for day in days if day >= max(chosen[0] for chosen in choices)]
        return False if False in since else None if None in since else True
    ways = [[results[day] for day in chosen] for chosen in choices]
    if any(all(way) for way in ways):
        return True
    return None if any(False not in way for way in ways) else False


def advice(rule: Advice, s: Session) -> list[Said]:
    code = "no_policy" if rule.outcome.value == "unknown" else "advice"
    if rule.after is None or any(_advised(rule, s, key) for key in places(s, rule.per)):
        return [Said(code, rule.outcome.value)]
    return []


def _advised(rule: Advice, s: Session, key: Any) -> bool:
    earlier = [f for f in found_here(s, rule.after, rule.per, key) if f.day < s.day]
    if rule.percent:
        earlier = [f for f in earlier if how_good(f.percent, f.months, rule.percent, rule.relief_months) is True]
    if not earlier:
        return False
    last = earlier[-1].day
    if rule.gap_months and last > back(s.day, rule.gap_months):
        return False
    if rule.course_months and not _long_course([f.day for f in earlier], s.day, rule.course_months):
        return False
    if rule.unless:
        since = [f for f in found_here(s, rule.unless.of, rule.per, key) if last < f.day < s.day]
        good = [f for f in since if how_good(f.percent, f.months, rule.unless.percent, 0) is True]
        return len(good) < rule.unless.needs
    return True


def _long_course(days: list[int], day: int, months: int) -> bool:
    """Tell whether the course began longer ago than so many months; a longer gap than that ends a course."""
    start = day
    for earlier in reversed(days):
        if earlier < back(start, months):
            break
        start = earlier
    return start < back(day, months)
