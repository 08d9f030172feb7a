"""Dates as a US desk writes and reads them out."""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def us_date(day: date, weekday: bool = False) -> str:
    """Return "12/01/2026", or "Tue 12/01/2026" where the day is proposed."""
    return f"{day:%a %m/%d/%Y}" if weekday else f"{day:%m/%d/%Y}"
