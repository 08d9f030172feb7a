"""The headline of an answer: what may be done and when, the largest thing on the page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.ui import theme
from tracker.ui.announcing import announce
from tracker.ui.theme import glyphs, plain_text
from tracker.ui.theme.status import Status

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class VerdictBar(QWidget):
    """52 px with tint, bar, glyph, sentence and a count at the right. Rounded above only, to sit on a card."""

    def __init__(self, parent: QWidget | None = None, *, alone: bool = True) -> None:
        super().__init__(parent)
        self._alone = alone
        self._status = Status.NEUTRAL
        self._sentence = ""
        self._right = ""
        self.setFixedHeight(52)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_alone(self, alone: bool) -> None:
        """Round it below too, for when it stands by itself."""
        self._alone = alone
        self.update()

    def show_verdict(self, status: Status, sentence: str, right_text: str = "") -> None:
        """Show an answer; a change is spoken by screen readers, the neutral state between two answers is not."""
        new = (status, plain_text.one_line(sentence, 160), plain_text.one_line(right_text, 80))
        if new == (self._status, self._sentence, self._right):
            return
        self._status, self._sentence, self._right = new
        self.setAccessibleName(f"{status.word}: {self._sentence}. {self._right}".strip())
        self._speak()
        self.update()

    def sentence(self) -> str:
        return self._sentence

    def right_text(self) -> str:
        return self._right

    def status(self) -> Status:
        return self._status

    def sizeHint(self) -> QSize:
        return QSize(420, 52)

    def _speak(self) -> None:
        if self._status is not Status.NEUTRAL:
            words = ". ".join(part for part in (self._sentence, self._right) if part)
            announce(self, words, urgent=self._status in (Status.NO, Status.AUTH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(box if self._alone else box.adjusted(0, 0, 0, 12), 6, 6)
        painter.setClipPath(shape)
        painter.fillRect(box, self._status.tint())
        painter.fillRect(QRectF(0, 0, 4, box.height()), self._status.ink())
        if theme.tokens().contrast:
            painter.setPen(QPen(self._status.ink(), 2))
            painter.drawPath(shape)
        glyphs.paint(painter, self._status.glyph, QRectF(17, 15, 22, 22), self._status.ink())
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        ink = self._status.ink()
        count_font = theme.font("heading" if self._status is Status.NO else "body")
        count = QFontMetrics(count_font).horizontalAdvance(self._right)
        room = self.rect().adjusted(50, 0, -17, 0)
        painter.setPen(ink)
        words = QFontMetrics(theme.font("title"))
        if words.horizontalAdvance(self._sentence) + count + 16 <= room.width():
            painter.setFont(count_font)
            painter.drawText(room, _RIGHT, self._right)
        painter.setFont(self._fitting(room.width()))
        painter.drawText(room, _LEFT, self._sentence)

    def _fitting(self, width: int) -> QFont:
        """Return the largest of our roles in which the sentence is not cut."""
        if QFontMetrics(theme.font("title")).horizontalAdvance(self._sentence) <= width:
            return theme.font("title")
        fits = QFontMetrics(theme.font("subtitle")).horizontalAdvance(self._sentence) <= width
        return theme.font("subtitle" if fits else "heading")
