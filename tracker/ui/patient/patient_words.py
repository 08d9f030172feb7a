"""Puts what is on file about a patient into the words of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.coverage import Coverage
from tracker.domain.event import Event, EventStatus
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.domain.relief_entry import figure_text
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.services.words.wording import procedure_word, us_time

if TYPE_CHECKING:
    from tracker.services.answers.eligibility import EligibleRow
    from tracker.services.visits.schedule import DayRow

ORDERS = {1: tr("first"), 2: tr("second"), 3: tr("third"), 4: tr("fourth")}
_PRONOUNS = {"female": tr("she"), "male": tr("he")}
SEXES = {"female": tr("female"), "male": tr("male"), "other": tr("other")}
_NOT_BEFORE = tr("Not before")
STATUSES = {
    EventStatus.PERFORMED: tr("Done"),
    EventStatus.BOOKED: tr("Booked"),
    EventStatus.CANCELLED: tr("Cancelled"),
    EventStatus.NO_SHOW: tr("No-show"),
    EventStatus.ABORTED: tr("Aborted"),
}


def when_can(patient: Patient) -> str:
    """Return the question that the table answers."""
    return tr("When can {who} have it", who=_PRONOUNS.get(patient.sex, tr("the patient")))


def age_and_sex(patient: Patient, today: date) -> str:
    """Return "75, female"."""
    return ", ".join(part for part in (str(patient.age_on(today)), SEXES.get(patient.sex, patient.sex)) if part)


def coverage_span(coverage: Coverage) -> str:
    """Return "since 07/01/2016", "01/01/2026 to 12/31/2026", "until 12/31/2026", "always"."""
    if coverage.start and coverage.end:
        return tr("{start} to {end}", start=us_date(coverage.start), end=us_date(coverage.end))
    if coverage.start:
        return tr("since {start}", start=us_date(coverage.start))
    return tr("until {end}", end=us_date(coverage.end)) if coverage.end else tr("always")


def coverages_line(coverages: Iterable[Coverage], label: Callable[[Coverage], str], today: date) -> str:
    """Return today's coverages as they stand in the head: the first with its member id, others with their order."""
    parts: list[str] = []
    for coverage in sorted((c for c in coverages if c.in_force(today)), key=lambda c: c.order):
        if parts:
            parts.append(f"{label(coverage)}, {ORDERS.get(coverage.order, coverage.order)}")
        else:
            parts.append(f"{label(coverage)} {coverage.member_id}".strip() + f", {coverage_span(coverage)}")
    return "     ".join(parts) or tr("No coverage on file for today")


def required_word(coverage: Coverage) -> str:
    """Return what the clinic wrote down about authorizations of this plan."""
    return {None: tr("by the policy"), True: tr("required"), False: tr("not required")}[coverage.authorization_required]


def used_text(row: EligibleRow) -> str:
    return "–" if row.limit is None else tr("{used} of {limit}", used=row.used, limit=row.limit)


def answer_text(row: EligibleRow) -> str:
    """Return the short answer; the date of a "not before" stands in the next column."""
    refused = row.outcome is Outcome.NOT_ALLOWED and row.flag.startswith(_NOT_BEFORE)
    return _NOT_BEFORE if refused else row.flag


def visit_text(row: DayRow) -> str:
    """Return "Thu 12/10/2026 10:30 AM"."""
    starts = row.booking.starts
    return us_date(row.booking.day, weekday=True) + (f" {us_time(starts)}" if starts else "")


def procedure_of(event: Event) -> str:
    """Return what was done, and that its claim lacked KX: payers may count it otherwise then."""
    word = procedure_word(event.family, event.intent, event.approach)
    return tr("{procedure}, claimed without KX", procedure=word) if event.kx_claimed is False else word


def relief_text(event: Event) -> str:
    """Return "55%, 4 mo", "30%", "4 mo" or "–"."""
    percent = f"{figure_text(event.relief_percent)}%" if event.relief_percent is not None else ""
    months = (
        tr("{figure_text} mo", figure_text=figure_text(event.relief_months)) if event.relief_months is not None else ""
    )
    return ", ".join(part for part in (percent, months) if part) or "–"


def region_text(event: Event) -> str:
    """Return "lumbar / sacral", or both regions, or a dash where none is known."""
    return ", ".join(sorted(region.label for region in event.regions)) or "–"


def as_text(patient: Patient, coverage: str, day: date, table: str) -> str:
    """Return who it is, who pays, and the table of answers, for the note of another program."""
    who = "   ".join(part for part in (patient.name, us_date(patient.born), patient.mrn) if part)
    return tr(
        "{who}\n{coverage}\nAsked for {day}:\n{table}",
        who=who,
        coverage=coverage,
        day=us_date(day, weekday=True),
        table=table,
    )
