"""An import in one sentence, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.language import msg, tr, tr_n
from tracker.ui.theme.status import Status

if TYPE_CHECKING:
    from tracker.services.imports.imports import ImportPreview

_KINDS = {"patients": msg("Patients"), "coverage": msg("Coverage"), "procedures": msg("Procedures")}


def kind_words(kind: str) -> str:
    """Return what a kind of lines is called."""
    return tr(_KINDS[kind]) if kind in _KINDS else kind.capitalize()


def verdict_words(found: ImportPreview, *, done: bool) -> tuple[Status, str]:
    """Return what may be said about the file as a whole."""
    rejected = found.total("rejected")
    but = tr_n(", {n:,} line rejected", ", {n:,} lines rejected", rejected) if rejected else ""
    if found.writes:
        status = Status.CAUTION if rejected else Status.OK
        words = tr("Imported {records}{but}") if done else tr("Ready to import {records}{but}")
        return status, words.format(records=records(found.writes), but=but)
    if found.total("same"):
        if rejected:
            return Status.CAUTION, tr("Nothing new: all good lines are on file already{but}", but=but)
        return Status.NEUTRAL, tr("Nothing new: every line is on file already")
    if rejected:
        return Status.NO, tr("No line can be imported{but}", but=but)
    return Status.NEUTRAL, tr("The file has no lines after its first one")


def records(count: int) -> str:
    """Return "1 record", "1,240 records"."""
    return tr_n("{n:,} record", "{n:,} records", count)
