"""What was typed into a dialog outlives a crash, and goes when it is saved or left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from tests.builders import a_patient, performed
from tests.ui.conftest import Settle
from tracker.domain.event import Place
from tracker.domain.patient import Patient
from tracker.domain.rule_kinds import MaxCount
from tracker.services.answers.entries import EventRow
from tracker.ui.dialogs.care_dialog import CareDialog
from tracker.ui.dialogs.coverage_dialog import CoverageDialog
from tracker.ui.dialogs.denial_dialog import DenialDialog
from tracker.ui.dialogs.event_dialog import EventDialog
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.dialogs.response_dialog import ResponseDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.rules.rule_dialog import RuleDialog
from tracker.ui.widgets.choice_field import ChoiceField
from tracker.ui.widgets.fields import LineField


@pytest.fixture
def patient(context: PageContext) -> Patient:
    return context.services.patients.add(a_patient()).value


def typed_and_saved(dialog: SavingDialog, settle: Settle) -> None:
    """What the timer does by itself within two seconds of a change."""
    keeper = dialog.draft_keeper()
    assert keeper is not None
    assert keeper.is_waiting()
    keeper.save()
    settle()


@pytest.fixture
def begun(context: PageContext, home: QWidget, settle: Settle) -> PatientDialog:
    """A new patient, typed in part; the program never closes the dialog."""
    dialog = PatientDialog(context, home)
    settle()
    dialog.last.setText("Okafor")
    dialog.born.setText("9/25/6")
    dialog.sex.set_value("female")
    typed_and_saved(dialog, settle)
    return dialog


def test_that_a_new_patient_is_in_the_fields_again(
    begun: PatientDialog, context: PageContext, home: QWidget, settle: Settle
) -> None:
    again = PatientDialog(context, home)
    settle()

    assert (again.last.text(), again.born.text(), again.sex.value()) == ("Okafor", "9/25/6", "female")
    assert again.notice.sentence().startswith("Taken up again: what was typed at ")


def test_that_discarding_empties_the_fields_for_good(
    begun: PatientDialog, context: PageContext, home: QWidget, settle: Settle
) -> None:
    again = PatientDialog(context, home)
    settle()
    again.notice.button.click()
    settle()

    assert (again.last.text(), again.born.text(), again.sex.value()) == ("", "", "")
    assert context.services.drafts.find("patient new") is None


def test_that_a_dialog_that_was_left_keeps_nothing(begun: PatientDialog, context: PageContext, settle: Settle) -> None:
    begun.reject()
    assert context.services.drafts.find("patient new") is not None
    begun.reject()
    settle()

    assert context.services.drafts.find("patient new") is None


def test_that_a_saved_dialog_keeps_nothing(begun: PatientDialog, context: PageContext, settle: Settle) -> None:
    begun.born.setText("9/25/62")
    begun.save()
    settle()

    assert context.services.patients.find("okafor")
    assert context.services.drafts.find("patient new") is None


def test_that_a_dialog_about_somebody_else_is_not_filled(
    begun: PatientDialog, context: PageContext, home: QWidget, patient: Patient, settle: Settle
) -> None:
    other = PatientDialog(context, home, patient)
    settle()

    assert other.last.text() == patient.last
    assert other.notice.sentence() == ""


def test_that_an_injection_is_in_the_fields_again(
    context: PageContext, home: QWidget, patient: Patient, settle: Settle
) -> None:
    dialog = EventDialog(context, patient, home, ())
    settle()
    dialog.fields.when.setText("5/2025")
    dialog.fields.procedure.setText("rfa")
    dialog.fields.procedure.settle()
    dialog.fields.levels.setText("l45")
    dialog.fields.place.button(Place.ELSEWHERE).click()
    typed_and_saved(dialog, settle)

    again = EventDialog(context, patient, home, ())
    settle()

    assert again.form.state() == dialog.form.state()
    assert again.fields.place.value() == Place.ELSEWHERE


def a_coverage_of(context: PageContext, home: QWidget, patient: Patient) -> SavingDialog:
    return CoverageDialog(context, patient, home)


def care_of(context: PageContext, home: QWidget, patient: Patient) -> SavingDialog:
    return CareDialog(context, patient, home)


def a_denial_of(context: PageContext, home: QWidget, patient: Patient) -> SavingDialog:
    return DenialDialog(context, patient, an_event(context, patient).event, home)


def a_response_of(context: PageContext, home: QWidget, patient: Patient) -> SavingDialog:
    return ResponseDialog(context, patient, an_event(context, patient), home)


def an_event(context: PageContext, patient: Patient) -> EventRow:
    events = context.services.patients.get(patient.id).events
    return events[0] if events else context.services.history.add(patient.id, performed("2026-11-10")).value


@pytest.mark.parametrize("make", [a_coverage_of, care_of, a_denial_of, a_response_of])
def test_that_half_a_dialog_is_in_its_fields_again(
    make: Callable[[PageContext, QWidget, Patient], SavingDialog],
    context: PageContext,
    home: QWidget,
    patient: Patient,
    settle: Settle,
) -> None:
    dialog = make(context, home, patient)
    settle()
    field = next(each for each in dialog.form.findChildren(LineField) if type(each) is LineField)
    field.setText("half")
    typed_and_saved(dialog, settle)

    again = make(context, home, patient)
    settle()

    assert again.form.typed() == dialog.form.typed()
    assert again.notice.sentence().startswith("Taken up again: what was typed at ")
    again.notice.button.click()
    settle()
    assert "half" not in again.form.typed().values()


def test_that_half_a_rule_of_the_clinic_is_in_its_fields_again(
    context: PageContext, home: QWidget, settle: Settle
) -> None:
    view = next(view for view in context.services.library.look().rules if isinstance(view.rule, MaxCount))

    def opened() -> RuleDialog:
        dialog = RuleDialog(context, view.place, view.rule, home, view=view)
        settle()
        return dialog

    dialog = opened()
    before = dialog.form.typed()
    number = next(field for field in dialog.fields.values() if isinstance(field, LineField))
    number.setText("half")
    dialog.aim.reason.setText("The payer wrote so")
    choice = next(field for field in dialog.fields.values() if isinstance(field, ChoiceField) and field.count() > 1)
    choice.set_value(choice.itemData(choice.count() - 1))
    typed_and_saved(dialog, settle)

    again = opened()

    assert again.form.typed() == dialog.form.typed() != before
    assert again.aim.reason.text() == "The payer wrote so"
    assert again.notice.sentence().startswith("Taken up again: what was typed at ")
    again.notice.button.click()
    settle()
    assert again.form.typed() == before
