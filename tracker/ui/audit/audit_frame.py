"""Puts the record of acts and the fields of one act beside each other, or in its place where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.audit.detail_panel import WIDTH, AuditPanel
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.key_hints import KeyHints

LIST_LEAST = 600
_SMALLEST = QSize(420, 240)
_ANY = 16_777_215


class AuditFrame(QWidget):
    """`parts` stand below each other at the left, `stretched` is the one that takes the room."""

    def __init__(self, parts: Sequence[QWidget], stretched: QWidget, panel: AuditPanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._left = QWidget(self)
        self._panel = panel
        self._in_front = False
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in parts:
            column.addWidget(part, 1 if part is stretched else 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(panel)

    def show_fields(self, shown: bool) -> None:
        """Bring the fields to the front where they have no place at the side, or the list back."""
        self._in_front = shown
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST  # what does not fit side by side is arranged anew

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = min(WIDTH, self.width() * 2 // 5)
        narrow = self.width() - beside < theme.scaled(LIST_LEAST)
        instead = narrow and self._in_front
        self._left.setVisible(not instead)
        self._panel.setVisible(not narrow or instead)
        if instead:
            self._panel.setMinimumWidth(0)
            self._panel.setMaximumWidth(_ANY)
        else:
            self._panel.setFixedWidth(beside)


def audit_foot(parent: QWidget) -> Ground:
    """Return the line that names the keys of the list."""
    foot = Ground("panel", parent, lines="t")
    foot.setFixedHeight(36)
    row = QHBoxLayout(foot)
    row.setContentsMargins(16, 0, 16, 0)
    row.addWidget(
        KeyHints(
            (
                ("Enter", tr("fields")),
                ("/", tr("narrow")),
                ("X", tr("Excel")),
                ("V", tr("verify")),
                ("Esc", tr("back")),
            ),
            foot,
        )
    )
    row.addStretch(1)
    return foot


def show_none(empty: EmptyState, *, narrowed: bool) -> None:
    """Say why no act is listed."""
    if narrowed:
        empty.show_words(tr("No act fits what is asked for."), "", tr("Show all"))
    else:
        empty.show_words(tr("Nothing was ever done in this clinic's file."), "", "")


def inset(notice: QWidget, parent: QWidget) -> QWidget:
    """Return the notice with the margins of the page."""
    said = QWidget(parent)
    row = QVBoxLayout(said)
    row.setContentsMargins(16, 0, 16, 0)
    row.addWidget(notice)
    return said
