"""Adds what was done at another clinic without leaving the form: its answer looks again by itself."""

from __future__ import annotations

from tracker.domain.patient import Patient
from tracker.ui.dialogs.event_dialog import EventDialog
from tracker.ui.dialogs.event_fields import Known
from tracker.ui.pages.page import Page


def ask_outside(page: Page, patient: Patient) -> EventDialog:
    """Open the dialog over the page; what it saves goes out as an act of the page."""
    dialog = EventDialog(page.context, patient, page, (), known=Known.ELSEWHERE)
    dialog.acted.connect(page.acted)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
