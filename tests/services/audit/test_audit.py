"""The record of acts as it is looked up: by patient, person, kind and day, with every field before and after."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.builders import a_coverage, a_patient, performed
from tests.fakes import FixedClock
from tests.fixtures import TODAY
from tests.ui.requests import approved
from tests.ui.visits import book, override
from tracker.domain.booking import OverrideReason
from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.errors import InvalidEntryError, NotFoundError
from tracker.domain.privacy import Privacy
from tracker.exchange.sheet_file import ExportError
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services import Services
from tracker.services.assembly import assemble
from tracker.services.audit.audit import AuditFilter, AuditPage
from tracker.services.clinic_file.vault import DataKey
from tracker.services.transactions import Transactions
from tracker.storage.acts import Stamp
from tracker.storage.database import Database
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


@pytest.fixture
def services(transactions: Transactions, data_key: DataKey, catalog: PolicyCatalog, clock: FixedClock) -> Services:
    return assemble(transactions, data_key, catalog, clock, demo=False)


def whats(page: AuditPage) -> list[str]:
    return [row.what for row in page.rows]


def test_that_the_newest_act_stands_on_top_with_who_when_and_whom(services: Services) -> None:
    patient = services.patients.add(a_patient()).value
    services.patients.add_coverage(patient.id, a_coverage())
    page = services.audit.page(AuditFilter())
    assert whats(page) == ["Coverage added", "Patient added", "Set up"]
    first = page.rows[0]
    assert (first.by, first.at, first.whom) == ("Jo Diaz", services.clock.now(), patient.name)
    assert first.patient is not None
    assert first.patient.born == patient.born
    assert first.changes == 1
    assert page.rows[-1].patient is None


def test_that_a_change_tells_each_field_before_and_after(services: Services) -> None:
    patient = services.patients.add(a_patient(phone="(859) 555-0177")).value
    services.patients.change(replace(patient, phone="(859) 555-0199", last="Whitaker-Bell"))
    (row, *_rest) = services.audit.page(AuditFilter()).rows
    detail = services.audit.detail(row.id)
    told = {each.field: (each.before, each.after) for each in detail.fields}
    assert told == {"last": ("Whitaker", "Whitaker-Bell"), "phone": ("(859) 555-0177", "(859) 555-0199")}
    assert {each.record for each in detail.fields} == {"Patient"}


def test_that_an_override_tells_why_and_by_which_version_of_which_rules(services: Services) -> None:
    override(services, reason=OverrideReason.OTHER_SITE)
    (row, *_rest) = services.audit.page(AuditFilter(kind="override")).rows
    assert row.what == "Visit booked against the answer"
    assert row.why == "for the tests of this page"
    detail = services.audit.detail(row.id)
    assert "Epidural" in detail.rules
    assert "version of" in detail.rules
    fields = {each.field: each.after for each in detail.fields if each.record == "Visit"}
    assert fields["day"] == "11/24/2026"
    assert fields["answer"] == "not_allowed"


def test_that_names_stand_in_the_place_of_ids(services: Services) -> None:
    booking = book(services)
    services.booking.get(booking.id)
    (row, *_rest) = services.audit.page(AuditFilter(kind="book")).rows
    shown = [each.after for each in services.audit.detail(row.id).fields]
    assert not [text for text in shown if text == booking.id or text == booking.event.id]


def test_that_an_undo_names_what_it_took_back(services: Services) -> None:
    patient = services.patients.add(a_patient()).value
    done = services.patients.change(replace(patient, last="Bell"))
    assert done.undo is not None
    services.undo.undo(done.undo)
    (row, *_rest) = services.audit.page(AuditFilter()).rows
    assert row.what == "An act taken back"
    assert services.audit.detail(row.id).undoes.startswith("Patient changed, 11/24/2026")


def test_that_a_patient_has_all_acts_on_any_record_of_theirs_and_no_others(services: Services) -> None:
    request = approved(services, "Archer", "A1", TODAY, TODAY + timedelta(30))
    other = book(services, "Bell")
    event = services.history.add(request.patient_id, performed("2026-10-12")).value
    services.denials.add(ClaimDenial(event.event.id, TODAY, "151"))
    mine = services.audit.page(AuditFilter(patient_id=request.patient_id))
    assert len(whats(mine)) == 7
    assert {"Patient added", "Coverage added", "Injection added", "Denial added"} <= set(whats(mine))
    assert {row.whom for row in mine.rows} == {"Archer, Elena M."}
    assert len(whats(services.audit.page(AuditFilter(patient_id=other.patient_id)))) == 3


def test_that_what_was_taken_away_since_still_belongs_to_the_patient(services: Services) -> None:
    patient = services.patients.add(a_patient()).value
    event = services.history.add(patient.id, performed("2026-10-12")).value
    denial = services.denials.add(ClaimDenial(event.event.id, TODAY, "151")).value
    undone = services.history.add(patient.id, performed("2026-09-12"))
    assert undone.undo is not None
    services.undo.undo(undone.undo)
    services.denials.remove(denial)
    told = whats(services.audit.page(AuditFilter(patient_id=patient.id)))
    assert told == ["Denial taken out", "An act taken back", "Injection added", "Denial added", "Injection added",
                    "Patient added"]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [(None, None, 4), (TODAY, None, 2), (None, TODAY - timedelta(1), 2), (TODAY - timedelta(1), TODAY, 2),
     (TODAY + timedelta(1), None, 0)],
)  # fmt: skip
def test_that_days_are_the_clinics_own_and_both_ends_belong(
    services: Services, database: Database, first: date | None, last: date | None, count: int
) -> None:
    services.patients.add(a_patient())
    earlier = services.clock.now() - timedelta(days=30)
    with UnitOfWork(database, lambda: Stamp("Ann Roe", "desk", earlier)) as uow:
        uow.commit(Act("change settings", "setting"))
    with UnitOfWork(database, lambda: Stamp("Ann Roe", "desk", earlier)) as uow:
        uow.commit(Act("change settings", "setting"))
    assert services.audit.count(AuditFilter(first=first, last=last)) == count


def test_that_people_and_kinds_are_offered_and_narrow(services: Services, database: Database) -> None:
    services.patients.add(a_patient())
    with UnitOfWork(database, lambda: Stamp("Ann Roe", "desk", services.clock.now())) as uow:
        uow.commit(Act("change settings", "setting"))
    assert services.audit.people() == ("Ann Roe", "Jo Diaz")
    assert ("change settings", "Settings changed") in services.audit.kinds()
    assert whats(services.audit.page(AuditFilter(by="Ann Roe"))) == ["Settings changed"]
    assert whats(services.audit.page(AuditFilter(kind="add patient"))) == ["Patient added"]
    assert whats(services.audit.page(AuditFilter(by="Ann Roe", kind="add patient"))) == []


def test_that_pages_follow_each_other_without_gap_or_repeat(services: Services) -> None:
    for number in range(7):
        services.patients.add(a_patient(last=f"Person {number}"))
    whole = services.audit.page(AuditFilter()).rows
    parts = [services.audit.page(AuditFilter(), offset=start, limit=3).rows for start in (0, 3, 6)]
    assert tuple(row for part in parts for row in part) == whole
    assert len(whole) == 8


def test_that_days_the_wrong_way_round_are_told(services: Services) -> None:
    with pytest.raises(InvalidEntryError, match="11/24/2026 is after 11/23/2026"):
        services.audit.page(AuditFilter(first=TODAY, last=TODAY - timedelta(1)))


def test_that_an_act_that_is_not_there_is_told(services: Services) -> None:
    with pytest.raises(NotFoundError):
        services.audit.detail("none")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_that_what_is_listed_is_written_guarded_and_put_on_record(
    services: Services, tmp_path: Path, ending: str
) -> None:
    services.patients.add(a_patient(last="=cmd()"))
    target = tmp_path / f"audit.{ending}"
    assert services.audit.save(AuditFilter(kind="add patient"), target) == 1
    if ending == "csv":
        with target.open(encoding="utf-8-sig", newline="") as file:
            texts = [cell for row in csv.reader(file) for cell in row]
        assert "'=cmd(), Doris M." in texts
    else:
        cells = [cell for row in openpyxl.load_workbook(target).active.iter_rows() for cell in row]
        texts = [str(cell.value) for cell in cells]
        assert "f" not in {cell.data_type for cell in cells}
        assert "=cmd(), Doris M." in texts
    assert "Patient added" in texts
    (row, *_rest) = services.audit.page(AuditFilter()).rows
    assert row.what == "Audit saved as a spreadsheet"


def test_that_a_file_that_cannot_be_written_leaves_no_act(services: Services, tmp_path: Path) -> None:
    before = services.audit.count(AuditFilter())
    with pytest.raises(ExportError):
        services.audit.save(AuditFilter(), tmp_path / "gone" / "audit.xlsx")
    assert services.audit.count(AuditFilter()) == before


def test_that_a_setting_is_named_and_read_without_the_marks_of_its_storing(services: Services) -> None:
    services.clinic_settings.change_privacy(Privacy(idle_minutes=7))
    act = services.audit.page(AuditFilter()).rows[0]
    fields = services.audit.detail(act.id).fields
    assert fields
    assert {each.field for each in fields} <= {"privacy", "idle minutes"}


def test_that_work_of_a_day_that_has_not_come_tells_that_the_clock_goes_wrong(
    services: Services, clock: FixedClock
) -> None:
    services.patients.add(a_patient())
    assert services.audit.later_than_clock() is None
    worked = clock.now()

    clock.day = TODAY - timedelta(days=40)
    assert services.audit.later_than_clock() == worked
    services.patients.add(a_patient(last="Reyes"))
    assert services.audit.later_than_clock() == worked
