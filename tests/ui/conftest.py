"""Fixtures of the screens: the look as the program applies it, the real services over a file, a context for pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tests.fixtures import CHEAP, clinic, clinic_template, clock, data_key, database, transactions
from tests.ui import job_counts
from tracker import paths
from tracker.domain.patient import User
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services import Services
from tracker.services.assembly import assemble
from tracker.services.clinic_file.vault import DataKey
from tracker.services.transactions import Transactions
from tracker.ui import theme
from tracker.ui.notifier import Notifier
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.preferences import Preferences
from tracker.ui.tasks import TaskRunner

Shown = TypeVar("Shown", bound=Page)
Settle = Callable[[], None]

__all__ = ["clinic", "clinic_template", "clock", "data_key", "database", "transactions"]

HOSTILE_NAMES = (
    "<b>x</b>",
    "<img src=x>",
    "O'Brien-Núñez",
    "W" * 200,
    "\u202egnirts a\u202c",
    "🦴 Bones",
    "a & b\nsecond line",
)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how many keys the jobs took that were driven."""
    if lines := job_counts.table():
        terminalreporter.section("keys that the jobs of the desk take")
        for line in lines:
            terminalreporter.line(line)


class InFront(Protocol):
    """Shows a page as the window does."""

    def __call__(self, page: Shown, width: int = 1264, height: int = 800) -> Shown: ...


@pytest.fixture(autouse=True)
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The one application, dressed as the program dresses itself; what a test has shown is gone before the next one.

    Widgets that are left over are dressed anew with the rest, which made each test slower than the one before.
    """
    if not dressed_in_light(qapp):
        theme.apply(qapp, "light", percent=theme.USUAL_PERCENT, density="comfortable")
    yield qapp
    for widget in qapp.topLevelWidgets():
        widget.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def dressed_in_light(qapp: QApplication) -> bool:
    current = theme.current()
    usual = current.percent == theme.USUAL_PERCENT and current.density == "comfortable"
    return current.fonts_loaded and current.scheme == "light" and usual and bool(qapp.styleSheet())


@pytest.fixture(scope="session")
def catalog() -> PolicyCatalog:
    """Everything that the shipped files say."""
    return load_catalog(paths.resource_root())


@pytest.fixture
def services(transactions: Transactions, data_key: DataKey, catalog: PolicyCatalog, clock: FixedClock) -> Services:
    """Every service over this test's clinic, judged by the shipped rules."""
    return assemble(transactions, data_key, catalog, clock, demo=False, costs=CHEAP)


@pytest.fixture
def user(services: Services) -> User:
    return services.user


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[TaskRunner]:
    """The lanes; they end with the test."""
    runner = TaskRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def context(services: Services, tasks: TaskRunner, tmp_path: Path) -> PageContext:
    """What pages are given."""
    return PageContext(services, tasks, Notifier(), Preferences(tmp_path / "preferences.ini"))


@pytest.fixture
def settle(qtbot: QtBot, context: PageContext) -> Settle:
    """Wait until everything that was asked for is shown."""
    return lambda: qtbot.waitUntil(context.tasks.is_idle)


@pytest.fixture
def in_front(qtbot: QtBot, settle: Settle) -> InFront:
    """Bring a page to the front, as the window does, and wait for what it shows."""

    def bring(page: Shown, width: int = 1264, height: int = 800) -> Shown:
        qtbot.addWidget(page)
        page.resize(width, height)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.set_active(True)
        settle()
        return page

    return bring
