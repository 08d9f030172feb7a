"""Changes a CHECK of a table, which SQLite cannot alter: the table is built anew and takes the place of the old one.

Runs in the transaction of the migration, on a connection whose foreign keys are not enforced meanwhile.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import CheckConstraint, MetaData, Table, text

_TRIGGERS = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name")


def change_check(name: str, check: str, rule: str) -> None:
    """Build the table `name` anew with `rule` as its constraint `check`, which must be there already."""
    connection = op.get_bind()
    old = Table(name, MetaData(), autoload_with=connection)
    checks = [each for each in old.constraints if isinstance(each, CheckConstraint) and each.name == check]
    if not checks:
        raise ValueError(f"{name} has no constraint {check}")
    old.constraints.difference_update(checks)
    indexes, old.indexes = old.indexes, set()
    triggers = connection.execute(_TRIGGERS, {"name": name}).scalars().all()
    beside = old.to_metadata(old.metadata, name=f"{name}_rebuilt")
    beside.append_constraint(CheckConstraint(rule, name=check))
    beside.create(connection)
    connection.execute(beside.insert().from_select(list(old.c.keys()), old.select()))
    old.drop(connection)
    op.rename_table(beside.name, name)
    for index in indexes:
        some = index.dialect_options["sqlite"]["where"]
        op.create_index(index.name, name, list(index.columns.keys()), unique=index.unique, sqlite_where=some)
    for trigger in triggers:
        op.execute(trigger)
