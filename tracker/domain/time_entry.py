"""Times of day as the desk types them: 9, 930, 9:30, 2p, 2:15 pm, 14:00."""

from __future__ import annotations

import re
from datetime import time

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr

_FIRST_OF_DAY = 7
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>a|p|am|pm|a\.m\.|p\.m\.)?")


def parse_time(text: str) -> time:
    """Return the time that was typed; without am or pm 1 to 6 are in the afternoon, 7 to 11 in the morning.

    Raises InvalidEntryError for what is no time.
    """
    entry = text.strip().casefold()
    match = _TIME.fullmatch(entry)
    if match is None:
        raise _wrong(text)
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "")[:1]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise _wrong(text)
    return time(_on_the_clock(hour, half, len(match["hour"]) == 2 and match["hour"][0] == "0"), minute)


def _on_the_clock(hour: int, half: str, leading_zero: bool) -> int:
    if half:
        return hour % 12 + (12 if half == "p" else 0)
    return hour + 12 if 1 <= hour < _FIRST_OF_DAY and not leading_zero else hour


def may_become_time(text: str) -> bool:
    """Tell whether more typing could still make a time of it."""
    entry = text.strip().casefold()
    return re.fullmatch(r"\d{1,2}([:.]\d?)?|\d{1,2}[:.]?\d{2}\s*[ap]\.?(m?)", entry) is not None


def _wrong(text: str) -> InvalidEntryError:
    shown = text.strip()
    return InvalidEntryError(tr("“{shown}” is no time.", shown=shown), "", tr("Type 930, 9:30, 2p or 14:00."), shown)
