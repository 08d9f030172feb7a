"""The hours at the left of the schedule, each at the line where it begins, and the heads above its lanes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from tracker.ui import theme
from tracker.ui.widgets.table_header import TableHeader

WIDTH = 72
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_PADDING = 10


class TimeHeader(QHeaderView):
    """Words may reach below a row that is lower than they are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(6)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(WIDTH), 0)

    def sectionSizeFromContents(self, _section: int) -> QSize:
        return QSize(theme.scaled(WIDTH), 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.color("panel"))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("ink3"))
        model = self.model()
        for section in range(self.count()):
            top = self.sectionViewportPosition(section)
            words = str(model.headerData(section, Qt.Orientation.Vertical) or "")
            if words and -20 < top < self.height():
                painter.drawText(QRect(0, top + 2, self.width() - 8, theme.scaled(18)), _RIGHT, words)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.color("line2"))


class LaneHeader(TableHeader):
    """Heads stand at the left of their lane; the one of `marked` (today) in accent ink."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.marked = -1

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.color("panel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line2"))
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        font = theme.font("caption_strong")
        painter.setFont(font)
        painter.setPen(theme.color("accent" if section == self.marked else "ink2"))
        room = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        painter.drawText(room, _LEFT, QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width()))
        painter.restore()
