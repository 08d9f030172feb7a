"""Providers and sites that are offered no more stay on file; sites get the NPI of their facility."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for table in ("provider", "site"):
        _add(table, sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
    _add("site", sa.Column("npi", sa.String(), nullable=False, server_default=""))


def _add(table: str, column: sa.Column) -> None:
    """Add a column that rows on file, and images of acts before, do without."""
    op.add_column(table, column)
