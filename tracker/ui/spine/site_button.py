"""One place on the spine: a real check button, so that keys and screen readers work, painted with its history."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from tracker.domain.anatomy import Side, Target
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.answers.site_marks import Heat, SiteMark
from tracker.ui import theme
from tracker.ui.spine.heat import NONE, HeatMode, ramp

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LETTERS = {Side.LEFT: "L", Side.RIGHT: "R"}
_MARKS = {"used": "•", "last": "!", "closed": "×", "off": "–"}
MARGIN = 3
HATCH = 1.4
"""Thinner lines lose the contrast of their colour where they fall between two pixels."""


class SiteButton(QAbstractButton):
    """Fill tells history, border tells choice: both are always to be seen.

    `pointed` carries it while the pointer is on it, then None.
    """

    pointed = Signal(object)

    def __init__(self, target: Target, parent: QWidget) -> None:
        super().__init__(parent)
        self.target = target
        self.mark: SiteMark | None = None
        self._mode = HeatMode.WINDOW
        self._heat = NONE
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.show_mark(None)

    def show_mark(self, mark: SiteMark | None) -> None:
        self.mark = mark
        self.setAccessibleName(f"{self.target.label}, {self.words()}")
        self.update()

    def show_heat(self, mode: HeatMode, heat: Heat) -> None:
        """Show the history another way."""
        self._mode, self._heat = mode, heat
        self.show_mark(self.mark)

    def figure(self) -> str:
        """Return the count that stands on the button, "" for none."""
        if not self.isEnabled() or self._mode is HeatMode.OFF:
            return ""
        used = self.mark.used if self.mark else 0
        count = self._heat.ever if self._mode is HeatMode.EVER else used
        return str(count or "")

    def state(self) -> str:
        """Return "", used, last, closed or off."""
        if not self.isEnabled():
            return "off"
        if self.mark is None:
            return ""
        return "closed" if self.mark.closed else "last" if self.mark.last else "used" if self.mark.used else ""

    def words(self) -> str:
        """Say the state in words, for the line below the picture and for screen readers."""
        mark = self.mark
        if not self.isEnabled():
            return tr("not for this procedure")
        if mark is None:
            return tr("no answer yet")
        used = tr("{used} in 12 months", used=mark.used) if mark.used else tr("none of this kind in 12 months")
        if self._mode is HeatMode.EVER:
            used = tr("{used}, {count} ever on file", used=used, count=self._heat.ever)
        if mark.closed:
            return tr("{used}, closed", used=used) + (
                tr(" until {earliest}", earliest=us_date(mark.earliest, weekday=True)) if mark.earliest else ""
            )
        return tr("{used}, one more is the last", used=used) if mark.last else used

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.show_mark(self.mark)

    def sizeHint(self) -> QSize:
        return QSize(62, 34)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the picker moves and chooses, so that all its places are one stop of the Tab key

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit(self)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        state = self.state()
        self._paint_face(painter, box, state)
        self._paint_text(painter, box, state)
        if self.hasFocus():
            pen = QPen(theme.color("focus"), 2, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _paint_face(self, painter: QPainter, box: QRectF, state: str) -> None:
        fills = {"used": "used", "last": "caut_tint", "closed": "no_tint", "off": "neu_tint"}
        edges = {"used": "used_line", "last": "caut", "closed": "no", "off": "line2"}
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._fill(state) or theme.color(fills.get(state, "ctl")))
        painter.drawRoundedRect(box, 6, 6)
        if state == "closed":
            hatch(painter, box, 6)
        chosen = self.isChecked()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent" if chosen else edges.get(state, "edge")), 3 if chosen else 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _fill(self, state: str) -> QColor | None:
        """Return the fill of history where it is not that of the state: a ramp, or none where history is hidden."""
        if self._mode is HeatMode.EVER and state != "off":
            return ramp(self._heat.ever) or theme.color("ctl")
        return theme.color("ctl") if self._mode is HeatMode.OFF and state == "used" else None

    def _paint_text(self, painter: QPainter, box: QRectF, state: str) -> None:
        letter = _LETTERS.get(self.target.side, self.target.level.label)
        hidden = state == "used" and self._mode is not HeatMode.WINDOW
        parts = (letter, self.figure(), "" if hidden else _MARKS.get(state, ""))
        text = " ".join(part for part in parts if part)
        inks = {"last": "caut", "closed": "no", "off": "ink3", "": "ink2"}
        painter.setFont(theme.font("heading" if self.isChecked() else "strong"))
        painter.setPen(theme.color("ink" if self.isChecked() else inks.get(state, "ink")))
        room = box
        if self.isChecked():
            width = painter.fontMetrics().horizontalAdvance(text)
            left = box.center().x() - (width + 14) / 2
            _paint_tick(painter, QPointF(left, box.center().y()))
            room = QRectF(left + 14, box.top(), width + 2, box.height())
        painter.drawText(room, _CENTRE, text)


def _paint_tick(painter: QPainter, at: QPointF) -> None:
    pen = painter.pen()
    painter.setPen(QPen(pen.color(), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline([at + QPointF(0, 0), at + QPointF(3, 3.5), at + QPointF(9, -4)])
    painter.setPen(pen)


def hatch(painter: QPainter, box: QRectF, radius: float, line: QColor | None = None, step: int = 7) -> None:
    """Draw the diagonal lines that say closed, also without colour; on paper, with a line of its own, treated."""
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(box, radius, radius)
    painter.setClipPath(shape)
    painter.setPen(QPen(line or theme.color("hatch"), HATCH if line is None else 0.5))
    left = box.left() - box.height()
    while left < box.right():
        painter.drawLine(QPointF(left, box.bottom()), QPointF(left + box.height(), box.top()))
        left += step
    painter.restore()
