"""Says what checking again has shown, against what stood in the list before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.domain.us_dates import us_date
from tracker.ui.theme.status import Status

if TYPE_CHECKING:
    from tracker.services.schedule import DayRow

EVERY = ""
_NAMED = 3


def recheck_words(before: Sequence[DayRow], after: Sequence[DayRow], booking_id: str) -> tuple[Status, str]:
    """Return status and sentence for one visit, or for EVERY open one."""
    flags = {row.booking.id: row.flag for row in before}
    open_rows = [row for row in after if not row.past and booking_id in (EVERY, row.booking.id)]
    changed = [row for row in open_rows if flags.get(row.booking.id, row.flag) != row.flag]
    if changed:
        named = "; ".join(f"{_who(row)}: was {flags[row.booking.id]}, is {row.flag}" for row in changed[:_NAMED])
        more = f"; and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
        return Status.CAUTION, f"Checked again. {named}{more}."
    if booking_id == EVERY:
        count = len(open_rows)
        return Status.OK, f"Checked again: {count} open visit{'' if count == 1 else 's'}, every answer as before."
    if open_rows:
        return Status.OK, f"Checked again: {_who(open_rows[0])}, {open_rows[0].flag}, as before."
    return Status.NEUTRAL, "This visit is closed, so there is nothing to check."


def _who(row: DayRow) -> str:
    return f"{row.patient.name} {us_date(row.patient.born)}"
