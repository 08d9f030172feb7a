"""What Enter and the keys of a row do on the patient page: they lead to the visit, the request or the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from tracker.domain.event import EventStatus
from tracker.ui.pages.page import CheckStart, RequestStart

if TYPE_CHECKING:
    from tracker.services.answers.eligibility import EligibleRow
    from tracker.services.answers.entries import EventRow
    from tracker.ui.pages.patient_page import PatientPage
    from tracker.ui.patient.open_item import OpenItem


class RowActs(QObject):
    """Hears of the lists of one page."""

    def __init__(self, page: PatientPage) -> None:
        super().__init__(page)
        self._page = page
        page.eligible.row_activated.connect(self._on_eligible_activated)
        page.visits.activated.connect(self._on_open_activated)
        page.visits.move_wanted.connect(lambda item: self._begin_with_visit(item.visit.booking.id, change=False))
        page.injections.correct_wanted.connect(self._on_correct_wanted)
        for panel in (page.body.approvals, page.body.all_approvals):
            panel.activated.connect(lambda row: page.request_wanted.emit(RequestStart(record_id=row.work.id)))
            panel.new_wanted.connect(lambda: page.request_wanted.emit(RequestStart(page.current_patient())))

    @Slot(object)
    def _on_eligible_activated(self, row: EligibleRow) -> None:
        self._page.check_wanted.emit(CheckStart(patient_id=self._page.current_patient(), request=row.to_check))

    @Slot(object)
    def _on_open_activated(self, item: OpenItem) -> None:
        """Show the visit so that it can be changed, show the request, close the task."""
        if item.visit is not None:
            self._begin_with_visit(item.visit.booking.id)
        elif item.request is not None:
            self._page.request_wanted.emit(RequestStart(record_id=item.request.id))
        elif item.task is not None:
            self._page.patient_acts.close_task(item.task)

    @Slot(object)
    def _on_correct_wanted(self, row: EventRow) -> None:
        """Correct what was done; a visit to come is changed instead."""
        if row.event.status is EventStatus.BOOKED and row.booking_id:
            self._begin_with_visit(row.booking_id)
        else:
            self._page.patient_acts.correct(row)

    def _begin_with_visit(self, booking_id: str, *, change: bool = True) -> None:
        start = CheckStart(patient_id=self._page.current_patient(), booking_id=booking_id, change=change)
        self._page.check_wanted.emit(start)
