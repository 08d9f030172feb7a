"""A column of panels that scrolls where the window is too low for them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from tracker.ui.widgets.ground import Ground


class FollowingArea(QScrollArea):
    """Scrolls to what keys put the focus on, from wherever they come; what is clicked is to be seen already."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = self.widget()
        by_keys = QApplication.mouseButtons() == Qt.MouseButton.NoButton
        if now is not None and inside is not None and by_keys and inside.isAncestorOf(now):
            self.ensureWidgetVisible(now, 8, 8)


class ScrollColumn(FollowingArea):
    """Put panels into `column`; each says how low it may become."""

    def __init__(self, parent: QWidget | None = None, *, ground: str = "surface") -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = Ground(ground, self)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.setWidget(inside)
