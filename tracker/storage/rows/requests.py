"""What the clinic asked for, beside the payer's answer, and everything that was said about it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlmodel import Field, SQLModel

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.authorization_request import Channel, LogKind, PeerToPeer, RequestType
from tracker.domain.procedure import Approach, Family, Intent
from tracker.storage.rows.columns import ID_LENGTH, Moment, id_field, one_of, points_to, table_of


class AuthorizationRequestRow(SQLModel, table=True):
    """The request behind an authorization; it has the same id."""

    __tablename__ = "authorization_request"
    __table_args__ = (
        Index("ix_authorization_request_next_action", "next_action"),
        one_of("type", RequestType),
        one_of("family", Family, optional=True),
        one_of("intent", Intent, optional=True),
        one_of("approach", Approach, optional=True),
        one_of("channel", Channel, optional=True),
        one_of("peer_to_peer", PeerToPeer),
        CheckConstraint("wanted_from IS NULL OR wanted_to IS NULL OR wanted_from <= wanted_to", name="wanted_in_order"),
        CheckConstraint("appeal_level >= 0", name="appeal_level_not_negative"),
    )

    id: str = Field(primary_key=True, foreign_key="authorization.id", sa_type=String(ID_LENGTH))
    version: int
    type: str
    expedited: bool
    coverage_id: str | None = points_to("coverage.id", nullable=True)
    site_id: str | None = points_to("site.id", nullable=True)
    ordering_provider_id: str | None = points_to("provider.id", nullable=True)
    rendering_provider_id: str | None = points_to("provider.id", nullable=True)
    family: str | None
    intent: str | None
    approach: str | None
    targets: str
    diagnoses: str
    wanted_from: date | None
    wanted_to: date | None
    planned_for: date | None
    channel: str | None
    reference: str
    submitted_at: datetime | None = Field(sa_type=Moment, nullable=True)
    complete_at: datetime | None = Field(sa_type=Moment, nullable=True)
    decide_by: datetime | None = Field(sa_type=Moment, nullable=True)
    owner: str
    next_action: date | None
    next_step: str
    denial_code: str
    denial_text: str
    peer_to_peer: str
    peer_to_peer_by: date | None
    appeal_level: int
    appeal_by: date | None
    replaces: str
    note: str
    ordering_name: str
    ordering_npi: str
    rendering_name: str
    rendering_npi: str
    facility_name: str
    facility_npi: str
    facility_place: str
    body_regions: str


class AskedLineRow(SQLModel, table=True):
    """One code of a request."""

    __tablename__ = "asked_line"
    __table_args__ = (CheckConstraint("units >= 1", name="units_positive"),)

    id: str = id_field()
    version: int
    authorization_id: str = points_to("authorization.id", index=True)
    position: int
    code: str
    units: int
    targets: str
    add_on: bool


class LogEntryRow(SQLModel, table=True):
    """Who said or did what about a request, when."""

    __tablename__ = "authorization_log"
    __table_args__ = (
        one_of("kind", LogKind),
        one_of("channel", Channel, optional=True),
        one_of("before", AuthorizationStatus, optional=True),
        one_of("after", AuthorizationStatus, optional=True),
    )

    id: str = id_field()
    version: int
    authorization_id: str = points_to("authorization.id", index=True)
    kind: str
    at: datetime = Field(sa_type=Moment)
    by: str
    content: str
    channel: str | None
    spoke_with: str
    reference: str
    before: str | None
    after: str | None


authorization_request = table_of(AuthorizationRequestRow)
asked_line = table_of(AskedLineRow)
authorization_log = table_of(LogEntryRow)
