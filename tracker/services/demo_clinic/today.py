"""Today's list of the demo clinic: twenty visits, most of them calm, each of the others with a reason to stop."""

from __future__ import annotations

from datetime import date, time, timedelta

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.booking import BookingStatus, Override, OverrideReason
from tracker.domain.event import PartialDate
from tracker.domain.patient import Provider
from tracker.domain.windows import months_before
from tracker.services.demo_clinic.draft import DESK, Draft
from tracker.services.demo_clinic.house import HOSPITAL, LEE, OFFICE, PATEL, SURGERY, House
from tracker.services.demo_clinic.records import DemoPatient

ARRIVED, CONFIRMED, DONE = BookingStatus.ARRIVED, BookingStatus.CONFIRMED, BookingStatus.DONE


def todays_list(house: House) -> list[DemoPatient]:
    makers = (_alvarez, _bennett, _cho, _dawson, _estrada, _foster, _grant, _hughes, _ibarra, _jensen,
              _kowalski, _lang, _moreno, _nolan, _okafor, _price, _quinn, _reyes, _stone, _tran)  # fmt: skip
    return [make(house) for make in makers]


def _day(house: House, months: int, extra: int = 0) -> date:
    return months_before(house.today, months) - timedelta(days=extra)


def _two_blocks(draft: Draft, house: House, *targets: str, provider: Provider = LEE) -> Draft:
    draft.had(house.ago(70), "mbb", *targets, relief=85, provider=provider)
    return draft.had(house.ago(42), "mbb", *targets, relief=90, provider=provider)


def _alvarez(house: House) -> DemoPatient:
    draft = Draft(house, "Alvarez", "Rosa", date(1958, 3, 14)).medicare()
    targets = ("L4-L5 left", "L5-S1 left")
    _two_blocks(draft, house, *targets).visit(house.today, time(7, 30), "rfa", *targets, site=HOSPITAL, status=DONE)
    draft.affirmation("2611001004410A", "rfa", *targets, decided=house.ago(20))
    return draft.done("Today, done: an ablation at the hospital, with Medicare's affirmation.")


def _bennett(house: House) -> DemoPatient:
    draft = Draft(house, "Bennett", "Carl", date(1949, 11, 2), sex="male").medicare()
    return draft.visit(house.today, time(8, 0), "il", "L4-L5", status=DONE, minutes=20).done("Today, done.")


def _cho(house: House) -> DemoPatient:
    draft = Draft(house, "Cho", "Min-ji", date(1967, 5, 27)).cover("cigna", "PPO", start=date(2021, 1, 1), needs=True)
    draft.visit(house.today, time(8, 20), "tf", "L5-S1 left", status=DONE, minutes=20)
    draft.approval("A771204", "tf", "L5-S1 left", start=house.ago(30), end=house.ahead(30))
    return draft.done("Today, done: the plan's approval is used up.")


def _dawson(house: House) -> DemoPatient:
    draft = Draft(house, "Dawson", "Earl", date(1945, 9, 9), sex="male").medicare()
    draft.had(house.ago(120), "si-dx", "SI right", relief=80, provider=PATEL)
    draft.had(house.ago(99), "si-dx", "SI right", relief=85, provider=PATEL)
    return draft.visit(house.today, time(8, 45), "si", "SI right", provider=PATEL, status=DONE).done("Today, done.")


def _estrada(house: House) -> DemoPatient:
    draft = Draft(house, "Estrada", "Luis", date(1971, 12, 30), sex="male").cover(
        "aetna", "PPO", start=date(2022, 1, 1), needs=True
    )
    draft.visit(house.today, time(9, 15), "mbb", "L3-L4 both", "L4-L5 both", provider=PATEL, status=DONE)
    draft.approval("A118830", "mbb", "L3-L4 both", "L4-L5 both", start=house.ago(21), end=house.ahead(39))
    return draft.done("Today, done.")


def _foster(house: House) -> DemoPatient:
    draft = Draft(house, "Foster", "Helen", date(1952, 4, 18)).medicare()
    return draft.visit(house.today, time(9, 30), "caudal", "caudal", status=DONE).done("Today, done.")


def _grant(house: House) -> DemoPatient:
    draft = Draft(house, "Grant", "Willie", date(1948, 8, 21), sex="male").medicare()
    targets = ("C4-C5 right", "C5-C6 right")
    _two_blocks(draft, house, *targets, provider=PATEL)
    draft.had(house.ago(28), "rfa", "C4-C5 left", "C5-C6 left", provider=PATEL)
    draft.had(house.ago(84), "mbb", "C4-C5 left", "C5-C6 left", relief=85, provider=PATEL)
    draft.had(house.ago(105), "mbb", "C4-C5 left", "C5-C6 left", relief=90, provider=PATEL)
    draft.visit(house.today, time(10, 0), "rfa", *targets, provider=PATEL, site=HOSPITAL, status=ARRIVED)
    draft.affirmation("2611001004502B", "rfa", *targets, decided=house.ago(40))
    return draft.done("Today, last in the window: the second of two neck ablations in 12 months.")


def _hughes(house: House) -> DemoPatient:
    draft = Draft(house, "Hughes", "Maria", date(1957, 1, 6))
    draft.cover("medicare-advantage", "Aetna Medicare PPO", start=date(2022, 1, 1), needs=True)
    draft.visit(house.today, time(10, 15), "tf", "L4-L5 right", status=ARRIVED, minutes=20)
    draft.approval("A118871", "tf", "L4-L5 right", start=house.ago(15), end=house.ahead(75))
    return draft.done("Today, calm: the plan's approval fits.")


def _ibarra(house: House) -> DemoPatient:
    draft = Draft(house, "Ibarra", "Jorge", date(1955, 6, 15), sex="male")
    draft.cover("humana", "Medicare Advantage HMO", start=date(2021, 1, 1), needs=True)
    targets = ("L4-L5 both", "L5-S1 both")
    draft.visit(house.today, time(10, 40), "mbb", *targets, minutes=20)
    draft.approval("H55920", "mbb", *targets, start=house.ago(64), end=house.ago(4))
    return draft.done("Today, expired authorization: it ended four days ago.")


def _jensen(house: House) -> DemoPatient:
    draft = Draft(house, "Jensen", "Paul", date(1955, 2, 28), sex="male", mrn="M1003377").medicare()
    for day in (_day(house, 12), house.ago(281), house.ago(190), house.ago(99)):
        draft.had(day, "il", "C7-T1", relief=65, months=3, provider=PATEL)
    draft.visit(house.today, time(11, 0), "il", "C7-T1", provider=PATEL)
    return draft.done("Today, not before tomorrow: the first of four neck epidurals still counts on its anniversary.")


def _kowalski(house: House) -> DemoPatient:
    draft = Draft(house, "Kowalski", "Ann", date(1957, 10, 11)).medicare()
    draft.had(_day(house, 15), "si-dx", "SI both", relief=80).had(_day(house, 14), "si-dx", "SI both", relief=90)
    month = PartialDate.parse(f"{months_before(house.today, 12):%Y-%m}")
    draft.elsewhere(month, "si", "SI both", relief=60, months=3, note="Only the month is known; records asked for.")
    for days in (275, 185, 100):
        draft.had(house.ago(days), "si", "SI both", relief=60, months=3)
    draft.visit(house.today, time(11, 20), "si", "SI both")
    return draft.done(
        "Today, imprecise date: an injection elsewhere, known by the month, decides whether this is the fifth."
    )


def _lang(house: House) -> DemoPatient:
    draft = Draft(house, "Lang", "Theodore", date(1943, 7, 19), sex="male").medicare()
    targets = ("L3-L4 right", "L4-L5 right")
    _two_blocks(draft, house, *targets).visit(
        house.today, time(13, 0), "rfa", *targets, site=HOSPITAL, status=CONFIRMED
    )
    draft.affirmation("2611001004618D", "rfa", *targets, decided=house.ago(30))
    return draft.done("Today, calm: two positive blocks, affirmation on file.")


def _moreno(house: House) -> DemoPatient:
    draft = Draft(house, "Moreno", "Alicia", date(1954, 3, 3))
    draft.cover("medicare-advantage", "Cigna Medicare Advantage PPO", start=date(2020, 1, 1), needs=True)
    draft.visit(house.today, time(13, 40), "tf", "L5-S1 both", provider=PATEL)
    draft.approval("A771310", "tf", "L5-S1 left", denied=("L5-S1 right",), start=house.ago(12), end=house.ahead(48),
                   status=AuthorizationStatus.PARTIALLY_APPROVED)  # fmt: skip
    return draft.done("Today, partial approval: both sides are booked, the left one alone was approved.")


def _nolan(house: House) -> DemoPatient:
    draft = Draft(house, "Nolan", "James", date(1950, 12, 12), sex="male").medicare()
    targets = ("C5-C6 left", "C6-C7 left")
    draft.visit(house.today, time(14, 0), "mbb", *targets, site=HOSPITAL, status=CONFIRMED)
    draft.affirmation("2611001004733E", "mbb", *targets, decided=house.ago(24))
    return draft.done("Today, calm: the first diagnostic block.")


def _okafor(house: House) -> DemoPatient:
    draft = Draft(house, "Okafor", "Grace", date(1952, 9, 25))
    draft.cover("medicare-advantage", "Anthem MediBlue HMO", start=date(2023, 1, 1), needs=True)
    draft.visit(house.today, time(14, 30), "il", "L5-S1", provider=PATEL)
    draft.approval("C90022", "il", "L5-S1", start=house.ago(10), end=house.ahead(80))
    return draft.done("Today, calm.")


def _price(house: House) -> DemoPatient:
    draft = Draft(house, "Price", "Donald", date(1947, 5, 5), sex="male").medicare()
    targets = ("L4-L5 right", "L5-S1 right")
    draft.had(house.ago(14), "mbb", *targets, relief=90, provider=PATEL)
    draft.visit(house.today, time(15, 0), "mbb", *targets, provider=PATEL)
    return draft.done("Today, clears tomorrow: exactly 14 days after the first block.")


def _quinn(house: House) -> DemoPatient:
    draft = Draft(house, "Quinn", "Teresa", date(1953, 8, 30)).medicare()
    targets = ("L4-L5 right", "L5-S1 right")
    draft.had(house.ago(90), "mbb", *targets, relief=85).had(house.ago(60), "mbb", *targets, relief=70)
    when = house.moment(house.ago(5))
    reason = Override(OverrideReason.CLINICIAN_APPEAL, "Function doubled after both blocks; appeal is being written.",
                      "Lee, Susan MD", DESK, when)  # fmt: skip
    draft.visit(house.today, time(15, 10), "rfa", *targets, site=SURGERY, status=CONFIRMED, override=reason)
    return draft.done("Today, overridden: the second block gave 70 %, the clinician will appeal.")


def _reyes(house: House) -> DemoPatient:
    draft = Draft(house, "Reyes", "Daniel", date(1956, 11, 17), sex="male")
    draft.cover("medicare-advantage", "Aetna Medicare PPO", start=date(2022, 1, 1), needs=True)
    draft.visit(house.today, time(15, 45), "tf", "L3-L4 left", status=CONFIRMED)
    draft.approval("A118902", "tf", "L3-L4 left", start=house.ago(9), end=house.ahead(51))
    return draft.done("Today, calm.")


def _stone(house: House) -> DemoPatient:
    draft = Draft(house, "Stone", "Beverly", date(1954, 2, 9)).medicare()
    draft.had(house.ago(35), "mbb", "L3-L4 left", "L4-L5 left", relief=85, provider=PATEL)
    draft.visit(house.today, time(16, 10), "mbb", "L3-L4 left", "L4-L5 left", provider=PATEL, site=OFFICE, minutes=20)
    return draft.done("Today, calm: the second diagnostic block, five weeks after the first.")


def _tran(house: House) -> DemoPatient:
    draft = Draft(house, "Trần", "Kim", date(1954, 6, 22))
    draft.cover("humana", "Medicare Advantage PPO", start=date(2022, 1, 1), needs=True)
    draft.visit(house.today, time(16, 30), "caudal", "caudal", provider=PATEL)
    draft.approval("H56011", "caudal", "caudal", start=house.ago(8), end=house.ahead(82))
    return draft.done("Today, calm.")
