"""The way of the Tab key where the order in which widgets were made is not the one in which they are read."""

from __future__ import annotations

import itertools

from PySide6.QtWidgets import QWidget


def chain(*widgets: QWidget) -> None:
    """Let Tab go from each of these to the next."""
    for before, after in itertools.pairwise(widgets):
        QWidget.setTabOrder(before, after)
