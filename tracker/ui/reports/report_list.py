"""The reports at the left: one line each, the chosen one marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.language import tr
from tracker.services.reports.sources import ReportKind
from tracker.ui import theme
from tracker.ui.delegates.row_delegate import FIRST_LEFT, Index
from tracker.ui.theme import plain_text
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.page_head import PageHead

WIDTH = 232
_ROW = 30
_ID = int(Qt.ItemDataRole.UserRole)


class ReportList(Ground):
    """`chosen` carries a report's id as the hands move; `show_wanted` comes on Enter."""

    chosen = Signal(str)
    show_wanted = Signal()

    def __init__(self, kinds: Sequence[ReportKind], parent: QWidget | None = None) -> None:
        super().__init__("panel", parent, lines="r")
        self.head = PageHead(tr("Reports"), parent=self)
        self.list = _List(self)
        self.list.setAccessibleName(tr("Reports"))
        for kind in kinds:
            item = QListWidgetItem(plain_text.one_line(kind.title, 60))
            item.setData(_ID, kind.id)
            item.setData(int(Qt.ItemDataRole.AccessibleDescriptionRole), kind.about)
            self.list.addItem(item)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.list, 1)
        self.setFixedWidth(WIDTH)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.entered_key.connect(self.show_wanted)

    def current(self) -> str:
        """Return the id of the chosen report, "" for none."""
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def choose(self, report_id: str) -> None:
        """Choose a report; one that is not there leaves the first."""
        ids = [self.list.item(row).data(_ID) for row in range(self.list.count())]
        self.list.setCurrentRow(ids.index(report_id) if report_id in ids else 0)

    def bind(self, key: str, do: object) -> None:
        """Run `do` on a key that works only while the list has the focus."""
        shortcut = QShortcut(QKeySequence(key), self.list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(do)

    @Slot()
    def _on_current(self) -> None:
        if self.current():
            self.chosen.emit(self.current())


class _List(QListWidget):
    """Letters are left to the keys of the page."""

    entered_key = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setItemDelegate(_LineDelegate(self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("onpanel", True)
        self.setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_key.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters print, save and copy."""


class _LineDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(option.rect, theme.color("sel" if chosen else "hover" if over else "panel"))
        if chosen:
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), theme.color("accent")
            )
        if bool(option.state & QStyle.StateFlag.State_HasFocus):
            painter.setPen(theme.color("focus"))
            for inset in (0, 1):
                painter.drawRect(option.rect.adjusted(inset, inset, -1 - inset, -1 - inset))
        font = theme.font("heading" if chosen else "body")
        room = option.rect.adjusted(FIRST_LEFT, 0, -8, 0)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        text = QFontMetrics(font).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()
