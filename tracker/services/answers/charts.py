"""Everything on file about a patient that an answer may depend on, and the case that a request makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.domain.authorization import Authorization
from tracker.domain.booking import Booking, BookingRequest
from tracker.domain.coverage import Coverage, Site, coverage_on
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import Event
from tracker.domain.language import tr
from tracker.domain.patient import Patient, Provider
from tracker.domain.proposal import Case, ClinicChoices, Proposal
from tracker.domain.us_dates import us_date
from tracker.services.answers.complete_requests import check_complete, completed
from tracker.storage.coming_records import ComingPatient
from tracker.storage.records import HistoryEntry
from tracker.storage.unit_of_work import UnitOfWork

ANNIVERSARY_FREE = "anniversary_day_free"
DEFAULT_SITE = "default_site"


@dataclass(frozen=True, slots=True)
class ClinicFacts:
    """The clinic's own side of every case."""

    providers: Mapping[str, Provider]
    sites: Mapping[str, Site]
    settings: Mapping[str, Any]

    @classmethod
    def load(cls, uow: UnitOfWork) -> ClinicFacts:
        return cls(
            {provider.id: provider for provider in uow.clinic.list_providers()},
            {site.id: site for site in uow.clinic.list_sites()},
            uow.clinic.settings(),
        )

    def site(self, site_id: str) -> Site:
        """Return the site, the clinic's usual one for "". Raises InvalidEntryError when there is none."""
        wanted = site_id or self._usual_site()
        if wanted not in self.sites:
            remedy = tr("Add a site with its state if the list is empty.")
            raise InvalidEntryError(tr("Choose where it is to be done."), "", remedy, about="site")
        return self.sites[wanted]

    def _usual_site(self) -> str:
        """Return the one that was chosen, else the first, among those that are offered."""
        offered = [site.id for site in self.sites.values() if site.active]
        chosen = self.settings.get(DEFAULT_SITE)
        return chosen if chosen in offered else next(iter(offered), "")

    def facilities(self, sites: Mapping[str, str]) -> dict[str, str]:
        """Return by event the facility of the site that its visit names."""
        return {event: self.sites[site].facility for event, site in sites.items() if site in self.sites}

    def provider_name(self, provider_id: str) -> str:
        return self.providers[provider_id].name if provider_id in self.providers else ""

    def provider_short(self, provider_id: str, otherwise: str = "") -> str:
        return self.providers[provider_id].short if provider_id in self.providers else otherwise

    @property
    def choices(self) -> ClinicChoices:
        return ClinicChoices(anniversary_day_free=bool(self.settings.get(ANNIVERSARY_FREE, False)))


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the answers of one patient depend on, and nothing else."""

    born: date
    coverages: tuple[Coverage, ...]
    events: tuple[Event, ...]
    authorizations: tuple[Authorization, ...]
    clinic: ClinicFacts
    held: frozenset[str] = frozenset()
    facilities: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_coming(cls, person: ComingPatient, clinic: ClinicFacts) -> CaseFacts:
        facilities = clinic.facilities(person.sites)
        return cls(person.born, person.coverages, person.events, person.authorizations, clinic, person.held, facilities)

    def coverage(self, request: BookingRequest) -> Coverage:
        """Return the coverage that the request names, or the one that pays first that day. Raises InvalidEntryError."""
        named = next((c for c in self.coverages if c.id == request.coverage_id), None) if request.coverage_id else None
        if named is not None and not named.in_force(request.day):
            past = tr("This coverage is not in force on {day}.", day=us_date(request.day, True))
            raise InvalidEntryError(past, "", tr("Choose another one, or another date."), about="coverage")
        found = named or coverage_on(self.coverages, request.day)
        if found is None:
            none = tr("This patient has no coverage on file for {day}.", day=us_date(request.day, True))
            remedy = tr(
                "Add it in the field Coverage or on the patient page, self-pay included; or choose another date."
            )
            raise InvalidEntryError(none, "", remedy, about="coverage")
        return found

    def case(self, request: BookingRequest, today: date, leave_out: str = "") -> Case:
        """Return the case; the event `leave_out` (of the visit being moved) is not part of its history.

        Raises InvalidEntryError with a sentence for the form when the request is incomplete or cannot be.
        """
        request = completed(request)
        check_complete(request, self.born)
        chosen = self.coverage(request)
        case = Case(
            as_of=today,
            proposal=self._proposal(request),
            site=self.clinic.site(request.site_id),
            coverages=self.coverages,
            history=tuple(event for event in self.events if event.id != leave_out),
            authorizations=self.authorizations,
            choices=self.clinic.choices,
            held=self.held,
            facilities=self.facilities,
        )
        named = request.coverage_id == chosen.id and len(self.coverages) > 1
        return case.paid_by(chosen) if named else case

    def _proposal(self, request: BookingRequest) -> Proposal:
        return Proposal(
            day=request.day,
            family=request.family,
            intent=request.intent,
            approach=request.approach,
            targets=request.targets,
            nerves=request.nerves,
            lone_nerves=request.lone_nerves,
            provider=self.clinic.provider_name(request.provider_id),
            technique_changed=request.technique_changed,
            body_regions=request.body_regions,
        )


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything on file about a patient as it stands in one transaction."""

    patient: Patient
    coverages: tuple[Coverage, ...]
    entries: tuple[HistoryEntry, ...]
    authorizations: tuple[Authorization, ...]
    clinic: ClinicFacts
    held: frozenset[str] = frozenset()
    facilities: Mapping[str, str] = field(default_factory=dict)

    @property
    def facts(self) -> CaseFacts:
        events = tuple(entry.event for entry in self.entries)
        mine = (self.authorizations, self.clinic, self.held, self.facilities)
        return CaseFacts(self.patient.born, self.coverages, events, *mine)

    def coverage(self, request: BookingRequest) -> Coverage:
        """Return the coverage that the request names, or the one that pays first that day. Raises InvalidEntryError."""
        return self.facts.coverage(request)

    def case(self, request: BookingRequest, today: date, leave_out: str = "") -> Case:
        """Return the case of `CaseFacts`."""
        return self.facts.case(request, today, leave_out)

    @classmethod
    def load(cls, uow: UnitOfWork, patient_id: str, clinic: ClinicFacts | None = None) -> Chart:
        clinic = clinic or ClinicFacts.load(uow)
        return cls(
            uow.patients.get(patient_id),
            uow.patients.list_coverages(patient_id),
            uow.events.list_for(patient_id),
            uow.authorizations.list_for(patient_id),
            clinic,
            uow.bookings.held_events([patient_id]),
            clinic.facilities(uow.bookings.sites_of_events([patient_id])),
        )

    @classmethod
    def load_many(cls, uow: UnitOfWork, patient_ids: Iterable[str]) -> dict[str, Chart]:
        """Return charts by patient id, with one query a table."""
        ids = list(dict.fromkeys(patient_ids))
        clinic = ClinicFacts.load(uow)
        coverages, entries = uow.patients.list_coverages_of(ids), uow.events.list_for_many(ids)
        authorizations, held = uow.authorizations.list_for_many(ids), uow.bookings.held_events(ids)
        facilities = clinic.facilities(uow.bookings.sites_of_events(ids))
        return {
            patient_id: cls(
                patient,
                tuple(sorted(coverages.get(patient_id, ()), key=lambda coverage: coverage.order)),
                tuple(entries.get(patient_id, ())),
                tuple(authorizations.get(patient_id, ())),
                clinic,
                held,
                facilities,
            )
            for patient_id, patient in uow.patients.get_many(ids).items()
        }


def request_of(booking: Booking, chart: Chart | CaseFacts, lone_nerves: tuple[str, ...] = ()) -> BookingRequest:
    """Return what was asked for when this visit was booked, as it would be asked today."""
    return request_as_booked(booking, chart.coverages, lone_nerves)


def request_as_booked(
    booking: Booking, coverages: Iterable[Coverage], lone_nerves: tuple[str, ...] = ()
) -> BookingRequest:
    """Return the request of `request_of` where no more than the coverages is known of the patient."""
    event: Event = booking.event
    alone = lone_nerves or (event.nerves if event.nerves and not event.targets else ())
    return BookingRequest(
        patient_id=booking.patient_id,
        family=event.family,
        day=booking.day,
        intent=event.intent,
        approach=event.approach,
        targets=event.targets,
        nerves=event.nerves,
        lone_nerves=alone,
        starts=booking.starts,
        minutes=booking.minutes,
        provider_id=booking.provider_id,
        site_id=booking.site_id,
        coverage_id=_chosen_coverage(booking, tuple(coverages)),
        technique_changed=booking.technique_changed,
        elsewhere=booking.elsewhere,
        note=booking.note,
        body_regions=event.body_regions,
    )


def _chosen_coverage(booking: Booking, coverages: tuple[Coverage, ...]) -> str:
    """Return the coverage that somebody chose for the visit, "" where it goes with the order on file.

    One that was to pay first when it was booked was not chosen: where another pays first by now, that one does.
    """
    there = [coverage for coverage in coverages if coverage.in_force(booking.day)]
    stored = next((coverage for coverage in there if coverage.id == booking.coverage_id), None)
    if stored is None:
        return ""
    plans = [coverage for coverage in there if coverage.payer == stored.payer]
    return stored.id if booking.event.payer is not None or len(plans) > 1 else ""


def billed_to(booking: Booking, coverages: Iterable[Coverage]) -> Coverage | None:
    """Return the coverage that pays for a visit: an open one may go with another than it was booked under."""
    coverages = tuple(coverages)
    chosen = _chosen_coverage(booking, coverages) if booking.status.open else booking.coverage_id
    if booking.status.open and not chosen:
        return coverage_on(coverages, booking.day)
    return next((coverage for coverage in coverages if coverage.id == chosen), None)
