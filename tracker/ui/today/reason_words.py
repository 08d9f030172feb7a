"""What a visit's answer says, in words for the strip below the list, for paper and for the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.ui.today.visit_columns import STATUS_WORDS

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow


def headline_of(row: DayRow) -> str:
    """Return the answer in one line; of a closed visit, what became of it."""
    if row.past:
        return STATUS_WORDS[row.booking.status][0]
    if row.pending:
        return tr("Being checked")
    return tr("Booked against: {headline}", headline=row.headline) if row.overridden else row.headline


def reason_of(row: DayRow) -> str:
    """Return why, what to ask for, and what the answer was when it was booked, as far as there is something to say."""
    worst = row.verdict.worst if row.verdict else None
    if row.news is not None:
        ask = worst.ask if worst and worst.ask not in row.news.because else ""
        return " ".join(part for part in (tr("Was: {was}.", was=row.news.was_headline), row.news.because, ask) if part)
    reason = row.reason or ("" if row.past or row.pending or row.flagged else tr("Nothing stands in the way."))
    ask = worst.ask if worst and worst.ask not in reason else ""
    record = row.booking.verdict
    was = row.booked_as or (record.headline if record and row.past else "")
    parts = (reason, ask, tr("Booked as: {was}.", was=was) if was else "")
    return " ".join(part for part in parts if part)


def authorization_words(row: DayRow) -> str:
    """Return "authorization A118871, 1 left", "" when there is none."""
    return (
        tr("authorization {authorization}", authorization=row.authorization)
        if any(map(str.isalnum, row.authorization))
        else ""
    )
