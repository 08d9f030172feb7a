"""What stays true to the eye where parts meet, and where there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui import theme
from tracker.ui.delegates.row_delegate import meet_line
from tracker.ui.models.record_table_model import Column
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.panel_table import PanelTable
from tracker.ui.widgets.pick_field import Pick, PickField
from tracker.ui.widgets.plain_label import PlainLabel

PAYERS = (Pick("medicare", "Medicare"), Pick("cigna", "Cigna"))


def picture(widget: QWidget) -> QImage:
    widget.show()
    QApplication.processEvents()
    return widget.grab().toImage()


def inked(image: QImage, left: int, right: int) -> bool:
    """Tell whether something else than one ground stands between these columns, edges left out."""
    middle = range(6, image.height() - 6)
    return len({image.pixel(x, y) for x in range(left, right) for y in middle}) > 1


@pytest.mark.parametrize("meets", [False, True], ids=["alone", "above a line"])
def test_that_a_table_above_a_line_ends_without_one_of_its_own(meets: bool, qtbot: QtBot) -> None:
    table = PanelTable((Column("Name", lambda row: row),), name="Names", sortable=False)
    qtbot.addWidget(table)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a ring would lie on the lines
    if meets:
        meet_line(table)
    table.set_rows(("Ruiz", "Cho"))
    table.resize(200, table.sizeHint().height())
    image = picture(table)
    head, row = table.horizontalHeader().height(), table.rowHeight(0)
    ends = [QColor(image.pixel(100, head + place * row - 1)) for place in (1, 2)]

    assert ends[0] == theme.color("line")
    assert (ends[1] == theme.color("line")) is not meets


def test_that_a_field_that_offers_a_list_shows_the_mark_of_one_and_keeps_its_words_clear_of_it(qtbot: QtBot) -> None:
    field = PickField(name="Payer")
    field.set_picks(PAYERS)
    qtbot.addWidget(field)
    field.resize(200, 30)

    assert inked(picture(field), 176, 188)
    assert field.textMargins().right() >= 12
    field.set_value("cigna")
    field.set_echo("PPO")
    assert field.textMargins().right() >= 12 + theme.text_width("PPO", "caption")


CHOICES = (Choice(0, "All"), Choice(1, "Okonkwo-Lee, Susan MD"))


@pytest.mark.parametrize(
    ("width", "value", "same"),
    [(260, 1, "neither"), (150, 1, "chosen"), (80, 0, "label")],
    ids=["both have room", "somebody is chosen", "nobody is chosen"],
)
def test_that_where_a_word_and_a_choice_have_no_room_the_one_that_tells_more_stands(
    width: int, value: int, same: str, qtbot: QtBot
) -> None:
    def drawn(label: str, text: str) -> QImage:
        field = ChoiceField((CHOICES[0], Choice(1, text)) if value else (Choice(0, text), CHOICES[1]), name="Provider")
        field.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # none is ringed
        field.set_label(label)
        field.set_value(value)
        qtbot.addWidget(field)
        field.resize(width, 30)
        return picture(field)

    whole = drawn("Provider", CHOICES[value].text)
    alike = {"chosen": drawn("", CHOICES[value].text) == whole, "label": drawn("Provider", "None at all") == whole}

    assert {name for name, is_alike in alike.items() if is_alike} == ({same} - {"neither"})


def test_that_a_field_in_place_of_the_title_begins_at_the_margin(qtbot: QtBot) -> None:
    head, field = PageHead("Rules"), QWidget()
    qtbot.addWidget(head)
    head.add_beside(field)
    for part in (head.title, head.beside):
        part.hide()
    head.resize(400, 52)
    picture(head)

    assert field.mapTo(head, QPoint(0, 0)).x() == 16


def test_that_hints_of_keys_are_whole_or_left_out_and_come_back(app: QApplication, qtbot: QtBot) -> None:
    hints = KeyHints((("E", "edit"), ("A", "add after"), ("Del", "take out")))
    qtbot.addWidget(hints)
    hints.show()
    hints.resize(hints.sizeHint())
    whole = [label.isVisible() for label in hints.findChildren(PlainLabel)]
    hints.resize(hints.sizeHint().width() - 10, hints.height())
    narrow = [label.isVisible() for label in hints.findChildren(PlainLabel)]
    hints.resize(hints.sizeHint())

    assert whole == [True, True, True]
    assert narrow == [True, True, False]
    assert [label.isVisible() for label in hints.findChildren(PlainLabel)] == whole
    assert hints.minimumSizeHint().width() < hints.sizeHint().width() / 2
