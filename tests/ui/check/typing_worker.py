"""A desk that types half a request into the real page and is killed in the middle of it."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes import FixedClock
from tracker import paths
from tracker.domain.patient import User
from tracker.policies import load_catalog
from tracker.services.assembly import assemble
from tracker.services.clinic_file.vault import DataKey
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.ui import theme
from tracker.ui.notifier import Notifier
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import PageContext
from tracker.ui.preferences import Preferences
from tracker.ui.tasks import TaskRunner


def main(path: str, secret: str) -> None:
    """Type, say `saved` when the page has saved it by itself, and wait to be killed."""
    app = QApplication([])
    theme.apply(app, "light", percent=theme.USUAL_PERCENT, density="comfortable")
    clock, key = FixedClock(date(2026, 11, 24)), DataKey(bytearray.fromhex(secret), "Jo Diaz")
    transactions = Transactions(Database.open(Path(path), key.secret), clock, User("Jo Diaz"))
    services = assemble(transactions, key, load_catalog(paths.resource_root()), clock, demo=False)
    tasks = TaskRunner()
    preferences = Preferences(Path(path).parent / "worker.ini")
    page = CheckPage(PageContext(services, tasks, Notifier(), preferences))
    page.show()
    page.set_active(True)
    _run_until_idle(tasks)
    fields = page.form.fields
    for field, text in ((fields.patient, "smith\r"), (fields.procedure, "rfa\r"), (fields.levels, "l4")):
        field.setFocus()
        QTest.keyClicks(field, text)
        _run_until_idle(tasks)
    while services.drafts.find("check") is None:
        _run_until_idle(tasks)
    print("saved", flush=True)
    time.sleep(600)


def _run_until_idle(tasks: TaskRunner) -> None:
    loop = QEventLoop()
    tick = QTimer(interval=10)
    tick.timeout.connect(lambda: loop.quit() if tasks.is_idle() else None)
    tick.start()
    loop.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
