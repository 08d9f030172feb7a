"""Whose visits stand under which head: a day by provider, a week of one provider by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.domain.us_dates import day_in_year
from tracker.ui.schedule.faces import DAY
from tracker.ui.schedule.span import Span
from tracker.ui.schedule.time_grid import Lane, TimeGrid, lay_out

if TYPE_CHECKING:
    from tracker.domain.patient import Provider
    from tracker.services.visits.schedule import DayRow


def grid_of(span: Span, providers: Sequence[Provider], today: date) -> TimeGrid:
    """Return the grid of what was loaded for a day or a week."""
    closed = span.closed or {}
    if span.face == DAY:
        return day_grid(span.first, span.rows, providers, closed, today, span.provider_id)
    provider = next((each for each in providers if each.id == span.provider_id), None)
    return week_grid(span.first, span.rows, provider, closed, today)


def day_grid(
    day: date, rows: Sequence[DayRow], providers: Iterable[Provider], closed: Mapping[date, str], today: date,
    only: str = "",
) -> TimeGrid:  # fmt: skip
    """Return one day, a lane for each provider (or `only` that one), and one for visits without a provider."""
    shown = [each for each in providers if only in ("", each.id)]
    known = {each.id for each in shown}
    columns = [
        (_lane(each.short or each.name, each.name, day, each.id, closed, today),
         [row for row in rows if row.booking.provider_id == each.id])
        for each in shown
    ]  # fmt: skip
    rest = [row for row in rows if row.booking.provider_id not in known]
    if rest or not columns:
        columns.append((_lane(tr("No provider"), tr("no provider"), day, "", closed, today), rest))
    return lay_out(columns)


def week_grid(
    monday: date, rows: Sequence[DayRow], provider: Provider | None, closed: Mapping[date, str], today: date
) -> TimeGrid:
    """Return one provider's week; days on which the clinic is closed and nobody comes are left out."""
    days = (monday + timedelta(days=n) for n in range(7))
    name, provider_id = (provider.name, provider.id) if provider else (tr("no provider"), "")
    columns = []
    for day in days:
        visits = [row for row in rows if row.booking.day == day]
        if visits or day not in closed or day.weekday() < 5:
            columns.append((_lane(day_in_year(day), name, day, provider_id, closed, today), visits))
    return lay_out(columns)


def _lane(head: str, spoken: str, day: date, provider_id: str, closed: Mapping[date, str], today: date) -> Lane:
    why = closed.get(day, "")
    return Lane(f"{head}  {why}" if why else head, day, provider_id, spoken, why, bookable=day >= today)
