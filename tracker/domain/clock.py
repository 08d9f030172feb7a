"""Where today comes from: the only place that reads the computer's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Gives the clinic's present day and moment."""

    def today(self) -> date:
        """Return the clinic's local calendar day."""
        ...

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The computer's own clock."""

    def today(self) -> date:
        return date.today()

    def now(self) -> datetime:
        return datetime.now(UTC)
