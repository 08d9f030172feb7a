"""What is copied about patients: no more than the list shows, and marked so that clipboard histories keep out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tracker.ui.clipboard import copy_private
from tracker.ui.models.record_table_model import Column
from tracker.ui.widgets.record_table import RecordTable


@pytest.fixture
def table(qtbot: QtBot, app: object) -> RecordTable:
    columns = (
        Column("Name", lambda row: row[0]),
        Column("Number", lambda row: row[1], lambda row: f"…{row[1][-4:]}", drops=1),
    )
    made = RecordTable(columns, name="A list")
    qtbot.addWidget(made)
    made.set_rows([("Ann", "1234567890")])
    return made


def kept_out() -> bool:
    data = QGuiApplication.clipboard().mimeData()
    return bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_that_a_copied_list_holds_what_its_columns_show_and_histories_keep_out(
    table: RecordTable, qtbot: QtBot
) -> None:
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Name\tNumber\nAnn\t…7890"
    assert kept_out()
    table.choice.hide([1])
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Name\nAnn"


def test_that_a_text_about_a_patient_is_marked_too(app: object) -> None:
    copy_private("Ann, born 07/02/1951")
    assert QGuiApplication.clipboard().text() == "Ann, born 07/02/1951"
    assert kept_out()


def test_that_what_was_copied_holds_nothing_else(app: object) -> None:
    copy_private("Ann, born 07/02/1951")
    kinds = QGuiApplication.clipboard().mimeData().formats()
    assert [kind for kind in kinds if "model" in kind] == []


LEAVES_A_TEXT = """
from PySide6.QtGui import QGuiApplication
from tracker.ui.clipboard import copy_private
app = QGuiApplication([])
copy_private("Ann, born 07/02/1951")
"""


def test_that_the_program_ends_well_with_a_text_on_the_clipboard() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", LEAVES_A_TEXT], cwd=root, env=environment, check=False)
    assert ended.returncode == 0
