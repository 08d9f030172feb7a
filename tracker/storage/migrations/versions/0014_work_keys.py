"""What the worklist is narrowed and sorted by, in a narrow table: the records themselves are too wide to read all of.

Triggers keep it, so that no way of writing can leave it behind. It holds nothing that hangs on today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "work_key",
        sa.Column("number", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("next_action", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("owner_key", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("decide_by", sa.DateTime(), nullable=True),
        sa.Column("appeal_by", sa.Date(), nullable=True),
        sa.Column("last_key", sa.String(), nullable=False),
        sa.Column("first_key", sa.String(), nullable=False),
        sa.Column("number_key", sa.String(), nullable=False),
        sa.Column("reference_key", sa.String(), nullable=False),
        sa.Column("mrn_key", sa.String(), nullable=False),
        sa.Column("id", sa.String(40), nullable=False, unique=True),
    )
    for statement in (_all_keys(), *triggers()):
        op.execute(statement)


KEYS = {
    "id": "r.id",
    "next_action": "r.next_action",
    "status": "a.status",
    "ends_on": "a.ends_on",
    "owner_key": "lower(r.owner)",
    "payer": "a.payer",
    "decide_by": "r.decide_by",
    "appeal_by": "r.appeal_by",
    "last_key": "p.last_key",
    "first_key": "p.first_key",
    "number_key": "lower(coalesce(a.number, ''))",
    "reference_key": "lower(r.reference)",
    "mrn_key": "lower(p.mrn)",
}

_FROM = "FROM authorization a JOIN authorization_request r ON r.id = a.id JOIN patient p ON p.id = a.patient_id"


def triggers() -> list[str]:
    """Return one for each way of writing what the keys are made of."""
    names = ("last_key", "first_key", "mrn")
    other = " OR ".join(f"OLD.{each} IS NOT NEW.{each}" for each in names)
    theirs = "SELECT id FROM authorization WHERE patient_id = NEW.id"
    return [
        f"CREATE TRIGGER work_by_request_insert AFTER INSERT ON authorization_request BEGIN"
        f" INSERT INTO work_key ({', '.join(KEYS)}) {_keys()} WHERE r.id = NEW.id; END",
        f"CREATE TRIGGER work_by_request_update AFTER UPDATE ON authorization_request BEGIN {_again('NEW.id')}; END",
        "CREATE TRIGGER work_by_request_delete AFTER DELETE ON authorization_request BEGIN"
        " DELETE FROM work_key WHERE id = OLD.id; END",
        f"CREATE TRIGGER work_by_authorization_update AFTER UPDATE ON authorization BEGIN {_again('NEW.id')}; END",
        f"CREATE TRIGGER work_by_patient_update AFTER UPDATE OF {', '.join(names)} ON patient WHEN {other} BEGIN"
        " UPDATE work_key SET last_key = NEW.last_key, first_key = NEW.first_key, mrn_key = lower(NEW.mrn)"
        f" WHERE id IN ({theirs}); END",
    ]


def _all_keys() -> str:
    return f"INSERT INTO work_key ({', '.join(KEYS)}) {_keys()} ORDER BY a.id"


def _keys() -> str:
    return f"SELECT {', '.join(KEYS.values())} {_FROM}"


def _again(record: str) -> str:
    kept = [name for name in KEYS if name != "id"]
    read = f"SELECT {', '.join(KEYS[name] for name in kept)} {_FROM} WHERE r.id = {record}"
    return f"UPDATE work_key SET ({', '.join(kept)}) = ({read}) WHERE id = {record}"
