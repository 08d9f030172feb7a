"""Joins what the parts of the patient page ask for to what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.ui.pages.patient_page import PatientPage


def connect_acts(page: PatientPage) -> None:
    """Carry the wishes of every part to the acts, and what came of them back to the page."""
    acts = page.patient_acts
    page.head.edit_wanted.connect(acts.edit_patient)
    page.eligible.coverage_wanted.connect(acts.add_coverage)
    page.body.coverage.activated.connect(acts.change_coverage)
    page.body.coverage.wanted.connect(acts.add_coverage)
    page.body.papers.attach_wanted.connect(acts.attach_paper)
    page.body.papers.removal_wanted.connect(acts.remove_paper)
    page.body.papers.packet_wanted.connect(acts.open_packet)
    page.visits.course_wanted.connect(lambda: page.course_wanted.emit(page.current_patient()))
    page.injections.relief_wanted.connect(acts.record_relief)
    page.injections.remove_wanted.connect(acts.remove_event)
    page.injections.add_wanted.connect(acts.add_injection)
    page.injections.elsewhere_wanted.connect(acts.add_elsewhere)
    page.injections.denial_wanted.connect(lambda row: page.record_acts.add_denial(row.event))
    page.eligible.checklist_wanted.connect(lambda row: page.record_acts.open_checklist(row.request))
    for each in (acts, page.record_acts):
        each.acted.connect(page.note_done)
        each.refused.connect(page.notice.show_error)
    acts.patient_wanted.connect(page.patient_wanted)
