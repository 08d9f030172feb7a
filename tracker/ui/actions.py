"""Every act of the window once: menus, keys and the list of keys are made from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

MENUS = ("&File", "&Edit", "&View", "&Go", "&Patient", "&Schedule", "&Authorization", "&Reports", "&Rules", "&Help")


@dataclass(frozen=True, slots=True)
class Act:
    """What a person can do: its id, words, menu ("" for none), keys; `parted`: a line stands above it in the menu."""

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    tickable: bool = False
    parted: bool = False


class ActionRegistry(QObject):
    """Makes one QAction an act, owned by the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._acts: dict[str, tuple[Act, QAction]] = {}

    def add(self, act: Act, do: Callable[[], object]) -> QAction:
        """Register an act. Raises ValueError for an id or a key that is taken."""
        if act.id in self._acts:
            raise ValueError(f"act {act.id} is registered twice")
        if taken := set(act.keys) & {key for other, _action in self._acts.values() for key in other.keys}:
            raise ValueError(f"act {act.id}: key {sorted(taken)[0]} is taken")
        action = QAction(act.text, self._window)
        action.setShortcuts([QKeySequence(key) for key in act.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(act.tickable)
        action.triggered.connect(lambda _checked=False: do())
        self._window.addAction(action)
        self._acts[act.id] = (act, action)
        return action

    def action(self, act_id: str) -> QAction:
        return self._acts[act_id][1]

    def acts(self) -> tuple[Act, ...]:
        return tuple(act for act, _action in self._acts.values())

    def fill(self, bar: QMenuBar) -> None:
        """Put all acts into the menus that they name; a menu without acts is left out."""
        for title in MENUS:
            mine = [(act, action) for act, action in self._acts.values() if act.menu == title]
            if mine:
                _fill_menu(bar.addMenu(title), mine)

    def key_list(self) -> tuple[tuple[str, str], ...]:
        """Return key and words of every act that has a key."""
        return tuple(
            (" or ".join(dict.fromkeys(_native(key) for key in act.keys)), act.text.replace("&", "").rstrip("…"))
            for act, _action in self._acts.values()
            if act.keys
        )


def _fill_menu(menu: QMenu, acts: list[tuple[Act, QAction]]) -> None:
    taken: set[str] = set()
    for act, action in acts:
        if act.parted and not menu.isEmpty():
            menu.addSeparator()
        action.setText(_with_own_letter(act.text, taken))
        menu.addAction(action)


def _with_own_letter(text: str, taken: set[str]) -> str:
    """Return the text with its mnemonic on the letter it asks for, or on the next one that this menu has free."""
    plain = text.replace("&", "")
    asked = max(text.find("&"), 0)
    for place in (asked, *range(len(plain))):
        letter = plain[place].casefold()
        if letter.isalnum() and letter not in taken:
            taken.add(letter)
            return f"{plain[:place]}&{plain[place:]}"
    return plain


def _native(key: str) -> str:
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return shown.replace("Return", "Enter")  # two keys for Qt, one on most keyboards
