"""The desk locks after the clinic's own minutes, and what was copied here is taken away after its seconds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tests.ui.start.test_idle_watch import MovingClock
from tracker.domain.privacy import Privacy
from tracker.ui.pages.page import PageContext
from tracker.ui.start.idle_watch import IdleWatch
from tracker.ui.start.privacy_keeper import PrivacyKeeper
from tracker.ui.widgets.fields import LineField


@pytest.fixture
def field(qtbot: QtBot) -> LineField:
    """A field in a window with the focus: what is copied is copied here."""
    made = LineField(name="Words")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.setText("Whitaker 07/02/1951")
    return made


def change(context: PageContext, wanted: Privacy, settle: Settle) -> None:
    context.notifier.publish(context.services.clinic_settings.change_privacy(wanted).changes)
    settle()


def test_that_the_watch_waits_as_long_as_the_clinic_says_also_after_a_change(
    context: PageContext, settle: Settle, qtbot: QtBot
) -> None:
    moving = MovingClock()
    watch = IdleWatch(moving)
    keeper = PrivacyKeeper(context, watch)
    keeper.load()
    settle()
    moving.passed = timedelta(minutes=9)
    with qtbot.assertNotEmitted(watch.idle):
        watch.look()
    change(context, Privacy(5), settle)
    with qtbot.waitSignal(watch.idle):
        watch.look()


def test_that_what_was_copied_here_is_gone_after_its_seconds(
    context: PageContext, settle: Settle, field: LineField, qtbot: QtBot
) -> None:
    keeper = PrivacyKeeper(context, IdleWatch(MovingClock()))
    change(context, Privacy(clipboard_seconds=1), settle)
    field.selectAll()
    field.copy()
    assert QGuiApplication.clipboard().text() == "Whitaker 07/02/1951"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")
    assert keeper.parent() is None


def test_that_what_was_copied_is_gone_at_once_when_the_desk_locks_but_not_what_came_after(
    context: PageContext, field: LineField, qtbot: QtBot
) -> None:
    keeper = PrivacyKeeper(context, IdleWatch(MovingClock()))
    field.selectAll()
    field.copy()
    keeper.clear_clipboard()
    assert QGuiApplication.clipboard().text() == ""
    field.copy()
    field.close()  # another program has the focus now
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is None)
    QGuiApplication.clipboard().setText("from elsewhere")
    keeper.clear_clipboard()
    assert QGuiApplication.clipboard().text() == "from elsewhere"


def test_that_nothing_is_taken_away_where_the_clinic_wants_it_left(
    context: PageContext, settle: Settle, field: LineField
) -> None:
    keeper = PrivacyKeeper(context, IdleWatch(MovingClock()))
    change(context, Privacy(clipboard_seconds=0), settle)
    field.selectAll()
    field.copy()
    keeper.clear_clipboard()
    assert QGuiApplication.clipboard().text() == "Whitaker 07/02/1951"
