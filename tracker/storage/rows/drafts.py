"""What was typed and not done yet, one row for each place where somebody types."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from tracker.storage.rows.columns import Moment, table_of


class DraftRow(SQLModel, table=True):
    """One draft as JSON; the next one of the same user and place is written over it."""

    __tablename__ = "draft"

    user: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    content: str
    saved_at: datetime = Field(sa_type=Moment)


draft = table_of(DraftRow)
