"""What the demo clinic is made of before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.authorization import Authorization
from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.booking import Booking
from tracker.domain.coverage import Coverage, Site
from tracker.domain.patient import Patient, Provider
from tracker.storage.records import HistoryEntry, Pin


@dataclass(frozen=True, slots=True)
class DemoPatient:
    """One invented patient with everything on file; `situation` says what is to be seen, "" for the crowd."""

    patient: Patient
    coverages: tuple[Coverage, ...]
    entries: tuple[HistoryEntry, ...]
    bookings: tuple[Booking, ...]
    requests: tuple[AuthorizationRecord, ...]
    situation: str = ""

    @property
    def authorizations(self) -> tuple[Authorization, ...]:
        return tuple(record.authorization for record in self.requests)


@dataclass(frozen=True, slots=True)
class DemoClinic:
    """The whole demo clinic as of `today`; entries include the events of the bookings."""

    today: date
    name: str
    state: str
    providers: tuple[Provider, ...]
    sites: tuple[Site, ...]
    patients: tuple[DemoPatient, ...]
    pins: tuple[Pin, ...] = ()

    @property
    def entries(self) -> tuple[HistoryEntry, ...]:
        return tuple(entry for each in self.patients for entry in each.entries)

    @property
    def bookings(self) -> tuple[Booking, ...]:
        return tuple(booking for each in self.patients for booking in each.bookings)

    @property
    def upcoming(self) -> tuple[Booking, ...]:
        """The visits of today and later."""
        return tuple(booking for booking in self.bookings if booking.day >= self.today)

    @property
    def situations(self) -> Mapping[str, str]:
        """The scripted patients by name, with what each one shows."""
        return {each.patient.name: each.situation for each in self.patients if each.situation}

    def named(self, name: str) -> DemoPatient:
        """Return the scripted patient of that name."""
        return next(each for each in self.patients if each.situation and each.patient.name == name)
