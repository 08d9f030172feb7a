"""What is to be done next, as the work panel shows it."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from tracker.storage.records import TaskKind
from tracker.storage.rows.columns import Moment, id_field, one_of, points_to, table_of


class TaskRow(SQLModel, table=True):
    """One task, open until it is closed with a reason."""

    __tablename__ = "task"
    __table_args__ = (one_of("kind", TaskKind),)

    id: str = id_field()
    version: int
    kind: str
    patient_id: str = points_to("patient.id", index=True)
    booking_id: str | None = points_to("booking.id", nullable=True, index=True)
    event_id: str | None = points_to("event.id", nullable=True, index=True)
    content: str
    due: date = Field(index=True)
    made_by: str
    made_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(sa_type=Moment, nullable=True)
    closed_because: str


task = table_of(TaskRow)
