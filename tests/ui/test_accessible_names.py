"""Every control of the frame, the start windows and the widgets has a name that is read out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.names import announced, nameless
from tests.ui.small_pages import SMALL_PAGES
from tracker.domain.errors import VaultError
from tracker.domain.verdict import Grade
from tracker.ui.failure_dialogs import CrashDialog, FailureDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext
from tracker.ui.start.closing_window import backup_window
from tracker.ui.start.first_run_window import FirstRunWindow
from tracker.ui.start.opening_window import OpeningWindow
from tracker.ui.start.recovery_window import RecoveryWindow
from tracker.ui.start.restore_window import RestoreWindow
from tracker.ui.start.sign_in_window import SignInWindow
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.chips import ChipRow
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.fields import FieldBox, FieldLabel, LineField, SecretField
from tracker.ui.widgets.marks import EvidencePips, KeyCap, StatusLabel
from tracker.ui.widgets.navigation import Navigation, Section
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.widgets.segments import Segments
from tracker.ui.widgets.status_line import StatusLine
from tracker.ui.widgets.verdict_bar import VerdictBar
from tracker.ui.window.key_list import KeyGroup, KeyListDialog
from tracker.ui.window.menu_row import DemoStrip, MenuRow

Maker = Callable[[QWidget], QWidget]


def labelled(parent: QWidget) -> QWidget:
    """A field that has its name from the label beside it."""
    home = QWidget(parent)
    column, entry = QVBoxLayout(home), LineField()
    column.addWidget(FieldLabel("&Levels", entry))
    column.addWidget(FieldBox(entry))
    return home


CONTROLS: dict[str, Maker] = {
    "button": lambda parent: ActionButton("Book", parent, key="F3"),
    "chips": lambda parent: ChipRow((("all", "All"), ("flags", "Flags")), parent),
    "choice": lambda parent: ChoiceField((Choice(1, "One"),), parent, name="Coverage"),
    "empty state": lambda parent: EmptyState("Nobody.", "", "Add", parent=parent),
    "field with label": labelled,
    "secret": SecretField,
    "navigation": lambda parent: Navigation((Section("today", "Today", "calendar-check"),), parent),
    "table": lambda parent: RecordTable((Column("Name", str),), parent, name="Visits"),
    "segments": lambda parent: Segments((("a", "None"), ("b", "Yes")), parent, name="Elsewhere"),
    "status line": StatusLine,
    "menu row": MenuRow,
    "notice": NoticeBar,
}
SAYING: dict[str, tuple[Maker, str]] = {
    "label": (lambda parent: PlainLabel("Not before Wed 01/13/2027", parent=parent), "Not before Wed 01/13/2027"),
    "status": (lambda parent: StatusLabel(Status.NO, "Not before 11/25", parent), "Not before 11/25"),
    "key": (lambda parent: KeyCap("Ctrl+K", parent), "Ctrl+K"),
    "pips": (lambda parent: EvidencePips(Grade.SUMMARY, parent), "summary"),
    "demo strip": (DemoStrip, "DEMO - not real patients"),
}


def shown(widget: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.mark.parametrize("make", CONTROLS.values(), ids=CONTROLS.keys())
def test_that_every_control_has_a_name(make: Maker, qtbot: QtBot) -> None:
    home = QWidget()
    make(home)
    shown(home, qtbot)

    assert nameless(home) == []


@pytest.mark.parametrize(("make", "words"), SAYING.values(), ids=SAYING.keys())
def test_that_what_is_painted_is_also_said(make: Maker, words: str, qtbot: QtBot) -> None:
    home = QWidget()
    widget = make(home)
    shown(home, qtbot)

    assert words in announced(widget)


def test_that_a_verdict_is_said_with_its_count(qtbot: QtBot) -> None:
    bar = VerdictBar()
    bar.show_verdict(Status.NO, "Not before Wed 01/13/2027", "4 of 4 sessions used")
    shown(bar, qtbot)

    assert "Not before Wed 01/13/2027" in announced(bar)


def test_that_a_button_that_is_off_says_why(qtbot: QtBot) -> None:
    button = ActionButton("Book")
    button.set_off("choose a side")
    shown(button, qtbot)

    assert "choose a side" in button.accessibleDescription()


def test_that_a_field_that_is_wrong_says_what_to_do(qtbot: QtBot) -> None:
    entry = LineField(name="Levels")
    entry.set_error("l99 is no level. Try l45b.")
    shown(entry, qtbot)

    assert entry.accessibleDescription() == "l99 is no level. Try l45b."


def test_that_every_control_of_the_main_window_has_a_name(context: PageContext, qtbot: QtBot) -> None:
    window = MainWindow(context, SMALL_PAGES)
    window.open_page("today")

    assert nameless(shown(window, qtbot)) == []


@pytest.mark.parametrize("narrow", [True, False])
def test_that_the_navigation_keeps_its_names_when_it_shows_icons_only(
    context: PageContext, qtbot: QtBot, narrow: bool
) -> None:
    window = MainWindow(context, SMALL_PAGES)
    shown(window, qtbot)
    window.navigation.set_narrow(narrow)

    assert announced(window.navigation.item("today")) == "Today"
    assert announced(window.navigation.check_button) == "Check and book"


def opening() -> OpeningWindow:
    window = OpeningWindow()
    window.show_refusal(VaultError("This clinic is open already.", "Another window holds it.", "Close that one."))
    return window


WINDOWS: dict[str, Callable[[], QWidget]] = {
    "sign in": lambda: SignInWindow("/clinics/second"),
    "locked": lambda: SignInWindow(locked=True, user="Jo Diaz"),
    "sign in, one of several": lambda: SignInWindow(users=("Jo Diaz", "Kim Oh"), user="Kim Oh"),
    "restore": lambda: RestoreWindow(),
    "closing": backup_window,
    "recovery": lambda: RecoveryWindow(("Jo Diaz", "Kim Oh")),
    "first run": FirstRunWindow,
    "opening": opening,
    "failure": lambda: FailureDialog(VaultError("The key file is missing.")),
    "crash": lambda: CrashDialog(ValueError()),
    "keys": lambda: KeyListDialog((KeyGroup("Go", (("F3", "Check and book"),)),)),
}


@pytest.mark.parametrize("make", WINDOWS.values(), ids=WINDOWS.keys())
def test_that_every_control_of_the_windows_has_a_name(make: Callable[[], QWidget], qtbot: QtBot) -> None:
    assert nameless(shown(make(), qtbot)) == []


def test_that_a_control_without_a_name_would_be_found(qtbot: QtBot) -> None:
    home = QWidget()
    QLineEdit(home)
    shown(home, qtbot)

    assert nameless(home) == ["QLineEdit"]
