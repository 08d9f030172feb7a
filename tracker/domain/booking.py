"""A booked visit: the planned event, when and with whom, the answer it was booked under, and why if against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from tracker.domain.anatomy import Target
from tracker.domain.body_regions import BodyRegion
from tracker.domain.event import Event
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.verdict import Outcome, PolicyRef


class BookingStatus(StrEnum):
    """Where a visit stands on its day."""

    HELD = "held"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    DONE = "done"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"

    @property
    def open(self) -> bool:
        """Tell whether it is still to come."""
        return self in (self.HELD, self.BOOKED, self.CONFIRMED, self.ARRIVED)


class OverrideReason(StrEnum):
    """The eight reasons for booking against the answer (ux.md 3.3), in the order of their number keys."""

    PAYER_EXCEPTION = "payer-exception"
    OTHER_SITE = "other-site"
    NOT_PERFORMED = "not-performed"
    OTHER_PAYER = "other-payer"
    SELF_PAY = "self-pay"
    CLINICIAN_APPEAL = "clinician-appeal"
    URGENT = "urgent"
    OTHER = "other"


class Elsewhere(StrEnum):
    """What the patient answered about injections at other clinics in the last 12 months."""

    NOT_ASKED = "not-asked"
    NONE = "none"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Override:
    """Why a visit was booked against the answer, and by whom; `reference`: the payer's, or the clinician's name."""

    reason: OverrideReason
    text: str = ""
    reference: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VerdictRecord:
    """The answer as it stood when the visit was booked: a record, never a source (DESIGN 5)."""

    outcome: Outcome
    headline: str
    policies: tuple[PolicyRef, ...]
    at: datetime
    snapshot: str = ""


USUAL_MINUTES = 30
"""How long a visit takes where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """Everything on the check-and-book form. `coverage_id` empty: the coverage in force on `day`."""

    patient_id: str
    family: Family
    day: date
    intent: Intent | None = None
    approach: Approach | None = None
    targets: tuple[Target, ...] = ()
    nerves: tuple[str, ...] = ()
    lone_nerves: tuple[str, ...] = ()
    starts: time | None = None
    minutes: int = USUAL_MINUTES
    provider_id: str = ""
    site_id: str = ""
    coverage_id: str = ""
    technique_changed: bool = False
    elsewhere: Elsewhere = Elsewhere.NOT_ASKED
    note: str = ""
    body_regions: tuple[BodyRegion, ...] = ()


@dataclass(frozen=True, slots=True)
class Booking:
    """A visit on the schedule; `event` is what it adds to the history (status booked, performed, cancelled ...)."""

    id: str
    patient_id: str
    event: Event
    status: BookingStatus
    starts: time | None
    minutes: int
    provider_id: str
    site_id: str
    coverage_id: str
    verdict: VerdictRecord | None
    override: Override | None = None
    elsewhere: Elsewhere = Elsewhere.NOT_ASKED
    technique_changed: bool = False
    note: str = ""
    version: int = 1

    @property
    def day(self) -> date:
        return self.event.when.first
