"""The patient of the screen drawings: four diagnostic lumbar sessions within 12 months, so a fifth has to wait."""

from __future__ import annotations

from datetime import date, time, timedelta

from tracker.domain.event import EventStatus
from tracker.services.demo_clinic.draft import Draft
from tracker.services.demo_clinic.house import HOSPITAL, PATEL, House
from tracker.services.demo_clinic.records import DemoPatient

DRAWN_ON = date(2026, 11, 23)
STAR = "Whitaker, Doris M."
LEFT, RIGHT = ("L4-L5 left", "L5-S1 left"), ("L4-L5 right", "L5-S1 right")


def drawn(today: date, day: date) -> date:
    """Return `day` of the drawings as it lies from `today`: moved by whole weeks, so that weekdays stay."""
    return day + timedelta(weeks=round((today - DRAWN_ON).days / 7))


def star(house: House) -> DemoPatient:
    def on(month: int, day: int, year: int = 2026) -> date:
        return drawn(house.today, date(year, month, day))

    draft = Draft(house, "Whitaker", "Doris", date(1951, 7, 2), mrn="M1002231", middle="M.")
    draft.medicare(start=date(2016, 7, 1), member="1EG4-TE5-MK72")
    draft.cover("commercial", "Medigap Plan G", start=date(2016, 7, 1), order=2, needs=False)
    draft.had(on(5, 14, 2024), "il", "L5-S1", relief=50, months=3)
    draft.had(on(10, 6, 2025), "tf", "L5-S1 right", status=EventStatus.CANCELLED)
    draft.had(on(1, 12), "mbb", *LEFT, relief=85).had(on(2, 2), "mbb", *LEFT, relief=90)
    draft.had(on(3, 16), "rfa", *LEFT, relief=70, months=7)
    draft.had(on(5, 4), "tf", "L5-S1 right", relief=55, months=4)
    draft.had(on(6, 15), "mbb", *RIGHT, relief=85).had(on(7, 13), "mbb", *RIGHT, relief=40)
    draft.had(on(9, 21), "si-dx", "SI right", relief=30, provider=PATEL)
    draft.had(on(10, 12), "tf", "L5-S1 right", status=EventStatus.CANCELLED, note="Called off by the patient.")
    draft.visit(on(12, 10), time(10, 30), "rfa", *LEFT, site=HOSPITAL)
    draft.affirmation("2603000041288R", "rfa", *LEFT, decided=on(3, 2))
    draft.affirmation("2606000087714K", "mbb", *RIGHT, decided=on(6, 1))
    draft.affirmation("2611001003952C", "rfa", *LEFT, decided=on(11, 16))
    return draft.done(
        "Blocked: a fifth diagnostic lumbar session, such as MBB L2-3 L3-4 right in ten days, has to wait until the "
        "first of the four leaves the 12 months. An ablation on the right is refused: the second block there gave 40 %."
    )
