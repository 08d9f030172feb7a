"""Two years of injections in one picture: a lane a family, the 12 months that count today, approvals below."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.windows import rolling_months
from tracker.ui import theme
from tracker.ui.check.marks import paint_hollow, paint_number
from tracker.ui.check.timeline_scale import TimelineScale
from tracker.ui.patient.history_view import ApprovalBar, Disc, HistoryLane, HistoryView
from tracker.ui.spine.site_button import hatch
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.section_head import SectionHead

LABELS, FLAGS, LANE, MONTHS = 124, 18, 24, 18
MOST_BARS = 3
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class HistoryStrip(QWidget):
    """Every day in it stands as text in the tables beside it; its accessible name is the sentence."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = HistoryView(today)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Timeline"))

    def view(self) -> HistoryView:
        return self._view

    def show_view(self, view: HistoryView) -> None:
        if view != self._view:
            self._view = view
            self.setAccessibleName(tr("Timeline, 24 months. {sentence}", sentence=view.sentence))
            self.updateGeometry()
            self.update()

    def bar_rows(self) -> list[list[ApprovalBar]]:
        """Return the approvals in as few rows as hold them without touching, those that may be used first."""
        rows: list[list[ApprovalBar]] = []
        for bar in sorted(self._view.approvals, key=lambda bar: (not bar.usable, bar.start)):
            row = next((row for row in rows if all(bar.start > b.end or bar.end < b.start for b in row)), None)
            if row is not None:
                row.append(bar)
            elif len(rows) < MOST_BARS:
                rows.append([bar])
        return rows

    def sizeHint(self) -> QSize:
        return QSize(700, FLAGS + LANE * (len(self._view.lanes) + len(self.bar_rows())) + MONTHS + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        view, bars, labels = self._view, self.bar_rows(), theme.scaled(LABELS)
        scale = TimelineScale(view.first, view.last, float(labels), self.width() - labels - 16.0)
        bottom = FLAGS + LANE * (len(view.lanes) + len(bars))
        self._paint_ground(painter, scale, FLAGS, bottom)
        for place, lane in enumerate(view.lanes):
            self._paint_lane(painter, scale, FLAGS + LANE * place, lane)
        for place, row in enumerate(bars):
            self._paint_bars(painter, scale, FLAGS + LANE * (len(view.lanes) + place), row, first=place == 0)
        self._paint_today(painter, scale, bottom)

    def _paint_ground(self, painter: QPainter, scale: TimelineScale, top: float, bottom: float) -> None:
        window = rolling_months(self._view.today, 12)
        left = scale.x(window.start)
        painter.fillRect(QRectF(left, top, scale.x(window.end) - left, bottom - top), theme.color("band"))
        for month, label, bold in scale.months():
            x = round(scale.x(month)) + 0.5
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
            painter.setFont(theme.font("hint", 600 if bold else None))
            painter.setPen(theme.color("ink2" if bold else "ink3"))
            painter.drawText(QRectF(x + 3, bottom + 1, 60, MONTHS), _LEFT, label)
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.drawLine(QPointF(scale.left, bottom + 0.5), QPointF(scale.left + scale.width, bottom + 0.5))
        painter.setPen(QPen(theme.color("band_line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(round(left) + 0.5, top + 0.5, round(scale.x(window.end) - left), bottom - top))

    def _paint_label(self, painter: QPainter, top: float, words: str) -> None:
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink"))
        room = QRectF(16, top, theme.scaled(LABELS) - 20, LANE)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, _LEFT, shown)

    def _paint_lane(self, painter: QPainter, scale: TimelineScale, top: float, lane: HistoryLane) -> None:
        self._paint_label(painter, top, lane.label)
        if lane.free is not None:
            self._paint_closed(painter, scale, top, lane.free)
        placed: list[tuple[float, Disc]] = []
        for disc in (each for each in lane.discs if each.day >= scale.first):
            x = max(scale.x(disc.day), placed[-1][0] + 15) if placed else scale.x(disc.day)
            self._paint_disc(painter, QPointF(x, top + LANE / 2), disc)
            placed.append((x, disc))
        today = scale.x(self._view.today)
        taken = [(today - 1, today + 1), *((x - 8, x + 8) for x, _disc in placed)]
        for x, disc in placed:
            if disc.word and not disc.number and not (disc.booked and lane.free is not None):
                self._paint_word(painter, QPointF(x, top + LANE / 2), disc, taken)

    def _paint_disc(self, painter: QPainter, at: QPointF, disc: Disc) -> None:
        if disc.number:
            paint_number(painter, at, disc.number, 8.0)
            return
        paint_hollow(painter, at)
        if disc.booked:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawEllipse(at, 6.0, 6.0)

    def _paint_word(self, painter: QPainter, at: QPointF, disc: Disc, taken: list[tuple[float, float]]) -> None:
        """Name a disc at the side where nothing stands yet; where both sides are taken the tables tell it."""
        width = QFontMetrics(theme.font("hint")).horizontalAdvance(disc.word) + 2
        right, left = at.x() + 10, at.x() - 10 - width
        for start in (right, left) if disc.booked or at.x() < self.width() / 2 else (left, right):
            end = start + width
            if end <= self.width() and all(end < low or start > high for low, high in taken):
                taken.append((start - 4, end + 4))
                painter.setFont(theme.font("hint"))
                painter.setPen(theme.color("ink2"))
                painter.drawText(QRectF(start, at.y() - 9, width, 18), _LEFT, disc.word)
                return

    def _paint_closed(self, painter: QPainter, scale: TimelineScale, top: float, free: date) -> None:
        start, end = scale.x(self._view.today), scale.x(free)
        box = QRectF(start, top + 3.5, max(3.0, end - start), LANE - 8)
        painter.fillRect(box, theme.color("no_tint"))
        hatch(painter, box, 0)
        painter.setPen(QPen(theme.color("no"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        words = tr("free {day}", day=us_date(free, weekday=True))
        painter.setFont(theme.font("hint", 600))
        width = QFontMetrics(theme.font("hint", 600)).horizontalAdvance(words)
        fits = end + 8 + width <= scale.left + scale.width
        painter.setPen(theme.color("accent"))
        room = QRectF(end + 8 if fits else start - width - 10, top, width + 4, LANE - 1)
        if not fits:
            painter.fillRect(room.adjusted(-3, 4, 3, -4), theme.color("surface"))
        painter.drawText(room, _LEFT, words)

    def _paint_bars(
        self, painter: QPainter, scale: TimelineScale, top: float, bars: list[ApprovalBar], *, first: bool
    ) -> None:
        if first:
            self._paint_label(painter, top, tr("Authorizations"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for bar in (each for each in bars if each.end >= scale.first):
            left, right = scale.x(bar.start), scale.x(bar.end)
            box = QRectF(left + 0.5, top + 4.5, max(4.0, right - left), LANE - 9)
            painter.setPen(QPen(theme.color("ok" if bar.usable else "edge"), 1))
            painter.setBrush(theme.color("ok_tint" if bar.usable else "neu_tint"))
            painter.drawRoundedRect(box, 3, 3)
            metrics = QFontMetrics(theme.font("hint"))
            words = bar.label if metrics.horizontalAdvance(bar.label) <= box.width() - 10 else bar.label.split()[0]
            if metrics.horizontalAdvance(words) <= box.width() - 6:
                painter.setFont(theme.font("hint"))
                painter.setPen(theme.color("ink" if bar.usable else "ink2"))
                painter.drawText(box.adjusted(6, 0, 0, 0), _LEFT, words)

    def _paint_today(self, painter: QPainter, scale: TimelineScale, bottom: float) -> None:
        x = round(scale.x(self._view.today)) + 0.5
        painter.setPen(QPen(theme.color("ink"), 1.5))
        painter.drawLine(QPointF(x, FLAGS - 3), QPointF(x, bottom))
        painter.setFont(theme.font("hint", 600))
        painter.drawText(QRectF(x - 40, 0, 80, FLAGS - 3), int(Qt.AlignmentFlag.AlignCenter), tr("Today"))


class HistoryPanel(Ground):
    """The strip under its heading."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        self.head = SectionHead(tr("Timeline, 24 months"), self)
        self.head.set_beside(tr("framed: the 12 months that count today"))
        self.strip = HistoryStrip(today, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 6)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.strip)
