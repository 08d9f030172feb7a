"""What is typed and not on file is added from the field where it is wanted, and the form goes on with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import a_patient, a_provider, a_site
from tests.ui.check.conftest import AddPatient, Hands
from tests.ui.conftest import Settle
from tracker.domain.booking import Elsewhere
from tracker.domain.coverage import Coverage
from tracker.domain.patient import Patient
from tracker.services import Services
from tracker.services.changes import Done
from tracker.ui.check.form_fields import ADD_COVERAGE
from tracker.ui.dialogs.coverage_dialog import CoverageDialog
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.dialogs.payer_dialog import PayerDialog
from tracker.ui.dialogs.provider_dialog import ProviderDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.dialogs.site_dialog import SiteDialog
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import CheckStart


@pytest.fixture
def told(page: CheckPage) -> list[Done[object]]:
    """What the page told; it is passed on as the window does."""
    heard: list[Done[object]] = []
    page.acted.connect(heard.append)
    page.acted.connect(lambda done: page.context.notifier.publish(done.changes))
    return heard


def asked(qtbot: QtBot, kind: type[SavingDialog]) -> SavingDialog:
    """Return the dialog that opened, once the hands are in it."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    qtbot.waitUntil(lambda: found.isActiveWindow() and found.isAncestorOf(QApplication.focusWidget() or found.window()))
    return found


def saved(dialog: SavingDialog, settle: Settle) -> None:
    dialog.save()
    settle()
    assert not shiboken6.isValid(dialog) or dialog.isHidden()


def test_that_an_unknown_patient_is_added_from_the_field_and_asked_for(
    page: CheckPage, hands: Hands, told: list[Done[object]], qtbot: QtBot, settle: Settle, services: Services
) -> None:
    hands.type("Okafor, Grace")
    assert page.form.fields.patient.list.rows()[0].cells[0] == "Add “Okafor, Grace”…"
    assert page.form.fields.patient.list.marked() is None
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    dialog = asked(qtbot, PatientDialog)
    assert isinstance(dialog, PatientDialog)
    assert (dialog.last.text(), dialog.first.text()) == ("Okafor", "Grace")
    dialog.born.setText("9/25/62")
    saved(dialog, settle)
    patient = page.form.fields.patient.patient()
    assert patient is not None
    assert services.patients.get(patient.id).patient.name == "Okafor, Grace"
    assert page.form.fields.coverage.currentText() == "No coverage on file"
    assert told[0].sentence == "Added Okafor, Grace"


def test_that_enter_alone_adds_nobody_and_a_known_name_offers_no_adding(
    page: CheckPage, hands: Hands, smith: Patient
) -> None:
    hands.type("Okafor", "\n")
    assert QApplication.activeModalWidget() is None
    assert page.form.fields.patient.error() == "Nobody is found by that. Enter again adds the patient."
    assert page.form.fields.patient.list.note() == page.form.fields.patient.error()  # the list lies over the other
    page.form.fields.patient.setText("")
    hands.type("smi")
    assert [row.cells[0] for row in page.form.fields.patient.list.rows()] == [smith.name]


def test_that_an_enter_before_the_answer_is_told_and_adds_when_the_hands_come_back(
    page: CheckPage, hands: Hands, qtbot: QtBot
) -> None:
    hands.type("Okafor, Grace\n")
    assert QApplication.focusWidget() is page.form.fields.procedure
    assert page.form.fields.patient.error() == "Nobody is found by that."
    page.form.fields.patient.setFocus()
    hands.type("\n", "\n")
    asked(qtbot, PatientDialog).reject()


def test_that_a_second_enter_adds_who_is_not_found(page: CheckPage, hands: Hands, qtbot: QtBot) -> None:
    hands.type("Okafor, Grace", "\n", "\n")
    dialog = asked(qtbot, PatientDialog)
    assert isinstance(dialog, PatientDialog)
    assert dialog.last.text() == "Okafor"
    assert QApplication.focusWidget() is dialog.born
    assert page.form.fields.patient.error() == "Nobody is found by that."
    dialog.reject()


def test_that_a_coverage_is_added_from_its_field_and_used(
    page: CheckPage, hands: Hands, told: list[Done[object]], qtbot: QtBot, settle: Settle, add_patient: AddPatient
) -> None:
    add_patient(last="Smith", coverage=None)
    hands.type("smi\n")
    coverage = page.form.fields.coverage
    assert [coverage.itemData(row) for row in range(coverage.count())] == ["", ADD_COVERAGE]
    coverage.setFocus()
    hands.key(Qt.Key.Key_End)
    dialog = asked(qtbot, CoverageDialog)
    assert isinstance(dialog, CoverageDialog)
    assert coverage.currentText() == "No coverage on file"
    dialog.payer.setFocus()
    qtbot.keyClicks(dialog.payer, "medicare part b")
    assert dialog.payer.settle()
    assert dialog.payer.value() == "medicare"  # as the desk calls it, never a new payer without rules
    dialog.payer.set_value(None)
    dialog.payer.setText("aet")
    saved(dialog, settle)
    assert coverage.currentText() == "Aetna"
    assert coverage.error() == ""


@pytest.mark.parametrize("kind", [SiteDialog, ProviderDialog])
def test_that_an_unknown_site_or_provider_is_added_from_its_field_and_chosen(
    page: CheckPage, hands: Hands, told: list[Done[object]], qtbot: QtBot, settle: Settle, services: Services,
    kind: type[SavingDialog],
) -> None:  # fmt: skip
    field = page.form.fields.site if kind is SiteDialog else page.form.fields.provider
    field.setFocus()
    hands.type("North & Co")
    assert [row.cells[0] for row in field.list.rows()] == ["Add “North & Co”…"]
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    dialog = asked(qtbot, kind)
    if isinstance(dialog, SiteDialog):
        assert dialog.name.text() == "North & Co"
        dialog.place_of_service.setText("11")
    saved(dialog, settle)
    added = services.desk.sites()[1] if kind is SiteDialog else services.desk.providers()[1]
    assert added.name == "North & Co"
    assert field.value() == added.id
    assert len(told) == 1


def test_that_a_name_that_is_no_site_keeps_the_answer_waiting(
    page: CheckPage, hands: Hands, smith: Patient, services: Services
) -> None:
    hands.type("smi\n", "mbb\t", "l45b\t", "12/3")
    assert page.panel.view() is not None
    page.form.fields.site.setFocus()
    hands.type("nowhere")
    reading = page.form.reading()
    assert reading.request is None
    assert reading.missing is not None
    assert reading.missing.off == "type the site"
    page.form.fields.note.setFocus()
    assert "is no site on the list" in page.form.fields.site.error()
    page.form.fields.site.setFocus()
    hands.type("surg\t")
    assert page.form.fields.site.value() == services.desk.sites()[0].id
    assert page.form.reading().request is not None


def test_that_who_is_offered_no_more_is_not_offered_but_stays_on_the_visit_that_is_moved(
    page: CheckPage, hands: Hands, ready: Patient, services: Services, settle: Settle
) -> None:
    lee, center = services.desk.providers()[0], services.desk.sites()[0]
    hands.type("smi\n", "rfa\t", "l45b\t", "12/3")
    page.form.fields.elsewhere.button(Elsewhere.NONE).click()
    settle()
    page.primary()
    settle()
    (visit,) = services.patients.get(ready.id).bookings
    assert (visit.provider_id, visit.site_id) == (lee.id, center.id)
    services.desk.add_provider(a_provider(name="Anil Patel, MD", short="Patel"))
    services.desk.add_site(a_site(name="Office", place_of_service="11"))
    services.desk.change_provider(replace(lee, active=False))
    done = services.desk.change_site(replace(center, active=False))
    assert done.sentence == "Surgery center is offered no more; 1 open visit stays as it is"
    page.context.notifier.publish(done.changes)
    settle()
    assert page.form.fields.provider.offered() == ("Anil Patel, MD",)
    assert page.form.fields.site.offered() == ("Office (11)",)
    page.begin(CheckStart(booking_id=visit.id))
    settle()
    assert (page.form.fields.provider.value(), page.form.fields.site.value()) == (lee.id, center.id)


def test_that_what_was_chosen_stays_when_the_lists_change(page: CheckPage, services: Services, settle: Settle) -> None:
    office = services.desk.add_site(a_site(name="Office", place_of_service="11")).value
    page.loader.load_desk()
    settle()
    page.form.fields.show_site(office.id)
    done = services.desk.add_provider(a_provider(name="Anil Patel, MD", short="Patel"))
    page.context.notifier.publish(done.changes)
    settle()
    assert page.form.fields.site.value() == office.id


def test_that_n_falls_on_a_day_on_which_the_clinic_works(
    page: CheckPage, hands: Hands, full: Patient, services: Services
) -> None:
    hands.type("smi\n", "rfa\t", "l45b\t", "n")
    free = page.form.fields.day.day()
    assert free is not None
    assert free.weekday() < 5
    services.clinic_settings.close_day(free, "The roof")
    page.begin(CheckStart())
    page.form.focus_first()
    hands.type("smi\n", "rfa\t", "l45b\t", "n")
    later = page.form.fields.day.day()
    assert later is not None
    assert later > free
    answer = page.checking.inquiry.answer
    assert answer is not None
    assert answer.verdict.asked == later


def test_that_a_payer_is_added_from_the_coverage(
    page: CheckPage, hands: Hands, told: list[Done[object]], qtbot: QtBot, settle: Settle, services: Services
) -> None:
    patient = services.patients.add(a_patient()).value
    dialog = CoverageDialog(page.context, patient, page)
    dialog.acted.connect(page.acted)
    dialog.open()
    asked(qtbot, CoverageDialog)
    QTest.keyClicks(dialog.payer, "Bourbon Mutual")
    QTest.keyClick(dialog.payer, Qt.Key.Key_Down)
    QTest.keyClick(dialog.payer, Qt.Key.Key_Return)
    saved(asked(qtbot, PayerDialog), settle)
    assert dialog.isVisible()
    assert dialog.payer.value() == "Bourbon Mutual"
    saved(dialog, settle)
    (coverage,) = services.patients.get(patient.id).coverages
    assert coverage.payer == "Bourbon Mutual"
    assert [done.sentence for done in told] == [
        "Added payer Bourbon Mutual", "Added coverage Bourbon Mutual, Whitaker, Doris M.",
    ]  # fmt: skip


def test_that_a_payer_that_is_off_is_not_offered_but_stays_on_its_coverage(page: CheckPage, services: Services) -> None:
    patient = services.patients.add(a_patient()).value
    aetna = services.patients.add_coverage(patient.id, Coverage("aetna", "Gold")).value
    services.plan_terms.switch("aetna", False)
    assert "Aetna" not in CoverageDialog(page.context, patient, page).payer.offered()
    dialog = CoverageDialog(page.context, patient, page, aetna)
    assert dialog.payer.value() == "aetna"
    assert dialog.payer.text() == "Aetna"


def booked(page: CheckPage, hands: Hands, services: Services, patient: Patient, settle: Settle) -> None:
    hands.type("smi\n", "rfa\t", "l45b\t", "12/3")
    page.form.fields.elsewhere.button(Elsewhere.NONE).click()
    settle()
    page.primary()
    settle()
    assert len(services.patients.get(patient.id).bookings) == 1


def test_that_a_coverage_lists_the_visits_that_it_touches_before_it_is_saved(
    page: CheckPage, hands: Hands, ready: Patient, services: Services, settle: Settle, qtbot: QtBot
) -> None:
    booked(page, hands, services, ready, settle)
    (medicare,) = services.patients.get(ready.id).coverages
    dialog = CoverageDialog(page.context, ready, page, medicare)
    dialog.open()
    asked(qtbot, CoverageDialog)
    dialog.end.setText("11/30/2026")
    qtbot.waitUntil(dialog.effects.isVisible)
    assert dialog.effects.headline.text() == "Touches 1 coming visit"
    assert "Thu 12/03/2026" in dialog.effects.visits.text()
    assert services.patients.get(ready.id).coverages == (medicare,)
    saved(dialog, settle)
    assert services.patients.get(ready.id).coverages[0].end == date(2026, 11, 30)


def test_that_a_coverage_that_touches_no_visit_is_saved_at_once(
    page: CheckPage, hands: Hands, ready: Patient, services: Services, settle: Settle, qtbot: QtBot
) -> None:
    booked(page, hands, services, ready, settle)
    (medicare,) = services.patients.get(ready.id).coverages
    dialog = CoverageDialog(page.context, ready, page, medicare)
    dialog.open()
    asked(qtbot, CoverageDialog)
    dialog.member.setText("1EG4-TE5-MK73")
    dialog.end.setText("12/31/2026")
    saved(dialog, settle)
