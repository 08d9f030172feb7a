"""What Medicare pays nationally for a code, from relative value units: for comparison, never for billing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from tracker.domain.verdict import CodeLine, Source

BOTH_SIDES = "50"
BILATERAL = Decimal("1.5")

FACILITY_PLACES = frozenset(
    {"02", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"}
)
"""Places of service that Medicare pays at the facility rate (CMS's list of place of service codes)."""


@dataclass(frozen=True, slots=True)
class FeeUnits:
    """The units of one code: work, and the totals in a facility and elsewhere (None: only paid in facilities)."""

    code: str
    work: Decimal
    facility: Decimal
    nonfacility: Decimal | None = None
    bilateral: bool = False


@dataclass(frozen=True, slots=True)
class FeeYear:
    """One year's units by code, and what a unit is worth in dollars."""

    year: int
    conversion_factor: Decimal
    units: Mapping[str, FeeUnits]
    source: Source

    def cents(self, line: CodeLine, place_of_service: str) -> int | None:
        """Return what one claim line is worth; None for a code, or a place of it, that is not on file."""
        units = self.units.get(line.code)
        if units is None:
            return None
        total = units.facility if place_of_service in FACILITY_PLACES else units.nonfacility
        if total is None:
            return None
        both = BILATERAL if units.bilateral and BOTH_SIDES in line.modifiers else Decimal(1)
        one = (total * self.conversion_factor * both * 100).quantize(Decimal(1), ROUND_HALF_UP)
        return int(one) * line.units


@dataclass(frozen=True, slots=True)
class ReportedRange:
    """Dollars that somebody reported for a state. They contradict each other: shown apart, used for nothing."""

    state: str
    low: int
    high: int
    per: str
    source: Source


@dataclass(frozen=True, slots=True)
class Fees:
    """Every year on file, oldest first, and what was reported."""

    years: tuple[FeeYear, ...] = ()
    reported: tuple[ReportedRange, ...] = field(default=())

    def of_year(self, year: int) -> FeeYear | None:
        """Return that year's figures, else the last before it, else the first on file."""
        until = [each for each in self.years if each.year <= year]
        return until[-1] if until else next(iter(self.years), None)
