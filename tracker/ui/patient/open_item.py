"""What is open for a patient, whatever kind it is of: a visit to come, a request on its way, a task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.ui.patient.patient_words import visit_text
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status, status_of
from tracker.ui.worklist.work_words import glyph_of_row, status_of_row, status_word

if TYPE_CHECKING:
    from tracker.services.authorizations.work_rows import WorkRow
    from tracker.services.patients.overview import Overview
    from tracker.services.visits.schedule import DayRow, TaskRow


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One line; just one of `visit`, `request` and `task` is set, and says what Enter does."""

    id: str
    day: date
    when: str
    what: str
    word: str
    status: Status
    glyph: Glyph | None = None
    visit: DayRow | None = None
    request: WorkRow | None = None
    task: TaskRow | None = None


def open_items(visits: Iterable[DayRow], overview: Overview | None, today: date) -> tuple[OpenItem, ...]:
    """Return everything that is open, the soonest first."""
    found = [_visit(row) for row in visits]
    if overview is not None:
        found += [_request(row, today) for row in overview.requests]
        found += [_task(task) for task in overview.tasks]
    return tuple(sorted(found, key=lambda item: (item.day, item.when)))


def _visit(row: DayRow) -> OpenItem:
    return OpenItem(row.booking.id, row.booking.day, visit_text(row), row.procedure, row.flag, status_of(row.outcome),
                    visit=row)  # fmt: skip


def _request(row: WorkRow, today: date) -> OpenItem:
    due = row.record.request.next_action or today
    age = tr_n("{n} day", "{n} days", row.age) if row.age is not None else ""
    what = ", ".join(part for part in (tr("Request: {what}", what=row.procedure), row.payer_name, age) if part)
    return OpenItem(row.id, due, us_date(due, weekday=True), what, status_word(row), status_of_row(row),
                    glyph_of_row(row), request=row)  # fmt: skip


def _task(task: TaskRow) -> OpenItem:
    late = task.late
    word, status = (tr("Late"), Status.CAUTION) if late else (tr("To do"), Status.NEUTRAL)
    glyph = Glyph.CLOCK if late else Glyph.RING
    return OpenItem(task.id, task.due, us_date(task.due, weekday=True), task.text, word, status, glyph, task=task)
