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

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

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
from tracker.ui.main_window import MainWindow
from tracker.ui.notifier import Notifier
from tracker.ui.pages import PAGES
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import MonthStart, PageContext
from tracker.ui.pages.rules_page import RulesPage
from tracker.ui.preferences import Preferences
from tracker.ui.rules.place_tree import Node
from tracker.ui.tasks import TaskRunner

DAY = date(2026, 11, 24)
HOME = Path(__file__).resolve().parents[2] / "docs" / "screens"
PAUSE_SECONDS = 0.6


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HOME
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory(prefix="screens-") as home:
        window = _open(app, Path(home))
        try:
            for name, show in (("check-and-book", _check), ("today", _today), ("schedule", _schedule),
                               ("schedule-week", _week), ("schedule-month", _month), ("patient", _patient),
                               ("rules", _rules), ("authorizations", _authorizations),
                               ("expirations", _expirations)):  # fmt: skip
                for scheme in ("light", "dark"):
                    theme.apply(app, scheme)
                    show(window)
                    _settle(app, window)
                    window.grab().save(str(folder / f"{name}{'' if scheme == 'light' else '-dark'}.png"))
        finally:
            window.context.tasks.shutdown()
            window.context.services.close()
    return 0


def _open(app: QApplication, home: Path) -> MainWindow:
    catalog, clock = load_catalog(resource_root()), FixedClock(DAY)
    clinic = demo.create_demo_clinic(home / vault.DEMO_FOLDER, catalog, clock, costs=CHEAP)
    key = vault.unlock(clinic, vault.DEMO_PASSWORD)
    services = open_services(clinic, key, catalog=catalog, clock=clock, user=User(vault.DEMO_USER))
    theme.apply(app, "light")
    window = MainWindow(PageContext(services, TaskRunner(), Notifier(), Preferences(home / "window.ini")), PAGES)
    window.resize(1440, 900)
    window.show()
    return window


def _settle(app: QApplication, window: MainWindow) -> None:
    """Let everything arrive, the picture that waits for a pause too."""
    until = time.monotonic() + PAUSE_SECONDS
    while time.monotonic() < until or not window.context.tasks.is_idle():
        app.processEvents()
    app.processEvents()  # what came last is laid out too


def _check(window: MainWindow) -> None:
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
        _settle(app, window)
        if key is not None:
            QTest.keyClick(field, key)
    fields.elsewhere.button(Elsewhere.NONE).click()
    fields.day.setFocus()


def _today(window: MainWindow) -> None:
    window.open_page("today")


def _schedule(window: MainWindow) -> None:
    window.open_page("schedule", "day")


def _week(window: MainWindow) -> None:
    window.open_page("schedule", "week")


def _month(window: MainWindow) -> None:
    """The month of the first request of the pinboard, where its first day lies."""
    parked = window.context.services.pinboard.list().rows[0]
    window.open_page("schedule", MonthStart(replace(parked.request, day=parked.earliest or DAY), parked.id))


def _patient(window: MainWindow) -> None:
    found = window.context.services.patients.find("kowalski")
    window.open_patient(found[0].patient.id)


def _rules(window: MainWindow) -> None:
    window.open_page("rules")
    page = window.current_page()
    assert isinstance(page, RulesPage)
    _settle_page(window)
    medicare = next(place for place in page.tree.library().places if place.id == "medicare cgs")
    page.tree.choose(Node(medicare, "", Family.FACET_INJECTION))


def _settle_page(window: MainWindow) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    _settle(app, window)


def _authorizations(window: MainWindow) -> None:
    window.open_page("authorizations")


def _expirations(window: MainWindow) -> None:
    window.open_page("expirations")


if __name__ == "__main__":
    raise SystemExit(main())
