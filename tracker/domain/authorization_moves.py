"""Where a request may go from where it stands (ux.md 5.5, policies.md 8.1)."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.domain.authorization import AuthorizationStatus as Status
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import msg, tr

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
    Status.DRAFT: msg("Draft"),
    Status.SUBMITTED: msg("Submitted"),
    Status.PENDED: msg("Pending"),
    Status.MORE_WANTED: msg("Payer wants more"),
    Status.APPROVED: msg("Approved"),
    Status.PARTIALLY_APPROVED: msg("Partially approved"),
    Status.MODIFIED: msg("Approved as changed"),
    Status.DENIED: msg("Denied"),
    Status.APPEALED: msg("Appealed"),
    Status.CANCELLED: msg("Cancelled"),
    Status.WITHDRAWN: msg("Withdrawn"),
    Status.NOT_REQUIRED: msg("Not required"),
}
"""To be looked up where they are shown: `tr(WORDS[status])`."""


def check_move(before: Status, after: Status) -> None:
    """Raise InvalidEntryError when the request cannot go there."""
    if after in MOVES[before]:
        return
    now, wanted = tr(WORDS[before]).lower(), tr(WORDS[after]).lower()
    if not MOVES[before]:
        raise InvalidEntryError(
            tr("This request is {now}; that stands.", now=now), "", tr("Undo it if it was a slip, or start a new one.")
        )
    ways = ", ".join(sorted(tr(WORDS[each]).lower() for each in MOVES[before]))
    raise InvalidEntryError(
        tr("A request that is {now} cannot become {wanted}.", now=now, wanted=wanted),
        "",
        tr("It can become: {ways}.", ways=ways),
    )
