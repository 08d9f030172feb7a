"""A copy sheet for portals: one key puts the next field on the clipboard, which is emptied soon after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.clipboard import copy_private
from tracker.ui.models.record_table_model import Column
from tracker.ui.theme.status import Status
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.panel_table import PanelTable
from tracker.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from tracker.services.packets.payer_papers import CopySheet

KEEP_MS = 60_000
NEXT_KEY = "Ctrl+Shift+N"


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    label: str
    value: str


class CopySheetPanel(QWidget):
    """A small window that stays above the browser. It goes on where a person clicks or moves to.

    When it is hidden - closed, or by the lock - the clipboard is emptied if what it holds is still ours.
    """

    def __init__(self, sheet: CopySheet, parent: QWidget | None = None, keep_ms: int = KEEP_MS) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle(tr("Copy sheet"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ours = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(keep_ms)
        self._timer.timeout.connect(self.clear_clipboard)
        self.notice = NoticeBar(self)
        self.table = PanelTable(
            (Column(tr("Field"), lambda row: row.label, fit=190),
             Column(tr("Value"), lambda row: row.value or tr("not on file"),
                    tone=lambda row: "ink" if row.value else "ink3")),
            self, name=tr("Fields of the portal"), row_height=26, sortable=False, identity=lambda row: row.number,
        )  # fmt: skip
        self._build(sheet)

    def _build(self, sheet: CopySheet) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(Heading(tr("Copy sheet: {title}", title=sheet.title), "heading", parent=self))
        column.addWidget(PlainLabel(sheet.patient, "strong", parent=self, elide=True))
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        keys = (("Space", tr("copy, go on")), (NEXT_KEY, tr("the same")), ("↑ ↓", tr("choose")), ("Esc", tr("close")))
        column.addWidget(KeyHints(keys, self))
        self.table.set_rows([_Row(place, tr(field.label), field.value) for place, field in enumerate(sheet.fields)])
        self.table.select_row(0)
        self.table.bind("Space", lambda _row: self.copy_next())
        self.table.row_activated.connect(self._on_row_activated)
        QShortcut(QKeySequence(NEXT_KEY), self).activated.connect(self.copy_next)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        self.table.setFocus()
        room = self.screen().availableSize()
        self.resize(min(430, room.width() - 24), min(560, room.height() - 48))

    @Slot()
    def outlive(self) -> None:
        """Go on without the window that this one was opened from."""
        owner = self.parentWidget()
        if owner is not None and self.isVisible():
            self.setParent(owner.parentWidget(), self.windowFlags())
            self.show()

    @Slot()
    def copy_next(self) -> None:
        """Copy the marked field, or the next one that is on file, and mark the one after it."""
        rows = self.table.records()
        start = max(self.table.currentIndex().row(), 0)
        found = next((place for place in range(start, len(rows)) if rows[place].value), None)
        if found is None:
            self.notice.show_sentence(Status.NEUTRAL, tr("That was the last field. ↑ goes back."))
            return
        self._copy(rows[found].value)
        passed = [row.label for row in rows[start:found]]
        words = tr("Copied: {label}.", label=rows[found].label)
        missing = tr(" Not on file: {join}.", join=", ".join(passed)) if passed else ""
        self.notice.show_sentence(Status.CAUTION if passed else Status.OK, words + missing)
        self.table.select_row(min(found + 1, len(rows) - 1))

    @Slot(object)
    def _on_row_activated(self, _row: object) -> None:
        self.copy_next()

    def _copy(self, value: str) -> None:
        copy_private(value)
        self._ours = value
        self._timer.start()

    @Slot()
    def clear_clipboard(self) -> None:
        """Take our own text off the clipboard; what somebody copied meanwhile stays."""
        clipboard = QGuiApplication.clipboard()
        if self._ours and clipboard.text() == self._ours:
            clipboard.clear()
        self._ours = ""
        self._timer.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        self.clear_clipboard()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("surface"))
