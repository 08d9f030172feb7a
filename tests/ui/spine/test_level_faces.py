"""The same levels another way: heat of the history, exchanged sides, upper joints, the table, and the card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tracker.domain.anatomy import LEVELS, Side, Target
from tracker.domain.level_entry import parse_levels, written
from tracker.domain.procedure import Sites, TargetKind
from tracker.services.answers.site_marks import Heat, SiteMark, SpineMarks, targets_of
from tracker.ui.spine.heat import HeatMode, ramp
from tracker.ui.spine.panel import SpinePanel
from tracker.ui.spine.picker import SpinePicker
from tracker.ui.spine.rows import Layout
from tracker.ui.widgets.plain_label import PlainLabel

KEY = Qt.Key
LEFT, RIGHT = (Target(LEVELS["L4-L5"], side) for side in (Side.LEFT, Side.RIGHT))
NECK = Target(LEVELS["C5-C6"], Side.LEFT)
USED = SiteMark(
    RIGHT, 1, False, False, date(2027, 1, 13), ("06/15/2026 MBB, right, 85%",), date(2026, 6, 15),
    "1 of 2 sessions used, L4-5 right", "next free Wed 01/13/2027", "Two sessions a joint in 12 months.",
)  # fmt: skip
MARKS = SpineMarks((USED, replace(USED, target=LEFT, used=0)), "", {RIGHT: Heat(1, 5), NECK: Heat(0, 2)})


@pytest.fixture
def panel(qtbot: QtBot) -> SpinePanel:
    made = SpinePanel()
    qtbot.addWidget(made)
    made.resize(452, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.set_marks(MARKS)
    return made


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_that_h_turns_from_the_window_to_everything_on_file_to_nothing(panel: SpinePanel, qtbot: QtBot) -> None:
    panel.picker.setFocus()
    button = panel.picker.button(RIGHT)
    assert button.figure() == "1"
    press(qtbot, KEY.Key_H)
    assert panel.picker.heat_mode() is HeatMode.EVER
    assert button.figure() == "5"
    assert "5 ever on file" in button.accessibleName()
    press(qtbot, KEY.Key_H)
    assert button.figure() == ""
    press(qtbot, KEY.Key_H)
    assert panel.picker.heat_mode() is HeatMode.WINDOW


def test_that_the_ramp_has_a_step_for_one_two_three_and_five(panel: SpinePanel) -> None:
    steps = [ramp(count) for count in range(7)]

    assert steps[0] is None
    assert steps[3] == steps[4]
    assert steps[5] == steps[6]
    assert len({step.name() for step in steps if step is not None}) == 4


def test_that_the_small_spine_tells_the_heat_of_parts_that_are_not_in_view(panel: SpinePanel, qtbot: QtBot) -> None:
    mini = panel.picker.mini
    assert mini.accessibleName() == "Whole spine, 12 months: 1 place: L4-5 right 1"
    panel.picker.set_heat_mode(HeatMode.EVER)
    assert mini.accessibleName() == "Whole spine, ever on file: 2 places: C5-6 left 2, L4-5 right 5"

    qtbot.mouseClick(mini, Qt.MouseButton.LeftButton, pos=mini.rect().topLeft() + QPointF(40, 30).toPoint())
    assert panel.picker.view().part == "C"


def test_that_exchanged_sides_move_labels_buttons_and_arrow_keys(panel: SpinePanel, qtbot: QtBot) -> None:
    picker = panel.picker
    assert picker.button(LEFT).x() < picker.button(RIGHT).x()
    panel.set_sides(flipped=True, upper=False)
    assert picker.button(RIGHT).x() < picker.button(LEFT).x()
    assert picker.view().side_at(-1) is Side.RIGHT

    picker.setFocus()
    press(qtbot, KEY.Key_End, KEY.Key_Right, KEY.Key_Space)
    assert written(picker.sites()) == "l5s1l" or written(picker.sites()) == "sil"


def test_that_the_upper_joints_have_rows_only_when_they_are_wanted(panel: SpinePanel) -> None:
    picker = panel.picker
    picker.set_part("C")
    assert len(picker.view().levels) == 6
    panel.set_sides(flipped=False, upper=True)
    picker.set_kind(TargetKind.FORAMEN)

    assert [level.label for level in picker.view().levels][:2] == ["C0-1", "C1-2"]
    assert picker.button(Target(LEVELS["C1-C2"], Side.LEFT)).isEnabled()
    assert not picker.button(Target(LEVELS["C0-C1"], Side.LEFT)).isEnabled()


def test_that_a_level_typed_with_its_letter_is_found_in_any_part(panel: SpinePanel, qtbot: QtBot) -> None:
    panel.picker.setFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "t")
    for figure in "78":
        qtbot.keyClicks(QApplication.focusWidget(), figure)
    press(qtbot, KEY.Key_Space)

    assert written(panel.picker.sites()) == "t78l"


def test_that_the_card_tells_dates_limit_next_day_and_rule_of_the_place_under_the_keys(panel: SpinePanel) -> None:
    panel.set_sites(parse_levels("l45r", "facet"))
    told = panel.card.told.text().splitlines()

    assert panel.card.place.text() == "L4-5 right"
    assert told[:2] == [
        "06/15/2026 MBB, right, 85%",
        "1 of 2 sessions used, L4-5 right; next free Wed 01/13/2027.",
    ]
    assert panel.card.rule.text() == "Two sessions a joint in 12 months."


def test_that_the_pointer_shows_the_same_card_and_leaves_the_keys_place_behind(panel: SpinePanel) -> None:
    panel.set_sites(parse_levels("l45r", "facet"))
    button = panel.picker.button(LEFT)
    point = QPointF(5, 5)
    QApplication.sendEvent(button, QEnterEvent(point, point, point))
    assert panel.card.place.text() == "L4-5 left"
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
    assert panel.card.place.text() == "L4-5 right"


def test_that_the_table_shows_and_ticks_the_same_levels(panel: SpinePanel, qtbot: QtBot) -> None:
    panel.set_sites(parse_levels("l45r", "facet"))
    panel.picker.setFocus()
    panel.show_table(True)
    table = panel.table
    row = table.record_model().row_of("L4-L5")
    cells = [table.record_model().index(row, column).data() for column in range(6)]
    assert cells == ["L4-5", "not chosen", "chosen", "06/15/2026", "L 0, R 1", "Wed 01/13/2027"]
    assert table.hasFocus()
    assert panel.title.text() == "Facets"  # rows are not seen from behind

    table.setCurrentIndex(table.record_model().index(row, 1))
    with qtbot.waitSignal(panel.changed) as told:
        press(qtbot, KEY.Key_Space)
    assert told.args is not None
    assert isinstance(told.args[0], Sites)
    assert written(told.args[0]) == "l45b"
    press(qtbot, KEY.Key_C, KEY.Key_Down, KEY.Key_B)
    assert written(panel.table._choice.sites()) == "l5s1b"
    press(qtbot, KEY.Key_C, KEY.Key_Space, KEY.Key_M)
    assert written(panel.table._choice.sites()) == "l5s1b"


def test_that_the_keys_named_below_are_those_of_the_face_in_view(panel: SpinePanel) -> None:
    panel.show_table(True)
    words = [label.text() for label in panel.findChildren(PlainLabel) if label.isVisible()]
    assert "mirror" in words
    assert "picture" in words
    assert "heat" not in words


def test_that_boxes_are_check_boxes_to_screen_readers(panel: SpinePanel) -> None:
    panel.set_sites(parse_levels("l45r", "facet"))
    model = panel.table.record_model()
    row = model.row_of("L4-L5")
    states = [model.index(row, column).data(Qt.ItemDataRole.CheckStateRole) for column in range(4)]

    assert states == [None, Qt.CheckState.Unchecked, Qt.CheckState.Checked, None]


@pytest.mark.parametrize("kind", [TargetKind.FACET, TargetKind.FORAMEN, TargetKind.INTERSPACE, TargetKind.SI])
def test_that_the_table_has_a_box_for_every_place_of_every_kind(kind: TargetKind, panel: SpinePanel) -> None:
    panel.set_kind(kind)
    panel.show_table(True)

    assert set(panel.places()) == set(targets_of(kind))


def test_that_the_picture_keeps_its_places_when_rows_stand_closer(qtbot: QtBot) -> None:
    picker = SpinePicker()
    qtbot.addWidget(picker)
    height = picker.height()
    picker.set_layout(Layout(tight=True))

    assert picker.height() < height
    assert len(picker.view().levels) == 5
