"""The places that were read, for Back and Forward."""

from __future__ import annotations


class Trail:
    """A list with a finger in it."""

    def __init__(self) -> None:
        self._places: list[str] = []
        self._at = -1

    def go(self, place: str) -> None:
        """Read another place; what lay ahead is forgotten."""
        if self._at >= 0 and self._places[self._at] == place:
            return
        del self._places[self._at + 1 :]
        self._places.append(place)
        self._at += 1

    def can_step(self, by: int) -> bool:
        return 0 <= self._at + by < len(self._places)

    def step(self, by: int) -> str:
        """Move the finger and return the place there; it stays at both ends."""
        if self.can_step(by):
            self._at += by
        return self._places[self._at] if self._places else ""
