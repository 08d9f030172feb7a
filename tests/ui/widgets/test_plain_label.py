"""A label that is told elsewhere too stands whole or not at all; others are cut with a mark."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui import theme
from tracker.ui.widgets.plain_label import PlainLabel

WORDS = "Meets the published limits as assumed; no promise of payment."


def inks(label: PlainLabel) -> int:
    """Return how many colours the label shows: one where nothing is written."""
    image = label.grab().toImage()
    return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())})


def test_that_a_label_which_may_go_is_never_cut(app: object, qtbot: QtBot) -> None:
    label = PlainLabel(WORDS, "caption", whole=True)
    qtbot.addWidget(label)
    wide = theme.text_width(WORDS, "caption")

    label.resize(wide + 4, 20)
    assert inks(label) > 1
    label.resize(wide - 20, 20)
    assert inks(label) == 1
    assert WORDS in label.toolTip()


def test_that_another_label_is_cut_with_a_mark(app: object, qtbot: QtBot) -> None:
    label = PlainLabel(WORDS, "caption", elide=True)
    qtbot.addWidget(label)

    label.resize(theme.text_width(WORDS, "caption") - 20, 20)

    assert inks(label) > 1


LONG = "Two of four sessions are used, 11/25/2025 to 11/24/2026; the next one may be given on Friday, 02/19/2027. " * 3


def shown(qtbot: QtBot, text: str = LONG) -> PlainLabel:
    label = PlainLabel(text, wrap=True, selectable=True)
    qtbot.addWidget(label)
    label.resize(260, label.heightForWidth(260))
    with qtbot.waitExposed(label):
        label.show()
    QApplication.processEvents()
    return label


def select(qtbot: QtBot, label: PlainLabel) -> None:
    qtbot.mouseMove(label, QPoint(2, 5))
    qtbot.mousePress(label, Qt.MouseButton.LeftButton, pos=QPoint(1, 5))
    qtbot.mouseMove(label, label.rect().bottomRight())
    far = QPointF(label.rect().bottomRight())
    left, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(label, QMouseEvent(QEvent.Type.MouseMove, far, label.mapToGlobal(far), left, left, keys))
    qtbot.mouseRelease(label, left, pos=label.rect().bottomRight())


def test_that_the_text_can_be_selected_with_the_mouse(app: object, qtbot: QtBot) -> None:
    label = shown(qtbot)
    select(qtbot, label)
    assert label.selectedText().startswith("Two of four") or label.selectedText().startswith("wo of four")


def test_that_another_text_is_no_longer_selected_and_can_be(app: object, qtbot: QtBot) -> None:
    label = shown(qtbot)
    select(qtbot, label)
    label.setText("Nothing stands in the way, and nothing else is asked for.")
    assert not label.selectedText()
    select(qtbot, label)
    assert "othing stands" in label.selectedText()


def test_that_nothing_moves_when_the_pointer_comes(app: object, qtbot: QtBot) -> None:
    label = shown(qtbot)
    before = label.sizeHint(), label.minimumSizeHint(), [label.heightForWidth(width) for width in range(120, 700, 20)]
    qtbot.mousePress(label, Qt.MouseButton.LeftButton, pos=QPoint(1, 5))
    after = label.sizeHint(), label.minimumSizeHint(), [label.heightForWidth(width) for width in range(120, 700, 20)]
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert before == after


def test_that_a_label_asks_for_room_by_its_new_text_after_it_was_selected(app: object, qtbot: QtBot) -> None:
    label = shown(qtbot)
    select(qtbot, label)
    label.setText("Short")
    assert label.sizeHint() == PlainLabel("Short", wrap=True).sizeHint()


def test_that_a_new_text_is_painted_once(app: object, qtbot: QtBot) -> None:
    label = shown(qtbot)
    seen = Paints(label)
    label.setText(LONG[:80])
    for _ in range(5):
        QApplication.processEvents()
    assert seen.count == 1


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False
