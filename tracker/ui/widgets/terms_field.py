"""A field for several words of a fixed list, parted by commas: the list stands below, for the word under the hands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.pick_field import Pick, find_picks
from tracker.ui.widgets.pick_list import ListRow, PickList

_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


class TermsField(LineField):
    """Down and Up move in the list; Enter, Tab or a comma takes what is marked. What is no term stands as typed."""

    def __init__(
        self, picks: Iterable[Pick], placeholder: str = "", parent: QWidget | None = None, *, name: str = ""
    ) -> None:
        super().__init__(placeholder, parent, name=name)
        self._picks = tuple(picks)
        self._adds = False
        self.list = PickList(self)
        self.list.chosen.connect(self._on_list_chosen)
        self.textEdited.connect(self._on_edited)

    def is_begun(self) -> bool:
        """Tell whether what is typed may still become one of the terms on the list."""
        return self.hasFocus() and self.list.isVisible()

    def settle(self) -> bool:
        """Take what is marked for the word under the hands; False where nothing is."""
        marked = self.list.marked()
        if marked is None or not isinstance(marked.value, Pick):
            self.list.hide()
            return False
        self._take(marked.value)
        return True

    def _piece(self) -> tuple[int, int, str]:
        """Return where the word under the hands begins and ends, and the word."""
        text, at = self.text(), self.cursorPosition()
        begin = text.rfind(",", 0, at) + 1
        end = text.find(",", at)
        end = len(text) if end < 0 else end
        return begin, end, text[begin:end].strip()

    def _take(self, pick: Pick) -> None:
        begin, end, typed = self._piece()
        text = self.text()
        before, after = text[:begin].rstrip(), text[end:]
        kept = f"{typed}, " if self._adds and typed else ""
        taken = f"{before} {kept}{pick.text}" if before else f"{kept}{pick.text}"
        self.setText(taken + after)
        self.setCursorPosition(len(taken))
        self.textEdited.emit(self.text())
        self.list.hide()

    def _offer(self, typed: str) -> None:
        """Offer what `typed` may mean in place of the word under the hands; for "" all that may stand beside it."""
        begin, end, _word = self._piece()
        self._adds = not typed
        others = self.text()[:begin] + self.text()[end:] if typed else self.text()
        there = {part.strip().casefold() for part in others.split(",")}
        found = [pick for pick in find_picks(typed, self._picks) if pick.text.casefold() not in there]
        whole = bool(typed) and any(pick.text.casefold() == typed.casefold() for pick in found)
        rows = [ListRow(pick, (pick.text, pick.detail)) for pick in found]
        self.list.offer([] if whole else rows, marked=0 if typed else -1)

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        _begin, _end, typed = self._piece()
        if typed:
            self._offer(typed)
        else:
            self.list.hide()

    @Slot(object)
    def _on_list_chosen(self, pick: object) -> None:
        if isinstance(pick, Pick):
            self._take(pick)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES and not event.modifiers():
            if self.list.isVisible():
                self.list.step(_MOVES[key])
            else:
                self._offer("")
        elif key == Qt.Key.Key_Escape and self.list.isVisible():
            self.list.hide()
        else:
            if event.text() == ",":
                self.settle()
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.list.isVisible():
            self._offer("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
            if self.isVisible():
                self.textEdited.emit(self.text())  # what was only begun is told from now on
            self.list.hide()

    def focusNextPrevChild(self, forward: bool) -> bool:
        self.settle()
        return super().focusNextPrevChild(forward)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.list.hide()
