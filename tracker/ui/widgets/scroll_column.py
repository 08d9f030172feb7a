"""A column of panels that scrolls where the window is too low for them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from tracker.ui.widgets.ground import Ground


class FollowingArea(QScrollArea):
    """Scrolls to what keys put the focus on, from wherever they come; what is clicked is to be seen already.

    It stays in sight while content comes in above it, until somebody scrolls away with the wheel.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._followed: QWidget | None = None
        self._told: QWidget | None = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(self._keep_in_sight)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = self.widget()
        by_keys = QApplication.mouseButtons() == Qt.MouseButton.NoButton
        mine = now is not None and inside is not None and inside.isAncestorOf(now)
        self._followed = now if mine and by_keys else None
        self._keep_in_sight()

    @Slot()
    def _keep_in_sight(self) -> None:
        if self._followed is not None and self._followed is QApplication.focusWidget():
            if self._told is not None and self._told.isVisible():
                self._show_whole(self._told)
            else:
                self._show_place_of(self._followed)

    def tell_beside(self, told: QWidget | None) -> None:
        """Keep what is told about the place of the hands in sight before the place itself; None: the place again."""
        self._told = told
        self._settled.start()

    def _show_whole(self, widget: QWidget) -> None:
        """Scroll no farther than it takes; of what is higher than the window show the beginning."""
        inside, bar = self.widget(), self.verticalScrollBar()
        if inside is not None:
            top = widget.mapTo(inside, QPoint(0, 0)).y()
            lowest = top + widget.height() - self.viewport().height()
            bar.setValue(min(max(bar.value(), lowest), top))

    def _show_place_of(self, widget: QWidget) -> None:
        """Of a list the row where the hands are: the list may be higher than the window."""
        inside = self.widget()
        if isinstance(widget, QAbstractItemView) and inside is not None and widget.currentIndex().isValid():
            row = widget.visualRect(widget.currentIndex())
            place = widget.viewport().mapTo(inside, row.center())
            self.ensureVisible(0, place.y(), 0, 2 * row.height())
        else:
            self.ensureWidgetVisible(widget, 8, 8)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again once content that came late has found its place."""
        if watched is self.widget() and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._settled.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settled.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._followed = None
        super().wheelEvent(event)


class ScrollColumn(FollowingArea):
    """Put panels into `column`; each says how low it may become."""

    def __init__(self, parent: QWidget | None = None, *, ground: str = "surface") -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = Ground(ground, self)
        inside.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # what did not move is not painted anew
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.setWidget(inside)
