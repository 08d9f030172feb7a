"""The facts at the right of the status line are those of now."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tests.ui.small_pages import SMALL_PAGES
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.status_line import StatusLine


def test_that_the_clinics_new_name_stands_there_at_once_and_the_old_one_after_undo(
    context: PageContext, qtbot: QtBot, settle: Settle
) -> None:
    window = MainWindow(context, SMALL_PAGES)
    qtbot.addWidget(window)
    desk = context.services.desk
    before = desk.settings()
    window.show_done(desk.change_settings(replace(before, name="Vine Street Spine")))
    settle()
    assert ("", "Vine Street Spine") in window.status_line.facts()
    window.status_line.undo()
    settle()
    assert ("", before.name) in window.status_line.facts()


FACTS = (("book", "Rules 2026-11, 54 policies"), ("", "Vine Street Spine"), ("user", "Ana"))
LONG = "Changed for this clinic: at most 1 epidural session per region in any 12 months. " * 3


@pytest.mark.parametrize("background", ["", "Checking coming visits: 2,375 of 9,490"])
def test_that_a_long_sentence_is_cut_before_the_facts_are(qtbot: QtBot, background: str) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(1366, line.height())
    line.set_facts(FACTS)
    line.show()

    line.show_sentence(LONG, "token")
    line.show_background(background)
    qtbot.wait(0)

    facts = [each for each in line.findChildren(PlainLabel) if each.text() in {text for _icon, text in FACTS}]
    assert len(facts) == len(FACTS)
    assert all(each.width() >= each.sizeHint().width() for each in facts)


def test_that_the_undo_stands_right_behind_a_short_sentence(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(1366, line.height())
    line.set_facts(FACTS)
    line.show()

    line.show_sentence("Booked.", "token")
    qtbot.wait(0)

    (said,) = (each for each in line.findChildren(PlainLabel) if each.text() == "Booked.")
    qtbot.waitUntil(lambda: said.width() == said.sizeHint().width())
    assert line.undo_button.mapTo(line, QPoint()).x() - said.geometry().right() < 12


def test_that_facts_without_room_are_left_out_and_come_back_and_never_widen_the_window(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(683, line.height())
    line.set_facts(FACTS)
    line.show()
    marks = [each for each in line.findChildren(PlainLabel) if each.text() in {text for _icon, text in FACTS}]

    line.show_sentence(LONG, "token")
    line.show_background("Checking coming visits: 2,375 of 9,490")
    qtbot.wait(0)
    shown = [each for each in marks if each.isVisible()]
    assert [each.text() for each in shown] == ["Ana"]
    assert all(each.width() >= each.sizeHint().width() for each in shown)
    assert line.minimumSizeHint().width() == 0

    line.show_sentence("")
    line.show_background("")
    assert all(each.isVisible() for each in marks)
