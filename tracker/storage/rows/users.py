"""What each person may do; who has a password stands in the key file, not here."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from tracker.domain.roles import Role
from tracker.storage.rows.columns import id_field, one_of, table_of


class UserRoleRow(SQLModel, table=True):
    """The role of one person, by the name that their slot in the key file carries."""

    __tablename__ = "user_role"
    __table_args__ = (one_of("role", Role),)

    id: str = id_field()
    version: int
    name: str = Field(unique=True)
    role: str


user_role = table_of(UserRoleRow)
