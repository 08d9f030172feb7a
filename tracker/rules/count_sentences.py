"""A counted limit in plain words, with how its window is bounded and what goes over it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.language import tr, tr_n
from tracker.domain.rule import Unit, WindowSpec
from tracker.domain.rule_kinds import MaxCount
from tracker.domain.verdict import FindingCode
from tracker.rules.phrases import a_what, per, what
from tracker.rules.words import milder, months_words, window_words


def max_count(rule: MaxCount) -> tuple[str, str]:
    """Return the limit with everything that changes its meaning, and the rule's own words."""
    limit = tr(
        "at most {units} {per} in {window}, {boundary}",
        units=_units(rule),
        per=per(rule.per, rule.counted),
        window=window_words(rule.window),
        boundary=_boundary(rule.window),
    )
    if rule.counted != rule.about:
        limit = tr("before {a_what}, {limit}", a_what=a_what(rule.about), limit=limit)
    return "; ".join((limit, *_beside(rule))), tr(rule.text)


def _beside(rule: MaxCount) -> Iterator[str]:
    if rule.merge_sides_months:
        time = months_words(rule.merge_sides_months)
        yield tr("left and right of a level within {time} are one", time=time)
    if rule.next_day_joins:
        yield tr("a day and the next may be one session: then it asks")
    if rule.improved_percent:
        percent = f"{rule.improved_percent:g}"
        yield tr("beyond that only with {percent}% relief on record from one of them", percent=percent)
    if rule.without_kx:
        yield tr("blocks claimed without KX count too")
    if rule.former_payers == "count":
        yield tr("what another payer paid counts too")
    elif rule.former_payers != "ask":
        yield tr("what another payer paid does not count")
    if rule.code is FindingCode.NOT_COVERED:
        yield tr("a further one is called unproven and not covered")
    if mild := milder(rule.outcome):
        yield tr("beyond that {outcome}", outcome=mild)


def _units(rule: MaxCount) -> str:
    if rule.unit is Unit.INJECTION:
        return _injections(rule)
    named = what(rule.counted)
    if rule.unit is Unit.LEVEL:
        return tr_n(
            "{n} {what} level (both sides of a level are one)",
            "{n} {what} levels (both sides of a level are one)",
            rule.limit,
            what=named,
        )
    return tr_n("{n} {what} session", "{n} {what} sessions", rule.limit, what=named)


def _injections(rule: MaxCount) -> str:
    if len(rule.counted.families) == 1:
        named = what(rule.counted, many=rule.limit > 1)
        return tr("{count} {what} (each level on each side is one)", count=rule.limit, what=named)
    named = what(rule.counted, many=True)
    return tr("{count} sites of {what} (each level on each side is one)", count=rule.limit, what=named)


def _boundary(window: WindowSpec) -> str:
    """Say how the window is bounded: "counted by date of service; the anniversary day still counts"."""
    if window.endless:
        return tr("all on file counted")
    if window.type == "calendar-year":
        return tr("counted by date of service from January 1 to December 31")
    if window.type == "anchored-year":
        return tr("counted by date of service, anew on each anniversary")
    if window.days:
        return tr("counted by date of service; day {day} still counts", day=window.days)
    if window.months and window.months % 12:
        time = months_words(window.months)
        return tr("counted by date of service; the same day {time} later still counts", time=time)
    return tr("counted by date of service; the anniversary day still counts")
