"""What has to be on file for a request: scores, conservative care, papers, ticks, and claims denied."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlmodel import Field, SQLModel

from tracker.domain.clinical_record import DocumentKind
from tracker.domain.procedure import Family
from tracker.storage.rows.columns import ID_LENGTH, Moment, id_field, one_of, points_to, table_of


class ResponseRow(SQLModel, table=True):
    """How a patient did after one injection."""

    __tablename__ = "response"

    id: str = id_field()
    version: int
    event_id: str = Field(foreign_key="event.id", sa_type=String(ID_LENGTH), unique=True)
    scale: str
    before: float | None
    after: float | None
    scale_after: str
    function: str
    recorded_by: str
    recorded_at: datetime = Field(sa_type=Moment)


class ConservativeCareRow(SQLModel, table=True):
    """One treatment that was tried first."""

    __tablename__ = "conservative_care"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="days_in_order"),)

    id: str = id_field()
    version: int
    patient_id: str = points_to("patient.id", index=True)
    what: str
    starts_on: date
    ends_on: date | None
    result: str


class DocumentRow(SQLModel, table=True):
    """A paper of a patient."""

    __tablename__ = "document"
    __table_args__ = (one_of("kind", DocumentKind), CheckConstraint("size >= 0", name="size_not_negative"))

    id: str = id_field()
    version: int
    patient_id: str = points_to("patient.id", index=True)
    authorization_id: str | None = points_to("authorization.id", nullable=True, index=True)
    event_id: str | None = points_to("event.id", nullable=True)
    kind: str
    title: str
    media_type: str
    size: int
    sha256: str
    dated: date | None
    pages: int | None
    item: str
    added_by: str
    added_at: datetime = Field(sa_type=Moment)
    struck: bool
    struck_reason: str


class DocumentContentRow(SQLModel, table=True):
    """What a paper says, once for all papers that are the same; no image of it is kept with an act."""

    __tablename__ = "document_content"

    sha256: str = Field(primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)


class ClaimDenialRow(SQLModel, table=True):
    """A claim that the payer did not pay."""

    __tablename__ = "claim_denial"
    __table_args__ = (CheckConstraint("cents IS NULL OR cents >= 0", name="cents_not_negative"),)

    id: str = id_field()
    version: int
    event_id: str = points_to("event.id", index=True)
    denied_on: date
    reason_code: str
    remark_code: str
    group_code: str
    cents: int | None
    note: str


class ChecklistMarkRow(SQLModel, table=True):
    """Somebody's word that an item of a checklist is there."""

    __tablename__ = "checklist_mark"
    __table_args__ = (one_of("family", Family),)

    id: str = id_field()
    version: int
    patient_id: str = points_to("patient.id", index=True)
    authorization_id: str | None = points_to("authorization.id", nullable=True)
    family: str
    item: str
    dated: date | None
    note: str
    marked_by: str
    marked_at: datetime = Field(sa_type=Moment)


response = table_of(ResponseRow)
conservative_care = table_of(ConservativeCareRow)
document = table_of(DocumentRow)
document_content = table_of(DocumentContentRow)
claim_denial = table_of(ClaimDenialRow)
checklist_mark = table_of(ChecklistMarkRow)
