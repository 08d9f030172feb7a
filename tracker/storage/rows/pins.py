"""What the clinic has parked on its pinboard: requests that wait for a day."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from tracker.storage.rows.columns import Moment, id_field, points_to, table_of


class PinRow(SQLModel, table=True):
    """One parked request as JSON; nothing that is counted or judged of it is kept."""

    __tablename__ = "pin"

    id: str = id_field()
    version: int
    patient_id: str = points_to("patient.id", index=True)
    request: str
    note: str
    made_by: str
    made_at: datetime = Field(sa_type=Moment)


pin = table_of(PinRow)
