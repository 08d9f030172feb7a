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
from tracker.domain.procedure import Intent
from tracker.domain.relief_entry import figure_text
from tracker.domain.response_entry import on_one_scale, same_scale, scale_after
from tracker.services.checklist_facts import BLOCK_OF, ChecklistFacts, touches
from tracker.services.wording import targets_text, us_partial

_DAYS_A_MONTH = 365.25 / 12
_ROUNDING = 0.02
"""Months by which a typed duration may fall short of one asked for in weeks or days."""


def result_rows(item: ChecklistItem, facts: ChecklistFacts) -> tuple[ChecklistRow, ...]:
    """Return a line for each earlier procedure that the item asks about, and one for each score that is missing."""
    blocks = item.satisfied_by.of is LookedUp.BLOCKS
    rows: list[ChecklistRow] = []
    for sites, events in _by_site(item, facts):
        where = targets_text(sites)
        for number in range(item.satisfied_by.times):
            name = _name(item, number, where)
            if number < len(events):
                rows.append(_result(item, name, events[number], facts))
                rows += _score_rows(item, events[number], where, facts) if blocks else ()
            else:
                rows.append(ChecklistRow(item, name, ItemState.MISSING, "none on file"))
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
    what = "Diagnostic block" if item.satisfied_by.of is LookedUp.BLOCKS else "Result of the last one"
    counted = f" {number + 1}" if item.satisfied_by.times > 1 else ""
    return f"{what}{counted}, {where}" if where else f"{what}{counted}"


def _result(item: ChecklistItem, name: str, event: Event, facts: ChecklistFacts) -> ChecklistRow:
    day, asked = us_partial(event.when), item.satisfied_by
    given = {"event_id": event.id, "dated": event.when.last, "origin": Origin.HISTORY}
    percent, months = event.relief_percent, event.relief_months
    if percent is None:
        return ChecklistRow(item, name, ItemState.MISSING, f"{day}, relief not recorded", event_id=event.id)
    told = f"{day}, {figure_text(percent)} %" + (f" for {figure_text(months)} mo" if months is not None else "")
    if asked.percent is not None and percent < asked.percent:
        wanted = f"{told}, {figure_text(asked.percent)} % is asked"
        return ChecklistRow(item, name, ItemState.SHORT, wanted, **given)  # type: ignore[arg-type]  # fields above
    if asked.lasting is not None and months is None:
        return ChecklistRow(item, name, ItemState.MISSING, f"{told}, for how long is missing", event_id=event.id)
    if asked.lasting is not None and months is not None and months + _ROUNDING < months_of(asked.lasting):
        wanted = f"{told}, {asked.lasting.text} are asked"
        return ChecklistRow(item, name, ItemState.SHORT, wanted, **given)  # type: ignore[arg-type]  # fields above
    scores = _scores(facts.responses.get(event.id))
    shown = f"{told}{scores}"
    return ChecklistRow(item, name, ItemState.PRESENT, shown, **given)  # type: ignore[arg-type]  # fields above


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
    return f", {response.scale} {figure_text(response.before)} to {figure_text(response.after)}"


def _score_rows(item: ChecklistItem, event: Event, where: str, facts: ChecklistFacts) -> Iterator[ChecklistRow]:
    """Yield what the scores of one block lack: payers want before and after on one named scale (policies.md 9)."""
    response = facts.responses.get(event.id)
    visit = f"the block on {us_partial(event.when)}" + (f" at {where}" if where else "")
    before = response is not None and response.before is not None
    after = response is not None and response.after is not None
    if not (before and after):
        which = "before" if after else "after" if before else "before and after"
        yield ChecklistRow(item, f"Pain score {which} {visit}", ItemState.MISSING, event_id=event.id)
    elif response is not None and not on_one_scale(response):
        scales = f"{response.scale or 'no scale'}, then {scale_after(response) or 'no scale'}"
        name = f"Pain scores of {visit} on one scale"
        yield ChecklistRow(item, name, ItemState.SHORT, scales, Origin.RESPONSE, event.when.last, event.id)


def _scales_between(
    item: ChecklistItem, events: list[Event], where: str, facts: ChecklistFacts
) -> Iterator[ChecklistRow]:
    """Yield a line where two blocks were scored on two scales."""
    scored = [(event, facts.responses[event.id]) for event in events if event.id in facts.responses]
    for (_, one), (event, other) in itertools.pairwise(scored):
        if one.scale and other.scale and not same_scale(scale_after(one), other.scale):
            name = f"Blocks at {where} scored on one scale" if where else "Blocks scored on one scale"
            scales = f"{scale_after(one)}, then {other.scale}"
            yield ChecklistRow(item, name, ItemState.SHORT, scales, Origin.RESPONSE, event.when.last, event.id)


def _once(rows: list[ChecklistRow]) -> Iterator[ChecklistRow]:
    """Leave out what one visit lacks when a line said it already: its sites may have other blocks beside it."""
    said: set[tuple[str, str]] = set()
    for row in rows:
        key = (row.event_id, row.text.split(" at ")[0]) if row.text.startswith("Pain score") else (row.text, row.detail)
        if key not in said:
            said.add(key)
            yield row
