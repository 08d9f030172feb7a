"""Patients for one situation each, to be found by name; the answers hold on the day the demo was made, and near it."""

from __future__ import annotations

from datetime import date, time, timedelta

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.event import EventEvidence, PartialDate
from tracker.domain.windows import months_before
from tracker.services.demo_clinic.draft import Draft
from tracker.services.demo_clinic.house import OKORO, PATEL, SURGERY, House, weekday_near
from tracker.services.demo_clinic.records import DemoPatient

LEFT, RIGHT, BOTH = (tuple(f"{level} {side}" for level in ("L4-L5", "L5-S1")) for side in ("left", "right", "both"))


def situations(house: House) -> list[DemoPatient]:
    makers = (_blocked_ablation, _last_epidural, _leap_day, _outside, _former_payer, _unknown_relief, _three_levels,
              _silent_payer, _no_coverage, _reported, _first_namesake, _second_namesake, _mononym)  # fmt: skip
    return [make(house) for make in makers]


def last_leap_day(today: date) -> date:
    """Return the latest 29 February that lies at least a month back."""
    year = (today - timedelta(days=30)).year
    while True:
        if year % 4 == 0 and (year % 100 or year % 400 == 0) and date(year, 2, 29) <= today - timedelta(days=30):
            return date(year, 2, 29)
        year -= 1


def _blocked_ablation(house: House) -> DemoPatient:
    draft = Draft(house, "Lindqvist", "Åsa", date(1949, 4, 17)).medicare()
    draft.had(house.ago(420), "mbb", *BOTH, relief=85).had(house.ago(399), "mbb", *BOTH, relief=90)
    draft.had(house.ago(301), "rfa", *LEFT, relief=75, months=8).had(house.ago(273), "rfa", *RIGHT, relief=80, months=8)
    return draft.done(
        "Blocked ablation: two lumbar ablations within 12 months, so a third (RFA L4-5 L5-S1 left) has to wait "
        "until the first leaves the count."
    )


def _last_epidural(house: House) -> DemoPatient:
    draft = Draft(house, "Beaumont", "Claire-Élise", date(1953, 9, 30)).medicare()
    for days in (330, 225, 112):
        draft.had(house.ago(days), "il", "L5-S1", relief=65, months=3.5, provider=PATEL)
    return draft.done(
        "Last one left: three lumbar epidurals within 12 months; the next one is allowed and is the last."
    )


def _leap_day(house: House) -> DemoPatient:
    leap = last_leap_day(house.today)
    draft = Draft(house, "Bissett", "Quentin", date(1944, 2, 29), sex="male").medicare()
    for days in (0, 98, 196, 294):
        when = leap + timedelta(days=days)
        if when < house.today:
            draft.had(when, "il", "L4-L5", relief=70, months=3)
    return draft.done(
        f"Leap-day window: the epidural of {leap:%m/%d/%Y} still counts on 02/28/{leap.year + 1} and has left the "
        f"12 months on 03/01/{leap.year + 1}. Ask for both days."
    )


def _outside(house: House) -> DemoPatient:
    draft = Draft(house, "Nakamura", "Yuki", date(1950, 12, 5)).medicare()
    for days in (300, 205, 110):
        draft.had(house.ago(days), "tf", "L4-L5 left", relief=60, months=3)
    draft.elsewhere(
        house.ago(251), "tf", "L4-L5 left", relief=60, months=3, note="Records received from the other clinic."
    )
    return draft.done(
        "Outside injection: one lumbar epidural elsewhere makes four within 12 months; the next has to wait."
    )


def _former_payer(house: House) -> DemoPatient:
    switched = house.ago(190)
    draft = Draft(house, "D’Angelo", "Vincenzo", date(1961, 6, 11), sex="male")
    draft.cover("aetna", "Open Choice PPO", end=switched - timedelta(days=1), needs=True)
    draft.medicare(start=switched)
    for days in (320, 230):
        draft.had(house.ago(days), "tf", "L5-S1 right", relief=70, months=3)
    for days in (175, 105):
        draft.had(house.ago(days), "tf", "L5-S1 right", relief=60, months=3)
    return draft.done(
        "Former payer: two of four lumbar epidurals were paid by the plan before Medicare. Nobody has written whether "
        "they count, so the program does not guess."
    )


def _unknown_relief(house: House) -> DemoPatient:
    draft = Draft(house, "Pham", "An", date(1952, 1, 23)).medicare()
    draft.had(house.ago(75), "mbb", "L3-L4 left", "L4-L5 left", relief=90).had(
        house.ago(40), "mbb", "L3-L4 left", "L4-L5 left"
    )
    return draft.done(
        "Unknown relief: the second block has no result on file, so an ablation L3-4 L4-5 left cannot be told."
    )


def _three_levels(house: House) -> DemoPatient:
    draft = Draft(
        house, "Featherstonehaugh-Worthington", "Maximilian", date(1948, 8, 8), sex="male", middle="Bartholomew"
    )
    draft.medicare().had(house.ago(60), "mbb", "C4-C5 both", "C5-C6 both", relief=85, provider=OKORO)
    return draft.done("Long name; three facet levels in one session (C3-4 to C5-6) are refused, two are fine.")


def _silent_payer(house: House) -> DemoPatient:
    draft = Draft(house, "Ó Súilleabháin", "Niamh", date(1978, 3, 3))
    draft.cover("commercial", "Riverbend Health PPO", start=date(2023, 1, 1), needs=True)
    draft.had(house.ago(200), "il", "C7-T1", relief=70, months=4, provider=OKORO)
    return draft.done("No rule on file for the plan: never shown as allowed.")


def _no_coverage(house: House) -> DemoPatient:
    draft = Draft(house, "Zhang", "Q", date(1969, 10, 10), sex="male")
    draft.cover("unitedhealthcare", "Choice Plus", start=date(2022, 1, 1), end=house.ago(20), needs=True)
    draft.had(house.ago(400), "si-dx", "SI right", relief=80)
    return draft.done("Coverage ended 20 days ago and nothing follows: the check asks for the coverage first.")


def _reported(house: House) -> DemoPatient:
    draft = Draft(house, "Sørensen", "Bjørn", date(1947, 5, 19), sex="male").medicare()
    for days in (310, 215, 108):
        draft.had(house.ago(days), "il", "L4-L5", relief=60, months=3)
    draft.had(house.ago(260), "il", "L4-L5", relief=60, months=3, provider=None,
              evidence=EventEvidence.PATIENT_REPORTED, note="Said at check-in; no record yet.")  # fmt: skip
    return draft.done(
        "Patient-reported: the fourth lumbar epidural is known from the patient alone; ask for the record."
    )


def _first_namesake(house: House) -> DemoPatient:
    draft = Draft(house, "Smith", "Jane", date(1960, 7, 2)).cover(
        "aetna", "Open Choice PPO", start=date(2020, 1, 1), needs=True
    )
    draft.had(house.ago(50), "mbb", "L4-L5 both", relief=85).had(house.ago(30), "mbb", "L4-L5 both", relief=90)
    day = weekday_near(house.ahead(18))
    draft.visit(day, time(9, 0), "rfa", "L4-L5 both", provider=PATEL, site=SURGERY)
    draft.approval(
        "", "rfa", "L4-L5 both", start=None, end=None, status=AuthorizationStatus.PENDED, submitted=house.ago(6)
    )
    return draft.done("Two patients of this name; this one, born 1960, waits for the plan's decision.")


def _second_namesake(house: House) -> DemoPatient:
    draft = Draft(house, "Smith", "Jane", date(1985, 11, 30)).cover(
        "cigna", "Open Access Plus", start=date(2024, 1, 1), needs=True
    )
    draft.had(PartialDate.parse(str(months_before(house.today, 20).year)), "il", "L5-S1", provider=None)
    return draft.done(
        "Two patients of this name; this one, born 1985, has one epidural elsewhere of which only the year is known."
    )


def _mononym(house: House) -> DemoPatient:
    draft = Draft(house, "Suharto-Wibisono", "", date(1955, 2, 14), sex="male").medicare()
    draft.had(house.ago(95), "tp", relief=60, months=2)
    return draft.done("One name only; trigger points once within 12 months.")
