"""The grid of a form: labels left of their fields, one or two fields a line, sentences below the line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, SignalInstance, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.widgets.choice_field import ChoiceField
from tracker.ui.widgets.fields import ErrorRow, FieldLabel, LineField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.search_field import SearchField
from tracker.ui.widgets.segments import Segments
from tracker.ui.widgets.tab_chain import chain
from tracker.ui.widgets.typed_field import TypedField

LABEL_WIDTH = 84
_BETWEEN = 8


@runtime_checkable
class TypedParts(Protocol):
    """A field of a form that is made of several; `touched` comes when something is typed into one of them."""

    touched: SignalInstance

    def typed(self) -> str:
        """Return what stands in all of them, as one text."""
        ...

    def type_again(self, text: str) -> None:
        """Put such a text back."""
        ...


class FormGrid(Ground):
    """`add` puts a field into a line; typing into a field takes its sentence away."""

    def __init__(
        self, parent: QWidget | None = None, *, ground: str = "surface", label_width: int = LABEL_WIDTH
    ) -> None:
        super().__init__(ground, parent)
        self._label_width = label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        for column in (1, 3):
            self._grid.setColumnStretch(column, 1)
        self._fields: list[LineField | ChoiceField] = []
        self._order: list[QWidget] = []
        self._labels: dict[QWidget, FieldLabel] = {}
        self._parts: dict[QWidget, tuple[tuple[QWidget, ...], QVBoxLayout]] = {}

    def add(self, words: str, field: QWidget, beside: tuple[str, QWidget] | None = None) -> None:
        """Put one field over the whole line, or two side by side."""
        pairs = ((words, field), beside) if beside else ((words, field),)
        line, below = self._grid.rowCount(), QVBoxLayout()
        parts: list[QWidget] = []
        for place, (label_words, each) in enumerate(pair for pair in pairs if pair):
            label = FieldLabel(label_words, each, self, width=self._label_width if place == 0 else 0)
            label.setFixedHeight(30)
            self._order.append(each)
            self._labels[each] = label
            parts += (label, each)
            self._grid.addWidget(label, line, 2 * place, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(each, line, 2 * place + 1, 1, 1 if beside else 3)
            self._say_below(each, below, "" if place == 0 else label_words.replace("&", ""))
        below.setContentsMargins(0, 0, 0, _BETWEEN)
        below.setSpacing(0)
        self._grid.addLayout(below, line + 1, 1, 1, 3)
        self._parts[field] = tuple(parts), below

    def add_across(self, words: QWidget) -> None:
        """Put words over the whole width, below what is there by now."""
        self._grid.addWidget(words, self._grid.rowCount(), 0, 1, 4)

    def add_below(self, words: QWidget) -> None:
        """Put words that no label names below the fields, where the fields begin."""
        self._grid.addWidget(words, self._grid.rowCount(), 1, 1, 3)

    def show_line(self, field: QWidget, shown: bool) -> None:
        """Show or hide the whole line that begins with this field; hidden, it has nothing to mend."""
        parts, below = self._parts[field]
        for part in parts:
            part.setVisible(shown)
            if not shown and isinstance(part, LineField | ChoiceField):
                part.set_error(None)
        below.setContentsMargins(0, 0, 0, _BETWEEN if shown else 0)

    def _say_below(self, field: QWidget, below: QVBoxLayout, name: str) -> None:
        """Say below the line what is wrong with a field; with the second of two, its name says of which."""
        if not isinstance(field, LineField | ChoiceField):
            return
        self._fields.append(field)
        row = ErrorRow(self)
        below.addWidget(row)
        field.error_changed.connect(
            lambda words: row.show_sentence(
                tr("{field}: {words}", field=name, words=words) if name and words else words
            )
        )
        if isinstance(field, TypedField):
            return  # it reads what is typed, and says anew what is wrong with that
        if isinstance(field, QLineEdit):
            field.textEdited.connect(self._on_changed)
        else:
            field.chosen.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        field = self.sender()
        if isinstance(field, LineField | ChoiceField):
            field.set_error(None)

    def call(self, field: QWidget, words: str) -> None:
        """Put other words left of a field."""
        self._labels[field].setText(words)

    def first(self) -> QWidget:
        return self._order[0]

    def last(self) -> QWidget:
        return self._order[-1]

    def chain_focus(self) -> None:
        """Let Tab go as one reads."""
        chain(*self._order)

    def first_wrong(self) -> LineField | ChoiceField | None:
        """Return the first field with a sentence below it."""
        return next((field for field in self._fields if field.error()), None)

    def height_for(self, width: int) -> int:
        """Return the height that all lines need, sentences included."""
        self._grid.activate()
        wraps = self._grid.hasHeightForWidth()
        return self._grid.totalHeightForWidth(width) if wraps else self._grid.totalMinimumSize().height()

    def state(self) -> tuple[object, ...]:
        """Return everything that stands in the fields, to tell whether something was typed."""
        return tuple(field.text() if isinstance(field, LineField) else _value_of(field) for field in self._order)

    def typed(self) -> dict[str, str]:
        """Return what stands in the fields as texts, by their place in the form; of choices which one it is."""
        return {str(place): text for place, field in enumerate(self._order) if (text := _text_of(field)) is not None}

    def type_again(self, typed: Mapping[str, str]) -> None:
        """Put such texts back, in order, as if somebody typed them."""
        for place, field in enumerate(self._order):
            text = typed.get(str(place))
            if text is not None and text != _text_of(field):
                _type_into(field, text)


def _text_of(field: QWidget) -> str | None:
    """Return a field as a text; None for one that is none of ours."""
    if isinstance(field, LineField):
        return field.text()
    if isinstance(field, ChoiceField):
        return str(field.currentIndex())
    if isinstance(field, Segments):
        return str(field.values().index(field.value()))
    return field.typed() if isinstance(field, TypedParts) else None


def _type_into(field: QWidget, text: str) -> None:
    if isinstance(field, LineField):
        field.setText(text)
        field.textEdited.emit(text)
        if isinstance(field, SearchField):
            field.settle()
        return
    if isinstance(field, TypedParts):
        field.type_again(text)
    if not text.isascii() or not text.isdigit():
        return
    if isinstance(field, ChoiceField) and int(text) < field.count():
        field.set_value(field.itemData(int(text)))
        field.chosen.emit(field.value())
    elif isinstance(field, Segments) and int(text) < len(field.values()):
        field.button(field.values()[int(text)]).click()


def _value_of(field: QWidget) -> object:
    value = getattr(field, "value", None)
    return value() if callable(value) else None
