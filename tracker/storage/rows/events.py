"""Injections and ablations, done or booked, here or elsewhere, with where each entry came from."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from tracker.domain.anatomy import Region
from tracker.domain.event import EventEvidence, EventStatus, Place
from tracker.domain.procedure import Approach, Family, Intent
from tracker.storage.records import Origin
from tracker.storage.rows.columns import Moment, id_field, one_of, points_to, table_of


class EventRow(SQLModel, table=True):
    """One entry of a history. Targets in their written form, separated by "; ", nerves and regions by spaces."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_patient_day", "patient_id", "first_day"),
        Index("ix_event_first_day", "first_day"),
        one_of("family", Family),
        one_of("status", EventStatus),
        one_of("intent", Intent, optional=True),
        one_of("approach", Approach, optional=True),
        one_of("region", Region, optional=True),
        one_of("place", Place),
        one_of("evidence", EventEvidence),
        one_of("origin", Origin),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("relief_percent IS NULL OR relief_percent BETWEEN 0 AND 100", name="percent_in_range"),
        CheckConstraint("relief_months IS NULL OR relief_months >= 0", name="months_not_negative"),
    )

    id: str = id_field()
    version: int
    patient_id: str = points_to("patient.id")
    first_day: date
    last_day: date
    family: str
    status: str
    intent: str | None
    approach: str | None
    targets: str
    nerves: str
    region: str | None
    payer: str | None
    place: str
    evidence: str
    relief_percent: float | None
    relief_months: float | None
    note: str
    place_of_service: str | None
    body_regions: str
    kx_claimed: bool | None
    provider_id: str | None = points_to("provider.id", nullable=True)
    provider_name: str
    struck: bool
    struck_reason: str
    origin: str
    source_file: str
    source_line: int | None
    source_key: str | None = Field(unique=True)
    recorded_by: str
    recorded_at: datetime = Field(sa_type=Moment)


event = table_of(EventRow)
