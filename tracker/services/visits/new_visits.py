"""Puts a visit on file: the planned event of the history, and the visit that was booked or held under an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tracker.domain.booking import Booking, BookingStatus, Override
from tracker.domain.coverage import coverage_on
from tracker.domain.event import Event, EventStatus, PartialDate
from tracker.services.answers.answers import Answer, record_of
from tracker.services.answers.charts import Chart
from tracker.services.answers.clashes import refuse_clashes
from tracker.storage.identity import new_id
from tracker.storage.records import HistoryEntry, Origin, Provenance
from tracker.storage.unit_of_work import UnitOfWork


def add_visit(
    uow: UnitOfWork,
    chart: Chart,
    answer: Answer,
    by: str,
    at: datetime,
    override: Override | None = None,
    status: BookingStatus = BookingStatus.BOOKED,
) -> Booking:
    """Add the visit that the answer is about. Raises ConflictError when another visit stands in the way."""
    booking = _booking(chart, answer, at, override, status)
    refuse_clashes(uow, booking)
    provenance = Provenance(Origin.BOOKING, by, at)
    uow.events.add(HistoryEntry(booking.patient_id, booking.event, provenance, booking.provider_id))
    uow.bookings.add(booking, answer.request.lone_nerves)
    return booking


def _booking(chart: Chart, answer: Answer, at: datetime, override: Override | None, status: BookingStatus) -> Booking:
    request = answer.request
    blank = Event(new_id(), PartialDate.on(request.day), request.family, EventStatus.BOOKED)
    event = as_asked(blank, answer, chart)
    return Booking(
        id=new_id(),
        patient_id=request.patient_id,
        event=event,
        status=status,
        starts=request.starts,
        minutes=request.minutes,
        provider_id=request.provider_id,
        site_id=chart.clinic.site(request.site_id).id,
        coverage_id=answer.coverage.id if answer.coverage else "",
        verdict=record_of(answer, at),
        override=override,
        elsewhere=request.elsewhere,
        technique_changed=request.technique_changed,
        note=request.note,
    )


def as_asked(event: Event, answer: Answer, chart: Chart) -> Event:
    """Return the event with everything that the request says of it; whatever else is on file of it stays."""
    request = answer.request
    return replace(
        event,
        when=PartialDate.on(request.day),
        family=request.family,
        intent=request.intent,
        approach=request.approach,
        targets=request.targets,
        nerves=request.nerves or request.lone_nerves,
        payer=_payer_of(answer, chart),
        place_of_service=chart.clinic.site(request.site_id).place_of_service,
        body_regions=request.body_regions,
    )


def _payer_of(answer: Answer, chart: Chart) -> str | None:
    """Return the payer where another coverage was chosen than the one that pays first that day, else None."""
    usual = coverage_on(chart.coverages, answer.request.day)
    chosen = answer.coverage
    return chosen.payer if chosen and (usual is None or usual.payer != chosen.payer) else None
