"""The patient of a visit, found by name, birth date, record number or telephone; two identifiers stay beside it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.domain.us_dates import us_date
from tracker.services.patients.patients import PatientHit, PatientService
from tracker.ui import theme
from tracker.ui.tasks import LatestOnly, TaskRunner
from tracker.ui.theme import plain_text
from tracker.ui.widgets.pick_list import ListRow
from tracker.ui.widgets.search_field import Adding, SearchField

_ROWS = 20
_SHORTEST_NAME = 3
_NOBODY = tr("Nobody is found by that.")
_ENTER_ADDS = tr("Nobody is found by that. Enter again adds the patient.")
_ALIKE = tr("Nobody by that name; these are spelled alike.")

_BETWEEN, _AROUND = "   ", 42
"""Around name and identifiers: the borders of the field, and what parts them."""


class PatientField(SearchField):
    """Its value is a Patient."""

    def __init__(self, patients: PatientService, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(tr("Name, birth date, number or phone"), parent, name=tr("Patient"), steps_on=True)
        self._patients = patients
        self._identifiers = ""
        self._nobody = False
        self._latest = LatestOnly(tasks, self)

    def patient(self) -> Patient | None:
        value = self.value()
        return value if isinstance(value, Patient) else None

    def search(self, text: str) -> None:
        def look() -> tuple[tuple[PatientHit, ...], bool]:
            found = self._patients.find(text, _ROWS)
            return (found, True) if found else (self._patients.suggest(text), False)

        self._nobody = False
        self._latest.run(look, lambda result: self._show(text, *result))

    def _show(self, text: str, hits: Iterable[PatientHit], exact: bool) -> None:
        rows = [_row(hit) for hit in hits]
        self._nobody = not rows
        note = "" if exact else _ALIKE if rows else _NOBODY
        if not exact and len(text) >= _SHORTEST_NAME:
            rows.append(ListRow(Adding(text), (tr("Add “{typed}”…", typed=plain_text.one_line(text, 40)), "", "", "")))
        self.show_found(text, rows, note=note, marked=exact)

    def shown_as(self, value: object) -> tuple[str, str]:
        if not isinstance(value, Patient):
            return "", ""
        return value.name[:120], f"{us_date(value.born)}{_BETWEEN}{value.mrn}"

    def set_echo(self, text: str) -> None:
        """Leave the record number out where the name would be cut: the birth date is the second identifier."""
        self._identifiers = text
        wide = theme.text_width(self.text(), "body") + theme.text_width(text, "caption")
        super().set_echo(text if wide + _AROUND <= self.width() else text.partition(_BETWEEN)[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_echo(self._identifiers)

    def refusal(self) -> str:
        if self._nobody:
            return _ENTER_ADDS if self.list.marked() is not None else _NOBODY
        return tr("Pick the patient from the list.")

    def _enter(self, event: QKeyEvent) -> None:
        """Where nobody is found the first Enter marks the row that adds, so that the second one adds."""
        offered = self.list.isVisible() and self.is_open() and self.list.marked() is None
        if self._nobody and self.is_open() and not self.list.isVisible():
            self._open()
            self._pick_when_found = True
        elif not (offered and self._mark_adding()):
            super()._enter(event)

    def refuse_early(self) -> None:
        if not (self.hasFocus() and self._mark_adding()):
            super().refuse_early()

    def _mark_adding(self) -> bool:
        """Mark it where nobody is found, and say so in the list, which lies over the line below the field."""
        if not self._nobody or len(self.text().strip()) < _SHORTEST_NAME:
            return False
        self.list.offer(self.list.rows(), note=_ENTER_ADDS, marked=0)
        self.settle()
        return True


def _row(hit: PatientHit) -> ListRow:
    patient = hit.patient
    return ListRow(patient, (patient.name, us_date(patient.born), patient.mrn, hit.coverage_label[:40]))
