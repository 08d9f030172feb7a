"""Where procedures go, as text of a column and back: targets in their written form, regions of the body by name."""

from __future__ import annotations

from functools import lru_cache

from tracker.domain.anatomy import LEVELS, Side, Target
from tracker.domain.body_regions import BodyRegion


@lru_cache(maxsize=4096)
def targets_of(text: str) -> tuple[Target, ...]:
    """Read "L4-L5 left; SI both"; written by `targets_text`, so never wrong."""
    return tuple(_target(part) for part in text.split("; ")) if text else ()


@lru_cache(maxsize=4096)
def targets_text(targets: tuple[Target, ...]) -> str:
    return "; ".join(f"{target.level.name} {target.side.value}" for target in targets)


def _target(text: str) -> Target:
    level, side = text.rsplit(" ", 1)
    return Target(LEVELS[level], Side(side))


@lru_cache(maxsize=1024)
def body_regions_of(text: str) -> tuple[BodyRegion, ...]:
    """Read "neck lower-back"; written by `body_regions_text`, so never wrong."""
    return tuple(BodyRegion(name) for name in text.split())


def body_regions_text(regions: tuple[BodyRegion, ...]) -> str:
    return " ".join(region.value for region in regions)
