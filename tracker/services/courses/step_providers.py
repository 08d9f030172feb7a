"""Who is to do the steps of a course, and whether they can: offered still, and free at that time."""

from __future__ import annotations

from dataclasses import replace

from tracker.domain.booking import USUAL_MINUTES
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.services.answers.charts import Chart
from tracker.services.answers.clashes import busy_with, taken_words
from tracker.services.courses.course_steps import provider_of
from tracker.services.courses.planned_course import PlannedCourse, StepRow
from tracker.storage.unit_of_work import UnitOfWork


def with_providers(uow: UnitOfWork, chart: Chart, planned: PlannedCourse) -> PlannedCourse:
    """Return the plan with the names of its providers, and where one of them has another visit at that time."""
    return replace(planned, rows=tuple(_with_provider(uow, chart, row) for row in planned.rows))


def refuse_provider(chart: Chart, row: StepRow) -> None:
    """Raise InvalidEntryError where the provider of a step is not offered any more."""
    gone = _gone(chart, provider_of(row.step, chart))
    if gone:
        title = tr("Step {n}: {gone}", n=row.number, gone=gone)
        raise InvalidEntryError(title, "", tr("Choose another one."), about="provider")


def _with_provider(uow: UnitOfWork, chart: Chart, row: StepRow) -> StepRow:
    provider_id = provider_of(row.step, chart)
    provider = chart.clinic.providers.get(provider_id)
    named = replace(row, provider=provider.short if provider else "")
    if row.step.taken or row.day is None:
        return named
    gone = _gone(chart, provider_id)
    if gone:
        return replace(named, clash=gone)
    others = uow.bookings.list_between(row.day, row.day, open_only=True) if row.step.starts else ()
    busy = busy_with(others, provider_id, row.step.starts, USUAL_MINUTES)
    return replace(named, clash=taken_words(busy) if busy is not None else "")


def _gone(chart: Chart, provider_id: str) -> str:
    provider = chart.clinic.providers.get(provider_id)
    if provider is None or provider.active:
        return ""
    return tr("{name} is not offered any more.", name=provider.name)
