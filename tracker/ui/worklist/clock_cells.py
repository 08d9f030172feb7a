"""Paints the payer's time to decide: a cell a day, filled when it has passed, hatched red when it is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import day_in_year, weekday_of
from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index, RowDelegate, cell_of, tone_in
from tracker.ui.widgets.word_paint import paint_words

if TYPE_CHECKING:
    from tracker.services.authorizations.work_rows import DecisionClock

_CELLS, _STRIP, _GAP = 7, 45, 7
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_MOST_DAYS = 14
_NAMED = 24
"""From how many pixels a day on its number stands below it."""


class ClockDelegate(RowDelegate):
    """A small clock before the words, where the payer's time is running."""

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        found = cell_of(index)
        clock = found[1].clock if found is not None else None
        if found is None or clock is None:
            super().paint_content(painter, room, index, selected)
            return
        _paint_small(painter, room, clock)
        words = room.adjusted(_STRIP + _GAP, 0, 0, 0)
        column, record, past = found
        painter.setPen(theme.color(tone_in(column, record, past, selected)))
        paint_words(painter, QRectF(words), column.text(record), "strong" if clock.late else "body")


def _paint_small(painter: QPainter, room: QRect, clock: DecisionClock) -> None:
    """Draw the days as cells; where the payer has more than ten, a cell stands for several days."""
    cells = min(clock.days, _CELLS)
    filled = cells if clock.late else clock.passed * cells // clock.days
    width = min(6, (_STRIP - (cells - 1)) // cells)
    top = room.center().y() - 5
    token = "no" if clock.late else "accent"
    for place in range(cells):
        box = QRectF(room.left() + place * (width + 1.5), top, width, 11)
        if place < filled:
            painter.fillRect(box, theme.color(token))
        else:
            painter.setPen(QPen(theme.color("edge"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


class DecisionClockBar(QWidget):
    """One cell a day, from the day on which the payer had the request; the days are named below, the end above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock: DecisionClock | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, 58)

    def show_clock(self, clock: DecisionClock | None) -> None:
        self._clock = clock
        self.setAccessibleName(self.sentence())
        self.update()

    def sentence(self) -> str:
        """Return what the picture says."""
        if self._clock is None:
            return ""
        late = tr(", {days} late", days=_days(self._clock.late)) if self._clock.late else ""
        return tr(
            "Sent {begins}, decision due {due}{late}",
            begins=day_in_year(self._clock.begins),
            due=day_in_year(self._clock.due),
            late=late,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._clock is None:
            return
        painter = QPainter(self)
        self._paint_words(painter, self._clock)
        days = _days_of(self._clock)
        step = (self.width() + 2) / len(days)
        for place, (day, name) in enumerate(zip(days, self.day_names(), strict=True)):
            box = QRectF(place * step, 20, step - 2, 18)
            self._paint_day(painter, self._clock, day, box)
            self._paint_name(painter, self._clock, day, name, box)

    def day_names(self) -> tuple[str, ...]:
        """Return what stands below each day: all with the weekday's letter or, where one has no room for it, none."""
        if self._clock is None:
            return ()
        days = _days_of(self._clock)
        room = (self.width() + 2) / len(days) - 2
        whole = tuple(f"{weekday_of(day)[0]} {day.day}" for day in days)
        metrics = QFontMetrics(theme.font("hint"))
        if all(metrics.horizontalAdvance(name) <= room for name in whole):
            return whole
        return tuple(str(day.day) if room >= _NAMED else "" for day in days)

    def word_boxes(self) -> tuple[QRect, ...]:
        """Return where the words above the days stand."""
        return tuple(box for _text, box, _font, _tone in self._words(self._clock)) if self._clock else ()

    def _words(self, clock: DecisionClock) -> Iterator[tuple[str, QRect, str, str]]:
        """Yield text, place, font and tone; when it was sent only where there is room: the lines above say it too."""
        right = self.width()
        late = tr("{days} late", days=_days(clock.late)) if clock.late else ""
        due = tr("Decision due {due}", due=day_in_year(clock.due))
        for text, tone in ((late, "no"), (due, "accent")):
            wide = QFontMetrics(theme.font("caption_strong")).horizontalAdvance(text)
            if text:
                yield text, QRect(right - wide, 0, wide, 18), "caption_strong", tone
                right -= wide + 12
        sent = tr("Sent {begins}", begins=day_in_year(clock.begins))
        wide = QFontMetrics(theme.font("hint")).horizontalAdvance(sent)
        if wide <= right:
            yield sent, QRect(0, 0, wide, 18), "hint", "ink2"

    def _paint_words(self, painter: QPainter, clock: DecisionClock) -> None:
        for text, box, font, tone in self._words(clock):
            painter.setFont(theme.font(font))
            painter.setPen(theme.color(tone))
            painter.drawText(box, _LEFT, text)

    def _paint_day(self, painter: QPainter, clock: DecisionClock, day: date, box: QRectF) -> None:
        frame = box.adjusted(0.5, 0.5, -0.5, -0.5)
        passed, late = day <= clock.today, day > clock.due
        painter.setPen(QPen(theme.color("no" if late and passed else "accent" if passed else "edge"), 1))
        painter.setBrush(theme.color("accent") if passed and not late else Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        if passed and late:
            painter.fillRect(frame, QBrush(theme.color("hatch"), Qt.BrushStyle.BDiagPattern))
        elif box.width() >= 16:
            painter.setFont(theme.font("hint"))
            painter.setPen(theme.color("on_accent" if passed else "ink3"))
            painter.drawText(box, _CENTRE, str(max((day - clock.begins).days, 0)))

    def _paint_name(self, painter: QPainter, clock: DecisionClock, day: date, name: str, box: QRectF) -> None:
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.color("ink" if day == clock.today else "ink3"))
        painter.drawText(QRectF(box.left() - 4, 40, box.width() + 8, 16), _CENTRE, name)


def _days(count: int) -> str:
    return tr_n("{n} day", "{n} days", count)


def _days_of(clock: DecisionClock) -> tuple[date, ...]:
    """Return the days to draw: all of them, or the last two weeks where there are more."""
    last = max(clock.due, clock.today)
    count = (last - clock.begins).days + 1
    first = clock.begins if count <= _MOST_DAYS else last - timedelta(days=_MOST_DAYS - 1)
    return tuple(first + timedelta(days=place) for place in range((last - first).days + 1))
