"""One thing that a rule book says otherwise than another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.language import msg, tr
from tracker.domain.us_dates import us_date


class ChangeKind(StrEnum):
    """What became of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        return tr(_LABELS[self])


_LABELS = {
    ChangeKind.ADDED: msg("Added"),
    ChangeKind.REMOVED: msg("Removed"),
    ChangeKind.CHANGED: msg("Changed"),
}


@dataclass(frozen=True, slots=True)
class BookChange:
    """One thing that differs. `first` and `last` are the dates of service that it concerns, None: without end.

    `who` is the payer, `about` the policy; an empty `contractors` means all of them.
    """

    who: str
    about: str
    kind: ChangeKind
    what: str
    first: date | None = None
    last: date | None = None
    contractors: tuple[str, ...] = ()

    @property
    def when(self) -> str:
        """Return "from 03/01/2027", "03/01/2027 to 05/31/2027", or "" where no day is in question."""
        if self.first is None:
            return ""
        first = us_date(self.first)
        return tr("{start} to {end}", start=first, end=us_date(self.last)) if self.last else tr("from {day}", day=first)

    def sentence(self) -> str:
        where = f" ({', '.join(self.contractors)})" if self.contractors else ""
        return f"{self.kind.label}{', ' if self.when else ''}{self.when}: {self.what}{where}"
