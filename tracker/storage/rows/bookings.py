"""Booked visits: each belongs to one event of the history."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Index, String, text
from sqlmodel import Field, SQLModel

from tracker.domain.booking import BookingStatus, Elsewhere, OverrideReason
from tracker.domain.verdict import Outcome
from tracker.storage.rows.columns import ID_LENGTH, Moment, id_field, one_of, points_to, table_of

_OPEN = text("status IN ('held', 'booked', 'confirmed', 'arrived')")
"""Visits to come: those of which `BookingStatus.open` holds."""


class BookingRow(SQLModel, table=True):
    """When and with whom, the answer it was booked under (a record, never a source), and why if against it."""

    __tablename__ = "booking"
    __table_args__ = (
        Index("ix_booking_day_provider", "day", "provider_id"),
        Index("ix_booking_coming", "patient_id", "day", "id", sqlite_where=_OPEN),
        one_of("status", BookingStatus),
        one_of("elsewhere", Elsewhere),
        one_of("verdict_outcome", Outcome, optional=True),
        one_of("override_reason", OverrideReason, optional=True),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_in_a_day"),
    )

    id: str = id_field()
    version: int
    patient_id: str = points_to("patient.id", index=True)
    event_id: str = Field(foreign_key="event.id", sa_type=String(ID_LENGTH), unique=True)
    status: str
    day: date
    starts: time | None
    minutes: int
    provider_id: str | None = points_to("provider.id", nullable=True)
    site_id: str | None = points_to("site.id", nullable=True)
    coverage_id: str | None = points_to("coverage.id", nullable=True)
    lone_nerves: str
    technique_changed: bool
    elsewhere: str
    note: str
    verdict_outcome: str | None
    verdict_headline: str
    verdict_policies: str
    verdict_at: datetime | None = Field(sa_type=Moment, nullable=True)
    verdict_snapshot: str
    override_reason: str | None
    override_text: str
    override_reference: str
    override_by: str
    override_at: datetime | None = Field(sa_type=Moment, nullable=True)


booking = table_of(BookingRow)
