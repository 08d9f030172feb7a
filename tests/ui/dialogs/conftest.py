"""Fixtures of the dialogs: a window they open over, and a patient with coverage."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_patient
from tracker.domain.patient import Patient
from tracker.ui.pages.page import PageContext


@pytest.fixture
def home(context: PageContext, qtbot: QtBot) -> QWidget:
    """The window that dialogs open over, in front."""
    home = QWidget()
    qtbot.addWidget(home)
    home.resize(1000, 760)
    with qtbot.waitActive(home):
        home.show()
    return home


@pytest.fixture
def patient(context: PageContext) -> Patient:
    """A patient with one coverage."""
    patient = context.services.patients.add(a_patient()).value
    context.services.patients.add_coverage(patient.id, a_coverage())
    return patient
