"""Dialogs of conservative care and of denied claims, by keys and through real storage."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.builders import performed
from tests.ui.conftest import HOSTILE_NAMES, Settle
from tests.ui.names import nameless
from tracker.domain.clinical_record import ClaimDenial, ConservativeCare
from tracker.domain.event import Event
from tracker.domain.money_entry import dollars_text, parse_dollars
from tracker.domain.patient import Patient
from tracker.ui.dialogs.care_dialog import CareDialog
from tracker.ui.dialogs.denial_dialog import DenialDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.day_field import DayField


@pytest.fixture
def event(context: PageContext, patient: Patient) -> Event:
    return context.services.history.add(patient.id, performed("2026-11-10")).value.event


def shown(dialog: SavingDialog, qtbot: QtBot) -> SavingDialog:
    with qtbot.waitActive(dialog):
        dialog.open()
    return dialog


def typed(dialog: SavingDialog, qtbot: QtBot, *texts: str) -> None:
    for text in texts[:-1]:
        if isinstance(field := dialog.focusWidget(), DayField):
            field.selectAll()  # it does so itself where a window manager gives the focus back from the list
        qtbot.keyClicks(dialog.focusWidget(), text)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.focusWidget(), texts[-1])
    with qtbot.waitSignal(dialog.acted):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)


def test_that_a_treatment_is_added_by_keys_alone(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    typed(shown(CareDialog(context, patient, home), qtbot), qtbot, "phys", "5/4/26", "7/2/26", "no lasting relief")
    (care,) = context.services.care.list_for(patient.id)
    assert (care.what, care.start, care.end) == ("Physical therapy", date(2026, 5, 4), date(2026, 7, 2))
    assert care.result == "no lasting relief"


def test_that_a_treatment_that_goes_on_has_no_end(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    typed(shown(CareDialog(context, patient, home), qtbot), qtbot, "gentle walks", "5/4/26", "", "")
    (care,) = context.services.care.list_for(patient.id)
    assert (care.what, care.end) == ("gentle walks", None)


def test_that_what_is_missing_in_care_is_said_in_place(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot, settle: Settle
) -> None:
    dialog = CareDialog(context, patient, home)
    shown(dialog, qtbot)
    dialog.save()
    assert "Say what was tried" in dialog.what.error()
    assert "Type the day" in dialog.start.error()
    dialog.what.setText("Exercises")
    dialog.start.setText("7/2/26")
    dialog.end.setText("5/4/26")
    dialog.what.set_error(None)
    dialog.save()
    settle()
    assert "ends 05/04/2026, before it begins on 07/02/2026" in dialog.end.error()
    assert context.services.care.list_for(patient.id) == ()


def test_that_a_treatment_is_corrected_and_taken_out(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    service = context.services.care
    service.add(ConservativeCare(patient.id, "Exercises", date(2026, 5, 4)))
    dialog = CareDialog(context, patient, home, service.list_for(patient.id)[0])
    shown(dialog, qtbot)
    dialog.outcome.setText("some relief")
    with qtbot.waitSignal(dialog.acted):
        dialog.save()
    (care,) = service.list_for(patient.id)
    assert care.result == "some relief"

    dialog = CareDialog(context, patient, home, care)
    shown(dialog, qtbot)
    with qtbot.waitSignal(dialog.acted):
        dialog.remove.click()
    assert service.list_for(patient.id) == ()


def test_that_a_denial_is_recorded_by_keys_alone_with_what_it_means(
    context: PageContext, patient: Patient, event: Event, home: QWidget, qtbot: QtBot
) -> None:
    dialog = DenialDialog(context, patient, event, home)
    shown(dialog, qtbot)
    qtbot.keyClicks(dialog.focusWidget(), "co-151")
    meaning = context.services.denials.codes.denials["151"]
    assert meaning.meaning in dialog.meaning.text()
    assert meaning.first_step in dialog.meaning.text()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    typed(dialog, qtbot, "N115", "11/20/26", "312.40", "second notice")

    (row,) = context.services.denials.list_for(patient.id)
    stored = row.denial
    assert (stored.reason_code, stored.group_code, stored.remark_code) == ("151", "CO", "N115")
    assert (stored.denied_on, stored.cents, stored.note) == (date(2026, 11, 20), 31240, "second notice")


def test_that_the_meaning_of_a_code_pushes_no_field_out_of_the_form(
    context: PageContext, patient: Patient, event: Event, home: QWidget, qtbot: QtBot, settle: Settle
) -> None:
    dialog = DenialDialog(context, patient, event, home)
    shown(dialog, qtbot)
    qtbot.keyClicks(dialog.focusWidget(), "197")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    settle()

    assert dialog.code.echo() == context.services.denials.codes.denials["197"].meaning
    assert dialog.code.shown_echo().endswith("…")
    assert dialog.form.minimumSizeHint().width() <= dialog.form.parentWidget().width()


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("code", "", "Type the number of the reason"),
        ("code", "777", "“777” is no denial code on our list"),
        ("remark", "ZZ1", "“ZZ1” is no remark code on our list"),
        ("day", "11/9/26", "before the injection of 11/10/2026"),
        ("day", "", "Type the day of the notice"),
        ("amount", "many", "“many” is no amount"),
    ],
)
def test_that_what_cannot_be_is_said_below_its_field(
    context: PageContext, patient: Patient, event: Event, home: QWidget, qtbot: QtBot, settle: Settle,
    field: str, text: str, sentence: str,
) -> None:  # fmt: skip
    dialog = DenialDialog(context, patient, event, home)
    shown(dialog, qtbot)
    dialog.code.setText("151")
    getattr(dialog, field).setText(text)
    dialog.save()
    settle()
    assert sentence in getattr(dialog, field).error()
    assert getattr(dialog, field).text() == text
    assert context.services.denials.list_for(patient.id) == ()


def test_that_a_denial_is_corrected_and_taken_out(
    context: PageContext, patient: Patient, event: Event, home: QWidget, qtbot: QtBot
) -> None:
    service = context.services.denials
    service.add(ClaimDenial(event.id, date(2026, 11, 20), "CO-151", cents=31240))
    dialog = DenialDialog(context, patient, event, home, service.list_for(patient.id)[0])
    shown(dialog, qtbot)
    assert (dialog.code.text(), dialog.amount.text()) == ("CO-151", "312.40")
    dialog.code.setText("197")
    with qtbot.waitSignal(dialog.acted):
        dialog.save()
    (row,) = service.list_for(patient.id)
    assert (row.denial.reason_code, row.denial.group_code, row.denial.cents) == ("197", "", 31240)

    dialog = DenialDialog(context, patient, event, home, row)
    shown(dialog, qtbot)
    with qtbot.waitSignal(dialog.acted):
        dialog.remove.click()
    assert service.list_for(patient.id) == ()


def test_that_a_change_by_another_desk_is_said_and_nothing_typed_is_lost(
    context: PageContext, patient: Patient, event: Event, home: QWidget, qtbot: QtBot, settle: Settle
) -> None:
    service = context.services.denials
    service.add(ClaimDenial(event.id, date(2026, 11, 20), "151"))
    row = service.list_for(patient.id)[0]
    dialog = DenialDialog(context, patient, event, home, row)
    shown(dialog, qtbot)
    service.correct(row.denial)
    dialog.note.setText("typed meanwhile")
    dialog.save()
    settle()
    assert "Somebody changed this meanwhile" in dialog.notice.sentence()
    assert dialog.note.text() == "typed meanwhile"


@pytest.mark.parametrize("text", HOSTILE_NAMES)
def test_that_any_text_goes_through_the_free_fields(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot, text: str
) -> None:
    dialog = CareDialog(context, patient, home)
    shown(dialog, qtbot)
    dialog.what.setText(text)
    dialog.start.setText("5/4/26")
    typed_text = dialog.what.text().strip()
    with qtbot.waitSignal(dialog.acted):
        dialog.save()
    assert context.services.care.list_for(patient.id)[0].what == typed_text


@pytest.mark.parametrize(
    ("text", "cents"), [("312.40", 31240), ("$1,312", 131200), ("5.5", 550), ("", None), (" 0 ", 0)]
)
def test_that_dollars_are_read_as_people_type_them(text: str, cents: int | None) -> None:
    assert parse_dollars(text) == cents
    assert parse_dollars(dollars_text(cents)) == cents


def test_that_every_field_has_a_name(
    context: PageContext, patient: Patient, event: Event, home: QWidget, qtbot: QtBot
) -> None:
    for dialog in (CareDialog(context, patient, home), DenialDialog(context, patient, event, home)):
        assert nameless(shown(dialog, qtbot)) == []
        dialog.reject()
