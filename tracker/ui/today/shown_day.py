"""Which day the list of visits shows: today moves on at midnight, another day that was chosen stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.domain.clock import Clock


class ShownDay:
    """`day` may be set to any day."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.day = self._today = clock.today()

    def follow(self) -> None:
        """Be another day where today was shown and is over."""
        today: date = self._clock.today()
        if self.day == self._today:
            self.day = today
        self._today = today
