"""What the Today page adds to the Schedule menu; single letters are shown there and work in the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QAbstractItemView

from tracker.domain.language import tr
from tracker.services.changes import Changes
from tracker.ui.actions import Act
from tracker.ui.pages.page import PageAct
from tracker.ui.paper import handouts
from tracker.ui.today.day_bar import AHEAD
from tracker.ui.today.pinboard_panel import KEY as PINBOARD_KEY
from tracker.ui.today.recheck_words import EVERY
from tracker.ui.visit_acts import VISIT_KEYS
from tracker.ui.visit_menu import slip_act, visit_menu

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow
    from tracker.ui.pages.today_page import TodayPage

DAY_KEYS = (*VISIT_KEYS, (tr("{some} or {last}", some="<", last=">"), tr("Day before, day after")), ("T", tr("Today")),
            ("Shift+R", tr("Check all again")), ("S", tr("Change seen")), ("Shift+S", tr("All changes seen")),
            ("/", tr("Filter the list; Esc shows all again")),
            ("Enter, Del", tr("On the pinboard: to Check and book, or off")))  # fmt: skip
_MENU = tr("&Schedule")
PRIVACY_KEY = "Ctrl+Shift+H"


def menu_acts(page: TodayPage) -> tuple[PageAct, ...]:
    """Return days, visits, the pinboard, checking again."""
    return (
        PageAct(Act("day before", tr("Day &before	<"), _MENU, parted=True), partial(page.step, -1)),
        PageAct(Act("day after", tr("Day &after	>"), _MENU), partial(page.step, 1)),
        PageAct(Act("go to date", tr("&Go to date…"), _MENU, ("Ctrl+G",)), page.bar.field.setFocus),
        PageAct(
            Act("back to today", tr("Back to today\tT"), _MENU),
            partial(_back_to_today, page),
        ),
        PageAct(Act("next days", tr("Next 1&4 days"), _MENU, ("Shift+F5",)), partial(page.show_view, AHEAD)),
        PageAct(Act("filter day", tr("Filter the &list\t/"), _MENU), page.bar.open_filter),
        *_paper_acts(page),
        *visit_menu(page.visit_acts, partial(_current_visit, page), *_tables(page)),
        *_work_acts(page),
        PageAct(
            Act("pinboard", tr("Go to the &pinboard"), _MENU, (PINBOARD_KEY,)), partial(_open_pinboard, page), False
        ),
        PageAct(
            Act("privacy", tr("Hide or show &names"), tr("&View"), (PRIVACY_KEY,)), partial(_turn_privacy, page), False
        ),
        PageAct(
            Act("change seen", tr("Change &seen	S"), _MENU),
            page.seen.mark_one,
            lists=_tables(page),
            fits=partial(_has_news, page),
        ),
        PageAct(Act("all changes seen", tr("All changes s&een	Shift+S"), _MENU), page.seen.mark_all),
        PageAct(Act("recheck", tr("C&heck all again	Shift+R"), _MENU, parted=True), partial(_check_all, page)),
    )


def _tables(page: TodayPage) -> tuple[QAbstractItemView, ...]:
    return page.board.day_list.table, page.board.ahead_list.table


def _has_news(page: TodayPage) -> bool:
    row = _current_visit(page)
    return row is not None and row.news is not None


def _work_acts(page: TodayPage) -> tuple[PageAct, ...]:
    """Return what is done with a task and with a parked request: they have keys in their lists, and stand there."""
    tasks, pins = page.work.list, page.work.pinboard.view

    def on(current: Callable[[], Any], do: Callable[[Any], object]) -> Callable[[], None]:
        return lambda: None if (row := current()) is None else (do(row), None)[1]

    ways: tuple[tuple[str, str, Callable[[], object], QAbstractItemView], ...] = (
        ("open task", tr("&Patient of the task\tEnter"), on(tasks.current_task, tasks.task_opened.emit), tasks),
        ("close task", tr("&Close the task…\tD"), tasks.close_current, tasks),
        ("check pin", tr("To C&heck and book\tEnter"), on(pins.current_pin, pins.taken.emit), pins),
        ("take pin off", tr("&Off the pinboard\tDel"), on(pins.current_pin, pins.off_wanted.emit), pins),
    )
    return tuple(PageAct(Act(name, text, _MENU, listed=False), do, lists=(view,)) for name, text, do, view in ways)


def _check_all(page: TodayPage) -> None:
    """Judge those of the list at once, and all other coming visits behind."""
    page.recheck(EVERY)
    page.context.notifier.recheck_wanted.emit()


def connect_acts(page: TodayPage) -> None:
    """Have the page carry what the acts of a visit and the work beside the list want."""
    for source in (page.visit_acts, page.work):
        source.patient_wanted.connect(page.patient_wanted)
        source.check_wanted.connect(page.check_wanted)
    page.visit_acts.failed.connect(page.bar.notice.show_error)
    page.visit_acts.request_wanted.connect(page.request_wanted)
    page.visit_acts.recheck_wanted.connect(page.recheck)


def list_letters(page: TodayPage) -> dict[str, Callable[[], object]]:
    """Return what single keys do while the hands are on the list."""
    return {
        "<": partial(page.step, -1), ">": partial(page.step, 1), "T": partial(_back_to_today, page),
        "Shift+R": partial(_check_all, page), "S": page.seen.mark_one, "Shift+S": page.seen.mark_all,
        "/": page.bar.open_filter, "Esc": page.bar.close_filter,
    }  # fmt: skip


def _back_to_today(page: TodayPage) -> None:
    page.show_day(page.context.services.clock.today())


def _current_visit(page: TodayPage) -> DayRow | None:
    return page.board.front().shown_row()


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
    return (
        PageAct(day_sheet, lambda: handouts.open_day_sheet(page.context, page, page.bar.day())),
        PageAct(outage, lambda: handouts.open_days_ahead(page.context, page.window()), here=False),
        slip_act(page.context, page, partial(_current_visit, page), *_tables(page)),
    )
