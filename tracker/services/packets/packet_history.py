"""The history as a packet tells it: every injection numbered, and what each limit counts of it."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.domain.event import Event, EventStatus, Place
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Tally, Verdict
from tracker.services.answers.charts import Chart
from tracker.services.packets.packet_content import CountRow, HistoryRow
from tracker.services.words.wording import STATUS_WORDS, place_text, procedure_word, us_partial

_LEFT_OUT = frozenset({EventStatus.CANCELLED, EventStatus.NO_SHOW})


def history_rows(chart: Chart) -> tuple[HistoryRow, ...]:
    """Return what was done or is booked, oldest first; what was called off is no history."""
    events = sorted(_told(chart), key=lambda event: event.when)
    return tuple(_row(number, event) for number, event in enumerate(events, 1))


def numbers_of(chart: Chart) -> dict[str, int]:
    """Return the number in the packet by event id."""
    return {event.id: number for number, event in enumerate(sorted(_told(chart), key=lambda event: event.when), 1)}


def _told(chart: Chart) -> list[Event]:
    return [entry.event for entry in chart.entries if entry.event.status not in _LEFT_OUT]


def _row(number: int, event: Event) -> HistoryRow:
    what = procedure_word(event.family, event.intent, event.approach)
    status = tr(STATUS_WORDS.get(event.status, ""))
    return HistoryRow(
        number=number,
        day=us_partial(event.when),
        what=f"{what} ({status})" if status else what,
        where=place_text(event),
        place=tr("elsewhere") if event.place is Place.ELSEWHERE else tr("here"),
        relief=_relief(event),
        targets=event.targets,
    )


def _relief(event: Event) -> str:
    percent = f"{event.relief_percent:g} %" if event.relief_percent is not None else ""
    months = tr("{months:g} months", months=event.relief_months) if event.relief_months is not None else ""
    return ", ".join(part for part in (percent, months) if part)


def count_rows(verdict: Verdict, numbers: Mapping[str, int]) -> tuple[CountRow, ...]:
    """Return one row a limit, as the rules counted it on the day that is asked for."""
    return tuple(_count(tally, numbers) for tally in verdict.tallies)


def _count(tally: Tally, numbers: Mapping[str, int]) -> CountRow:
    first = tr("everything on file") if tally.window.open_start else us_date(tally.window.start)
    left_out = [(numbers[each.event_id], each.reason) for each in tally.not_counted if each.event_id in numbers]
    return CountRow(
        label=f"{tally.label}, {tally.scope}" if tally.scope else tally.label,
        used=tr("{used} of {limit} {unit} used", used=tally.used, limit=tally.limit, unit=tally.unit),
        window=tr("{first} to {last}", first=first, last=us_date(tally.window.end)),
        counted=tuple(sorted(numbers[each.event_id] for each in tally.counted if each.event_id in numbers)),
        not_counted=tuple(sorted(left_out)),
        source=tally.source.title if tally.source else "",
    )
