"""The columns of a list by keys and by buttons: which are seen, in which order, how wide; the list shows it at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from tracker.domain.language import tr
from tracker.ui.announcing import announce
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.record_table import RecordTable

_ROW = 30
_SHOWN_ROWS = 10
_COLUMN = int(Qt.ItemDataRole.UserRole)
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ColumnsDialog(BaseDialog):
    """A line a column, from left to right as they stand."""

    help_place = "window#columns-of-a-list"

    def __init__(self, table: RecordTable, parent: QWidget) -> None:
        super().__init__(tr("Columns"), parent, beside=table.accessibleName(), width=520)
        self._table = table
        lead = tr("Space shows or hides a column. Who it is about, the answer and the date always stay.")
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Columns from left to right"))
        self.list.setProperty("ringed", True)
        self.body.addWidget(PlainLabel(lead, "body", "ink2", self, wrap=True))
        self.body.addWidget(self.list, 1)
        self._buttons_below()
        self.usual = self.add_button(ActionButton(tr("Usual columns"), self, key="Alt+U"), left=True)
        self.usual.clicked.connect(self._on_usual)
        QShortcut(QKeySequence("Alt+U"), self).activated.connect(self.usual.click)
        close = self.add_button(ActionButton(tr("Close"), self, key="Esc"), primary=True)
        close.clicked.connect(self.accept)
        self._fill(0)
        self.list.setFixedHeight(min(self.list.count(), _SHOWN_ROWS) * _ROW + 8)
        self.list.itemChanged.connect(self._on_ticked)
        self.list.currentRowChanged.connect(self._on_row)

    def _buttons_below(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.earlier = self._button(row, tr("Earlier"), "Alt+Up", partial(self._move, -1))
        self.later = self._button(row, tr("Later"), "Alt+Down", partial(self._move, 1))
        self.narrower = self._button(row, tr("Narrower"), "Alt+Left", partial(self._widen, -1))
        self.wider = self._button(row, tr("Wider"), "Alt+Right", partial(self._widen, 1))
        row.addStretch(1)
        self.body.addLayout(row)

    def _button(self, row: QHBoxLayout, words: str, key: str, do: Callable[[], None]) -> ActionButton:
        button = ActionButton(words, self, key=key, small=True)
        button.setAutoRepeat(True)
        button.clicked.connect(lambda _on=False: do())
        QShortcut(QKeySequence(key), self).activated.connect(do)
        row.addWidget(button)
        return button

    def _fill(self, current: int) -> None:
        """Show the columns as they stand now, the hands on one of them."""
        choice, columns = self._table.choice, self._table.record_model().columns
        free, hidden = choice.may_hide(), choice.hidden()
        self.list.blockSignals(True)
        self.list.clear()
        for place in choice.order():
            item = QListWidgetItem(columns[place].spoken or columns[place].header)
            item.setData(_COLUMN, place)
            item.setSizeHint(QSize(0, _ROW))
            item.setCheckState(_UNCHECKED if place in hidden else _CHECKED)
            if place not in free:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setData(int(Qt.ItemDataRole.CheckStateRole), None)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentRow(choice.order().index(current))
        self.usual.setEnabled(choice.changed())
        self._on_row(self.list.currentRow())

    def column(self) -> int:
        """Return the column where the hands are."""
        return int(self.list.currentItem().data(_COLUMN))

    @Slot(int)
    def _on_row(self, row: int) -> None:
        self.earlier.setEnabled(row > 0)
        self.later.setEnabled(row < self.list.count() - 1)

    def _move(self, by: int) -> None:
        column = self.column()
        if self._table.choice.move(column, by):
            self._changed(column)
            place, count = self.list.currentRow() + 1, self.list.count()
            announce(self.list, tr("Column {place} of {count}", place=place, count=count))

    def _widen(self, steps: int) -> None:
        column = self.column()
        if not self._table.isColumnHidden(column):
            self._table.choice.widen(column, steps)
            self._changed(column)
            announce(self.list, tr("{n} pixels wide", n=self._table.columnWidth(column)))

    @Slot(object)
    def _on_ticked(self, item: QListWidgetItem) -> None:
        column, hidden = int(item.data(_COLUMN)), self._table.choice.hidden()
        shown = item.checkState() is _CHECKED
        self._table.choice.hide(hidden - {column} if shown else hidden | {column})
        self._changed(column)

    @Slot()
    def _on_usual(self) -> None:
        self._table.choice.usual()
        self._changed(self.column())

    def _changed(self, column: int) -> None:
        self._fill(column)
        self._table.columns_chosen.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
