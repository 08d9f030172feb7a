"""Shows the sheets of a paper one at a time, as they will be printed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.paper.painting import picture_of
from tracker.ui.paper.paper import Printable
from tracker.ui.widgets.faces import paint_focus

_MARGIN = 10
_STEPS = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


class PageView(QWidget):
    """Page keys, arrows, Home and End leaf through; the page in view is read out by its number.

    `called_off` comes when somebody has had enough of waiting for the pages.
    """

    called_off = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: Printable | None = None
        self._place = 0
        self._picture: QImage | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(260, 200)
        self._progress = ProgressRow(self)
        self._progress.called_off.connect(self.called_off)
        column = QVBoxLayout(self)
        column.addWidget(self._progress)
        column.addStretch(1)
        self._describe()

    def show_paper(self, made: Printable | None) -> None:
        """Show a paper, at the page that was in view if it has one; None for nothing."""
        self._progress.stop()
        self._made = made
        self.go_to(self._place)

    @Slot(object)
    def follow(self, job: ImportJob) -> None:
        """Show how far the pages are, until there is something to show."""
        self._progress.follow(job, tr("Making the pages"))

    @Slot()
    def stop_waiting(self) -> None:
        """There will be no pages now."""
        self._progress.stop()

    def go_to(self, place: int) -> None:
        """Show the page at this place, the nearest there is."""
        last = self._made.pages - 1 if self._made else 0
        self._place, self._picture = max(0, min(place, last)), None
        self._describe()
        self.update()

    def place(self) -> int:
        return self._place

    def _describe(self) -> None:
        pages = self._made.pages if self._made else 0
        self.setAccessibleName(
            tr("Page {place} of {pages}", place=self._place + 1, pages=pages) if pages else tr("No pages yet")
        )

    def sizeHint(self) -> QSize:
        return QSize(420, 540)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.go_to(self._place + step)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if event.key() == Qt.Key.Key_Home or not self._made else self._made.pages)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.go_to(self._place + (1 if event.angleDelta().y() < 0 else -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("canvas"))
        if self._made is not None:
            box = self._page_box()
            picture = self._drawn(box)
            painter.drawImage(box, picture)
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()))

    def _page_box(self) -> QRectF:
        assert self._made is not None
        sheet = self._made.sheets[self._place].box
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / sheet.width(), room.height() / sheet.height())
        box = QRectF(0, 0, sheet.width() * scale, sheet.height() * scale)
        box.moveCenter(room.center())
        return box

    def _drawn(self, box: QRectF) -> QImage:
        """Draw the page at the screen's own fineness, once until it changes."""
        assert self._made is not None
        if self._picture is None:
            width = max(1, round(box.width() * self.devicePixelRatioF()))
            self._picture = picture_of(self._made.sheets[self._place], self._made.foot, self._place + 1, width)
        return self._picture
