"""The first schema: patients, coverages, events, bookings, authorizations, the clinic, tasks, acts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    for make in (_act, _patient, _clinic, _act_change, _authorization, _coverage, _event):
        make()
    for make in (_authorization_line, _booking, _task):
        make()


def _text(*names: str, null: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=null) for name in names]


def _day(*names: str, null: bool = True) -> list[sa.Column]:
    return [sa.Column(name, sa.Date(), nullable=null) for name in names]


def _moment(name: str, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(), nullable=null)


def _number(*names: str, null: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=null) for name in names]


def _flag(*names: str, null: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Boolean(), nullable=null) for name in names]


def _identity() -> list[sa.Column]:
    return [sa.Column("id", sa.String(40), primary_key=True, nullable=False), *_number("version")]


def _to(table: str, null: bool = False) -> sa.Column:
    return sa.Column(f"{table}_id", sa.String(40), sa.ForeignKey(f"{table}.id"), nullable=null)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)


def _one_of(column: str, values: str, null: bool = False) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values.split())
    return _check(
        f"{column}_known", f"{column} IS NULL OR {column} IN ({listed})" if null else f"{column} IN ({listed})"
    )


def _index(table: str, *columns: str, name: str = "") -> None:
    op.create_index(name or f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _days_in_order() -> sa.CheckConstraint:
    return _check("days_in_order", "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on")


def _act() -> None:
    identity = sa.Column("id", sa.String(40), primary_key=True, nullable=False)
    named = _text("by", "station", "kind", "entity", "entity_id")
    op.create_table("act", identity, _moment("at"), *named, *_text("undoes", null=True))
    _index("act", "undoes")


def _act_change() -> None:
    op.create_table(
        "act_change",
        sa.Column("act_id", sa.String(), sa.ForeignKey("act.id"), primary_key=True, nullable=False),
        sa.Column("position", sa.Integer(), primary_key=True, nullable=False),
        *_text("entity", "entity_id"),
        *_number("version"),
        *_text("before", "after", null=True),
    )
    _index("act_change", "entity", "entity_id", name="ix_act_change_entity")


def _patient() -> None:
    op.create_table(
        "patient",
        *_identity(),
        *_text("last", "first", "middle"),
        *_day("born", null=False),
        *_text("mrn", "sex", "phone", "last_key", "first_key"),
        sa.Column("mrn_key", sa.String(), nullable=True, unique=True),
        *_text("phone_seven", "phone_four", null=True),
        _check("last_given", "last <> ''"),
    )
    _index("patient", "last_key", "first_key", name="ix_patient_last_first")
    _index("patient", "first_key", "last_key", name="ix_patient_first_last")
    for column in ("born", "phone_seven", "phone_four"):
        _index("patient", column)


def _clinic() -> None:
    op.create_table("provider", *_identity(), *_text("name", "short", "npi"))
    op.create_table("setting", *_identity(), *_text("content"))
    columns = [*_text("name", "state", "place_of_service", "facility"), *_flag("hospital_exempt"), *_text("biller")]
    op.create_table("site", *_identity(), *columns, _one_of("biller", "professional facility"))


def _coverage() -> None:
    op.create_table(
        "coverage",
        *_identity(),
        _to("patient"),
        *_text("payer", "plan"),
        *_day("starts_on", "ends_on"),
        *_number("rank"),
        *_flag("authorization_required", null=True),
        *_text("member_id"),
        *_text("member_key", null=True),
        _days_in_order(),
        _check("rank_from_one", "rank >= 1"),
    )
    _index("coverage", "patient_id")
    _index("coverage", "member_key")


def _event() -> None:
    op.create_table(
        "event",
        *_identity(),
        _to("patient"),
        *_day("first_day", "last_day", null=False),
        *_text("family", "status"),
        *_text("intent", "approach", null=True),
        *_text("targets", "nerves"),
        *_text("region", "payer", null=True),
        *_text("place", "evidence"),
        sa.Column("relief_percent", sa.Float(), nullable=True),
        sa.Column("relief_months", sa.Float(), nullable=True),
        *_text("note"),
        _to("provider", null=True),
        *_text("provider_name"),
        *_flag("struck"),
        *_text("struck_reason", "origin", "source_file"),
        *_number("source_line", null=True),
        sa.Column("source_key", sa.String(), nullable=True, unique=True),
        *_text("recorded_by"),
        _moment("recorded_at"),
        *_event_checks(),
    )
    _index("event", "patient_id", "first_day", name="ix_event_patient_day")


def _event_checks() -> list[sa.CheckConstraint]:
    families = "facet-injection facet-ablation epidural si-joint-injection si-joint-ablation trigger-point"
    families += " basivertebral-ablation genicular-block genicular-ablation occipital-block scs-trial"
    approaches = "medial-branch intra-articular interlaminar caudal transforaminal nerve-root"
    return [
        _one_of("family", families),
        _one_of("status", "performed booked cancelled no-show aborted"),
        _one_of("intent", "diagnostic therapeutic", null=True),
        _one_of("approach", approaches, null=True),
        _one_of("region", "cervical-thoracic lumbar-sacral", null=True),
        _one_of("place", "here elsewhere"),
        _one_of("evidence", "record claim patient-reported"),
        _one_of("origin", "entry booking import"),
        _check("days_in_order", "first_day <= last_day"),
        _check("percent_in_range", "relief_percent IS NULL OR relief_percent BETWEEN 0 AND 100"),
        _check("months_not_negative", "relief_months IS NULL OR relief_months >= 0"),
    ]


def _authorization() -> None:
    statuses = "draft submitted pended approved partially-approved modified denied cancelled not-required"
    op.create_table(
        "authorization",
        *_identity(),
        _to("patient"),
        *_text("number", null=True),
        *_text("payer", "status", "kind"),
        *_day("submitted", "decided", "starts_on", "ends_on"),
        *_text("facility", "place_of_service", "provider", null=True),
        _one_of("status", statuses),
        _one_of("kind", "payer medicare-opd wiser"),
        _days_in_order(),
    )
    _index("authorization", "patient_id")
    _index("authorization", "number")


def _authorization_line() -> None:
    op.create_table(
        "authorization_line",
        *_identity(),
        _to("authorization"),
        *_number("position"),
        *_text("code"),
        *_number("units", null=True),
        *_number("used"),
        *_text("targets"),
        *_flag("denied"),
        _check("units_not_negative", "units IS NULL OR units >= 0"),
        _check("used_not_negative", "used >= 0"),
    )
    _index("authorization_line", "authorization_id")


def _booking() -> None:
    op.create_table(
        "booking",
        *_identity(),
        _to("patient"),
        sa.Column("event_id", sa.String(40), sa.ForeignKey("event.id"), nullable=False, unique=True),
        *_text("status"),
        *_day("day", null=False),
        sa.Column("starts", sa.Time(), nullable=True),
        *_number("minutes"),
        *(_to(table, null=True) for table in ("provider", "site", "coverage")),
        *_text("lone_nerves"),
        *_flag("technique_changed"),
        *_text("elsewhere", "note"),
        *_text("verdict_outcome", null=True),
        *_text("verdict_headline", "verdict_policies"),
        _moment("verdict_at", null=True),
        *_text("verdict_snapshot"),
        *_text("override_reason", null=True),
        *_text("override_text", "override_reference", "override_by"),
        _moment("override_at", null=True),
        *_booking_checks(),
    )
    _index("booking", "patient_id")
    _index("booking", "day", "provider_id", name="ix_booking_day_provider")


def _booking_checks() -> list[sa.CheckConstraint]:
    reasons = "payer-exception other-site not-performed other-payer self-pay clinician-appeal urgent other"
    return [
        _one_of("status", "booked confirmed arrived done cancelled no-show"),
        _one_of("elsewhere", "not-asked none yes"),
        _one_of("verdict_outcome", "allowed caution needs_authorization unknown not_allowed", null=True),
        _one_of("override_reason", reasons, null=True),
        _check("minutes_in_a_day", "minutes BETWEEN 1 AND 1440"),
    ]


def _task() -> None:
    kinds = "attach-exception correct-site correct-not-performed correct-coverage file-waiver appeal"
    op.create_table(
        "task",
        *_identity(),
        *_text("kind"),
        _to("patient"),
        _to("booking", null=True),
        *_text("content"),
        *_day("due", null=False),
        *_text("made_by"),
        _moment("made_at"),
        _moment("closed_at", null=True),
        *_text("closed_because"),
        _one_of("kind", f"{kinds} review-urgent review-override"),
    )
    for column in ("patient_id", "booking_id", "due"):
        _index("task", column)
