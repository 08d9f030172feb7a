"""Repeats: how long after the last one, and how well the last one must have helped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.domain.language import tr, tr_n
from tracker.domain.rule_kinds import Repeat
from tracker.domain.verdict import Finding, FindingCode, Met, Outcome
from tracker.domain.windows import ONE_DAY, Window, first_day_after_months, interval_months_met
from tracker.rules import words
from tracker.rules.facts import Fact, Item, Key, Look


@dataclass(frozen=True, slots=True)
class Last:
    """The last one before the proposed day, and where."""

    fact: Fact
    key: Key
    first: bool
    """Whether it was the first of its place."""


def repeat(rule: Repeat, look: Look) -> Iterator[Item]:
    """Say what stands between the last one in each place and this one."""
    lasts = [last for key in look.keys(rule.per) if (last := _last(rule, look, key)) is not None]
    found = [item for last in lasts for item in _judged(rule, look, last)]
    yield from _without_repetition(found)


def _last(rule: Repeat, look: Look, key: Key) -> Last | None:
    earlier = look.before(rule.earlier, rule.per, key)
    if not earlier:
        return None
    day = earlier[-1].day
    return Last(as_one([fact for fact in earlier if fact.day == day]), key, earlier[0].day == day)


def as_one(records: list[Fact]) -> Fact:
    """Return the records of one day as one: what any of them knows; where they differ, the lesser result."""
    if len(records) == 1:
        return records[0]
    percents = [fact.relief_percent for fact in records if fact.relief_percent is not None]
    months = [fact.relief_months for fact in records if fact.relief_months is not None]
    return records[-1]._replace(relief_percent=min(percents, default=None), relief_months=min(months, default=None))


def _judged(rule: Repeat, look: Look, last: Last) -> Iterator[Item]:
    good = good_enough(last.fact, rule.percent, rule.relief_months)
    if rule.early is None or not look.proposal.technique_changed or not last.first:
        yield from _ordinary(rule, look, last, good)
        return
    # The exception is for a first one that fell short. Not knowing how it went, it is judged both ways (CHOICES 16).
    if good is True:
        yield from _ordinary(rule, look, last, good)
    elif good is False:
        yield from _early(rule, look, last, rule.early.days)
    else:
        yield from _either(rule, look, last, rule.early.days)


def good_enough(fact: Fact, percent: float, months: float) -> bool | None:
    """Tell whether the recorded result reaches the figures; None when what is asked was not recorded."""
    asked = [(fact.relief_percent, percent), (fact.relief_months, months)]
    known = [value >= needed for value, needed in asked if needed and value is not None]
    if not all(known):
        return False
    return None if len(known) < sum(1 for _, needed in asked if needed) else True


def _ordinary(rule: Repeat, look: Look, last: Last, good: bool | None) -> Iterator[Item]:
    if good is False:
        yield _fell_short(rule, look, last)
    elif good is None:
        yield from _not_recorded(rule, look, last)
    elif look.telling and rule.percent and last.fact.relief_percent is not None:
        shown = tr(
            "{percent}% relief from the one of {day}{where}.",
            percent=f"{last.fact.relief_percent:g}",
            **_which(rule, last),
        )
        yield Met(rule.id, shown, look.source(rule))
    interval = interval_not_over(rule, look, last)
    if interval is not None:
        yield interval
    elif look.telling and (rule.months or rule.days):
        yield _over(rule, look, last)


def interval_not_over(rule: Repeat, look: Look, last: Last) -> Finding | None:
    """Say that too little lies between the last one and this one; None where enough does."""
    return _by_months(rule, look, last) if rule.months else _by_days(rule, look, last, rule.days)


def _over(rule: Repeat, look: Look, last: Last) -> Met:
    """Tell since when the interval is over."""
    clear = first_day_after_months(last.fact.day, rule.months) if rule.months else _clear_day(last, rule.days)
    interval = words.interval_words(rule.days, rule.months)
    message = tr(
        "{interval} after the one of {day}{where} are over since {clear}.",
        interval=f"{interval[:1].upper()}{interval[1:]}",
        clear=words.on(clear),
        **_which(rule, last),
    )
    return Met(rule.id, message, look.source(rule), Window(last.fact.day, clear), interval)


def _clear_day(last: Last, days: int) -> date:
    return last.fact.day + timedelta(days=days) + ONE_DAY


def _early(rule: Repeat, look: Look, last: Last, days: int) -> Iterator[Item]:
    interval = _by_days(rule, look, last, days)
    if interval is not None:
        yield interval
    if interval is None or interval.outcome is Outcome.CAUTION:
        message = tr_n(
            "The first one, of {day}, fell short, and this one changes the technique: it may follow after {n} day. "
            "Put the change on record.",
            "The first one, of {day}, fell short, and this one changes the technique: it may follow after {n} days. "
            "Put the change on record.",
            days,
            day=words.on(last.fact.day),
        )
        yield Finding(FindingCode.ADVICE, Outcome.CAUTION, rule.id, message, (last.fact.id,), source=look.source(rule))


def _either(rule: Repeat, look: Look, last: Last, days: int) -> Iterator[Item]:
    """Judge an unknown result both ways: blocked either way is blocked, otherwise the result must be asked for."""
    if_good = [item for item in _ordinary(rule, look, last, True) if isinstance(item, Finding)]
    if_bad = [item for item in _early(rule, look, last, days) if isinstance(item, Finding)]
    against = [item for item in (*if_good, *if_bad) if item.outcome is Outcome.NOT_ALLOWED]
    if not against or all(any(item in against for item in each) for each in (if_good, if_bad)):
        yield from if_bad
        return
    # The day stays in doubt until neither reading speaks against it.
    clear = max((item.clears_on for item in against if item.clears_on), default=None)
    yield from (replace(item, clears_on=clear) for item in _not_recorded(rule, look, last))


def _by_months(rule: Repeat, look: Look, last: Last) -> Finding | None:
    if interval_months_met(look.day, last.fact.day, rule.months):
        return None
    return _too_soon(
        rule, look, last, words.months_words(rule.months), first_day_after_months(last.fact.day, rule.months)
    )


def _by_days(rule: Repeat, look: Look, last: Last, days: int) -> Finding | None:
    passed = (look.day - last.fact.day).days
    if not days or passed > days:
        return None
    clear = _clear_day(last, days)
    if passed < days:
        return _too_soon(rule, look, last, words.days_words(days), clear)
    message = tr(
        "This is day {days} after the one of {day}{where}. Texts differ on whether day {days} itself will do; {clear} "
        "is clear.",
        days=days,
        clear=words.proposed(clear),
        **_which(rule, last),
    )
    window, source = Window(last.fact.day, look.day), look.source(rule)
    return Finding(
        FindingCode.BOUNDARY_DAY, Outcome.CAUTION, rule.id, message, (last.fact.id,), days, window, clear, source
    )


def _too_soon(rule: Repeat, look: Look, last: Last, interval: str, clear: date) -> Finding:
    message = _soon_words(rule, look, last, interval, clear) if look.telling else ""
    window, source = Window(last.fact.day, look.day), look.source(rule)
    return Finding(
        FindingCode.TOO_SOON, Outcome.NOT_ALLOWED, rule.id, message, (last.fact.id,), None, window, clear, source
    )


def _soon_words(rule: Repeat, look: Look, last: Last, interval: str, clear: date) -> str:
    named = {
        "what": words.kind_words(rule.earlier),
        "before": words.days_words((look.day - last.fact.day).days),
        "interval": interval,
        "clear": words.proposed(clear),
        **_which(rule, last),
    }
    if last.fact.booked:
        return tr(
            "The last {what} procedure{where} is booked for {day}, {before} before; {interval} must lie between. Clear "
            "on {clear}.",
            **named,
        )
    return tr(
        "The last {what} procedure{where} was on {day}, {before} before; {interval} must lie between. Clear on "
        "{clear}.",
        **named,
    )


def _which(rule: Repeat, last: Last) -> dict[str, str]:
    """Return the day and the place of the last one, as texts call it."""
    return {"day": words.on(last.fact.day), "where": words.place(rule.per, last.key)}


def _fell_short(rule: Repeat, look: Look, last: Last) -> Finding:
    message, source = _short_words(rule, last) if look.telling else "", look.source(rule)
    return Finding(FindingCode.PREREQUISITE, Outcome.NOT_ALLOWED, rule.id, message, (last.fact.id,), source=source)


def _short_words(rule: Repeat, last: Last) -> str:
    return tr(
        "The one of {day}{where} brought {result}; a repeat needs {needed}.",
        result=_result(last.fact),
        needed=words.result_words(rule.percent, rule.relief_months),
        **_which(rule, last),
    )


def _not_recorded(rule: Repeat, look: Look, last: Last) -> Iterator[Finding]:
    """Say that the result must be asked for; where it decides between two ways, it is a doubt of the history too."""
    message, ask = _open_words(rule, last) if look.telling or look.counting else ("", "")
    for code in (FindingCode.HISTORY, FindingCode.PREREQUISITE) if rule.early else (FindingCode.PREREQUISITE,):
        yield Finding(code, Outcome.UNKNOWN, rule.id, message, (last.fact.id,), source=look.source(rule), ask=ask)


def _open_words(rule: Repeat, last: Last) -> tuple[str, str]:
    said = {"needed": words.result_words(rule.percent, rule.relief_months), **_which(rule, last)}
    if last.fact.booked:
        message = tr(
            "The one of {day}{where} has not taken place yet, so it has no result; a repeat needs {needed}.", **said
        )
    else:
        message = tr("The one of {day}{where} has no result on file; a repeat needs {needed}.", **said)
    day = words.on(last.fact.day)
    return message, tr("Ask how much the injection of {day} helped, and for how long, and record it.", day=day)


def _result(fact: Fact) -> str:
    relief = tr("relief of unknown degree")
    if fact.relief_percent is not None:
        relief = tr("{percent}% relief", percent=f"{fact.relief_percent:g}")
    if fact.relief_months is None:
        return relief
    return tr("{relief} for {time}", relief=relief, time=words.months_words(fact.relief_months))


def _without_repetition(items: list[Item]) -> Iterator[Item]:
    """Keep one finding for one event and code: both sides of one injection say the same."""
    seen = set()
    for item in items:
        mark = (item.code, item.outcome, item.counted) if isinstance(item, Finding) else item
        if mark not in seen:
            seen.add(mark)
            yield item
