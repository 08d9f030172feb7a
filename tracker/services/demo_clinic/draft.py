"""Writes one demo patient step by step: who it is, who pays, what was done, what is booked and what was approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Self

from tracker.domain.anatomy import Side
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.body_regions import BodyRegion
from tracker.domain.booking import Booking, BookingStatus, Elsewhere, Override
from tracker.domain.coverage import Coverage, Site, coverage_on
from tracker.domain.event import Event, EventEvidence, EventStatus, PartialDate, Place
from tracker.domain.patient import Patient, Provider
from tracker.domain.procedure import Family
from tracker.services.demo_clinic.house import HOSPITAL, LEE, OFFICE, House
from tracker.services.demo_clinic.kinds import KINDS
from tracker.services.demo_clinic.records import DemoPatient
from tracker.services.demo_clinic.requests import Asked, request_behind
from tracker.storage.records import HistoryEntry, Origin, Provenance

DESK = "Demo Desk"
IMPORTED_FILE = "history-2021-2024.csv"
IMPORTED_AFTER_DAYS = 730
_SORE = (BodyRegion.NECK, BodyRegion.SHOULDER, BodyRegion.LOWER_BACK)
_EVENT_OF_VISIT = {
    BookingStatus.DONE: EventStatus.PERFORMED,
    BookingStatus.CANCELLED: EventStatus.CANCELLED,
    BookingStatus.NO_SHOW: EventStatus.NO_SHOW,
}


class Draft:
    """A patient in the making; every step returns the draft itself."""

    def __init__(
        self, house: House, last: str, first: str, born: date, *, sex: str = "female", mrn: str = "", middle: str = ""
    ) -> None:
        self._house = house
        number = house.new_id("patient")
        count = int(number[-5:])
        mrn = mrn or f"M{1003000 + count * 17}"
        phone = f"({(859, 502, 606, 270, 364)[count % 5]}) 555-{100 + count // 5:04}"
        self.patient = Patient(last, first, born, mrn, middle, sex, phone, number)
        self.coverages: list[Coverage] = []
        self._entries: list[HistoryEntry] = []
        self._bookings: list[Booking] = []
        self._requests: list[AuthorizationRecord] = []

    def cover(self, payer: str, plan: str = "", *, start: date | None = None, end: date | None = None, order: int = 1,
              needs: bool | None = None, member: str = "") -> Self:  # fmt: skip
        """Add a coverage; `needs` is the clinic's own entry whether the plan wants authorizations."""
        member = member or _member_id(payer, int(self.patient.id[-5:]), len(self.coverages))
        identity = self._house.new_id("coverage")
        self.coverages.append(Coverage(payer, plan, start, end, order, needs, member, identity))
        return self

    def medicare(self, *, start: date | None = None, member: str = "") -> Self:
        return self.cover("medicare", "Part B", start=start or date(self.patient.born.year + 65, 1, 1), member=member)

    def had(self, when: date | PartialDate, kind: str, *targets: str, relief: float | None = None,
            months: float | None = None, provider: Provider | None = LEE, status: EventStatus = EventStatus.PERFORMED,
            evidence: EventEvidence = EventEvidence.RECORD, note: str = "") -> Self:  # fmt: skip
        """Add a past event; without a provider it was done elsewhere."""
        span = when if isinstance(when, PartialDate) else PartialDate.on(when)
        place = Place.HERE if provider else Place.ELSEWHERE
        event = self._event(span, kind, targets, status, place, evidence, relief, months, note)
        self._entries.append(self._entry(event, provider))
        return self

    def elsewhere(self, when: date | PartialDate, kind: str, *targets: str, relief: float | None = None,
                  months: float | None = None, note: str = "") -> Self:  # fmt: skip
        return self.had(when, kind, *targets, relief=relief, months=months, provider=None, note=note)

    def visit(self, day: date, starts: time, kind: str, *targets: str, provider: Provider = LEE, site: Site = OFFICE,
              status: BookingStatus = BookingStatus.BOOKED, override: Override | None = None,
              minutes: int = 30) -> Self:  # fmt: skip
        """Add a visit with the event that it stands for."""
        self._house.reserve(provider, day, starts, minutes)
        done = _EVENT_OF_VISIT.get(status, EventStatus.BOOKED)
        event = replace(self._event(PartialDate.on(day), kind, targets, done), place_of_service=site.place_of_service)
        entered = self._house.moment(min(day, self._house.today) - timedelta(days=6))
        origin = Provenance(Origin.BOOKING, DESK, entered)
        self._entries.append(HistoryEntry(self.patient.id, event, origin, provider.id))
        payer = coverage_on(self.coverages, day)
        self._bookings.append(Booking(self._house.new_id("booking"), self.patient.id, event, status, starts, minutes,
                                      provider.id, site.id, payer.id if payer else "", None, override,
                                      Elsewhere.NONE))  # fmt: skip
        return self

    def approval(self, number: str, kind: str, *targets: str, start: date | None, end: date | None, used: int = 0,
                 status: AuthorizationStatus = AuthorizationStatus.APPROVED, denied: Sequence[str] = (),
                 submitted: date | None = None, site: Site | None = None) -> Self:  # fmt: skip
        """Add the plan's answer to a request; `denied` targets make it a partial one."""
        lines = self._lines(kind, targets, used) + self._lines(kind, denied, 0, refused=True)
        decided = start if status.grants or status is AuthorizationStatus.DENIED else None
        sent = submitted or (start and start - timedelta(days=2 + int(self.patient.id[-5:]) % 11))
        answer = Authorization(number or None, self._payer(), status, AuthorizationKind.PAYER, sent,
                               decided, start, end, site.facility if site else None,
                               site.place_of_service if site else None, None, lines,
                               self._house.new_id("authorization"))  # fmt: skip
        self._follow(answer, kind, Asked(KINDS[kind].sites((*targets, *denied)).targets))
        return self

    def affirmation(self, number: str, kind: str, *targets: str, decided: date | None, used: int = 0,
                    submitted: date | None = None) -> Self:  # fmt: skip
        """Add Medicare's answer for the hospital, `decided` None while it is waited for; good for 120 days."""
        status = AuthorizationStatus.APPROVED if decided else AuthorizationStatus.SUBMITTED
        end = decided + timedelta(days=119) if decided else None
        answer = Authorization(number or None, "medicare", status, AuthorizationKind.MEDICARE_OPD,
                               submitted or (decided and decided - timedelta(days=5)), decided, decided, end,
                               HOSPITAL.facility, HOSPITAL.place_of_service, None, self._lines(kind, targets, used),
                               self._house.new_id("authorization"))  # fmt: skip
        self._follow(answer, kind, Asked(KINDS[kind].sites(targets).targets))
        return self

    def asks(self, status: AuthorizationStatus, kind: str, *targets: str, sent: int | None = None,
             decided: int | None = None, asked_for: Asked | None = None) -> Self:  # fmt: skip
        """Add a request that no approval came of yet; `sent` and `decided` are days ago."""
        sited = KINDS[kind].sites(targets).targets
        days = tuple(None if each is None else self._house.ago(each) for each in (sent, decided))
        answer = Authorization(None, self._payer(), status, AuthorizationKind.PAYER, days[0], days[1], None, None,
                               None, None, None, self._lines(kind, targets, 0),
                               self._house.new_id("authorization"))  # fmt: skip
        self._follow(answer, kind, replace(asked_for or Asked(), targets=sited))
        return self

    def _follow(self, answer: Authorization, kind: str, asked_for: Asked) -> None:
        record = request_behind(answer, KINDS[kind], self.patient.id, self._coverage_id(), self._house, asked_for)
        if not answer.status.grants:
            record = replace(record, authorization=replace(answer, lines=()))
        self._requests.append(record)

    def done(self, situation: str = "") -> DemoPatient:
        entries = tuple(sorted(self._entries, key=lambda entry: (entry.event.when, entry.event.id)))
        parts = tuple(self.coverages), entries, tuple(self._bookings), tuple(self._requests)
        return DemoPatient(self.patient, *parts, situation)

    def _event(self, when: PartialDate, kind: str, targets: Sequence[str], status: EventStatus,
               place: Place = Place.HERE, evidence: EventEvidence = EventEvidence.RECORD, relief: float | None = None,
               months: float | None = None, note: str = "") -> Event:  # fmt: skip
        what = KINDS[kind]
        sites = what.sites(targets)
        return Event(self._house.new_id("event"), when, what.family, status, what.intent, what.approach, sites.targets,
                     sites.nerves, None, None, place, evidence, relief, months, note,
                     body_regions=self._body_regions(what.family))  # fmt: skip

    def _body_regions(self, family: Family) -> tuple[BodyRegion, ...]:
        """Return where the patient's trigger points are: always the same muscles hurt."""
        return (_SORE[int(self.patient.id[-5:]) % len(_SORE)],) if family is Family.TRIGGER_POINT else ()

    def _entry(self, event: Event, provider: Provider | None) -> HistoryEntry:
        day = event.when.last
        if (self._house.today - day).days <= IMPORTED_AFTER_DAYS:
            origin = Provenance(Origin.ENTRY, DESK, self._house.moment(day))
        else:
            line = int(event.id[-5:])
            made = self._house.moment(self._house.ago(IMPORTED_AFTER_DAYS - 30))
            origin = Provenance(Origin.IMPORT, DESK, made, IMPORTED_FILE, line, f"demo:{line}")
        return HistoryEntry(self.patient.id, event, origin, provider.id if provider else "")

    def _coverage_id(self) -> str:
        found = coverage_on(self.coverages, self._house.today)
        return found.id if found else ""

    def _payer(self) -> str:
        payer = coverage_on(self.coverages, self._house.today)
        return payer.payer if payer else "commercial"

    def _lines(
        self, kind: str, targets: Sequence[str], used: int, *, refused: bool = False
    ) -> tuple[AuthorizationLine, ...]:
        sited = KINDS[kind].sites(targets).targets
        if refused and not sited:
            return ()
        fitting = tuple(target for target in sited if target.side is not Side.MIDLINE)
        return tuple(
            AuthorizationLine(code, units, min(used, units), fitting, refused)
            for code, units in KINDS[kind].codes(sited)
        )


def _member_id(payer: str, number: int, order: int) -> str:
    """Return a member id of the payer's looks that cannot be a real one: it begins with a nought, or with DEMO."""
    if payer == "medicare":
        return f"0EG{number % 10}-TE{number // 10 % 10}-MK{number % 89 + 10}"
    return f"DEMO{order}{number:05}"
