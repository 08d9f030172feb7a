"""The columns of a course's list: what, when, how it stands, what it counts on."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.courses.planned_course import STATE_WORDS
from tracker.services.words.wording import us_time
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.theme.status import Status, status_of

if TYPE_CHECKING:
    from tracker.services.courses.planned_course import StepRow

NO_DAY = tr("no day")


def columns() -> tuple[Column[StepRow], ...]:
    return (
        Column(tr("Step"), lambda row: row.number, alignment=RIGHT, longest=tr("Step")),
        Column(tr("Procedure"), lambda row: row.procedure, fit=280, whole=True),
        Column(tr("Day"), lambda row: row.day, _day, strong=True, longest="Wed 00/00/0000"),
        Column(
            tr("Time"), lambda row: row.step.starts or time.max, _time, alignment=RIGHT, longest="12:00 PM", drops=4
        ),
        Column(
            tr("With"), lambda row: row.provider, _provider, status=_free, tinted=lambda _row: False, fit=150, drops=3
        ),
        Column(tr("Answer"), lambda row: row.flag, status=_status, longest=tr("Allowed, see note")),
        Column(tr("Visit"), lambda row: tr(STATE_WORDS[row.step.state]), longest=tr("Planned"), drops=2),
        Column(tr("Request auth by"), lambda row: row.request_by, _request_by, longest="Wed 00/00/0000", drops=5),
        Column(tr("Counts on"), lambda row: row.assumption, tone=lambda _row: "ink2", fit=340, least=150, drops=1),
    )


def _day(row: StepRow) -> str:
    return us_date(row.day, weekday=True) if row.day else NO_DAY


def _time(row: StepRow) -> str:
    return us_time(row.step.starts) if row.step.starts else ""


def _provider(row: StepRow) -> str:
    return tr("{provider}, not free", provider=row.provider) if row.clash else row.provider


def _free(row: StepRow) -> Status | None:
    return Status.CAUTION if row.clash else None


def _status(row: StepRow) -> Status | None:
    return status_of(row.outcome) if row.outcome else None


def _request_by(row: StepRow) -> str:
    return us_date(row.request_by, weekday=True) if row.request_by else ""
