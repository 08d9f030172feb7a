"""What the patient page adds to the menus for the row in hand: of the injections, of the table, of what is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import SignalInstance

from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.pages.page import PageAct
from tracker.ui.visit_menu import slip_act
from tracker.ui.widgets.record_table import RecordTable

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
    return (slip_act(page.context, page, partial(_visit, page)), *acts, *_row_acts(page))


def _row_acts(page: PatientPage) -> tuple[PageAct, ...]:
    """Return what has a key in one list alone: it stands in the menu of its rows."""
    body = page.body
    approvals, papers = (body.approvals.table, body.all_approvals.table), (body.papers.table,)
    ways: tuple[tuple[str, str, SignalInstance, tuple[RecordTable, ...]], ...] = (
        ("check procedure", tr("Check and &book it\tEnter"), page.eligible.row_activated, (page.eligible.table,)),
        ("open item", tr("&Open it\tEnter"), page.visits.activated, (page.visits.visits,)),
        ("move open visit", tr("Mo&ve it to another day…\tM"), page.visits.move_wanted, (page.visits.visits,)),
        ("show approval", tr("&Show its request\tEnter"), body.all_approvals.activated, approvals),
        ("change coverage", tr("C&hange the coverage…\tEnter"), body.coverage.activated, (body.coverage.coverages,)),
        ("correct care", tr("C&orrect what was tried…\tEnter"), body.record.care_activated, (body.record.care,)),
        ("correct denial", tr("C&orrect the denied claim…\tEnter"), body.record.denial_activated,
         (body.record.denials,)),
        ("take paper away", tr("&Take the paper out…\tX"), body.papers.removal_wanted, papers),
    )  # fmt: skip
    acts = [
        PageAct(Act(name, text, _MENU, listed=False), partial(_tell, told, tables), lists=tables)
        for name, text, told, tables in ways
    ]
    attach = Act("attach paper", tr("&Attach a paper…\tA"), _MENU, listed=False)
    return (*acts, PageAct(attach, body.papers.attach_wanted.emit, lists=papers))


def _tell(told: SignalInstance, tables: tuple[RecordTable, ...]) -> None:
    """Ask for the act with the row of whichever of the tables is in front."""
    row = next((table.current_record() for table in tables if table.isVisible()), None)
    if row is not None:
        told.emit(row)


def on_lists(page: PatientPage, acts: tuple[PageAct, ...]) -> tuple[PageAct, ...]:
    """Return the acts with the lists in the menu of whose rows they stand."""
    body, injections = page.body, page.injections.table
    of_injections = dict.fromkeys(
        ("correct injection", "relief", "denied claim", "take out injection", "add injection", "add elsewhere"),
        (injections,),
    )
    lists: dict[str, tuple[RecordTable, ...]] = {
        **of_injections,
        "checklist": (page.eligible.table,),
        "slip": (page.visits.visits,),
        "add coverage": (body.coverage.coverages,),
        "add care": (body.record.care,),
    }
    fits = {name: partial(_is_visit, page) for name in ("slip", "move open visit")}
    return tuple(
        replace(each, lists=lists.get(each.act.id, each.lists), fits=fits.get(each.act.id, each.fits)) for each in acts
    )


def _is_visit(page: PatientPage) -> bool:
    item = page.visits.visits.current_record()
    return item is not None and item.visit is not None


def _visit(page: PatientPage) -> DayRow | None:
    """Return the visit in hand among what is open, else the next one to come."""
    items = page.visits.visits.records()
    current = page.visits.visits.current_record()
    if current is not None and current.visit is not None:
        return current.visit
    return next((item.visit for item in items if item.visit is not None), None)
