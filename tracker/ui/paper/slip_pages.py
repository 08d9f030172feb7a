"""Lays a patient's slip in large print: the day is the largest thing on it."""

from __future__ import annotations

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.visits.slips import Slip
from tracker.ui.paper.flow import Flow, lay_head
from tracker.ui.paper.paper import PageFoot, Paper

_SMALL, _TEXT, _DAY = 13, 18, 26


def slip_paper(slip: Slip) -> Paper:
    """Return the slip; at its foot stand name and birth date."""
    flow = Flow()
    lay_head(flow, slip.head, _SMALL)
    flow.gap(6)
    flow.paragraph(slip.title, _TEXT, strong=True)
    flow.paragraph(f"{slip.name}   {us_date(slip.born)}", _TEXT)
    flow.gap(14)
    flow.rule()
    flow.gap(12)
    flow.paragraph(slip.day, _DAY, strong=True)
    flow.paragraph(slip.starts, _DAY, strong=True)
    flow.gap(12)
    flow.rule()
    for label, value in slip.facts:
        flow.gap(12)
        flow.paragraph(label, _SMALL, tone="ink2")
        flow.paragraph(value, _TEXT)
    flow.gap(20)
    for note in slip.notes:
        flow.paragraph(note, _TEXT - 2)
        flow.gap(10)
    sheets = flow.sheets()
    return Paper(tr("Patient slip"), sheets, PageFoot(slip.head.clinic, len(sheets), False, slip.words))
