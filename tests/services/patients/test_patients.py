"""Finding patients by whatever the caller says, and changing what is on file about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import a_coverage, a_patient, performed
from tests.fakes import FixedClock
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.services.changes import Kind
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.undo import UndoService
from tracker.storage.database import Database

PEOPLE = (
    a_patient(last="Smith", first="Jane", mrn="M1002231", born=date(1960, 7, 2), phone="(859) 555-4410"),
    a_patient(last="Smith", first="John", middle="A", mrn="M1044120", born=date(1952, 3, 14), phone="859-555-0131"),
    a_patient(last="Smithson", first="Jo", mrn="7781", born=date(1971, 12, 30)),
    a_patient(last="O’Brien-García", first="Sinéad", mrn="M5", born=date(1980, 1, 5)),
    a_patient(last="de la Cruz", first="María José", mrn="M6", born=date(1944, 2, 29)),
    a_patient(last="Østergård", first="Åse", mrn="M8", born=date(2001, 1, 1)),
)


@pytest.fixture
def people(patients: PatientService) -> PatientService:
    for patient in PEOPLE:
        added = patients.add(patient).value
        patients.add_coverage(added.id, a_coverage(member_id=f"MEM-{patient.mrn}"))
    return patients


def _names(service: PatientService, text: str) -> list[str]:
    return [f"{hit.patient.last} {hit.patient.first}" for hit in service.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smi", ["Smith Jane", "Smith John", "Smithson Jo"]),
        ("SMITH", ["Smith Jane", "Smith John", "Smithson Jo"]),
        ("smi j", ["Smith Jane", "Smith John", "Smithson Jo"]),
        ("smith, ja", ["Smith Jane"]),
        ("j smithson", ["Smithson Jo"]),
        ("jane", ["Smith Jane"]),
        ("obrien", ["O’Brien-García Sinéad"]),
        ("o'brien garcia", ["O’Brien-García Sinéad"]),
        ("sinead o", ["O’Brien-García Sinéad"]),
        ("de la c", ["de la Cruz María José"]),
        ("maria jose de la cruz", ["de la Cruz María José"]),
        ("ostergard", ["Østergård Åse"]),
        ("07/02/1960", ["Smith Jane"]),
        ("7/2/60", ["Smith Jane"]),
        ("07021960", ["Smith Jane"]),
        ("070260", ["Smith Jane"]),
        ("1960-07-02", ["Smith Jane"]),
        ("010101", ["Østergård Åse"]),
        ("m1044120", ["Smith John"]),
        ("M-1044", ["Smith John"]),
        ("7781", ["Smithson Jo"]),
        ("mem-m1044", ["Smith John"]),
        ("4410", ["Smith Jane"]),
        ("555-0131", ["Smith John"]),
        ("(859) 555-0131", ["Smith John"]),
        ("02/30/1960", []),
        ("nobody", []),
        ("", []),
        (" ,. ", []),
        ("%", []),
        ("_mith", []),
    ],
)
def test_that_a_patient_is_found_by_whatever_the_caller_says(
    people: PatientService, text: str, expected: list[str]
) -> None:
    assert _names(people, text) == expected


def test_that_a_hit_shows_todays_coverage(people: PatientService) -> None:
    hit = people.find("smithson")[0]
    assert (hit.coverage_label, hit.member_id) == ("Medicare Part B", "MEM-7781")


def test_that_a_slip_of_the_pen_is_forgiven_by_suggestions(people: PatientService) -> None:
    assert [hit.patient.last for hit in people.suggest("Simth")][:2] == ["Smith", "Smith"]
    assert people.suggest("smithson jho")[0].patient.last == "Smithson"
    assert people.suggest("xyz") == ()


def test_that_suggestions_know_a_patient_added_a_moment_ago(people: PatientService) -> None:
    people.suggest("Kowalsky")
    people.add(a_patient(last="Kowalski"))
    assert people.suggest("Kowalsky")[0].patient.last == "Kowalski"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_that_no_text_breaks_the_search(people_once: PatientService, text: str) -> None:
    people_once.find(text)
    people_once.suggest(text)


@pytest.fixture
def people_once(people: PatientService) -> PatientService:
    return people


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    last=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60),
    first=st.text(st.characters(exclude_categories=("Cs",)), max_size=60),
)
def test_that_a_hostile_name_comes_back_as_it_was_typed(patients: PatientService, last: str, first: str) -> None:
    try:
        added = patients.add(a_patient(last=last, first=first)).value
    except InvalidEntryError:
        return
    stored = patients.get(added.id).patient
    assert (stored.last, stored.first) == (last.strip(), first.strip())


def test_that_every_search_uses_an_index(people: PatientService, database: Database) -> None:
    plans = []

    def explain(connection, cursor, statement, parameters, context, executemany):  # type: ignore[no-untyped-def]  # SQLAlchemy's hook
        if statement.startswith("SELECT"):
            rows = connection.connection.dbapi_connection.execute("EXPLAIN QUERY PLAN " + statement, parameters)
            plans.extend(row[3] for row in rows.fetchall())

    from sqlalchemy import event

    event.listen(database._engine, "before_cursor_execute", explain)
    for text in ("smi j", "07/02/1960", "4410", "5550131", "M104", "mem-m10"):
        people.find(text)
    people.get(people.find("smithson")[0].patient.id)
    assert plans
    assert not [
        plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] not in ("provider", "site", "setting")
    ]


def test_that_a_record_number_belongs_to_one_patient(people: PatientService) -> None:
    with pytest.raises(ConflictError, match="another patient"):
        people.add(a_patient(mrn="m 1002231"))


def test_that_patients_without_a_record_number_do_not_clash(patients: PatientService) -> None:
    assert patients.add(a_patient(mrn="")).value.id != patients.add(a_patient(mrn="")).value.id


@pytest.mark.parametrize(
    "change", [{"last": "  "}, {"last": "…"}, {"born": date(2027, 1, 1)}, {"born": date(1890, 1, 1)}]
)
def test_that_a_patient_who_cannot_be_is_refused(patients: PatientService, change: dict[str, object]) -> None:
    with pytest.raises(InvalidEntryError):
        patients.add(a_patient(**change))


def test_that_two_desks_do_not_overwrite_each_other(patients: PatientService) -> None:
    seen = patients.add(a_patient()).value
    patients.change(replace(seen, phone="859 555 0100"))
    with pytest.raises(ConflictError, match="changed this meanwhile"):
        patients.change(replace(seen, phone="859 555 0199"))
    assert patients.get(seen.id).patient.phone == "859 555 0100"


def test_that_a_coverage_is_changed_by_one_desk_at_a_time(patients: PatientService, patient_id: str) -> None:
    seen = patients.get(patient_id).coverages[0]
    changed = patients.change_coverage(patient_id, replace(seen, end=date(2026, 12, 31)))
    assert changed.value.end == date(2026, 12, 31)
    assert changed.changes.concern(patient_id, Kind.COVERAGES)
    with pytest.raises(ConflictError):
        patients.change_coverage(patient_id, replace(seen, plan="Part A"))


@pytest.mark.parametrize("change", [{"payer": ""}, {"end": date(2016, 6, 30)}, {"order": 0}])
def test_that_a_coverage_that_cannot_be_is_refused(
    patients: PatientService, patient_id: str, change: dict[str, object]
) -> None:
    with pytest.raises(InvalidEntryError):
        patients.add_coverage(patient_id, a_coverage(**change))


def test_that_a_change_is_undone_to_what_was_before(patients: PatientService, undo: UndoService) -> None:
    before = patients.add(a_patient(phone="859 555 0100")).value
    done = patients.change(replace(before, phone="859 555 0199", born=date(1955, 5, 5)))
    assert done.undo is not None
    undo.undo(done.undo)
    after = patients.get(before.id).patient
    assert replace(after, version=before.version) == before
    assert after.version > done.value.version


def test_that_an_act_is_undone_only_once(patients: PatientService, undo: UndoService) -> None:
    done = patients.add(a_patient())
    assert done.undo is not None
    undo.undo(done.undo)
    with pytest.raises(ConflictError, match="already"):
        undo.undo(done.undo)


def test_that_the_page_shows_events_newest_first_with_who_paid_that_day(
    patients: PatientService, history: HistoryService, clock: FixedClock
) -> None:
    patient = patients.add(a_patient()).value
    patients.add_coverage(patient.id, a_coverage(payer="aetna", plan="Aetna PPO", end=date(2026, 5, 31)))
    patients.add_coverage(patient.id, a_coverage(start=date(2026, 6, 1)))
    for day in ("2026-06-15", "2026-05-04", "2014"):
        history.add(patient.id, performed(day))
    rows = patients.get(patient.id).events
    assert [(str(row.event.when), row.payer_label) for row in rows] == [
        ("2026-06-15", "Medicare Part B"),
        ("2026-05-04", "Aetna PPO"),
        ("2014", ""),
    ]
