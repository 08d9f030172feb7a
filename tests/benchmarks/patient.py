"""From opening a patient to the painted page, and from a key in Find to the painted list: whole pages, a real file."""

from __future__ import annotations

import gc
import os
import random
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from tests.benchmarks.at_scale import PATIENTS
from tests.benchmarks.figures import Figure, cpu_seconds, spread
from tests.benchmarks.large_clinic import USER, StandingClock, write_clinic
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.opening import open_services
from tracker.ui import theme
from tracker.ui.notifier import Notifier
from tracker.ui.pages.find_page import FindPage
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.pages.patient_page import PatientPage
from tracker.ui.preferences import Preferences
from tracker.ui.tasks import TaskRunner

SAMPLES = {"small": 60, "full": 300}
OPEN_GOAL_MS, FIND_GOAL_MS = 100.0, 50.0


def measure(scale: str) -> list[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        clinic, key, ids = write_clinic(folder / "clinic", PATIENTS["small"])
        services = open_services(clinic, key, catalog=load_catalog(resource_root()), clock=StandingClock(), user=USER)
        tasks = TaskRunner()
        context = PageContext(services, tasks, Notifier(), Preferences(folder / "preferences.ini"))
        try:
            opened = _openings(_shown(PatientPage(context)), tasks, ids, SAMPLES[scale])
            names = [services.patients.get(each).patient.last for each in ids[: SAMPLES[scale]]]
            found = _searches(_shown(FindPage(context)), names)
        finally:
            tasks.shutdown()
            services.close()
    return [
        *spread("open a patient, everything painted (processor)", opened, OPEN_GOAL_MS),
        *spread("key in Find to painted list (processor)", found, FIND_GOAL_MS),
    ]


def _shown(page: Page) -> Page:
    page.resize(1264, 778)
    page.show()
    page.set_active(True)
    gc.freeze()  # as the program does once its pages are made
    return page


def _openings(page: Page, tasks: TaskRunner, ids: list[str], count: int) -> list[float]:
    _open(page, tasks, ids[0])  # the first lays everything out
    chosen = random.Random(1).choices(ids, k=count)
    return [cpu_seconds(lambda patient_id=each: _open(page, tasks, patient_id)) for each in chosen]  # type: ignore[misc]


def _open(page: Page, tasks: TaskRunner, patient_id: str) -> None:
    page.begin(patient_id)
    while not tasks.is_idle():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()


def _searches(page: Page, names: list[str]) -> list[float]:
    assert isinstance(page, FindPage)
    return [cpu_seconds(lambda text=name[:3]: _find(page, text)) for name in names]  # type: ignore[misc]


def _find(page: FindPage, text: str) -> None:
    answered: list[object] = []
    page.searcher.found.connect(answered.append)
    page.field.setText("")
    page.field.setText(text)
    while not answered:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    page.searcher.found.disconnect(answered.append)
    QApplication.processEvents()
