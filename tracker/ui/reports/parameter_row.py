"""The parameters above a report: days as the desk types them, and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.services.reports.shape import Ask, Parameter
from tracker.services.reports.sources import ReportKind
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import FieldBox, FieldLabel, LineField
from tracker.ui.widgets.scaled_width import ScaledWidth

_DAY_WIDTH, _LEAST_DAY, _COUNT_WIDTH = 176, 140, 72


class ParameterRow(QWidget):
    """Made anew for each report. `show_wanted` comes on Enter in a field, and when a day was changed."""

    show_wanted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._fields: dict[str, LineField] = {}
        self._inside: QWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def show_kind(self, kind: ReportKind, typed: Mapping[str, str]) -> None:
        """Show the fields of a report with what was typed into them last, else as they are at first."""
        if self._inside is not None:
            self._row.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget(self)
        self._fields = {}
        row = QHBoxLayout(self._inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for parameter in kind.parameters:
            field = self._field(parameter, typed.get(parameter.id) or parameter.first(self._today))
            self._fields[parameter.id] = field
            label = FieldLabel(parameter.title, field, self._inside, width=0)
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            label.setFixedHeight(30)
            row.addWidget(FieldBox(field, self._inside), 0, Qt.AlignmentFlag.AlignTop)
            row.addSpacing(4)
        self._row.addWidget(self._inside)
        self.setVisible(bool(kind.parameters))

    def typed(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {name: field.text() for name, field in self._fields.items()}

    def field(self, name: str) -> LineField:
        return self._fields[name]

    def names(self) -> tuple[str, ...]:
        return tuple(self._fields)

    def show_error(self, name: str, sentence: str) -> None:
        """Say what to mend below a field, and put the hands there."""
        self.clear_errors()
        field = self._fields[name]
        field.set_error(sentence)
        field.setFocus()

    def clear_errors(self) -> None:
        for field in self._fields.values():
            field.set_error(None)

    def focus_first(self) -> None:
        for field in self._fields.values():
            field.setFocus()
            return

    def _field(self, parameter: Parameter, text: str) -> LineField:
        if parameter.ask is Ask.DAY:
            field: LineField = DayField(self._today, self._inside, name=parameter.title)
            ScaledWidth(field, _DAY_WIDTH, least=_LEAST_DAY)
        else:
            field = LineField("", self._inside, name=parameter.title)
            ScaledWidth(field, _COUNT_WIDTH)
            field.textEdited.connect(lambda _text: field.set_error(None))
        field.setText(text)
        field.returnPressed.connect(self.show_wanted)
        return field
