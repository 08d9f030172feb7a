"""Where a request may go from where it stands (ux.md 5.5, policies.md 8.1)."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.domain.authorization import AuthorizationStatus as Status
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr

_DECIDED = frozenset({Status.APPROVED, Status.PARTIALLY_APPROVED, Status.MODIFIED, Status.DENIED, Status.NOT_REQUIRED})
_LEFT = frozenset({Status.CANCELLED, Status.WITHDRAWN})

MOVES: Mapping[Status, frozenset[Status]] = {
    Status.DRAFT: _DECIDED | {Status.SUBMITTED, Status.CANCELLED},
    Status.SUBMITTED: _DECIDED | _LEFT | {Status.PENDED, Status.MORE_WANTED},
    Status.PENDED: _DECIDED | _LEFT | {Status.MORE_WANTED},
    Status.MORE_WANTED: _DECIDED | _LEFT | {Status.PENDED},
    Status.APPROVED: frozenset({Status.PARTIALLY_APPROVED, Status.MODIFIED, Status.DENIED, Status.CANCELLED}),
    Status.PARTIALLY_APPROVED: frozenset({Status.APPROVED, Status.MODIFIED, Status.APPEALED, Status.CANCELLED}),
    Status.MODIFIED: frozenset({Status.APPROVED, Status.APPEALED, Status.CANCELLED}),
    Status.DENIED: frozenset({Status.APPEALED, Status.APPROVED, Status.PARTIALLY_APPROVED}),
    Status.APPEALED: _DECIDED - {Status.NOT_REQUIRED} | {Status.WITHDRAWN},
    Status.CANCELLED: frozenset(),
    Status.WITHDRAWN: frozenset(),
    Status.NOT_REQUIRED: frozenset({Status.DRAFT}),
}
"""A denial may be overturned in the call between clinicians, an approval taken back; what was left is begun anew."""

WORDS: Mapping[Status, str] = {
    Status.DRAFT: tr("Draft"),
    Status.SUBMITTED: tr("Submitted"),
    Status.PENDED: tr("Pending"),
    Status.MORE_WANTED: tr("Payer wants more"),
    Status.APPROVED: tr("Approved"),
    Status.PARTIALLY_APPROVED: tr("Partially approved"),
    Status.MODIFIED: tr("Approved as changed"),
    Status.DENIED: tr("Denied"),
    Status.APPEALED: tr("Appealed"),
    Status.CANCELLED: tr("Cancelled"),
    Status.WITHDRAWN: tr("Withdrawn"),
    Status.NOT_REQUIRED: tr("Not required"),
}


def check_move(before: Status, after: Status) -> None:
    """Raise InvalidEntryError when the request cannot go there."""
    if after in MOVES[before]:
        return
    now, wanted = WORDS[before].lower(), WORDS[after].lower()
    if not MOVES[before]:
        raise InvalidEntryError(
            tr("This request is {now}; that stands.", now=now), "", tr("Undo it if it was a slip, or start a new one.")
        )
    ways = ", ".join(sorted(WORDS[each].lower() for each in MOVES[before]))
    raise InvalidEntryError(
        tr("A request that is {now} cannot become {wanted}.", now=now, wanted=wanted),
        "",
        tr("It can become: {ways}.", ways=ways),
    )
