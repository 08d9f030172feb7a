"""Visits in words for the clipboard, and in the order of the days ahead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.words.wording import us_time
from tracker.ui.today.reason_words import headline_of, reason_of

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow
    from tracker.ui.identifiers import Identifiers


def visit_text(row: DayRow, names: Identifiers) -> str:
    """Return one visit as plain lines: who, what and when, the answer and why; whom it names, the screen names."""
    starts = f" {us_time(row.booking.starts)}" if row.booking.starts else ""
    lines = (
        names.both(row.patient) if names.hidden else f"{names.both(row.patient)}, {row.patient.mrn}",
        f"{row.procedure}, {us_date(row.booking.day, weekday=True)}{starts}, {row.coverage}",
        f"{headline_of(row)}. {row.count}".strip(),
        reason_of(row),
        tr("Rule: {title} ({value})", title=row.source.name, value=row.source.grade.label.lower())
        if row.source
        else "",
    )
    return "\n".join(line for line in lines if line)


def flagged_first(rows: Iterable[DayRow], provider_id: str = "", site_id: str = "") -> list[DayRow]:
    """Return the visits of this provider and site ("" for all): what changed, what is flagged, then by day and time."""
    wanted = [
        row for row in rows if provider_id in ("", row.booking.provider_id) and site_id in ("", row.booking.site_id)
    ]
    return sorted(
        wanted, key=lambda row: (row.news is None, not row.flagged, row.booking.day, row.booking.starts or time.max)
    )
