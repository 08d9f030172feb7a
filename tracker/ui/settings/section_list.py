"""The list at the left: the sections of the settings; what is typed and not saved is marked there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index

WIDTH = 208
_ROW = 30
_MARK = int(Qt.ItemDataRole.UserRole)
_INTO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its id and what it is called."""

    id: str
    title: str


class SectionList(QListView):
    """`chosen` carries the id of the section where the hands are; `entered` comes when they go into it."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, sections: Iterable[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Sections"))
        self._sections = _Sections(tuple(sections), self)
        self.setModel(self._sections)
        self.setItemDelegate(_SectionDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setProperty("onpanel", True)
        self.setFixedWidth(WIDTH)
        self.setCurrentIndex(self._sections.index(0))

    def current(self) -> str:
        return self._sections.sections[max(0, self.currentIndex().row())].id

    def choose(self, section_id: str) -> None:
        """Go to a section, and tell."""
        self.setCurrentIndex(self._sections.index(self._sections.row_of(section_id)))

    def mark(self, section_id: str, unsaved: bool) -> None:
        """Say that something typed there is not saved yet."""
        self._sections.mark(section_id, unsaved)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current != previous:
            self.chosen.emit(self.current())
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _INTO and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _Sections(QAbstractListModel):
    def __init__(self, sections: tuple[Section, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.sections = sections
        self._unsaved: set[str] = set()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sections)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        section = self.sections[index.row()]
        unsaved = section.id in self._unsaved
        if role == Qt.ItemDataRole.DisplayRole:
            return section.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr("{title}, not saved", title=section.title) if unsaved else section.title
        return (tr("not saved") if unsaved else "") if role == _MARK else None

    def row_of(self, section_id: str) -> int:
        return next(row for row, section in enumerate(self.sections) if section.id == section_id)

    def mark(self, section_id: str, unsaved: bool) -> None:
        changed = {section_id} ^ self._unsaved if unsaved else self._unsaved & {section_id}
        self._unsaved = self._unsaved | {section_id} if unsaved else self._unsaved - {section_id}
        if changed:
            place = self.index(self.row_of(section_id))
            self.dataChanged.emit(place, place)


class _SectionDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | Index) -> QSize:
        return QSize(120, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        chosen = isinstance(view, QListView) and index == view.currentIndex()
        painter.save()
        painter.fillRect(option.rect, theme.color("sel" if chosen else "panel"))
        room = QRect(option.rect).adjusted(16, 0, -12, 0)
        if chosen:
            painter.fillRect(option.rect.left(), option.rect.top(), 3, option.rect.height(), theme.color("accent"))
        self._paint_words(painter, room, index, chosen)
        if chosen and isinstance(view, QListView) and view.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        elif option.state & QStyle.StateFlag.State_MouseOver and not chosen:
            painter.fillRect(option.rect, theme.color("hover"))
            self._paint_words(painter, room, index, chosen)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, index: Index, chosen: bool) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("heading" if chosen else "body"))
        painter.setPen(theme.color("ink"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | middle), index.data())
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("ink2" if chosen else "ink3"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | middle), index.data(_MARK))
