"""Whose visits a change may turn: a few patients', or everybody's."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.services.changes import Changes, Kind

_EVERYBODY = frozenset({Kind.RULES, Kind.SETTINGS, Kind.DESK})


@dataclass(frozen=True, slots=True)
class RecheckScope:
    """Whose coming visits are to be judged again."""

    patients: frozenset[str] = frozenset()
    everybody: bool = False

    def __bool__(self) -> bool:
        return self.everybody or bool(self.patients)

    def __or__(self, other: RecheckScope) -> RecheckScope:
        everybody = self.everybody or other.everybody
        return RecheckScope(frozenset() if everybody else self.patients | other.patients, everybody)


EVERYBODY = RecheckScope(everybody=True)


def scope_of(changes: Changes) -> RecheckScope:
    """Return whom a change concerns. Every kind of record may matter, so that none can be forgotten here.

    The pinboard alone does not: what is parked there is no visit.
    """
    if not changes.kinds - {Kind.PINS}:
        return RecheckScope()
    if not changes.patients or changes.kinds & _EVERYBODY:
        return EVERYBODY
    return RecheckScope(changes.patients)
