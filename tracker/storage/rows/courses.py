"""Courses of treatment that were planned, step by step."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from tracker.domain.procedure import Approach, Family, Intent
from tracker.storage.rows.columns import Moment, id_field, one_of, points_to, table_of


class CourseRow(SQLModel, table=True):
    """One patient's planned course."""

    __tablename__ = "course"

    id: str = id_field()
    version: int
    patient_id: str = points_to("patient.id", index=True)
    title: str
    template: str
    start: date
    until: date | None
    note: str
    made_by: str
    made_at: datetime = Field(sa_type=Moment)


class CourseStepRow(SQLModel, table=True):
    """One step; `assumed_percent` and `assumed_months` are the relief that the steps behind it count on."""

    __tablename__ = "course_step"
    __table_args__ = (
        one_of("family", Family),
        one_of("intent", Intent, optional=True),
        one_of("approach", Approach, optional=True),
        CheckConstraint("gap_days >= 1", name="gap_of_a_day"),
        CheckConstraint("within_days IS NULL OR within_days >= gap_days", name="latest_not_before_earliest"),
    )

    id: str = id_field()
    version: int
    course_id: str = points_to("course.id", index=True)
    position: int
    family: str
    intent: str | None
    approach: str | None
    targets: str
    body_regions: str
    assumed_percent: float | None
    assumed_months: float | None
    gap_days: int
    within_days: int | None
    not_before: date | None
    starts: time | None
    provider_id: str | None = points_to("provider.id", nullable=True)
    booking_id: str | None = points_to("booking.id", nullable=True)


course = table_of(CourseRow)
course_step = table_of(CourseStepRow)
