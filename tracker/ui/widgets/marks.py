"""Small marks: a status, the grade of a rule's proof, the cap of a key, a line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.domain.language import tr
from tracker.domain.verdict import Grade
from tracker.ui import theme
from tracker.ui.theme import plain_text
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets import status_paint

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_PIPS = {Grade.PRIMARY: 4, Grade.SUMMARY: 3, Grade.REPORT: 2, Grade.RECALLED: 1}


class _Mark(QWidget):
    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()


class StatusLabel(_Mark):
    """Glyph and word of a status; tinted unless it is calm, or as `tinted` says."""

    def __init__(
        self,
        status: Status = Status.NEUTRAL,
        text: str = "",
        parent: QWidget | None = None,
        *,
        tinted: bool | None = None,
    ) -> None:
        super().__init__(parent)
        self._tinted = tinted
        self._glyph: Glyph | None = None
        self.show_status(status, text)

    def show_status(self, status: Status, text: str = "", glyph: Glyph | None = None) -> None:
        self._status, self._text, self._glyph = status, plain_text.one_line(text or status.word, 120), glyph
        self.setAccessibleName(self._text)
        self._changed()

    def text(self) -> str:
        return self._text

    def status(self) -> Status:
        return self._status

    def sizeHint(self) -> QSize:
        return QSize(status_paint.width_of(self._text) - (0 if self._is_tinted() else 10), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        status_paint.paint(QPainter(self), QRectF(self.rect()), self._text, self._status,
                           tinted=self._is_tinted(), glyph=self._glyph)  # fmt: skip

    def _is_tinted(self) -> bool:
        return not self._status.calm if self._tinted is None else self._tinted


class EvidencePips(_Mark):
    """How well a rule is documented: four pips and a word, always grey."""

    def __init__(self, grade: Grade = Grade.SUMMARY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_grade(grade)

    def show_grade(self, grade: Grade) -> None:
        self._grade = grade
        self.setAccessibleName(tr("Evidence: {value}", value=grade.label.lower()))
        self._changed()

    def grade(self) -> Grade:
        return self._grade

    def sizeHint(self) -> QSize:
        return QSize(pips_width(self._grade), 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pips(painter, QRectF(self.rect()), self._grade)


def pips_width(grade: Grade) -> int:
    """Return how wide the mark of a grade is."""
    return 6 + 4 * 5 + 5 + QFontMetrics(theme.font("hint")).horizontalAdvance(grade.label) + 7


def paint_pips(painter: QPainter, box: QRectF, grade: Grade) -> None:
    """Draw frame, pips and word; also for delegates."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line2"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(QPen(theme.color("ink2"), 1))
    for place in range(4):
        painter.setBrush(theme.color("ink2") if place < _PIPS[grade] else Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(box.left() + 6.5 + place * 5, box.center().y() - 4, 3, 8))
    painter.setFont(theme.font("hint"))
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(box.adjusted(31, 0, 0, 0), flags, grade.label)


class KeyCap(_Mark):
    """The name of a key in a small frame, for the footer of the list in which it works."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        return QSize(max(16, QFontMetrics(theme.font("hint")).horizontalAdvance(self._key) + 10), 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("ctl"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.color("ink3"))
        painter.drawText(self.rect(), _CENTRE, self._key)


class Divider(QWidget):
    """A line of one pixel: `line2` between regions, `line` between rows."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False, tone: str = "line2") -> None:
        super().__init__(parent)
        self._tone = tone
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if vertical else free, free if vertical else fixed)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color(self._tone))
