"""Behaviour of the picture of the spine: keys, clicks, what it says, and that all its places are one stop of Tab."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from tracker.domain.anatomy import LEVELS, Side, Target
from tracker.domain.level_entry import parse_levels, written
from tracker.domain.procedure import Sites, TargetKind
from tracker.services.answers.site_marks import SiteMark, SpineMarks, targets_of
from tracker.ui.spine.panel import SpinePanel
from tracker.ui.spine.picker import SpinePicker
from tracker.ui.spine.place_card import PlaceCard
from tracker.ui.widgets.plain_label import PlainLabel

KEY = Qt.Key


def site(level: str, side: Side) -> Target:
    return Target(LEVELS[level], side)


@pytest.fixture
def picker(qtbot: QtBot) -> SpinePicker:
    made = SpinePicker()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def press(qtbot: QtBot, picker: SpinePicker, *keys: Qt.Key | str, shift: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    for key in keys:
        target = picker.focusWidget() or picker
        if isinstance(key, str):
            qtbot.keyClicks(target, key)
        else:
            qtbot.keyClick(target, key, modifier)


def chosen(picker: SpinePicker) -> str:
    return written(picker.sites())


def test_that_typed_levels_show_in_the_picture_and_say_nothing_back(picker: SpinePicker, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(picker.changed):
        picker.set_sites(parse_levels("l45b l5s1r", "facet"))

    assert picker.button(site("L4-L5", Side.LEFT)).isChecked()
    assert picker.button(site("L5-S1", Side.RIGHT)).isChecked()
    assert not picker.button(site("L5-S1", Side.LEFT)).isChecked()
    assert chosen(picker) == "l45b l5s1r"


def test_that_a_click_chooses_and_tells_the_sites(picker: SpinePicker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(picker.changed) as told:
        qtbot.mouseClick(picker.button(site("L3-L4", Side.RIGHT)), Qt.MouseButton.LeftButton)

    assert told.args is not None
    assert isinstance(told.args[0], Sites)
    assert written(told.args[0]) == "l34r"


def test_that_arrows_move_and_space_chooses(picker: SpinePicker, qtbot: QtBot) -> None:
    press(qtbot, picker, KEY.Key_Down, KEY.Key_Down, KEY.Key_Right, KEY.Key_Space)
    assert chosen(picker) == "l34r"
    press(qtbot, picker, KEY.Key_Space)
    assert chosen(picker) == ""


def test_that_b_takes_both_sides_m_mirrors_and_c_clears(picker: SpinePicker, qtbot: QtBot) -> None:
    press(qtbot, picker, KEY.Key_B)
    assert chosen(picker) == "l12b"
    press(qtbot, picker, KEY.Key_C, KEY.Key_Down, KEY.Key_Space, KEY.Key_M)
    assert chosen(picker) == "l23b"


def test_that_shift_and_an_arrow_take_neighbours_too(picker: SpinePicker, qtbot: QtBot) -> None:
    press(qtbot, picker, KEY.Key_Down, shift=True)
    assert chosen(picker) == "l12l l23l"


def test_that_digits_jump_to_a_level(picker: SpinePicker, qtbot: QtBot) -> None:
    press(qtbot, picker, "45", KEY.Key_Space)
    assert chosen(picker) == "l45l"


def test_that_the_keys_do_not_wrap_at_the_ends(picker: SpinePicker, qtbot: QtBot) -> None:
    press(qtbot, picker, KEY.Key_Up, KEY.Key_Space)
    assert chosen(picker) == "l12l"
    press(qtbot, picker, KEY.Key_End, KEY.Key_Down, KEY.Key_Space)
    assert chosen(picker) == "l12l l5s1l"


def test_that_brackets_turn_to_other_parts_and_keep_the_choice(picker: SpinePicker, qtbot: QtBot) -> None:
    press(qtbot, picker, KEY.Key_Space, KEY.Key_BracketLeft)
    assert picker.view().part == "T"
    press(qtbot, picker, KEY.Key_Space)
    assert chosen(picker) == "t12l l12l"


def test_that_another_part_is_entered_on_the_side_that_the_keys_were_on(picker: SpinePicker, qtbot: QtBot) -> None:
    press(qtbot, picker, KEY.Key_Right, KEY.Key_BracketLeft, KEY.Key_Space)
    assert chosen(picker) == "t12r"


def test_that_another_kind_of_procedure_drops_what_cannot_be(picker: SpinePicker) -> None:
    picker.set_sites(parse_levels("l45b", "facet"))
    picker.set_kind(TargetKind.SI)

    assert chosen(picker) == ""
    assert picker.button(site("SI", Side.LEFT)).isEnabled()
    assert not picker.button(site("L4-L5", Side.LEFT)).isEnabled()


def test_that_a_place_out_of_reach_cannot_be_clicked(picker: SpinePicker, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(picker.changed):
        qtbot.mouseClick(picker.button(site("SI", Side.LEFT)), Qt.MouseButton.LeftButton)
    assert chosen(picker) == ""


@pytest.mark.parametrize("kind", [TargetKind.FACET, TargetKind.FORAMEN, TargetKind.INTERSPACE, TargetKind.SI])
def test_that_every_place_of_every_kind_can_be_chosen_somewhere(kind: TargetKind, picker: SpinePicker) -> None:
    picker.set_kind(kind)
    seen = set()
    for part in "CTL":
        picker.set_part(part)
        seen |= {target for target in picker.view().targets() if picker.button(target).isEnabled()}

    assert seen == set(targets_of(kind))


def test_that_a_screen_reader_hears_place_and_state(picker: SpinePicker) -> None:
    target = site("L4-L5", Side.LEFT)
    picker.set_marks(SpineMarks((SiteMark(target, 2, True, False, date(2027, 3, 14), ()),)))

    heard = QAccessible.queryAccessibleInterface(picker.button(target))

    assert heard.text(QAccessible.Text.Name) == "L4-5 left, 2 in 12 months, closed until Sun 03/14/2027"
    assert heard.role() == QAccessible.Role.CheckBox


def test_that_the_panel_tells_about_the_place_and_the_full_region(qtbot: QtBot) -> None:
    panel = SpinePanel()
    qtbot.addWidget(panel)
    panel.show()
    target = site("L4-L5", Side.RIGHT)
    panel.set_marks(SpineMarks((SiteMark(target, 1, False, True, None, ("06/15/2026 MBB, 85 %",)),), "4 of 4 sessions"))
    panel.set_sites(parse_levels("l45r", "facet"))

    assert panel.card.place.text() == "L4-5 right"
    assert panel.card.chosen.text() == "chosen"
    assert panel.card.nerves.text() == "nerves L3, L4"
    assert panel.card.told.text().splitlines() == ["06/15/2026 MBB, 85 %", "1 in 12 months, one more is the last."]
    assert panel.full.isVisible()


def test_that_the_panel_says_when_one_session_is_left_in_the_region(qtbot: QtBot) -> None:
    panel = SpinePanel()
    qtbot.addWidget(panel)
    panel.show()
    free = panel.picker.grab().toImage()
    panel.set_marks(SpineMarks(nearly="3 of 4 sessions"))
    assert (panel.last.isVisible(), panel.full.isVisible()) == (True, False)
    assert panel.picker.grab().toImage() != free


def test_that_nothing_is_said_of_a_place_while_no_procedure_is_chosen(qtbot: QtBot) -> None:
    panel = SpinePanel()
    qtbot.addWidget(panel)
    panel.picker.setEnabled(False)
    panel.set_kind(TargetKind.FORAMEN)
    assert (panel.card.place.text(), panel.card.told.text()) == ("", "")


def test_that_keys_of_sides_are_named_only_where_there_are_sides(qtbot: QtBot) -> None:
    panel = SpinePanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_kind(TargetKind.INTERSPACE)
    words = [label.text() for label in panel.findChildren(PlainLabel) if label.isVisible()]
    assert "mirror" not in words
    panel.set_kind(TargetKind.FACET)
    words = [label.text() for label in panel.findChildren(PlainLabel) if label.isVisible()]
    assert "mirror" in words


def test_that_the_card_keeps_the_capitals_of_a_day(picker: SpinePicker, qtbot: QtBot) -> None:
    target = site("L4-L5", Side.LEFT)
    picker.set_marks(SpineMarks((SiteMark(target, 2, True, False, date(2027, 3, 14), ()),)))
    card = PlaceCard()
    qtbot.addWidget(card)

    card.show_button(picker.button(target), TargetKind.FACET)

    assert card.told.text().endswith("2 in 12 months, closed until Sun 03/14/2027.")
