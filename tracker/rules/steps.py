"""Steps that come first: earlier results that must be on record before the first one at a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.domain.language import tr
from tracker.domain.rule_kinds import Requires
from tracker.domain.verdict import Finding, FindingCode, Met, Outcome
from tracker.domain.windows import months_before
from tracker.rules import words
from tracker.rules.facts import Fact, Item, Key, Look
from tracker.rules.repeating import as_one, good_enough


def requires(rule: Requires, look: Look) -> Iterator[Item]:
    """Say for every place of the proposal whether what must come first is on record, and good enough."""
    found = [item for key in look.keys(rule.per) if (item := _in_place(rule, look, key)) is not None]
    worst = max((item.outcome for item in found if isinstance(item, Finding)), default=None)
    for item in found:
        if worst is None or (isinstance(item, Finding) and item.outcome is worst):
            yield item


def _in_place(rule: Requires, look: Look, key: Key) -> Item | None:
    if look.before(rule.first or rule.about, rule.per, key):
        return None
    results = _results(rule, look, key)
    judged = judged_results(rule, [(fact, good_enough(fact, rule.percent, rule.relief_months)) for fact in results])
    match lacking(rule, judged):
        case Outcome.NOT_ALLOWED:
            bad = [fact for fact, enough in judged if enough is False]
            return _missing(rule, look, key, judged=[fact for fact, _ in judged], bad=bad)
        case Outcome.UNKNOWN:
            return _unknown(rule, look, key, [fact for fact, enough in judged if enough is None])
    good = spaced(rule, [fact for fact, enough in judged if enough])
    return _met(rule, look, key, good[-rule.needs :]) if look.telling else None


ResultJudged = tuple[Fact, bool | None]
"""A result, and whether it is good enough; None where that is open."""


def judged_results(rule: Requires, results: list[ResultJudged]) -> list[ResultJudged]:
    """Return the results that are looked at: all, or the most recent ones."""
    return results[_first_of_last(rule, [fact for fact, _ in results]) :] if rule.last else results


def lacking(rule: Requires, judged: list[ResultJudged]) -> Outcome | None:
    """Tell whether results are missing (not allowed), or open; None where enough of them are good."""
    good = spaced(rule, [fact for fact, enough in judged if enough])
    hoped = spaced(rule, [fact for fact, enough in judged if enough is not False])
    if len(hoped) < rule.needs or (rule.last and any(enough is False for _, enough in judged)):
        return Outcome.NOT_ALLOWED
    if len(good) < rule.needs or (rule.last and any(enough is None for _, enough in judged)):
        return Outcome.UNKNOWN
    return None


def spaced(rule: Requires, results: list[Fact]) -> list[Fact]:
    """Return the results that lie far enough apart, as many as there can be: chosen from the last one backwards."""
    chosen: list[Fact] = []
    for fact in reversed(results):
        if not chosen or (chosen[-1].day - fact.day).days >= rule.apart_days:
            chosen.append(fact)
    return chosen[::-1]


def _first_of_last(rule: Requires, results: list[Fact]) -> int:
    """Return where the most recent ones begin that are as many as needed, 0 where there are not so many."""
    enough = spaced(rule, results)[-rule.needs :]
    return results.index(enough[0]) if len(enough) == rule.needs else 0


def _results(rule: Requires, look: Look, key: Key) -> list[Fact]:
    """Return the sessions asked for, one a day, oldest first."""
    oldest = months_before(look.day, rule.void_after_months) if rule.void_after_months else None
    by_day: dict[date, list[Fact]] = {}
    for fact in look.before(rule.of, rule.per, key):
        if oldest is None or fact.day >= oldest:
            by_day.setdefault(fact.day, []).append(fact)
    return [as_one(records) for records in by_day.values()]


def _asked(rule: Requires, key: Key) -> str:
    what = words.sessions(rule.needs, rule.of)
    if rule.last and rule.needs > 1:
        what = tr("{sessions} in a row", sessions=what)
    if rule.apart_days:
        what = tr("{sessions} at least {time} apart", sessions=what, time=words.days_words(rule.apart_days))
    what += words.place(rule.per, key)
    if rule.percent or rule.relief_months:
        return tr("{sessions} with at least {result}", sessions=what, result=_result(rule))
    return what


def _result(rule: Requires) -> str:
    return words.result_words(rule.percent, rule.relief_months)


def _met(rule: Requires, look: Look, key: Key, good: list[Fact]) -> Met:
    days = words.all_of([words.on(fact.day) for fact in good])
    reliefs = words.all_of([f"{fact.relief_percent:g}%" for fact in good if fact.relief_percent is not None])
    told = tr("{reliefs} on {days}", reliefs=reliefs, days=days) if reliefs else days
    return Met(rule.id, f"{_asked(rule, key)}: {told}.", look.source(rule))


def _missing(rule: Requires, look: Look, key: Key, *, judged: list[Fact], bad: list[Fact]) -> Finding:
    message = _missing_words(rule, key, judged, bad) if look.telling else ""
    counted = tuple(fact.id for fact in (bad or judged))
    return Finding(
        FindingCode.PREREQUISITE, Outcome.NOT_ALLOWED, rule.id, message, counted, rule.needs, source=look.source(rule)
    )


def _missing_words(rule: Requires, key: Key, judged: list[Fact], bad: list[Fact]) -> str:
    if not bad and len(judged) >= rule.needs:
        days = words.all_of([words.on(fact.day) for fact in judged])
        message = tr("Needs {asked}; those on file, {days}, lie closer together.", asked=_asked(rule, key), days=days)
    elif bad:
        days = words.all_of([f"{words.on(fact.day)} ({fact.relief_percent or 0:g}%)" for fact in bad])
        message = tr("Needs {asked}; too little relief on {days}.", asked=_asked(rule, key), days=days)
    else:
        message = _on_file(_asked(rule, key), len(judged))
    if rule.void_after_months:
        time = words.months_words(rule.void_after_months)
        return tr("{said} What is older than {time} does not serve.", said=message, time=time)
    return message


def _on_file(asked: str, count: int) -> str:
    if count < 2:
        one = tr("Needs {asked}; one is on file.", asked=asked)
        return one if count else tr("Needs {asked}; none is on file.", asked=asked)
    return tr("Needs {asked}; {count} are on file.", asked=asked, count=count)


def _unknown(rule: Requires, look: Look, key: Key, open_: list[Fact]) -> Finding:
    message = ask = ""
    if look.telling or look.counting:
        days = words.all_of([words.on(fact.day) for fact in open_])
        message = tr("Needs {asked}; the result of {days} is not on file.", asked=_asked(rule, key), days=days)
        ask = tr("Ask how much the injection of {days} helped, and record it.", days=days)
    return Finding(
        FindingCode.PREREQUISITE,
        Outcome.UNKNOWN,
        rule.id,
        message,
        tuple(fact.id for fact in open_),
        rule.needs,
        source=look.source(rule),
        ask=ask,
    )
