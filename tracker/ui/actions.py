"""Every act of the window once: menus, keys, the palette and the list of keys are made from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from tracker.domain.language import tr
from tracker.ui.theme.plain_text import with_own_letter

MENUS = (
    tr("&File"),
    tr("&Edit"),
    tr("&View"),
    tr("&Go"),
    tr("&Patient"),
    tr("&Schedule"),
    tr("&Authorization"),
    tr("&Reports"),
    tr("R&ules"),
    tr("&Help"),
)
_PAGES_FIRST = tr("&File")
"""Locking and leaving stand below what the pages add there; elsewhere the pages' acts stand below."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a person can do: its id, words, menu, keys; `parted`: a line stands above it in the menu.

    A text may end in a tab and the letter that does it in a list. `also` holds other words under which the palette
    finds it, `help` the page of the help that tells of it ("" for that of the page it belongs to). One that is not
    `listed` is found by the palette and stands in no menu.
    """

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    tickable: bool = False
    parted: bool = False
    also: tuple[str, ...] = ()
    help: str = ""
    listed: bool = True

    @property
    def words(self) -> str:
        """Return the text without its marks."""
        return self.text.partition("\t")[0].replace("&", "")

    @property
    def letter(self) -> str:
        """Return the key that does it in a list, "" for none."""
        return self.text.partition("\t")[2]


@dataclass(frozen=True, slots=True)
class LocalKeys:
    """Keys that work only where a list, a part or a dialog has the hands: what it is called, each key with its words.

    A caption may hold several keys: "B M C".
    """

    title: str
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An act on file: `page` it belongs to ("" for the window's), `off` why it cannot be done when it cannot."""

    act: Act
    action: QAction
    page: str = ""
    off: str = ""

    def shown_key(self) -> str:
        """Return the keys as they stand on the keyboard, or the letter of the list."""
        return tr(" or ").join(dict.fromkeys(native(key) for key in self.act.keys)) or self.act.letter

    def reason(self) -> str:
        """Return why it cannot be done now, "" when it can."""
        return "" if self.action.isEnabled() else self.off or tr("not possible now")

    def help_page(self) -> str:
        return self.act.help or self.page or "window"


class ActionRegistry(QObject):
    """Makes one QAction an act, owned by the window.

    `opening` carries the title of a menu before it is shown, `done` an id. The acts of a menu stand in the order of the
    pages that `fill` was told, whichever of them was made first.
    """

    opening = Signal(str)
    done = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._entries: dict[str, Entry] = {}
        self._ways: dict[str, Callable[[], object]] = {}
        self._local: dict[str, LocalKeys] = {}
        self._bar: QMenuBar | None = None
        self._yielded = ""
        self._promised: frozenset[str] = frozenset()
        self._places: dict[str, int] = {}
        self._menus: dict[str, QMenu] = {}

    def add(self, act: Act, do: Callable[[], object], *, page: str = "", off: str = "") -> QAction:
        """Register an act. Raises ValueError for an id or a key that is taken."""
        if act.id in self._entries:
            raise ValueError(f"act {act.id} is registered twice")
        if taken := set(act.keys) & {key for other in self.acts() for key in other.keys}:
            raise ValueError(f"act {act.id}: key {sorted(taken)[0]} is taken")
        action = QAction(act.text, self._window)
        action.setShortcuts([QKeySequence(key) for key in act.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(act.tickable)
        action.triggered.connect(lambda _checked=False: self._do(act.id))
        self._window.addAction(action)
        self._entries[act.id], self._ways[act.id] = Entry(act, action, page, off), do
        return action

    def add_local(self, local: LocalKeys) -> None:
        """Register keys of a list or a part. Raises ValueError where one is told twice, or the part is."""
        captions = [key for key, _words in local.keys]
        if local.title in self._local or len(set(captions)) < len(captions):
            raise ValueError(f"local keys of {local.title} are registered twice")
        self._local[local.title] = local

    def local_keys(self) -> tuple[LocalKeys, ...]:
        """Return the keys of every list and part."""
        return tuple(self._local.values())

    def turn(self, act_id: str, do: Callable[[], object]) -> None:
        """Let an act be done another way from now on."""
        self._ways[act_id] = do

    def _do(self, act_id: str) -> None:
        self._ways[act_id]()
        self.done.emit(act_id)

    def knows(self, act_id: str) -> bool:
        return act_id in self._entries

    def action(self, act_id: str) -> QAction:
        return self._entries[act_id].action

    def entry(self, act_id: str) -> Entry:
        return self._entries[act_id]

    def entries(self) -> tuple[Entry, ...]:
        """Return everything on file, in the order of the menus."""
        return tuple(entry for title in MENUS for entry in self._of_menu(title))

    def acts(self) -> tuple[Act, ...]:
        return tuple(entry.act for entry in self._entries.values())

    def key_list(self, menu: str = "") -> tuple[tuple[str, str], ...]:
        """Return keys and words of every act that has a key, of one menu or of all."""
        wanted = self._of_menu(menu) if menu else self.entries()
        return tuple((each.shown_key(), each.act.words.rstrip("…")) for each in wanted if each.act.keys)

    def _of_menu(self, title: str) -> list[Entry]:
        mine = [entry for entry in self._entries.values() if entry.act.menu == title]
        last = len(self._places)
        window = last if title == _PAGES_FIRST else -1
        return sorted(mine, key=lambda entry: self._places.get(entry.page, last - 1) if entry.page else window)

    def press(self, keys: QKeyCombination) -> None:
        """Do the act that these keys belong to, if there is one and it can be done."""
        for entry in self._entries.values():
            if QKeySequence(keys) in entry.action.shortcuts() and entry.action.isEnabled():
                entry.action.trigger()
                return

    def fill(self, bar: QMenuBar, promised: Iterable[str] = (), pages: Sequence[str] = ()) -> None:
        """Put all acts into the menus that they name; a menu without acts is left out, unless some are promised."""
        self._bar = bar
        self._promised = frozenset(promised)
        self._places = {page: place for place, page in enumerate(pages)}
        self.refill()

    def refill(self) -> None:
        """Fill the menus again, with what was registered since; a menu that is there keeps its place."""
        if self._bar is None:
            return
        found = {title: [entry for entry in self._of_menu(title) if entry.act.listed] for title in MENUS}
        titles = [title for title, mine in found.items() if mine or title in self._promised]
        menus = [self._menu(title, self._bar) for title in titles]
        for title, menu in zip(titles, menus, strict=True):
            menu.clear()
            _fill_menu(menu, found[title])
        if [menu.menuAction() for menu in menus] != self._bar.actions():
            self._bar.clear()
            for menu in menus:
                self._bar.addMenu(menu)

    def yield_letters(self, letters: str) -> None:
        """Leave these letters with Alt to the fields of the page in front; their menus are opened by F10."""
        self._yielded = letters
        for title, menu in self._menus.items():
            menu.setTitle(self._title(title))

    def _title(self, title: str) -> str:
        letter = title[title.find("&") + 1].casefold()
        return title.replace("&", "") if letter in self._yielded else title

    def _menu(self, title: str, bar: QMenuBar) -> QMenu:
        if title not in self._menus:
            self._menus[title] = QMenu(self._title(title), bar)
            self._menus[title].aboutToShow.connect(lambda: self.opening.emit(title))
        return self._menus[title]


def _fill_menu(menu: QMenu, entries: list[Entry]) -> None:
    taken: set[str] = set()
    for entry in entries:
        if entry.act.parted and not menu.isEmpty():
            menu.addSeparator()
        entry.action.setText(with_own_letter(entry.act.text, taken))
        menu.addAction(entry.action)


def native(key: str) -> str:
    """Return a key as it stands on the keyboard."""
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return shown.replace("Return", "Enter")  # two keys for Qt, one on most keyboards
