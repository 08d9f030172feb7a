"""The copy sheet for portals: one key a field, and a clipboard that does not keep what was copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.names import nameless
from tracker.services.packets.payer_papers import CopyField, CopySheet
from tracker.ui.paper.copy_sheet import CopySheetPanel

SHEET = CopySheet(
    "Most portals",
    "Whitaker, Doris",
    (CopyField("Member ID", "1EG4"), CopyField("Facility", ""), CopyField("Code 1", "64493"), CopyField("Code 2", "")),
)


@pytest.fixture
def panel(qtbot: QtBot) -> CopySheetPanel:
    made = CopySheetPanel(SHEET)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_that_each_press_copies_the_next_field_and_passes_over_what_is_not_on_file(
    panel: CopySheetPanel, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel.table, Qt.Key.Key_Space)
    assert copied() == "1EG4"
    qtbot.keyClick(panel.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert copied() == "64493"
    assert panel.notice.sentence() == "Copied: Code 1. Not on file: Facility."
    qtbot.keyClick(panel.table, Qt.Key.Key_Space)
    assert panel.notice.sentence().startswith("That was the last field")
    assert copied() == "64493"


def test_that_one_may_go_back_and_copy_again(panel: CopySheetPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.table, Qt.Key.Key_Space)
    qtbot.keyClick(panel.table, Qt.Key.Key_Up)
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert copied() == "1EG4"


def test_that_the_clipboard_asks_histories_to_keep_out(panel: CopySheetPanel) -> None:
    panel.copy_next()
    data = QGuiApplication.clipboard().mimeData()
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_that_the_clipboard_is_emptied_after_its_time(qtbot: QtBot) -> None:
    panel = CopySheetPanel(SHEET, keep_ms=20)
    qtbot.addWidget(panel)
    panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    panel.copy_next()
    qtbot.waitUntil(lambda: copied() == "")


def test_that_hiding_the_window_as_the_lock_does_empties_the_clipboard(panel: CopySheetPanel) -> None:
    panel.copy_next()
    panel.hide()
    assert copied() == ""


def test_that_what_somebody_copied_meanwhile_stays(panel: CopySheetPanel) -> None:
    panel.copy_next()
    QGuiApplication.clipboard().setText("another thing")
    panel.hide()
    assert copied() == "another thing"


def test_that_every_control_is_read_out_and_the_title_names_nobody(panel: CopySheetPanel) -> None:
    assert not nameless(panel)
    assert panel.windowTitle() == "Copy sheet"
