"""What was typed and not booked: kept when the form begins anew, and brought back by one button."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.ui.check.form import CheckForm
from tracker.ui.pages.page import CheckStart
from tracker.ui.theme import plain_text
from tracker.ui.widgets.action_button import ActionButton


class LeftWork(QObject):
    """`wanted` carries the CheckStart that brings it back."""

    wanted = Signal(object)

    def __init__(self, form: CheckForm, button: ActionButton, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._button = form, button
        self._left: CheckStart | None = None
        button.clicked.connect(self._on_clicked)
        button.hide()

    def keep(self) -> None:
        """Keep what stands in the form, if it is more than a patient."""
        patient, request = self._form.fields.patient.patient(), self._form.reading().request
        if patient is None or self._form.fields.procedure.choice() is None:
            return
        self._left = CheckStart(patient.id, request)
        name = plain_text.one_line(patient.last, 20)
        self._button.setText(plain_text.as_button(tr("Back to {name} {born}", name=name, born=us_date(patient.born))))
        self._button.show()

    def forget(self) -> None:
        self._left = None
        self._button.hide()

    @Slot()
    def _on_clicked(self) -> None:
        left = self._left
        self.forget()
        if left is not None:
            self.wanted.emit(left)
