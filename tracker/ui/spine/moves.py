"""Where keys lead on the spine: to a neighbour, to an end, to the level whose figures were typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.domain.anatomy import Target

_MOST = 4
LETTERS = {"t": "T", "l": "L", "s": "L"}
"""Letters that may stand before the figures; c is taken: it clears the choice."""


def beside(places: Sequence[Target], here: Target, step: int) -> Target:
    """Return the place of the same side so many rows on; the ends hold."""
    column = [place for place in places if place.side is here.side]
    if not column:
        return here
    row = column.index(here) + step if here in column else 0
    return column[max(0, min(row, len(column) - 1))]


def first_of(places: Sequence[Target], was: Target | None) -> Target | None:
    """Return the first place of the side that the keys were on, the first of all where there is none."""
    return next((place for place in places if was is not None and place.side is was.side), next(iter(places), None))


def end_of(places: Sequence[Target], here: Target, *, last: bool) -> Target:
    """Return the first or last place of the same side."""
    column = [place for place in places if place.side is here.side] or [here]
    return column[-1 if last else 0]


class TypedLevel:
    """Collects what is typed: 45 is L4-5 where the lumbar part is in view, l45 anywhere."""

    def __init__(self) -> None:
        self._figures = ""

    def letter(self, text: str) -> str:
        """Return the part that a letter names, "" for any other character; figures begin anew behind it."""
        part = LETTERS.get(text.casefold(), "")
        if part:
            self._figures = ""
        return part

    def add(self, text: str, places: Iterable[Target], here: Target) -> Target | None:
        """Take one figure more; return the level that is meant now, None when there is none yet."""
        self._figures = (self._figures + text)[-_MOST:]
        column = [place for place in places if place.side is here.side]
        for length in range(len(self._figures), 1, -1):
            for place in column:
                if _figures_of(place) == self._figures[-length:]:
                    return place
        return None


def _figures_of(place: Target) -> str:
    return "".join(char for char in place.level.name if char.isdigit())
