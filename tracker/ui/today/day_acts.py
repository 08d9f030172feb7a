"""What the Today page adds to the Schedule menu; single letters are shown there and work in the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.booking import BookingStatus
from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.pages.page import PageAct
from tracker.ui.paper import handouts
from tracker.ui.today.day_bar import AHEAD
from tracker.ui.today.recheck_words import EVERY
from tracker.ui.visit_acts import VISIT_ACTS

if TYPE_CHECKING:
    from tracker.services.schedule import DayRow
    from tracker.ui.pages.today_page import TodayPage

_MENU = "&Schedule"


def menu_acts(page: TodayPage) -> tuple[PageAct, ...]:
    """Return days, visits, checking again."""
    days = (
        PageAct(Act("day before", "Day &before\t<", _MENU, parted=True), partial(page.step, -1)),
        PageAct(Act("day after", "Day &after\t>", _MENU), partial(page.step, 1)),
        PageAct(Act("go to date", "&Go to date…", _MENU, ("Ctrl+G",)), page.bar.field.setFocus),
        PageAct(Act("next days", "Next 1&4 days", _MENU, ("Shift+F5",)), partial(page.show_view, AHEAD)),
    )
    visits = tuple(
        PageAct(
            Act(f"visit {act.status.value}", f"{act.menu_text}\t{act.key}", _MENU, parted=act is VISIT_ACTS[0]),
            _on_current(page, _status_setter(page, act.status)),
        )
        for act in VISIT_ACTS
    )
    move = _on_current(page, lambda row: page.visit_acts.move(row.booking, row.day_that_fits))
    return (
        *days,
        *_paper_acts(page),
        *visits,
        PageAct(Act("move visit", "Mo&ve to another day…\tM", _MENU), move),
        PageAct(Act("change seen", "Change &seen\tS", _MENU), page.mark_seen),
        PageAct(Act("all changes seen", "All changes s&een\tShift+S", _MENU), page.mark_all_seen),
        PageAct(Act("recheck", "C&heck all again\tShift+R", _MENU, parted=True), partial(page.recheck, EVERY)),
    )


def _paper_acts(page: TodayPage) -> tuple[PageAct, ...]:
    """Return what is printed: the day, the days of an outage from wherever one is, a slip for the patient."""
    day_sheet = Act("day sheet", tr("Da&y sheet…"), _MENU, ("Ctrl+D",), parted=True)
    outage = Act("days ahead", tr("Print the next &3 days…"), _MENU, ("Ctrl+Shift+D",))
    slip = Act("slip", tr("Patient sl&ip…"), "&Patient", ("Ctrl+Shift+S",))
    return (
        PageAct(day_sheet, lambda: handouts.open_day_sheet(page.context, page, page.bar.day())),
        PageAct(outage, lambda: handouts.open_days_ahead(page.context, page.window()), here=False),
        PageAct(slip, _on_current(page, lambda row: handouts.open_slip(page.context, page, row.booking.id))),
    )


def _status_setter(page: TodayPage, status: BookingStatus) -> Callable[[DayRow], None]:
    return lambda row: page.visit_acts.set_status(row.booking, status)


def _on_current(page: TodayPage, do: Callable[[DayRow], object]) -> Callable[[], None]:
    def act() -> None:
        row = page.board.front().shown_row()
        if row is not None:
            do(row)

    return act
