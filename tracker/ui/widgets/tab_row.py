"""The parts of a page as a row of words, the chosen one underlined: a real tab bar for keys and screen readers."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from tracker.ui import theme
from tracker.ui.widgets.faces import paint_focus

HEIGHT = 36
_SIDE, _GAP = 10, 5
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class TabRow(QTabBar):
    """`chosen` carries the id of a part. Counts stand light behind the words."""

    chosen = Signal(str)

    def __init__(self, parts: Iterable[tuple[str, str]], parent: QWidget | None = None, *, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._ids: list[str] = []
        self._counts: dict[str, int] = {}
        self._hovered = -1
        for part, words in parts:
            self._ids.append(part)
            self.addTab(words)
        self.currentChanged.connect(self._on_changed)

    def part(self) -> str:
        return self._ids[self.currentIndex()]

    def choose(self, part: str) -> None:
        """Bring a part to the front; one that is not there changes nothing."""
        if part in self._ids:
            self.setCurrentIndex(self._ids.index(part))

    def step(self, by: int) -> None:
        """Go to the part so many places on, from the last one round to the first."""
        self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def set_count(self, part: str, count: int) -> None:
        """Show how many there are behind the word; 0 shows nothing."""
        if self._counts.get(part, 0) != count:
            self._counts[part] = count
            place = self._ids.index(part)
            self.setAccessibleTabName(place, f"{self.tabText(place)}, {count}" if count else self.tabText(place))
            self.setTabText(place, self.tabText(place))  # has the widths worked out anew
            self.updateGeometry()
            self.update()

    @Slot(int)
    def _on_changed(self, place: int) -> None:
        self.chosen.emit(self._ids[place])

    def _count_text(self, place: int) -> str:
        return str(self._counts.get(self._ids[place], 0) or "") if place < len(self._ids) else ""

    def tabSizeHint(self, place: int) -> QSize:
        words = QFontMetrics(theme.font("heading")).horizontalAdvance(self.tabText(place))
        count = self._count_text(place)
        more = QFontMetrics(theme.font("body")).horizontalAdvance(count) + _GAP if count else 0
        return QSize(words + more + 2 * _SIDE, HEIGHT)

    def minimumTabSizeHint(self, place: int) -> QSize:
        return self.tabSizeHint(place)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place in range(self.count()):
            self._paint_tab(painter, place)

    def _paint_tab(self, painter: QPainter, place: int) -> None:
        box, chosen = QRectF(self.tabRect(place)), place == self.currentIndex()
        role: theme.Role = "heading" if chosen else "body"
        painter.setFont(theme.font(role))
        painter.setPen(theme.color("ink" if chosen else "ink2"))
        painter.drawText(box.adjusted(_SIDE, 0, 0, 0), _LEFT, self.tabText(place))
        left = _SIDE + QFontMetrics(theme.font(role)).horizontalAdvance(self.tabText(place)) + _GAP
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink3"))
        painter.drawText(box.adjusted(left, 0, 0, 0), _LEFT, self._count_text(place))
        if chosen:
            painter.fillRect(QRectF(box.left() + _SIDE - 2, box.bottom() - 2, box.width() - 2 * _SIDE + 4, 2),
                             theme.color("accent"))  # fmt: skip
            if self.hasFocus():
                paint_focus(painter, box.adjusted(1, 3, -1, -4))
