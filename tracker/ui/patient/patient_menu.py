"""What the patient page adds to the menus for the row in hand: of the injections, of the table, of what is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.pages.page import PageAct
from tracker.ui.visit_menu import slip_act

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow
    from tracker.ui.pages.patient_page import PatientPage

_MENU = tr("&Patient")


def menu_acts(page: PatientPage) -> tuple[PageAct, ...]:
    """Return the letters of the lists and the slip of the visit in hand."""
    injections = page.injections
    ways: tuple[tuple[str, str, Callable[[], None]], ...] = (
        ("correct injection", tr("C&orrect the injection…\tEnter"), injections.correct.click),
        ("relief", tr("&Relief after it…\tR"), injections.relief.click),
        ("denied claim", tr("Its claim was &denied…\tD"), injections.denied.click),
        ("take out injection", tr("&Take it out of the history…\tX"), injections.remove.click),
        ("checklist", tr("Checkli&st of the procedure…\tL"), page.eligible.checklist.click),
    )
    acts = (PageAct(Act(name, text, _MENU, parted=name == ways[0][0]), do) for name, text, do in ways)
    return (slip_act(page.context, page, partial(_visit, page)), *acts)


def _visit(page: PatientPage) -> DayRow | None:
    """Return the visit in hand among what is open, else the next one to come."""
    items = page.visits.visits.records()
    current = page.visits.visits.current_record()
    if current is not None and current.visit is not None:
        return current.visit
    return next((item.visit for item in items if item.visit is not None), None)
