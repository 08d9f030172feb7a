"""Lays the page with the recovery code for the sealed envelope; it is printed, never saved."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.recovery_code import RecoveryCode
from tracker.domain.us_dates import us_date
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.flow import Flow
from tracker.ui.paper.paper import PageFoot, Paper
from tracker.ui.paper.paper_dialog import PaperDialog

_CODE, _TEXT = 17, 11


def recovery_paper(code: RecoveryCode, clinic: str, day: date) -> Paper:
    """Return the page: whose code it is, of which day, and what to do with it."""
    flow = Flow()
    flow.paragraph(tr("Recovery code of {clinic}", clinic=clinic), _CODE, strong=True)
    flow.paragraph(tr("Made on {day}. Codes made before open nothing any more.", day=us_date(day)), _TEXT, tone="ink2")
    flow.gap(16)
    flow.rule()
    flow.gap(12)
    groups = code.text.split("-")
    for half in (groups[:3], groups[3:]):
        flow.paragraph("   ".join(half), _CODE, strong=True)
        flow.gap(6)
    flow.gap(6)
    flow.rule()
    flow.gap(12)
    for text in (
        tr("Seal this page in an envelope, sign across the flap, and lock it away."),
        tr("Whoever has it and the clinic's folder, or a backup, can open every patient's record."),
        tr("To use it: start Injection Tracker, choose “Recovery code…” below the password, and type the six groups."),
        tr("No code has the letters I, L, O and U; 0 and 1 are digits."),
    ):
        flow.paragraph(text, _TEXT)
        flow.gap(6)
    sheets = flow.sheets()
    return Paper(tr("Recovery code"), sheets, PageFoot(clinic, len(sheets), private=False))


class RecoveryPaperDialog(PaperDialog):
    """Without a way to save: a code in a file beside the clinic would lock nothing."""

    help_place = "settings#users"

    def __init__(self, context: PageContext, code: RecoveryCode, clinic: str, day: date, parent: QWidget) -> None:
        super().__init__(context, tr("Recovery code"), lambda: recovery_paper(code, clinic, day), parent)
        self.save_button.setEnabled(False)
        self.save_button.hide()

    def _offer(self) -> None:
        super()._offer()
        self.save_button.setEnabled(False)
