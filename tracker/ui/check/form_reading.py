"""What the form says at a moment: a request, or what is still missing for one."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.booking import BookingRequest
from tracker.domain.language import tr
from tracker.ui.widgets.fields import LineField


@dataclass(frozen=True, slots=True)
class Missing:
    """What has to be filled in: a headline, more words on it, and the few that stand in a button that is off."""

    headline: str
    detail: str = ""
    off: str = tr("look at the field in red")


FIND_PATIENT = Missing(
    tr("Find the patient"),
    tr("By name, birth date, record number or telephone. Then the procedure, the levels and the date."),
    tr("find the patient"),
)
FIND_PROCEDURE = Missing(
    tr("Find the procedure"),
    tr("Type what you call it: mbb, rfa, esi, si. Enter or Tab takes the marked one."),
    tr("find the procedure"),
)
NO_ANSWER = Missing(
    tr("No answer"), tr("Something went wrong in the program, so nothing can be said."), tr("there is no answer")
)
NO_DATE_HELPS = tr("No date helps here; the answer says what does.")
CLOSED_THEN = tr("The clinic is closed on every day near the first allowed one.")
NOTHING_ASKED = tr("Fill in patient, procedure and levels first; then n is the earliest date.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the form says now: a request, or what is still missing. `begun`: somebody is in the middle of a word.

    Without a typed day (`dated` false) the request is for today.
    """

    request: BookingRequest | None
    missing: Missing | None = None
    begun: bool = False
    dated: bool = False


def unread(field: LineField, word: str) -> Reading:
    """Return what is missing while a field cannot be read: its own sentence, or to type on."""
    if field.error():
        return Reading(
            None, Missing(tr("Look at the {word}", word=word), field.error(), tr("look at the {word}", word=word))
        )
    return Reading(
        None, Missing(tr("Go on with the {word}", word=word), "", tr("type the {word}", word=word)), begun=True
    )
