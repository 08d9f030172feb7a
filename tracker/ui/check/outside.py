"""Adds what is not on file without leaving the form, an injection elsewhere or a coverage; it looks again by itself."""

from __future__ import annotations

from typing import TypeVar

from tracker.domain.coverage import Coverage
from tracker.domain.patient import Patient
from tracker.ui.dialogs.coverage_dialog import CoverageDialog
from tracker.ui.dialogs.event_dialog import EventDialog
from tracker.ui.dialogs.event_fields import Known
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import Page

Dialog = TypeVar("Dialog", bound=SavingDialog)


def ask_outside(page: Page, patient: Patient) -> EventDialog:
    """Open the dialog for an injection at another clinic."""
    return opened(page, EventDialog(page.context, patient, page, (), known=Known.ELSEWHERE))


def ask_coverage(page: Page, patient: Patient, proposed: Coverage) -> CoverageDialog:
    """Open the dialog for a coverage that is not on file."""
    return opened(page, CoverageDialog(page.context, patient, page, proposed=proposed))


def opened(page: Page, dialog: Dialog) -> Dialog:
    """Open a dialog over the page; what it saves goes out as an act of the page."""
    dialog.acted.connect(page.acted)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
