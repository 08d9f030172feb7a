"""The oracle's reading of every rule kind, one plain function each, for one settled history on one day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.rules.oracle_calendar import back, ordinal, year_of
from tracker.domain.rule import Scope, Unit
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay

Site = tuple[str, str]


@dataclass(frozen=True)
class Fact:
    """An event with nothing open; `foreign`: another payer paid, `counts`: whether this reading counts it."""

    id: str
    day: int
    family: str
    intent: str | None
    approach: str | None
    sites: frozenset[Site]
    regions: frozenset[str]
    percent: float | None
    months: float | None
    foreign: bool = False
    counts: bool = True
    booked: bool = False


@dataclass(frozen=True)
class Said:
    """What a rule says; `dated_doubt`: a day of doubt, which waiting clears; `cureless`: no date changes it."""

    code: str
    outcome: str
    dated_doubt: bool = False
    cureless: bool = False


def never(code: str) -> Said:
    return Said(code, "not_allowed", cureless=True)


@dataclass(frozen=True)
class Session:
    """The proposed session on one day in one reading of the history."""

    day: int
    family: str
    sites: frozenset[Site]
    regions: frozenset[str]
    both: bool
    changed: bool
    free: bool
    facts: tuple[Fact, ...]
    pairs: tuple[tuple[tuple[str, ...], str, bool], ...]

    @property
    def levels(self) -> frozenset[str]:
        return frozenset(level for level, _ in self.sites)


def judge(rule: Any, s: Session) -> list[Said]:
    match rule:
        case MaxCount():
            return _max_count(rule, s)
        case Repeat():
            return _repeat(rule, s)
        case Requires():
            return _requires(rule, s)
        case MaxLevels():
            return _max_levels(rule, s)
        case OneRegion():
            return _one_region(rule, s)
        case SameDay():
            return _same_day(rule, s)
        case NotCovered():
            return [] if rule.both_sides and not s.both else [never("not_covered")]
        case Advice():
            return _advice(rule, s)
    return []


# --- places -----------------------------------------------------------------------------------------------------------


def _session_levels(s: Session, family: str, day: int) -> frozenset[str]:
    """Return all levels of one family on one day, the proposed ones among them."""
    there = frozenset(level for f in s.facts if f.day == day and f.family == family for level, _ in f.sites)
    return there | s.levels if (family, day) == (s.family, s.day) else there


def _regions(s: Session, family: str, day: int, sites: frozenset[Site], plain: frozenset[str]) -> frozenset[str]:
    """Return the regions of some sites; a pair of levels that the rules join on one day counts in one region."""
    if not s.pairs:
        return plain
    held = _session_levels(s, family, day)
    for names, region, counted in s.pairs:
        if counted and set(names) <= held and sites:
            rest = {r for level, _ in sites for r in [_by_code(level)] if level not in names}
            touched = {region} if any(level in names for level, _ in sites) else set()
            return frozenset(rest | touched)
    return plain


def _by_code(level: str) -> str:
    return "lumbar-sacral" if level[0] == "L" or level in ("S1", "SI", "caudal") else "cervical-thoracic"


def _proposed_regions(s: Session) -> frozenset[str]:
    return _regions(s, s.family, s.day, s.sites, s.regions)


def _fact_regions(s: Session, fact: Fact) -> frozenset[str]:
    return _regions(s, fact.family, fact.day, fact.sites, fact.regions)


def _keys(s: Session, per: Scope) -> list[Any]:
    if per is Scope.PATIENT:
        return [None]
    if per is Scope.REGION:
        return sorted(_proposed_regions(s))
    return sorted(s.levels) if per is Scope.LEVEL else sorted(s.sites)


def _touches(s: Session, fact: Fact, per: Scope, key: Any) -> bool:
    if per is Scope.PATIENT:
        return True
    if per is Scope.REGION:
        return key in _fact_regions(s, fact)
    if per is Scope.LEVEL:
        return any(level == key for level, _ in fact.sites)
    return any(level == key[0] and (side == key[1] or "midline" in (side, key[1])) for level, side in fact.sites)


def _is(fact: Fact, which: Any) -> bool:
    if which.families and fact.family not in which.families:
        return False
    if which.intents and fact.intent not in which.intents:
        return False
    return not which.approaches or fact.approach is None or fact.approach in which.approaches


def _here(s: Session, which: Any, per: Scope, key: Any) -> list[Fact]:
    """Return what is meant and touches the place, up to the day, oldest first."""
    found = [f for f in s.facts if f.day <= s.day and _is(f, which) and _touches(s, f, per, key)]
    return sorted(found, key=lambda fact: (fact.day, fact.id))


# --- counts -----------------------------------------------------------------------------------------------------------


def _in_window(rule: MaxCount, s: Session, day: int, anchor: int) -> bool:
    spec = rule.window
    if spec.type == "lifetime":
        return day <= s.day
    if spec.type == "calendar-year":
        return year_of(day) == year_of(s.day) and day <= s.day
    if spec.type == "anchored-year":
        years = 0
        while back(s.day, 12 * (years + 1)) >= anchor:
            years += 1
        return back(anchor, -12 * years) <= day <= s.day
    if spec.days:
        return s.day - spec.days <= day <= s.day
    edge = back(s.day, spec.months or 0)
    return (edge < day if s.free else edge <= day) and day <= s.day


def _max_count(rule: MaxCount, s: Session) -> list[Said]:
    said: list[Said] = []
    for key in _keys(s, rule.per):
        facts = [f for f in _here(s, rule.counts or _about(rule), rule.per, key) if _counted(rule, f)]
        anchor = min((fact.day for fact in facts), default=s.day)
        inside = [fact for fact in facts if _in_window(rule, s, fact.day, anchor)]
        total = _total(rule, s, key, inside)
        if total > rule.limit:
            ever = rule.window.type == "lifetime" or _total(rule, s, key, []) > rule.limit
            said.append(Said(rule.code.value, "not_allowed", cureless=ever))
        elif total == rule.limit:
            said.append(Said("advice", "caution"))
        if s.free and rule.window.type == "rolling" and rule.window.months and total <= rule.limit:
            edge = back(s.day, rule.window.months)
            wider = [fact for fact in facts if edge <= fact.day]
            if _total(rule, s, key, wider) > rule.limit:
                said.append(Said("boundary_day", "caution"))
    return said


def _about(rule: Any) -> Any:
    return rule.about


def _counted(rule: MaxCount, fact: Fact) -> bool:
    if rule.former_payers == "count":
        return True
    return not fact.foreign if rule.former_payers == "ignore" else fact.counts


def _total(rule: MaxCount, s: Session, key: Any, facts: list[Fact]) -> int:
    """Return what the proposed session makes of the count."""
    days = sorted({fact.day for fact in facts} | {s.day})
    if rule.unit is Unit.SESSION and not rule.merge_sides_months:
        return len(days)
    sites = {
        day: frozenset(x for f in facts if f.day == day for x in f.sites) | (s.sites if day == s.day else frozenset())
        for day in days
    }
    if rule.unit is Unit.INJECTION:
        return sum(max(1, len([x for x in sites[day] if _inside(x, rule.per, key)])) for day in days)
    sessions: list[tuple[int, frozenset[Site]]] = []
    for day in days:
        last = sessions[-1] if sessions else None
        levels = {level for level, _ in sites[day]}
        other_side = last is not None and levels == {level for level, _ in last[1]} and not last[1] & sites[day]
        alone = day != s.day or not any(f.day == day for f in facts)
        if last and other_side and sites[day] and alone and back(day, rule.merge_sides_months) <= last[0]:
            sessions[-1] = (last[0], last[1] | sites[day])
        else:
            sessions.append((day, sites[day]))
    return len(sessions)


def _inside(site: Site, per: Scope, key: Any) -> bool:
    if per is Scope.PATIENT:
        return True
    if per is Scope.REGION:
        return _by_code(site[0]) == key
    return site[0] == key if per is Scope.LEVEL else site == key


# --- intervals and results --------------------------------------------------------------------------------------------


def _good(percent: float | None, months: float | None, asked_percent: float, asked_months: float) -> bool | None:
    short = (asked_percent and percent is not None and percent < asked_percent) or (
        asked_months and months is not None and months < asked_months
    )
    if short:
        return False
    missing = (asked_percent and percent is None) or (asked_months and months is None)
    return None if missing else True


def _repeat(rule: Repeat, s: Session) -> list[Said]:
    said: list[Said] = []
    for key in _keys(s, rule.per):
        earlier = [f for f in _here(s, rule.after or _about(rule), rule.per, key) if f.day < s.day]
        if not earlier:
            continue
        last = earlier[-1].day
        percent, months = _result([f for f in earlier if f.day == last])
        good = _good(percent, months, rule.percent, rule.relief_months)
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


def _requires(rule: Requires, s: Session) -> list[Said]:
    found = [_required(rule, s, key) for key in _keys(s, rule.per)]
    if False in found:
        return [never("prerequisite")]
    return [Said("prerequisite", "unknown")] if None in found else []


def _required(rule: Requires, s: Session, key: Any) -> bool | None:
    """Tell whether what must come first is there and good enough; None where a result is not on file."""
    if any(f.day < s.day for f in _here(s, rule.first or _about(rule), rule.per, key)):
        return True
    by_day: dict[int, list[Fact]] = {}
    for fact in _here(s, rule.of, rule.per, key):
        if fact.day < s.day and not (rule.void_after_months and fact.day < back(s.day, rule.void_after_months)):
            by_day.setdefault(fact.day, []).append(fact)
    results = [_good(*_result(by_day[day]), rule.percent, rule.relief_months) for day in sorted(by_day)]
    if rule.last:
        results = results[-rule.needs :]
        if len(results) < rule.needs or False in results:
            return False
        return None if None in results else True
    if results.count(True) >= rule.needs:
        return True
    return None if results.count(True) + results.count(None) >= rule.needs else False


# --- one day ----------------------------------------------------------------------------------------------------------


def _max_levels(rule: MaxLevels, s: Session) -> list[Said]:
    mine = _proposed_regions(s)
    same = [f for f in s.facts if f.day == s.day and f.family == s.family and _fact_regions(s, f) & mine]
    sites = s.sites | {site for fact in same for site in fact.sites}
    if _levels(rule, sites) <= rule.limit:
        return []
    alone = _levels(rule, s.sites) > rule.limit and rule.outcome.value == "not_allowed"
    return [Said("too_many_levels", rule.outcome.value, cureless=alone)]


def _levels(rule: MaxLevels, sites: frozenset[Site]) -> int:
    if not rule.per_side:
        return len({level for level, _ in sites})
    return max(len({level for level, at in sites if at in (side, "midline")}) for side in ("left", "right"))


def _one_region(rule: OneRegion, s: Session) -> list[Said]:
    which = rule.among or _about(rule)
    others = [f for f in s.facts if f.day == s.day and _is(f, which)]
    regions = set(_proposed_regions(s)).union(*(_fact_regions(s, f) for f in others))
    held = s.levels.union(*({level for level, _ in f.sites} for f in others if f.family == s.family))
    for names, region, counted in s.pairs:
        touched = any(level in names for level in s.levels)
        if not counted and set(names) <= held and touched:
            rest = {_by_code(level) for level in held if level not in names}
            rest |= {r for f in others if f.family != s.family or not f.sites for r in f.regions}
            return [Said("same_day", "unknown" if rest <= {region} else rule.outcome.value)]
    alone = len(_proposed_regions(s)) > 1 and rule.outcome.value == "not_allowed"
    return [Said("same_day", rule.outcome.value, cureless=alone)] if len(regions) > 1 else []


def _same_day(rule: SameDay, s: Session) -> list[Said]:
    clash = any(
        f.day == s.day and _is(f, rule.clashes) and any(_touches(s, f, rule.per, key) for key in _keys(s, rule.per))
        for f in s.facts
    )
    return [Said("same_day", rule.outcome.value)] if clash else []


def _advice(rule: Advice, s: Session) -> list[Said]:
    if rule.after is None:
        return [Said("advice", "caution")]
    said = any(_advised(rule, s, key) for key in _keys(s, rule.per))
    return [Said("advice", "caution")] if said else []


def _advised(rule: Advice, s: Session, key: Any) -> bool:
    earlier = [f for f in _here(s, rule.after, rule.per, key) if f.day < s.day]
    if rule.percent:
        earlier = [f for f in earlier if _good(f.percent, f.months, rule.percent, rule.relief_months) is True]
    if not earlier:
        return False
    last = earlier[-1].day
    if rule.gap_months and last > back(s.day, rule.gap_months):
        return False
    if rule.course_months and not _long_course([f.day for f in earlier], s.day, rule.course_months):
        return False
    if rule.unless:
        since = [f for f in _here(s, rule.unless.of, rule.per, key) if last < f.day < s.day]
        good = [f for f in since if _good(f.percent, f.months, rule.unless.percent, 0) is True]
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


def outcomes(said: list[Said]) -> Iterator[str]:
    return (each.outcome for each in said)


__all__ = ["Fact", "Said", "Session", "judge", "ordinal", "outcomes"]
