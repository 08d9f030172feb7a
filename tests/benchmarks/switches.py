"""From the wish for another page of the window to its painted first sight, when it was shown before; demo clinic."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from tests.benchmarks.figures import Figure, cpu_seconds, percentile
from tests.ui.screens import open_demo
from tracker.ui.main_window import MainWindow

ROUNDS = {"small": 8, "full": 30}
GOAL_MS = 50.0
PAGES = ("today", "schedule", "authorizations", "expirations", "audit", "rules", "find", "check")


def measure(scale: str) -> list[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        window = open_demo(app, Path(name))
        try:
            for page in PAGES:
                _open(window, page)
                _settle(window)
            gc.freeze()  # as the program does once its pages are made
            return [figure for page in PAGES for figure in _visits(window, page, ROUNDS[scale])]
        finally:
            window.context.tasks.shutdown()
            window.context.services.close()


def _visits(window: MainWindow, page: str, rounds: int) -> list[Figure]:
    shown, settled = [], []
    other = "find" if page != "find" else "rules"
    for _ in range(rounds):
        _open(window, other)
        _settle(window)
        first = cpu_seconds(lambda: _open(window, page))
        shown.append(first)
        settled.append(first + cpu_seconds(lambda: _settle(window)))
    return [
        Figure(f"{page} again, painted (processor), p50", percentile(shown, 50) * 1000, "ms", GOAL_MS),
        Figure(f"{page} again, painted (processor), p99", percentile(shown, 99) * 1000, "ms"),
        Figure(f"{page} again, nothing under way (processor), p50", percentile(settled, 50) * 1000, "ms"),
    ]


def _open(window: MainWindow, page: str) -> None:
    window.open_page(page)
    QApplication.processEvents()


def _settle(window: MainWindow) -> None:
    while not window.context.tasks.is_idle():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()
