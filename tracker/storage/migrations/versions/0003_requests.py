"""Requests for authorizations with their log, scores, conservative care, papers, denied claims."""

import sqlalchemy as sa
from alembic import op

from tracker.storage.migrations import clinical_tables
from tracker.storage.migrations.rebuilding import change_check

revision = "0003"
down_revision = "0002"

CHANNELS = "'portal', 'fax', 'phone', 'mail', 'email', 'visit'"
STATUSES = (
    "'draft', 'submitted', 'pended', 'more-wanted', 'approved', 'partially-approved', 'modified', 'denied', "
    "'appealed', 'cancelled', 'withdrawn', 'not-required'"
)
FAMILIES = (
    "'facet-injection', 'facet-ablation', 'epidural', 'si-joint-injection', 'si-joint-ablation', 'trigger-point', "
    "'basivertebral-ablation', 'genicular-block', 'genicular-ablation', 'occipital-block', 'scs-trial'"
)
APPROACHES = "'medial-branch', 'intra-articular', 'interlaminar', 'caudal', 'transforaminal', 'nerve-root'"
PAPERS = "'visit-note', 'procedure-note', 'imaging', 'therapy-note', 'score-sheet', 'request', 'decision', 'other'"
TASKS = (
    "'attach-exception', 'correct-site', 'correct-not-performed', 'correct-coverage', 'file-waiver', 'appeal', "
    "'review-urgent', 'review-override', 'request-authorization', 'record-response', 'get-document'"
)


def upgrade() -> None:
    change_check("authorization", "status_known", f"status IN ({STATUSES})")
    change_check("task", "kind_known", f"kind IN ({TASKS})")
    _place_of_events()
    for make in (_request, _asked_line, _log, _document):
        make()
    clinical_tables.make_all()
    _requests_of_what_is_there()


def _text(*names: str, null: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=null) for name in names]


def _day(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Date(), nullable=True) for name in names]


def _moment(*names: str, null: bool = True) -> list[sa.Column]:
    return [sa.Column(name, sa.DateTime(), nullable=null) for name in names]


def _number(*names: str, null: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=null) for name in names]


def _identity() -> list[sa.Column]:
    return [sa.Column("id", sa.String(40), primary_key=True, nullable=False), *_number("version")]


def _to(table: str, name: str = "", null: bool = False) -> sa.Column:
    return sa.Column(f"{name or table}_id", sa.String(40), sa.ForeignKey(f"{table}.id"), nullable=null)


def _one_of(column: str, values: str, null: bool = False) -> sa.CheckConstraint:
    rule = f"{column} IN ({values})"
    return sa.CheckConstraint(f"{column} IS NULL OR {rule}" if null else rule, name=f"{column}_known")


def _place_of_events() -> None:
    """Give events a place of service: that of the visit's site, where they belong to a visit."""
    op.add_column("event", sa.Column("place_of_service", sa.String(), nullable=True))
    tables = sa.MetaData()
    event, booking, site = (
        sa.Table(name, tables, autoload_with=op.get_bind()) for name in ("event", "booking", "site")
    )
    of_visit = (
        sa.select(site.c.place_of_service)
        .join(booking, booking.c.site_id == site.c.id)
        .where(booking.c.event_id == event.c.id)
        .scalar_subquery()
    )
    op.get_bind().execute(event.update().values(place_of_service=of_visit))


def _request() -> None:
    op.create_table(
        "authorization_request",
        sa.Column("id", sa.String(40), sa.ForeignKey("authorization.id"), primary_key=True, nullable=False),
        *_number("version"),
        *_text("type"),
        sa.Column("expedited", sa.Boolean(), nullable=False),
        _to("coverage", null=True),
        _to("site", null=True),
        _to("provider", "ordering_provider", null=True),
        _to("provider", "rendering_provider", null=True),
        *_text("family", "intent", "approach", null=True),
        *_text("targets", "diagnoses"),
        *_day("wanted_from", "wanted_to", "planned_for"),
        *_text("channel", null=True),
        *_text("reference"),
        *_moment("submitted_at", "complete_at", "decide_by"),
        *_text("owner"),
        *_day("next_action"),
        *_text("next_step", "denial_code", "denial_text", "peer_to_peer"),
        *_day("peer_to_peer_by"),
        *_number("appeal_level"),
        *_day("appeal_by"),
        *_text("replaces", "note"),
        *_request_checks(),
    )
    op.create_index("ix_authorization_request_next_action", "authorization_request", ["next_action"])


def _request_checks() -> list[sa.CheckConstraint]:
    return [
        _one_of("type", "'initial', 'extension', 'retro', 'transition'"),
        _one_of("family", FAMILIES, null=True),
        _one_of("intent", "'diagnostic', 'therapeutic'", null=True),
        _one_of("approach", APPROACHES, null=True),
        _one_of("channel", CHANNELS, null=True),
        _one_of("peer_to_peer", "'unknown', 'can-overturn', 'educational', 'none'"),
        sa.CheckConstraint(
            "wanted_from IS NULL OR wanted_to IS NULL OR wanted_from <= wanted_to", name="wanted_in_order"
        ),
        sa.CheckConstraint("appeal_level >= 0", name="appeal_level_not_negative"),
    ]


def _asked_line() -> None:
    op.create_table(
        "asked_line",
        *_identity(),
        _to("authorization"),
        *_number("position"),
        *_text("code"),
        *_number("units"),
        *_text("targets"),
        sa.Column("add_on", sa.Boolean(), nullable=False),
        sa.CheckConstraint("units >= 1", name="units_positive"),
    )
    op.create_index("ix_asked_line_authorization_id", "asked_line", ["authorization_id"])


def _log() -> None:
    op.create_table(
        "authorization_log",
        *_identity(),
        _to("authorization"),
        *_text("kind"),
        *_moment("at", null=False),
        *_text("by", "content"),
        *_text("channel", null=True),
        *_text("spoke_with", "reference"),
        *_text("before", "after", null=True),
        _one_of("kind", "'move', 'contact', 'note'"),
        _one_of("channel", CHANNELS, null=True),
        _one_of("before", STATUSES, null=True),
        _one_of("after", STATUSES, null=True),
    )
    op.create_index("ix_authorization_log_authorization_id", "authorization_log", ["authorization_id"])


def _document() -> None:
    op.create_table(
        "document",
        *_identity(),
        _to("patient"),
        _to("authorization", null=True),
        _to("event", null=True),
        *_text("kind", "title", "media_type"),
        *_number("size"),
        *_text("sha256"),
        *_day("dated"),
        *_number("pages", null=True),
        *_text("item", "added_by"),
        *_moment("added_at", null=False),
        sa.Column("struck", sa.Boolean(), nullable=False),
        *_text("struck_reason"),
        _one_of("kind", PAPERS),
        sa.CheckConstraint("size >= 0", name="size_not_negative"),
    )
    op.create_index("ix_document_patient_id", "document", ["patient_id"])
    op.create_index("ix_document_authorization_id", "document", ["authorization_id"])
    op.create_table(
        "document_content",
        sa.Column("sha256", sa.String(), primary_key=True, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )


def _requests_of_what_is_there() -> None:
    """Give every authorization of the file its request, to be followed up from the day on which it was sent."""
    connection = op.get_bind()
    known = sa.Table("authorization", sa.MetaData(), autoload_with=connection)
    request = sa.Table("authorization_request", sa.MetaData(), autoload_with=connection)
    blank = dict.fromkeys(("targets", "diagnoses", "reference", "owner", "next_step"), "")
    blank |= dict.fromkeys(("denial_code", "denial_text", "replaces", "note"), "")
    waiting = ("draft", "submitted", "pended")
    rows = [
        {
            **blank,
            "id": row.id,
            "version": 1,
            "type": "initial",
            "expedited": False,
            "peer_to_peer": "unknown",
            "appeal_level": 0,
            "next_action": (row.submitted or sa.func.current_date()) if row.status in waiting else None,
        }
        for row in connection.execute(sa.select(known.c.id, known.c.status, known.c.submitted))
    ]
    for values in rows:
        connection.execute(request.insert().values(values))
