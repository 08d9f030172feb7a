"""Eligible again: whom to call, because a limit that stands in the way today frees in these days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from tracker.domain.language import tr, tr_n
from tracker.domain.patient import Patient
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.domain.windows import ONE_DAY, months_after, months_before
from tracker.services.answers.eligibility import EligibleRow
from tracker.services.pace import Pace
from tracker.services.reports.shape import Asked, Bar, Cell, Chart, Found, Nothing, ReportColumn, Row, span
from tracker.services.reports.sources import Sources

MONTHS_BACK = 24
"""Who had nothing done for longer waits for no limit that frees."""
AT_ONCE, PEOPLE_AT_ONCE = 20, 2000


class CallList:
    """One row a patient and procedure, by the day on which it frees."""

    id = "eligible-again"
    people = True

    def __init__(self) -> None:
        self.title = tr("Eligible again: call list")
        self.about = tr("Patients whose limit stands in the way today and frees in these days.")
        self.parameters = span(_next_month, _end_of_next_month)

    def make(self, sources: Sources, asked: Asked, pace: Pace) -> Found:
        today = sources.today
        with sources.transactions.reading() as uow:
            families = uow.figures.visits.families_since(months_before(today, MONTHS_BACK))
        free: list[tuple[date, str, EligibleRow]] = []
        uncovered = 0
        for part in pace.chunks(list(families), AT_ONCE):
            tables = sources.eligibility.tables({each: families[each] for each in part}, today)
            uncovered += sum(table is None for table in tables.values())
            for patient_id, table in tables.items():
                free += _freed(patient_id, table or (), asked)
        rows = _rows(sources, sorted(free, key=lambda each: (each[0], each[1], each[2].label)))
        return Found(_columns(), rows, _nothing(), _total(rows), _chart(rows), tuple(_notes(uncovered)))


def _next_month(today: date) -> str:
    return us_date(months_after(today.replace(day=1), 1))


def _end_of_next_month(today: date) -> str:
    return us_date(months_after(today.replace(day=1), 2) - ONE_DAY)


def _freed(patient_id: str, table: Iterable[EligibleRow], asked: Asked) -> Iterator[tuple[date, str, EligibleRow]]:
    for row in table:
        day = row.answer.earliest
        if row.outcome is Outcome.NOT_ALLOWED and day is not None and asked.first <= day <= asked.last:
            yield day, patient_id, row


def _rows(sources: Sources, free: list[tuple[date, str, EligibleRow]]) -> tuple[Row, ...]:
    whom = list(dict.fromkeys(patient_id for _day, patient_id, _row in free))
    with sources.transactions.reading() as uow:
        people: dict[str, Patient] = {}
        for start in range(0, len(whom), PEOPLE_AT_ONCE):
            people |= uow.patients.get_many(whom[start : start + PEOPLE_AT_ONCE])
        visits = uow.figures.visits.next_visits(whom, sources.today)
    rows: list[Row] = []
    for day, patient_id, row in free:
        who = people[patient_id]
        used = tr("{used} of {limit}", used=row.used, limit=row.limit) if row.limit is not None else ""
        visit = visits.get((patient_id, row.request.family))
        rows.append((day, who.name, who.born, who.mrn, who.phone, row.label, used, visit))
    return tuple(rows)


def _columns() -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(tr("Free from"), Cell.DAY, 1.0),
        ReportColumn(tr("Patient"), width=1.8, strong=True, whole=True),
        ReportColumn(tr("Born"), Cell.DAY, 1.0, below=True),
        ReportColumn(tr("Record no."), width=1.0, whole=True, drops=3),
        ReportColumn(tr("Phone"), width=1.3, whole=True),
        ReportColumn(tr("Procedure"), width=2.0),
        ReportColumn(tr("Used"), width=0.7, drops=1),
        ReportColumn(tr("Booked for"), Cell.DAY, 1.0, drops=2),
    )


def _total(rows: tuple[Row, ...]) -> Row | None:
    if not rows:
        return None
    whom = len({row[3] or (row[1], row[2]) for row in rows})
    return tr("Total"), tr_n("{n} patient", "{n} patients", whom), "", "", "", "", "", ""


def _chart(rows: tuple[Row, ...]) -> Chart:
    counts = Counter(str(row[5]) for row in rows)
    names = sorted(counts, key=lambda each: (-counts[each], each))
    return Chart(tr("By procedure"), (tr("patients"),), tuple(Bar(n, (counts[n],), f"{counts[n]:,}") for n in names))


def _notes(uncovered: int) -> Iterator[str]:
    yield tr("“Free from” is the first day on which the published limits are met, as the file stands today. Meeting "
             "them is no promise that the payer will pay. Looked at: who had something done in the last {n} months.",
             n=MONTHS_BACK)  # fmt: skip
    if uncovered:
        yield tr_n("{n} patient has no coverage on file today and is left out.",
                   "{n} patients have no coverage on file today and are left out.", uncovered)  # fmt: skip


def _nothing() -> Nothing:
    return Nothing(tr("No limit frees in these days."), tr("Choose a later last day."))
