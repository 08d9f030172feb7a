"""The response dialog: two fields for the quick path, scores above them, and what does not fit told while typing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.builders import performed
from tests.ui.conftest import HOSTILE_NAMES, Settle
from tests.ui.names import nameless
from tracker.domain.clinical_record import Response
from tracker.domain.patient import Patient
from tracker.services.answers.entries import EventRow
from tracker.ui.dialogs.response_dialog import ResponseDialog
from tracker.ui.pages.page import PageContext

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def block(context: PageContext, patient: Patient) -> EventRow:
    return context.services.history.add(patient.id, performed("2026-11-10")).value


def opened(
    context: PageContext, patient: Patient, row: EventRow, home: QWidget, qtbot: QtBot, **given: str
) -> ResponseDialog:
    dialog = ResponseDialog(context, patient, row, home, **given)  # type: ignore[arg-type]  # `at` is one of its two words
    with qtbot.waitActive(dialog):
        dialog.open()
    qtbot.waitUntil(context.tasks.is_idle)
    return dialog


def press(qtbot: QtBot, dialog: ResponseDialog, text: str) -> None:
    qtbot.keyClicks(dialog.focusWidget(), text)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)


def test_that_the_whole_record_is_typed_by_keys_alone(
    context: PageContext, patient: Patient, block: EventRow, home: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(context, patient, block, home, qtbot, at="scores")
    assert dialog.focusWidget() is dialog.before
    for text in ("7", "1", "ODI 46 to 20"):
        press(qtbot, dialog, text)
    assert dialog.focusWidget() is dialog.percent
    assert dialog.percent.echo() == "85.7 % by the scores"
    dialog.scale.setFocus()
    qtbot.keyClicks(dialog.scale, "nrs")
    with qtbot.waitSignal(dialog.acted):
        qtbot.keyClick(dialog.windowHandle(), Qt.Key.Key_Return, CTRL)

    services = context.services
    stored = services.responses.of_patient(patient.id)[block.event.id]
    assert (stored.scale, stored.before, stored.after, stored.function) == ("NRS 0-10", 7, 1, "ODI 46 to 20")
    assert services.patients.get(patient.id).events[0].event.relief_percent == 85.7


def test_that_the_quick_path_does_not_wait_for_what_is_on_file_and_keeps_it(
    context: PageContext, patient: Patient, block: EventRow, home: QWidget, qtbot: QtBot
) -> None:
    services = context.services
    first = Response(block.event.id, "NRS 0-10", 7, 1, function="walks a mile")
    row = services.responses.record(patient.id, first, 85, None, block.version).value
    dialog = ResponseDialog(context, patient, row, home)
    with qtbot.waitActive(dialog):
        dialog.open()
    dialog.percent.setText("86")
    with qtbot.waitSignal(dialog.acted):
        dialog.save()

    stored = services.responses.of_patient(patient.id)[block.event.id]
    assert (stored.before, stored.after, stored.function) == (7, 1, "walks a mile")
    assert services.patients.get(patient.id).events[0].event.relief_percent == 86


def test_that_what_is_on_file_is_shown_and_leaving_it_alone_asks_nothing(
    context: PageContext, patient: Patient, block: EventRow, home: QWidget, qtbot: QtBot
) -> None:
    wanted = Response(block.event.id, "VAS 0-100", 70, 10)
    row = context.services.responses.record(patient.id, wanted, None, 2, block.version).value
    dialog = opened(context, patient, row, home, qtbot)
    shown = [
        dialog.scale.text(),
        dialog.before.text(),
        dialog.after.text(),
        dialog.percent.text(),
        dialog.months.text(),
    ]
    assert shown == ["VAS 0-100", "70", "10", "85.7", "2"]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_a_typed_per_cent_that_does_not_fit_is_told_while_typing_and_not_refused(
    context: PageContext, patient: Patient, block: EventRow, home: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(context, patient, block, home, qtbot)
    dialog.scale.setText("NRS 0-10")
    dialog.before.setText("7")
    dialog.after.setText("1")
    dialog.percent.setText("95")
    assert dialog.told.sentence() == "7 to 1 on NRS 0-10 is 85.7 %, not 95 %."
    dialog.percent.setText("86")
    assert dialog.told.sentence() == ""
    dialog.scale_after.setText("VAS 0-100")
    assert "Payers compare scores of one scale only" in dialog.told.sentence()
    with qtbot.waitSignal(dialog.acted):
        dialog.save()


def test_that_another_scale_than_the_earlier_blocks_is_told(
    context: PageContext, patient: Patient, block: EventRow, home: QWidget, qtbot: QtBot
) -> None:
    services = context.services
    services.responses.record(patient.id, Response(block.event.id, "NRS 0-10", 7, 1), 85, None, block.version)
    second = services.history.add(patient.id, performed("2026-11-23")).value
    dialog = opened(context, patient, second, home, qtbot)
    assert dialog.scale.text() == "NRS 0-10"
    dialog.scale.setText("VAS 0-100")
    assert "The block of 11/10/2026 was scored on NRS 0-10" in dialog.told.sentence()


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("before", "6-7", "is no score. Type one number of the scale, no range"),
        ("after", "11", "11 is no score on NRS 0-10"),
        ("percent", "850", "between 0 and 100"),
        ("months", "-1", "is no figure"),
    ],
)
def test_that_bad_input_is_said_below_its_field_and_nothing_is_lost(
    context: PageContext, patient: Patient, block: EventRow, home: QWidget, qtbot: QtBot,
    field: str, text: str, sentence: str,
) -> None:  # fmt: skip
    dialog = opened(context, patient, block, home, qtbot)
    dialog.scale.setText("NRS 0-10")
    wrong = getattr(dialog, field)
    wrong.setText(text)
    with qtbot.assertNotEmitted(dialog.acted):
        dialog.save()
    assert sentence in wrong.error()
    assert wrong.text() == text
    assert dialog.focusWidget() is wrong


def test_that_a_score_without_a_scale_is_said_at_the_scale(
    context: PageContext, patient: Patient, block: EventRow, home: QWidget, qtbot: QtBot, settle: Settle
) -> None:
    dialog = opened(context, patient, block, home, qtbot)
    dialog.before.setText("7")
    dialog.save()
    settle()
    assert "on which scale" in dialog.scale.error()
    assert dialog.isVisible()


@pytest.mark.parametrize("text", HOSTILE_NAMES)
def test_that_any_text_goes_through_the_function_field(
    context: PageContext, patient: Patient, block: EventRow, home: QWidget, qtbot: QtBot, text: str
) -> None:
    dialog = opened(context, patient, block, home, qtbot)
    dialog.function.setText(text)
    typed = dialog.function.text().strip()
    with qtbot.waitSignal(dialog.acted):
        dialog.save()
    assert context.services.responses.of_patient(patient.id)[block.event.id].function == typed


def test_that_every_field_has_a_name(
    context: PageContext, patient: Patient, block: EventRow, home: QWidget, qtbot: QtBot
) -> None:
    assert nameless(opened(context, patient, block, home, qtbot)) == []
