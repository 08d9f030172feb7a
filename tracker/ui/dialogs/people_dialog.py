"""A list of the patients behind a figure; Enter leaves it and opens the one where the hands are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.models.record_table_model import Column
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.record_table import RecordTable

_WIDTH, _HEIGHT = 1040, 560


class PeopleDialog(BaseDialog):
    """`chosen` carries the record that was opened. `lead` says above the list what it is and what to do with it."""

    chosen = Signal(object)

    def __init__(
        self,
        title: str,
        columns: Iterable[Column[Any]],
        rows: Iterable[Any],
        parent: QWidget,
        *,
        beside: str = "",
        lead: str = "",
        help_place: str = "",
    ) -> None:
        room = parent.window().size()
        width = min(_WIDTH, room.width() - 24)
        super().__init__(title, parent, beside=beside, width=width)
        self.help_place = help_place
        self.lead = PlainLabel(lead, "body", "ink", self, wrap=True)
        self.lead.setVisible(bool(lead))
        self.table = RecordTable(columns, self, name=title)
        self.table.set_rows(rows)
        self.table.row_activated.connect(self._open)
        self.body.addWidget(self.lead)
        self.body.addWidget(self.table, 1)
        self.add_close(tr("Close"))
        self.open_button = self.add_button(ActionButton(tr("Open patient"), self), primary=True)
        self.open_button.clicked.connect(lambda: self._open(self.table.current_record()))
        self.open_button.setEnabled(bool(self.table.records()))
        self.resize(width, min(_HEIGHT, room.height() - 16))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _open(self, record: object) -> None:
        if record is not None:
            self.accept()
            self.chosen.emit(record)
