"""What was typed in Check and book outlives a crash and a lock, and goes when it is done or discarded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.check.conftest import Hands, focus
from tests.ui.conftest import InFront, Settle
from tests.ui.small_pages import SmallPage
from tracker.domain.booking import Elsewhere
from tracker.domain.draft import Draft
from tracker.domain.patient import Patient
from tracker.services import Services
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.ui.drafts import CHECK_PLACE, EVERY_MS
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import CheckStart, PageContext


def kept(services: Services) -> Draft | None:
    found = services.drafts.find(CHECK_PLACE)
    return found.draft if found else None


def save(page: CheckPage, settle: Settle) -> None:
    """What the timer does by itself within two seconds of a change."""
    assert page.taking_up.keeper.is_waiting()
    page.taking_up.keeper.save()
    settle()


@pytest.fixture
def half(page: CheckPage, hands: Hands, smith: Patient, settle: Settle) -> CheckPage:
    """Smith, an ablation, and levels that are only begun."""
    hands.type("smith", "\n", "rfa", "\n", "l4")
    page.form.fields.note.setText("stairs")
    save(page, settle)
    return page


@pytest.fixture
def whole(page: CheckPage, hands: Hands, ready: Patient, settle: Settle) -> CheckPage:
    hands.type("smi\n", "rfa\t", "l45b\t", "12/3")
    page.form.fields.elsewhere.button(Elsewhere.NONE).click()
    settle()
    save(page, settle)
    return page


def test_that_half_a_request_is_in_the_fields_again(half: CheckPage, context: PageContext, in_front: InFront) -> None:
    again = in_front(CheckPage(context))

    fields = again.form.fields
    assert fields.patient.patient() == half.form.fields.patient.patient()
    assert (fields.procedure.text(), fields.levels.text(), fields.note.text()) == ("Facet ablation", "l4", "stairs")
    assert again.notice.sentence().startswith("Taken up again: what was typed at ")


def test_that_the_key_goes_on_with_it_where_the_page_was_made_before(
    half: CheckPage, context: PageContext, settle: Settle, qtbot: QtBot
) -> None:
    window = MainWindow(context, (SmallPage, CheckPage))
    qtbot.addWidget(window)
    window.open_page(SmallPage.id)
    settle()
    window.check_current()
    settle()
    again = window.pages["check"]

    assert isinstance(again, CheckPage)
    assert again.form.fields.levels.text() == half.form.fields.levels.text() == "l4"
    assert again.notice.sentence().startswith("Taken up again: ")


def test_that_a_whole_request_is_in_the_fields_again_and_is_answered(
    whole: CheckPage, context: PageContext, in_front: InFront
) -> None:
    again = in_front(CheckPage(context))

    assert again.form.reading() == whole.form.reading()
    assert again.form.reading().request is not None
    assert again.summary() == whole.summary() != ""


def test_that_a_name_that_is_still_looked_for_is_kept(
    page: CheckPage, hands: Hands, settle: Settle, context: PageContext, in_front: InFront
) -> None:
    hands.type("smi")
    save(page, settle)

    again = in_front(CheckPage(context))

    assert again.form.fields.patient.text() == "smi"
    assert again.form.fields.patient.patient() is None


def test_that_nothing_is_written_while_nothing_changed(
    whole: CheckPage, services: Services, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    monkeypatch.setattr("tracker.services.clinic_file.drafts.DraftService.save", lambda *given: written.append(given))
    whole.form.touched.emit()

    save(whole, settle)

    assert written == []


def test_that_it_is_saved_within_two_seconds_of_a_change(page: CheckPage, hands: Hands) -> None:
    assert not page.taking_up.keeper.is_waiting()

    hands.type("s")

    assert page.taking_up.keeper.is_waiting()
    assert EVERY_MS == 2000


def test_that_a_booked_request_leaves_no_draft(
    whole: CheckPage, ready: Patient, services: Services, settle: Settle
) -> None:
    whole.primary()
    settle()

    assert len(services.patients.get(ready.id).bookings) == 1
    assert kept(services) is None


def test_that_discarding_empties_the_form_and_the_file(
    half: CheckPage, context: PageContext, in_front: InFront, services: Services, settle: Settle
) -> None:
    again = in_front(CheckPage(context))

    QTest.keyClick(again.form.fields.levels, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    settle()

    assert again.form.is_empty()
    assert focus() is again.form.fields.patient
    assert not again.notice.isVisible()
    assert kept(services) is None


def test_that_the_key_discards_nothing_that_was_not_taken_up(
    half: CheckPage, services: Services, settle: Settle
) -> None:
    QTest.keyClick(half.form.fields.levels, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    settle()

    assert half.form.fields.levels.text() == "l4"
    assert kept(services) is not None


def test_that_a_form_that_begins_with_somebody_else_keeps_them_and_offers_what_was_typed(
    half: CheckPage, context: PageContext, in_front: InFront, ready: Patient, settle: Settle
) -> None:
    again = CheckPage(context)
    again.begin(CheckStart(ready.id))
    in_front(again)

    assert again.form.fields.levels.text() == ""
    assert again.back_button.text() == "Back to what was typed"
    again.back_button.click()
    settle()
    assert again.form.fields.levels.text() == "l4"


def test_that_a_day_is_kept_as_the_day_that_was_meant(whole: CheckPage, services: Services) -> None:
    found = kept(services)

    assert found is not None
    assert (found.typed or {})["day"] == "12/03/2026"


def test_that_what_a_killed_program_had_typed_is_taken_up_at_the_next_start(
    clinic: ClinicFolder, data_key: DataKey, smith: Patient, context: PageContext, in_front: InFront
) -> None:
    command = [sys.executable, "-m", "tests.ui.check.typing_worker", str(clinic.database), data_key.secret.hex()]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "saved"
        os.kill(child.pid, signal.SIGKILL)
        child.wait()

    again = in_front(CheckPage(context))

    fields = again.form.fields
    assert (fields.patient.patient(), fields.procedure.text(), fields.levels.text()) == (smith, "Facet ablation", "l4")
