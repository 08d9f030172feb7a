"""Who pays on which day, and where the service is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Biller(StrEnum):
    """Whose claim it is: the physician's, or the facility's own (an ASC bills RT and LT lines, G0260)."""

    PROFESSIONAL = "professional"
    FACILITY = "facility"


class LineOfBusiness(StrEnum):
    """By whose law a payer's plans run. SEVERAL: its plans are of several kinds, so nothing that only one has holds."""

    TRADITIONAL_MEDICARE = "traditional-medicare"
    MEDICARE_ADVANTAGE = "medicare-advantage"
    MEDICAID = "medicaid"
    CHIP = "chip"
    COMMERCIAL = "commercial"
    EXCHANGE = "exchange"
    WORKERS_COMPENSATION = "workers-compensation"
    TRICARE = "tricare"
    SELF_PAY = "self-pay"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Coverage:
    """A patient's coverage by one plan from `start` to `end`, both included, None = open.

    `authorization_required` is the clinic's own entry for the plan; None: the payer's policy decides.
    """

    payer: str
    plan: str = ""
    start: date | None = None
    end: date | None = None
    order: int = 1
    authorization_required: bool | None = None
    member_id: str = ""
    id: str = ""
    version: int = field(default=1, compare=False)

    def in_force(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def first_paying(coverages: Iterable[Coverage], day: date) -> list[Coverage]:
    """Return what pays first on `day`: several where their order does not tell, none when the patient has none."""
    there = [coverage for coverage in coverages if coverage.in_force(day)]
    first = min((coverage.order for coverage in there), default=0)
    return [coverage for coverage in there if coverage.order == first]


def coverage_on(coverages: Iterable[Coverage], day: date) -> Coverage | None:
    """Return the coverage that pays first on `day`, the one begun last of several; None when the patient has none."""
    return max(first_paying(coverages, day), key=lambda coverage: coverage.start or date.min, default=None)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a service is given; its state selects the Medicare contractor. Place of service is CMS's two digits.

    Not `active`: offered no more, but named in what is on file.
    """

    state: str
    place_of_service: str = "11"
    facility: str = ""
    hospital_exempt: bool = False
    biller: Biller = Biller.PROFESSIONAL
    name: str = ""
    id: str = ""
    npi: str = ""
    active: bool = True
    version: int = field(default=1, compare=False)
