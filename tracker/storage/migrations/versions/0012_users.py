"""What each person may do, and the chain of acts, which are never changed or taken away from now on.

Nobody is on file at first: whoever has the only password is the manager then.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "user_role",
        sa.Column("id", sa.String(40), primary_key=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False, unique=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.CheckConstraint("role IN ('viewer', 'scheduler', 'manager')", name="role_known"),
    )
    op.add_column("act", sa.Column("seq", sa.Integer(), nullable=True))
    op.add_column("act", sa.Column("mac", sa.String(), nullable=True))
    op.create_index("ix_act_seq", "act", ["seq"], unique=True)
    for statement in _TRIGGERS:
        op.execute(statement)


_TRIGGERS = (
    "CREATE TRIGGER act_stays BEFORE UPDATE ON act BEGIN SELECT raise(ABORT, 'acts stay as they are'); END",
    "CREATE TRIGGER act_is_kept BEFORE DELETE ON act BEGIN SELECT raise(ABORT, 'acts stay as they are'); END",
    "CREATE TRIGGER act_change_stays BEFORE UPDATE ON act_change"
    " BEGIN SELECT raise(ABORT, 'acts stay as they are'); END",
    "CREATE TRIGGER act_change_is_kept BEFORE DELETE ON act_change"
    " BEGIN SELECT raise(ABORT, 'acts stay as they are'); END",
)
