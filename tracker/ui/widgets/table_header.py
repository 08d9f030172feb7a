"""The head of a table: quiet words on the panel's ground, the sorted one in ink with an arrow."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from tracker.ui import icons, theme
from tracker.ui.delegates.row_delegate import FIRST_LEFT, PADDING

HEIGHT = 28
_ARROW = 12


class TableHeader(QHeaderView):
    """Columns line up with their cells; a click sorts when the table allows it.

    `dragged` comes when somebody let go of a column that is wider or narrower now, -1 for one that stands elsewhere.
    """

    dragged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(HEIGHT)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._held, self._resized, self._moved = False, -1, False
        self.sectionResized.connect(self._on_resized)
        self.sectionMoved.connect(self._on_moved)

    def held(self) -> bool:
        """Tell whether somebody is dragging."""
        return self._held and (self._resized >= 0 or self._moved)

    @Slot(int, int, int)
    def _on_resized(self, section: int, _before: int, _now: int) -> None:
        self._resized = section if self._held else -1

    @Slot(int, int, int)
    def _on_moved(self, _section: int, _before: int, _now: int) -> None:
        self._moved = self._held

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held, self._resized, self._moved = True, -1, False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        resized, moved, self._held = self._resized, self._moved, False
        self._resized, self._moved = -1, False
        if resized >= 0 or moved:
            self.dragged.emit(resized)

    def sectionSizeFromContents(self, section: int) -> QSize:
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        width = theme.text_width(words, "caption_strong")
        return QSize(width + FIRST_LEFT + PADDING + _ARROW, HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.color("panel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line2"))
        self._paint_words(painter, rect, section)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, section: int) -> None:
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        alignment = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        room = rect.adjusted(FIRST_LEFT if self.visualIndex(section) == 0 else PADDING, 0, -PADDING, 0)
        width = theme.text_width(words, "caption_strong")
        painter.setFont(theme.font("caption_strong"))
        painter.setPen(theme.color("ink" if sorted_here else "ink3"))
        to_right = bool(alignment and alignment & Qt.AlignmentFlag.AlignRight)
        if to_right and sorted_here:
            room.setRight(room.right() - _ARROW - 2)
        shown = theme.elided(words, "caption_strong", room.width())
        painter.drawText(room, int(alignment or Qt.AlignmentFlag.AlignVCenter), shown)
        if sorted_here:
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            left = room.right() + 3 if to_right else min(room.left() + width + 3, rect.right() - _ARROW)
            where = QRectF(left, rect.center().y() - _ARROW / 2 + 1, _ARROW, _ARROW)
            icons.paint(painter, "arrow-up" if up else "arrow-down", where, theme.color("ink"))
