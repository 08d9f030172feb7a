"""The panel at the side: what is open, late things first, its closing with a reason, and the pinboard below it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.dialogs.close_task_dialog import CloseTaskDialog
from tracker.ui.identifiers import Identifiers
from tracker.ui.pages.page import PageContext
from tracker.ui.today.pinboard_panel import PinboardPanel
from tracker.ui.today.task_list import TaskList
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.marks import Divider
from tracker.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from tracker.services.visits.schedule import TaskRow

WIDTH, NARROW_WIDTH = 264, 236
_HEAD, _FOOT = 52, 36
_ANY = 16_777_215


class WorkPanel(Ground):
    """`acted` carries the Done of a task or the pinboard, `patient_wanted` an id, `check_wanted` a CheckStart."""

    acted = Signal(object)
    patient_wanted = Signal(str)
    check_wanted = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__("panel", parent, lines="l")
        self._context = context
        self.dialog: CloseTaskDialog | None = None
        self._count = PlainLabel("", "body", "ink2", self)
        self.list = TaskList(Identifiers(context.preferences), self)
        self._nothing = PlainLabel("", "body", "ink3", self)
        self._nothing.setContentsMargins(16, 12, 16, 0)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(Divider(self, tone="line"))
        column.addWidget(self._nothing, 1)
        column.addWidget(self.list, 1)
        self._foot = self._keys()
        column.addWidget(self._foot)
        self.pinboard = PinboardPanel(context, self)
        column.addWidget(self.pinboard)
        self.list.task_opened.connect(lambda task: self.patient_wanted.emit(task.patient.id))
        self.list.close_wanted.connect(self.close_task)
        self.pinboard.acted.connect(self.acted)
        self.pinboard.check_wanted.connect(self.check_wanted)
        self._show_list(any_open=False)

    def _head(self) -> QWidget:
        head = QWidget(self)
        head.setFixedHeight(_HEAD)
        row = QHBoxLayout(head)
        row.setContentsMargins(15, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(Heading(tr("Work"), "subtitle", parent=head))
        row.addWidget(self._count)
        row.addStretch(1)
        return head

    def _keys(self) -> QWidget:
        foot = Ground("panel", self, lines="t")
        foot.setFixedHeight(_FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(15, 0, 16, 0)
        row.addWidget(KeyHints((("D", tr("close")), ("Enter", tr("patient"))), foot))
        row.addStretch(1)
        return foot

    def show_tasks(self, tasks: Iterable[TaskRow], today: date) -> None:
        """Show what is open now."""
        rows = tuple(tasks)
        self._count.setText(tr("{n} open", n=len(rows)) if rows else "")
        self.list.set_tasks(rows, today)
        self._nothing.setText(tr("Nothing is open."))  # not before the file has answered
        self._show_list(any_open=bool(rows))

    def _show_list(self, *, any_open: bool) -> None:
        for widget in (self.list, self._foot):
            widget.setVisible(any_open)
        self._nothing.setVisible(not any_open)

    def set_width(self, pixels: int | None) -> None:
        """Stand at the side, or (None) take all the width there is."""
        self.setMinimumWidth(pixels or 0)
        self.setMaximumWidth(pixels or _ANY)

    def count_text(self) -> str:
        return self._count.text()

    @Slot(object)
    def close_task(self, task: TaskRow) -> None:
        """Open the dialog that closes a task with a reason."""
        self.dialog = CloseTaskDialog(self._context, task, self)
        self.dialog.acted.connect(self.acted)
        self.dialog.finished.connect(self._on_finished)
        self.dialog.open()

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        self.list.setFocus()
