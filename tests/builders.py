"""Short makers of domain objects with sensible defaults; every name is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from itertools import count
from typing import Any

from tracker.domain.booking import BookingRequest, Elsewhere
from tracker.domain.coverage import Coverage, Site
from tracker.domain.event import Event, PartialDate
from tracker.domain.patient import Patient, Provider
from tracker.domain.procedure import Approach, Family, Intent, parse_sites

_numbers = count(1)


def a_patient(**given: Any) -> Patient:
    """Return a patient with a record number of their own."""
    base = Patient("Whitaker", "Doris", date(1951, 7, 2), f"M{next(_numbers):07}", "M.", "female", "(859) 555-0177")
    return replace(base, **given)


def a_coverage(**given: Any) -> Coverage:
    return replace(Coverage("medicare", "Part B", date(2016, 7, 1), member_id="1EG4-TE5-MK72"), **given)


def a_site(**given: Any) -> Site:
    return replace(Site("KY", "24", "Bluegrass Surgery Center", name="Surgery center"), **given)


def a_provider(**given: Any) -> Provider:
    return replace(Provider("Susan Lee, MD", "Lee"), **given)


def performed(day: str, family: Family = Family.FACET_INJECTION, *targets: str, **given: Any) -> Event:
    """Return an injection that was done on `day` (ISO, a month or a year is enough): lumbar medial branch blocks."""
    approach = given.pop("approach", Approach.MEDIAL_BRANCH if family is Family.FACET_INJECTION else None)
    intent = given.pop("intent", Intent.DIAGNOSTIC if family is Family.FACET_INJECTION else None)
    sites = parse_sites(targets or ("L4-L5 left", "L5-S1 left"), approach)
    base = Event("", PartialDate.parse(day), family, intent=intent, approach=approach, targets=sites.targets)
    return replace(base, **given)


def a_request(patient_id: str, day: date, **given: Any) -> BookingRequest:
    """Return a request for a diagnostic block at L4-5 right, asked about elsewhere: none."""
    sites = parse_sites(given.pop("sites", ("L4-L5 right",)))
    base = BookingRequest(
        patient_id,
        Family.FACET_INJECTION,
        day,
        Intent.DIAGNOSTIC,
        Approach.MEDIAL_BRANCH,
        sites.targets,
        starts=time(9, 30),
        elsewhere=Elsewhere.NONE,
    )
    return replace(base, **given)
