"""An import in one sentence, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ui.theme.status import Status

if TYPE_CHECKING:
    from tracker.services.imports import ImportPreview


def verdict_words(found: ImportPreview, *, done: bool) -> tuple[Status, str]:
    """Return what may be said about the file as a whole."""
    rejected = found.total("rejected")
    but = f", {_lines(rejected)} rejected" if rejected else ""
    if found.writes:
        status = Status.CAUTION if rejected else Status.OK
        return status, f"{'Imported' if done else 'Ready to import'} {records(found.writes)}{but}"
    if found.total("same"):
        if rejected:
            return Status.CAUTION, f"Nothing new: all good lines are on file already{but}"
        return Status.NEUTRAL, "Nothing new: every line is on file already"
    if rejected:
        return Status.NO, f"No line can be imported{but}"
    return Status.NEUTRAL, "The file has no lines after its first one"


def records(count: int) -> str:
    """Return "1 record", "1,240 records"."""
    return f"{count:,} record{'' if count == 1 else 's'}"


def _lines(count: int) -> str:
    return f"{count:,} line{'' if count == 1 else 's'}"
