"""Coming visits of many patients with all that their answers rest on: a query a table, a row a patient of its events.

What answers rest on is compared as it was read (services/recheck_grounds.py), and cases are made of just that: what is
not read here comes into neither.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, case, func, literal, or_, select, type_coerce

from tracker.domain.booking import BookingStatus
from tracker.domain.event import EventStatus
from tracker.domain.verdict import Outcome
from tracker.storage.authorizations import AuthorizationRepository
from tracker.storage.bookings import BookingRepository
from tracker.storage.coming_records import ComingRecords
from tracker.storage.ledger import Ledger
from tracker.storage.mappers import SEPARATOR
from tracker.storage.rows.authorizations import authorization, authorization_line
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.events import event
from tracker.storage.rows.patients import coverage, patient
from tracker.storage.rows.rules import standing

_OPEN = [status.value for status in BookingStatus if status.open]
_WANTED = select(func.json_each(bindparam("wanted", type_=String)).table_valued("value").c.value)
"""The ids asked for, as one list: thousands of values of their own would cost more to bind than the rows to read."""
_COMING = and_(booking.c.day >= bindparam("today"), booking.c.status.in_(_OPEN))
_COUNTS = select(booking.c.patient_id, func.count()).where(_COMING).group_by(booking.c.patient_id)
_COUNTS_OF = _COUNTS.where(booking.c.patient_id.in_(_WANTED))


def _rows(text: Any) -> Any:
    return func.group_concat(text, "\n")


def _exactly(*columns: Any) -> Any:
    """Join columns so that no two rows read alike: texts in quotes, and NULL as such."""
    return func.concat(*itertools.chain.from_iterable((SEPARATOR, func.quote(column)) for column in columns))


def _text(day: Any) -> Any:
    """Return a day as it is written: of thousands, few are looked at."""
    return type_coerce(day, String)


_VISITS = (
    select(
        _text(patient.c.born), booking.c.day >= bindparam("today"), standing.c.outcome, standing.c.marks,
        standing.c.grounds, booking.c.id, booking.c.patient_id, booking.c.event_id, booking.c.status,
        booking.c.provider_id, booking.c.site_id, booking.c.coverage_id, booking.c.elsewhere,
        booking.c.technique_changed,
    )
    .join(patient, patient.c.id == booking.c.patient_id)
    .outerjoin(standing, standing.c.booking_id == booking.c.id)
    .where(booking.c.patient_id.in_(_WANTED), or_(_COMING, booking.c.status == BookingStatus.HELD.value))
    .order_by(booking.c.patient_id, booking.c.day, booking.c.id)
)  # fmt: skip
_FIRST, _LAST = _text(event.c.first_day), _text(event.c.last_day)
_SPANS = event.c.first_day != event.c.last_day
_OPEN_STILL = case(
    (
        and_(_SPANS, event.c.last_day > bindparam("today"), event.c.status != EventStatus.BOOKED.value),
        bindparam("as_of", type_=String),
    ),
    else_="",
)
"""The day on which one asks, where what was done on a day not known exactly was done by then (rules/doubts.py)."""
_EVENT = (
    _FIRST, event.c.id, case((_SPANS, _LAST), else_=""), _OPEN_STILL, event.c.family, event.c.status, event.c.intent,
    event.c.approach, event.c.targets, event.c.nerves, event.c.region, event.c.payer, event.c.place, event.c.evidence,
    event.c.relief_percent, event.c.relief_months, event.c.place_of_service,
    event.c.body_regions, event.c.kx_claimed,
)  # fmt: skip
_RESTING = (
    select(booking.c.id, booking.c.patient_id)
    .outerjoin(standing, standing.c.booking_id == booking.c.id)
    .where(_COMING, booking.c.override_reason.is_(None))
    .where(
        or_(
            booking.c.status == BookingStatus.HELD.value,
            standing.c.outcome.is_(None),
            standing.c.outcome.not_in([Outcome.ALLOWED.value, Outcome.CAUTION.value]),
        )
    )
    .where(booking.c.patient_id.in_(select(authorization.c.patient_id).where(authorization.c.number != "")))
)
_RESTING_OF = _RESTING.where(booking.c.patient_id.in_(_WANTED))
_EVENTS = (
    select(
        event.c.patient_id,
        _rows(func.concat(*itertools.chain.from_iterable((literal(SEPARATOR), each) for each in _EVENT))),
    )
    .where(event.c.patient_id.in_(_WANTED), event.c.struck.is_(False))
    .group_by(event.c.patient_id)
)
_COVERAGES = (
    select(
        coverage.c.patient_id, coverage.c.payer, coverage.c.plan, _text(coverage.c.starts_on),
        _text(coverage.c.ends_on), coverage.c.rank, coverage.c.authorization_required, coverage.c.id,
    )
    .where(coverage.c.patient_id.in_(_WANTED))
    .order_by(coverage.c.rank, coverage.c.id)
)  # fmt: skip
_LINES = (
    select(
        _rows(
            _exactly(
                authorization_line.c.position, authorization_line.c.code, authorization_line.c.units,
                authorization_line.c.used, authorization_line.c.targets, authorization_line.c.denied,
            )
        )
    )
    .where(authorization_line.c.authorization_id == authorization.c.id)
    .scalar_subquery()
)  # fmt: skip
_APPROVALS = (
    select(
        authorization.c.patient_id, authorization.c.ends_on, authorization.c.decided,
        _exactly(
            authorization.c.id, authorization.c.number, authorization.c.payer, authorization.c.status,
            authorization.c.kind, authorization.c.submitted, authorization.c.decided, authorization.c.starts_on,
            authorization.c.ends_on, authorization.c.facility, authorization.c.place_of_service,
            authorization.c.provider,
        ),
        _LINES,
    )
    .where(authorization.c.patient_id.in_(_WANTED))
    .order_by(authorization.c.id)
)  # fmt: skip


class ComingVisits:
    """Open visits from a day on, by patient; held ones too."""

    def __init__(self, ledger: Ledger, authorizations: AuthorizationRepository, bookings: BookingRepository) -> None:
        self._ledger = ledger
        self._authorizations, self._bookings = authorizations, bookings

    def counts(self, today: date) -> dict[str, int]:
        """Return by patient how many there are."""
        return dict(self._rows(_COUNTS, today=today))

    def counts_of(self, patient_ids: Iterable[str], today: date) -> dict[str, int]:
        """Return by patient, of these, how many there are."""
        return dict(self._rows(_COUNTS_OF, today=today, wanted=_listed(patient_ids)))

    def resting_on_approvals(self, today: date, patient_ids: Iterable[str] | None = None) -> dict[str, str]:
        """Return those that may rest on an approval which does not hold any more: visit by patient.

        These are held, or flagged when they were last judged, booked for no reason of their own, and of patients who
        have a numbered approval; None: of everybody.
        """
        if patient_ids is None:
            return dict(self._rows(_RESTING, today=today))
        return dict(self._rows(_RESTING_OF, today=today, wanted=_listed(patient_ids)))

    def records(self, patient_ids: Iterable[str], today: date) -> dict[str, ComingRecords]:
        """Return by patient what the answers about the coming visits rest on, of those of these that have any."""
        values = {"wanted": _listed(patient_ids), "today": today, "as_of": today.isoformat()}
        found = _by_patient(self._rows(_VISITS, **values))
        for owner, events in self._rows(_EVENTS, **values):
            if owner in found:
                found[owner].events = events
        for owner, *columns in self._rows(_COVERAGES, **values):
            if owner in found:
                found[owner].coverages += (tuple(columns),)
        for owner, ends, decided, text, lines in self._rows(_APPROVALS, **values):
            if owner in found:
                found[owner].approvals += ((ends, decided, f"{text} {lines or ''}"),)
        return found

    def add_authorizations(self, read: Mapping[str, ComingRecords]) -> None:
        """Read the approvals of these patients as cases look at them, in the transaction of their records."""
        approved = [owner for owner, records in read.items() if records.approvals]
        for owner, granted in (self._authorizations.list_for_many(approved) if approved else {}).items():
            read[owner].authorizations = tuple(granted)
        sites = self._bookings.sites_of_events(approved)
        for owner in approved:
            read[owner].sites = sites

    def _rows(self, query: Select[Any], **values: Any) -> Iterator[Any]:
        return iter(self._ledger.connection.execute(query, values).all())


def _listed(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))


def _by_patient(visits: Iterable[Any]) -> dict[str, ComingRecords]:
    """Return the records of those who have a coming visit; of one that was to be before, and is held, its event."""
    found: dict[str, ComingRecords] = {}
    for row in visits:
        born, coming, stood, visit = row[0], row[1], row[2:5], row[5:]
        _, owner, event_id, status, *_ = visit
        records = found.get(owner)
        if records is None:
            records = found[owner] = ComingRecords(born)
        if status == BookingStatus.HELD.value:
            records.held += (event_id,)
        if coming:
            records.visits += (visit,)
            records.stood += (stood if stood[0] is not None else None,)
    return {owner: records for owner, records in found.items() if records.visits}
