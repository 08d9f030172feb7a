"""The watch over an idle desk looks at the clock, and at keys and mouse."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tracker.ui.start.idle_watch import IdleWatch


class MovingClock(FixedClock):
    """A clock whose minutes are set by hand."""

    def __init__(self) -> None:
        super().__init__(date(2026, 11, 24))
        self.passed = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.passed


@pytest.fixture
def moving() -> MovingClock:
    return MovingClock()


def test_that_it_tells_once_when_the_time_is_over(moving: MovingClock, qtbot: QtBot) -> None:
    watch, told = IdleWatch(moving), []
    watch.idle.connect(lambda: told.append(moving.passed))

    for minutes in (5, 10, 11, 12):
        moving.passed = timedelta(minutes=minutes)
        watch.look()

    assert told == [timedelta(minutes=11)]


def test_that_setting_the_clock_back_locks_nobody_out(moving: MovingClock, qtbot: QtBot) -> None:
    watch = IdleWatch(moving)
    moving.passed = timedelta(hours=-3)

    with qtbot.assertNotEmitted(watch.idle):
        watch.look()
        moving.passed += timedelta(minutes=9)
        watch.look()


def test_that_keys_and_mouse_begin_the_time_anew(moving: MovingClock, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    watch = IdleWatch(moving)
    watch.start()
    handle = field.windowHandle()

    with qtbot.assertNotEmitted(watch.idle):
        moving.passed = timedelta(minutes=9)
        QTest.keyClick(handle, Qt.Key.Key_A)
        moving.passed = timedelta(minutes=18)
        watch.look()
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
        moving.passed = timedelta(minutes=27)
        watch.look()
    watch.stop()


def test_that_the_first_touch_after_a_long_sleep_locks(moving: MovingClock, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    watch = IdleWatch(moving)
    watch.start()
    moving.passed = timedelta(hours=8)

    with qtbot.waitSignal(watch.idle):
        QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    watch.stop()
