"""Lines of a checklist about earlier procedures: which were done at these sites, how much they helped, their scores."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date

from tracker.domain.anatomy import Target
from tracker.domain.authorization_terms import Span, TimeUnit
from tracker.domain.checklist import ChecklistItem, LookedUp
from tracker.domain.checklist_state import ChecklistRow, ItemState, Origin
from tracker.domain.clinical_record import Response
from tracker.domain.event import Event
from tracker.domain.language import tr
from tracker.domain.procedure import Intent
from tracker.domain.relief_entry import figure_text
from tracker.domain.response_entry import on_one_scale, same_scale, scale_after
from tracker.services.checklists.checklist_facts import BLOCK_OF, ChecklistFacts, touches
from tracker.services.words.wording import targets_text, us_partial

_DAYS_A_MONTH = 365.25 / 12
_ROUNDING = 0.02
"""Months by which a typed duration may fall short of one asked for in weeks or days."""


def result_rows(item: ChecklistItem, facts: ChecklistFacts) -> tuple[ChecklistRow, ...]:
    """Return a line for each earlier procedure that the item asks about, and one for each score that is missing."""
    blocks = item.satisfied_by.of is LookedUp.BLOCKS
    rows: list[ChecklistRow] = []
    scored: set[str] = set()  # a visit lacks its scores once, though its sites may have other blocks beside it
    for sites, events in _by_site(item, facts):
        where = targets_text(sites)
        for number in range(item.satisfied_by.times):
            name = _name(item, number, where)
            if number < len(events):
                rows.append(_result(item, name, events[number], facts))
                if blocks and events[number].id not in scored:
                    rows += _score_rows(item, events[number], where, facts)
                scored.add(events[number].id)
            else:
                rows.append(ChecklistRow(item, name, ItemState.MISSING, wanted=tr("none on file")))
        rows += _scales_between(item, events, where, facts) if blocks else ()
    return tuple(_once(rows))


def _by_site(item: ChecklistItem, facts: ChecklistFacts) -> list[tuple[list[Target], list[Event]]]:
    """Return the sites with the last procedures at each, sites of the same procedures together."""
    found: dict[tuple[str, ...], tuple[list[Target], list[Event]]] = {}
    singles: list[Target | None] = [*_single(facts.ask.targets)]
    for site in singles or [None]:
        events = _last_at(item, site, facts)
        sites, _ = found.setdefault(tuple(event.id for event in events), ([], events))
        sites += [site] if site else []
    return list(found.values())


def _single(targets: tuple[Target, ...]) -> list[Target]:
    return [Target(each.level, side) for each in targets for side in (sorted(each.side.single_sides) or [each.side])]


def _last_at(item: ChecklistItem, site: Target | None, facts: ChecklistFacts) -> list[Event]:
    """Return the last `times` days' procedures, oldest first; of one day's records the one that has a result."""
    ask = facts.ask
    if item.satisfied_by.of is LookedUp.BLOCKS:
        done = facts.done(BLOCK_OF.get(ask.family, ask.family), Intent.DIAGNOSTIC)
    else:
        done = facts.done(ask.family, ask.intent)
    by_day: dict[date, Event] = {}
    for event in done:
        if touches(event, (site,) if site else ()):
            kept = by_day.get(event.when.last)
            if kept is None or kept.relief_percent is None:
                by_day[event.when.last] = event
    return [by_day[day] for day in sorted(by_day)][-item.satisfied_by.times :]


def _name(item: ChecklistItem, number: int, where: str) -> str:
    what = tr("Diagnostic block") if item.satisfied_by.of is LookedUp.BLOCKS else tr("Result of the last one")
    counted = f" {number + 1}" if item.satisfied_by.times > 1 else ""
    return f"{what}{counted}, {where}" if where else f"{what}{counted}"


def _result(item: ChecklistItem, name: str, event: Event, facts: ChecklistFacts) -> ChecklistRow:
    """Return the line of one procedure: its day, per cent and months, and what they lack."""
    day, asked = us_partial(event.when), item.satisfied_by
    percent, months = event.relief_percent, event.relief_months
    if percent is None:
        return ChecklistRow(item, name, ItemState.MISSING, day, event_id=event.id, wanted=tr("relief not recorded"))
    told = _relief(day, percent, months)
    state, wanted = ItemState.PRESENT, ""
    if asked.percent is not None and percent < asked.percent:
        state, wanted = ItemState.SHORT, tr("{percent} % is asked", percent=figure_text(asked.percent))
    elif asked.lasting is not None and months is None:
        state, wanted = ItemState.MISSING, tr("for how long is missing")
    elif asked.lasting is not None and months is not None and months + _ROUNDING < months_of(asked.lasting):
        state, wanted = ItemState.SHORT, tr("{span} are asked", span=asked.lasting.words)
    detail = told + _scores(facts.responses.get(event.id))
    return ChecklistRow(item, name, state, detail, Origin.HISTORY, event.when.last, event.id, wanted=wanted)


def _relief(day: str, percent: float, months: float | None) -> str:
    if months is None:
        return f"{day}, {figure_text(percent)} %"
    return tr("{day}, {percent} % for {months} mo", day=day, percent=figure_text(percent), months=figure_text(months))


def months_of(span: Span) -> float:
    """Return a span in months, as durations of relief are recorded."""
    match span.unit:
        case TimeUnit.MONTHS:
            return float(span.value)
        case TimeUnit.WEEKS:
            return span.value * 7 / _DAYS_A_MONTH
        case TimeUnit.HOURS:
            return span.value / 24 / _DAYS_A_MONTH
        case _:
            return span.value / _DAYS_A_MONTH


def _scores(response: Response | None) -> str:
    if response is None or not on_one_scale(response):
        return ""
    before, after = figure_text(response.before), figure_text(response.after)
    return tr(", {scale} {before} to {after}", scale=response.scale, before=before, after=after)


def _score_rows(item: ChecklistItem, event: Event, where: str, facts: ChecklistFacts) -> Iterator[ChecklistRow]:
    """Yield what the scores of one block lack: payers want before and after on one named scale (policies.md 9)."""
    response = facts.responses.get(event.id)
    day = us_partial(event.when)
    visit = tr("the block on {day} at {where}", day=day, where=where) if where else tr("the block on {day}", day=day)
    before = response is not None and response.before is not None
    after = response is not None and response.after is not None
    if not (before and after):
        yield ChecklistRow(item, _score_wanted(before, after, visit), ItemState.MISSING, event_id=event.id)
    elif response is not None and not on_one_scale(response):
        scales = _two_scales(response.scale or tr("no scale"), scale_after(response) or tr("no scale"))
        name = tr("Pain scores of {visit} on one scale", visit=visit)
        yield ChecklistRow(item, name, ItemState.SHORT, scales, Origin.RESPONSE, event.when.last, event.id)


def _score_wanted(before: bool, after: bool, visit: str) -> str:
    if after:
        return tr("Pain score before {visit}", visit=visit)
    return (
        tr("Pain score after {visit}", visit=visit)
        if before
        else tr("Pain score before and after {visit}", visit=visit)
    )


def _two_scales(first: str, second: str) -> str:
    return tr("{first}, then {second}", first=first, second=second)


def _scales_between(
    item: ChecklistItem, events: list[Event], where: str, facts: ChecklistFacts
) -> Iterator[ChecklistRow]:
    """Yield a line where two blocks were scored on two scales."""
    scored = [(event, facts.responses[event.id]) for event in events if event.id in facts.responses]
    for (_, one), (event, other) in itertools.pairwise(scored):
        if one.scale and other.scale and not same_scale(scale_after(one), other.scale):
            name = (
                tr("Blocks at {where} scored on one scale", where=where) if where else tr("Blocks scored on one scale")
            )
            scales = _two_scales(scale_after(one), other.scale)
            yield ChecklistRow(item, name, ItemState.SHORT, scales, Origin.RESPONSE, event.when.last, event.id)


def _once(rows: list[ChecklistRow]) -> Iterator[ChecklistRow]:
    """Leave out what a line said already."""
    said: set[tuple[str, str]] = set()
    for row in rows:
        if (row.text, row.detail) not in said:
            said.add((row.text, row.detail))
            yield row
