"""Has what comes and goes in a widget laid out once, where Qt would lay everything out for each part that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def one_layout(widget: QWidget) -> Iterator[None]:
    """Hold the widget's layout back meanwhile; it is laid out before the next painting."""
    layout = widget.layout()
    if layout is None or not layout.isEnabled():
        yield
        return
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        layout.update()
