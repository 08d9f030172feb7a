"""Opens day sheets and patients' slips: one dialog for every paper."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.language import LANGUAGES, tr
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.day_sheet_pages import day_paper
from tracker.ui.paper.paper import Paper
from tracker.ui.paper.paper_dialog import PaperDialog
from tracker.ui.paper.slip_pages import slip_paper
from tracker.ui.widgets.segments import Segments

_OWN_NAMES = {"en": tr("English"), "es": tr("Español")}


def open_day_sheet(context: PageContext, home: QWidget, day: date) -> PaperDialog:
    """Show the sheet of one day."""
    return _shown(PaperDialog(context, tr("Day sheet"), partial(_day, context, day), home))


def open_days_ahead(context: PageContext, home: QWidget) -> PaperDialog:
    """Show the sheets of the next days, for when the computers are down."""
    return _shown(PaperDialog(context, tr("The next 3 days"), partial(_ahead, context), home))


def open_slip(context: PageContext, home: QWidget, booking_id: str) -> PaperDialog:
    """Show a visit's slip for the patient."""
    return _shown(SlipDialog(context, booking_id, home))


def _shown(dialog: PaperDialog) -> PaperDialog:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _day(context: PageContext, day: date) -> Paper:
    services = context.services
    return day_paper(
        [services.day_sheets.sheet(day)],
        services.clinic_settings.paper_head(),
        services.clock.now(),
        services.user.name,
    )


def _ahead(context: PageContext) -> Paper:
    services = context.services
    days = services.day_sheets.ahead(services.clock.today())
    return day_paper(days, services.clinic_settings.paper_head(), services.clock.now(), services.user.name)


class SlipDialog(PaperDialog):
    """The language is chosen above the page and remembered for the next slip."""

    help_place = "printing#patient-slip"

    def __init__(self, context: PageContext, booking_id: str, parent: QWidget) -> None:
        self._booking_id = booking_id
        code = context.preferences.slip_language
        super().__init__(context, tr("Patient slip"), partial(_slip, context, booking_id, code), parent)
        choices = tuple((each, _OWN_NAMES[each]) for each in LANGUAGES)
        self.language = Segments(choices, self, name=tr("Language of the slip"))
        self.language.set_value(code)
        self.language.chosen.connect(self._on_language)
        self.head.addWidget(self.language)
        self.head.addStretch(1)

    @Slot(object)
    def _on_language(self, code: str) -> None:
        self._context.preferences.slip_language = code
        self.lay(partial(_slip, self._context, self._booking_id, code))


def _slip(context: PageContext, booking_id: str, code: str) -> Paper:
    return slip_paper(context.services.slips.slip(booking_id, code))
