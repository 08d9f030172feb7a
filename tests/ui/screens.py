"""Takes the pictures of docs/screens from the demo clinic of one fixed day: python -m tests.ui.screens [FOLDER]."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes import FixedClock
from tests.fixtures import CHEAP
from tracker.domain.booking import Elsewhere
from tracker.domain.patient import User
from tracker.domain.procedure import Family
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services import demo, vault
from tracker.services.opening import open_services
from tracker.ui import theme
from tracker.ui.commands.palette import Palette
from tracker.ui.help.help_window import show_help
from tracker.ui.main_window import MainWindow
from tracker.ui.notifier import Notifier
from tracker.ui.pages import PAGES
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.course_page import CoursePage
from tracker.ui.pages.page import MonthStart, PageContext
from tracker.ui.pages.rules_page import RulesPage
from tracker.ui.preferences import Preferences
from tracker.ui.rules.place_tree import Node
from tracker.ui.tasks import TaskRunner
from tracker.ui.tour.guide_strip import GuideStrip
from tracker.ui.window.key_list import KeyListDialog

DAY = date(2026, 11, 24)
HOME = Path(__file__).resolve().parents[2] / "docs" / "screens"
PAUSE_SECONDS = 0.6


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HOME
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory(prefix="screens-") as home:
        window = open_demo(app, Path(home))
        try:
            for name, show, schemes in SCREENS:
                for scheme in schemes:
                    theme.apply(app, scheme)
                    shown = show(window) or window
                    settle(app, window)
                    _picture(window, shown).save(str(folder / f"{name}{'' if scheme == 'light' else f'-{scheme}'}.png"))
                    if shown is not window:
                        shown.close()
                        settle(app, window)
            window.frame.hide_guide(window.frame.findChild(GuideStrip))
        finally:
            window.context.tasks.shutdown()
            window.context.services.close()
    return 0


def _picture(window: MainWindow, shown: QWidget) -> QPixmap:
    """Return the window with what stands over it, as a person sees it."""
    picture = window.grab()
    if shown is not window:
        painter = QPainter(picture)
        place = shown.pos() - window.pos()
        painter.drawPixmap(place, shown.grab())
        painter.setPen(theme.color("edge"))  # the system draws a frame here
        painter.drawRect(QRect(place, shown.size()))
        painter.end()
    return picture


def open_demo(app: QApplication, home: Path) -> MainWindow:
    catalog, clock = load_catalog(resource_root()), FixedClock(DAY)
    clinic = demo.create_demo_clinic(home / vault.DEMO_FOLDER, catalog, clock, costs=CHEAP)
    key = vault.unlock(clinic, vault.DEMO_PASSWORD)
    services = open_services(clinic, key, catalog=catalog, clock=clock, user=User(vault.DEMO_USER))
    theme.apply(app, "light")
    window = MainWindow(PageContext(services, TaskRunner(), Notifier(), Preferences(home / "window.ini")), PAGES)
    window.resize(1440, 900)
    window.show()
    QTest.qWaitForWindowActive(window)
    return window


def settle(app: QApplication, window: MainWindow) -> None:
    """Let everything arrive, the picture that waits for a pause too."""
    until = time.monotonic() + PAUSE_SECONDS
    while time.monotonic() < until or not window.context.tasks.is_idle():
        app.processEvents()
    for _turn in range(6):
        app.processEvents()  # what came last is laid out too, and what that moved


def show_check(window: MainWindow) -> None:
    window.check_current()
    page = window.current_page()
    assert isinstance(page, CheckPage)
    if page.current_patient():
        return
    fields, app = page.form.fields, QApplication.instance()
    assert isinstance(app, QApplication)
    for field, text, key in ((fields.patient, "whit", Qt.Key.Key_Return), (fields.procedure, "mbb", Qt.Key.Key_Tab),
                             (fields.levels, "l23r l34r", Qt.Key.Key_Tab), (fields.day, "12/3", None)):  # fmt: skip
        field.setFocus()
        QTest.keyClicks(field, text)
        settle(app, window)
        if key is not None:
            QTest.keyClick(field, key)
    assert page.current_patient(), "nobody was found for the picture"
    fields.elsewhere.button(Elsewhere.NONE).click()
    fields.day.setFocus()


def _today(window: MainWindow) -> None:
    window.open_page("today")


def _schedule(window: MainWindow) -> None:
    window.open_page("schedule", "day")


def _week(window: MainWindow) -> None:
    window.open_page("schedule", "week")


def show_month(window: MainWindow) -> None:
    """The month of the first request of the pinboard, where its first day lies."""
    parked = window.context.services.pinboard.list().rows[0]
    window.open_page("schedule", MonthStart(replace(parked.request, day=parked.earliest or DAY), parked.id))


def _patient(window: MainWindow) -> None:
    found = window.context.services.patients.find("kowalski")
    window.open_patient(found[0].patient.id)


def show_rules(window: MainWindow) -> None:
    window.open_page("rules")
    page = window.current_page()
    assert isinstance(page, RulesPage)
    _settle_page(window)
    medicare = next(place for place in page.tree.library().places if place.id == "medicare cgs")
    page.tree.choose(Node(medicare, "", Family.FACET_INJECTION))


def _settle_page(window: MainWindow) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settle(app, window)


def _authorizations(window: MainWindow) -> None:
    window.open_page("authorizations")


def _settings(window: MainWindow) -> None:
    window.open_page("settings", "providers")


def _expirations(window: MainWindow) -> None:
    window.open_page("expirations")


def show_course(window: MainWindow) -> None:
    _patient(window)
    _settle_page(window)
    window.plan_current()
    page = window.current_page()
    assert isinstance(page, CoursePage)
    _settle_page(window)
    if page.planner.plan is None:
        page.form.levels.setText("l45b")
        page.planner.draft()


def _reports(window: MainWindow) -> None:
    window.open_page("reports", "turnaround")


def _audit(window: MainWindow) -> None:
    window.open_page("audit")


def _palette(window: MainWindow) -> QWidget:
    window.open_page("today")
    window.open_palette("")
    palette = window.findChild(Palette)
    assert palette is not None
    QTest.keyClicks(palette.field, "whit")
    return palette


def _keys(window: MainWindow) -> QWidget:
    window.aids.show_keys()
    return _centred(window, window.findChild(KeyListDialog))


def _help(window: MainWindow) -> QWidget:
    window.check_current()
    return _centred(window, show_help(window, "answers"))


def _centred(window: MainWindow, dialog: QWidget | None) -> QWidget:
    assert dialog is not None
    dialog.move(window.pos() + QPoint((window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2))
    return dialog


def _tour(window: MainWindow) -> None:
    window.open_page("today")
    window.aids.start_tour()


BOTH = ("light", "dark")
SCREENS: tuple[tuple[str, Callable[[MainWindow], QWidget | None], tuple[theme.Scheme, ...]], ...] = (
    ("check-and-book", show_check, (*BOTH, "contrast")),
    ("today", _today, (*BOTH, "contrast")),
    ("schedule", _schedule, BOTH),
    ("schedule-week", _week, BOTH),
    ("schedule-month", show_month, BOTH),
    ("patient", _patient, BOTH),
    ("rules", show_rules, BOTH),
    ("authorizations", _authorizations, BOTH),
    ("expirations", _expirations, BOTH),
    ("course", show_course, BOTH),
    ("reports", _reports, BOTH),
    ("audit", _audit, BOTH),
    ("settings", _settings, BOTH),
    ("palette", _palette, BOTH),
    ("keys", _keys, BOTH),
    ("help", _help, BOTH),
    ("tour", _tour, BOTH),
)


if __name__ == "__main__":
    raise SystemExit(main())
