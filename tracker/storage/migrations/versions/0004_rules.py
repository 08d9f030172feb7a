"""Approaches of their own: the cyst of a facet joint, and the nerves to the SI joint."""

from tracker.storage.migrations.rebuilding import change_check

revision = "0004"
down_revision = "0003"

APPROACHES = (
    "'medial-branch', 'intra-articular', 'interlaminar', 'caudal', 'transforaminal', 'nerve-root', 'cyst', "
    "'lateral-branch'"
)
TABLES = ("event", "course_step", "authorization_request")


def upgrade() -> None:
    for table in TABLES:
        change_check(table, "approach_known", f"approach IS NULL OR approach IN ({APPROACHES})")
