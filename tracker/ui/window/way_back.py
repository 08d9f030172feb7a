"""Where a person came from, so that Back leads there."""

from __future__ import annotations

_MOST = 20


class WayBack:
    """The ids of pages that were left, the last one on top."""

    def __init__(self) -> None:
        self._left: list[str] = []

    def leave(self, page_id: str) -> None:
        """Remember a page that goes out of sight."""
        self._left.append(page_id)
        del self._left[:-_MOST]

    def step(self, here: str) -> str:
        """Take the last page that is not the one in front, "" when there is none."""
        while self._left:
            before = self._left.pop()
            if before != here:
                return before
        return ""
