"""How the clinic keeps its screens from eyes that pass by."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr

SHORTEST_IDLE, LONGEST_IDLE = 2, 30
"""Minutes, as HIPAA's automatic logoff is mostly set (45 CFR 164.312(a)(2)(iii) gives no figure)."""
LONGEST_CLIPBOARD = 600


@dataclass(frozen=True, slots=True)
class Privacy:
    """Minutes until the desk locks by itself; seconds until a copied text is taken away, 0 to leave it."""

    idle_minutes: int = 10
    clipboard_seconds: int = 30


def check_privacy(wanted: Privacy) -> Privacy:
    """Return it. Raises InvalidEntryError, `about` naming the field."""
    if not SHORTEST_IDLE <= wanted.idle_minutes <= LONGEST_IDLE:
        sentence = tr("The desk cannot lock after {minutes} minutes.", minutes=wanted.idle_minutes)
        raise InvalidEntryError(sentence, "", tr("Type 2 to 30."), str(wanted.idle_minutes), about="idle_minutes")
    if not 0 <= wanted.clipboard_seconds <= LONGEST_CLIPBOARD:
        sentence = tr("{seconds} seconds cannot be.", seconds=wanted.clipboard_seconds)
        remedy = tr("Type 1 to 600, or 0 to leave what was copied.")
        raise InvalidEntryError(sentence, "", remedy, str(wanted.clipboard_seconds), about="clipboard_seconds")
    return wanted
