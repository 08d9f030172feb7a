"""What was typed and not done yet, so that it outlives a crash."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "draft",
        *[sa.Column(name, sa.String(), primary_key=True, nullable=False) for name in ("user", "place")],
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
    )
