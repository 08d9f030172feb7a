"""What was typed and not booked: kept when the form begins anew, and brought back by one button, the newest first."""

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
        self._left: list[tuple[CheckStart, str]] = []
        self._fresh = False
        button.clicked.connect(self._on_clicked)
        button.hide()

    def keep(self, start: CheckStart | None = None) -> None:
        """Keep what stands in the form, if it is more than a patient; with a start, what was changed of a visit."""
        patient, draft = self._form.fields.patient.patient(), self._form.draft()
        self._fresh = draft is not None
        if draft is None:
            return
        words = tr("Back to what was typed")
        if patient is not None:
            name = plain_text.one_line(patient.last, 20)
            words = tr("Back to {name} {born}", name=name, born=us_date(patient.born))
        self._left.append((start or CheckStart(draft=draft), words))
        self._show()

    def offer(self, draft: Draft) -> None:
        """Keep what was typed before the program ended."""
        self._left.append((CheckStart(draft=draft), tr("Back to what was typed")))
        self._show()

    def draft(self) -> Draft | None:
        """Return what is kept of a new visit, the newest."""
        return next((start.draft for start, _words in reversed(self._left) if not start.booking_id), None)

    def forget(self) -> None:
        """What was kept when the form began anew is done: it does not wait any more."""
        if self._fresh:
            self._left.pop()
            self._fresh = False
        self._show()

    def _show(self) -> None:
        self._button.setVisible(bool(self._left))
        if self._left:
            self._button.setText(plain_text.as_button(self._left[-1][1]))

    @Slot()
    def _on_clicked(self) -> None:
        if self._left:
            start, _words = self._left.pop()
            self._show()
            self.wanted.emit(start)
