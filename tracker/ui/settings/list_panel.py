"""A section that is a list: each line is added, changed or switched by a key or a button."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.services.changes import Done
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.panel import SettingsPanel
from tracker.ui.tasks import LatestOnly
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.record_table import RecordTable


class ListPanel(SettingsPanel):
    """Subclasses give the columns, add buttons by `offer`, and override `read`."""

    columns: tuple[Column[Any], ...] = ()
    add_words = ""
    add_call = ""
    empty_words = ""

    def __init__(
        self, context: PageContext, parent: QWidget | None = None, *, lead: str = "",
        past: Callable[[Any], bool] | None = None, identity: Callable[[Any], Hashable] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(context, parent, lead=lead)
        self._latest = LatestOnly(context.tasks, self)
        self._calls: dict[ActionButton, str] = {}
        self.table = RecordTable(self.columns, self, name=self.title, past=past, identity=identity)
        self.empty = EmptyState(self.empty_words, "", self.add_words, tr("Ins"), self)
        self.empty.wanted.connect(self.primary)
        self.empty.hide()
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        self.table.row_activated.connect(self.change)
        if self.add_words:
            self.offer(self.add_words, tr("Ins"), lambda _row: self.primary(), primary=True, call=self.add_call)

    def offer(
        self, words: str, key: str, act: Callable[[Any], None], *, primary: bool = False, call: str = ""
    ) -> ActionButton:
        """Put a button into the bar and its key on the list; it acts on the row where the hands are.

        Whoever may not make `call` finds the button off, and is told so when the key is pressed.
        """
        button = self.add_button(ActionButton(words, self, key=key, kind="primary" if primary else "plain"))
        self._calls[button] = call
        act_of_row = QAction(f"{words}\t{key}", self)
        act_of_row.triggered.connect(button.click)
        self.table.row_menu.offer(act_of_row, button.isEnabled)
        button.clicked.connect(lambda: self._press(act, primary))
        if key != "Enter":
            shortcut = self.table.bind(key, act)
            if primary:  # works without a row, and where the list is empty
                shortcut.activated.disconnect()
                shortcut.activated.connect(self.primary)
                here = QShortcut(QKeySequence(key), self.empty.button)
                here.setContext(Qt.ShortcutContext.WidgetShortcut)
                here.activated.connect(self.primary)
        return button

    def apply_rights(self) -> None:
        super().apply_rights()
        rights = self.context.services.rights
        for button, call in self._calls.items():
            refused = rights.refusal(call) if call else ""
            button.setEnabled(not refused)
            button.set_tip(refused)
        first = next(iter(self._calls), None)
        self.empty.button.setEnabled(first is None or first.isEnabled())
        self.empty.button.set_tip(first.toolTip() if first else "")

    def _press(self, act: Callable[[Any], None], primary: bool) -> None:
        row = self.table.current_record()
        if primary or row is not None:
            act(row)

    def read(self) -> Iterable[Any]:
        """Return the rows; runs off the screen's thread."""
        raise NotImplementedError

    def change(self, _row: Any) -> None:
        """Change the row where the hands are."""

    def load(self) -> None:
        self._latest.run(self.read, self.show_rows, self.show_failure)

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show what was read; some row is always current."""
        self.table.set_rows(rows)
        if self.table.current_record() is None:
            self.table.select_row(0)
        nothing = bool(self.empty_words) and not self.table.records()
        focus = self.window().focusWidget()  # also while a dialog is closing
        had_hands = focus in (self.table, self.empty.button) or (nothing and self.holds_hands(focus))
        self.empty.setVisible(nothing)
        self.table.setVisible(not nothing)
        self.show_bar(not nothing)
        if had_hands:
            self.enter()

    def enter(self) -> None:
        target = self.table if self.table.isVisibleTo(self) else self.empty.button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self, work: Callable[[], Done[Any]]) -> None:
        """Make a writing call; what it did is told, why it could not is said above the list."""
        self.notice.clear()
        self.context.tasks.run(self, work, self.acted.emit, self.show_failure)

    def open(self, dialog: SavingDialog) -> None:
        """Open a dialog; what it saves is told, and the hands come back to the list."""
        self.notice.clear()
        dialog.acted.connect(self.acted)
        dialog.finished.connect(self._on_closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        self.enter()
