"""What migration 0003 makes for scores, conservative care, denied claims and ticked items; part of it, and as final."""

import sqlalchemy as sa
from alembic import op

FAMILIES = (
    "'facet-injection', 'facet-ablation', 'epidural', 'si-joint-injection', 'si-joint-ablation', 'trigger-point', "
    "'basivertebral-ablation', 'genicular-block', 'genicular-ablation', 'occipital-block', 'scs-trial'"
)


def make_all() -> None:
    op.create_index("ix_event_first_day", "event", ["first_day"])
    for make in (_event_of_tasks, _response, _conservative_care, _claim_denial, _mark):
        make()


def _event_of_tasks() -> None:
    """SQLite adds a column that points elsewhere, but Alembic knows it only for whole new tables."""
    op.execute("ALTER TABLE task ADD COLUMN event_id VARCHAR(40) REFERENCES event (id)")
    op.create_index("ix_task_event_id", "task", ["event_id"])


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _identity() -> list[sa.Column]:
    return [
        sa.Column("id", sa.String(40), primary_key=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def _to(table: str, null: bool = False) -> sa.Column:
    return sa.Column(f"{table}_id", sa.String(40), sa.ForeignKey(f"{table}.id"), nullable=null)


def _response() -> None:
    op.create_table(
        "response",
        *_identity(),
        sa.Column("event_id", sa.String(40), sa.ForeignKey("event.id"), nullable=False, unique=True),
        *_text("scale"),
        sa.Column("before", sa.Float(), nullable=True),
        sa.Column("after", sa.Float(), nullable=True),
        *_text("scale_after", "function", "recorded_by"),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
    )


def _conservative_care() -> None:
    op.create_table(
        "conservative_care",
        *_identity(),
        _to("patient"),
        *_text("what"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        *_text("result"),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="days_in_order"),
    )
    op.create_index("ix_conservative_care_patient_id", "conservative_care", ["patient_id"])


def _claim_denial() -> None:
    op.create_table(
        "claim_denial",
        *_identity(),
        _to("event"),
        sa.Column("denied_on", sa.Date(), nullable=False),
        *_text("reason_code", "remark_code", "group_code"),
        sa.Column("cents", sa.Integer(), nullable=True),
        *_text("note"),
        sa.CheckConstraint("cents IS NULL OR cents >= 0", name="cents_not_negative"),
    )
    op.create_index("ix_claim_denial_event_id", "claim_denial", ["event_id"])


def _mark() -> None:
    op.create_table(
        "checklist_mark",
        *_identity(),
        _to("patient"),
        _to("authorization", null=True),
        *_text("family", "item"),
        sa.Column("dated", sa.Date(), nullable=True),
        *_text("note", "marked_by"),
        sa.Column("marked_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(f"family IN ({FAMILIES})", name="family_known"),
    )
    op.create_index("ix_checklist_mark_patient_id", "checklist_mark", ["patient_id"])
