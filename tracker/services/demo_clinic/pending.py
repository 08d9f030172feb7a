"""Patients whose requests stand at every step between the first draft and the last appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.authorization import AuthorizationStatus as At
from tracker.services.demo_clinic.draft import Draft
from tracker.services.demo_clinic.house import House
from tracker.services.demo_clinic.records import DemoPatient
from tracker.services.demo_clinic.requests import Asked

HUMANA = ("humana", "Medicare Advantage PPO")
AETNA = ("aetna", "Open Choice PPO")
UHC = ("unitedhealthcare", "Choice Plus")
CIGNA = ("cigna", "Open Access Plus")


@dataclass(frozen=True, slots=True)
class Story:
    """One person and the one request: whom it was sent to, how long ago, and where it stands."""

    last: str
    first: str
    born: date
    plan: tuple[str, str]
    status: At
    kind: str
    targets: tuple[str, ...]
    asked_for: Asked
    sent: int | None = None
    decided: int | None = None


STORIES = (
    Story("Tran", "Kim", date(1959, 6, 22), HUMANA, At.DRAFT, "caudal", ("caudal",), Asked(look_in=0)),
    Story("Ellis", "Frank", date(1961, 12, 19), AETNA, At.DRAFT, "mbb", ("C4-C5 right", "C5-C6 right"),
          Asked(look_in=1)),
    Story("Young", "Keith", date(1959, 11, 11), UHC, At.DRAFT, "rfa", ("L3-L4 both", "L4-L5 both"), Asked(look_in=6)),
    Story("Long", "Patricia", date(1964, 6, 6), CIGNA, At.DRAFT, "il", ("L4-L5",), Asked(look_in=8)),
    Story("Whitlow", "June", date(1978, 4, 2), CIGNA, At.SUBMITTED, "tf", ("C6-C7 left",), Asked(look_in=0), 3),
    Story("Parker", "Joan", date(1952, 2, 23), HUMANA, At.SUBMITTED, "il", ("C7-T1",), Asked(look_in=3), 1),
    Story("Barnes", "Otis", date(1950, 7, 30), HUMANA, At.PENDED, "il", ("L5-S1",),
          Asked(look_in=-2, calls=((2, "Still in review."),)), 8),
    Story("Gomez", "Lidia", date(1957, 5, 9), AETNA, At.PENDED, "rfa", ("L4-L5 left", "L5-S1 left"),
          Asked(look_in=1, calls=((3, "Received; with the reviewer."),)), 10),
    Story("Novak", "Ivan", date(1970, 8, 8), UHC, At.MORE_WANTED, "si", ("SI left",),
          Asked(wants="pain scores after the second block", look_in=0,
                calls=((1, "They want both pain scores on one scale."),)), 6),
    Story("Clark", "Denise", date(1951, 9, 13), HUMANA, At.MORE_WANTED, "rfa", ("C3-C4 right", "C4-C5 right"),
          Asked(wants="notes of physical therapy", look_in=2), 4),
    Story("Kim", "Soo-jin", date(1968, 10, 8), UHC, At.APPEALED, "si", ("SI both",),
          Asked(level=1, look_in=0, calls=((5, "The appeal is on file."),)), 10, 20),
    Story("Reyes", "Marta", date(1963, 3, 17), AETNA, At.DENIED, "rfa", ("C5-C6 left", "C6-C7 left"),
          Asked(look_in=-1), 21, 5),
)  # fmt: skip


def pending(house: House) -> list[DemoPatient]:
    return [_tell(house, story) for story in STORIES]


def _tell(house: House, story: Story) -> DemoPatient:
    draft = Draft(house, story.last, story.first, story.born)
    payer, plan = story.plan
    draft.cover(payer, plan, start=date(2024, 1, 1), needs=True)
    draft.asks(
        story.status, story.kind, *story.targets, sent=story.sent, decided=story.decided, asked_for=story.asked_for
    )
    return draft.done()
