"""The open tasks as one list: late ones first under a head of their own, each with patient, what to do, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.identifiers import Identifiers
from tracker.ui.theme import plain_text
from tracker.ui.today.task_delegate import ENTRY_ROLE, TaskDelegate
from tracker.ui.today.task_words import TaskHead, due_text, grouped

if TYPE_CHECKING:
    from tracker.services.visits.schedule import TaskRow

Index = QModelIndex | QPersistentModelIndex


class TaskListModel(QAbstractListModel):
    """Heads cannot be chosen."""

    def __init__(self, names: Identifiers, parent: QObject) -> None:
        super().__init__(parent)
        self.names = names
        self.entries: list[TaskHead | TaskRow] = []
        self.today = date.min

    def set_tasks(self, tasks: Iterable[TaskRow], today: date) -> None:
        self.beginResetModel()
        self.today = today
        self.entries = grouped(tasks, today)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.entries[index.row()], TaskHead):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(entry)
        return None

    def _spoken(self, entry: TaskHead | TaskRow) -> str:
        if isinstance(entry, TaskHead):
            return f"{entry.text}, {entry.count}"
        who = self.names.both(entry.patient)
        return plain_text.one_line(f"{who}: {entry.text} {due_text(entry, self.today)}")


class TaskList(QListView):
    """`task_opened` on Enter or double click, `close_wanted` on D; both only while the list has the focus."""

    task_opened = Signal(object)
    close_wanted = Signal(object)

    def __init__(self, names: Identifiers, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Open tasks"))
        self._tasks = TaskListModel(names, self)
        self.setModel(self._tasks)
        self.setItemDelegate(TaskDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setProperty("onpanel", True)
        done = QShortcut(QKeySequence("D"), self)
        done.setContext(Qt.ShortcutContext.WidgetShortcut)
        done.activated.connect(self.close_current)

    def tasks(self) -> tuple[TaskRow, ...]:
        return tuple(entry for entry in self._tasks.entries if not isinstance(entry, TaskHead))

    def heads(self) -> tuple[TaskHead, ...]:
        return tuple(entry for entry in self._tasks.entries if isinstance(entry, TaskHead))

    def set_tasks(self, tasks: Iterable[TaskRow], today: date) -> None:
        """Show these; the current one stays current, and so does the place in the list."""
        held, place = self.current_task(), self.verticalScrollBar().value()
        row = self.currentIndex().row()
        self._tasks.set_tasks(tasks, today)
        if held is not None and not self.select_task(held.id):
            self._select_near(row)
        self.verticalScrollBar().setValue(place)

    def select_task(self, task_id: str) -> bool:
        """Make a task current; False when it is not there."""
        for row, entry in enumerate(self._tasks.entries):
            if not isinstance(entry, TaskHead) and entry.id == task_id:
                self.setCurrentIndex(self._tasks.index(row))
                return True
        return False

    def _select_near(self, row: int) -> None:
        places = [n for n, entry in enumerate(self._tasks.entries) if not isinstance(entry, TaskHead)]
        if places:
            self.setCurrentIndex(self._tasks.index(min(places, key=lambda place: abs(place - row))))

    def current_task(self) -> TaskRow | None:
        entry = self.currentIndex().data(ENTRY_ROLE) if self.currentIndex().isValid() else None
        return None if entry is None or isinstance(entry, TaskHead) else entry

    def close_current(self) -> None:
        """Ask for the current task to be closed."""
        if (task := self.current_task()) is not None:
            self.close_wanted.emit(task)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        task = self.current_task()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and task is not None:
            self.task_opened.emit(task)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Leave letters to the keys of the list."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if (task := self.current_task()) is not None:
            self.task_opened.emit(task)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current_task() is None:
            self._select_near(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # a task is as high as its text asks for at this width

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.current_task() is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(self.visualRect(self.currentIndex()).adjusted(1, 1, -1, -1))
