"""A field that finds one thing of a list by what is typed: an alias, the beginning of a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui.theme import plain_text
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.pick_list import PickList

_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing to pick: what it means, its words, what stands light beside them, other words it is found by."""

    value: object
    text: str
    detail: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Adding:
    """The last row of the list: add what was typed."""

    typed: str


class PickField(LineField):
    """`picked` carries the value found when the field is left or Enter is pressed, None for nothing.

    While something is typed the list stands below; Down and Up move in it, the likeliest is marked. `free` lets typed
    text that nothing fits stand: `value` is None then and `text` says it. `find` may rank in the caller's own way.
    With `adds` the last row offers to add what was typed: `add_wanted` carries it.
    """

    picked = Signal(object)
    add_wanted = Signal(str)

    def __init__(
        self,
        placeholder: str = "",
        parent: QWidget | None = None,
        *,
        name: str = "",
        missing: str = tr("is not on the list. Type the beginning of a name."),
        free: bool = False,
        adds: bool = False,
        find: Callable[[str, tuple[Pick, ...]], Iterable[Pick]] | None = None,
    ) -> None:
        super().__init__(placeholder, parent, name=name)
        self._missing = missing
        self._free = free
        self._adds = adds
        self._find = find or find_picks
        self._picks: tuple[Pick, ...] = ()
        self._pick: Pick | None = None
        self.list = PickList(self)
        self.list.chosen.connect(self._on_list_chosen)
        self.textEdited.connect(self._on_edited)

    def set_picks(self, picks: Iterable[Pick]) -> None:
        """Offer these; what is picked stays."""
        self._picks = tuple(picks)

    def offered(self) -> tuple[str, ...]:
        """Return the words of everything that can be picked."""
        return tuple(pick.text for pick in self._picks)

    def set_free(self, free: bool) -> None:
        """Let typed text stand that is not on the list, or not any more."""
        self._free = free
        self.set_error(None)

    def value(self) -> object:
        return self._pick.value if self._pick else None

    def set_value(self, value: object) -> None:
        """Show the pick with this value without telling; the field is emptied when it is not offered."""
        self._take(next((pick for pick in self._picks if pick.value == value), None))

    def settle(self) -> bool:
        """Take the likeliest of what was typed; mark the field and return False when nothing fits."""
        marked, typed = self._marked(), self.text().strip()
        self.list.hide()
        if marked is None and self._pick is None and typed:
            marked = self._likeliest(typed)
        if marked is not None and marked is not self._pick:
            self._take(marked)
            self.picked.emit(marked.value)
        fits = self._pick is not None or not typed or self._free
        self.set_error(None if fits else f"“{plain_text.one_line(typed, 40)}” {self._missing}")
        return fits

    def _likeliest(self, typed: str) -> Pick | None:
        found = next(iter(self._find(typed, self._picks)), None)
        return None if found is None or (self._free and not _certain(typed, found)) else found

    def _take(self, pick: Pick | None) -> None:
        self._pick = pick
        self.setText(plain_text.one_line(pick.text) if pick else "")
        self.set_echo(pick.detail if pick else "")
        if self.hasFocus():
            self.selectAll()
        else:
            self.setCursorPosition(0)
        self.set_error(None)

    def _marked(self) -> Pick | None:
        marked = self.list.marked()
        return marked if isinstance(marked, Pick) else None

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        had = self._pick is not None
        self._pick = None
        self.set_echo("")
        self.set_error(None)
        self._offer(text)
        if had:
            self.picked.emit(None)

    def _offer(self, text: str) -> None:
        found = tuple(self._find(text.strip(), self._picks))
        marks_first = bool(text.strip()) and bool(found) and not (self._free and not _certain(text.strip(), found[0]))
        rows: list[tuple[object, str, str]] = [(pick, pick.text, pick.detail) for pick in found]
        typed = text.strip()
        if self._adds and typed and typed.casefold() not in {pick.text.casefold() for pick in found}:
            rows.append((_Adding(typed), tr("Add “{typed}”…", typed=plain_text.one_line(typed, 60)), ""))
        self.list.offer(rows, marked=0 if marks_first else -1)

    def take_adding(self) -> bool:
        """Ask for what was typed to be added where that row is marked; False where it is not."""
        marked = self.list.marked()
        if not isinstance(marked, _Adding):
            return False
        self.list.hide()
        self.add_wanted.emit(marked.typed)
        return True

    @Slot(object)
    def _on_list_chosen(self, pick: object) -> None:
        if isinstance(pick, Pick):
            self._take(pick)
            self.list.hide()
            self.picked.emit(pick.value)
        elif isinstance(pick, _Adding):
            self.list.hide()
            self.add_wanted.emit(pick.typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES and not event.modifiers():
            if self.list.isVisible():
                self.list.step(_MOVES[key])
            else:
                self._offer("" if self._pick else self.text())
        elif key == Qt.Key.Key_Escape and self.list.isVisible():
            self.list.hide()
        else:
            enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and (self.take_adding() or not self.settle()):
                return
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.list.isVisible():
            self._offer("" if self._pick else self.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Take the likeliest before the next field is looked for: what was picked may switch it on."""
        if self.take_adding():
            return True
        self.settle()
        return super().focusNextPrevChild(forward)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.list.hide()


def find_picks(text: str, picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    """Return the picks that the text may mean, the likeliest first; all of them, in their order, for ""."""
    wanted = " ".join(text.casefold().split())
    ranked = [(_rank(wanted, pick), pick) for pick in picks]
    return tuple(pick for rank, pick in sorted(ranked, key=lambda pair: pair[0]) if rank < _NOT)


_NOT = 9


def _rank(wanted: str, pick: Pick) -> int:
    names = [pick.text.casefold(), *(word.casefold() for word in pick.words)]
    if not wanted or wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    words = [word for name in names for word in name.replace(",", " ").replace("-", " ").split()]
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 2
    return 3 if any(wanted in name for name in names) else _NOT


def _certain(typed: str, pick: Pick) -> bool:
    """Where any text may stand, only the beginning of a name means the one on the list."""
    return _rank(" ".join(typed.casefold().split()), pick) <= 1
