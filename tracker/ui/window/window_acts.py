"""What can be done from anywhere in the window, with its words and keys."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup

from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.theme import Scheme

if TYPE_CHECKING:
    from tracker.ui.main_window import MainWindow

_SCHEMES: tuple[tuple[Scheme, str], ...] = (("system", "Like the &system"), ("light", "&Light"), ("dark", "&Dark"))


def register(window: MainWindow) -> None:
    """Put the window's acts into its registry."""
    _register_pages(window, lambda menu: menu == "&File")
    _register_file(window)
    _register_edit(window)
    _register_view(window)
    _register_go(window)
    _register_pages(window, lambda menu: menu != "&File")
    _register_packet(window)
    window.registry.add(Act("keys", "&Keys", "&Help", ("Ctrl+/",)), window.show_keys)


def _register_file(window: MainWindow) -> None:
    add = window.registry.add
    lock = add(Act("lock", "&Lock", "&File", ("Ctrl+L",), parted=True), window.lock_wanted.emit)
    lock.setEnabled(not window.context.services.clinic.demo)
    add(Act("quit", "&Quit", "&File", ("Ctrl+Q",)), window.close)


def _register_edit(window: MainWindow) -> None:
    add = window.registry.add
    add(Act("undo", "&Undo the last act", "&Edit", ("Ctrl+Z",)), window.status_line.undo)
    add(Act("copy summary", "&Copy the answer as text", "&Edit", ("Ctrl+Shift+C",)), window.copy_summary)


def _register_view(window: MainWindow) -> None:
    group = QActionGroup(window)
    for scheme, words in _SCHEMES:
        act = Act(f"look {scheme}", words, "&View", tickable=True)
        action = window.registry.add(act, functools.partial(window.set_scheme, scheme))
        group.addAction(action)
        action.setChecked(window.context.preferences.scheme == scheme)


def _register_go(window: MainWindow) -> None:
    add = window.registry.add
    for place, page in enumerate(page for page in window.pages.values() if page.listed):
        keys = tuple(key for key in (page.go_key, f"Ctrl+{place + 1}") if key)
        what = "" if page.id == "find" else None
        add(Act(f"go {page.id}", f"&{page.title}", "&Go", keys), functools.partial(window.open_page, page.id, what))
    add(Act("next pane", "&Next pane", "&Go", ("F6",), parted=True), window.next_pane)
    add(Act("back", "&Back", "&Go", ("Alt+Left",)), window.go_back)
    if "check" in window.pages:
        add(Act("check", "&Check and book", "&Schedule", ("F3", "Ctrl+N")), window.check_current)
    if "authorizations" in window.pages:
        new = Act("new request", "&New request", "&Authorization", ("Ctrl+Shift+A",))
        add(new, functools.partial(_start_request, window))
    if "course" in window.pages:
        add(Act("course", "&Plan a course", "&Schedule", ("Ctrl+Shift+P",)), window.plan_current)
    primary = Act("primary", "Do the page's &main act", "&Schedule", ("Ctrl+Return", "Ctrl+Enter"))
    add(primary, functools.partial(_do_primary, window))


def _register_pages(window: MainWindow, wanted: Callable[[str], bool]) -> None:
    """Register what pages add to the menus; in &File it stands above the window's own acts, elsewhere below."""
    for page in window.pages.values():
        for each in (each for each in page.acts() if wanted(each.act.menu)):
            action = window.registry.add(each.act, each.do)
            if each.here:
                action.setEnabled(False)
                page.fronted.connect(action.setEnabled)


def _register_packet(window: MainWindow) -> None:
    """Ctrl+P is one act, whatever page is in front: its packet is opened, where it has one."""
    pages = [page for page in window.pages.values() if page.has_packet]
    if not pages:
        return
    act = Act("packet", tr("Pac&ket for the payer…"), "&Patient", ("Ctrl+P",))
    action = window.registry.add(act, functools.partial(_open_packet, window))
    action.setEnabled(False)
    for page in pages:
        page.fronted.connect(action.setEnabled)


def _open_packet(window: MainWindow) -> None:
    page = window.current_page()
    if page is not None:
        page.packet()


def _start_request(window: MainWindow) -> None:
    """Begin a request for an authorization with what is in front."""
    page = window.current_page()
    if page is not None:
        window.open_request(page.request_start())


def _do_primary(window: MainWindow) -> None:
    page = window.current_page()
    if page is not None:
        page.primary()
