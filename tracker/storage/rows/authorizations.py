"""Authorizations and their lines."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from tracker.domain.authorization import AuthorizationKind, AuthorizationStatus
from tracker.storage.rows.columns import id_field, one_of, points_to, table_of


class AuthorizationRow(SQLModel, table=True):
    """A request and its decision."""

    __tablename__ = "authorization"
    __table_args__ = (
        one_of("status", AuthorizationStatus),
        one_of("kind", AuthorizationKind),
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="days_in_order"),
    )

    id: str = id_field()
    version: int
    patient_id: str = points_to("patient.id", index=True)
    number: str | None = Field(index=True)
    payer: str
    status: str
    kind: str
    submitted: date | None
    decided: date | None
    starts_on: date | None
    ends_on: date | None
    facility: str | None
    place_of_service: str | None
    provider: str | None


class AuthorizationLineRow(SQLModel, table=True):
    """One code of an authorization; units NULL = unlimited."""

    __tablename__ = "authorization_line"
    __table_args__ = (
        CheckConstraint("units IS NULL OR units >= 0", name="units_not_negative"),
        CheckConstraint("used >= 0", name="used_not_negative"),
    )

    id: str = id_field()
    version: int
    authorization_id: str = points_to("authorization.id", index=True)
    position: int
    code: str
    units: int | None
    used: int
    targets: str
    denied: bool


authorization = table_of(AuthorizationRow)
authorization_line = table_of(AuthorizationLineRow)
