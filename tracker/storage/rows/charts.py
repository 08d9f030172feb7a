"""Of each patient, how often anything that answers rest on was written, and that once more in short."""

from __future__ import annotations

from sqlalchemy import String
from sqlmodel import Field, SQLModel

from tracker.storage.rows.columns import ID_LENGTH, table_of


class ChartRevisionRow(SQLModel, table=True):
    """A number that rises with every change of a patient's records, by triggers in the transaction of the change.

    It stays when the patient goes, so that no number ever comes again.
    """

    __tablename__ = "chart_revision"
    __table_args__ = ({"sqlite_with_rowid": False},)

    patient_id: str = Field(primary_key=True, sa_type=String(ID_LENGTH))
    revision: int


class ChartTextRow(SQLModel, table=True):
    """What was read of the patient's records at a revision, as one text: of another revision it is out of date."""

    __tablename__ = "chart_text"

    patient_id: str = Field(primary_key=True, sa_type=String(ID_LENGTH))
    revision: int
    content: str


class EventKindRow(SQLModel, table=True):
    """What many events share: all but id, days and note, joined. Texts of charts name it, so it stays as it is."""

    __tablename__ = "event_kind"

    id: int = Field(primary_key=True)
    columns: str = Field(unique=True)


chart_revision = table_of(ChartRevisionRow)
chart_text = table_of(ChartTextRow)
event_kind = table_of(EventKindRow)
