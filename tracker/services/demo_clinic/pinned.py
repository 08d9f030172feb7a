"""What waits on the demo clinic's pinboard: one patient who has to wait, one who may come any day."""

from __future__ import annotations

from datetime import timedelta

from tracker.domain.booking import BookingRequest, Elsewhere
from tracker.services.demo_clinic.draft import DESK
from tracker.services.demo_clinic.house import House
from tracker.services.demo_clinic.kinds import KINDS
from tracker.services.demo_clinic.records import DemoPatient
from tracker.storage.records import Pin

_PARKED = (
    ("Lindqvist, Åsa", "rfa", ("L4-L5 left", "L5-S1 left"), 3, ""),
    ("Beaumont, Claire-Élise", "il", ("L4-L5",), 1, "Tuesdays only"),
)


def pinned(house: House, patients: list[DemoPatient]) -> tuple[Pin, ...]:
    """Return the parked requests of these patients."""
    by_name = {each.patient.name: each.patient for each in patients if each.situation}
    return tuple(
        Pin(_request(house, by_name[name].id, kind, where), note, DESK, house.moment(house.ago(days)))
        for name, kind, where, days, note in _PARKED
        if name in by_name
    )


def _request(house: House, patient_id: str, kind: str, where: tuple[str, ...]) -> BookingRequest:
    what, sites = KINDS[kind], KINDS[kind].sites(where)
    day = house.today + timedelta(days=14)
    return BookingRequest(patient_id, what.family, day, what.intent, what.approach, sites.targets, sites.nerves,
                          elsewhere=Elsewhere.NONE)  # fmt: skip
