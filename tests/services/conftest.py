"""Fixtures of the service tests: services over a real file, with a judge of one plain rule."""

from __future__ import annotations

import pytest

from tests.builders import a_coverage, a_patient
from tests.fakes import FixedClock, SessionLimitJudge
from tests.fixtures import clinic, clinic_template, clock, data_key, database, transactions
from tracker.services.answers.eligibility import EligibilityService
from tracker.services.answers.judging import Judges
from tracker.services.desk.desk import DeskService
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.patients.responses import ResponseService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import BookingService
from tracker.services.visits.schedule import ScheduleService
from tracker.services.words.payers import PayerNames

__all__ = ["clinic", "clinic_template", "clock", "data_key", "database", "transactions"]


class Payer:
    """A payer of the tests' catalog."""

    def __init__(self, payer_id: str, name: str) -> None:
        self.id = payer_id
        self.name = name
        self.aliases: tuple[str, ...] = ()
        self.generic = payer_id == "medicare-advantage"
        self.self_pay = payer_id == "self-pay"


@pytest.fixture
def payers() -> PayerNames:
    return PayerNames(
        [
            Payer("medicare", "Medicare"),
            Payer("cigna", "Cigna"),
            Payer("aetna", "Aetna"),
            Payer("medicare-advantage", "Medicare Advantage"),
        ]
    )


@pytest.fixture
def judge() -> SessionLimitJudge:
    return SessionLimitJudge()


@pytest.fixture
def patients(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> PatientService:
    return PatientService(transactions, payers, clock)


@pytest.fixture
def history(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> HistoryService:
    return HistoryService(transactions, payers, clock)


@pytest.fixture
def responses(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> ResponseService:
    return ResponseService(transactions, payers, clock)


@pytest.fixture
def booking(
    transactions: Transactions, judge: SessionLimitJudge, payers: PayerNames, clock: FixedClock
) -> BookingService:
    return BookingService(transactions, judge, payers, clock)


@pytest.fixture
def schedule(
    transactions: Transactions, judge: SessionLimitJudge, payers: PayerNames, clock: FixedClock
) -> ScheduleService:
    return ScheduleService(transactions, judge, payers, clock)


@pytest.fixture
def eligibility(transactions: Transactions, judge: SessionLimitJudge, clock: FixedClock) -> EligibilityService:
    return EligibilityService(transactions, lambda: Judges(judge, judge), clock)


@pytest.fixture
def desk(transactions: Transactions, payers: PayerNames) -> DeskService:
    return DeskService(transactions, payers, ())


@pytest.fixture
def undo(transactions: Transactions) -> UndoService:
    return UndoService(transactions)


@pytest.fixture
def patient_id(patients: PatientService) -> str:
    """A patient with Medicare since 2016."""
    added = patients.add(a_patient()).value
    patients.add_coverage(added.id, a_coverage())
    return added.id
