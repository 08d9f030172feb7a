"""A field in which one thing is searched by typing and picked with Enter or Tab; what was picked stays shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from tracker.ui.check.choice_popup import ChoicePopup, PopupRow
from tracker.ui.widgets.fields import LineField

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 7, Qt.Key.Key_PageUp: -7}


@dataclass(frozen=True, slots=True)
class Adding:
    """What a row means that offers to add what was typed."""

    typed: str


class SearchField(LineField):
    """Subclasses answer `search` by `show_found`, and say in `shown_as` how a picked value stands in the field.

    `picked` carries the value, None when it is given up by typing something else. Escape brings the former back.
    A row whose value is Adding asks for what was typed to be added: `add_wanted` carries it.
    """

    picked = Signal(object)
    add_wanted = Signal(str)

    def __init__(
        self, placeholder: str = "", parent: QWidget | None = None, *, name: str = "", least_width: int = 0
    ) -> None:
        super().__init__(placeholder, parent, name=name)
        self._value: object = None
        self._former: object = None
        self._searched = ""
        self._found_for = ""
        self._pick_when_found = False
        self.popup = ChoicePopup(self, least_width=least_width)
        self.popup.picked.connect(self._on_row_picked)
        self.textEdited.connect(self._on_edited)

    def search(self, text: str) -> None:
        """Look for the text; override, and call `show_found` now or later."""
        raise NotImplementedError

    def shown_as(self, value: object) -> tuple[str, str]:
        """Return text and echo of a picked value; override."""
        raise NotImplementedError

    def value(self) -> object:
        return self._value

    def set_value(self, value: object) -> None:
        """Show a value without telling."""
        self._value = self._former = value
        self._pick_when_found = False
        text, echo = self.shown_as(value) if value is not None else ("", "")
        self.setText(text)
        self.setCursorPosition(0)
        self.set_echo(echo)
        self.set_error(None)
        self.popup.hide()
        if self.hasFocus():
            self.selectAll()

    def is_searching(self) -> bool:
        """Tell whether something is typed that is not picked."""
        return self._value is None and bool(self.text().strip())

    def is_open(self) -> bool:
        """Tell whether something is typed that will not be picked by itself either."""
        return self.is_searching() and not self._pick_when_found

    def show_found(self, text: str, rows: Iterable[PopupRow], *, note: str = "", marked: bool = True) -> None:
        """Show what was found for `text`; an Enter that came before the rows is made good now."""
        if text != self._searched or not self.is_searching():
            return
        self._found_for = text
        rows = tuple(rows)
        if self.hasFocus():
            self.popup.show_rows(rows, note=note, current=0 if marked else -1)
        if self._pick_when_found:
            self._pick_when_found = False
            if rows and marked:
                self._pick(rows[0].value)
            elif not self.hasFocus():
                self._on_left()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.set_echo("")
        self.set_error(None)
        self._pick_when_found = False
        if self._value is not None:
            self._value = None
            self.picked.emit(None)
        self._searched, self._found_for = text.strip(), ""
        if self._searched:
            self.search(self._searched)
        else:
            self.popup.hide()

    @Slot(object)
    def _on_row_picked(self, value: object) -> None:
        self._pick(value)

    def take(self, value: object) -> None:
        """Show a value as if it had been picked."""
        self._pick(value)

    def _pick(self, value: object) -> None:
        if isinstance(value, Adding):
            self.popup.hide()
            self.add_wanted.emit(value.typed)
            return
        self.set_value(value)
        self.picked.emit(value)

    def _pick_current(self) -> bool:
        """Pick the marked row; while the search still runs, as soon as it is there. False when there is none."""
        row = self.popup.current() if self.popup.isVisible() else None
        if row is not None and self._found_for == self._searched:
            self._pick(row.value)
            return True
        if self.is_searching() and self._found_for != self._searched:
            self._pick_when_found = True
            return True
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            taken = event.key() in (*_ENTER, *_STEPS) and not event.modifiers()
            escape = event.key() == Qt.Key.Key_Escape and (self.popup.isVisible() or self.is_searching())
            if taken or escape:
                event.accept()
                return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            self._pick_current()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _ENTER and not event.modifiers():
            if self._value is not None or self._pick_current():
                self.focusNextChild()
        elif key in _STEPS and not event.modifiers():
            if self.popup.isVisible():
                self.popup.move_current(_STEPS[key])
                self._tell_current()
            else:
                self._searched = "" if self._value is not None else self.text().strip()
                self.open_all()
        elif key == Qt.Key.Key_Escape and (self.popup.isVisible() or self.is_searching()):
            self._restore()
        else:
            super().keyPressEvent(event)

    def open_all(self) -> None:
        """Called by Down while no list is open; override where all can be offered."""

    def _tell_current(self) -> None:
        row = self.popup.current()
        self.setAccessibleDescription(row.spoken if row else "")

    def _restore(self) -> None:
        """Give up what was typed, and bring back what was picked before."""
        former = self._former
        gave_up = self._value is None and former is not None
        self.set_value(former)
        if gave_up:
            self.picked.emit(former)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.popup.hide()
        if self._value is not None:
            self.setCursorPosition(0)  # a name that is too long shows its beginning
        self._on_left()

    def _on_left(self) -> None:
        """Called when the focus leaves; override to say what is missing."""
