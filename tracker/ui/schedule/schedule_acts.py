"""What the Schedule page adds to the menus: its faces, and what is done with a visit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.pages.page import PageAct
from tracker.ui.schedule.faces import DAY, MONTH, WEEK
from tracker.ui.visit_acts import VISIT_KEYS
from tracker.ui.visit_menu import slip_act, visit_menu

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow
    from tracker.ui.pages.schedule_page import SchedulePage

KEYS = (
    *VISIT_KEYS,
    (tr("Arrows"), tr("From visit to visit and to free times")),
    (tr("Enter or B"), tr("On a free time or a day of the month: check and book there")),
    ("T", tr("Today")),
    (tr("+ or -"), tr("Day after, day before")),
    ("PgUp PgDn", tr("Week or month before, after")),
    ("12/3", tr("Any date, typed")),
    ("F", tr("In the month: the first eligible day")),
)
_MENU = tr("&Schedule")


def menu_acts(page: SchedulePage) -> tuple[PageAct, ...]:
    """Return the faces and the acts of the visit in front; the month is the window's act."""
    day = Act("schedule day", tr("Schedule of the &day"), _MENU, ("Alt+1",), parted=True)
    week = Act("schedule week", tr("Schedule of the &week"), _MENU, ("Alt+2",))
    openings = Act("openings", tr("Next &openings"), _MENU, ("Alt+3",))
    return (
        PageAct(day, partial(page.show_face, DAY)),
        PageAct(week, partial(page.show_face, WEEK)),
        PageAct(openings, partial(_show_openings, page)),
        PageAct(Act("schedule today", tr("Schedule of t&oday\tT"), _MENU), partial(_go_to_today, page)),
        *visit_menu(page.visit_acts, partial(_current_visit, page), page.times.table),
        slip_act(page.context, page, partial(_current_visit, page), page.times.table),
    )


def connect_visits(page: SchedulePage) -> None:
    """Have the page carry what the acts of a visit want."""
    acts = page.visit_acts
    acts.failed.connect(page.bar.notice.show_error)
    acts.recheck_wanted.connect(lambda _id: page.reload())
    acts.patient_wanted.connect(page.patient_wanted)
    acts.check_wanted.connect(page.check_wanted)
    acts.request_wanted.connect(page.request_wanted)


def _show_openings(page: SchedulePage) -> None:
    """Go to the next openings; from a day or a week to those for the visit in front."""
    if not page.month.isVisible():
        page.begin(page.month_start() or MONTH)
        page.show_face(MONTH)
    page.month.focus_openings()


def _go_to_today(page: SchedulePage) -> None:
    page.go_to(page.context.services.clock.today())


def _current_visit(page: SchedulePage) -> DayRow | None:
    """Return the visit where the hands are; the month has none."""
    return page.times.current_row() if page.stack.currentWidget() is page.times else None
