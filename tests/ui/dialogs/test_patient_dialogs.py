"""The dialogs that add and change a patient and a coverage, through real storage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_patient, a_request
from tests.ui.conftest import HOSTILE_NAMES
from tracker.domain.booking import Elsewhere
from tracker.domain.coverage import Coverage
from tracker.domain.patient import Patient
from tracker.domain.us_dates import us_date
from tracker.services.changes import Done
from tracker.ui.dialogs.coverage_dialog import CoverageDialog
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext


def opened(dialog: SavingDialog, qtbot: QtBot) -> SavingDialog:
    with qtbot.waitActive(dialog):
        dialog.open()
    return dialog


def saved(dialog: SavingDialog, qtbot: QtBot) -> Done[object]:
    with qtbot.waitSignal(dialog.acted) as told:
        qtbot.keyClick(dialog.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    done: Done[object] = told.args[0]
    assert dialog.isHidden()
    return done


def refused(dialog: SavingDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.acted):
        dialog.save()
        qtbot.waitUntil(lambda: dialog.context.tasks.is_idle() and dialog.save_button.isEnabled())
    assert dialog.isVisible()


def test_that_a_dialog_grows_with_the_sentence_below_a_field(context: PageContext, home: QWidget, qtbot: QtBot) -> None:
    dialog = opened(PatientDialog(context, home), qtbot)
    assert isinstance(dialog, PatientDialog)
    before = dialog.height()
    dialog.born.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(dialog.focusWidget(), "2/30/60")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)

    assert "no day 2/30/60" in dialog.born.error()
    qtbot.waitUntil(lambda: dialog.height() > before)
    assert dialog.form.height_for(dialog.form.width()) <= dialog.form.height()


def test_that_a_new_patient_is_added_by_keys_alone(context: PageContext, home: QWidget, qtbot: QtBot) -> None:
    dialog = opened(PatientDialog(context, home), qtbot)
    for text in ("Okafor", "Grace", "N."):
        qtbot.keyClicks(dialog.focusWidget(), text)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.focusWidget(), "9/25/62")
    assert dialog.born.echo() == "Tue 09/25/1962"

    done = saved(dialog, qtbot)

    found = context.services.patients.find("okafor")[0].patient
    assert (found.name, found.born, found.sex) == ("Okafor, Grace N.", date(1962, 9, 25), "")
    assert done.sentence == "Added Okafor, Grace N."


def test_that_enter_in_the_last_field_saves(context: PageContext, home: QWidget, qtbot: QtBot) -> None:
    dialog = opened(PatientDialog(context, home), qtbot)
    dialog.last.setText("Okafor")
    dialog.born.setText("9/25/62")
    dialog.phone.setFocus()

    with qtbot.waitSignal(dialog.acted):
        qtbot.keyClick(dialog.phone, Qt.Key.Key_Return)


def test_that_what_is_missing_is_said_below_the_fields_and_the_first_gets_the_focus(
    context: PageContext, home: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(PatientDialog(context, home), qtbot)
    dialog.first.setText("Grace")
    dialog.born.setText("25/9/1962")

    refused(dialog, qtbot)

    assert dialog.last.error() == "A patient needs a last name."
    assert "25/9/1962" in dialog.born.error()
    assert dialog.focusWidget() is dialog.last
    assert dialog.first.text() == "Grace"


def test_that_a_record_number_that_is_taken_is_refused_in_place(
    context: PageContext, home: QWidget, qtbot: QtBot
) -> None:
    holder = context.services.patients.add(a_patient(mrn="M1")).value
    dialog = opened(PatientDialog(context, home), qtbot)
    dialog.last.setText("Okafor")
    dialog.born.setText("9/25/62")
    dialog.mrn.setText("m1")

    refused(dialog, qtbot)
    assert dialog.mrn.error() == "This record number belongs to another patient."
    assert dialog.focusWidget() is dialog.mrn
    assert dialog.last.text() == "Okafor"

    with qtbot.waitSignal(dialog.open_wanted) as told:
        dialog.notice.button.click()
    assert told.args == [holder.id]
    assert dialog.isHidden()


def test_that_a_birth_date_that_cannot_be_is_said_and_nothing_is_lost(
    context: PageContext, home: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(PatientDialog(context, home), qtbot)
    dialog.last.setText("Okafor")
    dialog.born.setText("1/1/1900")

    refused(dialog, qtbot)

    assert "cannot be a birth date" in dialog.born.error()
    assert dialog.born.text() == "1/1/1900"


def test_that_a_last_name_of_figures_alone_is_asked_about_at_its_field(
    context: PageContext, home: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(PatientDialog(context, home), qtbot)
    dialog.last.setText("8765432")
    dialog.born.setText("9/25/62")

    refused(dialog, qtbot)

    assert dialog.last.error() == (
        "A last name has letters. A record number and a phone number have fields of their own."
    )
    assert context.services.patients.find("8765432") == ()


def test_that_a_change_by_somebody_else_is_said_in_place(context: PageContext, home: QWidget, qtbot: QtBot) -> None:
    patient = context.services.patients.add(a_patient()).value
    dialog = opened(PatientDialog(context, home, patient), qtbot)
    context.services.patients.change(patient)
    dialog.phone.setText("(502) 555-0123")

    refused(dialog, qtbot)

    assert "Somebody changed this meanwhile" in dialog.notice.sentence()
    assert dialog.phone.text() == "(502) 555-0123"


def test_that_escape_does_not_throw_away_what_was_typed(context: PageContext, home: QWidget, qtbot: QtBot) -> None:
    dialog = opened(PatientDialog(context, home), qtbot)
    qtbot.keyClicks(dialog.focusWidget(), "Oka")

    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "Nothing is saved yet" in dialog.notice.sentence()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)

    assert dialog.isHidden()


def test_that_escape_leaves_at_once_when_nothing_was_typed(context: PageContext, home: QWidget, qtbot: QtBot) -> None:
    dialog = opened(PatientDialog(context, home, context.services.patients.add(a_patient()).value), qtbot)

    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)

    assert dialog.isHidden()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_that_any_text_goes_through_every_field_unchanged(
    context: PageContext, home: QWidget, qtbot: QtBot, name: str
) -> None:
    patient = context.services.patients.add(
        a_patient(last=name, first=name, middle=name, mrn=name, sex=name, phone=name)
    ).value
    dialog = opened(PatientDialog(context, home, patient), qtbot)
    assert dialog.beside.textFormat() is Qt.TextFormat.PlainText

    changed = saved(dialog, qtbot).value

    assert isinstance(changed, Patient)
    assert (changed.last, changed.first, changed.mrn) == (name.strip(), name.strip(), name.strip())
    assert changed.sex == patient.sex


def test_that_a_coverage_is_added_by_keys_alone(context: PageContext, home: QWidget, qtbot: QtBot) -> None:
    patient = context.services.patients.add(a_patient()).value
    dialog = opened(CoverageDialog(context, patient, home), qtbot)
    for text in ("aet", "Choice PPO", "W-77", "1/1/2026"):
        qtbot.keyClicks(dialog.focusWidget(), text)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    dialog.required.button("yes").click()

    done = saved(dialog, qtbot)

    coverage = context.services.patients.get(patient.id).coverages[0]
    assert (coverage.payer, coverage.plan, coverage.member_id) == ("aetna", "Choice PPO", "W-77")
    assert (coverage.start, coverage.end, coverage.order) == (date(2026, 1, 1), None, 1)
    assert coverage.authorization_required is True
    assert done.sentence == "Added coverage Aetna Choice PPO, Whitaker, Doris M."


def test_that_self_pay_is_a_payer(context: PageContext, home: QWidget, qtbot: QtBot) -> None:
    patient = context.services.patients.add(a_patient()).value
    dialog = opened(CoverageDialog(context, patient, home), qtbot)
    dialog.payer.setText("self")

    coverage = saved(dialog, qtbot).value

    assert isinstance(coverage, Coverage)
    assert "self" in coverage.payer
    assert coverage.authorization_required is None


def test_that_a_coverage_needs_a_payer_of_the_list_and_dates_in_order(
    context: PageContext, home: QWidget, qtbot: QtBot
) -> None:
    patient = context.services.patients.add(a_patient()).value
    dialog = opened(CoverageDialog(context, patient, home), qtbot)
    dialog.start.setText("12/1/2026")
    dialog.end.setText("11/1/2026")

    refused(dialog, qtbot)
    assert dialog.payer.error() == "Choose the payer; self-pay is one of them."
    assert "ends before it begins" in dialog.end.error()
    dialog.payer.setText("Nowhere Mutual")
    refused(dialog, qtbot)

    assert "is no payer on the list" in dialog.payer.error()
    assert dialog.payer.text() == "Nowhere Mutual"


def test_that_a_coverage_is_changed_and_a_conflict_is_said(context: PageContext, home: QWidget, qtbot: QtBot) -> None:
    services = context.services.patients
    patient = services.add(a_patient()).value
    coverage = services.add_coverage(patient.id, a_coverage(payer="unknown-payer", order=2)).value
    dialog = opened(CoverageDialog(context, patient, home, coverage), qtbot)
    assert (dialog.payer.value(), dialog.order.value()) == ("unknown-payer", 2)
    dialog.end.setText("12/31/2026")
    saved(dialog, qtbot)
    assert services.get(patient.id).coverages[0].end == date(2026, 12, 31)

    stale = opened(CoverageDialog(context, patient, home, coverage), qtbot)
    refused(stale, qtbot)

    assert "Somebody changed this meanwhile" in stale.notice.sentence()


def test_that_a_payer_that_is_switched_off_is_said_while_it_stands_in_the_form(
    context: PageContext, home: QWidget, patient: Patient, qtbot: QtBot
) -> None:
    context.services.plan_terms.switch("medicare", False)
    coverage = context.services.patients.get(patient.id).coverages[0]
    dialog = opened(CoverageDialog(context, patient, home, coverage), qtbot)
    assert isinstance(dialog, CoverageDialog)

    assert dialog.off.sentence().startswith("Medicare is switched off here: the clinic works with it no more.")
    assert dialog.off.isVisible()
    dialog.payer.set_value("self-pay")
    dialog.payer.picked.emit("self-pay")
    assert dialog.off.sentence() == ""


def test_that_the_visits_that_a_change_touches_are_listed_before_it_is_saved(
    context: PageContext, home: QWidget, qtbot: QtBot
) -> None:
    services = context.services
    patient = services.patients.add(a_patient()).value
    coverage = services.patients.add_coverage(patient.id, a_coverage()).value
    day = services.clock.today() + timedelta(days=20)
    request = replace(a_request(patient.id, day), elsewhere=Elsewhere.NONE)
    services.booking.book(request, services.booking.check(request).fingerprint)
    dialog = opened(CoverageDialog(context, patient, home, coverage), qtbot)
    assert dialog.effects.isHidden()

    dialog.end.setText(us_date(day - timedelta(days=1)))
    qtbot.waitUntil(dialog.effects.isVisible)

    assert dialog.effects.headline.text() == "Touches 1 coming visit"
    assert us_date(day, weekday=True) in dialog.effects.visits.text()
    qtbot.waitUntil(lambda: dialog.form.height_for(dialog.form.width()) <= dialog.form.parentWidget().height())
    dialog.end.setText(us_date(day))
    qtbot.waitUntil(lambda: dialog.effects.isHidden() and context.tasks.is_idle())
    assert services.patients.get(patient.id).coverages[0].end is None
