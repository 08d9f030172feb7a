"""The timeline below an answer: what counts, what leaves the count, and the first free day; moved by keys."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.us_dates import us_date
from tracker.domain.windows import Window
from tracker.ui import theme
from tracker.ui.check.answer_view import AnswerView
from tracker.ui.check.timeline_paint import (
    FLAGS,
    MAIN,
    MONTHS,
    THIN,
    TimelineContent,
    hatch_brush,
    paint_answer,
    paint_months,
    scale_of,
)
from tracker.ui.check.timeline_scale import TimelineScale
from tracker.ui.widgets.faces import paint_focus
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import KeyCap
from tracker.ui.widgets.plain_label import PlainLabel

_DAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TimelineStrip(QWidget):
    """`day_moved` carries how many days the arrows ask for; `next_wanted` comes on N."""

    day_moved = Signal(int)
    next_wanted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = TimelineContent(today)
        self._lanes = self._most_lanes = 0
        self._layer = QPixmap()
        self._layer_key: tuple[object, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def content(self) -> TimelineContent:
        return self._content

    def show_view(self, today: date, view: AnswerView | None, ahead: Window | None = None) -> None:
        """Show an answer (None: only the months); `ahead` is the counting window on the earliest day."""
        new = TimelineContent(today, view, ahead)
        if new != self._content:
            self._content = new
            self._fit_lanes()
            self._describe()
            self.update()

    def set_most_lanes(self, count: int) -> None:
        """Give place to so many further limits at most."""
        self._most_lanes = count
        self._fit_lanes()

    def _fit_lanes(self) -> None:
        """Take as much height as the answer has lanes; without an answer it stays, so that nothing jumps."""
        view = self._content.view
        wanted = max(0, len(view.lanes) - 1) if view else self._lanes
        if min(wanted, self._most_lanes) != self._lanes:
            self._lanes = min(wanted, self._most_lanes)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(700, FLAGS + MAIN + self._lanes * THIN + MONTHS + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    def _describe(self) -> None:
        self.setAccessibleName(f"Timeline. {sentence_of(self._content)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _DAYS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is not None and (plain or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.day_moved.emit(step if plain else step * 7)
        elif event.key() == Qt.Key.Key_N and plain:
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRectF(self.rect()).adjusted(6, 2, -6, -2)
        scale = scale_of(room, self._content)
        painter.drawPixmap(0, 0, self._months_layer(room, scale))
        paint_answer(painter, room, self._content, scale, self._lanes)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()))

    def _months_layer(self, room: QRectF, scale: TimelineScale) -> QPixmap:
        """Return the drawn months, kept while scale, size and scheme stay the same."""
        key = (scale, self.size(), self._lanes, self.devicePixelRatioF(), theme.tokens())
        if key != self._layer_key:
            self._layer_key = key
            self._layer = QPixmap(self.size() * self.devicePixelRatioF())
            self._layer.setDevicePixelRatio(self.devicePixelRatioF())
            self._layer.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._layer)
            paint_months(painter, room, scale, self._lanes)
            painter.end()
        return self._layer


def sentence_of(content: TimelineContent) -> str:
    """Return what the picture says, as one sentence."""
    view = content.view
    if view is None:
        return f"Today is {us_date(content.today, weekday=True)}."
    counted = f"{view.count}, {view.window_text}" if view.count else "Nothing is counted"
    closed = view.earliest is not None and view.earliest > view.asked
    free = f"; next free {us_date(view.earliest, weekday=True)}" if closed and view.earliest else ""
    return f"{counted}; asked for {us_date(view.asked, weekday=True)}{free}."


class TimelinePanel(Ground):
    """The strip with its heading, legend and keys."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        self.strip = TimelineStrip(today, self)
        self._window = _Legend("band", self)
        self._ahead = _Legend("ahead", self)
        self._closed = _Legend("closed", self)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(14)
        head.addWidget(PlainLabel("Timeline", "heading", parent=self))
        for legend in (self._window, self._ahead, self._closed):
            head.addWidget(legend)
        head.addStretch(1)
        for key, words in (("←", ""), ("→", "day"), ("N", "next free")):
            head.addWidget(KeyCap(key, self))
            head.addSpacing(-8)
            if words:
                head.addWidget(PlainLabel(words, "caption", "ink2", self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 6)
        column.setSpacing(2)
        column.addLayout(head)
        inner = QHBoxLayout()
        inner.setContentsMargins(10, 0, 10, 0)
        inner.addWidget(self.strip)
        column.addLayout(inner)

    def show_view(self, today: date, view: AnswerView | None, ahead: Window | None = None) -> None:
        """Show an answer in strip and legend."""
        self.strip.show_view(today, view, ahead)
        window = view.window if view else None
        self._window.show_text(f"counts on {us_date(view.asked)}" if view and window else "")
        self._ahead.show_text(f"the same on {us_date(view.earliest)}" if view and view.earliest and ahead else "")
        closed = view is not None and view.earliest is not None and view.earliest > view.asked
        self._closed.show_text("closed" if closed else "")


class _Legend(QWidget):
    """A small sample and its word."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._label = PlainLabel("", "caption", "ink2", self, elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 0, 0, 0)
        row.addWidget(self._label)
        self.hide()

    def show_text(self, text: str) -> None:
        self._label.setText(text)
        self.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0.5, self.height() / 2 - 5.5, 21, 11)
        if self._kind == "ahead":
            painter.setPen(QPen(theme.color("accent"), 1, Qt.PenStyle.DashLine))
        else:
            closed = self._kind == "closed"
            painter.setPen(QPen(theme.color("no" if closed else "band_line"), 1))
            painter.setBrush(theme.color("no_tint" if closed else "band"))
        painter.drawRoundedRect(box, 2, 2)
        if self._kind == "closed":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(hatch_brush())
            painter.drawRoundedRect(box, 2, 2)
