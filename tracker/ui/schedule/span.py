"""Which days of the schedule were asked for, and what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow


@dataclass(frozen=True, slots=True)
class Span:
    """The days that were asked for, and what they hold; `closed` says why the clinic does not work on some of them."""

    face: str
    first: date
    last: date
    provider_id: str
    site_id: str
    rows: tuple[DayRow, ...] = ()
    closed: dict[date, str] | None = None

    @property
    def asked(self) -> tuple[object, ...]:
        return self.face, self.first, self.last, self.provider_id, self.site_id
