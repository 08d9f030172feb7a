"""What has the focus by keys stays in sight, also when the content above it comes late."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui.widgets.scroll_column import ScrollColumn


@pytest.fixture
def area(qtbot: QtBot) -> ScrollColumn:
    """Five buttons of which two are in sight."""
    made = ScrollColumn()
    qtbot.addWidget(made)
    for number in range(5):
        button = QPushButton(str(number), made.widget())
        button.setFixedHeight(60)
        made.column.addWidget(button)
    made.resize(300, 130)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def buttons(area: ScrollColumn) -> list[QPushButton]:
    return area.findChildren(QPushButton)


def seen(widget: QWidget) -> int:
    return widget.visibleRegion().boundingRect().height()


def come_late(area: ScrollColumn) -> None:
    """Put something tall above everything, as an answer does that arrives."""
    late = QWidget(area.widget())
    late.setFixedHeight(400)
    area.column.insertWidget(0, late)


def test_that_what_keys_put_the_focus_on_is_scrolled_to(area: ScrollColumn, qtbot: QtBot) -> None:
    buttons(area)[4].setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.waitUntil(lambda: seen(buttons(area)[4]) == 60)


def test_that_it_stays_in_sight_when_content_comes_late(area: ScrollColumn, qtbot: QtBot) -> None:
    buttons(area)[1].setFocus(Qt.FocusReason.TabFocusReason)
    come_late(area)

    qtbot.waitUntil(lambda: area.widget().height() >= 700)
    qtbot.waitUntil(lambda: seen(buttons(area)[1]) == 60)


def test_that_whoever_scrolled_away_is_left_where_they_are(area: ScrollColumn, qtbot: QtBot) -> None:
    buttons(area)[0].setFocus(Qt.FocusReason.TabFocusReason)
    middle = QPointF(area.viewport().rect().center())
    wheel = QWheelEvent(
        middle, area.viewport().mapToGlobal(middle), QPoint(), QPoint(0, -480), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(area.viewport(), wheel)
    place = area.verticalScrollBar().value()
    assert place > 0
    come_late(area)

    qtbot.waitUntil(lambda: area.widget().height() >= 700)
    QApplication.processEvents()
    assert area.verticalScrollBar().value() == place
