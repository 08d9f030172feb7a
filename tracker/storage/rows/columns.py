"""Column kinds that the tables share: ids, moments in UTC, and the CHECK that holds an enumeration."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, String, Table
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

ID_LENGTH = 40


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def id_field() -> Any:
    return Field(primary_key=True, sa_type=String(ID_LENGTH))


def points_to(target: str, *, index: bool = False, nullable: bool = False) -> Any:
    """A foreign key to `target` ("patient.id")."""
    return Field(foreign_key=target, sa_type=String(ID_LENGTH), index=index, nullable=nullable)


def one_of(column: str, kind: type[Enum], *, optional: bool = False) -> CheckConstraint:
    """CHECK that the column holds one of the values of `kind`."""
    values = ", ".join(f"'{member.value}'" for member in kind)
    rule = f"{column} IN ({values})"
    return CheckConstraint(f"{column} IS NULL OR {rule}" if optional else rule, name=f"{column}_known")


def table_of(row: type[SQLModel]) -> Table:
    """Return the table behind a row class."""
    table: Table = row.__table__  # type: ignore[attr-defined]  # SQLModel sets it at run time
    return table
