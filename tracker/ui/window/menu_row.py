"""The highest row of the window: menus at the left, the search field at the right; the demo clinic's strip above."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QSizePolicy, QWidget

from tracker.domain.language import tr
from tracker.ui import icons, theme
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.ground import Ground

HEIGHT = 40
KEY = "Ctrl+K"
WORDS = tr("Find patient or command")
_SMALL = 92
DEMO_WORDS = tr("DEMO - not real patients")


class MenuRow(Ground):
    """`search_wanted` carries the first typed text: the palette takes over from there."""

    search_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("nav", parent, lines="b")
        self.setFixedHeight(HEIGHT)
        self.menu_bar = QMenuBar(self)
        self.menu_bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.menu_bar.setNativeMenuBar(False)
        self.search = SearchField(self)
        self.search.textEdited.connect(self._on_search_edited)
        self.search.clicked.connect(lambda: self.search_wanted.emit(""))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 12, 1)
        row.addWidget(self.menu_bar, 1)
        row.addWidget(self.search)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the room to the menus: of the field only the glass and its key stay."""
        if narrow != self.search.small:
            self.search.set_small(narrow)
            self.menu_bar.setProperty("narrow", narrow)
            self.menu_bar.style().unpolish(self.menu_bar)
            self.menu_bar.style().polish(self.menu_bar)
        self.search.updateGeometry()

    @Slot(str)
    def _on_search_edited(self, text: str) -> None:
        self.search.clear()
        self.search_wanted.emit(text)


class SearchField(LineField):
    """A field with a glass at its left and its key at the right; `clicked` comes from the mouse."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(WORDS, parent, name=WORDS)
        self.small = False
        self.setTextMargins(22, 0, 54, 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_small(self, small: bool) -> None:
        self.small = small
        self.setPlaceholderText("" if small else WORDS)

    def sizeHint(self) -> QSize:
        if self.small:
            return QSize(theme.scaled(_SMALL), 30)
        return QSize(360 if self.window().width() > 1100 else 260, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(_SMALL), 30)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        icons.paint(painter, "search", QRectF(11, 8, 14, 14), theme.color("ink3"))
        painter.setFont(theme.font("hint"))
        room = painter.fontMetrics().horizontalAdvance(KEY) + 12
        cap = QRectF(self.width() - room - 7, 6, room, 18)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(theme.color("ink3"))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), KEY)


class DemoStrip(QWidget):
    """Stripes and words that stand over everything while the demo clinic is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(22)
        self.setAccessibleName(DEMO_WORDS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("caut_tint"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stripe = QColor(theme.color("caut"))
        stripe.setAlpha(46)
        painter.setPen(QPen(stripe, 6))
        for left in range(-self.height(), self.width(), 18):
            painter.drawLine(left, self.height(), left + self.height(), 0)
        words = QRectF(self.rect())
        font = theme.font("caption", 600)
        painter.setFont(font)
        room = painter.fontMetrics().horizontalAdvance(DEMO_WORDS) + 24
        plate = QRectF(words.center().x() - room / 2, 0, room, words.height())
        painter.fillRect(plate, theme.color("caut_tint"))
        painter.setPen(theme.color("caut"))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), DEMO_WORDS)
