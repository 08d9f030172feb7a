"""Words that keep their glyphs stand exactly where Qt draws them anew: the cells beside them are drawn so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from tracker.ui import theme
from tracker.ui.widgets.word_paint import paint_words

WORDS = ("Whitak…", "Ångström gy…", "Solicitud “nueva”", "plain words", "山田太郎…")
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _drawn(painter: QPainter, room: QRectF, text: str, role: theme.Role) -> None:
    painter.setFont(theme.font(role))
    painter.drawText(room, _LEFT, text)


def _picture(paint: Callable[[QPainter, QRectF, str, theme.Role], None], scale: float, height: int) -> QImage:
    image = QImage(int(240 * scale), int(height * len(WORDS) * scale) + 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for row, words in enumerate(WORDS):
        paint(painter, QRectF(16, row * height, 220, height), words, "body")
    painter.end()
    return image


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("percent", [100, 110, 150])
def test_that_kept_words_stand_where_words_drawn_anew_do(qapp: QApplication, scale: float, percent: int) -> None:
    theme.apply(qapp, "light", percent=percent)
    try:
        for height in (28, 29, 30, 31):
            assert _picture(paint_words, scale, height) == _picture(_drawn, scale, height), height
    finally:
        theme.apply(qapp, "light", percent=100)
