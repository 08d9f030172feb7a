"""What can be done with the visit in front, for the menus: the same on every page that lists visits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QWidget

from tracker.domain.booking import BookingStatus
from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.pages.page import PageAct, PageContext
from tracker.ui.paper import handouts
from tracker.ui.visit_acts import VISIT_ACTS, VisitActs

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow

_MENU = tr("&Schedule")
_OFF = tr("only where a visit is in front")
Current = Callable[[], "DayRow | None"]
Do = Callable[["DayRow"], object]


def visit_menu(visits: VisitActs, current: Current, *lists: QAbstractItemView) -> tuple[PageAct, ...]:
    """Return the acts of VisitActs, done with the current visit of these lists; nothing is done where there is none."""
    acts = _visit_acts(visits, current)
    return tuple(replace(each, lists=lists, fits=partial(_fits, current, each.act.id)) for each in acts)


def _fits(current: Current, act_id: str) -> bool:
    """Tell whether an act is one for the visit: a closed one can only be looked at, or parked to be booked again."""
    row = current()
    if row is None:
        return False
    return act_id == "patient of visit" or row.booking.status.open is not (act_id == "pin visit")


def _visit_acts(visits: VisitActs, current: Current) -> tuple[PageAct, ...]:
    statuses = tuple(
        _act(f"visit {act.status.value}", f"{act.menu_text}\t{act.key}", current, _setter(visits, act.status),
             parted=act is VISIT_ACTS[0])
        for act in VISIT_ACTS
    )  # fmt: skip
    more: tuple[tuple[str, str, Do], ...] = (
        ("move visit", tr("Mo&ve to another day…	M"), lambda row: visits.move(row.booking, row.day_that_fits)),
        ("edit visit", tr("&Edit the visit\tE"), lambda row: visits.change(row.booking)),
        ("ask for visit", tr("Authori&zation…\tA"), visits.ask),
        ("pin visit", tr("To the pin&board\tP"), lambda row: visits.pin(row.booking)),
        ("check visit again", tr("Check the visit a&gain\tR"), lambda row: visits.recheck_wanted.emit(row.booking.id)),
        ("patient of visit", tr("Patient of the visit\tEnter"), lambda row: visits.open(row.booking)),
    )
    return (*statuses, *(_act(name, text, current, do) for name, text, do in more))


def slip_act(context: PageContext, home: QWidget, current: Current, *lists: QAbstractItemView) -> PageAct:
    """Return the act that shows the slip of the current visit."""
    slip = Act("slip", tr("Patient sl&ip…"), tr("&Patient"), ("Ctrl+Shift+S",), help="printing")
    show: Do = lambda row: handouts.open_slip(context, home, row.booking.id)  # noqa: E731  # one way among others
    return PageAct(slip, partial(_with_current, current, show), shared=True, off=_OFF, lists=lists,
                   fits=lambda: current() is not None)  # fmt: skip


def _act(name: str, text: str, current: Current, do: Do, *, parted: bool = False) -> PageAct:
    return PageAct(Act(name, text, _MENU, parted=parted, help="today"), partial(_with_current, current, do),
                   shared=True, off=_OFF)  # fmt: skip


def _setter(visits: VisitActs, status: BookingStatus) -> Do:
    return lambda row: visits.set_status(row.booking, status)


def _with_current(current: Current, do: Do) -> None:
    row = current()
    if row is not None:
        do(row)
