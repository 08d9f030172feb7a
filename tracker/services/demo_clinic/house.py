"""The demo clinic itself: who works there, where, and in whose name each visit is entered."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from tracker.domain.coverage import Site
from tracker.domain.patient import Provider

NAME = "Bluegrass Spine & Pain"
STATE = "KY"

LEE = Provider("Lee, Susan MD", "Lee", "1600000115", id="demo-provider-1")
PATEL = Provider("Patel, Anil MD", "Patel", "1600000222", id="demo-provider-2")
OKORO = Provider("Okoro, Ngozi DO", "Okoro", "1600000339", id="demo-provider-3")
PROVIDERS = (LEE, PATEL, OKORO)

OFFICE = Site(STATE, "11", "Bluegrass Spine & Pain", name="Main office (11)", id="demo-site-1")
SURGERY = Site(STATE, "24", "Elkhorn Surgery Center", name="Elkhorn Surgery Center (24)", id="demo-site-2")
HOSPITAL = Site(STATE, "22", "St. Anne Hospital", name="St. Anne Hospital outpatient (22)", id="demo-site-3")
SITES = (OFFICE, SURGERY, HOSPITAL)

FIRST_SLOT, LAST_SLOT, LUNCH = 8 * 60, 16 * 60 + 30, 12 * 60


class House:
    """Today, chance, and what must not be given twice: ids and the providers' half hours."""

    def __init__(self, today: date, chance: random.Random) -> None:
        self.today = today
        self.chance = chance
        self._counts: dict[str, int] = {}
        self._taken: set[tuple[str, date, int]] = set()

    def new_id(self, noun: str) -> str:
        """Return the next id of its kind; they are the same for the same seed."""
        self._counts[noun] = self._counts.get(noun, 0) + 1
        return f"demo-{noun}-{self._counts[noun]:05}"

    def reserve(self, provider: Provider, day: date, starts: time, minutes: int) -> None:
        """Keep the half hours free that a scripted visit touches."""
        begin = starts.hour * 60 + starts.minute
        for slot in range(begin - begin % 30, begin + minutes, 30):
            self._taken.add((provider.id, day, slot))

    def next_slot(self, provider: Provider, day: date) -> time | None:
        """Return the provider's next free half hour of that day and take it, None when the day is full."""
        for slot in range(FIRST_SLOT, LAST_SLOT + 1, 30):
            if slot != LUNCH and (provider.id, day, slot) not in self._taken:
                self._taken.add((provider.id, day, slot))
                return time(slot // 60, slot % 60)
        return None

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def ahead(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def moment(self, day: date) -> datetime:
        """Return when something of that day was entered: in the evening, today's as the day began."""
        return datetime.combine(min(day, self.today), time(11 if day >= self.today else 21), tzinfo=UTC)


def weekday_near(day: date) -> date:
    """Return the day, moved back to Friday from a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
