"""One injection or ablation of a patient: done, booked or called off, here or elsewhere, with what is known of it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.domain.anatomy import Region, Target, regions_of
from tracker.domain.body_regions import BodyRegion
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.term import Term


class EventStatus(Term):
    """What became of it."""

    PERFORMED = "performed"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"
    ABORTED = "aborted"


class Place(StrEnum):
    """Whether this clinic did it."""

    HERE = "here"
    ELSEWHERE = "elsewhere"


class EventEvidence(StrEnum):
    """How the clinic knows of it."""

    RECORD = "record"
    CLAIM = "claim"
    PATIENT_REPORTED = "patient-reported"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, or the span of days that is all one knows: `first` and `last` both included."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read "2026-01-12", "2026-01" or "2026"; raises InvalidEntryError."""
        try:
            parts = [int(part) for part in text.strip().split("-", 2)]
            year, month, day = (*parts, 0, 0)[:3]
            if len(parts) == 1:
                return cls(date(year, 1, 1), date(year, 12, 31))
            if len(parts) == 2:
                return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
            return cls.on(date(year, month, day))
        except (ValueError, TypeError):
            raise InvalidEntryError(
                tr("“{text}” is no date.", text=text),
                "",
                tr("Write 2026-01-12, or 2026-01 or 2026 when more is not known."),
                text,
            ) from None

    @classmethod
    def on(cls, day: date) -> PartialDate:
        return cls(day, day)

    @property
    def exact(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        if self.exact:
            return self.first.isoformat()
        same_month = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return f"{self.first:%Y-%m}" if same_month else f"{self.first:%Y}"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a patient's injection history.

    `region` stands alone when the level was not recorded. `payer` is the payer's id (resources/payers.toml), None when
    it is to be taken from the coverage of that day; `place_of_service` is CMS's two digits, None when it is not known.
    Relief is in per cent and in months as recorded. `body_regions` are those of trigger
    points, () when not recorded. `kx_claimed`: whether its claim had the modifier KX, None when nobody looked.
    """

    id: str
    when: PartialDate
    family: Family
    status: EventStatus = EventStatus.PERFORMED
    intent: Intent | None = None
    approach: Approach | None = None
    targets: tuple[Target, ...] = ()
    nerves: tuple[str, ...] = ()
    region: Region | None = None
    payer: str | None = None
    place: Place = Place.HERE
    evidence: EventEvidence = EventEvidence.RECORD
    relief_percent: float | None = None
    relief_months: float | None = None
    note: str = field(default="", compare=False)
    place_of_service: str | None = None
    body_regions: tuple[BodyRegion, ...] = ()
    kx_claimed: bool | None = None

    @property
    def regions(self) -> frozenset[Region]:
        """Return the regions of its levels, or the region recorded alone; empty when neither is known."""
        if self.targets:
            return regions_of(self.targets)
        return frozenset({self.region} if self.region else ())
