"""Patients whose authorizations want work: overdue, denied, ending soon, waiting for a decision."""

from __future__ import annotations

from datetime import date, time

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.booking import Override, OverrideReason
from tracker.services.demo_clinic.draft import DESK, Draft
from tracker.services.demo_clinic.house import HOSPITAL, OFFICE, OKORO, PATEL, SURGERY, House, weekday_near
from tracker.services.demo_clinic.records import DemoPatient

PENDED, DENIED = AuthorizationStatus.PENDED, AuthorizationStatus.DENIED


def work(house: House) -> list[DemoPatient]:
    return [make(house) for make in (_ortiz, _vance, _pruitt, _diaz, _webb, _hall)]


def _ortiz(house: House) -> DemoPatient:
    draft = Draft(house, "Ortiz", "Ramón", date(1954, 10, 2), sex="male")
    draft.cover("humana", "Medicare Advantage HMO", start=date(2020, 1, 1), needs=True)
    draft.visit(weekday_near(house.ahead(9)), time(10, 0), "il", "L4-L5", provider=OKORO, site=OFFICE)
    draft.approval("", "il", "L4-L5", start=None, end=None, status=PENDED, submitted=house.ago(11))
    return draft.done("Waiting: the plan's decision is overdue.")


def _vance(house: House) -> DemoPatient:
    draft = Draft(house, "Vance", "Linda", date(1958, 4, 27))
    draft.cover("medicare-advantage", "Aetna Medicare HMO", start=date(2023, 1, 1), needs=True)
    draft.had(house.ago(130), "mbb", "L4-L5 left", "L5-S1 left", relief=80)
    draft.had(house.ago(95), "mbb", "L4-L5 left", "L5-S1 left", relief=85)
    why = Override(OverrideReason.CLINICIAN_APPEAL, "Two positive blocks; the plan read one of them.",
                   "Okoro, Ngozi DO", DESK, house.moment(house.ago(1)))  # fmt: skip
    draft.visit(weekday_near(house.ahead(16)), time(11, 0), "rfa", "L4-L5 left", "L5-S1 left", provider=OKORO,
                site=SURGERY, override=why)  # fmt: skip
    draft.approval("A119007", "rfa", "L4-L5 left", "L5-S1 left", start=house.ago(8), end=None, status=DENIED)
    return draft.done("Denied: the ablation was refused by the plan and booked with a reason; the appeal is due.")


def _pruitt(house: House) -> DemoPatient:
    draft = Draft(house, "Pruitt", "Sam", date(1951, 1, 30), sex="male")
    draft.cover("medicare-advantage", "UHC AARP Medicare Advantage", start=date(2021, 1, 1), needs=True)
    draft.had(house.ago(60), "mbb", "C5-C6 both", relief=80, provider=PATEL)
    draft.approval("A118640", "mbb", "C5-C6 both", start=house.ago(52), end=house.ahead(7))
    return draft.done("Ending in a week: an approval with a unit left and nothing booked.")


def _diaz(house: House) -> DemoPatient:
    draft = Draft(house, "Diaz", "Carmen", date(1956, 7, 14))
    draft.cover("medicare-advantage", "Anthem MediBlue PPO", start=date(2022, 1, 1), needs=True)
    why = Override(OverrideReason.PAYER_EXCEPTION, "Extended to the visit by telephone; the letter follows.",
                   "CALL 55812", DESK, house.moment(house.ago(6)))  # fmt: skip
    draft.visit(weekday_near(house.ahead(15)), time(14, 0), "tf", "L5-S1 right", provider=OKORO, site=OFFICE,
                override=why)  # fmt: skip
    draft.approval("C89917", "tf", "L5-S1 right", start=house.ago(50), end=house.ahead(10))
    return draft.done("Ends too early: the approval runs out before the visit; the plan's extension is to be filed.")


def _webb(house: House) -> DemoPatient:
    draft = Draft(house, "Webb", "Harold", date(1946, 3, 22), sex="male").medicare()
    targets = ("L3-L4 right", "L4-L5 right")
    draft.visit(weekday_near(house.ahead(12)), time(9, 30), "mbb", *targets, provider=OKORO, site=HOSPITAL)
    draft.affirmation("", "mbb", *targets, decided=None, submitted=house.ago(4))
    return draft.done("Waiting: the hospital's request to Medicare was sent four days ago.")


def _hall(house: House) -> DemoPatient:
    draft = Draft(house, "Hall", "Peter", date(1953, 12, 12), sex="male")
    draft.cover("humana", "Medicare Advantage PPO", start=date(2022, 1, 1), needs=True)
    draft.visit(weekday_near(house.ahead(20)), time(9, 0), "il", "L4-L5", provider=OKORO, site=OFFICE)
    draft.approval("", "il", "L4-L5", start=None, end=None, status=PENDED, submitted=house.ago(2))
    return draft.done("Waiting: sent to the plan two days ago.")
