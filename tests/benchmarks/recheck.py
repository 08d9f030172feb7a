"""The re-check of every coming visit: all rules, fetch included, one visit and ten injections a patient."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

from tests.benchmarks.at_scale import a_question
from tests.benchmarks.figures import Figure, cpu_seconds
from tests.benchmarks.large_clinic import PROVENANCE, TODAY, USER, StandingClock, write_clinic
from tests.builders import a_coverage
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRecord, AuthorizationRequest
from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.event import Event, EventStatus, PartialDate
from tracker.domain.windows import ONE_DAY
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.rechecks.recheck import RecheckService
from tracker.services.rule_library.base_book import BaseBook
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.identity import new_id
from tracker.storage.records import Act, HistoryEntry

GOALS = {"small": {1_000: 0.1}, "full": {10_000: 1.0, 100_000: 8.0}}
"""Seconds of the processor, by how many visits there are."""
VISITS_A_TRANSACTION = 10_000


def measure(scale: str) -> Iterator[Figure]:
    for visits, goal in GOALS[scale].items():
        yield from _measure(visits, goal)
    yield from _measure(min(GOALS[scale]), None, mixed=True)


def _measure(visits: int, goal: float | None, *, mixed: bool = False) -> Iterator[Figure]:
    """Yield each figure as soon as it is measured.

    With `mixed` a third of the patients have an approval, a tenth two coverages, a fifth a second coming visit.
    """
    name = f"{visits:,} {'patients, mixed' if mixed else 'coming visits'}"
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        began = time.process_time()
        clinic, key, ids = write_clinic(Path(folder) / "clinic", visits)
        _book(clinic, key, ids)
        if mixed:
            _mix(clinic, key, ids)
        yield Figure(f"writing {name} (processor)", time.process_time() - began, "s")
        clock, rules = StandingClock(), RulesInForce(load_catalog(resource_root()))
        transactions = Transactions(Database.open(clinic.database, key.secret), clock, USER)
        recheck = RecheckService(transactions, rules, clock)
        try:
            yield Figure(f"first check of {name} (processor)", cpu_seconds(recheck.all), "s")
            checked = f"re-check of {name} (processor)"
            again = min(cpu_seconds(recheck.all) for _ in range(3))
            yield Figure(checked, again, "s", goal, "nothing changed")
            one = min(cpu_seconds(lambda each=each: recheck.patients([each])) for each in ids[:20])
            yield Figure(f"re-check of one patient among {name} (processor)", one * 1000, "ms")
            clock.day += ONE_DAY
            yield Figure(checked, cpu_seconds(recheck.all), "s", goal, "on the next day")
            rules.use(BaseBook(_with_other_words(rules.catalog)))
            yield Figure(checked, cpu_seconds(recheck.all), "s", goal, "all rules changed")
        finally:
            transactions.close()


def _with_other_words(catalog: PolicyCatalog) -> PolicyCatalog:
    """Return the book with a change in every policy that turns no answer, so that all are judged and none is told."""
    return replace(catalog, policies=tuple(replace(each, title=f"{each.title}.") for each in catalog.policies))


def _mix(clinic: ClinicFolder, key: DataKey, patient_ids: list[str]) -> None:
    transactions = Transactions(Database.open(clinic.database, key.secret), StandingClock(), USER)
    try:
        with transactions.writing() as uow:
            uow.bulk.add_requests(map(_approval, patient_ids[::3]), noted=False)
            second = replace(a_coverage(payer="aetna"), order=2)
            uow.bulk.add_coverages(((each, replace(second, id=new_id())) for each in patient_ids[::10]), noted=False)
            uow.commit(Act("bench", "clinic"))
    finally:
        transactions.close()
    _book(clinic, key, patient_ids[::5])


def _approval(patient_id: str) -> AuthorizationRecord:
    granted = Authorization(
        "A1", "medicare", AuthorizationStatus.APPROVED, AuthorizationKind.PAYER, start=TODAY - timedelta(30),
        end=TODAY + timedelta(60), lines=(AuthorizationLine("64493", 4),), id=new_id(),
    )  # fmt: skip
    return AuthorizationRecord(patient_id, granted, AuthorizationRequest())


def _book(clinic: ClinicFolder, key: DataKey, patient_ids: list[str]) -> None:
    """Book a visit for each patient, as the desk would ask for one."""
    transactions = Transactions(Database.open(clinic.database, key.secret), StandingClock(), USER)
    try:
        with transactions.reading() as uow:
            site = uow.clinic.list_sites()[0].id
        visits = _visits(patient_ids, site)
        while chunk := list(islice(visits, VISITS_A_TRANSACTION)):
            with transactions.writing() as uow:
                entries = (HistoryEntry(each.patient_id, each.event, PROVENANCE) for each in chunk)
                uow.bulk.add_entries(entries, noted=False)
                uow.bulk.add_bookings(chunk, noted=False)
                uow.commit(Act("bench", "clinic"))
    finally:
        transactions.close()


def _visits(patient_ids: list[str], site: str) -> Iterator[Booking]:
    chance = random.Random(2)
    for patient_id in patient_ids:
        asked = a_question(chance, patient_id)
        planned = Event(
            new_id(),
            PartialDate.on(asked.day),
            asked.family,
            EventStatus.BOOKED,
            asked.intent,
            asked.approach,
            asked.targets,
        )
        yield Booking(
            new_id(), patient_id, planned, BookingStatus.BOOKED, asked.starts, 30, "", site, "", None,
            elsewhere=asked.elsewhere,
        )  # fmt: skip
