"""What stands above and below the list of approvals that end."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.widgets.chips import ChipRow
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead


def stack_bar(bar: QWidget, head: PageHead, notice: NoticeBar, chips: ChipRow) -> None:
    """Put head, sentence and chips one below the other."""
    said, narrow = QVBoxLayout(), QHBoxLayout()
    said.setContentsMargins(16, 0, 16, 8)
    said.addWidget(notice)
    narrow.setContentsMargins(16, 2, 16, 14)
    narrow.addWidget(chips)
    narrow.addStretch(1)
    column = QVBoxLayout(bar)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(head)
    column.addLayout(said)
    column.addLayout(narrow)


def foot_of(parent: QWidget) -> Ground:
    """Return the row that names the keys of the list."""
    foot = Ground("panel", parent, lines="t")
    foot.setFixedHeight(36)
    row = QHBoxLayout(foot)
    row.setContentsMargins(16, 0, 16, 0)
    row.addWidget(
        KeyHints((("Enter", tr("extension")), ("W", tr("will not be used")), ("A", tr("authorization"))), foot)
    )
    row.addStretch(1)
    return foot
