"""Requests name providers and facilities that are not of the clinic."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

COLUMNS = (
    "ordering_name", "ordering_npi", "rendering_name", "rendering_npi", "facility_name", "facility_npi",
    "facility_place",
)  # fmt: skip


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("authorization_request", sa.Column(name, sa.String(), nullable=False, server_default=""))
