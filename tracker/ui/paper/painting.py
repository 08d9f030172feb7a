"""Paints sheets into a PDF, on a printer or on the screen, and the stamp at the foot of every one of them.

Pages of others' PDFs come to a printer as points, in bands as fine as it prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)
from PySide6.QtPrintSupport import QPrinter

from tracker.domain.language import FOR_PAYERS, speaking, tr
from tracker.ui.paper.sheet import LEFT, PER_INCH, POINT, Draw, Sheet, box_of, ink, paper_font, printable

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_NO_MARGINS = QMarginsF(0, 0, 0, 0)
FINEST = 600
"""Dots an inch that pages of others are printed with at most; finer ones would only fill the printer's queue."""


class Foot(Protocol):
    """What stands at the foot of every page."""

    def draw(self, painter: QPainter, box: QRectF, number: int) -> None: ...


class Band(Protocol):
    """Some rows of a page as points."""

    @property
    def top(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def stride(self) -> int: ...
    @property
    def points(self) -> bytes: ...


class Pictures(Protocol):
    """The pages of the finished PDF as points (what `PacketService.pictures` returns)."""

    def check(self, places: Iterable[int]) -> None: ...
    def bands(self, place: int, width: int, height: int) -> Iterator[Band]: ...


Others = Callable[[], AbstractContextManager[Pictures]]
"""Opens the PDF that holds pages of others."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands at the foot of every page: name and birth date, the packet, and which page of how many."""

    name: str
    born: str
    packet: str
    total: int

    @speaking(FOR_PAYERS)
    def draw(self, painter: QPainter, box: QRectF, number: int) -> None:
        """Paint it at the foot of a page; a name that is too long is cut, the birth date never."""
        foot = QRectF(LEFT, box.height() - 36 * POINT, box.width() - 2 * LEFT, 14 * POINT)
        font = paper_font(8.5, True)
        painter.setFont(font)
        painter.setPen(QPen(ink(), 0.6 * POINT))
        painter.drawLine(QLineF(foot.left(), foot.top(), foot.right(), foot.top()))
        metrics = QFontMetricsF(font)
        born = tr("   born {born}", born=self.born)
        room = foot.width() * 0.6 - metrics.horizontalAdvance(born)
        name = metrics.elidedText(printable(self.name), Qt.TextElideMode.ElideRight, room)
        painter.drawText(foot, _LEFT, name + born)
        painter.drawText(foot, _RIGHT, tr("page {number} of {total}", number=number, total=self.total))
        painter.setFont(paper_font(8))
        right = metrics.horizontalAdvance(tr("page {total} of {total}", total=self.total)) + 14 * POINT
        painter.drawText(foot.adjusted(0, 0, -right, 0), _RIGHT, tr("packet {packet}", packet=self.packet))


def sheets_pdf(sheets: Iterable[Sheet]) -> bytes:
    """Return the sheets as a PDF, its fonts embedded, without a stamp."""
    return _pdf((sheet.draw, sheet.landscape) for sheet in sheets)


def stamps_pdf(stamp: Foot, landscape: Sequence[bool]) -> bytes:
    """Return a PDF of nothing but the stamps of these pages."""
    return _pdf((_stamp_draw(stamp, number, lies), lies) for number, lies in enumerate(landscape, 1))


def _stamp_draw(stamp: Foot, number: int, landscape: bool) -> Draw:
    box = box_of(landscape)
    return lambda painter: stamp.draw(painter, box, number)


def _pdf(pages: Iterable[tuple[Draw, bool]]) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(PER_INCH)
    painter = QPainter()
    try:
        for place, (draw, landscape) in enumerate(pages):
            _lay_page(writer, landscape)
            if place:
                writer.newPage()
            else:
                painter.begin(writer)
            painter.save()
            draw(painter)
            painter.restore()
    finally:
        painter.end()  # also when it was called off in the middle
    return bytes(buffer.data().data())


def _lay_page(device: QPagedPaintDevice, landscape: bool) -> None:
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    device.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.Letter), way, _NO_MARGINS))


def paint_on(printer: QPrinter, sheets: Sequence[Sheet], foot: Foot, others: Others | None = None) -> bool:
    """Paint every sheet with its foot; False when the printer does not take them.

    `others`: where the sheets that are foreign come from. Raises ImportFileError, before anything is printed, for one
    of them that cannot be drawn.
    """
    with others() if others else nullcontext() as pictures:
        if pictures is not None:
            pictures.check(place for place, sheet in enumerate(sheets) if sheet.foreign)
        printer.setFullPage(True)
        _lay_page(printer, sheets[0].landscape)
        painter = QPainter()
        if not painter.begin(printer):
            return False
        for place, sheet in enumerate(sheets):
            if place:
                _lay_page(printer, sheet.landscape)
                printer.newPage()
            if sheet.foreign and pictures is not None:
                _draw_points(painter, printer.resolution(), pictures, place, sheet)
            else:
                painter.save()
                painter.scale(printer.resolution() / PER_INCH, printer.resolution() / PER_INCH)
                _draw_whole(painter, sheet, foot, place + 1)
                painter.restore()
        return painter.end()


def _draw_points(painter: QPainter, resolution: int, pictures: Pictures, place: int, sheet: Sheet) -> None:
    """Draw a page that is finished, its foot included."""
    dots = min(resolution, FINEST)
    width, height = (round(side * dots / PER_INCH) for side in (sheet.box.width(), sheet.box.height()))
    painter.save()
    painter.scale(resolution / dots, resolution / dots)
    for band in pictures.bands(place, width, height):
        image = QImage(band.points, band.width, band.height, band.stride, QImage.Format.Format_RGB32)
        painter.drawImage(QPointF(0, band.top), image)
    painter.restore()


def picture_of(sheet: Sheet, foot: Foot, number: int, width: int) -> QImage:
    """Return a page as it will look, `width` pixels wide."""
    scale = width / sheet.box.width()
    image = QImage(width, max(1, round(sheet.box.height() * scale)), QImage.Format.Format_RGB32)
    image.fill(ink("surface"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    _draw_whole(painter, sheet, foot, number)
    painter.end()
    return image


def _draw_whole(painter: QPainter, sheet: Sheet, foot: Foot, number: int) -> None:
    painter.save()
    sheet.draw(painter)
    painter.restore()
    foot.draw(painter, sheet.box, number)


def foreign_sheet(title: str, number: int, count: int, landscape: bool = False) -> Sheet:
    """Return what stands in the preview for a page of another's PDF."""
    words = tr(
        "Page {number} of {count} of “{printable}” goes here, as it is in its file.",
        number=number,
        count=count,
        printable=printable(title),
    )

    def draw(painter: QPainter) -> None:
        painter.setFont(paper_font(12))
        painter.setPen(ink("ink2"))
        painter.drawText(box_of(landscape), _CENTRE | int(Qt.TextFlag.TextWordWrap), words)

    return Sheet(draw, landscape, foreign=True)
