"""Paints the timeline: months, the band that counts, discs, closed days, and three flags on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.windows import ONE_DAY, Window
from tracker.ui import theme
from tracker.ui.check.answer_view import AnswerView, OpenRow
from tracker.ui.check.lanes import Lane, LaneKind
from tracker.ui.check.marks import paint_hollow, paint_number
from tracker.ui.check.timeline_content import TimelineContent
from tracker.ui.check.timeline_scale import TimelineScale
from tracker.ui.spine.site_button import HATCH

FLAGS, MAIN, THIN, MONTHS = 20, 46, 20, 20
_LABELS = 124
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def scale_of(room: QRectF, content: TimelineContent) -> TimelineScale:
    """Return where the days lie in this room."""
    labels = labels_width()
    return TimelineScale.around(content.today, content.days(), room.left() + labels, room.width() - labels - 8)


def labels_width() -> int:
    """Return how much of the left is for the names of the lanes."""
    return theme.scaled(_LABELS)


def paint_months(painter: QPainter, room: QRectF, scale: TimelineScale, lanes: int) -> None:
    """Draw what stays the same while answers change: lines and names of the months."""
    top, bottom = room.top() + FLAGS, room.top() + FLAGS + MAIN + lanes * THIN
    for month, label, bold in scale.months():
        x = round(scale.x(month)) + 0.5
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        if label:
            painter.setFont(theme.font("hint", 600 if bold else None))
            painter.setPen(theme.color("ink2" if bold else "ink3"))
            painter.drawText(QRectF(x + 3, bottom + 2, 60, MONTHS - 2), _LEFT, label)
    painter.setPen(QPen(theme.color("line2"), 1))
    painter.drawLine(QPointF(scale.left, bottom + 0.5), QPointF(scale.left + scale.width, bottom + 0.5))


def paint_answer(painter: QPainter, room: QRectF, content: TimelineContent, scale: TimelineScale, lanes: int) -> None:
    """Draw bands, discs and flags over the months; `lanes` is how many thin lanes there is place for."""
    top = room.top() + FLAGS
    bottom = top + MAIN + lanes * THIN
    view = content.view
    if view is not None:
        if view.lanes.main is not None:
            _paint_main(painter, scale, room.left(), top, view.lanes.main, content.ahead)
        for place, lane in enumerate(view.lanes.thin[:lanes]):
            _paint_thin(painter, scale, room.left(), top + MAIN + place * THIN, lane)
    for span in content.closed_spans():
        _paint_closed(painter, scale, top, span)
    _paint_flags(painter, scale, room.top(), bottom, content)
    if view is not None:
        _paint_discs(painter, scale, top, view)
        lines = [scale.x(flag.day) for flag in _flags(content)]
        for place, lane in enumerate(view.lanes.thin[:lanes]):
            _paint_thin_words(painter, scale, top + MAIN + place * THIN, lane, lines)


def _band(scale: TimelineScale, window: Window, top: float, height: float) -> QRectF:
    left = scale.x(window.start)
    return QRectF(left, top, max(2.0, scale.x(window.end) - left), height)


def _paint_main(
    painter: QPainter, scale: TimelineScale, left: float, top: float, lane: Lane, ahead: Window | None
) -> None:
    first, second = theme.scaled(18), theme.scaled(16)
    begin = top + max(0, (MAIN - 2 - first - second) // 2)
    _paint_words(painter, QRectF(left, begin, labels_width() - 10, first), lane.label, "strong", "ink")
    _paint_words(painter, QRectF(left, begin + first, labels_width() - 10, second), lane.used, "caption", "ink2")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("band_line"), 1))
    painter.setBrush(theme.color("band"))
    painter.drawRoundedRect(_band(scale, lane.window, top + 5.5, MAIN - 12), 3, 3)
    if ahead is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(_band(scale, ahead, top + 2.5, MAIN - 6), 4, 4)


def _paint_words(painter: QPainter, room: QRectF, text: str, role: theme.Role, tone: str) -> None:
    painter.setFont(theme.font(role))
    painter.setPen(theme.color(tone))
    shown = QFontMetrics(theme.font(role)).elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, _LEFT, shown)


def _paint_thin(painter: QPainter, scale: TimelineScale, left: float, top: float, lane: Lane) -> None:
    _paint_words(painter, QRectF(left, top, labels_width() - 10, THIN), lane.label, "caption", "ink2")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line, fill = _THIN_COLORS[lane.kind, lane.open]
    painter.setPen(QPen(theme.color(line), 1))
    painter.setBrush(theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
    band = _band(scale, lane.window, top + 4.5, THIN - 9)
    painter.drawRoundedRect(band, 3, 3)
    if lane.kind is LaneKind.INTERVAL and not lane.open:
        _hatch_box(painter, band)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("ok"))
    for day in lane.days:
        painter.drawEllipse(QPointF(scale.x(day), band.center().y()), 3.0, 3.0)


def _paint_thin_words(painter: QPainter, scale: TimelineScale, top: float, lane: Lane, lines: list[float]) -> None:
    """Say what a lane means beside its band, where no flag's line goes through it; else on a ground of its own."""
    band = _band(scale, lane.window, top + 4.5, THIN - 9)
    width = QFontMetrics(theme.font("hint")).horizontalAdvance(lane.used) + 4
    inside = [band.right() - 6 - width] if width + 12 < band.width() else []
    places = [QRectF(left, top, width, THIN) for left in (band.right() + 8, band.left() - 6 - width, *inside)]
    fitting = [each for each in places if each.left() >= scale.left and each.right() <= scale.left + scale.width]
    if not fitting:
        return
    free = (each for each in fitting if not any(each.left() - 3 < line < each.right() + 3 for line in lines))
    room = next(free, fitting[0])
    painter.fillRect(room.adjusted(-4, 3, 2, -3), theme.color("surface"))
    _paint_words(painter, room, lane.used, "hint", "ink" if lane.kind is LaneKind.APPROVAL else "ink2")


_THIN_COLORS = {
    (LaneKind.COUNT, True): ("edge", ""),
    (LaneKind.COUNT, False): ("edge", ""),
    (LaneKind.INTERVAL, True): ("used_line", "used"),
    (LaneKind.INTERVAL, False): ("no", "no_tint"),
    (LaneKind.APPROVAL, True): ("ok", "ok_tint"),
    (LaneKind.APPROVAL, False): ("edge", "neu_tint"),
}


def _hatch_box(painter: QPainter, box: QRectF) -> None:
    painter.save()
    painter.setClipRect(box)
    painter.setPen(QPen(theme.color("hatch"), HATCH))
    for offset in range(-int(box.height()), int(box.width()) + 1, 7):
        start = QPointF(box.left() + offset, box.bottom())
        painter.drawLine(start, QPointF(start.x() + box.height(), box.top()))
    painter.restore()


def _paint_closed(painter: QPainter, scale: TimelineScale, top: float, span: Window) -> None:
    """Hatch days that are not allowed, the last one whole."""
    box = _band(scale, Window(span.start, span.end + ONE_DAY), top + 5.5, MAIN - 12)
    painter.fillRect(box, theme.color("no_tint"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _hatch_box(painter, box)
    painter.setPen(QPen(theme.color("no"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _paint_discs(painter: QPainter, scale: TimelineScale, top: float, view: AnswerView) -> None:
    middle = top + MAIN / 2 - 0.5
    for hollow in (*view.not_counted, *view.looked_at):
        paint_hollow(painter, QPointF(scale.x(hollow.day), middle))
        _paint_word(painter, scale, middle, hollow, view)
    before = -100.0
    for row in view.counted:
        x = scale.x(row.day)
        # Discs of neighbouring days stand beside each other, so that every number can be read.
        x = max(x, before + 15)
        paint_number(painter, QPointF(x, middle), row.number, 8.5)
        before = x


def _paint_word(painter: QPainter, scale: TimelineScale, middle: float, row: OpenRow, view: AnswerView) -> None:
    """Name a hollow disc where the next disc leaves room for it."""
    left = scale.x(row.day) + 10
    width = QFontMetrics(theme.font("hint")).horizontalAdvance(row.short)
    days = [*(each.day for each in view.counted), *(each.day for each in (*view.not_counted, *view.looked_at))]
    days.remove(row.day)
    others = [scale.x(day) for day in days]
    if all(x + 10 < left - 18 or x - 10 > left + width for x in others):
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.color("ink2"))
        painter.drawText(QRectF(left, middle - 10, width + 4, 20), _LEFT, row.short)


@dataclass(frozen=True, slots=True)
class _Flag:
    day: date
    long: str
    short: str
    color: QColor
    before: bool = False


def _paint_flags(painter: QPainter, scale: TimelineScale, top: float, bottom: float, content: TimelineContent) -> None:
    flags = _flags(content)
    metrics = QFontMetrics(theme.font("hint", 600))
    right_end = scale.left + scale.width
    taken: list[tuple[float, float]] = []
    # The last flag matters most: it gets its place first, and what would touch it is shortened or hidden.
    for flag in reversed(flags):
        x = round(scale.x(flag.day)) + 0.5
        painter.setPen(QPen(flag.color, 1.5))
        painter.drawLine(QPointF(x, top + FLAGS - 4), QPointF(x, bottom))
        place = _place(flag, x, right_end, metrics, taken)
        if place is not None:
            words, left, width = place
            taken.append((left - 5, left + width + 5))
            painter.setFont(theme.font("hint", 600))
            painter.drawText(QRectF(left, top, width + 4, FLAGS - 4), _LEFT, words)


def _place(
    flag: _Flag, x: float, right_end: float, metrics: QFontMetrics, taken: list[tuple[float, float]]
) -> tuple[str, float, int] | None:
    """Return words, left end and width where they touch nothing, right of the line before left of it; else None."""
    for before in (False, True) if not flag.before else (True, False):
        for words in dict.fromkeys((flag.long, flag.short)):
            width = metrics.horizontalAdvance(words)
            left = x - width - 2 if before else x
            if left + width <= right_end + 6 and all(left + width + 5 < low or left - 5 > high for low, high in taken):
                return words, left, width
    return None


def _flags(content: TimelineContent) -> list[_Flag]:
    flags = [_Flag(content.today, tr("Today"), tr("Today"), theme.color("ink"), before=True)]
    view = content.view
    if view is None:
        return flags
    asked = us_date(view.asked, weekday=True)
    flags.append(
        _Flag(
            view.asked, tr("Asked {asked}", asked=asked), tr("Asked {asked:%m/%d}", asked=view.asked), view.status.ink()
        )
    )
    if view.earliest is not None and view.earliest > view.asked:
        words = tr("Next free {earliest}", earliest=us_date(view.earliest, weekday=True))
        flags.append(_Flag(view.earliest, words, words, theme.color("accent")))
    return flags


def hatch_brush() -> QBrush:
    """Return the pattern of closed days, for the legend."""
    return QBrush(theme.color("hatch"), Qt.BrushStyle.BDiagPattern)
