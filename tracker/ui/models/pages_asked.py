"""Which pages of a long list are still looked at: those that were scrolled past are not worth reading."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TypeVar

Page = TypeVar("Page")
_LOOKED_AT = 4
"""Pages that may be in view at once, the one of the current row among them."""


class PagesAsked:
    """Remembers the pages that were asked for last. Dragged through, a list of 100,000 rows asks for hundreds."""

    def __init__(self) -> None:
        self._lately: deque[int] = deque(maxlen=_LOOKED_AT)

    def asking(self, number: int, read: Callable[[], Page]) -> Callable[[], Page | None]:
        """Return what is to be called when its turn comes: it reads the page, or returns None for one gone past."""
        self._lately.append(number)
        return lambda: read() if number in tuple(self._lately) else None
