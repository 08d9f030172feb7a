"""What people did: one row per act, one per record that the act touched, with the images before and after."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from tracker.storage.rows.columns import Moment, id_field, table_of


class ActRow(SQLModel, table=True):
    """Who did what, when and at which desk; `undoes` names the act that it takes back.

    `seq` and `mac` chain it to the act before; those from before there was a chain have none.
    """

    __tablename__ = "act"

    id: str = id_field()
    at: datetime = Field(sa_type=Moment, index=True)
    by: str
    station: str
    kind: str
    entity: str
    entity_id: str
    undoes: str | None = Field(index=True)
    seq: int | None = Field(default=None, unique=True, index=True)
    mac: str | None = None


class ActChangeRow(SQLModel, table=True):
    """One record that an act touched. Images are JSON; `before` NULL: it was made; `after` NULL: it was taken away.

    A record made in bulk keeps no image of itself: it is its own until it is first changed.
    """

    __tablename__ = "act_change"
    __table_args__ = (
        Index("ix_act_change_entity", "entity", "entity_id"),
        Index("ix_act_change_taken_away", "act_id", sqlite_where=text("after IS NULL AND before IS NOT NULL")),
    )

    act_id: str = Field(primary_key=True, foreign_key="act.id")
    position: int = Field(primary_key=True)
    entity: str
    entity_id: str
    version: int
    before: str | None
    after: str | None


act = table_of(ActRow)
act_change = table_of(ActChangeRow)
