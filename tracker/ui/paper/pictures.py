"""Scanned papers: each picture of a PNG, JPEG or TIFF fitted on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from tracker.domain.errors import ImportFileError
from tracker.domain.language import tr
from tracker.ui.paper.sheet import FOOT, HEIGHT, PER_INCH, POINT, WIDTH, Sheet

_MARGIN = 18 * POINT
_MOST_PER_INCH = 200
_LARGEST_MB = 512


def picture_sheets(content: bytes, title: str) -> tuple[Sheet, ...]:
    """Return a sheet for each picture of the file. Raises ImportFileError when one of them cannot be shown."""
    return tuple(_sheet(picture, title) for picture in pictures_of(content))


def pictures_of(content: bytes) -> Iterator[QImage]:
    """Yield the pictures of a file one by one, turned as their camera noted; a null one for what cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAllocationLimit(_LARGEST_MB)
    reader.setAutoTransform(True)
    try:
        for number in range(max(reader.imageCount(), 1)):
            if number:
                reader.jumpToImage(number)
            yield reader.read()
    finally:
        reader.setDevice(None)  # type: ignore[arg-type]  # lets go of the buffer before Python may delete it


def _sheet(picture: QImage, title: str) -> Sheet:
    if picture.isNull():
        raise ImportFileError(
            tr("“{title}” cannot be shown: its picture is damaged.", title=title),
            "",
            tr("Scan it again, and attach that instead."),
        )
    landscape = picture.width() > picture.height() * 1.05
    across, down = (HEIGHT, WIDTH) if landscape else (WIDTH, HEIGHT)
    room = QRectF(_MARGIN, _MARGIN, across - 2 * _MARGIN, down - _MARGIN - FOOT)
    fitted = _fitted(picture, room)
    box = QRectF(0, 0, *_size_in(picture.size(), room))
    box.moveCenter(room.center())

    def draw(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, fitted)

    return Sheet(draw, landscape)


def _size_in(size: QSize, room: QRectF) -> tuple[float, float]:
    """Return the largest size of this shape that fits, at most what the picture has at 72 dots an inch."""
    scale = min(room.width() / size.width(), room.height() / size.height(), PER_INCH / 72)
    return size.width() * scale, size.height() * scale


def _fitted(picture: QImage, room: QRectF) -> QImage:
    """Leave out points that no fax and no printer would show; black and white stays so."""
    most = QSize(round(room.width() / PER_INCH * _MOST_PER_INCH), round(room.height() / PER_INCH * _MOST_PER_INCH))
    if picture.depth() == 1 or (picture.width() <= most.width() and picture.height() <= most.height()):
        return picture
    return picture.scaled(most, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
