"""A block of the schedule is drawn once, until it or the look of the program is another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tracker.ui import theme
from tracker.ui.schedule.block_pictures import MOST, BlockPictures
from tracker.ui.schedule.time_grid import Block

RED = QColor("red")
ROOM = QRect(10, 20, 40, 30)


class Pen:
    """Fills with red, and counts."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, painter: QPainter, rect: QRect) -> None:
        self.drawn += 1
        painter.fillRect(rect, RED)


def shown(pictures: BlockPictures, pen: Pen, block: Block, rect: QRect = ROOM, ratio: float = 1.0) -> QImage:
    image = QImage(round(200 * ratio), round(200 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    pictures.paint(painter, rect, block, (), pen)
    painter.end()
    return image


def block(place: int = 0) -> Block:
    return Block(0, 480, 510, None, place, 1)


@pytest.fixture
def light(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, "light")


def test_that_a_block_is_drawn_once_and_put_in_its_place(qapp: QApplication) -> None:
    pictures, pen, one = BlockPictures(), Pen(), block()
    assert shown(pictures, pen, one) == shown(pictures, pen, one)
    moved = shown(pictures, pen, one, ROOM.translated(50, 60))
    assert pen.drawn == 1
    assert moved.pixelColor(61, 81) == RED
    assert moved.pixelColor(11, 21) == QColor("white")


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_that_another_block_or_size_is_drawn_anew_at_the_screens_fineness(qapp: QApplication, ratio: float) -> None:
    pictures, pen, one = BlockPictures(), Pen(), block()
    image = shown(pictures, pen, one, ratio=ratio)
    shown(pictures, pen, block(), ratio=ratio)
    shown(pictures, pen, one, QRect(0, 0, 41, 30), ratio)
    assert pen.drawn == 3
    assert image.pixelColor(round(49 * ratio), round(49 * ratio)) == RED
    assert image.pixelColor(round(51 * ratio), round(49 * ratio)) == QColor("white")


def test_that_between_two_pixels_nothing_is_kept(qapp: QApplication) -> None:
    pictures, pen, one = BlockPictures(), Pen(), block()
    for _ in range(2):
        shown(pictures, pen, one, ratio=1.25)
    assert pen.drawn == 2


def test_that_other_colours_draw_it_anew(qapp: QApplication, light: None) -> None:
    pictures, pen, one = BlockPictures(), Pen(), block()
    theme.apply(qapp, "light")
    shown(pictures, pen, one)
    theme.apply(qapp, "dark")
    shown(pictures, pen, one)
    assert pen.drawn == 2


def test_that_the_oldest_picture_goes_where_there_are_too_many(qapp: QApplication) -> None:
    pictures, pen = BlockPictures(), Pen()
    many = [block(place) for place in range(MOST + 1)]
    for each in many:
        shown(pictures, pen, each)
    shown(pictures, pen, many[-1])
    assert pen.drawn == MOST + 1
    shown(pictures, pen, many[0])
    assert pen.drawn == MOST + 2
