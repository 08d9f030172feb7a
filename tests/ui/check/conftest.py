"""Patients with histories, the page in front, and hands that press keys and count them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.builders import a_coverage, a_patient, performed
from tests.fixtures import TODAY
from tests.ui.conftest import InFront
from tracker.domain.patient import Patient
from tracker.domain.procedure import Family
from tracker.services import Services
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import PageContext

AddPatient = Callable[..., Patient]
KEYS = {"\n": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}


class Hands:
    """Press keys where the focus is, as a person does, and count them."""

    def __init__(self, settle: Callable[[], None]) -> None:
        self._settle = settle
        self.count = 0

    def type(self, *parts: str) -> None:
        """Type each part ("\\n" is Enter, "\\t" is Tab) and look at the screen after it."""
        for part in parts:
            for character in part:
                self.key(KEYS.get(character, character))
            self._settle()

    def key(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key, without waiting for anything."""
        self.count += 1
        target = focus()
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key, modifier)

    def ctrl_enter(self) -> None:
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self._settle()

    def alt(self, key: Qt.Key) -> None:
        self.key(key, Qt.KeyboardModifier.AltModifier)
        self._settle()


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


@pytest.fixture
def hands(settle: Callable[[], None]) -> Hands:
    return Hands(settle)


@pytest.fixture
def add_patient(services: Services) -> AddPatient:
    """Add a patient with Medicare, or with the coverage given (None for none)."""

    def add(*, coverage: object = "medicare", **given: object) -> Patient:
        patient = services.patients.add(a_patient(**given)).value
        if coverage is not None:
            services.patients.add_coverage(patient.id, a_coverage() if coverage == "medicare" else coverage)
        return patient

    return add


@pytest.fixture
def smith(add_patient: AddPatient) -> Patient:
    """Nothing on file but Medicare and the two blocks that an ablation needs."""
    return add_patient(last="Smith", first="Jane", middle="", born=date(1950, 7, 2))


@pytest.fixture
def ready(smith: Patient, services: Services) -> Patient:
    """Smith after two blocks at L4-5 on both sides that helped: the first ablation is allowed."""
    for days in (60, 30):
        when = (TODAY - timedelta(days=days)).isoformat()
        services.history.add(
            smith.id, performed(when, Family.FACET_INJECTION, "L4-L5 both", relief_percent=90.0, relief_months=1.0)
        )
    return smith


@pytest.fixture
def full(ready: Patient, services: Services) -> Patient:
    """Smith after two lumbar ablations within 12 months, on 01/26 and 02/23/2026: a third has to wait."""
    for day in ("2026-01-26", "2026-02-23"):
        services.history.add(
            ready.id, performed(day, Family.FACET_ABLATION, "L4-L5 both", relief_percent=80.0, relief_months=8.0)
        )
    return ready


@pytest.fixture
def page(context: PageContext, in_front: InFront) -> CheckPage:
    """Check and book, empty and in front."""
    return in_front(CheckPage(context))
