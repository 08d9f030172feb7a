"""The bar of Check and book in small windows: what gives way, and that no button is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui.check.act_bar import ActBar
from tracker.ui.check.next_act import PROMISE, Kind, NextAct
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.plain_label import PlainLabel

HELD = NextAct(Kind.NONE, "Book", "needs an authorization", reason_wanted=True, hold_text="Book on hold Tue 12/15/2026")


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[ActBar]:
    page = QWidget()  # a window of its own would not become narrower than its buttons
    qtbot.addWidget(page)
    bar = ActBar(page)
    page.show()
    yield bar
    page.hide()


@pytest.mark.parametrize("width", [636, 740, 900, 1190])
def test_that_no_button_is_cut(bar: ActBar, width: int) -> None:
    bar.resize(width, 54)
    bar.show_act(HELD, may_pin=True)
    QApplication.processEvents()

    for button in bar.findChildren(ActionButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()


def test_that_the_pinboards_button_comes_back_with_the_room(bar: ActBar) -> None:
    bar.resize(580, 54)
    bar.show_act(HELD, may_pin=True)
    QApplication.processEvents()
    assert bar.pin.isHidden()

    bar.resize(1190, 54)
    QApplication.processEvents()
    assert bar.pin.isVisible()


class Counted(QObject):
    """Counts what is laid out and painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QEvent.Type] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Paint):
            self.seen.append(event.type())
        return False


@pytest.mark.parametrize("width", [636, 1190])
def test_that_the_same_act_again_lays_out_and_paints_nothing(bar: ActBar, width: int, qapp: QApplication) -> None:
    bar.resize(width, 54)
    bar.show_act(HELD, may_pin=True)
    for _ in range(3):
        QApplication.processEvents()
    counted = Counted()
    qapp.installEventFilter(counted)
    try:
        bar.show_act(HELD, may_pin=True)
        QApplication.processEvents()
        again = tuple(counted.seen)
        bar.show_act(NextAct(Kind.BOOK, "Book on Wed 01/13/2027"), may_pin=True)
        QApplication.processEvents()
    finally:
        qapp.removeEventFilter(counted)
    assert again == ()
    assert counted.seen


@pytest.mark.parametrize(("width", "said"), [(636, ""), (1190, PROMISE)])
def test_that_the_promise_stands_whole_or_not_at_all(bar: ActBar, width: int, said: str) -> None:
    bar.resize(width, 54)
    bar.show_act(NextAct(Kind.BOOK, "Book on Wed 01/13/2027"), may_pin=True)
    QApplication.processEvents()

    assert [label.text() for label in bar.findChildren(PlainLabel)] == [said]
