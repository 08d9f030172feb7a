"""The timeline below an answer: what counts, what leaves the count, and the first free day; moved by keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QToolTip, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.windows import Window
from tracker.ui import theme
from tracker.ui.announcing import announce
from tracker.ui.check.answer_view import AnswerView
from tracker.ui.check.timeline_content import TimelineContent
from tracker.ui.check.timeline_legend import TimelineLegend
from tracker.ui.check.timeline_paint import (
    FLAGS,
    MAIN,
    MONTHS,
    THIN,
    paint_answer,
    paint_months,
    scale_of,
)
from tracker.ui.check.timeline_scale import TimelineScale
from tracker.ui.check.timeline_table import TimelineTable
from tracker.ui.check.timeline_words import sentence_of, tip_at
from tracker.ui.theme import plain_text
from tracker.ui.widgets.faces import paint_focus
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.marks import KeyCap
from tracker.ui.widgets.plain_label import PlainLabel

_LETTERS: dict[int, str] = {Qt.Key.Key_N: "N", Qt.Key.Key_P: "P", Qt.Key.Key_T: "T"}
_INSET = (6, 2, -6, -2)
_DAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TimelineStrip(QWidget):
    """`day_moved` carries how many days the arrows ask for; `next_wanted` comes on N, `blocked_wanted` on P.

    `table_wanted` comes on T: the same as rows.
    """

    help_place = "check#timeline"

    day_moved = Signal(int)
    next_wanted = Signal()
    blocked_wanted = Signal()
    table_wanted = Signal()

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
        self._show(TimelineContent(today, view, ahead, self._content.closed))

    def show_closed(self, spans: tuple[Window, ...]) -> None:
        """Hatch these days before the one asked, too."""
        self._show(replace(self._content, closed=spans))

    def _show(self, new: TimelineContent) -> None:
        if new != self._content:
            self._content = new
            self._fit_lanes()
            self._describe()
            self._speak()
            self.update()

    def _speak(self) -> None:
        """Say the sentence while the hands are here; elsewhere the headline of the answer is spoken."""
        if self.hasFocus():
            announce(self, sentence_of(self._content))

    def set_most_lanes(self, count: int) -> None:
        """Give place to so many further limits at most."""
        self._most_lanes = count
        self._fit_lanes()

    def _fit_lanes(self) -> None:
        """Take as much height as the answer has lanes; without an answer it stays, so that nothing jumps."""
        view = self._content.view
        wanted = len(view.lanes.thin) if view else self._lanes
        if min(wanted, self._most_lanes) != self._lanes:
            self._lanes = min(wanted, self._most_lanes)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(700, FLAGS + MAIN + self._lanes * THIN + MONTHS + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    def _describe(self) -> None:
        self.setAccessibleName(tr("Timeline. {sentence_of}", sentence_of=sentence_of(self._content)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _DAYS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is not None and (plain or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.day_moved.emit(step if plain else step * 7)
        elif plain and event.key() in _LETTERS:
            {"N": self.next_wanted, "P": self.blocked_wanted, "T": self.table_wanted}[
                _LETTERS[Qt.Key(event.key())]
            ].emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            room = QRectF(self.rect()).adjusted(*_INSET)
            tip = tip_at(self._content, scale_of(room, self._content), event.pos().x())
            QToolTip.showText(event.globalPos(), plain_text.as_tip(tip), self)
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRectF(self.rect()).adjusted(*_INSET)
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


ROOM_FOR_KEYS = 900


class TimelinePanel(Ground):
    """The strip with its heading, legend and keys."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        self.strip = TimelineStrip(today, self)
        self.table = TimelineTable(self)
        self._faces = QStackedWidget(self)
        self._window = TimelineLegend("band", self)
        self._ahead = TimelineLegend("ahead", self)
        self._closed = TimelineLegend("closed", self)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(14)
        head.addWidget(Heading(tr("Timeline"), "heading", parent=self))
        for legend in (self._window, self._ahead, self._closed):
            head.addWidget(legend)
        self.told = PlainLabel("", "caption", "ink2", self, elide=True)
        head.addWidget(self.told, 1)
        self._more = QWidget(self)
        more = QHBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(14)
        self._add_keys(head, (("←", ""), ("→", tr("day")), ("N", tr("next free"))))
        self._add_keys(more, (("P", tr("closed before")), ("T", tr("table"))))
        head.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 6)
        column.setSpacing(2)
        column.addLayout(head)
        inner = QHBoxLayout()
        inner.setContentsMargins(10, 0, 10, 0)
        inner.addWidget(self._faces)
        for face in (self.strip, self.table):
            self._faces.addWidget(face)
        self._faces.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addLayout(inner)
        self.setFocusProxy(self.strip)
        self.strip.table_wanted.connect(self.swap_faces)
        self.table.bind("T", lambda _row: self.swap_faces())

    def _add_keys(self, row: QHBoxLayout, keys: tuple[tuple[str, str], ...]) -> None:
        for key, words in keys:
            row.addWidget(KeyCap(key, self))
            row.addSpacing(-8)
            if words:
                row.addWidget(PlainLabel(words, "caption", "ink2", self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._more.setVisible(self.width() >= ROOM_FOR_KEYS)

    @Slot()
    def swap_faces(self) -> None:
        """Show rows instead of the picture, or the picture again; the hands go along."""
        table = self._faces.currentWidget() is self.strip and bool(self.table.records())
        wanted = self.table if table else self.strip
        self._show_face(wanted)
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_face(self, face: QWidget) -> None:
        self._faces.setCurrentWidget(face)
        self.setFocusProxy(face)

    def tell(self, sentence: str) -> None:
        """Say what a key of the strip has found, until another answer is shown."""
        self.told.setText(sentence)
        announce(self.strip, sentence)

    def show_view(self, today: date, view: AnswerView | None, ahead: Window | None = None) -> None:
        """Show an answer in strip, table and legend."""
        self.told.setText("")
        self.strip.show_view(today, view, ahead)
        window = view.window if view else None
        self._window.show_text(tr("counts on {asked}", asked=us_date(view.asked)) if view and window else "")
        first = (view.open_day or view.earliest) if view and ahead else None
        self._ahead.show_text(tr("the same on {earliest}", earliest=us_date(first)) if first else "")
        self._show_closed_days()

    def show_closed(self, spans: tuple[Window, ...]) -> None:
        """Hatch these days before the one asked, too."""
        self.strip.show_closed(spans)
        self._show_closed_days()

    def _show_closed_days(self) -> None:
        content = self.strip.content()
        self.table.show_content(content)
        if not self.table.records() and self._faces.currentWidget() is self.table:
            self._show_face(self.strip)
        self._closed.show_text(tr("not allowed") if content.closed_spans() else "")
