"""A label that is told elsewhere too stands whole or not at all; others are cut with a mark."""

from __future__ import annotations

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
