"""Coming visits of many patients with all that their answers depend on: a query a table, and only what a case needs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Select, String, bindparam, case, func, select, type_coerce

from tracker.domain.authorization import Authorization
from tracker.domain.booking import Booking, BookingStatus, Elsewhere
from tracker.domain.coverage import Coverage
from tracker.domain.event import Event, Place
from tracker.domain.procedure import Family
from tracker.storage.authorizations import AuthorizationRepository
from tracker.storage.ledger import Ledger
from tracker.storage.mappers import SEPARATOR, event_shape
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.events import event
from tracker.storage.rows.patients import coverage, patient

_OPEN = [status.value for status in BookingStatus if status.open]
_STATUSES = {status.value: status for status in BookingStatus}
_ELSEWHERE = {answer.value: answer for answer in Elsewhere}
WANTED: BindParameter[Any] = bindparam("wanted", expanding=True)


Seen = Callable[[Iterable[Family]], Iterable[Family]]

COMING = (booking.c.day >= bindparam("today"), booking.c.status.in_(_OPEN))
_COUNTS = select(booking.c.patient_id, func.count()).where(*COMING).group_by(booking.c.patient_id)
_COUNTS_OF = _COUNTS.where(booking.c.patient_id.in_(WANTED))
_VISITS = (
    select(
        booking.c.patient_id, booking.c.id, booking.c.event_id, booking.c.status, booking.c.provider_id,
        booking.c.site_id, booking.c.coverage_id, booking.c.elsewhere, booking.c.technique_changed, event.c.family,
    )
    .join(event, event.c.id == booking.c.event_id)
    .where(booking.c.patient_id.in_(WANTED), *COMING)
    .order_by(booking.c.patient_id, booking.c.day, booking.c.id)
)  # fmt: skip
EVENT_SHAPE = (
    event.c.family, event.c.status, event.c.intent, event.c.approach, event.c.targets, event.c.nerves, event.c.region,
    event.c.payer, event.c.place, event.c.evidence, event.c.relief_percent, event.c.relief_months,
    event.c.place_of_service,
)  # fmt: skip
_FIRST, _LAST = type_coerce(event.c.first_day, String), type_coerce(event.c.last_day, String)
_EVENTS = (
    select(
        event.c.patient_id,
        event.c.id,
        _FIRST,
        case((event.c.last_day != event.c.first_day, _LAST), else_=None),
        func.concat(*itertools.chain.from_iterable((SEPARATOR, column) for column in EVENT_SHAPE)),
    )
    .where(
        event.c.patient_id.in_(WANTED),
        event.c.struck.is_(False),
        event.c.family.in_(bindparam("families", expanding=True))
        | (event.c.last_day >= bindparam("today"))
        | (event.c.place == Place.ELSEWHERE.value),
    )
    .order_by(event.c.patient_id, event.c.first_day, event.c.id)
)
_COVERAGES = (
    select(
        coverage.c.patient_id, coverage.c.payer, coverage.c.plan, coverage.c.starts_on, coverage.c.ends_on,
        coverage.c.rank, coverage.c.authorization_required, coverage.c.id,
    )
    .where(coverage.c.patient_id.in_(WANTED))
    .order_by(coverage.c.rank, coverage.c.id)
)  # fmt: skip
_BORN = select(patient.c.id, patient.c.born).where(patient.c.id.in_(WANTED))


@dataclass(slots=True)
class ComingPatient:
    """One patient's coming visits, without the answers they were booked under, and what their answers depend on."""

    born: date
    visits: list[Booking] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    coverages: list[Coverage] = field(default_factory=list)
    authorizations: list[Authorization] = field(default_factory=list)


class ComingVisits:
    """Open visits from a day on, by patient; held ones too."""

    def __init__(self, ledger: Ledger, authorizations: AuthorizationRepository) -> None:
        self._ledger = ledger
        self._authorizations = authorizations

    def counts(self, today: date) -> dict[str, int]:
        """Return by patient how many there are."""
        return dict(self._rows(_COUNTS, today=today))

    def counts_of(self, patient_ids: Iterable[str], today: date) -> dict[str, int]:
        """Return by patient, of these, how many there are."""
        return dict(self._rows(_COUNTS_OF, today=today, wanted=list(patient_ids)))

    def load(self, patient_ids: Sequence[str], today: date, seen: Seen) -> dict[str, ComingPatient]:
        """Return everything about the coming visits of these patients, but for events that no rule can look at.

        `seen` gives, for the families of a patient's visits, those whose events rules may look at on any day; of the
        others only what was done elsewhere, or may be on a visit's day, is read. Where there is an approval, every
        visit may have used units of it.
        """
        wanted = list(patient_ids)
        people = {row_id: ComingPatient(born) for row_id, born in self._rows(_BORN, wanted=wanted)}
        visits = list(self._rows(_VISITS, wanted=wanted, today=today))
        for owner, granted in self._authorizations.list_for_many(wanted).items():
            people[owner].authorizations = granted
        for families, owners in _by_families(visits, people).items():
            values = {"wanted": owners, "today": today, "families": [family.value for family in seen(families)]}
            for owner, row_id, first, last, shape in self._rows(_EVENTS, **values):
                people[owner].events.append(event_shape(row_id, first, last, shape))
        for owner, payer, plan, start, end, rank, required, row_id in self._rows(_COVERAGES, wanted=wanted):
            people[owner].coverages.append(Coverage(payer, plan, start, end, rank, required, "", row_id))
        for row in visits:
            person = people[row[0]]
            person.visits.append(_visit(row, next(each for each in reversed(person.events) if each.id == row[2])))
        return people

    def _rows(self, query: Select[Any], **values: Any) -> Iterator[Any]:
        return iter(self._ledger.connection.execute(query, values).all())


def _by_families(visits: Iterable[Any], people: dict[str, ComingPatient]) -> dict[frozenset[Family], list[str]]:
    """Return the patients by the families of their visits; those with an approval by all that there are."""
    families: dict[str, set[str]] = {}
    for row in visits:
        families.setdefault(row[0], set()).add(row[-1])
    for owner in families:
        if people[owner].authorizations:
            families[owner] = set(Family)
    found: dict[frozenset[Family], list[str]] = {}
    for owner, names in families.items():
        found.setdefault(frozenset(Family(name) for name in names), []).append(owner)
    return found


def _visit(row: Any, planned: Event) -> Booking:
    owner, row_id, _event_id, status, provider, site, covered_by, elsewhere, changed, _family = row
    return Booking(
        row_id,
        owner,
        planned,
        _STATUSES[status],
        None,
        30,
        provider or "",
        site or "",
        covered_by or "",
        None,
        None,
        _ELSEWHERE[elsewhere],
        changed,
    )
