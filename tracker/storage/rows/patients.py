"""Patients and their coverages."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from tracker.storage.rows.columns import id_field, points_to, table_of


class PatientRow(SQLModel, table=True):
    """A patient; the `_key` columns hold folded text for the search (tracker.storage.folding)."""

    __tablename__ = "patient"
    __table_args__ = (
        Index("ix_patient_last_first", "last_key", "first_key"),
        Index("ix_patient_first_last", "first_key", "last_key"),
        CheckConstraint("last <> ''", name="last_given"),
    )

    id: str = id_field()
    version: int
    last: str
    first: str
    middle: str
    born: date = Field(index=True)
    mrn: str
    sex: str
    phone: str
    last_key: str
    first_key: str
    mrn_key: str | None = Field(unique=True)
    phone_seven: str | None = Field(index=True)
    phone_four: str | None = Field(index=True)


class CoverageRow(SQLModel, table=True):
    """One plan of one patient, over a span of days."""

    __tablename__ = "coverage"
    __table_args__ = (
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="days_in_order"),
        CheckConstraint("rank >= 1", name="rank_from_one"),
    )

    id: str = id_field()
    version: int
    patient_id: str = points_to("patient.id", index=True)
    payer: str
    plan: str
    starts_on: date | None
    ends_on: date | None
    rank: int
    authorization_required: bool | None
    member_id: str
    member_key: str | None = Field(index=True)


patient = table_of(PatientRow)
coverage = table_of(CoverageRow)
