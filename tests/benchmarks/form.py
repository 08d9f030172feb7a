"""From a change on the form to the painted answer, in the whole page: real file, real rules, real widgets."""

from __future__ import annotations

import gc
import os
import random
import tempfile
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks.at_scale import PATIENTS
from tests.benchmarks.figures import Figure, cpu_seconds, spread
from tests.benchmarks.large_clinic import TODAY, USER, StandingClock, write_clinic
from tests.builders import a_request
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.domain.us_dates import us_date
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.opening import open_services
from tracker.ui import theme
from tracker.ui.notifier import Notifier
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import CheckStart, PageContext
from tracker.ui.preferences import Preferences
from tracker.ui.tasks import TaskRunner

SAMPLES = {"small": 200, "full": 1_000}
GOAL_MS = 50.0
_PICTURE_MS = 300
SITES = (("L4-L5 left",), ("L5-S1 right",), ("L3-L4 both", "L4-L5 both"))


def measure(scale: str) -> list[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        clinic, key, ids = write_clinic(folder / "clinic", PATIENTS["small"])
        services = open_services(clinic, key, catalog=load_catalog(resource_root()), clock=StandingClock(), user=USER)
        tasks = TaskRunner()
        page = CheckPage(PageContext(services, tasks, Notifier(), Preferences(folder / "preferences.ini")))
        try:
            samples = _samples(page, tasks, ids, SAMPLES[scale])
        finally:
            tasks.shutdown()
            services.close()
            page.deleteLater()
    return spread("form change to painted answer (processor)", samples, GOAL_MS)


def _samples(page: CheckPage, tasks: TaskRunner, ids: list[str], count: int) -> list[float]:
    """Change the day again and again, another patient and procedure every tenth time."""
    chance = random.Random(1)
    page.resize(1264, 778)
    page.show()
    page.set_active(True)
    gc.freeze()  # as the program does once its pages are made
    samples = []
    for number in range(count):
        if number % 10 == 0:
            _begin(page, tasks, chance, chance.choice(ids))
        day = us_date(TODAY + timedelta(days=chance.randrange(1, 90)))
        samples.append(cpu_seconds(lambda day=day: _change(page, day)))  # type: ignore[misc]
        _settle(tasks)
    return samples


def _begin(page: CheckPage, tasks: TaskRunner, chance: random.Random, patient_id: str) -> None:
    family = chance.choice((Family.FACET_INJECTION, Family.FACET_ABLATION, Family.EPIDURAL))
    intent = {Family.FACET_INJECTION: Intent.DIAGNOSTIC, Family.EPIDURAL: Intent.THERAPEUTIC}.get(family)
    approach = {Family.FACET_INJECTION: Approach.MEDIAL_BRANCH, Family.EPIDURAL: Approach.TRANSFORAMINAL}.get(family)
    targets = parse_sites(chance.choice(SITES)).targets
    request = a_request(patient_id, TODAY, family=family, intent=intent, approach=approach, targets=targets)
    page.begin(CheckStart(request=request))
    _settle(tasks)
    rest = QEventLoop()  # the picture of the spine is asked for when the hands rest: it is of the patient, not of a day
    QTimer.singleShot(_PICTURE_MS, rest.quit)
    rest.exec()
    _settle(tasks)


def _change(page: CheckPage, day: str) -> None:
    """Type a day, and run the event loop until its answer is painted."""
    field = page.form.fields.day
    field.setText(day)
    field.textEdited.emit(day)
    while page.checking.inquiry.is_pending():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()


def _settle(tasks: TaskRunner) -> None:
    """Run the event loop until every answer is delivered and painted, that of the earliest day included."""
    while not tasks.is_idle():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()
