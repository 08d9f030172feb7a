"""Prior authorizations as the payer answered them, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.anatomy import Target


class AuthorizationKind(StrEnum):
    """Whose programme: a plan's own, Medicare's hospital outpatient list, or WISeR."""

    PAYER = "payer"
    MEDICARE_OPD = "medicare-opd"
    WISER = "wiser"


class AuthorizationStatus(StrEnum):
    """Where the request stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PENDED = "pended"
    MORE_WANTED = "more-wanted"
    APPROVED = "approved"
    PARTIALLY_APPROVED = "partially-approved"
    MODIFIED = "modified"
    DENIED = "denied"
    APPEALED = "appealed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    NOT_REQUIRED = "not-required"

    @property
    def grants(self) -> bool:
        """Tell whether approved lines of it may be used."""
        return self in (self.APPROVED, self.PARTIALLY_APPROVED, self.MODIFIED)

    @property
    def waits(self) -> bool:
        """Tell whether somebody has to do something about it yet: the desk, or the payer."""
        return self in (self.DRAFT, self.SUBMITTED, self.PENDED, self.MORE_WANTED, self.APPEALED)

    @property
    def at_payer(self) -> bool:
        """Tell whether the payer has it and has not decided."""
        return self in (self.SUBMITTED, self.PENDED, self.MORE_WANTED, self.APPEALED)


@dataclass(frozen=True, slots=True)
class AuthorizationLine:
    """One code: units granted (None = unlimited); empty targets fit every level and side.

    `used` were used by visits that are not on file here. What visits on file use is counted anew each time
    (`tracker.rules.allocation`): those done are added to `used`, those to come are `booked`, which is never stored.
    """

    code: str
    units: int | None = 1
    used: int = 0
    targets: tuple[Target, ...] = ()
    denied: bool = False
    booked: int = 0

    @property
    def left(self) -> int | None:
        """Return the units that a further visit may use, None for no limit."""
        return None if self.units is None else max(self.units - self.used - self.booked, 0)


@dataclass(frozen=True, slots=True)
class Authorization:
    """A request and its decision; dates inclusive; None in a scope field fits everything."""

    number: str | None
    payer: str
    status: AuthorizationStatus
    kind: AuthorizationKind = AuthorizationKind.PAYER
    submitted: date | None = None
    decided: date | None = None
    start: date | None = None
    end: date | None = None
    facility: str | None = None
    place_of_service: str | None = None
    provider: str | None = None
    lines: tuple[AuthorizationLine, ...] = ()
    id: str = ""
