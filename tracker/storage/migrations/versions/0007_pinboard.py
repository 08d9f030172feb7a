"""The pinboard: requests that wait for a day."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "pin",
        sa.Column("id", sa.String(40), primary_key=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.String(40), sa.ForeignKey("patient.id"), nullable=False),
        *[sa.Column(name, sa.String(), nullable=False) for name in ("request", "note", "made_by")],
        sa.Column("made_at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_pin_patient_id", "pin", ["patient_id"])
