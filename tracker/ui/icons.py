"""Line icons from the shipped drawings, coloured like the text beside them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tracker import paths
from tracker.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


def paint(painter: QPainter, name: str, where: QRectF, color: QColor) -> None:
    """Draw the icon into `where`, a square."""
    _renderer(name, color.name()).render(painter, where)


def icon(name: str, token: str = "ink2", size: int = 16) -> QIcon:
    """Return the icon in a token's colour, for menus and tables; ask again when the scheme changes."""
    from PySide6.QtGui import QIcon  # the first window has none

    ratio = QGuiApplication.primaryScreen().devicePixelRatio() if QGuiApplication.primaryScreen() else 1.0
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, name, QRectF(0, 0, size, size), theme.color(token))
    painter.end()
    return QIcon(picture)


def names() -> tuple[str, ...]:
    """Return the names of all shipped icons."""
    return tuple(sorted(file.stem for file in (paths.resource_root() / "icons").glob("*.svg")))


@functools.lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    drawing = (paths.resource_root() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", color).encode()))
