"""Edges, selections, focus and hatching are told from what lies beside them by 3:1, counted in the pixels painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.test_theme import contrast
from tracker.ui import theme
from tracker.ui.models.record_table_model import Column
from tracker.ui.spine.site_button import hatch
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.chips import ChipRow
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.navigation import Navigation, Section
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.widgets.segments import Segments

LEAST = 3.0  # WCAG 2.2, 1.4.11
SCHEMES: tuple[theme.Scheme, ...] = ("light", "dark", "contrast")
GROUNDS = ("surface", "panel", "canvas")


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterable[theme.Scheme]:
    theme.apply(qapp, request.param)
    yield request.param
    theme.apply(qapp, "light")


def shown(qtbot: QtBot, widget: QWidget, token: str = "surface", width: int = 160) -> tuple[QImage, Ground]:
    """Return a picture of a widget on a ground of that token, with 6 px of it on every side, and the ground."""
    home = Ground(token)
    qtbot.addWidget(home)
    column = QVBoxLayout(home)
    column.setContentsMargins(6, 6, 6, 6)
    column.addWidget(widget)
    home.resize(width + 12, widget.sizeHint().height() + 12)
    home.show()
    widget.clearFocus()
    return home.grab().toImage(), home


def strongest(picture: QImage, places: QRect, ground: str) -> float:
    """Return the strongest contrast that a line of pixels has against `ground`: what an edge is seen by."""
    return max(
        contrast(picture.pixelColor(x, y).name(), ground)
        for x in range(places.left(), places.right() + 1)
        for y in range(places.top(), places.bottom() + 1)
    )


def least_along(picture: QImage, across: Iterable[int], upright: range, ground: str) -> float:
    """Return by how much an edge differs from `ground` where it differs least, column for column."""
    return min(max(contrast(picture.pixelColor(x, y).name(), ground) for y in upright) for x in across)


CONTROLS: dict[str, Callable[[], QWidget]] = {
    "field": lambda: LineField("", name="Name"),
    "button": lambda: ActionButton("Book", key="B"),
    "list to choose from": lambda: ChoiceField([Choice("a", "All")], name="Provider"),
    "chips": lambda: ChipRow((("a", "All"), ("b", "Flagged"))),
    "segments": lambda: Segments((("a", "Day"), ("b", "Week")), name="View", ticks=False),
}


@pytest.mark.parametrize("token", GROUNDS)
@pytest.mark.parametrize("name", CONTROLS)
def test_that_the_lower_edge_of_a_control_is_seen_along_the_whole_of_it(
    scheme: theme.Scheme, qtbot: QtBot, name: str, token: str
) -> None:
    widget = CONTROLS[name]()
    picture, home = shown(qtbot, widget, token)
    parts = widget.findChildren(QWidget) if name in ("chips", "segments") else [widget]
    ground = theme.color(token).name()

    for part in (each for each in parts if each.isVisible()):
        place = QRect(part.mapTo(home, part.rect().topLeft()), part.size())
        inner = range(place.left() + 14, place.right() - 14)
        assert least_along(picture, inner, range(place.bottom() - 2, place.bottom() + 1), ground) >= LEAST


def test_that_a_field_in_error_has_an_edge_on_every_side(scheme: theme.Scheme, qtbot: QtBot) -> None:
    field = LineField("", name="Name")
    field.set_error("Write the name.")
    picture, _home = shown(qtbot, field)
    ground = theme.color("surface").name()

    middle_x, middle_y = picture.width() // 2, picture.height() // 2
    for places in (QRect(4, middle_y, 5, 1), QRect(middle_x, 4, 1, 5), QRect(picture.width() - 9, middle_y, 5, 1)):
        assert strongest(picture, places, ground) >= LEAST


@pytest.mark.parametrize("name", ["chips", "segments"])
def test_that_the_chosen_one_of_several_is_told_by_a_line(scheme: theme.Scheme, qtbot: QtBot, name: str) -> None:
    widget = CONTROLS[name]()
    picture, home = shown(qtbot, widget)
    first = next(each for each in widget.findChildren(QWidget) if each.isVisible())
    place = QRect(first.mapTo(home, first.rect().topLeft()), first.size())

    accent = theme.color("accent").name()
    line = [picture.pixelColor(x, place.bottom()).name() for x in range(place.left() + 14, place.right() - 14)]
    assert set(line) == {accent}
    assert contrast(accent, theme.color("edge").name()) != 1.0


def test_that_a_selected_row_is_told_by_a_bar_where_its_tint_is_too_faint(scheme: theme.Scheme, qtbot: QtBot) -> None:
    table = RecordTable((Column("Name", lambda line: line, fit=100),), name="Names")
    qtbot.addWidget(table)
    table.set_rows(["Ruiz", "Lee"])
    table.resize(200, 120)
    table.show()
    table.select_row(0)
    table.clearFocus()
    picture = table.viewport().grab().toImage()

    chosen, other = picture.pixelColor(1, 12).name(), picture.pixelColor(1, 42).name()
    assert contrast(chosen, other) >= LEAST
    assert contrast(chosen, theme.color("sel").name()) >= LEAST


def test_that_the_section_in_front_is_told_by_a_bar(scheme: theme.Scheme, qtbot: QtBot) -> None:
    navigation = Navigation((Section("a", "Today", "calendar-check"), Section("b", "Find", "search")))
    qtbot.addWidget(navigation)
    navigation.set_current("a")
    navigation.resize(176, 300)
    navigation.show()
    item = navigation.item("a")

    picture = item.grab().toImage()
    assert contrast(picture.pixelColor(1, item.height() // 2).name(), theme.color("nav").name()) >= LEAST
    assert contrast(picture.pixelColor(1, item.height() // 2).name(), theme.color("nav_sel").name()) >= LEAST


@pytest.mark.parametrize("token", ["no_tint", "surface", "panel", "sel"])
@pytest.mark.parametrize("offset", [0.0, 0.25, 0.5, 0.75])
def test_that_hatching_is_seen_in_the_pixels_that_it_leaves(scheme: theme.Scheme, token: str, offset: float) -> None:
    picture = QImage(60, 30, QImage.Format.Format_RGB32)
    picture.fill(theme.color(token))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    hatch(painter, QRectF(4 + offset, 4, 50, 22), 4)
    painter.end()

    ground = theme.color(token).name()
    lines = [max(contrast(picture.pixelColor(x, y).name(), ground) for x in range(20, 28)) for y in range(8, 22)]
    assert min(lines) >= LEAST


@pytest.mark.parametrize("kind", ["focus", "accent"])
def test_that_a_ring_is_told_from_every_ground_that_it_lies_on(scheme: theme.Scheme, kind: str) -> None:
    grounds = ("surface", "panel", "nav", "nav_sel", "canvas", "raised", "ctl", "hover", "sel", "band", "used")

    assert min(contrast(theme.color(kind).name(), theme.color(ground).name()) for ground in grounds) >= LEAST


def test_that_a_card_has_an_edge_in_high_contrast(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "contrast")
    card = Ground("surface", card=True)
    card.setFixedSize(80, 40)
    picture, _home = shown(qtbot, card, "canvas")
    theme.apply(qapp, "light")

    assert strongest(picture, QRect(4, 26, 5, 1), theme.color("canvas").name()) >= LEAST
