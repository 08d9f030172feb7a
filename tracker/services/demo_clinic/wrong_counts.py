"""Patients who were booked against the same limit because their history on file is wrong: the Rules page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tracker.domain.booking import BookingStatus, Override, OverrideReason
from tracker.services.demo_clinic.draft import DESK, Draft
from tracker.services.demo_clinic.house import House
from tracker.services.demo_clinic.records import DemoPatient

_BEFORE = (345, 262, 180, 98)
"""Days before the visit of the four that the limit counted; each helped until about the next one."""
_BOOKED_DAYS = 9


@dataclass(frozen=True, slots=True)
class Story:
    """Who was booked all the same, so long ago, and what the desk had found out."""

    last: str
    first: str
    born: date
    level: str
    days: int
    reason: OverrideReason
    note: str


STORIES = (
    Story("Haddix", "Loretta", date(1948, 5, 16), "L4-L5", 24, OverrideReason.NOT_PERFORMED,
          "The second one was stopped before the needle; the claim was never sent."),
    Story("Cassidy", "Vernon", date(1950, 10, 3), "L5-S1", 38, OverrideReason.OTHER_PAYER,
          "The first one was paid by workers' compensation."),
    Story("Imhoff", "Geneva", date(1946, 1, 27), "L4-L5", 52, OverrideReason.OTHER_SITE,
          "The imported one was in the neck, the note says C7-T1."),
)  # fmt: skip


def wrong_counts(house: House) -> list[DemoPatient]:
    return [_tell(house, story) for story in STORIES]


def _tell(house: House, story: Story) -> DemoPatient:
    day = house.ago(story.days)
    draft = Draft(house, story.last, story.first, story.born).medicare()
    for before in _BEFORE:
        draft.had(day - timedelta(days=before), "il", story.level, relief=70, months=3)
    made = datetime.combine(day - timedelta(days=_BOOKED_DAYS), time(15, 10), UTC)
    against = Override(story.reason, story.note, "", DESK, made)
    return draft.visit(day, time(11, 20), "il", story.level, status=BookingStatus.DONE, override=against).done()
