"""The head of the patient page: who it is, by two identifiers and more, and who pays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.coverage import Coverage
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.ui import theme
from tracker.ui.patient.patient_words import age_and_sex, coverages_line
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.status_line import IconMark

if TYPE_CHECKING:
    from tracker.services.patients.patients import PatientRecord

EDIT_KEY = "Ctrl+E"
_NARROW = 760


class PatientHead(Ground):
    """Stays in place while the page below scrolls, so that the answer is never seen without the name."""

    edit_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="b")
        self.name = Heading("", "title", parent=self, elide=True, selectable=True)
        self.born = PlainLabel("", "subtitle", parent=self, selectable=True)
        self.age = PlainLabel("", "body", "ink2", self)
        self.age_below = PlainLabel("", "body", "ink2", self)
        self.mrn = PlainLabel("", "subtitle", parent=self, selectable=True)
        self.phone_mark = IconMark("phone", "ink2", 14, self)
        self.phone = PlainLabel("", "body", "ink2", self, selectable=True)
        self.coverage = PlainLabel("", "body", "ink2", self, elide=True)
        self.edit = ActionButton(tr("Edit"), self, key=EDIT_KEY)
        self.check = ActionButton(tr("Check and book"), self, key="F3", kind="primary")
        self.edit.clicked.connect(self.edit_wanted)
        self.check.clicked.connect(self.check_wanted)
        self._build()
        self.clear()

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        for label in (self.name, self.born, self.age, self.mrn):
            first.addWidget(label)
        first.addStretch(1)
        first.addWidget(self.edit)
        first.addSpacing(-4)
        first.addWidget(self.check)
        second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self.age_below)
        second.addWidget(self.phone_mark)
        second.addWidget(self.phone)
        second.addSpacing(10)
        second.addWidget(self.coverage, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names and numbers are never cut for a button: on narrow windows Edit stays in the menu."""
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(_NARROW)
        self.edit.setVisible(not narrow)
        self.age.setVisible(not narrow)
        self.age_below.setVisible(narrow)

    def clear(self) -> None:
        """Show nobody."""
        for label in (self.name, self.born, self.age, self.age_below, self.mrn, self.phone, self.coverage):
            label.setText("")
        self.phone_mark.hide()
        self.edit.setEnabled(False)
        self.check.setEnabled(False)

    def show_record(self, record: PatientRecord, label: Callable[[Coverage], str], today: date) -> None:
        patient = record.patient
        self.name.setText(patient.name)
        self.born.setText(us_date(patient.born))
        self.age.setText(age_and_sex(patient, today))
        self.age_below.setText(self.age.text())
        self.mrn.setText(patient.mrn or tr("no record number"))
        self.phone.setText(patient.phone)
        self.phone_mark.setVisible(bool(patient.phone))
        self.phone.setVisible(bool(patient.phone))
        self.coverage.setText(coverages_line(record.coverages, label, today))
        self.edit.setEnabled(True)
        self.check.setEnabled(True)
