"""What can be done with the step in hand and with the course: letters of the list, the same acts in the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.course import editing
from tracker.ui.pages.page import PageAct

if TYPE_CHECKING:
    from tracker.services.courses.planned_course import StepRow
    from tracker.ui.pages.course_page import CoursePage

_MENU = tr("&Patient")


@dataclass(frozen=True, slots=True)
class StepAct:
    """One letter: its id and words in the menu, and the page's way to do it with the step in hand."""

    key: str
    id: str
    text: str
    do: Callable[[CoursePage, StepRow], None]

    @property
    def shown_key(self) -> str:
        return self.key.replace("Del", "Delete")


def _later(page: CoursePage, row: StepRow) -> None:
    page.planner.change(lambda course: editing.later(course, row.place, row.day))


def _sooner(page: CoursePage, row: StepRow) -> None:
    page.planner.sooner(row.place)


def _take_away(page: CoursePage, row: StepRow) -> None:
    page.planner.change(lambda course: editing.without_step(course, row.place))


def _move(page: CoursePage, row: StepRow, by: int) -> None:
    course = page.planner.course
    if course is not None and editing.moved(course, row.place, by) != course:
        page.panel.table.select_row(row.place + by)  # the hands stay on the step
        page.planner.change(lambda known: editing.moved(known, row.place, by))


def _keep(page: CoursePage, _row: StepRow) -> None:
    page.keep()


STEP_ACTS = (
    StepAct("H", "hold step", tr("Course: &hold the step"), lambda page, row: page.hold(row)),
    StepAct("B", "book step", tr("Course: &book the step"), lambda page, row: page.book(row)),
    StepAct("E", "change step", tr("Course: chan&ge the step…"), lambda page, row: page.change_step(row)),
    StepAct("+", "step later", tr("Course: the step a &day later"), _later),
    StepAct("-", "step sooner", tr("Course: the step a day &sooner again"), _sooner),
    StepAct("Alt+Up", "step up", tr("Course: the step one place &up"), lambda page, row: _move(page, row, -1)),
    StepAct("Alt+Down", "step down", tr("Course: the step one place do&wn"), lambda page, row: _move(page, row, 1)),
    StepAct("N", "add step", tr("Course: add a step…"), lambda page, row: page.add_like(row)),
    StepAct("Del", "take step away", tr("Course: &take the step away"), _take_away),
    StepAct("K", "keep course", tr("Course: keep the plan"), _keep),
    StepAct("Shift+Del", "remove course", tr("Course: &remove it"), lambda page, _row: page.remove()),
)


def bind_letters(page: CoursePage) -> None:
    """Give the list of steps its letters; plus is typed without Shift too."""
    for act in STEP_ACTS:
        page.panel.table.bind(act.key, _doing(page, act))
        if act.key == "+":
            page.panel.table.bind("=", _doing(page, act))


def menu_acts(page: CoursePage) -> tuple[PageAct, ...]:
    """Return the letters for the menu; nothing is done where there is no step."""
    return tuple(
        PageAct(
            Act(act.id, f"{act.text}\t{act.shown_key}", _MENU, parted=act is STEP_ACTS[0]),
            _with_step(page, act),
            lists=(page.panel.table,),
        )
        for act in STEP_ACTS
    )


def _doing(page: CoursePage, act: StepAct) -> Callable[[StepRow], None]:
    return lambda row: act.do(page, row)


def _with_step(page: CoursePage, act: StepAct) -> Callable[[], None]:
    def do() -> None:
        row = page.panel.table.current_record()
        if row is not None:
            act.do(page, row)

    return do
