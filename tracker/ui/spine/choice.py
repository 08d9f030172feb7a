"""Which places are chosen on the spine, one side each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tracker.domain.anatomy import Level, Side, Target
from tracker.domain.procedure import Sites

OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


class SiteChoice:
    """Keeps the order in which places were chosen."""

    def __init__(self) -> None:
        self._places: dict[Target, None] = {}

    def places(self) -> frozenset[Target]:
        return frozenset(self._places)

    def in_order(self) -> list[Target]:
        return list(self._places)

    def __contains__(self, place: Target) -> bool:
        return place in self._places

    def take(self, sites: Sites) -> bool:
        """Choose what was typed instead; False when that is chosen already."""
        wanted = {Target(t.level, side): None for t in sites.targets for side in (t.side.single_sides or {t.side})}
        if wanted == self._places:
            return False
        self._places = wanted
        return True

    def toggle(self, places: Iterable[Target]) -> None:
        """Choose those that are not, and give up those that are."""
        for place in places:
            if place in self._places:
                del self._places[place]
            else:
                self._places[place] = None

    def add(self, places: Iterable[Target]) -> None:
        self._places |= dict.fromkeys(places)

    def mirrored(self) -> list[Target]:
        """Return the same levels on the other side."""
        return [Target(place.level, OTHER[place.side]) for place in self._places if place.side in OTHER]

    def mirror(self) -> None:
        self.add(self.mirrored())

    def keep(self, fits: Callable[[Target], bool]) -> None:
        """Give up what does not fit any more."""
        self._places = {place: None for place in self._places if fits(place)}

    def sites(self) -> Sites:
        """Return the choice, left and right of one level joined."""
        sides: dict[Level, set[Side]] = {}
        for place in self._places:
            sides.setdefault(place.level, set()).add(place.side)
        return Sites(tuple(sorted(Target(level, _joined(found)) for level, found in sides.items())))


def _joined(sides: set[Side]) -> Side:
    return Side.BOTH if {Side.LEFT, Side.RIGHT} <= sides else next(iter(sides))
