"""What was typed and not booked: kept when the form begins anew, and brought back by one button."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from tracker.domain.draft import Draft
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

    def keep(self, start: CheckStart | None = None) -> None:
        """Keep what stands in the form, if it is more than a patient; with a start, what was changed of a visit."""
        patient, draft = self._form.fields.patient.patient(), self._form.draft()
        if patient is None or draft is None or self._form.fields.procedure.choice() is None:
            return
        name = plain_text.one_line(patient.last, 20)
        self._show(start or CheckStart(draft=draft), tr("Back to {name} {born}", name=name, born=us_date(patient.born)))

    def offer(self, draft: Draft) -> None:
        """Keep what was typed before the program ended."""
        self._show(CheckStart(draft=draft), tr("Back to what was typed"))

    def draft(self) -> Draft | None:
        """Return what is kept of a new visit."""
        return self._left.draft if self._left is not None and not self._left.booking_id else None

    def forget(self) -> None:
        self._left = None
        self._button.hide()

    def _show(self, start: CheckStart, words: str) -> None:
        self._left = start
        self._button.setText(plain_text.as_button(words))
        self._button.show()

    @Slot()
    def _on_clicked(self) -> None:
        left = self._left
        self.forget()
        if left is not None:
            self.wanted.emit(left)
