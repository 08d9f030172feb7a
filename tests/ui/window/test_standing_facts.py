"""The facts at the right of the status line are those of now."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tests.ui.small_pages import SMALL_PAGES
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.page import PageContext


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
