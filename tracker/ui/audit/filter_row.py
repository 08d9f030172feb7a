"""What narrows the record of acts: whose records, who acted, what was done, from which day to which."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.services.audit.audit import AuditFilter
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import FieldBox, FieldLabel
from tracker.ui.widgets.patient_field import PatientField

_DAY_WIDTH = 168


class FilterRow(QWidget):
    """`wanted` comes when something else is to be listed; what cannot be read is said at its field."""

    wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        today = context.services.clock.today()
        self.patient = PatientField(context.services.patients, context.tasks, self)
        self.who = ChoiceField((Choice("", tr("Everybody")),), self, name=tr("Who"))
        self.what = ChoiceField((Choice("", tr("Everything")),), self, name=tr("What"))
        self.first = DayField(today, self, name=tr("From"))
        self.last = DayField(today, self, name=tr("To"))
        self.who.setMinimumWidth(self.who.sizeHint().width())
        self.clear_button = ActionButton(tr("Show all"), self)
        for field in (self.first, self.last):
            field.setMinimumWidth(_DAY_WIDTH)
            field.settled.connect(self.wanted)
        self.patient.setMinimumWidth(200)
        self.patient.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.patient.picked.connect(self.wanted)
        self.patient.returnPressed.connect(self._on_patient_entered)
        self.who.chosen.connect(self.wanted)
        self.what.chosen.connect(self.wanted)
        self.clear_button.clicked.connect(self.clear)
        self._stack()

    def _stack(self) -> None:
        people, days = QHBoxLayout(), QHBoxLayout()
        for row in (people, days):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
        self._put(people, tr("Patient"), self.patient, FieldBox(self.patient, self), 1)
        self._put(people, tr("Who"), self.who, self.who, 0)
        self._put(people, tr("What"), self.what, self.what, 0)
        self._put(days, tr("From"), self.first, FieldBox(self.first, self), 0)
        self._put(days, tr("To"), self.last, FieldBox(self.last, self), 0)
        days.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignTop)
        days.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 10)
        column.setSpacing(8)
        column.addLayout(people)
        column.addLayout(days)

    def _put(self, row: QHBoxLayout, text: str, buddy: QWidget, box: QWidget, stretch: int) -> None:
        label = FieldLabel(text, buddy, self, width=0)
        label.setFixedHeight(30)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(box, stretch, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(4)

    def offer(self, people: Iterable[str], kinds: Iterable[tuple[str, str]]) -> None:
        """Offer everybody who has acted, and every kind of act; what is chosen stays chosen."""
        self.who.set_choices([Choice("", tr("Everybody")), *(Choice(name, name) for name in people)])
        self.what.set_choices([Choice("", tr("Everything")), *(Choice(kind, words) for kind, words in kinds)])

    def filter(self) -> AuditFilter:
        """Return what is wanted now."""
        patient = self.patient.patient()
        return AuditFilter(
            patient.id if patient else "", str(self.who.value() or ""), str(self.what.value() or ""), self.first.day(),
            self.last.day(),
        )  # fmt: skip

    def narrows(self) -> bool:
        """Tell whether anything is left out now."""
        return self.filter() != AuditFilter()

    def readable(self) -> bool:
        """Tell whether everything that was typed has a meaning; what has none is marked."""
        whole = [field.settle() for field in (self.first, self.last)]
        if self.patient.is_searching():
            self.patient.set_error(tr("Pick the patient from the list, or clear the field."))
            return False
        return all(whole)

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with the days."""
        self.last.set_error(sentence)

    @Slot()
    def clear(self) -> None:
        """Leave nothing out."""
        self.patient.set_value(None)
        self.who.set_value("")
        self.what.set_value("")
        self.first.set_when(None)
        self.last.set_when(None)
        for field in (self.first, self.last):
            field.set_error(None)
        self.wanted.emit()

    @Slot()
    def _on_patient_entered(self) -> None:
        """List everybody's again when the field was emptied."""
        if not self.patient.text().strip():
            self.wanted.emit()
