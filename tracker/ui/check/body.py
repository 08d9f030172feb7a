"""Puts form, answer and timeline where there is room: side by side on wide windows, below each other on narrow ones."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tracker.ui import theme
from tracker.ui.check.form import CheckForm
from tracker.ui.check.timeline import TimelinePanel
from tracker.ui.check.verdict_panel import VerdictPanel
from tracker.ui.check.what_if_panel import WhatIfPanel
from tracker.ui.spine.panel import SpinePanel
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.quiet_bar import BAR_WIDTH, QuietBar

PICTURE_FROM = 1180
PICTURE_TALL = 520
PICTURE_ROOMY = 690
BESIDE_FROM = 880
TWO_COLUMNS_FROM = 760
FIXED_TIMELINE_FROM = 470
TALL = 620
ROOMY = 700
FORM_WIDTH = 404
LEAST_HEIGHT = 140
MARGIN = 16
_NO_ALIGNMENT = Qt.AlignmentFlag(0)


class CheckBody(QWidget):
    """The timeline stays at the foot. Where the answer would lie below the form, its headline stands above.

    On wide and tall windows the spine stands at the right, the form in two columns above the answer. What-if takes the
    place of the form and the spine.
    """

    def __init__(
        self,
        form: CheckForm,
        panel: VerdictPanel,
        timeline: TimelinePanel,
        spine: SpinePanel,
        what_if: WhatIfPanel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._form, self._panel, self._timeline, self._spine = form, panel, timeline, spine
        self.what_if = what_if
        self._asks_what_if = False
        self._inside = Ground("surface")
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # a longer answer does not paint the form anew
        self._lay_out_parts()
        self._lay_out_frame()
        what_if.chosen.connect(self._keep_in_sight)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _lay_out_parts(self) -> None:
        """Put form or what-if and the answer into what scrolls."""
        form, panel, what_if = self._form, self._panel, self.what_if
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setContentsMargins(MARGIN, 4, MARGIN - BAR_WIDTH, MARGIN)  # the scroll bar stands in the margin
        self._parts.setSpacing(20)
        self._parts.addWidget(form, 0, Qt.AlignmentFlag.AlignTop)
        self._parts.addWidget(what_if, 1, Qt.AlignmentFlag.AlignTop)
        self._parts.addWidget(panel, 1, Qt.AlignmentFlag.AlignTop)
        panel.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._parts)
        self._column.addStretch(1)

    def _lay_out_frame(self) -> None:
        """Put what scrolls between a headline that stays and the timeline, the spine beside it."""
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setVerticalScrollBar(QuietBar(self.area))
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._top = QVBoxLayout()
        self._outer.addLayout(self._top)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.area, 1)
        middle.addWidget(self._spine)
        self._outer.addLayout(middle, 1)
        self._outer.addWidget(self._timeline)

    def minimumSizeHint(self) -> QSize:
        """Return what the arrangement of low windows needs: the one of now must not keep a window from getting low."""
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), LEAST_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(self.width(), self.height())

    def set_what_if(self, asked: bool) -> None:
        """Show the alternatives in the place of the form, beside the answer, or the form again."""
        if asked == self._asks_what_if:
            return
        self._asks_what_if = asked
        self.what_if.setVisible(asked)
        self._form.setVisible(not asked)
        self.arrange(self.width(), self.height())

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Have the field in sight that a label's key leads to."""
        if now is self.what_if.table:
            self._keep_in_sight()
        elif isinstance(now, QLineEdit) and self._inside.isAncestorOf(now):
            self.area.ensureWidgetVisible(now, 0, 8)

    @Slot()
    def _keep_in_sight(self) -> None:
        """In low windows, while the hands are on the list, have it on top and the answer of its row below it."""
        if self.what_if.table.hasFocus() and self.what_if.head.isHidden():
            top = self.what_if.table.mapTo(self._inside, QPoint(0, 0)).y()
            self.area.verticalScrollBar().setValue(top)

    def arrange(self, width: int, height: int) -> None:
        """Choose the arrangement for this room; larger text needs more of it."""
        width = width * theme.USUAL_PERCENT // theme.current().percent
        picture = width >= PICTURE_FROM and height >= PICTURE_TALL and not self._asks_what_if
        self._spine.setVisible(picture)
        self._spine.set_tight(height < PICTURE_ROOMY)
        beside = width >= BESIDE_FROM and not picture
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._parts.direction() != wanted:
            self._parts.setDirection(wanted)
        self._parts.setAlignment(self._form, Qt.AlignmentFlag.AlignTop if beside else _NO_ALIGNMENT)
        self._parts.setAlignment(self.what_if, Qt.AlignmentFlag.AlignTop if beside else _NO_ALIGNMENT)
        self._parts.setAlignment(self._panel, Qt.AlignmentFlag.AlignTop if beside else _NO_ALIGNMENT)
        self._form.setMaximumWidth(theme.scaled(FORM_WIDTH) if beside else 16_777_215)
        self._form.setMinimumWidth(theme.scaled(FORM_WIDTH) if beside else 0)
        self._form.grid.arrange(1 if beside or width < TWO_COLUMNS_FROM else 2)
        self._timeline.strip.set_most_lanes(3 if height >= ROOMY else 2 if height >= TALL else 0)
        low = height < FIXED_TIMELINE_FROM
        self.what_if.set_room(height, low=low)
        self._place_timeline(fixed=not low)
        self._place_headline(fixed=low or not (beside or picture))

    def _place_timeline(self, *, fixed: bool) -> None:
        home = self._outer if fixed else self._column
        if home.indexOf(self._timeline) < 0:
            (self._column if fixed else self._outer).removeWidget(self._timeline)
            home.addWidget(self._timeline) if fixed else home.insertWidget(1, self._timeline)

    def _place_headline(self, *, fixed: bool) -> None:
        bar = self._panel.bar
        if fixed and self._top.indexOf(bar) < 0:
            bar.set_alone(True)
            self._top.addWidget(bar)
            self._top.setContentsMargins(MARGIN, 0, MARGIN, 8)
        elif not fixed and self._top.indexOf(bar) >= 0:
            self._top.removeWidget(bar)
            self._top.setContentsMargins(0, 0, 0, 0)
            bar.set_alone(False)
            self._panel.take_bar()
