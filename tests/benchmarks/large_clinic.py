"""Writes a clinic of any size through the storage room's bulk inserts: invented patients, ten injections each."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from tests.builders import a_coverage, a_provider, a_site, performed
from tracker.domain.event import Event
from tracker.domain.patient import Patient, User
from tracker.domain.procedure import Approach, Family, Intent
from tracker.services.clinic_file import vault
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.desk.desk import NAME, STATE
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.identity import new_id
from tracker.storage.keyfile import KdfCosts
from tracker.storage.records import Act, HistoryEntry, Origin, Provenance
from tracker.storage.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 24)
EVENTS_EACH = 10
YEARS = 5
PATIENTS_A_TRANSACTION = 10_000
USER = User("Bench")
PASSWORD = "only for the benchmarks of this project"
PROVENANCE = Provenance(Origin.IMPORT, USER.name, datetime(2026, 1, 1, tzinfo=UTC), "bench.csv", 1)
SITES = ("L3-L4 left", "L4-L5 left", "L5-S1 left", "L4-L5 right", "L5-S1 right", "C5-C6 left", "C6-C7 right")


class StandingClock:
    """A clock that stands still until its day is set, so that every run judges the same days."""

    def __init__(self) -> None:
        self.day = TODAY

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        return datetime.combine(self.day, time(12), UTC)


def write_clinic(folder: Path, patients: int) -> tuple[ClinicFolder, DataKey, list[str]]:
    """Make a clinic in `folder` and return it with its key and the ids of its patients."""
    clinic = ClinicFolder(folder)
    key = vault.create_clinic(folder, PASSWORD, USER.name, costs=KdfCosts(19 * 1024, 2, 1))
    transactions = Transactions(Database.open(clinic.database, key.secret), StandingClock(), USER)
    chance = random.Random(20261124)
    ids: list[str] = []
    try:
        with transactions.writing() as uow:
            _add_house(uow)
        for start in range(0, patients, PATIENTS_A_TRANSACTION):
            with transactions.writing() as uow:
                ids += _add_patients(uow, chance, start, min(PATIENTS_A_TRANSACTION, patients - start))
    finally:
        transactions.close()
    return clinic, key, ids


def _add_house(uow: UnitOfWork) -> None:
    uow.clinic.add_site(a_site())
    uow.clinic.add_provider(a_provider())
    uow.clinic.set(NAME, "Large clinic")
    uow.clinic.set(STATE, "KY")
    uow.commit(Act("set up", "clinic"))


def _add_patients(uow: UnitOfWork, chance: random.Random, start: int, count: int) -> list[str]:
    people = [_person(chance, start + number) for number in range(count)]
    uow.bulk.add_patients(people, noted=False)
    uow.bulk.add_coverages(((person.id, replace(a_coverage(), id=new_id())) for person in people), noted=False)
    uow.bulk.add_entries((entry for person in people for entry in _history(chance, person.id)), noted=False)
    uow.commit(Act("bench", "clinic"))
    return [person.id for person in people]


def _person(chance: random.Random, number: int) -> Patient:
    born = date(1940, 1, 1) + timedelta(days=chance.randrange(20_000))
    syllables = ("ka", "mor", "len", "ti", "sa", "bur", "nel", "ro", "wick", "den", "gar", "su")
    last = "".join(chance.choices(syllables, k=3)).title()
    return Patient(last, "".join(chance.choices(syllables, k=2)).title(), born, f"B{number:07}", id=new_id())


def _history(chance: random.Random, patient_id: str) -> Iterator[HistoryEntry]:
    for _ in range(EVENTS_EACH):
        day = TODAY - timedelta(days=chance.randrange(365 * YEARS))
        yield HistoryEntry(patient_id, replace(_event(chance, day.isoformat()), id=new_id()), PROVENANCE)


def _event(chance: random.Random, day: str) -> Event:
    relief = {
        "relief_percent": float(chance.choice((30, 60, 80, 90))),
        "relief_months": float(chance.choice((0, 3, 7))),
    }
    site = chance.choice(SITES)
    kind = chance.random()
    if kind < 0.5:
        return performed(day, Family.FACET_INJECTION, site, **relief)
    if kind < 0.7:
        return performed(day, Family.FACET_ABLATION, site, **relief)
    foramen = {"approach": Approach.TRANSFORAMINAL, "intent": Intent.THERAPEUTIC}
    return performed(day, Family.EPIDURAL, site, **foramen, **relief)
