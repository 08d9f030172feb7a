"""The course on a line of months: a numbered disc a step, filled where it has its visit."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.windows import months_after
from tracker.services.courses.planned_course import STATE_WORDS, PlannedCourse, StepRow
from tracker.ui import theme
from tracker.ui.check.marks import paint_number
from tracker.ui.check.timeline_paint import FLAGS, MAIN, MONTHS, labels_width, paint_months
from tracker.ui.check.timeline_scale import TimelineScale

_LEAST_MONTHS = 3
_RADIUS, _PITCH = 9.0, 20.0
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class CourseStrip(QWidget):
    """A picture only: the list above says the same, and more."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._plan: PlannedCourse | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Timeline of the course"))

    def show_plan(self, plan: PlannedCourse | None) -> None:
        """Show a course (None: nothing)."""
        self._plan = plan
        self.setAccessibleName(tr("Timeline of the course. {plan}", plan=sentence_of(plan)).strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(700, FLAGS + MAIN + MONTHS + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._plan is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(16, 2, -16, -2)
        rows = [row for row in self._plan.rows if row.day is not None]
        scale = self._scale(room, [row.day for row in rows if row.day])
        paint_months(painter, room, scale, 0)
        middle = room.top() + FLAGS + MAIN / 2
        self._paint_label(painter, room, middle)
        self._paint_today(painter, room, scale)
        _paint_steps(painter, scale, middle, rows)

    def _scale(self, room: QRectF, days: list[date]) -> TimelineScale:
        first = min([self._today, *days]).replace(day=1)
        last = max([months_after(self._today, _LEAST_MONTHS), *days])
        return TimelineScale(
            first, months_after(last.replace(day=1), 1), room.left() + labels_width(), room.width() - labels_width() - 8
        )

    def _paint_label(self, painter: QPainter, room: QRectF, middle: float) -> None:
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color("ink"))
        painter.drawText(QRectF(room.left(), middle - 10, labels_width() - 10, 20), _LEFT, tr("Course"))

    def _paint_today(self, painter: QPainter, room: QRectF, scale: TimelineScale) -> None:
        x = round(scale.x(self._today)) + 0.5
        painter.setPen(QPen(theme.color("ink"), 1.5))
        painter.drawLine(QPointF(x, room.top() + FLAGS - 4), QPointF(x, room.top() + FLAGS + MAIN))
        font = theme.font("hint", 600)
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(tr("Today"))
        painter.drawText(QRectF(x, room.top(), width + 4, FLAGS - 4), _LEFT, tr("Today"))


def _paint_steps(painter: QPainter, scale: TimelineScale, middle: float, rows: list[StepRow]) -> None:
    """Draw the discs in their order; neighbouring days stand beside each other, so that every number can be read."""
    before: float | None = None
    for row in rows:
        if row.day is None:
            continue
        x = scale.x(row.day) if before is None else max(scale.x(row.day), before + _PITCH)
        if before is not None:
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.drawLine(QPointF(before + _RADIUS, middle), QPointF(x - _RADIUS, middle))
        if row.step.taken:
            paint_number(painter, QPointF(x, middle), row.number, _RADIUS)
        else:
            _paint_open(painter, QPointF(x, middle), row.number)
        before = x


def _paint_open(painter: QPainter, centre: QPointF, number: int) -> None:
    painter.setPen(QPen(theme.color("accent"), 1.5))
    painter.setBrush(theme.color("surface"))
    painter.drawEllipse(centre, _RADIUS - 0.75, _RADIUS - 0.75)
    painter.setFont(theme.font("hint", 600))
    box = QRectF(centre.x() - _RADIUS, centre.y() - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number))


def sentence_of(plan: PlannedCourse | None) -> str:
    """Return what the picture says, as one sentence."""
    if plan is None:
        return ""
    told = [
        tr(
            "step {number} {STATE_WORDS} {day}",
            number=row.number,
            STATE_WORDS=tr(STATE_WORDS[row.step.state]).lower(),
            day=us_date(row.day, weekday=True),
        )
        for row in plan.rows
        if row.day
    ]
    return f"{'; '.join(told)}." if told else tr("No step has a day.")
