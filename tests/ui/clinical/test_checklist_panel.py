"""The checklist as a panel: what is shown, and the keys that record what a line lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import a_patient, a_request, performed
from tests.ui.conftest import Settle
from tests.ui.dialogs.conftest import home, patient
from tests.ui.names import nameless
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRequest
from tracker.domain.checklist_state import ItemState
from tracker.domain.clinical_record import Response
from tracker.domain.patient import Patient
from tracker.domain.procedure import Family, parse_sites
from tracker.services.answers.entries import EventRow
from tracker.services.changes import Changes, Kind
from tracker.services.transactions import Transactions
from tracker.storage.records import Act
from tracker.ui.clinical.checklist_panel import ChecklistPanel, ChecklistSubject
from tracker.ui.clinical.checklist_table import detail_of
from tracker.ui.dialogs.care_dialog import CareDialog
from tracker.ui.dialogs.response_dialog import ResponseDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.dialogs.tick_dialog import TickDialog
from tracker.ui.pages.page import PageContext

__all__ = ["home", "patient"]

DAY = date(2026, 12, 10)
SITES = ("L4-L5 left",)


@pytest.fixture
def second(context: PageContext, patient: Patient) -> EventRow:
    """Two blocks; the scores of the second are not on file."""
    services = context.services
    first = services.history.add(patient.id, performed("2026-09-08", Family.FACET_INJECTION, *SITES)).value
    services.responses.record(patient.id, Response(first.event.id, "NRS 0-10", 7, 1), 85, None, first.version)
    block = performed("2026-09-29", Family.FACET_INJECTION, *SITES, relief_percent=80.0)
    return services.history.add(patient.id, block).value


def ablation(patient: Patient) -> ChecklistSubject:
    request = replace(a_request(patient.id, DAY, sites=SITES), family=Family.FACET_ABLATION, intent=None, approach=None)
    return ChecklistSubject(patient, request=request)


@pytest.fixture
def panel(context: PageContext, patient: Patient, second: EventRow, home: QWidget, settle: Settle) -> ChecklistPanel:
    panel = ChecklistPanel(context, home, ablation(patient))
    panel.acted.connect(lambda done: context.notifier.publish(done.changes))
    panel.resize(560, 700)
    panel.show()
    settle()
    return panel


def choose(panel: ChecklistPanel, text: str) -> None:
    row = next(row for row in panel.table.records() if row.text.startswith(text))
    panel.table.select_record((row.item.id, row.text))
    panel.table.setFocus()


def dialog_after(panel: ChecklistPanel, qtbot: QtBot, settle: Settle, key: Qt.Key) -> SavingDialog:
    qtbot.keyClick(panel.table, key)
    settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SavingDialog)
    return dialog


def test_that_it_begins_on_what_is_missing_and_counts(panel: ChecklistPanel) -> None:
    row = panel.table.current_record()
    assert row is not None
    assert row.state in (ItemState.MISSING, ItemState.SHORT)
    assert panel.checklist is not None
    assert panel.missing.text() == f"{len(panel.checklist.missing)} missing"
    assert f"{panel.checklist.present} present" in panel.present.text()
    counted = len(panel.checklist.missing), len(panel.checklist.to_tick), panel.checklist.optional
    assert sum(counted) + panel.checklist.present == len(panel.checklist.rows)
    assert f"{panel.checklist.optional} optional" in panel.present.text()
    assert "The first one here" in panel.why.text()


def test_that_a_line_says_what_is_on_file_or_missing_and_the_strip_what_is_asked(panel: ChecklistPanel) -> None:
    shown = {row.text: detail_of(row) for row in panel.table.records()}
    assert shown["Diagnostic block 1, L4-5 left"] == "09/08/2026, 85 %, NRS 0-10 7 to 1"
    assert shown["Pain score before and after the block on 09/29/2026 at L4-5 left"] == "missing"
    choose(panel, "Diagnostic block 2")
    assert "Two medial branch blocks in a row" in panel.asked.text()
    assert not panel.pips.isHidden()


def test_that_enter_on_a_missing_score_opens_its_visit_and_the_line_is_met_by_itself(
    panel: ChecklistPanel, second: EventRow, qtbot: QtBot, settle: Settle
) -> None:
    choose(panel, "Pain score before and after")
    dialog = dialog_after(panel, qtbot, settle, Qt.Key.Key_Return)
    assert isinstance(dialog, ResponseDialog)
    assert dialog.focusWidget() is dialog.before
    assert dialog.scale.text() == "NRS 0-10"
    dialog.before.setText("5")
    dialog.after.setText("1")
    with qtbot.waitSignal(panel.acted):
        dialog.save()
    settle()
    texts = [row.text for row in panel.table.records()]
    assert not any(text.startswith("Pain score before") for text in texts)


def test_that_enter_ticks_what_only_a_person_can_tell_and_x_takes_it_back(
    panel: ChecklistPanel, qtbot: QtBot, settle: Settle
) -> None:
    choose(panel, "Axial pain")
    dialog = dialog_after(panel, qtbot, settle, Qt.Key.Key_Return)
    assert isinstance(dialog, TickDialog)
    qtbot.keyClicks(dialog.focusWidget(), "visit note")
    with qtbot.waitSignal(panel.acted):
        qtbot.keyClick(dialog.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    row = panel.table.current_record()
    assert row is not None
    assert (row.state, detail_of(row)) == (ItemState.PRESENT, "visit note, 11/24/2026")
    with qtbot.waitActive(panel.window()):
        panel.window().activateWindow()
    panel.table.setFocus()
    with qtbot.waitSignal(panel.acted):
        qtbot.keyClick(panel.table, Qt.Key.Key_X)
    settle()
    row = panel.table.current_record()
    assert row is not None
    assert row.state is ItemState.TICK


def test_that_a_score_without_its_figure_is_refused_in_place(
    panel: ChecklistPanel, qtbot: QtBot, settle: Settle
) -> None:
    choose(panel, "Pain score now")
    dialog = dialog_after(panel, qtbot, settle, Qt.Key.Key_Return)
    assert isinstance(dialog, TickDialog)
    dialog.note.setText("high")
    dialog.save()
    settle()
    assert "The score itself is missing" in dialog.note.error()
    assert dialog.isVisible()


def test_that_enter_on_care_opens_the_log(panel: ChecklistPanel, qtbot: QtBot, settle: Settle) -> None:
    choose(panel, "Conservative care")
    assert isinstance(dialog_after(panel, qtbot, settle, Qt.Key.Key_Return), CareDialog)


def test_that_a_line_that_is_met_by_the_history_says_so(panel: ChecklistPanel, qtbot: QtBot) -> None:
    choose(panel, "Sessions used")
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert "This line is met" in panel.notice.sentence()
    qtbot.keyClick(panel.table, Qt.Key.Key_X)
    assert "This line is not checked off" in panel.notice.sentence()


def test_that_it_looks_again_when_something_of_the_patient_changes_and_not_for_others(
    panel: ChecklistPanel, context: PageContext, patient: Patient, qtbot: QtBot, settle: Settle
) -> None:
    before = panel.checklist
    context.notifier.publish(Changes.of("somebody", Kind.EVENTS))
    settle()
    assert panel.checklist is before
    context.notifier.publish(Changes.of(patient.id, Kind.EVENTS))
    settle()
    assert panel.checklist is not before


def test_that_a_request_is_shown_by_its_id_and_nobody_empties_the_panel(
    panel: ChecklistPanel, transactions: Transactions, patient: Patient, settle: Settle
) -> None:
    answer = Authorization("", "medicare", AuthorizationStatus.DRAFT)
    request = AuthorizationRequest(family=Family.FACET_ABLATION, targets=parse_sites(SITES).targets, planned_for=DAY)
    with transactions.writing() as uow:
        record_id = uow.requests.add(patient.id, answer, request)
        uow.commit(Act("add request", "authorization", record_id))
    panel.show_subject(ChecklistSubject(patient, record_id))
    settle()
    assert panel.checklist is not None
    assert panel.checklist.record_id == record_id
    assert any(row.item.id == "diagnosis" for row in panel.table.records())
    panel.show_subject(None)
    assert (panel.table.records(), panel.missing.text()) == ((), "")


def test_that_a_patient_without_a_coverage_is_told_and_no_old_list_stays(
    panel: ChecklistPanel, context: PageContext, settle: Settle
) -> None:
    other = context.services.patients.add(a_patient(last="Other")).value
    panel.show_subject(ablation(other))
    settle()
    assert "has no coverage on file" in panel.notice.sentence()
    assert panel.table.records() == ()


def test_that_every_control_has_a_name(panel: ChecklistPanel) -> None:
    assert nameless(panel) == []
