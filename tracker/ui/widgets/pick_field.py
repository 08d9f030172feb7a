"""A field that finds one thing of a list by what is typed: an alias, the beginning of a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.folding import folded
from tracker.domain.language import tr
from tracker.ui import icons, theme
from tracker.ui.theme import plain_text
from tracker.ui.widgets.fields import room_of
from tracker.ui.widgets.pick_list import ListRow
from tracker.ui.widgets.search_field import Adding, SearchField

_FRAME, _ENDS = 24, 20


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing to pick: what it means, its words, what stands light beside them, other words it is found by."""

    value: object
    text: str
    detail: str = ""
    words: tuple[str, ...] = ()


class PickField(SearchField):
    """Everything that can be picked is at hand: leaving the field takes the likeliest of what was typed.

    `free` lets typed text that nothing fits stand: `value` is None then and `text` says it. `find` may rank in the
    caller's own way. With `adds` the last row offers to add what was typed.
    """

    end_room = 18

    def __init__(
        self,
        placeholder: str = "",
        parent: QWidget | None = None,
        *,
        name: str = "",
        missing: str = tr("is not on the list. Type the beginning of a name."),
        free: bool = False,
        adds: bool = False,
        steps_on: bool = False,
        find: Callable[[str, tuple[Pick, ...]], Iterable[Pick]] | None = None,
    ) -> None:
        super().__init__(placeholder, parent, name=name, steps_on=steps_on)
        self.setTextMargins(0, 0, self.end_room, 0)
        self._missing = missing
        self._free = free
        self._adds = adds
        self._find = find or find_picks
        self._picks: tuple[Pick, ...] = ()

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
        return self._value.value if isinstance(self._value, Pick) else None

    def set_value(self, value: object) -> None:
        """Show the pick with this value without telling; the field is emptied when it is not offered."""
        self._take(next((pick for pick in self._picks if pick.value == value), None))

    def shown_as(self, value: object) -> tuple[str, str]:
        return (plain_text.one_line(value.text), value.detail) if isinstance(value, Pick) else ("", "")

    def shown_echo(self) -> str:
        """Cut what stands light where it has no room beside the words: the whole of it widens no form."""
        room = self.width() - self.end_room - _FRAME - theme.text_width(self.text(), "body")
        whole = self.echo()
        if room_of(whole) <= room:
            return whole
        return QFontMetrics(theme.font("caption")).elidedText(whole, Qt.TextElideMode.ElideRight, max(0, room - _ENDS))

    def sizeHint(self) -> QSize:
        return super().sizeHint() - self._echo_room()

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() - self._echo_room()

    def _echo_room(self) -> QSize:
        return QSize(self.textMargins().right() - self.end_room, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def refusal(self) -> str:
        return f"“{plain_text.one_line(self.text().strip(), 40)}” {self._missing}"

    def search(self, text: str) -> None:
        found = tuple(self._find(text, self._picks))
        rows = [_row(pick) for pick in found]
        if self._adds and text.casefold() not in {pick.text.casefold() for pick in found}:
            rows.append(ListRow(Adding(text), (tr("Add “{typed}”…", typed=plain_text.one_line(text, 60)),)))
        fits = bool(found) and self._is_meant(text, found[0])
        self.show_found(text, rows, note="" if rows or self._free else self.refusal(), marked=fits)

    def open_all(self) -> None:
        self.show_all(_row(pick) for pick in self._picks)

    def settle(self) -> bool:
        """Take the likeliest of what was typed; mark the field and return False when nothing fits."""
        marked = self.list.marked()
        meant = marked.value if marked is not None else None
        if not isinstance(meant, Pick):
            meant = self._likeliest() if self.is_searching() else None
        if meant is not None and meant != self._value:
            self._pick(meant)
        self.list.hide()
        fits = not self.is_searching() or self._free
        self.set_error(None if fits else self.refusal())
        return fits

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show by the mark of a list that a click offers everything."""
        super().paintEvent(event)
        box = QRectF(self.width() - 24, (self.height() - 12) / 2, 12, 12)
        icons.paint(QPainter(self), "chevron-down", box, theme.color("ink3" if self.isEnabled() else "ink_off"))

    def _likeliest(self) -> Pick | None:
        typed = self.text().strip()
        found = next(iter(self._find(typed, self._picks)), None)
        return found if found is not None and self._is_meant(typed, found) else None

    def _is_meant(self, typed: str, pick: Pick) -> bool:
        """Where any text may stand, only the beginning of a name means the one on the list."""
        return not self._free or _rank(" ".join(folded(typed).split()), pick) <= 1


def _row(pick: Pick) -> ListRow:
    return ListRow(pick, (pick.text, pick.detail))


def find_picks(text: str, picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    """Return the picks that the text may mean, the likeliest first; all of them, in their order, for ""."""
    wanted = " ".join(folded(text).split())
    ranked = [(_rank(wanted, pick), pick) for pick in picks]
    return tuple(pick for rank, pick in sorted(ranked, key=lambda pair: pair[0]) if rank < _NOT)


_NOT = 9


def _rank(wanted: str, pick: Pick) -> int:
    names = [folded(pick.text), *map(folded, pick.words)]
    if not wanted or wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    words = [word for name in names for word in name.replace(",", " ").replace("-", " ").split()]
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 2
    return 3 if any(wanted in name for name in names) else _NOT
