"""The menu of a list, by right click, the menu key or Shift+F10: what can be done with the row, and its columns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu

from tracker.domain.language import tr

_SHIFT = Qt.KeyboardModifier.ShiftModifier


class RowMenu(QObject):
    """One for each list. `aimed` comes before the menu of a row opens; `list_acts` are about the list as a whole."""

    aimed = Signal()

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._acts: list[tuple[QAction, Callable[[], bool]]] = []
        self.fill_list_acts: Callable[[QMenu], None] = lambda _menu: None
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def offer(self, action: QAction, fits: Callable[[], bool]) -> None:
        """Put an act into the menu of every row that it fits while it can be done."""
        self._acts.append((action, fits))

    def open(self, at: QPoint | None = None) -> None:
        """Open it beside the row where the hands are, or at a place of the screen."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("What can be done here"))
        if self._view.currentIndex().isValid():
            self.aimed.emit()
            menu.addActions([action for action, fits in self._acts if action.isEnabled() and fits()])
        self.fill_list_acts(menu)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(self._beside_row() if at is None else at)

    def _beside_row(self) -> QPoint:
        place, seen = self._view.visualRect(self._view.currentIndex()), self._view.viewport().rect()
        corner = QPoint(max(seen.left(), place.left()) + 24, place.bottom())
        within = corner if seen.contains(corner) else seen.topLeft()
        return self._view.viewport().mapToGlobal(within)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            self._open_for(event, by_pointer=watched is self._view.viewport())
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _opens(event):
            self.open()
            return True
        return super().eventFilter(watched, event)

    def _open_for(self, event: QContextMenuEvent, *, by_pointer: bool) -> None:
        """Aim at the row below the pointer first; below the rows there is only what is about the list."""
        if not by_pointer or event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.open()
            return
        index = self._view.indexAt(event.pos())
        self._view.setCurrentIndex(index if index.isValid() else QModelIndex())
        self.open(event.globalPos())


def _opens(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and event.modifiers() == _SHIFT)


def row_menu_of(view: QAbstractItemView) -> RowMenu:
    """Return the menu of a list, made where it has none yet."""
    return view.findChild(RowMenu, options=Qt.FindChildOption.FindDirectChildrenOnly) or RowMenu(view)
