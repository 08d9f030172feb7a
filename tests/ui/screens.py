"""Takes the pictures of docs/screens from the demo clinic of one fixed day: python -m tests.ui.screens [FOLDER].

Qt takes its scale when it starts, so each scale has a process of its own: `--sitting NAME` is one of them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
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
from tests.ui.picture_file import save
from tracker.domain.booking import Elsewhere
from tracker.domain.patient import User
from tracker.domain.procedure import Family
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services import demo
from tracker.services.clinic_file import vault
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


@dataclass(frozen=True, slots=True)
class Sitting:
    """One size of window at one scale; the names of its pictures end in `suffix`, and it takes so many schemes.

    `main`: the main screens only.
    """

    width: int
    height: int
    scale: int = 1
    suffix: str = ""
    main: bool = False


SITTINGS = {
    "usual": Sitting(1440, 900),
    "enlarged": Sitting(960, 540, scale=2, suffix="-200", main=True),
}
"""Enlarged is what a screen of 1920 x 1080 holds at 200 %."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=HOME)
    parser.add_argument("--sitting", choices=SITTINGS)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.sitting:
        return _sit(SITTINGS[asked.sitting], asked.folder)
    return max(_start(name, sitting, asked.folder) for name, sitting in SITTINGS.items())


def _start(name: str, sitting: Sitting, folder: Path) -> int:
    """Take the pictures of one sitting in a process of its own, on a screen as large as its window."""
    width, height = sitting.width * sitting.scale, sitting.height * sitting.scale
    screen = {"name": name, "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    with tempfile.TemporaryDirectory(prefix="screens-") as home:
        file = Path(home) / "screen.json"
        file.write_text(json.dumps({"screens": [{**screen, "logicalBaseDpi": 96}]}), encoding="utf-8")
        own = {"QT_SCALE_FACTOR": str(sitting.scale), "QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
        command = [sys.executable, "-m", "tests.ui.screens", str(folder), "--sitting", name]
        return subprocess.run(command, env=os.environ | own, check=False).returncode


def _sit(sitting: Sitting, folder: Path) -> int:
    app = QApplication([])
    with tempfile.TemporaryDirectory(prefix="screens-") as home:
        window = open_demo(app, Path(home))
        window.resize(sitting.width, sitting.height)
        try:
            for screen in SCREENS:
                if screen.main or not sitting.main:
                    _take(app, window, screen, sitting, folder)
            guide = window.frame.findChild(GuideStrip)
            if guide is not None:
                window.frame.hide_guide(guide)
        finally:
            window.context.tasks.shutdown()
            window.context.services.close()
    return 0


def _take(app: QApplication, window: MainWindow, screen: Screen, sitting: Sitting, folder: Path) -> None:
    """Save a screen in each of its schemes, enlarged in light alone."""
    for scheme in screen.schemes[:1] if sitting.main else screen.schemes:
        theme.apply(app, scheme)
        shown = screen.show(window) or window
        settle(app, window)
        name = f"{screen.name}{'' if scheme == 'light' else f'-{scheme}'}{sitting.suffix}.png"
        save(_picture(window, shown), folder / name)
        if shown is not window:
            shown.close()
            settle(app, window)


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


def open_demo(app: QApplication, home: Path, *, gradually: bool = False) -> MainWindow:
    catalog, clock = load_catalog(resource_root()), FixedClock(DAY)
    clinic = demo.create_demo_clinic(home / vault.DEMO_FOLDER, catalog, clock, costs=CHEAP)
    key = vault.unlock(clinic, vault.DEMO_PASSWORD)
    services = open_services(clinic, key, catalog=catalog, clock=clock, user=User(vault.DEMO_USER))
    theme.apply(app, "light")
    context = PageContext(services, TaskRunner(), Notifier(), Preferences(home / "window.ini"))
    window = MainWindow(context, PAGES, gradually=gradually)
    window.resize(1440, 900)
    window.show()
    QTest.qWaitForWindowActive(window)
    return window


def settle(app: QApplication, window: MainWindow) -> None:
    """Let everything arrive, the picture that waits for a pause too."""
    until = time.monotonic() + PAUSE_SECONDS
    while time.monotonic() < until or not window.context.tasks.is_idle():
        QTest.qWait(20)  # sleeps in between: what works in the background needs the time
    for _turn in range(6):
        app.processEvents()  # what came last is laid out too, and what that moved


def show_check(window: MainWindow) -> None:
    window.check_current()
    page = window.current_page()
    assert isinstance(page, CheckPage)
    if page.current_patient():
        return
    _ask(window, page, "whit", "mbb", "l23r l34r", "12/3")


def _ask(window: MainWindow, page: CheckPage, patient: str, procedure: str, levels: str, day: str) -> None:
    """Type a request as the desk does."""
    fields, app = page.form.fields, QApplication.instance()
    assert isinstance(app, QApplication)
    typed = (
        (fields.patient, patient, Qt.Key.Key_Return),
        (fields.procedure, procedure, Qt.Key.Key_Tab),
        (fields.levels, levels, Qt.Key.Key_Tab),
        (fields.day, day, None),
    )
    for field, text, key in typed:
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        settle(app, window)
        if key is not None:
            QTest.keyClick(field, key)
    assert page.current_patient(), "nobody was found for the picture"
    fields.elsewhere.button(Elsewhere.NONE).click()
    fields.day.setFocus()


def _answered(patient: str, procedure: str, levels: str, day: str) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        window.check_current()
        page = window.current_page()
        assert isinstance(page, CheckPage)
        _ask(window, page, patient, procedure, levels, day)

    return show


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


def _find(window: MainWindow) -> None:
    window.open_page("find", "ka")


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


@dataclass(frozen=True, slots=True)
class Screen:
    """What is shown, and in which schemes; `main` ones are shown enlarged too."""

    name: str
    show: Callable[[MainWindow], QWidget | None]
    schemes: tuple[theme.Scheme, ...] = ("light", "dark")
    main: bool = False


ALL: tuple[theme.Scheme, ...] = ("light", "dark", "contrast")
SCREENS = (
    Screen("check-and-book", show_check, ALL, main=True),
    Screen("check-allowed", _answered("whit", "tf", "l5s1r", "12/17"), main=True),
    Screen("check-caution", _answered("beaumont", "il", "l5s1", "12/17"), main=True),
    Screen("check-cannot-tell", _answered("vincenzo", "tf", "l5s1r", "12/17"), main=True),
    Screen("today", _today, ALL, main=True),
    Screen("schedule", _schedule),
    Screen("schedule-week", _week, main=True),
    Screen("schedule-month", show_month),
    Screen("patient", _patient, main=True),
    Screen("find", _find, main=True),
    Screen("rules", show_rules, main=True),
    Screen("authorizations", _authorizations, main=True),
    Screen("expirations", _expirations, main=True),
    Screen("course", show_course, main=True),
    Screen("reports", _reports),
    Screen("audit", _audit),
    Screen("settings", _settings),
    Screen("palette", _palette),
    Screen("keys", _keys),
    Screen("help", _help),
    Screen("tour", _tour),
)


if __name__ == "__main__":
    raise SystemExit(main())
