"""Behaviour of the page Audit: narrowed and read by keyboard, a page at a time, written into a file, never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.builders import a_patient
from tests.ui.conftest import InFront, Settle
from tests.ui.names import nameless
from tests.ui.visits import HOSTILE_NAMES, book, override
from tracker.services import Services
from tracker.services.audit.audit import PAGE
from tracker.services.transactions import Transactions
from tracker.storage.records import Act
from tracker.ui.pages.audit_page import AuditPage
from tracker.ui.pages.page import PageContext

ENTER, DOWN, ESC = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape
Open = Callable[..., AuditPage]


@pytest.fixture
def open_page(context: PageContext, in_front: InFront, settle: Settle) -> Open:
    def bring(width: int = 1264, height: int = 800) -> AuditPage:
        page = in_front(AuditPage(context), width, height)
        settle()
        return page

    return bring


def press(key: Qt.Key | str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    if isinstance(key, str):
        QTest.keyClicks(widget, key)
    else:
        QTest.keyClick(widget, key)


def texts(page: AuditPage, row: int) -> list[str]:
    model = page.table.record_model()
    return [model.index(row, place).data() for place in range(5)]


def whats(page: AuditPage) -> list[str]:
    return [texts(page, row)[2] for row in range(page.table.paged.rowCount())]


def test_that_the_record_is_verified_by_a_key_and_the_act_that_somebody_changed_is_named(
    services: Services, transactions: Transactions, open_page: Open, settle: Settle
) -> None:
    services.patients.add(a_patient())
    services.patients.add(a_patient())
    page = open_page()
    press("v")
    settle()
    assert page.notice.sentence() == "3 acts are as they were written."
    with transactions.database.transaction(write=True) as connection:
        connection.exec_driver_sql("DROP TRIGGER act_stays")
        connection.exec_driver_sql("UPDATE act SET station = 'elsewhere' WHERE seq = 2")
    press("v")
    settle()
    assert page.notice.sentence().startswith("The record was changed outside the program.")
    assert "Patient added" in page.notice.sentence()
    assert page.table.currentIndex().row() == 1
    assert not page.progress.following()


def test_that_the_newest_act_has_the_hands_and_shows_its_fields(services: Services, open_page: Open) -> None:
    patient = services.patients.add(a_patient(phone="(859) 555-0177")).value
    services.patients.change(replace(patient, phone="(859) 555-0199"))
    page = open_page()
    assert page.table.hasFocus()
    assert page.head.beside.text() == "3 acts"
    assert texts(page, 0)[1:] == ["Jo Diaz", "Patient changed", "Whitaker, Doris M.", "07/02/1951"]
    (change,) = page.panel.table.records()
    assert (change.field, change.before, change.after) == ("phone", "(859) 555-0177", "(859) 555-0199")
    assert page.panel.value.text() == "Patient, phone: (859) 555-0177 → (859) 555-0199"
    press(DOWN)
    assert page.panel.what.text() == "Patient added"


def test_that_an_override_shows_why_and_the_version_of_the_rules(services: Services, open_page: Open) -> None:
    override(services)
    page = open_page()
    assert page.panel.what.text() == "Visit booked against the answer"
    assert "Why: for the tests of this page" in page.panel.facts.text()
    assert "version of" in page.panel.facts.text()
    assert "the screen is not on record" in page.panel.facts.text()


def test_that_enter_leads_to_the_fields_and_escape_back(services: Services, open_page: Open) -> None:
    book(services)
    page = open_page()
    press(ENTER)
    assert page.panel.table.hasFocus()
    press(ESC)
    assert page.table.hasFocus()


def test_that_a_patient_is_found_by_typing_and_everybody_is_back_when_the_field_is_emptied(
    services: Services, open_page: Open, settle: Settle
) -> None:
    book(services, "Archer")
    book(services, "Bell")
    page = open_page()
    assert len(whats(page)) == 7
    press("/")
    assert page.filter.patient.hasFocus()
    press("bel")
    settle()
    press(ENTER)
    settle()
    assert whats(page) == ["Visit booked", "Coverage added", "Patient added"]
    page.filter.patient.setFocus()
    page.filter.patient.selectAll()
    press(Qt.Key.Key_Delete)
    press(ENTER)
    settle()
    assert len(whats(page)) == 7


def test_that_a_name_that_is_not_picked_is_told_and_the_list_stays(
    services: Services, open_page: Open, settle: Settle
) -> None:
    book(services, "Archer")
    page = open_page()
    page.filter.patient.setFocus()
    press("nobody at all")
    settle()
    page.filter.first.setFocus()
    press("t")
    press(ENTER)
    settle()
    assert page.filter.patient.error() == "Pick the patient from the list, or clear the field."
    assert page.filter.patient.text() == "nobody at all"
    assert len(whats(page)) == 4


def test_that_days_narrow_and_wrong_ones_are_said_at_their_field(
    services: Services, open_page: Open, settle: Settle
) -> None:
    book(services)
    page = open_page()
    page.filter.first.setFocus()
    press("t")
    press(ENTER)
    settle()
    assert len(whats(page)) == 4
    page.filter.last.setFocus()
    press("11/01/2026")
    press(ENTER)
    settle()
    assert page.filter.last.error().startswith("11/24/2026 is after 11/01/2026.")
    assert len(whats(page)) == 4
    page.filter.last.selectAll()
    press("soon")
    press(ENTER)
    assert page.filter.last.error().startswith("“soon” is no date.")


def test_that_person_and_kind_narrow_and_show_all_brings_everything_back(
    services: Services, open_page: Open, settle: Settle
) -> None:
    book(services)
    page = open_page()
    page.filter.what.setFocus()
    assert page.filter.what.set_value("book")
    page.filter.what.chosen.emit("book")
    settle()
    assert whats(page) == ["Visit booked"]
    assert page.filter.who.set_value("Jo Diaz")
    page.filter.clear_button.setFocus()
    press(Qt.Key.Key_Space)
    settle()
    assert len(whats(page)) == 4


def test_that_an_empty_list_says_why_and_shows_all_in_one_step(
    services: Services, open_page: Open, settle: Settle
) -> None:
    page = open_page()
    page.filter.first.setFocus()
    press("+30")
    press(ENTER)
    settle()
    assert page.stack.currentWidget() is page.empty
    assert page.empty.sentence() == "No act fits what is asked for."
    assert not page.save_button.isEnabled()
    page.empty.button.click()
    settle()
    assert whats(page) == ["Set up"]


def test_that_only_the_pages_looked_at_are_read(
    services: Services, open_page: Open, settle: Settle, transactions: Transactions
) -> None:
    with transactions.writing() as uow:
        for number in range(3 * PAGE):
            uow.commit(Act("change settings", "setting", str(number)))
    page = open_page()
    assert page.table.paged.rowCount() == 3 * PAGE + 1
    assert len(page.table.records()) == PAGE
    press(Qt.Key.Key_End)
    settle()
    assert page.table.current_record().what == "Set up"
    assert page.panel.what.text() == "Set up"
    assert len(page.table.records()) < 3 * PAGE


def test_that_x_writes_what_is_listed_and_it_is_an_act(
    services: Services, open_page: Open, settle: Settle, tmp_path: Path
) -> None:
    book(services)
    page = open_page()
    press("x")
    dialog = page.files.dialog
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("audit-2026-11-24.xlsx")
    dialog.fileSelected.emit(str(tmp_path / "audit.xlsx"))
    dialog.reject()
    settle()
    assert page.notice.sentence() == "Saved 4 acts as audit.xlsx."
    values = [c.value for row in openpyxl.load_workbook(tmp_path / "audit.xlsx").active.iter_rows() for c in row]
    assert {"Visit booked", "Coverage added", "Patient added", "Ruiz, Elena M."} <= set(values)
    page.reload()
    settle()
    assert whats(page)[0] == "Audit saved as a spreadsheet"


def test_that_a_file_that_cannot_be_written_is_told_in_place(
    services: Services, open_page: Open, settle: Settle, tmp_path: Path
) -> None:
    page = open_page()
    page.save(tmp_path / "gone" / "audit.xlsx")
    settle()
    assert page.notice.sentence().startswith("audit.xlsx was not written: no such file or directory.")
    assert len(whats(page)) == 1


def test_that_nothing_on_the_page_writes_but_the_filter(services: Services, open_page: Open) -> None:
    book(services)
    page = open_page()
    fields = {field.accessibleName() for field in page.findChildren(QLineEdit)}
    assert fields == {"Patient", "From", "To"}
    assert page.table.editTriggers() == page.table.EditTrigger.NoEditTriggers
    assert page.panel.table.editTriggers() == page.table.EditTrigger.NoEditTriggers


def test_that_a_patients_page_may_lead_to_their_acts(services: Services, open_page: Open, settle: Settle) -> None:
    mine = book(services, "Archer")
    book(services, "Bell")
    page = open_page()
    page.set_active(False)
    page.begin(mine.patient_id)
    page.set_active(True)
    settle()
    assert page.filter.patient.text().startswith("Archer")
    assert {texts(page, row)[3] for row in range(3)} == {"Archer, Elena M."}


def test_that_in_a_narrow_window_the_fields_take_the_place_of_the_list(services: Services, open_page: Open) -> None:
    book(services)
    page = open_page(640, 360)
    assert not page.panel.isVisible()
    press(ENTER)
    assert page.panel.isVisible()
    assert not page.table.isVisible()
    press(ESC)
    assert page.table.isVisible()
    assert page.table.hasFocus()


def test_that_every_control_has_a_name(services: Services, open_page: Open) -> None:
    book(services)
    assert not nameless(open_page())


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_that_a_name_is_shown_as_text(services: Services, open_page: Open, name: str) -> None:
    services.patients.add(a_patient(last=name))
    page = open_page()
    assert texts(page, 0)[2] == "Patient added"
    page.grab()


def ask_order(page: AuditPage, column: int, order: Qt.SortOrder, settle: Settle) -> None:
    page.table.sortByColumn(column, order)
    settle()


def test_that_the_acts_are_sorted_by_what_they_are(
    services: Services, transactions: Transactions, open_page: Open, settle: Settle
) -> None:
    for kind in ("change settings", "add site", "book"):
        with transactions.writing() as uow:
            uow.commit(Act(kind, "setting"))
    services.patients.add(a_patient())
    page = open_page()
    newest_first = whats(page)
    ask_order(page, 2, Qt.SortOrder.AscendingOrder, settle)
    assert whats(page) == sorted(newest_first)
    ask_order(page, 2, Qt.SortOrder.DescendingOrder, settle)
    assert whats(page) == sorted(newest_first, reverse=True)
    ask_order(page, 0, Qt.SortOrder.AscendingOrder, settle)
    assert whats(page) == newest_first[::-1]


def test_that_the_acts_are_sorted_by_how_many_records_they_touched(
    services: Services, open_page: Open, settle: Settle
) -> None:
    book(services)
    page = open_page()
    ask_order(page, 5, Qt.SortOrder.DescendingOrder, settle)
    counts = [row.changes for row in page.table.records()]
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) > 1


def test_that_whom_an_act_concerns_is_nothing_to_sort_by(services: Services, open_page: Open, settle: Settle) -> None:
    book(services)
    page = open_page()
    before = whats(page)
    ask_order(page, 3, Qt.SortOrder.AscendingOrder, settle)
    assert whats(page) == before
    assert page.table.horizontalHeader().sortIndicatorSection() == 0
