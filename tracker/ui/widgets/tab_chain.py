"""The way of the Tab key where the order in which widgets were made is not the one in which they are read."""

from __future__ import annotations

import itertools

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(*widgets: QWidget) -> None:
    """Let Tab go from each of these to the next."""
    for before, after in itertools.pairwise(widgets):
        QWidget.setTabOrder(before, after)


def put_last(widget: QWidget) -> None:
    """Let Tab come to this after all that its window holds by now: it stands below what was made later."""
    window = widget.window()
    last = window.previousInFocusChain()
    while last is not None and last not in (widget, window) and not last.focusPolicy() & Qt.FocusPolicy.TabFocus:
        last = last.previousInFocusChain()
    if last is not None and last not in (widget, window):
        QWidget.setTabOrder(last, widget)
