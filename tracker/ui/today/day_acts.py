"""What the Today page adds to the Schedule menu; single letters are shown there and work in the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.booking import BookingStatus
from tracker.domain.language import tr
from tracker.services.changes import Changes
from tracker.ui.actions import Act
from tracker.ui.pages.page import PageAct
from tracker.ui.paper import handouts
from tracker.ui.today.day_bar import AHEAD
from tracker.ui.today.pinboard_panel import KEY as PINBOARD_KEY
from tracker.ui.today.recheck_words import EVERY
from tracker.ui.visit_acts import VISIT_ACTS

if TYPE_CHECKING:
    from tracker.services.schedule import DayRow
    from tracker.ui.pages.today_page import TodayPage

_MENU = tr("&Schedule")
PRIVACY_KEY = "Ctrl+Shift+H"


def menu_acts(page: TodayPage) -> tuple[PageAct, ...]:
    """Return days, visits, the pinboard, checking again."""
    return (
        PageAct(Act("day before", tr("Day &before	<"), _MENU, parted=True), partial(page.step, -1)),
        PageAct(Act("day after", tr("Day &after	>"), _MENU), partial(page.step, 1)),
        PageAct(Act("go to date", tr("&Go to date…"), _MENU, ("Ctrl+G",)), page.bar.field.setFocus),
        PageAct(Act("next days", tr("Next 1&4 days"), _MENU, ("Shift+F5",)), partial(page.show_view, AHEAD)),
        PageAct(Act("filter day", tr("Filter the &list\t/"), _MENU), page.bar.open_filter),
        *_paper_acts(page),
        *_visit_acts(page),
        PageAct(
            Act("pinboard", tr("Go to the &pinboard"), _MENU, (PINBOARD_KEY,)), partial(_open_pinboard, page), False
        ),
        PageAct(
            Act("privacy", tr("Hide or show &names"), tr("&View"), (PRIVACY_KEY,)), partial(_turn_privacy, page), False
        ),
        PageAct(Act("change seen", tr("Change &seen	S"), _MENU), page.seen.mark_one),
        PageAct(Act("all changes seen", tr("All changes s&een	Shift+S"), _MENU), page.seen.mark_all),
        PageAct(Act("recheck", tr("C&heck all again	Shift+R"), _MENU, parted=True), partial(page.recheck, EVERY)),
    )


def _visit_acts(page: TodayPage) -> tuple[PageAct, ...]:
    visits = page.visit_acts
    statuses = tuple(
        PageAct(
            Act(f"visit {act.status.value}", f"{act.menu_text}\t{act.key}", _MENU, parted=act is VISIT_ACTS[0]),
            _on_current(page, _status_setter(page, act.status)),
        )
        for act in VISIT_ACTS
    )
    more: tuple[tuple[str, str, Callable[[DayRow], None]], ...] = (
        ("move visit", tr("Mo&ve to another day…	M"), lambda row: visits.move(row.booking, row.day_that_fits)),
        ("edit visit", tr("&Edit the visit\tE"), lambda row: visits.move(row.booking)),
        ("ask for visit", tr("Authori&zation…\tA"), visits.ask),
        ("pin visit", tr("To the pin&board\tP"), lambda row: visits.pin(row.booking)),
    )
    return (*statuses, *(PageAct(Act(name, text, _MENU), _on_current(page, do)) for name, text, do in more))


def _open_pinboard(page: TodayPage) -> None:
    """Bring the pinboard to the hands, from wherever they are."""
    page.front_wanted.emit()
    page.frame.show_work()
    page.work.pinboard.focus()


def _turn_privacy(page: TodayPage) -> None:
    """Name patients by initials and record number on the lists of the desk, or in full again."""
    preferences = page.context.preferences
    preferences.privacy = not preferences.privacy
    page.context.notifier.publish(Changes())


def _paper_acts(page: TodayPage) -> tuple[PageAct, ...]:
    """Return what is printed: the day, the days of an outage from wherever one is, a slip for the patient."""
    day_sheet = Act("day sheet", tr("Da&y sheet…"), _MENU, ("Ctrl+D",), parted=True)
    outage = Act("days ahead", tr("Print the next &3 days…"), _MENU, ("Ctrl+Shift+D",))
    slip = Act("slip", tr("Patient sl&ip…"), tr("&Patient"), ("Ctrl+Shift+S",))
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
