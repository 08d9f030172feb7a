"""Makers of visits through the real services, for the tests of screens that list them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.fixtures import TODAY
from tracker.domain.booking import Booking, BookingRequest, Override, OverrideReason
from tracker.domain.event import Place
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.services import Services

HOSTILE_NAMES = (
    "<b>x</b>",
    "<img src=x>",
    "O'Brien-Núñez",
    "W" * 200,
    "\u202eegdirB\u202c",
    "🦴 Bones",
    "A & B",
)
EPIDURAL = parse_sites(("L4-L5",), Approach.INTERLAMINAR).targets
SESSIONS = ("2025-12-01", "2026-03-02", "2026-06-01", "2026-09-01")
"""Four lumbar epidurals within 12 months of TODAY: Medicare allows no fifth before 12/02/2026."""


def add_patient(services: Services, last: str = "Ruiz", **coverage: Any) -> str:
    """Return the id of a new patient with Medicare, or as given."""
    added = services.patients.add(a_patient(last=last, first="Elena")).value
    services.patients.add_coverage(added.id, a_coverage(**coverage))
    return added.id


def epidural(patient_id: str, day: date = TODAY, **given: Any) -> BookingRequest:
    """Return a request for an interlaminar epidural at L4-5."""
    asked = replace(a_request(patient_id, day), family=Family.EPIDURAL, intent=Intent.THERAPEUTIC)
    return replace(asked, approach=Approach.INTERLAMINAR, targets=EPIDURAL, **given)


def book(services: Services, last: str = "Ruiz", day: date = TODAY, starts: time | None = time(9, 30),
         **given: Any) -> Booking:  # fmt: skip
    """Book an epidural that nothing stands against, for a patient of its own."""
    request = epidural(add_patient(services, last), day, starts=starts, **given)
    return services.booking.book(request, services.booking.check(request).fingerprint).value


def fill_window(services: Services, patient_id: str) -> None:
    """Put four epidurals into the patient's history, so that today's would be the fifth."""
    for day in SESSIONS:
        event = performed(day, Family.EPIDURAL, approach=Approach.INTERLAMINAR, intent=Intent.THERAPEUTIC)
        services.history.add(patient_id, replace(event, targets=EPIDURAL, place=Place.ELSEWHERE))


def override(services: Services, last: str = "Quinn", day: date = TODAY, starts: time = time(15, 10),
             reason: OverrideReason = OverrideReason.OTHER_SITE) -> Booking:  # fmt: skip
    """Book a fifth epidural against the answer; this leaves a task, due today or as its reason says."""
    patient_id = add_patient(services, last)
    fill_window(services, patient_id)
    request = epidural(patient_id, day, starts=starts)
    seen = services.booking.check(request).fingerprint
    return services.booking.override(request, seen, Override(reason, "for the tests of this page", "X-1")).value
