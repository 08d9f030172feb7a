"""Many records at once, and taking them back as one act."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.builders import a_coverage, a_patient, a_provider, performed
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRecord, AuthorizationRequest
from tracker.domain.errors import ConflictError
from tracker.domain.patient import Patient
from tracker.domain.procedure import parse_sites
from tracker.services.transactions import Transactions
from tracker.storage.identity import new_id
from tracker.storage.records import Act, HistoryEntry, Origin, Provenance

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
COUNT = 1_100


def _import(transactions: Transactions) -> tuple[list[Patient], str]:
    people = [a_patient(id=new_id()) for _ in range(COUNT)]
    entries = [
        HistoryEntry(
            patient.id,
            performed("2026-01-12", id=new_id()),
            Provenance(Origin.IMPORT, "Jo", NOW, "log.csv", line, f"log:{line}"),
        )
        for line, patient in enumerate(people)
    ]
    with transactions.writing() as uow:
        uow.bulk.add_patients(people)
        uow.bulk.add_coverages((patient.id, a_coverage(id=new_id())) for patient in people)
        uow.bulk.add_entries(entries)
        return people, uow.commit(Act("import", "event"))


def test_that_an_import_is_taken_back_whole_and_done_again_by_undoing_that(transactions: Transactions) -> None:
    people, act_id = _import(transactions)
    with transactions.writing() as uow:
        uow.acts.take_back(act_id)
        undone = uow.commit(Act("undo", "event", undoes=act_id))
    with transactions.reading() as uow:
        assert uow.patients.get_many(patient.id for patient in people) == {}
        assert uow.events.find_by_source(["log:7"]) == {}
    with transactions.writing() as uow:
        uow.acts.take_back(undone)
        uow.commit(Act("undo", "event", undoes=undone))
    with transactions.reading() as uow:
        assert len(uow.patients.get_many(patient.id for patient in people)) == COUNT
        assert uow.events.find_by_source(["log:7"])["log:7"].provenance.line == 7


def test_that_an_import_is_not_taken_back_over_a_later_change(transactions: Transactions) -> None:
    people, act_id = _import(transactions)
    with transactions.writing() as uow:
        uow.patients.change(replace(people[600], phone="859 555 0100"))
        uow.commit(Act("change", "patient"))
    with pytest.raises(ConflictError), transactions.writing() as uow:
        uow.acts.take_back(act_id)
    with transactions.reading() as uow:
        assert len(uow.events.find_by_source(f"log:{line}" for line in range(100))) == 100


def test_that_the_same_source_line_never_enters_twice(transactions: Transactions) -> None:
    people, _ = _import(transactions)
    again = HistoryEntry(people[0].id, performed("2026-01-12"), Provenance(Origin.IMPORT, "Jo", NOW, key="log:0"))
    with pytest.raises(ConflictError), transactions.writing() as uow:
        uow.events.add(again)


def test_that_authorizations_come_back_with_their_lines_in_order(transactions: Transactions) -> None:
    targets = parse_sites(["L4-L5 left"]).targets
    lines = (AuthorizationLine("64635", 1, 0, targets), AuthorizationLine("64636", None, 2, denied=True))
    status = AuthorizationStatus.PARTIALLY_APPROVED
    given = Authorization("A-1", "cigna", status, end=date(2027, 3, 15), lines=lines, id=new_id())
    patient = a_patient(id=new_id())
    with transactions.writing() as uow:
        uow.bulk.add_patients([patient], noted=False)
        uow.bulk.add_requests([AuthorizationRecord(patient.id, given, AuthorizationRequest())], noted=False)
        uow.requests.add(patient.id, replace(given, number=None, id=""), AuthorizationRequest())
        uow.commit(Act("demo", "clinic"))
    with transactions.reading() as uow:
        stored = uow.authorizations.list_for(patient.id)
    assert stored[0] == given
    assert (stored[1].number, stored[1].lines) == (None, lines)


def test_that_ids_are_unique_and_rise() -> None:
    ids = [new_id() for _ in range(20_000)]
    assert ids == sorted(set(ids))
    assert {len(made) for made in ids} == {20}


def test_that_one_transaction_sees_its_own_new_provider(transactions: Transactions) -> None:
    with transactions.writing() as uow:
        provider_id = uow.clinic.add_provider(a_provider(name="Anil Patel"))
        assert provider_id in [provider.id for provider in uow.clinic.list_providers()]
        uow.commit(Act("add provider", "provider", provider_id))
