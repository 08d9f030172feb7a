"""Lets a panel be scrolled where the window is too low for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from tracker.ui.widgets.ground import Ground


def scrolled(panel: QWidget) -> QScrollArea:
    """Return an area in which the panel stands at the left; it fills the area where there is room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside = Ground("surface", area)
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(panel)
    area.setWidget(inside)
    return area
