"""Finding patient and procedure by keys alone, whatever the names hold."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders import a_coverage, a_provider, a_site, performed
from tests.ui.check.conftest import AddPatient, Hands, focus
from tests.ui.conftest import HOSTILE_NAMES
from tracker.domain.booking import Elsewhere
from tracker.domain.patient import Patient
from tracker.services import Services
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.theme import plain_text

KEY = Qt.Key


def test_that_two_namesakes_stand_with_their_birth_dates_and_the_marked_one_is_taken(
    page: CheckPage, hands: Hands, add_patient: AddPatient
) -> None:
    add_patient(last="Smith", first="Jane", middle="", born=date(1950, 7, 2))
    younger = add_patient(last="Smith", first="Jane", middle="", born=date(1985, 11, 30))
    hands.type("smi j")
    rows = page.form.fields.patient.list.rows()
    assert [row.cells[:2] for row in rows] == [("Smith, Jane", "07/02/1950"), ("Smith, Jane", "11/30/1985")]
    hands.key(KEY.Key_Down)
    hands.type("\n")
    field = page.form.fields.patient
    assert field.patient() == younger
    assert field.text() == "Smith, Jane"
    assert field.echo() == f"11/30/1985   {younger.mrn}"
    assert focus() is page.form.fields.procedure


def test_that_enter_before_the_rows_are_there_takes_the_first_when_they_come(
    page: CheckPage, hands: Hands, smith: Patient
) -> None:
    for key in (*"smi j", KEY.Key_Return, *"rfa", KEY.Key_Tab):
        hands.key(key)
    hands.type("")
    assert page.form.fields.patient.patient() == smith
    assert page.form.fields.procedure.text() == "Facet ablation"
    assert page.form.fields.patient.error() == ""


def test_that_a_long_name_shows_its_beginning_once_it_is_taken_and_left(
    page: CheckPage, hands: Hands, add_patient: AddPatient
) -> None:
    add_patient(last="Featherstonehaugh-Cholmondeley", first="Wilhelmina")
    hands.type("feath", "\n")
    assert focus() is page.form.fields.procedure
    assert page.form.fields.patient.cursorPosition() == 0


def test_that_nobody_is_taken_where_nobody_is_found(page: CheckPage, hands: Hands, smith: Patient) -> None:
    hands.type("qqqq")
    popup = page.form.fields.patient.list
    assert popup.note() == "Nobody is found by that."
    hands.type("\n")
    assert page.form.fields.patient.patient() is None
    hands.type("\t")
    assert page.form.fields.patient.error() == "Nobody is found by that."
    assert page.form.fields.patient.text() == "qqqq"


def test_that_names_spelt_alike_are_offered_but_not_marked(page: CheckPage, hands: Hands, smith: Patient) -> None:
    hands.type("smyth")
    popup = page.form.fields.patient.list
    assert popup.note().endswith("these are spelled alike.")
    assert popup.marked() is None
    hands.type("\n")
    assert page.form.fields.patient.patient() is None
    hands.key(KEY.Key_Down)
    hands.type("\n")
    assert page.form.fields.patient.patient() == smith


@pytest.mark.parametrize("typed", ["07021950", "5550177", "7/2/1950"])
def test_that_a_patient_is_found_by_birth_date_and_phone(
    page: CheckPage, hands: Hands, smith: Patient, typed: str
) -> None:
    hands.type(typed, "\n")
    assert page.form.fields.patient.patient() == smith


def test_that_a_row_is_taken_by_a_click(page: CheckPage, hands: Hands, smith: Patient) -> None:
    hands.type("smi")
    popup = page.form.fields.patient.list
    QTest.mouseClick(popup, Qt.MouseButton.LeftButton, pos=popup.rect().center())
    hands.type("")
    assert page.form.fields.patient.patient() == smith
    assert not popup.isVisible()


def test_that_escape_closes_the_list_and_brings_back_what_stood_there(
    page: CheckPage, hands: Hands, smith: Patient
) -> None:
    closed: list[bool] = []
    page.closed.connect(lambda: closed.append(True))
    hands.type("smi j\n")
    page.form.fields.patient.setFocus()
    hands.type("x")
    hands.key(KEY.Key_Escape)
    assert page.form.fields.patient.patient() == smith
    assert closed == []
    hands.key(KEY.Key_Escape)
    assert closed == [True]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_that_any_name_is_shown_as_plain_text_in_list_field_head_and_dialog(
    page: CheckPage, hands: Hands, add_patient: AddPatient, name: str
) -> None:
    patient = add_patient(last=name, first="Zed", middle="", mrn="Z0000001", born=date(1950, 1, 2))
    hands.type("01021950")
    (row,) = page.form.fields.patient.list.rows()
    assert row.cells[0] == plain_text.one_line(patient.name, 120)
    assert row.cells[1:3] == ("01/02/1950", "Z0000001")
    hands.type("\n", "tpi\t")
    page.form.fields.day.setFocus()
    hands.type("12/3")
    assert page.form.fields.patient.patient() == patient
    assert page.form.fields.patient.echo().startswith("01/02/1950")
    assert "\u202e" not in page.head.beside.text()
    assert "01/02/1950" in page.head.beside.text()
    assert not page.grab().isNull()


def test_that_the_record_number_gives_way_before_a_name_is_cut(
    page: CheckPage, hands: Hands, add_patient: AddPatient
) -> None:
    add_patient(last="Beaumont", first="Claire-Élise", middle="", mrn="M1003391", born=date(1953, 9, 30))
    hands.type("09301953")
    hands.type("\n")
    field = page.form.fields.patient

    field.resize(420, 30)
    assert field.echo() == "09/30/1953   M1003391"
    field.resize(290, 30)
    assert field.echo() == "09/30/1953"
    field.resize(420, 30)
    assert field.echo() == "09/30/1953   M1003391"


@pytest.mark.parametrize("text", HOSTILE_NAMES)
def test_that_any_text_in_any_field_is_kept_as_typed_and_never_breaks_the_page(
    page: CheckPage, hands: Hands, smith: Patient, services: Services, text: str
) -> None:
    hands.type("smi j\n", "rfa\t")
    fields = page.form.fields
    for field in (fields.levels, fields.day, fields.time, fields.note, fields.procedure):
        field.setFocus()
        field.selectAll()
        field.insert(text)
        hands.type("")
    assert page.bar.primary.isEnabled() is False
    assert page.panel.view() is None
    assert not page.grab().isNull()
    assert services.patients.get(smith.id).bookings == ()


def test_that_a_name_that_was_typed_before_is_taken_by_a_quick_enter_again(
    page: CheckPage, hands: Hands, smith: Patient
) -> None:
    for _ in range(2):
        page.begin(None)
        page.form.focus_first()
        hands.type("smi\n")
        assert page.form.fields.patient.patient() == smith


def test_that_hostile_plan_provider_and_notes_are_plain_text(
    page: CheckPage, hands: Hands, add_patient: AddPatient, services: Services
) -> None:
    services.desk.add_provider(a_provider(name="<b>Dr</b>", short="<b>Dr</b>"))
    services.desk.add_site(a_site(name="<img src=x>"))
    patient = add_patient(last="Smith", coverage=a_coverage(plan="<i>Part</i> B", member_id="<u>1</u>"))
    services.history.add(patient.id, performed("2026-02-02", note="<script>"))
    page.begin(None)
    hands.type("")
    page.form.focus_first()
    hands.type("smi\n", "mbb\t", "l45b\t", "12/3")
    coverage = page.form.fields.coverage
    assert coverage.currentText() == "Medicare <i>Part</i> B"
    assert "<b>Dr</b>" in page.form.fields.provider.offered()
    assert not page.grab().isNull()


def test_that_a_procedure_is_taken_by_tab_and_its_name_stands_in_the_field(
    page: CheckPage, hands: Hands, smith: Patient
) -> None:
    hands.type("smi j\n", "tf")
    assert page.form.fields.procedure.list.rows()[0].cells == ("Epidural, transforaminal", "TF epidural")
    hands.type("\t")
    assert page.form.fields.procedure.text() == "Epidural, transforaminal"
    assert focus() is page.form.fields.levels


def test_that_down_offers_every_procedure(page: CheckPage, hands: Hands, smith: Patient, services: Services) -> None:
    hands.type("smi j\n")
    hands.key(KEY.Key_Down)
    popup = page.form.fields.procedure.list
    assert len(popup.rows()) == len(services.desk.procedures())
    for _ in range(30):
        hands.key(KEY.Key_Down)
    assert popup.marked() == popup.rows()[-1]


def test_that_levels_of_a_procedure_without_any_are_off(page: CheckPage, hands: Hands, smith: Patient) -> None:
    hands.type("smi j\n", "gnb\t")
    assert not page.form.fields.levels.isEnabled()
    assert focus() is page.form.fields.day


def test_that_another_patient_is_asked_anew_about_elsewhere(
    page: CheckPage, hands: Hands, smith: Patient, add_patient: AddPatient
) -> None:
    add_patient(last="Ortiz", first="Ana")
    hands.type("smi j\n")
    page.form.fields.elsewhere.button(Elsewhere.NONE).click()
    page.form.fields.patient.setFocus()
    hands.type("ort\n")
    assert page.form.fields.elsewhere.value() is Elsewhere.NOT_ASKED
