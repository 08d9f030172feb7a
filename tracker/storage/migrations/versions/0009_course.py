"""Steps of a course get a time of day and a provider."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("course_step", sa.Column("starts", sa.Time(), nullable=True))
    # In one piece, which SQLite and PostgreSQL both do: a reference cannot be added to a column that is there.
    op.execute("ALTER TABLE course_step ADD COLUMN provider_id VARCHAR(40) REFERENCES provider (id)")
