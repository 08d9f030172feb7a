"""Whether a request says all that a case needs: what goes without saying is filled in, the rest is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.domain.anatomy import LEVELS, Side, Target
from tracker.domain.booking import BookingRequest
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.procedure import SIDED_BY_LEVEL, Approach, Family
from tracker.domain.us_dates import us_date

NEED_LEVELS = SIDED_BY_LEVEL | {Family.EPIDURAL}


def completed(request: BookingRequest) -> BookingRequest:
    """Fill in what goes without saying: a caudal epidural has one place only."""
    if request.approach is Approach.CAUDAL and not request.targets:
        return replace(request, targets=(Target(LEVELS["caudal"], Side.MIDLINE),))
    return request


def check_complete(request: BookingRequest, born: date) -> None:
    """Raise InvalidEntryError for what can never be right or is still missing."""
    if request.day < born:
        before = tr("{day} lies before the patient's birth.", day=us_date(request.day))
        raise InvalidEntryError(before, "", tr("Correct the date."), about="day")
    if request.family is Family.EPIDURAL and request.approach is None:
        remedy = tr("Choose interlaminar, caudal or transforaminal.")
        raise InvalidEntryError(tr("Say which epidural it is."), "", remedy, about="procedure")
    if request.family in (Family.FACET_INJECTION, Family.SI_INJECTION) and request.intent is None:
        remedy = tr("Choose the procedure from the list.")
        raise InvalidEntryError(tr("Say whether it is diagnostic or therapeutic."), "", remedy, about="procedure")
    if request.family in NEED_LEVELS and not request.targets and not request.lone_nerves:
        remedy = tr("Type the levels, such as l45b for L4-5 on both sides.")
        raise InvalidEntryError(tr("Say where it goes."), "", remedy, about="levels")
    sided = request.family in SIDED_BY_LEVEL or request.approach in (Approach.TRANSFORAMINAL, Approach.NERVE_ROOT)
    for target in request.targets if sided else ():
        if not target.side.single_sides:
            label, remedy = target.level.label, tr("Add l, r or b behind the level.")
            raise InvalidEntryError(tr("{label} needs a side.", label=label), "", remedy, label, about="levels")
