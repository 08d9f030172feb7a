"""Buttons and chips with less room than their words need, as in another language or at twice the size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui import theme
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.chips import Chip, ChipRow


def edges(widget: QWidget, ground: str) -> int:
    """Return how many points right inside the left and right edges are not of the ground."""
    picture = widget.grab().toImage()
    wanted = QColor(theme.color(ground)).name()
    columns = (2, 3, widget.width() - 4, widget.width() - 3)
    return sum(
        picture.pixelColor(QPoint(x, y)).name() != wanted for x in columns for y in range(8, widget.height() - 8)
    )


@pytest.mark.parametrize("share", [0.9, 0.75, 0.5, 0.3])
def test_that_words_never_touch_the_edges_of_a_button(qapp: QApplication, qtbot: QtBot, share: float) -> None:
    theme.apply(qapp, "light")
    button = ActionButton("Guardar como PDF…", key="Ctrl+S", icon="printer")
    qtbot.addWidget(button)
    button.setFixedSize(int(button.sizeHint().width() * share), 30)
    button.show()

    assert edges(button, "ctl") == 0


@pytest.mark.parametrize("share", [0.9, 0.7])
def test_that_words_never_touch_the_edges_of_a_chip(qapp: QApplication, qtbot: QtBot, share: float) -> None:
    theme.apply(qapp, "light")
    chip = Chip("Sin autorización", 12)
    qtbot.addWidget(chip)
    chip.setFixedSize(int(chip.sizeHint().width() * share), 26)
    chip.show()

    assert edges(chip, "ctl") == 0


def test_that_chips_stand_closer_together_before_the_words_of_one_are_cut(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    row = ChipRow((("a", "All"), ("b", "Needs authorization")))
    qtbot.addWidget(row)
    wanted = row.sizeHint().width()
    row.resize(wanted - 12, 26)
    row.show()

    assert row.chip("b").width() >= row.chip("b").minimumSizeHint().width()
    assert row.chip("a").width() < row.chip("a").sizeHint().width()


def words_width(widget: QWidget) -> int:
    """Return how many columns the words span."""
    picture = widget.grab().toImage()
    ground = picture.pixelColor(0, 0)
    inked = [
        x for x in range(picture.width()) if any(picture.pixelColor(x, y) != ground for y in range(picture.height()))
    ]
    return inked[-1] - inked[0]


@pytest.mark.parametrize("words", ["Undo", "Not now", "Deshacer"])
def test_that_the_words_of_a_link_are_whole_at_its_own_size(qapp: QApplication, qtbot: QtBot, words: str) -> None:
    theme.apply(qapp, "light")
    link = ActionButton(words, kind="link", small=True)
    qtbot.addWidget(link)
    link.setFixedSize(link.sizeHint())
    own = words_width(link)
    link.setFixedSize(link.sizeHint().width() + 60, link.height())

    assert own == words_width(link)


def test_that_buttons_that_may_shrink_come_closer_to_their_words_before_one_is_cut(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, "light")
    bar = QWidget()
    qtbot.addWidget(bar)
    row = QHBoxLayout(bar)
    row.setContentsMargins(0, 0, 0, 0)
    buttons = [ActionButton(words, bar) for words in ("Role…", "A new password…", "Recovery code…")]
    for button in buttons:
        button.let_shrink()
        row.addWidget(button)
    wanted = sum(button.sizeHint().width() for button in buttons) + 2 * row.spacing()
    bar.resize(wanted - 30, 30)
    bar.show()

    assert not any(button.is_cut() for button in buttons)
    assert sum(button.width() for button in buttons) + 2 * row.spacing() <= bar.width()
