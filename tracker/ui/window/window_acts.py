"""What can be done from anywhere in the window, with its words and keys."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup

from tracker.domain.language import tr
from tracker.ui.actions import Act, LocalKeys
from tracker.ui.pages.page import Page, PageAct
from tracker.ui.theme import Density, Scheme
from tracker.ui.widgets.row_menu import row_menu_of
from tracker.ui.window import list_acts, look
from tracker.ui.window.local_keys import DIALOG_KEYS

if TYPE_CHECKING:
    from tracker.ui.main_window import MainWindow

_SCHEMES: tuple[tuple[Scheme, str, tuple[str, ...]], ...] = (
    ("system", tr("Like the &system"), (tr("colors"), tr("theme"))),
    ("light", tr("&Light"), (tr("colors"), tr("bright theme"), tr("switch to light"))),
    ("dark", tr("&Dark"), (tr("colors"), tr("night theme"), tr("switch to dark"))),
    ("contrast", tr("&High contrast"), (tr("colors"), tr("accessibility theme"))),
)
_DENSITIES: tuple[tuple[Density, str], ...] = (
    ("comfortable", tr("&Comfortable rows")), ("compact", tr("Co&mpact rows")))  # fmt: skip


def register(window: MainWindow) -> None:
    """Put the window's acts into its registry."""
    _register_file(window)
    _register_edit(window)
    _register_look(window)
    _register_text_size(window)
    list_acts.register(window)
    _register_go(window)
    _register_work(window)
    _register_packet(window)
    _register_help(window)
    _register_local(window)
    window.registry.opening.connect(window.pages.make_for)
    window.registry.opening.connect(lambda _menu: _tick_look(window))


def _register_local(window: MainWindow) -> None:
    """Put the keys of lists, parts and dialogs beside the acts: the list of keys is made of both."""
    for kind in window.pages.kinds:
        if kind.keys:
            window.registry.add_local(LocalKeys(tr("{page}, in its list", page=kind.title), kind.keys))
        for part in kind.part_keys:
            window.registry.add_local(part)
    for dialog in DIALOG_KEYS:
        window.registry.add_local(dialog)


def register_page(window: MainWindow, page: Page) -> None:
    """Register what a page adds to the menus."""
    off = tr("only on the page {page}", page=page.title)
    for each in page.acts():
        if not (each.shared and window.registry.knows(each.act.id)):
            action = window.registry.add(each.act, each.do, page=page.id, off=each.off or off)
            action.setEnabled(not each.here)
        for view in each.lists:
            row_menu_of(view).offer(window.registry.action(each.act.id), each.fits)
        if each.here:
            page.fronted.connect(functools.partial(_front, window, each))
    page.acted.connect(window.booked_slip.note)
    if page.has_packet:
        page.fronted.connect(window.registry.action("packet").setEnabled)


def _front(window: MainWindow, each: PageAct, fronted: bool) -> None:
    """An act of several pages is done by the one in front."""
    if fronted:
        window.registry.turn(each.act.id, each.do)
    window.registry.action(each.act.id).setEnabled(fronted)


def _register_file(window: MainWindow) -> None:
    add = window.registry.add
    act = Act("lock", tr("&Lock"), tr("&File"), ("Ctrl+L",), parted=True, also=(tr("leave the desk"),), help="safety")
    lock = add(act, window.lock_wanted.emit, off=tr("the demo clinic has no password"))
    lock.setEnabled(not window.context.services.clinic.demo)
    add(
        Act("back up", tr("&Back up now"), tr("&File"), ("Ctrl+Shift+U",), also=(tr("backup"), tr("save a copy")),
            help="settings"),
        functools.partial(_back_up, window),
    )  # fmt: skip
    also = (tr("start anew"), tr("language"))
    again = Act("restart", tr("R&estart the program"), tr("&File"), also=also, help="window")
    add(again, window.context.notifier.restart_wanted.emit)
    add(Act("quit", tr("&Quit"), tr("&File"), ("Ctrl+Q",), also=(tr("exit"), tr("close"))), window.close)


def _back_up(window: MainWindow) -> None:
    """Make a backup, and show how far it is where backups are told about."""
    window.open_page("settings", "data")
    window.context.notifier.backup_wanted.emit()


def _register_edit(window: MainWindow) -> None:
    add = window.registry.add
    undo = Act("undo", tr("&Undo the last act"), tr("&Edit"), ("Ctrl+Z",), also=(tr("take back"),))
    add(undo, window.status_line.undo)
    redo = Act("redo", tr("&Redo what was taken back"), tr("&Edit"), ("Ctrl+Y",), also=(tr("do again"),))
    add(redo, window.status_line.redo, off=tr("nothing was taken back just now")).setEnabled(False)
    stop = Act(
        "stop checking", tr("&Stop checking coming visits"), tr("&Edit"), also=(tr("cancel"), tr("check all again"))
    )
    off = tr("no check of coming visits goes on")
    stopping = add(stop, window.rechecking.cancel, off=off)
    stopping.setEnabled(False)
    window.rechecking.progressed.connect(lambda text: stopping.setEnabled(bool(text)))
    copy = Act("copy summary", tr("&Copy the answer as text"), tr("&Edit"), ("Ctrl+Shift+C",), also=(tr("clipboard"),))
    add(copy, window.copy_summary)


def _register_look(window: MainWindow) -> None:
    preferences = window.context.preferences
    colours, rows = QActionGroup(window), QActionGroup(window)
    for scheme, words, also in _SCHEMES:
        act = Act(f"look {scheme}", words, tr("&View"), tickable=True, also=also)
        action = window.registry.add(act, functools.partial(look.set_scheme, preferences, scheme))
        colours.addAction(action)
    for density, words in _DENSITIES:
        act = Act(f"rows {density}", words, tr("&View"), tickable=True, parted=density == "comfortable",
                  also=(tr("density"),))  # fmt: skip
        action = window.registry.add(act, functools.partial(look.set_density, preferences, density))
        rows.addAction(action)
    _tick_look(window)


def _tick_look(window: MainWindow) -> None:
    """Tick what holds: the settings may have changed it too."""
    preferences = window.context.preferences
    window.registry.action(f"look {preferences.scheme}").setChecked(True)
    window.registry.action(f"rows {preferences.density}").setChecked(True)


def _register_text_size(window: MainWindow) -> None:
    add, preferences = window.registry.add, window.context.preferences
    also = (tr("zoom"), tr("font size"))
    larger = Act("text larger", tr("Larger &text"), tr("&View"), ("Ctrl+=", "Ctrl++"), parted=True, also=also)
    add(larger, functools.partial(look.larger, preferences))
    add(Act("text smaller", tr("Sm&aller text"), tr("&View"), ("Ctrl+-",), also=also),
        functools.partial(look.smaller, preferences))  # fmt: skip
    add(Act("text usual", tr("&Usual size of text"), tr("&View"), ("Ctrl+0",), also=also),
        functools.partial(look.usual_size, preferences))  # fmt: skip


def _register_go(window: MainWindow) -> None:
    add = window.registry.add
    palette = Act("palette", tr("Patient or c&ommand…"), tr("&Go"), ("Ctrl+K",), also=(tr("search"),), help="palette")
    add(palette, window.open_palette)
    for place, kind in enumerate(kind for kind in window.pages.kinds if kind.listed):
        number = (f"Ctrl+{place + 1}",) if place < 9 else ()
        keys = tuple(key for key in (kind.go_key, *number) if key)
        what = "" if kind.id == "find" else None
        act = Act(f"go {kind.id}", f"&{kind.title}", tr("&Go"), keys, parted=not place, help=kind.id)
        add(act, functools.partial(window.open_page, kind.id, what))
    add(Act("next pane", tr("&Next pane"), tr("&Go"), ("F6",), parted=True), window.next_pane)
    add(Act("back", tr("&Back"), tr("&Go"), ("Alt+Left",)), window.go_back)


def _register_work(window: MainWindow) -> None:
    add = window.registry.add
    if "check" in window.pages:
        act = Act("check", tr("&Check and book"), tr("&Schedule"), ("F3", "Ctrl+N"), help="check",
                  also=(tr("schedule"), tr("appointment"), tr("may it be booked")))  # fmt: skip
        add(act, window.check_current)
    if "authorizations" in window.pages:
        act = Act("new request", tr("&New request"), tr("&Authorization"), ("Ctrl+Shift+A",), help="authorizations",
                  also=(tr("prior authorization"), tr("pre-certification")))  # fmt: skip
        add(act, functools.partial(_start_request, window))
    if "course" in window.pages:
        act = Act(
            "course", tr("&Plan a course"), tr("&Schedule"), ("Ctrl+Shift+P",), also=(tr("series"),), help="course"
        )
        add(act, window.plan_current)
    if "schedule" in window.pages:
        month = Act("month", tr("&Month of what is in front"), tr("&Schedule"), ("Ctrl+M",), help="schedule")
        add(month, window.month_current)
    primary = Act("primary", tr("Do the page's &main act"), tr("&Schedule"), ("Ctrl+Return", "Ctrl+Enter"))
    add(primary, functools.partial(_do_primary, window))


def _register_help(window: MainWindow) -> None:
    add, aids = window.registry.add, window.aids
    add(Act("help", tr("&Help on this field"), tr("&Help"), ("F1",), help="index"), aids.help_here)
    add(
        Act("help contents", tr("&Contents"), tr("&Help"), also=(tr("manual"), tr("guide")), help="index"),
        aids.help_contents,
    )
    add(
        Act("keys", tr("&Keys"), tr("&Help"), ("Ctrl+/",), help="keys", also=(tr("shortcuts"), tr("cheat sheet"))),
        aids.show_keys,
    )
    add(Act("tour", tr("&Tour of the keys"), tr("&Help"), parted=True, help="tour"), aids.start_tour)
    add(
        Act("first steps", tr("&First steps"), tr("&Help"), also=(tr("set up"), tr("welcome")), help="tour"),
        aids.show_first_steps,
    )


def _register_packet(window: MainWindow) -> None:
    """Ctrl+P is one act, whatever page is in front: its packet is opened, where it has one."""
    if any(kind.has_packet for kind in window.pages.kinds):
        act = Act("packet", tr("Pac&ket for the payer…"), tr("&Patient"), ("Ctrl+P",), help="printing")
        off = tr("only where a request or a patient is in front")
        window.registry.add(act, functools.partial(_open_packet, window), off=off).setEnabled(False)


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
