"""The clinic's own rules, confirmations, packs, standings of visits, courses; visits that are held."""

import sqlalchemy as sa
from alembic import op

from tracker.storage.migrations.rebuilding import change_check

revision = "0002"
down_revision = "0001"

OUTCOMES = "'allowed', 'caution', 'needs_authorization', 'unknown', 'not_allowed'"
FAMILIES = (
    "'facet-injection', 'facet-ablation', 'epidural', 'si-joint-injection', 'si-joint-ablation', 'trigger-point', "
    "'basivertebral-ablation', 'genicular-block', 'genicular-ablation', 'occipital-block', 'scs-trial'"
)
APPROACHES = "'medial-branch', 'intra-articular', 'interlaminar', 'caudal', 'transforaminal', 'nerve-root'"


def upgrade() -> None:
    statuses = "'held', 'booked', 'confirmed', 'arrived', 'done', 'cancelled', 'no-show'"
    change_check("booking", "status_known", f"status IN ({statuses})")
    for make in (_clinic_rule, _rule_confirmation, _rule_pack, _standing, _course, _course_step):
        make()


def _text(*names: str, null: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=null) for name in names]


def _moment(name: str, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(), nullable=null)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _identity() -> list[sa.Column]:
    return [sa.Column("id", sa.String(40), primary_key=True, nullable=False), _number("version")]


def _to(table: str, null: bool = False) -> sa.Column:
    return sa.Column(f"{table}_id", sa.String(40), sa.ForeignKey(f"{table}.id"), nullable=null)


def _one_of(column: str, values: str, null: bool = False) -> sa.CheckConstraint:
    rule = f"{column} IN ({values})"
    return sa.CheckConstraint(f"{column} IS NULL OR {rule}" if null else rule, name=f"{column}_known")


def _clinic_rule() -> None:
    op.create_table(
        "clinic_rule",
        *_identity(),
        *_text("rules", "action", "policy", "rule_id", "fingerprint", "payer", "plan", "content", "reason", "made_by"),
        _moment("made_at"),
        *_text("ended_by"),
        _moment("ended_at", null=True),
        _one_of("action", "'add', 'replace', 'off'"),
        sa.CheckConstraint("(action = 'off') = (content = '')", name="content_fits_action"),
    )
    op.create_index("ix_clinic_rule_rules", "clinic_rule", ["rules"])


def _rule_confirmation() -> None:
    op.create_table(
        "rule_confirmation",
        *_identity(),
        *_text("policy", "rule_id", "fingerprint", "seen_in", "confirmed_by"),
        _moment("confirmed_at"),
    )


def _rule_pack() -> None:
    op.create_table(
        "rule_pack",
        *_identity(),
        *_text("name"),
        _number("number"),
        sa.Column("published", sa.Date(), nullable=False),
        *_text("signer", "mark", "content", "taken_in_by"),
        _moment("taken_in_at"),
        sa.UniqueConstraint("mark", name="uq_rule_pack_mark"),
    )


def _standing() -> None:
    op.create_table(
        "standing",
        sa.Column("booking_id", sa.String(40), sa.ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True),
        *_text("outcome", "headline", "reason", "marks", "grounds"),
        _moment("judged_at"),
        *_text("was_outcome", null=True),
        *_text("was_headline", "because"),
        _moment("changed_at", null=True),
        _moment("seen_at", null=True),
        _one_of("outcome", OUTCOMES),
        _one_of("was_outcome", OUTCOMES, null=True),
    )
    op.create_index("ix_standing_changed_at", "standing", ["changed_at"])
    identity = sa.Column("id", sa.String(40), primary_key=True, nullable=False)
    op.create_table("recheck", identity, *_text("last_act"), sa.Column("day", sa.Date(), nullable=False))


def _course() -> None:
    op.create_table(
        "course",
        *_identity(),
        _to("patient"),
        *_text("title", "template"),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        *_text("note", "made_by"),
        _moment("made_at"),
    )
    op.create_index("ix_course_patient_id", "course", ["patient_id"])


def _course_step() -> None:
    op.create_table(
        "course_step",
        *_identity(),
        _to("course"),
        _number("position"),
        *_text("family"),
        *_text("intent", "approach", null=True),
        *_text("targets"),
        sa.Column("assumed_percent", sa.Float(), nullable=True),
        sa.Column("assumed_months", sa.Float(), nullable=True),
        _number("gap_days"),
        sa.Column("within_days", sa.Integer(), nullable=True),
        sa.Column("not_before", sa.Date(), nullable=True),
        _to("booking", null=True),
        _one_of("family", FAMILIES),
        _one_of("intent", "'diagnostic', 'therapeutic'", null=True),
        _one_of("approach", APPROACHES, null=True),
        sa.CheckConstraint("gap_days >= 1", name="gap_of_a_day"),
        sa.CheckConstraint("within_days IS NULL OR within_days >= gap_days", name="latest_not_before_earliest"),
    )
    op.create_index("ix_course_step_course_id", "course_step", ["course_id"])
