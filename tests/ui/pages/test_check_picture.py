"""Check and book with its picture of the spine: what is typed shows, what is clicked is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.ui.conftest import InFront, Settle
from tracker.domain.anatomy import LEVELS, Side, Target
from tracker.domain.booking import Elsewhere
from tracker.domain.level_entry import written
from tracker.domain.patient import Patient
from tracker.domain.procedure import Approach, Family, Intent, TargetKind
from tracker.services import Services
from tracker.ui.dialogs.event_dialog import EventDialog
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import CheckStart, PageContext

RIGHT = Target(LEVELS["L4-L5"], Side.RIGHT)
LEFT = Target(LEVELS["L4-L5"], Side.LEFT)


@pytest.fixture
def patient(services: Services) -> Patient:
    """A patient whose block at L4-5 left fell short."""
    added = services.patients.add(a_patient()).value
    services.patients.add_coverage(added.id, a_coverage())
    services.history.add(added.id, performed("2026-06-15", relief_percent=40.0))
    return added


@pytest.fixture
def page(context: PageContext, in_front: InFront, patient: Patient) -> CheckPage:
    made = CheckPage(context)
    made.begin(CheckStart(request=a_request(patient.id, date(2026, 12, 3))))
    return in_front(made)


def test_that_typed_levels_show_in_the_picture(page: CheckPage) -> None:
    picker = page.spine.picker
    assert page.spine.isVisible()
    assert picker.button(RIGHT).isChecked()
    assert not picker.button(LEFT).isChecked()


def test_that_the_picture_shows_no_more_than_what_of_the_text_has_a_meaning(page: CheckPage, qtbot: QtBot) -> None:
    picker, field = page.spine.picker, page.form.fields.levels
    field.selectAll()
    qtbot.keyClicks(field, "l34l nonsense")
    qtbot.waitUntil(lambda: written(picker.sites()) == "l34l")
    field.selectAll()
    qtbot.keyClicks(field, "nonsense")
    qtbot.waitUntil(lambda: not picker.sites().targets)

    qtbot.mouseClick(page.spine.picker.button(LEFT), Qt.MouseButton.LeftButton)
    assert page.form.fields.levels.text() == "l45l"


def test_that_a_click_types_the_level_and_asks_again(page: CheckPage, settle: Settle, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.spine.picker.button(LEFT), Qt.MouseButton.LeftButton)
    settle()

    assert page.form.fields.levels.text() == "l45b"
    assert page.panel.bar.sentence() == "An earlier result is missing or too weak"


def test_that_each_place_tells_its_own_answer_when_the_hands_rest(page: CheckPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.spine.picker.button(LEFT).state() == "closed")

    assert page.spine.picker.button(RIGHT).state() == ""
    assert page.spine.picker.button(LEFT).mark is not None


def test_that_small_windows_do_without_the_picture_and_can_be_made_small(page: CheckPage) -> None:
    page.resize(631, 400)
    QApplication.processEvents()

    assert page.width() == 631
    assert not page.spine.isVisible()


def test_that_what_was_done_elsewhere_is_added_without_leaving_the_form(
    page: CheckPage, services: Services, patient: Patient, settle: Settle, qtbot: QtBot
) -> None:
    page.form.fields.elsewhere.set_value(Elsewhere.YES)
    page.form.fields.add_outside.click()
    dialog = page.findChild(EventDialog)
    assert dialog is not None
    dialog.fields.when.setText("03/2026")
    dialog.fields.when.textEdited.emit("03/2026")
    dialog.fields.procedure.setFocus()
    qtbot.keyClicks(dialog.fields.procedure, "caudal")
    qtbot.keyClick(dialog.fields.procedure, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.acted):
        dialog.save_button.click()
    settle()

    added = services.patients.get(patient.id).events[-1]
    assert {row.source_label for row in services.patients.get(patient.id).events} == {"elsewhere", "ours"}
    assert added.version >= 1


def test_that_a_caudal_epidural_shows_its_place_whatever_was_in_view_before(
    context: PageContext, in_front: InFront, patient: Patient, settle: Settle
) -> None:
    page = in_front(CheckPage(context))
    page.spine.picker.set_part("T")
    caudal = Target(LEVELS["caudal"], Side.MIDLINE)
    wanted = a_request(patient.id, date(2026, 12, 3))
    page.begin(CheckStart(request=replace(
        wanted, family=Family.EPIDURAL, intent=Intent.THERAPEUTIC, approach=Approach.CAUDAL, targets=(caudal,)
    )))  # fmt: skip
    settle()

    assert page.spine.picker.view().kind is TargetKind.CAUDAL
    assert page.spine.picker.view().part == "L"
    assert caudal in page.spine.picker.view().targets()
