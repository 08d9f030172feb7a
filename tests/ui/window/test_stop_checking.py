"""Who works by keys stops the check of coming visits from the menu or the palette, as long as one goes on."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tests.ui.small_pages import SMALL_PAGES
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.page import PageContext


def test_that_the_act_is_on_while_a_check_lasts_and_asks_for_its_end(context: PageContext, qtbot: QtBot) -> None:
    window = MainWindow(context, SMALL_PAGES)
    qtbot.addWidget(window)
    stop = window.registry.action("stop checking")
    assert not stop.isEnabled()
    window.rechecking.start()
    window.rechecking.progressed.emit("Checking coming visits: 1 of 3")
    assert stop.isEnabled()

    with qtbot.waitSignal(window.rechecking.given_up):
        stop.trigger()

    assert not stop.isEnabled()
    assert window.status_line.sentence().startswith("Stopped: ")


def test_that_what_changed_everything_can_still_be_undone_when_the_check_was_stopped(
    context: PageContext, qtbot: QtBot, settle: Settle
) -> None:
    window = MainWindow(context, SMALL_PAGES)
    qtbot.addWidget(window)
    desk = context.services.desk
    before = desk.settings()
    window.show_done(desk.change_settings(replace(before, name="Vine Street Spine")))
    settle()

    window.rechecking.given_up.emit("Stopped: 1 of 3.")

    assert window.status_line.sentence().startswith("Stopped: 1 of 3. ")
    window.status_line.undo()
    settle()
    assert desk.settings() == before


def test_that_what_was_said_of_a_stop_goes_once_the_rest_is_checked(
    context: PageContext, qtbot: QtBot, settle: Settle
) -> None:
    window = MainWindow(context, SMALL_PAGES)
    qtbot.addWidget(window)
    desk = context.services.desk
    window.show_done(desk.change_settings(replace(desk.settings(), name="Vine Street Spine")))
    settle()
    said = window.status_line.sentence()
    window.rechecking.given_up.emit("Stopped: 1 of 3.")
    assert window.status_line.sentence() == f"Stopped: 1 of 3. {said}"

    context.notifier.rechecked.emit(context.services.recheck.all())

    assert window.status_line.sentence() == said
    assert window.status_line.offers_undo()
