"""Relief as the desk types it: per cent, and for how many months."""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr

MOST_MONTHS = 240


def parse_percent(text: str) -> float | None:
    """Read "80" or "80 %"; None for nothing typed."""
    return _figure(text, r"%|percent|per cent", check_percent, tr("Type percent as a number from 0 to 100."))


def parse_months(text: str) -> float | None:
    """Read "6", "0.5" or "6 months"; None for nothing typed."""
    return _figure(text, r"m|mo|months?", check_months, tr("Type how many months as a number; two weeks are 0.5."))


def check_percent(percent: float | None) -> None:
    """Raise InvalidEntryError for what cannot be."""
    if percent is not None and not 0 <= percent <= 100:
        raise InvalidEntryError(tr("Relief lies between 0 and 100 percent."), "", tr("Correct the figure."))


def check_months(months: float | None) -> None:
    """Raise InvalidEntryError for what cannot be."""
    if months is not None and not 0 <= months <= MOST_MONTHS:
        raise InvalidEntryError(tr("Write how many months it helped."), "", tr("Two weeks are 0.5."))


def _figure(text: str, unit: str, check: Callable[[float | None], None], remedy: str) -> float | None:
    entry = text.strip().casefold()
    if not entry:
        return None
    match = re.fullmatch(rf"(\d{{1,4}}(?:\.\d{{1,2}})?)\s*(?:{unit})?", entry)
    if match is None:
        raise InvalidEntryError(tr("“{typed}” is no figure.", typed=text.strip()), "", remedy, text.strip())
    figure = float(match[1])
    check(figure)
    return figure


def figure_text(figure: float | None) -> str:
    """Return "80" or "0.5", "" for none."""
    return "" if figure is None else f"{figure:g}"
