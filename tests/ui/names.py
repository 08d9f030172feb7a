"""Finds what a screen reader would announce without a name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget


def announced(widget: QWidget) -> str:
    """Return the name that assistive technology is told."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def label_of(widget: QWidget) -> str:
    """Return what stands beside a widget as its label: of a list to choose from, Linux is told no other name."""
    interface = QAccessible.queryAccessibleInterface(widget)
    told = interface.relations(QAccessible.RelationFlag.Label) if interface is not None else []
    return " ".join(each.text(QAccessible.Text.Name) for each, _relation in told).replace("&", "").strip()


def nameless(window: QWidget) -> list[str]:
    """Return every visible control below `window` that takes the focus and has no name of its own or by its label."""
    QApplication.processEvents()
    controls = [widget for widget in window.findChildren(QWidget) if _takes_focus(widget)]
    return [type(control).__name__ for control in controls if not announced(control)]


def _takes_focus(widget: QWidget) -> bool:
    inner = isinstance(widget.parentWidget(), QAbstractScrollArea)
    focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
    return focus and widget.isVisible() and not inner
