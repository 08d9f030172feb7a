"""Coming visits of many patients with all that their answers rest on: a query a table, a row a patient of its events.

Whether it is as it was is told by the revision of the patient's records, which triggers raise (rows/charts.py); kept in
short, most visits are judged without reading the rows.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, case, func, literal, or_, select, type_coerce

from tracker.domain.booking import BookingStatus
from tracker.domain.verdict import Outcome
from tracker.storage.authorizations import AuthorizationRepository
from tracker.storage.bookings import BookingRepository
from tracker.storage.coming_chart import ComingChart, Stood
from tracker.storage.coming_records import ComingRecords, JudgedUpon, Resting
from tracker.storage.ledger import Ledger
from tracker.storage.mappers import SEPARATOR
from tracker.storage.rows.authorizations import authorization
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.charts import chart_revision, chart_text, event_kind
from tracker.storage.rows.events import event
from tracker.storage.rows.patients import coverage, patient
from tracker.storage.rows.rules import standing

_OPEN = [status.value for status in BookingStatus if status.open]
_WANTED = select(func.json_each(bindparam("wanted", type_=String)).table_valued("value").c.value)
"""The ids asked for, as one list: thousands of values of their own would cost more to bind than the rows to read."""
_STATUSES: Any = bindparam("open", _OPEN, expanding=True, literal_execute=True)
"""Written out, so that the database knows that its index of open visits holds all that are asked for."""
_COMING = and_(booking.c.day >= bindparam("today"), booking.c.status.in_(_STATUSES))
_COUNTS = select(booking.c.patient_id, func.count()).where(_COMING).group_by(booking.c.patient_id)
_JUDGED_UPON = (
    booking.c.patient_id, chart_revision.c.revision, standing.c.chart, standing.c.basis, standing.c.grounds,
    type_coerce(standing.c.since, String), type_coerce(standing.c.until, String),
)  # fmt: skip
_NOW = (
    select(*_JUDGED_UPON)
    .outerjoin(chart_revision, chart_revision.c.patient_id == booking.c.patient_id)
    .outerjoin(standing, standing.c.booking_id == booking.c.id)
    .where(_COMING)
    .order_by(booking.c.patient_id)
)
_NOW_OF = _NOW.where(booking.c.patient_id.in_(_WANTED))
_TEXT_NOW = and_(chart_text.c.patient_id == booking.c.patient_id, chart_text.c.revision == chart_revision.c.revision)
_STOOD = (
    select(
        booking.c.patient_id, booking.c.id, chart_revision.c.revision, standing.c.chart, standing.c.outcome,
        standing.c.marks, chart_text.c.content,
    )
    .outerjoin(chart_revision, chart_revision.c.patient_id == booking.c.patient_id)
    .outerjoin(standing, standing.c.booking_id == booking.c.id)
    .outerjoin(chart_text, _TEXT_NOW)
    .where(_COMING, booking.c.patient_id.in_(_WANTED))
)  # fmt: skip


def _rows(text: Any) -> Any:
    return func.group_concat(text, "\n")


def _text(day: Any) -> Any:
    """Return a day as it is written: of thousands, few are looked at."""
    return type_coerce(day, String)


_VISITS = (
    select(
        _text(patient.c.born), booking.c.day >= bindparam("today"), booking.c.id, booking.c.patient_id,
        booking.c.event_id, booking.c.status, booking.c.provider_id, booking.c.site_id, booking.c.coverage_id,
        booking.c.elsewhere, booking.c.technique_changed,
    )
    .join(patient, patient.c.id == booking.c.patient_id)
    .where(booking.c.patient_id.in_(_WANTED), or_(_COMING, booking.c.status == BookingStatus.HELD.value))
    .order_by(booking.c.patient_id, booking.c.day, booking.c.id)
)  # fmt: skip
_FIRST, _LAST = _text(event.c.first_day), _text(event.c.last_day)
_SPANS = event.c.first_day != event.c.last_day
_EVENT = (
    _FIRST, event.c.id, case((_SPANS, _LAST), else_=""), event.c.family, event.c.status, event.c.intent,
    event.c.approach, event.c.targets, event.c.nerves, event.c.region, event.c.payer, event.c.place, event.c.evidence,
    event.c.relief_percent, event.c.relief_months, event.c.place_of_service,
    event.c.body_regions, event.c.kx_claimed,
)  # fmt: skip
_RESTING = (
    select(booking.c.id, booking.c.status, standing.c.outcome, *_JUDGED_UPON)
    .outerjoin(chart_revision, chart_revision.c.patient_id == booking.c.patient_id)
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
_KINDS = select(event_kind.c.id, event_kind.c.columns)
_KINDS_NUMBERED = _KINDS.where(event_kind.c.id.in_(_WANTED))
_KINDS_OF = _KINDS.where(event_kind.c.columns.in_(_WANTED))
_ADD_KIND = "INSERT OR IGNORE INTO event_kind (columns) VALUES (?)"
_KEEP = "INSERT OR REPLACE INTO chart_text (patient_id, revision, content) VALUES (?, ?, ?)"
_COVERAGES = (
    select(
        coverage.c.patient_id, coverage.c.payer, coverage.c.plan, _text(coverage.c.starts_on),
        _text(coverage.c.ends_on), coverage.c.rank, coverage.c.authorization_required, coverage.c.id,
    )
    .where(coverage.c.patient_id.in_(_WANTED))
    .order_by(coverage.c.rank, coverage.c.id)
)  # fmt: skip
_APPROVALS = (
    select(authorization.c.patient_id, authorization.c.ends_on, authorization.c.decided)
    .where(authorization.c.patient_id.in_(_WANTED))
    .order_by(authorization.c.id)
)


class ComingVisits:
    """Open visits from a day on, by patient; held ones too."""

    def __init__(self, ledger: Ledger, authorizations: AuthorizationRepository, bookings: BookingRepository) -> None:
        self._ledger = ledger
        self._authorizations, self._bookings = authorizations, bookings

    def counts(self, today: date) -> dict[str, int]:
        """Return by patient how many there are."""
        return dict(self._rows(_COUNTS, today=today))

    def judged_upon(self, today: date, patient_ids: Iterable[str] | None = None) -> Iterator[JudgedUpon]:
        """Return of each, of everybody or these patients, what it was judged upon, beside the present revision."""
        if patient_ids is None:
            return self._rows(_NOW, today=today)
        return self._rows(_NOW_OF, today=today, wanted=_listed(patient_ids))

    def stood(self, patient_ids: Iterable[str], today: date) -> dict[str, Stood]:
        """Return by patient how they stood when they were last judged, and the records of now in short, if kept."""
        found: dict[str, Stood] = {}
        rows = self._rows(_STOOD, today=today, wanted=_listed(patient_ids))
        for owner, visit_id, revision, judged, outcome, marks, text in rows:
            stood = found.get(owner)
            if stood is None:
                stood = found[owner] = Stood(revision or 0, {}, ComingChart.read(text) if text else None)
            stood.visits[visit_id] = (outcome, marks) if outcome is not None else None
            if judged != revision:
                stood.former = True
        return found

    def keep_charts(self, read: Mapping[str, tuple[int, ComingChart]]) -> None:
        """Keep these, each with the revision at which it was read: if it is past by now, so is the text."""
        kinds = {kind for _, chart in read.values() for kind in chart.kinds if isinstance(kind, str)}
        numbers = self._numbered(sorted(kinds))
        values = [(owner, revision, chart.text(numbers)) for owner, (revision, chart) in read.items()]
        if values:
            self._ledger.connection.exec_driver_sql(_KEEP, values)

    def kinds(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the kinds of events that have these numbers."""
        wanted = list(numbers)
        return dict(self._rows(_KINDS_NUMBERED, wanted=_listed(wanted))) if wanted else {}

    def resting_on_approvals(self, today: date, patient_ids: Iterable[str] | None = None) -> dict[str, list[Resting]]:
        """Return by patient those that may rest on an approval which does not hold any more.

        These are held, or flagged when they were last judged, booked for no reason of their own, and of patients who
        have a numbered approval; None: of everybody.
        """
        query, wanted = (_RESTING, "") if patient_ids is None else (_RESTING_OF, _listed(patient_ids))
        found: dict[str, list[Resting]] = {}
        for visit_id, status, outcome, *judged in self._rows(query, today=today, wanted=wanted):
            found.setdefault(judged[0], []).append(Resting(visit_id, status, outcome, tuple(judged)))
        return found

    def records(self, patient_ids: Iterable[str], today: date) -> dict[str, ComingRecords]:
        """Return by patient what the answers about the coming visits rest on, of those of these that have any."""
        wanted = list(patient_ids)
        if not wanted:
            return {}
        values = {"wanted": _listed(wanted), "today": today}
        found = _by_patient(self._rows(_VISITS, **values))
        for owner, events in self._rows(_EVENTS, **values):
            if owner in found:
                found[owner].events = events
        for owner, *columns in self._rows(_COVERAGES, **values):
            if owner in found:
                found[owner].coverages += (tuple(columns),)
        for owner, *days in self._rows(_APPROVALS, **values):
            if owner in found:
                found[owner].approvals += (tuple(days),)
        return found

    def add_authorizations(self, read: Mapping[str, ComingRecords]) -> None:
        """Read the approvals of these patients as cases look at them, in the transaction of their records."""
        approved = [owner for owner, records in read.items() if records.approvals]
        if not approved:
            return
        for owner, granted in self._authorizations.list_for_many(approved).items():
            read[owner].authorizations = tuple(granted)
        sites = self._bookings.sites_of_events(approved)
        for owner in approved:
            read[owner].sites = sites

    def _numbered(self, kinds: list[str]) -> dict[str, int]:
        """Return the numbers of these kinds; those that have none get one."""
        if kinds:
            self._ledger.connection.exec_driver_sql(_ADD_KIND, [(kind,) for kind in kinds])
        return {columns: number for number, columns in self._rows(_KINDS_OF, wanted=_listed(kinds))}

    def _rows(self, query: Select[Any], **values: Any) -> Iterator[Any]:
        return iter(self._ledger.connection.execute(query, values).all())


def _listed(ids: Iterable[Any]) -> str:
    return json.dumps(list(ids))


def _by_patient(visits: Iterable[Any]) -> dict[str, ComingRecords]:
    """Return the records of those who have a coming visit; of one that was to be before, and is held, its event."""
    found: dict[str, ComingRecords] = {}
    for row in visits:
        born, coming, visit = row[0], row[1], row[2:]
        _, owner, event_id, status, *_ = visit
        records = found.get(owner)
        if records is None:
            records = found[owner] = ComingRecords(born)
        if status == BookingStatus.HELD.value:
            records.held += (event_id,)
        if coming:
            records.visits += (visit,)
    return {owner: records for owner, records in found.items() if records.visits}
