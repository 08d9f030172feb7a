"""A field with a list to choose from: the wheel is the form's."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.scroll_column import ScrollColumn


def test_that_the_wheel_over_a_field_is_left_to_the_form_and_chooses_nothing(app: QApplication, qtbot: QtBot) -> None:
    area = ScrollColumn()
    qtbot.addWidget(area)
    fields = [ChoiceField([Choice("a", "Medicare"), Choice("b", "Cigna")], area.widget()) for _ in range(9)]
    for field in fields:
        area.column.addWidget(field)
    area.resize(300, 100)
    with qtbot.waitActive(area):
        area.show()
    fields[0].setFocus()
    chosen: list[object] = []
    fields[0].chosen.connect(chosen.append)

    middle = QPointF(fields[0].rect().center())
    wheel = QWheelEvent(
        middle, fields[0].mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(fields[0], wheel)

    assert (fields[0].value(), chosen) == ("a", [])
    assert not wheel.isAccepted()
