"""The spine as billing sees it: motion segments, sides, regions, and the nerves that supply each facet joint.

Source of the nerve map and of the regions: policies.md 3.1, 4.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import total_ordering

from tracker.domain.language import msg, tr
from tracker.domain.term import Term


class Side(Term):
    """Side of a target. MIDLINE for interlaminar and caudal targets, UNKNOWN when it was not recorded."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    MIDLINE = "midline"
    UNKNOWN = "unknown"

    @property
    def single_sides(self) -> frozenset[Side]:
        """The sides that it touches: both of them for BOTH, none for MIDLINE and UNKNOWN."""
        return _SINGLE_SIDES[self]

    @property
    def label(self) -> str:
        """Return "left", "both"; "side unknown" where it was not recorded."""
        return tr(_SIDE_LABELS[self])


_SIDE_LABELS = {
    Side.LEFT: msg("left"),
    Side.RIGHT: msg("right"),
    Side.BOTH: msg("both"),
    Side.MIDLINE: msg("midline"),
    Side.UNKNOWN: msg("side unknown"),
}
_SINGLE_SIDES = {
    Side.LEFT: frozenset({Side.LEFT}),
    Side.RIGHT: frozenset({Side.RIGHT}),
    Side.BOTH: frozenset({Side.LEFT, Side.RIGHT}),
    Side.MIDLINE: frozenset(),
    Side.UNKNOWN: frozenset(),
}


class Region(Term):
    """The two spinal regions in which Medicare counts (policies.md 2)."""

    CERVICAL_THORACIC = "cervical-thoracic"
    LUMBAR_SACRAL = "lumbar-sacral"

    @property
    def label(self) -> str:
        return tr("cervical / thoracic") if self is Region.CERVICAL_THORACIC else tr("lumbar / sacral")


class SpinePart(StrEnum):
    """Parts of the spine that some payers tell apart; the upper vertebra decides, so C7-T1 is cervical."""

    CERVICAL = "cervical"
    THORACIC = "thoracic"
    LUMBAR = "lumbar"
    SACRAL = "sacral"

    @property
    def label(self) -> str:
        return {
            SpinePart.CERVICAL: tr("cervical"),
            SpinePart.THORACIC: tr("thoracic"),
            SpinePart.LUMBAR: tr("lumbar"),
            SpinePart.SACRAL: tr("sacral"),
        }[self]


VERTEBRAE = (
    "C0",
    *(f"C{n}" for n in range(1, 8)),
    *(f"T{n}" for n in range(1, 13)),
    *(f"L{n}" for n in range(1, 6)),
    "S1",
)
_LAST_THORACIC = VERTEBRAE.index("T12")
"""The order of T12-L1."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Level:
    """A place that can be treated: a motion segment ("L4-L5"), "S1" (its foramen), "SI" (the joint) or "caudal".

    `order` runs from head to tail. `region` is the one that its codes belong to; T12-L1 is cervical/thoracic by code
    (policies.md 4, 5.2).
    """

    name: str
    order: int
    region: Region = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        region = Region.CERVICAL_THORACIC if self.order <= _LAST_THORACIC else Region.LUMBAR_SACRAL
        object.__setattr__(self, "region", region)

    def __hash__(self) -> int:
        return self.order

    def __lt__(self, other: Level) -> bool:
        return self.order < other.order

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Return the short name that people say: "L4-5", "L5-S1", "C7-T1", "SI"."""
        upper, _, lower = self.name.partition("-")
        return f"{upper}-{lower[1:]}" if lower and lower[0] == upper[0] else self.name

    @property
    def part(self) -> SpinePart:
        initials = {"C": SpinePart.CERVICAL, "T": SpinePart.THORACIC, "L": SpinePart.LUMBAR}
        return initials.get(self.name[0], SpinePart.SACRAL)


def _levels() -> dict[str, Level]:
    segments = [f"{upper}-{lower}" for upper, lower in itertools.pairwise(VERTEBRAE)]
    return {name: Level(name, order) for order, name in enumerate([*segments, "S1", "caudal", "SI"])}


LEVELS: dict[str, Level] = _levels()
"""Every level by its full name, from C0-C1 to L5-S1, then S1, caudal and SI."""

FACET_LEVELS = tuple(
    level for level in LEVELS.values() if LEVELS["C2-C3"].order <= level.order <= LEVELS["L5-S1"].order
)
"""The 23 facet joint levels that have codes of their own (C0-C1 and C1-C2 have none: policies.md 3.1)."""

THIRD_OCCIPITAL = "TON"
NERVES = (*(f"C{n}" for n in range(3, 9)), *(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6)))
"""Medial branches from head to tail (L5 is the dorsal ramus); two neighbours supply one joint."""


def nerves_of(level: Level) -> tuple[str, ...]:
    """Return the nerves that supply one side of a facet joint; empty for levels that are no facet joint."""
    if level == LEVELS["C2-C3"]:
        return (THIRD_OCCIPITAL,)
    if level not in FACET_LEVELS:
        return ()
    index = FACET_LEVELS.index(level) - 1
    return NERVES[index : index + 2]


def joints_of(nerves: Iterable[str]) -> tuple[Level, ...]:
    """Return the facet joints whose whole nerve supply is among `nerves`: n neighbours on one side are n - 1 joints."""
    treated = set(nerves)
    return tuple(level for level in FACET_LEVELS if treated.issuperset(nerves_of(level)))


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """A level and a side."""

    level: Level
    side: Side

    def __hash__(self) -> int:
        return str.__hash__(self.side) ^ self.level.order

    def __str__(self) -> str:
        if self.side in (Side.MIDLINE, Side.UNKNOWN):
            return self.level.name
        return f"{self.level.name} {self.side.value}"

    @property
    def label(self) -> str:
        """Return "L4-5 left"; without a side where it is the midline, "side unknown" where it was not recorded."""
        if self.side is Side.MIDLINE:
            return self.level.label
        return f"{self.level.label} {self.side.label}"

    def overlaps(self, other: Target) -> bool:
        """Tell whether both touch the same level on a common side; midline meets every side of its level."""
        if self.level.order != other.level.order:
            return False
        if self.side is Side.MIDLINE or other.side is Side.MIDLINE:
            return True
        return bool(self.side.single_sides & other.side.single_sides)


@functools.lru_cache(maxsize=4096)
def levels_of(targets: tuple[Target, ...]) -> tuple[Level, ...]:
    """Return the levels of these targets from head to tail, each once."""
    return tuple(sorted({target.level for target in targets}))


@functools.lru_cache(maxsize=4096)
def regions_of(targets: tuple[Target, ...]) -> frozenset[Region]:
    return frozenset(target.level.region for target in targets)
