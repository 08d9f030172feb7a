"""Why the program holds a visit whose approval does not cover it any more, and what it held and released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.domain.authorization import Authorization, AuthorizationKind
from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.services.authorizations.holds import HoldChange


def ended(approval: Authorization, day: date, today: date) -> str:
    number, end, renewable = approval.number, approval.end, approval.kind is AuthorizationKind.PAYER
    next_step = (
        tr("Ask for its extension, or move the visit.") if renewable else tr("Ask for a new one, or move the visit.")
    )
    if end is None or end >= day:
        told = tr("Authorization {number} does not reach this day any more.", number=number)
    elif end < today:
        told = tr("Authorization {number} ended {day}, before this visit.", number=number, day=us_date(end))
    else:
        told = tr("Authorization {number} ends {day}, before this visit.", number=number, day=us_date(end))
    return f"{told} {next_step}"


def used_up(approval: Authorization, day: date, today: date) -> str:
    if approval.end is not None and approval.end < day:
        return ended(approval, day, today)
    told = tr("Authorization {number} has no units left for this visit.", number=approval.number)
    next_step = tr("Ask for more units, or for a new authorization.")
    return f"{told} {next_step}"


def left_behind(approval: Authorization, last: date) -> str:
    told = tr(
        "Authorization {number} is of the plan before, and carries over only until {day}.",
        number=approval.number,
        day=us_date(last),
    )
    next_step = tr("Ask the new plan for its own, or move the visit.")
    return f"{told} {next_step}"


def told_of(changes: Sequence[HoldChange]) -> str:
    if len(changes) == 1:
        return changes[0].sentence
    held = sum(change.held for change in changes)
    parts = []
    if held:
        parts.append(
            tr_n(
                "{n} visit went on hold: its authorization ended or is used up.",
                "{n} visits went on hold: their authorizations ended or are used up.",
                held,
            )
        )
    if held < len(changes):
        parts.append(tr_n("{n} visit is covered again.", "{n} visits are covered again.", len(changes) - held))
    return " ".join([*parts, tr("Work on Today names each.")])
