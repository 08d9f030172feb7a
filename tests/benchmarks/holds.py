"""Visits whose approval ends before them: each is held by the program, with its task and the log of the request."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.figures import Figure, cpu_seconds
from tests.benchmarks.large_clinic import PROVENANCE, TODAY, USER, StandingClock, write_clinic
from tests.builders import performed
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRecord, AuthorizationRequest
from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.event import EventStatus
from tracker.domain.procedure import Family, parse_sites
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.rechecks.expiry_holds import ExpiryHolds
from tracker.services.rechecks.recheck import RecheckService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.identity import new_id
from tracker.storage.records import Act, HistoryEntry
from tracker.storage.unit_of_work import UnitOfWork

PATIENTS = {"small": 60, "full": 600}
GOAL_MS_EACH = 2.0
PLAN, SITE = "medicare-advantage", "L4-L5 right"


def measure(scale: str) -> Iterator[Figure]:
    patients = PATIENTS[scale]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        clinic, key, ids = write_clinic(Path(folder) / "clinic", patients)
        clock, rules = StandingClock(), RulesInForce(load_catalog(resource_root()))
        transactions = Transactions(Database.open(clinic.database, key.secret), clock, USER)
        holds = ExpiryHolds(transactions, rules, clock)
        try:
            with transactions.writing() as uow:
                _fill(uow, ids)
                uow.commit(Act("bench", "clinic"))
            RecheckService(transactions, rules, clock).all()
            held: list[int] = []
            seconds = cpu_seconds(lambda: held.append(holds.settle().value))
        finally:
            transactions.close()
    name = f"hold visits of {patients} ended approvals, each (processor)"
    yield Figure(name, seconds * 1000 / patients, "ms", GOAL_MS_EACH, f"{held[0]} held in {seconds:.2f} s")


def _fill(uow: UnitOfWork, patient_ids: list[str]) -> None:
    """Give each patient a plan that wants approvals, one that ends in two days, and a visit after that."""
    for each in patient_ids:
        (coverage,) = uow.patients.list_coverages(each)
        wanting = replace(coverage, payer=PLAN, plan="HMO", authorization_required=True)
        uow.patients.change_coverage(each, wanting)
    visits = [_visit(each) for each in patient_ids]
    uow.bulk.add_entries((HistoryEntry(each.patient_id, each.event, PROVENANCE) for each in visits), noted=False)
    uow.bulk.add_bookings(visits, noted=False)
    uow.bulk.add_requests(map(_approval, patient_ids), noted=False)


def _visit(patient_id: str) -> Booking:
    day = (TODAY + timedelta(days=9)).isoformat()
    planned = replace(performed(day, Family.FACET_INJECTION, SITE), id=new_id(), status=EventStatus.BOOKED)
    return Booking(new_id(), patient_id, planned, BookingStatus.BOOKED, None, 30, "", "", "", None)


def _approval(patient_id: str) -> AuthorizationRecord:
    given = TODAY - timedelta(days=60)
    granted = Authorization(
        "A1", PLAN, AuthorizationStatus.APPROVED, AuthorizationKind.PAYER, decided=given, start=given,
        end=TODAY + timedelta(days=2), lines=(AuthorizationLine("64493", 1, targets=parse_sites([SITE]).targets),),
        id=new_id(),
    )  # fmt: skip
    return AuthorizationRecord(patient_id, granted, AuthorizationRequest())
