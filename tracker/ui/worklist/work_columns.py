"""The columns of the worklist, and what the file can sort them by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.worklist_query import WorkOrder
from tracker.ui.models.record_table_model import Column
from tracker.ui.worklist.work_words import (
    clock_text,
    due_text,
    glyph_of_row,
    owner_text,
    status_of_row,
    status_word,
)

if TYPE_CHECKING:
    from tracker.services.authorizations.work_rows import WorkRow

DUE, STATUS, PATIENT, BORN, PROCEDURE, PAYER, CLOCK, OWNER = range(8)
ORDERS: dict[int, WorkOrder] = {
    DUE: WorkOrder.DUE,
    STATUS: WorkOrder.STATUS,
    PATIENT: WorkOrder.PATIENT,
    PAYER: WorkOrder.PAYER,
    OWNER: WorkOrder.OWNER,
}


def work_columns(today: Callable[[], date]) -> tuple[Column[WorkRow], ...]:
    """Return the columns, as of the day `today` tells; on narrow windows owner, payer and clock go in this order."""
    return (
        Column(tr("Due"), lambda row: row.due, due_text, longest="00/00 Wed",
               copied=lambda row: us_date(row.due) if row.due else "",
               tone=lambda row: "no" if row.late else "ink", strong=True),
        Column(tr("Status"), lambda row: row.record.status, status_word, status=status_of_row, glyph=glyph_of_row,
               tinted=lambda _row: False, longest=tr("Wants more")),
        Column(tr("Patient"), lambda row: row.patient.name, strong=True, fit=190),
        Column(tr("Born"), lambda row: row.patient.born, lambda row: us_date(row.patient.born), longest="00/00/0000",
               tone=lambda _row: "ink2", below=True),
        Column(tr("Procedure"), lambda row: row.procedure, fit=300, whole=True),
        Column(tr("Payer"), lambda row: row.payer_name, fit=170, least=92, drops=2),
        Column(tr("Clock"), lambda row: row.clock.late if row.clock else None, lambda row: clock_text(row, today()),
               tone=lambda row: "no" if row.overdue else "ink2", longest="000000 day 00 of 00", drops=3),
        Column(tr("Who"), lambda row: row.record.request.owner, lambda row: owner_text(row.record.request.owner),
               longest="MMM", copied=lambda row: row.record.request.owner,
               tone=lambda _row: "ink2", drops=1, spoken=tr("Followed by")),
    )  # fmt: skip
