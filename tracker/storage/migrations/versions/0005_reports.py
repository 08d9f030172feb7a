"""Each answer that a coming visit had, kept for the report of denials avoided; acts found by their moment."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

OUTCOMES = "'allowed', 'caution', 'needs_authorization', 'unknown', 'not_allowed'"


def upgrade() -> None:
    op.create_table(
        "standing_turn",
        sa.Column("id", sa.String(40), primary_key=True, nullable=False),
        sa.Column(
            "booking_id", sa.String(40), sa.ForeignKey("booking.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("headline", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name="outcome_known"),
    )
    op.create_index("ix_standing_turn_at", "standing_turn", ["at"])
    op.create_index("ix_act_at", "act", ["at"])
    op.create_index(
        "ix_act_change_taken_away",
        "act_change",
        ["act_id"],
        sqlite_where=sa.text("after IS NULL AND before IS NOT NULL"),
    )
