"""The facts that a what-if changes, and what they make of the procedure and the places that are asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.anatomy import Side, Target
from tracker.domain.booking import BookingRequest
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.level_entry import parse_levels, written
from tracker.domain.procedure import Approach, Intent, ProcedureChoice, Sites, TargetKind

NEW_COVERAGE = "what-if"
"""The id of a coverage that is on no file."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What differs; everything else is as asked. `side` puts all levels on one side, `sites` names them anew.

    `payer` (with `plan`) need not be on file; `self_pay`: the patient pays.
    """

    day: date | None = None
    side: Side | None = None
    sites: Sites | None = None
    coverage_id: str = ""
    payer: str = ""
    plan: str = ""
    self_pay: bool = False
    intent: Intent | None = None
    approach: Approach | None = None
    site_id: str = ""


def choice_of(request: BookingRequest, what: WhatIf, choices: tuple[ProcedureChoice, ...]) -> ProcedureChoice | None:
    """Return the procedure that is wanted; None for one that is on no list, asked for as it stands.

    Raises InvalidEntryError when the family is not done in the way that is wanted.
    """
    wanted = (request.family, what.intent or request.intent, what.approach or request.approach)
    found = next((each for each in choices if (each.family, each.intent, each.approach) == wanted), None)
    if found is None and (what.intent or what.approach):
        raise InvalidEntryError(tr("This procedure is not done that way."), "", tr("Choose another approach."))
    return found


def sites_for(request: BookingRequest, what: WhatIf, choice: ProcedureChoice | None) -> Sites:
    """Return where it goes then. Raises InvalidEntryError naming a level or side that the procedure cannot have."""
    asked = Sites(request.targets, request.nerves, request.lone_nerves, request.body_regions)
    if what.sites is None and what.side is None and what.approach is None:
        return asked
    wanted = asked if what.sites is None else what.sites
    if what.approach is not None and what.sites is None and choice is not None:
        wanted = _as_kind(wanted, choice.targets)
    if what.side is not None:
        wanted = replace(wanted, targets=tuple(Target(each.level, what.side) for each in wanted.targets))
    return wanted if choice is None else parse_levels(written(wanted), choice.targets, choice.approach)


def _as_kind(sites: Sites, kind: TargetKind) -> Sites:
    """Return the same levels as another approach has them: with a side to be said, on the midline, or none."""
    if kind in (TargetKind.CAUDAL, TargetKind.BODY, TargetKind.NONE):
        return Sites()
    levels = [target for target in sites.targets if target.level.name != "caudal"]
    if not kind.sided:
        return Sites(tuple(sorted({Target(target.level, Side.MIDLINE) for target in levels})))
    unsided = {Side.MIDLINE: Side.UNKNOWN}
    return replace(sites, targets=tuple(Target(each.level, unsided.get(each.side, each.side)) for each in levels))
