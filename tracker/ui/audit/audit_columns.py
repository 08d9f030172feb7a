"""The columns of the record of acts, and of what one act changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.domain.list_order import AuditOrder
from tracker.domain.us_dates import us_date
from tracker.services.words.wording import us_moment
from tracker.ui.models.record_table_model import RIGHT, Column

if TYPE_CHECKING:
    from tracker.services.audit.audit import AuditRow
    from tracker.services.audit.audit_words import FieldChange


def when_text(row: AuditRow) -> str:
    """Return "11/24/2026 2:05 PM"; seconds stand in the details."""
    return us_moment(row.at)


ORDERS: dict[int, AuditOrder] = {
    0: AuditOrder.WHEN, 1: AuditOrder.WHO, 2: AuditOrder.WHAT, 5: AuditOrder.RECORDS, 7: AuditOrder.DESK,
}  # fmt: skip
"""What the file can sort the columns by. Whom an act concerns, and why, is worked out of what it changed."""


def audit_columns() -> tuple[Column[AuditRow], ...]:
    return (
        Column(tr("When"), lambda row: row.at, when_text, longest="00/00/0000 00:00 PM"),
        Column(tr("Who"), lambda row: row.by, fit=150, strong=True),
        Column(tr("What"), lambda row: row.what, fit=280, least=110),
        Column(tr("Patient"), lambda row: row.whom, fit=240, least=240, strong=True),
        Column(tr("Born"), lambda row: row.patient.born if row.patient else None, _born, longest="00/00/0000",
               tone=lambda _row: "ink2", below=True),
        Column(tr("Records"), lambda row: row.changes, lambda row: f"{row.changes:,}", RIGHT, longest="00,000",
               drops=2, tone=lambda _row: "ink2", spoken=tr("Records touched")),
        Column(tr("Why"), lambda row: row.why, fit=360, least=90, drops=3, tone=lambda _row: "ink2"),
        Column(tr("Desk"), lambda row: row.station, fit=120, drops=1, tone=lambda _row: "ink2"),
    )  # fmt: skip


def _born(row: AuditRow) -> str:
    return us_date(row.patient.born) if row.patient else ""


def field_columns() -> tuple[Column[FieldChange], ...]:
    return (
        Column(tr("Field"), lambda each: f"{each.record}: {each.field}", fit=170, least=90, tone=lambda _each: "ink2"),
        Column(tr("Before"), lambda each: each.before or "–", fit=130, least=60, tone=lambda _each: "ink2"),
        Column(tr("After"), lambda each: each.after or "–", fit=150, least=60),
    )
