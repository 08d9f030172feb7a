"""The row below the worklist: the letters that work in it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.key_hints import KeyHints

HINTS = (
    (("S", "submitted"), ("P", "approve"), ("L", "in part"), ("D", "deny"), ("A", "appeal"), ("F", "follow-up done")),
    (("C", "contact"), ("K", tr("checklist")), ("Ctrl+P", tr("packet"))),
    (("O", "owner"), ("E", tr("edit all")), ("M", tr("documents")), ("G", "pending"), ("W", "wants more")),
)
_NEEDED = (0, 680, 960)


class WorkFoot(Ground):
    """36 px. The rarer letters give way where there is no room; the list of keys has them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent, lines="t")
        self.setFixedHeight(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        self._groups = [KeyHints(hints, self) for hints in HINTS]
        for group in self._groups:
            row.addWidget(group)
        row.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for group, needed in zip(self._groups, _NEEDED, strict=True):
            group.setVisible(self.width() >= needed)
