"""The whole spine, small: a dot for every place with its history, and a frame round the part in view."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tracker.domain.anatomy import LEVELS, Level, Target
from tracker.domain.language import tr, tr_n
from tracker.services.answers.site_marks import Heat
from tracker.ui import theme
from tracker.ui.spine.heat import NONE, HeatMode, ramp
from tracker.ui.spine.rows import FIRST, LAST, PART_NAMES, USUAL, Layout

WIDTH, NUMBERS = 74, 22
"""Where counts stand beside the dots it is so much wider."""
_SACRUM = 44.0
_TOP, _LEFT = 6.0, 24.0
_REACH = 13.0
_MORE = 6.0
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_BELOW = {"SI": 9.0, "S1": 16.0, "caudal": 34.0}
"""How far below the last joint the places of the sacrum lie."""


@functools.cache
def _rows(upper: bool) -> dict[Level, int]:
    first = LEVELS["C0-C1" if upper else "C2-C3"]
    levels = (level for level in LEVELS.values() if first <= level <= LEVELS["L5-S1"])
    return {level: row for row, level in enumerate(levels)}


class MiniSpine(QWidget):
    """`part_wanted` carries the letter of the part that was clicked. `numbered`: every count stands beside its dot."""

    part_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, numbered: bool = False) -> None:
        super().__init__(parent)
        self._numbered = numbered
        self._part = ""
        self._states: Mapping[Target, str] = {}
        self._heat: Mapping[Target, Heat] = {}
        self._mode = HeatMode.WINDOW
        self._layout = USUAL
        self.setFixedWidth(WIDTH + (NUMBERS if numbered else 0))
        self._describe()

    def show_heat(self, heat: Mapping[Target, Heat], mode: HeatMode = HeatMode.WINDOW) -> None:
        """Show how often each place was treated."""
        self._heat, self._mode = heat, mode
        self._describe()
        self.update()

    def show_part(self, part: str, states: Mapping[Target, str], layout: Layout) -> None:
        """Frame a part; `states` gives places in view a state: used, last, closed or chosen."""
        self._part, self._states, self._layout = part, states, layout
        self.update()

    def heat(self) -> Mapping[Target, Heat]:
        return self._heat

    def sizeHint(self) -> QSize:
        return QSize(self.width(), 320)

    def _describe(self) -> None:
        told = [
            f"{place.label} {self._mode.count(heat)}"
            for place, heat in sorted(self._heat.items())
            if self._mode.count(heat)
        ]
        counted = tr_n("{n} place", "{n} places", len(told)) if told else tr("no place")
        words = tr("Whole spine, {what}: {count}", what=self._mode.words, count=counted)
        self.setAccessibleName(": ".join((words, ", ".join(told))) if told else words)

    def _levels(self) -> dict[Level, int]:
        """Return the levels that have bones, each with its row."""
        return _rows(self._layout.upper)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for part, (top, bottom) in self._bounds().items():
            if top <= event.position().y() <= bottom:
                self.part_wanted.emit(part)
        super().mousePressEvent(event)

    def _step(self) -> float:
        return (self.height() - 2 * _TOP - _SACRUM) / len(self._levels())

    def _line(self, level: Level) -> float:
        """Return the height of a level's joint, or of the place on the sacrum."""
        levels = self._levels()
        bottom = _TOP + self._step() * len(levels)
        if level not in levels:
            return bottom + _BELOW.get(level.name, 0.0)
        return _TOP + self._step() * (levels[level] + 1)

    def _bounds(self) -> dict[str, tuple[float, float]]:
        """Return where each part begins and ends, from top to bottom."""
        bounds, top = {}, _TOP - 2
        for part in FIRST:
            bottom = self._line(LEVELS[LAST[part]]) + (_SACRUM - 2 if part == "L" else 4)
            bounds[part] = (top, bottom)
            top = bottom - 2
        return bounds

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = _LEFT + 19.0 + (_MORE if self._numbered else 0)
        self._paint_bones(painter, middle)
        lines = {level: self._line(level) for level in LEVELS.values()}
        for place in {*self._places(), *self._heat, *self._states}:
            at = QPointF(middle + _REACH * self._layout.sign(place.side), lines[place.level])
            self._paint_dot(painter, at, place)
        self._paint_parts(painter)

    def _places(self) -> list[Target]:
        sides = [each.side for each in self._states] or [each.side for each in self._heat]
        wanted = dict.fromkeys(sides)
        return [Target(level, side) for level in self._levels() for side in wanted]

    def _paint_bones(self, painter: QPainter, middle: float) -> None:
        levels, step = self._levels(), self._step()
        painter.setPen(QPen(theme.color("bone_line"), 0.8))
        painter.setBrush(theme.color("bone"))
        for row in range(len(levels)):
            width = 9 + 9 * row / len(levels)
            painter.drawRoundedRect(QRectF(middle - width / 2, _TOP + step * row + 1, width, step - 2), 2, 2)
        bottom = _TOP + step * len(levels)
        sacrum = QPainterPath(QPointF(middle - 9, bottom + 2))
        for across, down in ((9, 2), (3, 32), (-3, 32)):
            sacrum.lineTo(middle + across, bottom + down)
        sacrum.closeSubpath()
        painter.drawPath(sacrum)

    def _paint_dot(self, painter: QPainter, at: QPointF, place: Target) -> None:
        state, count = self._states.get(place, ""), self._mode.count(self._heat.get(place, NONE))
        if state == "closed":
            painter.setPen(QPen(theme.color("no"), 1.6))
            painter.drawLine(at + QPointF(-2.5, -2.5), at + QPointF(2.5, 2.5))
            painter.drawLine(at + QPointF(-2.5, 2.5), at + QPointF(2.5, -2.5))
        else:
            chosen = state == "chosen"
            line = "accent" if chosen else "used_line" if count else "edge"
            painter.setPen(QPen(theme.color(line), 1.8 if chosen else 0.9))
            fill = ramp(count) if self._mode is HeatMode.EVER else theme.color("used_line") if count else None
            painter.setBrush(fill or Qt.BrushStyle.NoBrush)
            radius = 3.6 if chosen else min(2.0 + 0.6 * count, 4.4)
            painter.drawEllipse(at, radius, radius)
        if self._numbered and count:
            sign = self._layout.sign(place.side) or 1
            painter.setFont(theme.font("hint", 600))
            painter.setPen(theme.color("ink2"))
            painter.drawText(QRectF(at.x() + (7 if sign > 0 else -21), at.y() - 7, 14, 14), _CENTRE, str(count))

    def _paint_parts(self, painter: QPainter) -> None:
        painter.setFont(theme.font("hint"))
        for part, (top, bottom) in self._bounds().items():
            here = part == self._part
            painter.setPen(theme.color("accent" if here else "ink3"))
            painter.drawText(QRectF(2, (top + bottom) / 2 - 8, 14, 16), _CENTRE, PART_NAMES[part][0])
            if here:
                painter.setPen(QPen(theme.color("accent"), 1.4))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(_LEFT, top, 38.0, bottom - top), 4, 4)
