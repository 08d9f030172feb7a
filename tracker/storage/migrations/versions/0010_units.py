"""Regions of the body of trigger points, and whether a claim had the modifier KX."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    for table in ("event", "course_step", "authorization_request"):
        # Rows on file, and images of acts before, do without.
        op.add_column(table, sa.Column("body_regions", sa.String(), nullable=False, server_default=""))
    op.add_column("event", sa.Column("kx_claimed", sa.Boolean(), nullable=True))
