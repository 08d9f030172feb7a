"""The dialogs that add, correct and take out an injection and record its relief, through real storage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.builders import performed
from tests.ui.conftest import HOSTILE_NAMES
from tracker.domain.anatomy import Region
from tracker.domain.body_regions import BodyRegion
from tracker.domain.clinical_record import Response
from tracker.domain.event import Event, EventEvidence, EventStatus, Place
from tracker.domain.patient import Patient
from tracker.domain.procedure import Approach, Family, Intent
from tracker.services.answers.entries import EventRow
from tracker.services.words.wording import place_text
from tracker.ui.dialogs.event_dialog import EventDialog
from tracker.ui.dialogs.event_fields import Known
from tracker.ui.dialogs.remove_event_dialog import RemoveEventDialog
from tracker.ui.dialogs.response_dialog import ResponseDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.patient.patient_words import procedure_of
from tracker.ui.widgets.fields import letters_of


def new(context: PageContext, patient: Patient, home: QWidget, known: Known = Known.HERE) -> EventDialog:
    dialog = EventDialog(context, patient, home, context.services.desk.providers(), known=known)
    dialog.open()
    return dialog


def correct(context: PageContext, patient: Patient, home: QWidget, row: EventRow) -> EventDialog:
    dialog = EventDialog(context, patient, home, context.services.desk.providers(), row)
    dialog.open()
    return dialog


def saved(dialog: SavingDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.acted):
        dialog.save()


def refused(dialog: SavingDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.acted):
        dialog.save()
        qtbot.waitUntil(lambda: dialog.context.tasks.is_idle() and dialog.save_button.isEnabled())
    assert dialog.isVisible()


def on_file(context: PageContext, patient: Patient) -> EventRow:
    return context.services.patients.get(patient.id).events[0]


def test_that_an_injection_is_added_by_keys_alone(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    dialog = new(context, patient, home)
    for text in ("7/13/26", "mbb", "l45l l5s1l"):
        qtbot.keyClicks(dialog.focusWidget(), text)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    with qtbot.waitSignal(dialog.acted):
        qtbot.keyClick(dialog.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    event = on_file(context, patient).event
    assert (event.when.first, event.family, event.intent) == (
        date(2026, 7, 13),
        Family.FACET_INJECTION,
        Intent.DIAGNOSTIC,
    )
    assert [target.label for target in event.targets] == ["L4-5 left", "L5-S1 left"]
    assert (event.place, event.evidence, event.status) == (Place.HERE, EventEvidence.RECORD, EventStatus.PERFORMED)
    assert event.payer is None


def test_that_one_done_elsewhere_may_be_known_by_its_month_and_region_alone(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    dialog = new(context, patient, home, Known.ELSEWHERE)
    fields = dialog.fields
    assert fields.evidence.value() is EventEvidence.PATIENT_REPORTED
    fields.when.setText("05/2026")
    fields.procedure.setText("ilesi")
    fields.procedure.settle()
    fields.region.set_value(Region.LUMBAR_SACRAL)
    fields.provider.setText("Dr. Far, Away")
    fields.payer.setText("cigna")
    fields.percent.setText("60 %")
    fields.months.setText("2.5")
    fields.note.setText("told on the phone")

    saved(dialog, qtbot)

    row = on_file(context, patient)
    event = row.event
    assert (str(event.when), event.targets, event.region) == ("2026-05", (), Region.LUMBAR_SACRAL)
    assert (event.place, event.payer, row.provider) == (Place.ELSEWHERE, "cigna", "Dr. Far, Away")
    assert (event.relief_percent, event.relief_months, event.note) == (60.0, 2.5, "told on the phone")
    assert row.provenance.endswith("as the patient told it")


def test_that_a_region_is_asked_for_only_where_no_level_says_it(
    context: PageContext, patient: Patient, home: QWidget
) -> None:
    fields = new(context, patient, home).fields
    assert not fields.region.isEnabled()
    fields.procedure.setText("mbb")
    fields.procedure.settle()
    assert fields.region.isEnabled()
    fields.region.set_value(Region.LUMBAR_SACRAL)

    fields.levels.setText("c56l")

    assert not fields.region.isEnabled()
    assert fields.region.value() is None


def test_that_the_way_it_is_known_follows_the_place_until_somebody_chooses_it(
    context: PageContext, patient: Patient, home: QWidget
) -> None:
    fields = new(context, patient, home).fields
    fields.place.button(Place.ELSEWHERE).click()
    assert fields.evidence.value() is EventEvidence.PATIENT_REPORTED
    fields.evidence.button(EventEvidence.CLAIM).click()

    fields.place.button(Place.HERE).click()

    assert fields.evidence.value() is EventEvidence.CLAIM


def test_that_a_provider_here_is_one_of_the_clinic(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    dialog = new(context, patient, home)
    dialog.fields.when.setText("7/13/26")
    dialog.fields.procedure.setText("tpi")
    dialog.fields.provider.setText("Dr. Unknown")
    refused(dialog, qtbot)
    assert "is not one of the clinic's providers" in dialog.fields.provider.error()

    dialog.fields.provider.setText("lee")
    saved(dialog, qtbot)

    assert on_file(context, patient).provider_id == context.services.desk.providers()[0].id


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("when", "12/24/2026", "has not come yet"),
        ("when", "someday", "is no date"),
        ("when", "", "Say when it was done"),
        ("procedure", "", "Choose what was done."),
        ("procedure", "massage", "is no procedure on the list"),
        ("levels", "l99", "l99"),
        ("percent", "250", "between 0 and 100"),
        ("months", "soon", "is no figure"),
        ("payer", "Nowhere Mutual", "is no payer on the list"),
    ],
)
def test_that_what_is_wrong_is_said_below_its_field_and_stays_typed(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot, field: str, typed: str, said: str
) -> None:
    dialog = new(context, patient, home)
    dialog.fields.when.setText("7/13/26")
    dialog.fields.procedure.setText("mbb")
    dialog.fields.procedure.settle()
    wrong = getattr(dialog.fields, field)
    wrong.setText(typed)
    if field == "procedure":
        wrong.textEdited.emit(typed)

    refused(dialog, qtbot)

    assert said in wrong.error()
    assert wrong.text() == typed
    assert dialog.focusWidget() is wrong
    assert context.services.patients.get(patient.id).events == ()


def test_that_a_correction_opens_with_what_is_on_file_and_changes_only_what_was_changed(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    provider = context.services.desk.providers()[0]
    before = performed("2026-03", Family.FACET_INJECTION, "nerves L3 L4 L5 left", relief_percent=80.0, payer="cigna")
    context.services.history.add(patient.id, before, provider.id)
    dialog = correct(context, patient, home, on_file(context, patient))
    fields = dialog.fields
    assert (fields.when.text(), fields.procedure.text()) == ("03/2026", "Medial branch block, diagnostic")
    assert (fields.percent.text(), fields.provider.text()) == ("80", provider.name)
    assert fields.payer.text() == "Cigna"
    fields.when.setText("3/9/2026")

    saved(dialog, qtbot)

    row = on_file(context, patient)
    expected = {"when": row.event.when, "id": row.event.id}
    assert str(row.event.when) == "2026-03-09"
    assert row.event == _changed(before, **expected)
    assert row.provider_id == provider.id


def _changed(event: Event, **given: object) -> Event:
    return replace(event, **given)


def test_that_what_the_pick_list_does_not_know_stays_as_it_is_on_file(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    vague = performed("2025", Family.EPIDURAL, "L4-L5", approach=None, intent=None, place=Place.ELSEWHERE)
    context.services.history.add(patient.id, vague, "Dr. Else")
    dialog = correct(context, patient, home, on_file(context, patient))
    assert (dialog.fields.procedure.text(), dialog.fields.procedure.echo()) == ("Epidural", "as on file")
    dialog.fields.note.setText("asked again")

    saved(dialog, qtbot)

    row = on_file(context, patient)
    assert (row.event.approach, row.event.intent, row.provider) == (None, None, "Dr. Else")
    assert row.event.targets == vague.targets


def test_that_another_procedure_brings_its_own_approach(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    context.services.history.add(patient.id, performed("2026-03-02"))
    dialog = correct(context, patient, home, on_file(context, patient))
    dialog.fields.procedure.setText("caudal")
    dialog.fields.procedure.textEdited.emit("caudal")

    saved(dialog, qtbot)

    event = on_file(context, patient).event
    assert (event.family, event.approach) == (Family.EPIDURAL, Approach.CAUDAL)
    assert [target.level.name for target in event.targets] == ["caudal"]


def test_that_a_change_by_somebody_else_is_said_and_nothing_typed_is_lost(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    context.services.history.add(patient.id, performed("2026-03-02"))
    row = on_file(context, patient)
    dialog = correct(context, patient, home, row)
    context.services.responses.record(patient.id, Response(row.event.id), 50, None, row.version)
    dialog.fields.note.setText("typed meanwhile")

    refused(dialog, qtbot)

    assert "Somebody changed this entry meanwhile" in dialog.notice.sentence()
    assert dialog.fields.note.text() == "typed meanwhile"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_that_any_text_goes_through_the_free_fields(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot, name: str
) -> None:
    context.services.history.add(
        patient.id, performed("2026-03-02", note=name, payer=name, place=Place.ELSEWHERE), name
    )
    before = on_file(context, patient)
    dialog = correct(context, patient, home, before)
    dialog.fields.percent.setText("70")

    saved(dialog, qtbot)

    row = on_file(context, patient)
    assert (row.provider, row.event.payer) == (before.provider, name)
    assert row.event.relief_percent == 70.0


def test_that_relief_is_recorded_in_two_short_fields(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    context.services.history.add(patient.id, performed("2026-03-02"))
    dialog = ResponseDialog(context, patient, on_file(context, patient), home)
    with qtbot.waitActive(dialog):
        dialog.open()
    qtbot.keyClicks(dialog.focusWidget(), "85")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.focusWidget(), "4")
    with qtbot.waitSignal(dialog.acted) as told:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)

    event = on_file(context, patient).event
    assert (event.relief_percent, event.relief_months) == (85.0, 4.0)
    assert told.args[0].sentence.startswith("Relief recorded for MBB")


def test_that_relief_that_cannot_be_is_said_in_place(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    context.services.history.add(patient.id, performed("2026-03-02"))
    row = on_file(context, patient)
    dialog = ResponseDialog(context, patient, row, home)
    dialog.open()
    dialog.percent.setText("850")
    refused(dialog, qtbot)
    assert "between 0 and 100" in dialog.percent.error()

    dialog.percent.setText("85")
    context.services.responses.record(patient.id, Response(row.event.id), 50, None, row.version)
    refused(dialog, qtbot)

    assert "Somebody changed this entry meanwhile" in dialog.notice.sentence()
    assert dialog.percent.text() == "85"


def test_that_an_entry_is_taken_out_with_a_reason_only(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    context.services.history.add(patient.id, performed("2026-03-02"))
    dialog = RemoveEventDialog(context, patient, on_file(context, patient), home)
    dialog.open()
    refused(dialog, qtbot)
    assert "Say why it is taken out" in dialog.reason.error()

    dialog.reason.setText("entered twice")
    saved(dialog, qtbot)

    assert context.services.patients.get(patient.id).events == ()


def test_that_trigger_points_are_added_and_corrected_with_their_regions(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    dialog = new(context, patient, home)
    for text in ("7/13/26", "tpi", "neck"):
        qtbot.keyClicks(dialog.focusWidget(), text)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert not dialog.fields.region.isEnabled()
    assert "s" in letters_of(dialog)
    saved(dialog, qtbot)
    row = on_file(context, patient)
    assert row.event.body_regions == (BodyRegion.NECK,)

    dialog = correct(context, patient, home, row)
    assert dialog.fields.levels.text() == "neck"
    dialog.fields.levels.setText("neck, ub")
    saved(dialog, qtbot)
    assert place_text(on_file(context, patient).event) == "neck, upper back"


def test_that_kx_of_the_claim_is_asked_for_diagnostic_ones_only_and_kept(
    context: PageContext, patient: Patient, home: QWidget, qtbot: QtBot
) -> None:
    dialog = new(context, patient, home)
    for text in ("7/13/26", "mbb", "l45l"):
        qtbot.keyClicks(dialog.focusWidget(), text)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert (dialog.fields.kx.isEnabled(), dialog.fields.kx.value()) == (True, None)
    dialog.fields.kx.button(False).click()
    saved(dialog, qtbot)
    row = on_file(context, patient)
    assert row.event.kx_claimed is False
    assert procedure_of(row.event) == "MBB, claimed without KX"

    dialog = correct(context, patient, home, row)
    assert dialog.fields.kx.value() is False
    dialog.fields.procedure.set_value(
        next(each for each in context.services.desk.procedures() if each.family is Family.FACET_ABLATION)
    )
    dialog.fields.procedure.picked.emit(dialog.fields.procedure.value())
    assert not dialog.fields.kx.isEnabled()
    saved(dialog, qtbot)
    assert on_file(context, patient).event.kx_claimed is None
