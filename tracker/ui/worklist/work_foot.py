"""The row below the worklist: the letters that work in it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.key_hints import KeyHints

HINTS = (
    (
        ("S", tr("submitted")),
        ("P", tr("approve")),
        ("D", tr("deny")),
        ("F", tr("follow-up done")),
        ("C", tr("contact")),
    ),
    (("L", tr("in part")), ("A", tr("appeal")), ("K", tr("checklist")), ("Ctrl+P", tr("packet"))),
    (("O", tr("owner")), ("E", tr("edit all")), ("M", tr("documents")), ("G", tr("pending")), ("W", tr("wants more"))),
)
_MARGIN, _APART = 16, 12


class WorkFoot(Ground):
    """36 px. The rarer letters give way where there is no room; the list of keys has them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent, lines="t")
        self.setFixedHeight(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        row.setSpacing(_APART)
        self._groups = [KeyHints(hints, self) for hints in HINTS]
        for group in self._groups:
            row.addWidget(group)
        row.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * _MARGIN
        for group in self._groups:
            group.setVisible(group.sizeHint().width() <= room)
            room -= group.sizeHint().width() + _APART
