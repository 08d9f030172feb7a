"""Dollars as the desk types them."""

from __future__ import annotations

import re

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr

_DOLLARS = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?")


def parse_dollars(text: str) -> int | None:
    """Read "312.40", "$1,312" or "312.4" as cents; None for nothing typed."""
    entry = text.strip()
    if not entry:
        return None
    match = _DOLLARS.fullmatch(entry)
    if match is None:
        raise InvalidEntryError(
            tr("“{entry}” is no amount.", entry=entry), "", tr("Type dollars, such as 312.40."), entry
        )
    return int(match[1].replace(",", "")) * 100 + int((match[2] or "0").ljust(2, "0"))


def dollars_text(cents: int | None) -> str:
    """Return "1312.40" as it is typed, "" for none."""
    return "" if cents is None else f"{cents // 100}.{cents % 100:02}"
