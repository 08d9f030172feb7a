"""Tasks in order and in words: late, due today, coming."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date

if TYPE_CHECKING:
    from tracker.services.visits.schedule import TaskRow


@dataclass(frozen=True, slots=True)
class TaskHead:
    """The head of a group of tasks."""

    text: str
    count: int
    late: bool


def due_text(task: TaskRow, today: date) -> str:
    """Return "Due today", "Due Fri 11/27/2026" or "4 days late, due 11/20/2026"."""
    days = (today - task.due).days
    if days > 0:
        return tr_n("{n} day late, due {due}", "{n} days late, due {due}", days, due=us_date(task.due))
    return tr("Due today") if days == 0 else tr("Due {due}", due=us_date(task.due, weekday=True))


def grouped(tasks: Iterable[TaskRow], today: date) -> list[TaskHead | TaskRow]:
    """Return heads and tasks: late, due today, coming; each by its due day."""
    rows = sorted(tasks, key=lambda task: (task.due, task.patient.name.casefold()))
    groups = (
        (tr("Late"), [task for task in rows if task.late]),
        (tr("Due today"), [task for task in rows if not task.late and task.due == today]),
        (tr("Coming"), [task for task in rows if task.due > today]),
    )
    entries: list[TaskHead | TaskRow] = []
    for text, members in groups:
        if members:
            entries += [TaskHead(text, len(members), members[0].late), *members]
    return entries
