"""A field in which one thing is searched by typing and picked with Enter or Tab; what was picked stays shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui.announcing import announce
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.pick_list import ListRow, PickList

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 7, Qt.Key.Key_PageUp: -7}


@dataclass(frozen=True, slots=True)
class Adding:
    """What a row means that offers to add what was typed."""

    typed: str


class SearchField(LineField):
    """Subclasses answer `search` by `show_found`, and say in `shown_as` how a picked value stands in the field.

    `picked` carries the value, None when it is given up by typing something else. Escape closes the list and brings
    the former back. A row whose value is Adding asks for what was typed to be added: `add_wanted` carries it.
    With `steps_on` Enter goes to the next field; without, it picks and tells `returnPressed`.
    """

    picked = Signal(object)
    add_wanted = Signal(str)

    def __init__(
        self, placeholder: str = "", parent: QWidget | None = None, *, name: str = "", steps_on: bool = False
    ) -> None:
        super().__init__(placeholder, parent, name=name)
        self._steps_on = steps_on
        self._value: object = None
        self._former: object = None
        self._searched = ""
        self._found_for = ""
        self._pick_when_found = False
        self.list = PickList(self)
        self.list.chosen.connect(self._pick)
        self.list.told.connect(self._on_told)
        self.textEdited.connect(self._on_edited)

    def search(self, text: str) -> None:
        """Look for the text; override, and call `show_found` now or later."""
        raise NotImplementedError

    def shown_as(self, value: object) -> tuple[str, str]:
        """Return text and echo of a picked value; override."""
        raise NotImplementedError

    def open_all(self) -> None:
        """Offer everything, where all can be offered; override."""
        self.list.hide()

    def refusal(self) -> str:
        """Return what to say below the field when what was typed is not picked; override."""
        return tr("Pick it from the list.")

    def value(self) -> object:
        return self._value

    def set_value(self, value: object) -> None:
        """Show a value without telling."""
        self._take(value)

    def take(self, value: object) -> None:
        """Show a value as if it had been picked."""
        self.set_value(value)
        self.picked.emit(self.value())

    def is_searching(self) -> bool:
        """Tell whether something is typed that is not picked."""
        return self._value is None and bool(self.text().strip())

    def is_open(self) -> bool:
        """Tell whether something is typed that will not be picked by itself either."""
        return self.is_searching() and not self._pick_when_found

    def settle(self) -> bool:
        """Mark the field and return False when what was typed is not picked; the list stays while one may pick."""
        wrong = self.is_open()
        if not (wrong and self.hasFocus()):
            self.list.hide()
        self.set_error(self.refusal() if wrong else None)
        return not wrong

    def take_marked(self) -> bool:
        """Pick the marked row, now or as soon as it is found; False when it only asks for something to be added."""
        row = self.list.marked()
        if row is not None and self._found_for == self._searched:
            self._pick(row.value)
            return not isinstance(row.value, Adding)
        self._pick_when_found = self.is_searching() and self._found_for != self._searched
        return True

    def show_found(self, text: str, rows: Iterable[ListRow], *, note: str = "", marked: bool = True) -> None:
        """Show what was found for `text`; an Enter that came before the rows is made good now."""
        if text != self._searched or not self.is_searching():
            return
        self._found_for = text
        rows = tuple(rows)
        if self.hasFocus():
            self.list.offer(rows, note=note, marked=0 if marked else -1)
        if self._pick_when_found:
            self._pick_when_found = False
            if rows and marked:
                self._pick(rows[0].value)
            else:
                self.refuse_early()

    def refuse_early(self) -> None:
        """Answer an Enter or Tab that came before nothing fitting was found; override to offer more."""
        self.settle()

    def show_all(self, rows: Iterable[ListRow]) -> None:
        """Offer these without anything typed; none is marked."""
        self._searched = self._found_for = ""
        if self.hasFocus():
            self.list.offer(rows)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.set_echo("")
        self.set_error(None)
        self._pick_when_found = False
        if self._value is not None:
            self._value = None
            self.picked.emit(None)
        self._search_for(text.strip())

    def _search_for(self, text: str) -> None:
        self._searched, self._found_for = text, ""
        if text:
            self.search(text)
        else:
            self.open_all()

    def _take(self, value: object) -> None:
        self._value = self._former = value
        self._pick_when_found = False
        text, echo = self.shown_as(value) if value is not None else ("", "")
        self.setText(text)
        self.setCursorPosition(0)
        self.set_echo(echo)
        self.set_error(None)
        self.list.hide()
        if self.hasFocus():
            self.selectAll()

    @Slot(object)
    def _pick(self, value: object) -> None:
        if isinstance(value, Adding):
            self.list.hide()
            self.add_wanted.emit(value.typed)
            return
        self._take(value)
        self.picked.emit(self.value())

    @Slot(str)
    def _on_told(self, words: str) -> None:
        if words:
            self.setAccessibleDescription(words)
            announce(self, words)
        else:
            self._describe()

    def _may_escape(self) -> bool:
        return self.list.isVisible() or (self.is_searching() and self._former is not None)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            taken = event.key() in (*_ENTER, *_STEPS) and not event.modifiers()
            if taken or (event.key() == Qt.Key.Key_Escape and self._may_escape()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _ENTER and not event.modifiers():
            self._enter(event)
        elif key in _STEPS and not event.modifiers():
            if self.list.isVisible():
                self.list.step(_STEPS[key])
            else:
                self._open()
        elif key == Qt.Key.Key_Escape and self._may_escape():
            self._restore()
        else:
            super().keyPressEvent(event)

    def _enter(self, event: QKeyEvent) -> None:
        if not self.take_marked() or not self.settle():
            return
        if self._steps_on and self.text().strip():
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        self._search_for("" if self._value is not None else self.text().strip())

    def _restore(self) -> None:
        """Close the list, and bring back what was picked before; what else was typed stays."""
        self.list.hide()
        if self._value is None and self._former is not None:
            self._take(self._former)
            self.picked.emit(self.value())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.list.isVisible():
            self._open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.comes_back(event):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        self.settle()
        if self._value is not None and event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.setCursorPosition(0)  # a name that is too long shows its beginning
        elif not self.text().strip():
            self._former = None

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Take what is marked before the next field is looked for: what was picked may switch it on."""
        if forward and not self.take_marked():
            return True
        self.settle()
        return super().focusNextPrevChild(forward)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.list.hide()
