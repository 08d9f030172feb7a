"""Of each request what the worklist is narrowed and sorted by, once more in short."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import String
from sqlmodel import Field, SQLModel

from tracker.storage.rows.columns import ID_LENGTH, Moment, table_of


class WorkKeyRow(SQLModel, table=True):
    """Written by triggers in the transaction that changes the request, the payer's answer or the patient's name.

    What is asked most stands first: reading a row ends with the last column that is looked at.
    """

    __tablename__ = "work_key"

    number: int = Field(primary_key=True)
    next_action: date | None
    status: str
    ends_on: date | None
    owner_key: str
    payer: str
    decide_by: datetime | None = Field(sa_type=Moment, nullable=True)
    appeal_by: date | None
    last_key: str
    first_key: str
    number_key: str
    reference_key: str
    mrn_key: str
    id: str = Field(sa_type=String(ID_LENGTH), unique=True)


work_key = table_of(WorkKeyRow)
