"""Days of the clinic as moments, and moments as days: the clinic's clock is this computer's."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moment at which the first day begins here, and the one at which the last has ended."""
    begins, ends = (datetime.combine(day, time()).astimezone() for day in (first, last + timedelta(days=1)))
    return begins, ends


def local_day(moment: datetime) -> date:
    """Return the day here on which a moment fell."""
    return moment.astimezone().date()
