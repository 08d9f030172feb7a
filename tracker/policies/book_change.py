"""One thing that a rule book says otherwise than another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.us_dates import us_date


class ChangeKind(StrEnum):
    """What became of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


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
        return f"{us_date(self.first)} to {us_date(self.last)}" if self.last else f"from {us_date(self.first)}"

    def sentence(self) -> str:
        where = f" ({', '.join(self.contractors)})" if self.contractors else ""
        return f"{self.kind.value.capitalize()}{', ' if self.when else ''}{self.when}: {self.what}{where}"
