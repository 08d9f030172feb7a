"""What a file must look like, while there is none to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.importing.import_words import kind_words
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from tracker.services.imports.imports import FileLayout

_INTRODUCTION = tr(
    "A file has one kind of line: patients, coverage or procedures. Its first line names the columns, and tells the"
    " kind. Import patients first, then coverage, then procedures: the record number (mrn) joins them."
)
_LINE_WIDTH = 820
_AGAIN = tr("Nothing is written before you have seen what would change. The same file twice changes nothing.")


class LayoutsPanel(QWidget):
    """The columns of each kind, as the readers know them."""

    def __init__(self, layouts: Iterable[FileLayout], parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(4)
        column.addWidget(self._line(_INTRODUCTION, "ink2"))
        for layout in layouts:
            column.addSpacing(12)
            column.addWidget(Heading(kind_words(layout.kind), "heading", parent=self))
            column.addWidget(self._line(tr("Needed: {join}", join=", ".join(layout.needed))))
            column.addWidget(self._line(tr("Also, where known: {join}", join=", ".join(layout.others)), "ink2"))
        column.addSpacing(12)
        column.addWidget(self._line(_AGAIN, "ink2"))
        column.addStretch(1)

    def _line(self, text: str, tone: str = "ink") -> PlainLabel:
        label = PlainLabel(text, "body", tone, self, wrap=True, selectable=True)
        label.setMaximumWidth(_LINE_WIDTH)
        return label
