"""Lays labelled fields out in one column, or in two where the form stands above the answer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui.widgets.fields import ErrorRow, FieldLabel, LineField

LABEL = 68
_TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class FormRow:
    """A label and what stands right of it; both are hidden together."""

    label: FieldLabel
    content: QWidget

    def set_shown(self, shown: bool) -> None:
        self.label.setVisible(shown)
        self.content.setVisible(shown)


class FormColumns(QWidget):
    """`arrange` puts the rows into one or two columns; the first `left` rows stand left."""

    def __init__(self, rows: tuple[FormRow, ...], parent: QWidget | None = None, *, left: int = 1) -> None:
        super().__init__(parent)
        self._rows = rows
        self._left = left
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        for row in rows:
            row.label.setParent(self)
            row.content.setParent(self)
            row.content.installEventFilter(self)
            row.label.setFixedHeight(30 if row.label.text() else 0)
        self.arrange(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the rows anew when one comes or goes: what stands beside it would keep its room."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._place()
        return super().eventFilter(watched, event)

    def arrange(self, columns: int) -> None:
        """Put the rows into so many columns; reading order and tab order stay the same."""
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        for row in self._rows:  # not by `takeAt`: what it returns lives on, and is told in place of its follower
            self._grid.removeWidget(row.label)
            self._grid.removeWidget(row.content)
        columns, shown = self._columns, [row for row in self._rows if not row.content.isHidden()]
        height = sum(row in shown for row in self._rows[: self._left]) if columns > 1 else len(shown)
        for place, row in enumerate(shown):
            column = place // height
            self._grid.addWidget(row.label, place % height, column * 3, _TOP)
            last = columns > 1 and place == len(shown) - 1
            lines = height - place % height if last else 1  # it does not push down what stands left of it
            self._grid.addWidget(row.content, place % height, column * 3 + 1, lines, 1, _TOP)
        for column in range(2):
            used = column < columns
            labels = (row.label.sizeHint().width() for row in self._rows[column * height : (column + 1) * height])
            self._grid.setColumnMinimumWidth(column * 3, max(LABEL, *labels, 0) if used else 0)
            self._grid.setColumnStretch(column * 3 + 1, 1 if used else 0)
        self._grid.setColumnMinimumWidth(2, 4 if columns > 1 else 0)
        self._grid.invalidate()
        self.updateGeometry()


def beside(*widgets: tuple[QWidget, int], spacing: int = 8) -> QWidget:
    """Return a widget with these side by side; each comes with its share of the room."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget, stretch in widgets:
        row.addWidget(widget, stretch, _TOP)
    return box


def above(*widgets: QWidget) -> QWidget:
    """Return a widget with these below each other; what is of fixed width stands at the left."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for widget in widgets:
        column.addWidget(widget)
    return box


def with_errors(content: QWidget, *fields: LineField) -> QWidget:
    """Return the content with a line below it for what is wrong in each of these fields."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(content)
    for field in fields:
        row = ErrorRow(box)
        field.error_changed.connect(row.show_sentence)
        column.addWidget(row)
    return box
