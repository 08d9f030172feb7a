"""A revision of each patient's records, by which coming visits are found that must be judged again.

Triggers raise it, so that no way of writing can leave it behind.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

OPEN = "status IN ('held', 'booked', 'confirmed', 'arrived')"


def upgrade() -> None:
    op.create_table(
        "chart_revision",
        sa.Column("patient_id", sa.String(40), primary_key=True, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chart_text",
        sa.Column("patient_id", sa.String(40), primary_key=True, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
    )
    op.create_table(
        "event_kind",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("columns", sa.String(), nullable=False, unique=True),
    )
    op.add_column("standing", sa.Column("chart", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("standing", sa.Column("basis", sa.String(), nullable=False, server_default=""))
    op.add_column("standing", sa.Column("since", sa.Date(), nullable=True))
    op.add_column("standing", sa.Column("until", sa.Date(), nullable=True))
    op.create_index("ix_booking_coming", "booking", ["patient_id", "day", "id"], sqlite_where=sa.text(OPEN))
    op.execute("INSERT INTO chart_revision (patient_id, revision) SELECT id, 1 FROM patient")
    for statement in triggers():
        op.execute(statement)


def triggers() -> list[str]:
    """Return one for each way of writing each table that answers rest on."""
    owned = [_trigger(table, act, _owners(act)) for table in _OWNED for act in _ACTS]
    lines = [_trigger("authorization_line", act, _owners_by_approval(act)) for act in _ACTS]
    return [*owned, *lines, _trigger("patient", "UPDATE", ("NEW.id",)), _trigger("patient", "INSERT", ("NEW.id",))]


_OWNED = ("event", "booking", "coverage", "authorization")
_ACTS = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}


def _owners(act: str) -> tuple[str, ...]:
    return tuple(f"{row}.patient_id" for row in _ACTS[act])


def _owners_by_approval(act: str) -> tuple[str, ...]:
    of = "(SELECT patient_id FROM authorization WHERE id = {row}.authorization_id)"
    return tuple(of.format(row=row) for row in _ACTS[act])


def _trigger(table: str, act: str, owners: tuple[str, ...]) -> str:
    raised = " ".join(
        f"INSERT INTO chart_revision (patient_id, revision) SELECT owner, 1 FROM (SELECT {owner} AS owner)"
        " WHERE owner IS NOT NULL ON CONFLICT (patient_id) DO UPDATE SET revision = revision + 1;"
        for owner in owners
    )
    return f"CREATE TRIGGER chart_by_{table}_{act.lower()} AFTER {act} ON {table} BEGIN {raised} END"
