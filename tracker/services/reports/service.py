"""Makes reports, writes them as files, and puts on record who took one out of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from tracker.domain.date_entry import NextWanted, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.exchange.sheet_file import SheetCell, put, sheet_text, write_sheet
from tracker.services.desk.desk import NAME
from tracker.services.pace import Pace, never, unheard
from tracker.services.reports.kinds import report_kinds
from tracker.services.reports.pace import ReportCancelledError
from tracker.services.reports.shape import (
    FROM,
    TO,
    Answered,
    Ask,
    Asked,
    Cell,
    Parameter,
    Report,
    ReportColumn,
    Value,
    shown_row,
)
from tracker.services.reports.sources import ReportKind, Sources
from tracker.services.words.wording import us_moment
from tracker.storage.records import Act

MOST_DAYS = 366
_FORMATS = {
    Cell.COUNT: "#,##0",
    Cell.SHARE: "0%",
    Cell.DAYS: "#,##0.0",
    Cell.DAY: "mm/dd/yyyy",
    Cell.TIME: "h:mm AM/PM",
    Cell.MONEY: "$#,##0.00",
}


class Way(StrEnum):
    """How a report leaves the program."""

    PRINT = "print"
    PDF = "save as PDF"
    SHEET = "save as spreadsheet"
    COPY = "copy"


class ReportService:
    """`make` may take long and can be called off. Making a report leaves no act, taking it out of the program does."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._kinds = {kind.id: kind for kind in report_kinds()}

    def kinds(self) -> tuple[ReportKind, ...]:
        """Return every report in the order of the list."""
        return tuple(self._kinds.values())

    def read(self, report_id: str, typed: Mapping[str, str]) -> Asked:
        """Return the parameters as typed. Raises InvalidEntryError, whose `about` is the parameter to mend."""
        asked = Asked()
        for parameter in self._kinds[report_id].parameters:
            text = typed.get(parameter.id, "").strip()
            if parameter.ask is Ask.DAY:
                asked.days[parameter.id] = self._day(parameter, text)
            else:
                asked.counts[parameter.id] = _count(parameter, text)
        if FROM in asked.days and TO in asked.days and asked.first > asked.last:
            title = tr("{first} is after {last}.", first=us_date(asked.first), last=us_date(asked.last))
            raise InvalidEntryError(title, "", tr("Choose a last day on or after the first."), about=TO)
        return asked

    def make(
        self,
        report_id: str,
        asked: Asked,
        progress: Callable[[int, int], None] = unheard,
        cancelled: Callable[[], bool] = never,
    ) -> Report:
        """Make a report. Raises ReportCancelledError."""
        kind, sources = self._kinds[report_id], self._sources
        found = kind.make(sources, asked, Pace(progress, cancelled, ReportCancelledError))
        with sources.transactions.reading() as uow:
            clinic = uow.clinic.settings().get(NAME, "")
            new = not found.rows and found.nothing.of_visits and not uow.figures.visits.any_on_file()
        nothing = replace(found.nothing, step=_first_step(), first=True) if new else found.nothing
        return Report(
            kind.id, kind.title, tuple(_words(kind, asked)), found.columns, found.rows, found.totals, found.chart,
            found.notes, nothing, kind.people, clinic, sources.transactions.user.name, sources.clock.now(),
        )  # fmt: skip

    def save(self, report: Report, target: Path, pace: Pace | None = None) -> None:
        """Write a report as a spreadsheet. Raises ExportError, or when called off; what lay there stays then."""
        head = [(report.title,), (report.clinic,), *report.parameters, (tr("Made by"), report.made_by),
                (tr("Made at"), us_moment(report.made_at)), (phi_words(),)]  # fmt: skip
        body = [*report.rows, *([report.totals] if report.totals else [])]
        rows = [[_cell(column, value) for column, value in zip(report.columns, row, strict=True)] for row in body]
        write_sheet(target, report.title, head, [column.title for column in report.columns], rows, report.notes,
                    (pace or Pace()).tell)  # fmt: skip

    def put(self, content: bytes, target: Path) -> None:
        """Write a finished file whole or not at all. Raises ExportError."""
        put(content, target)

    def text(self, report: Report) -> str:
        """Return a report as tab separated text that no spreadsheet takes for a formula."""
        body = [*report.rows, *([report.totals] if report.totals else [])]
        head = tuple(column.title for column in report.columns)
        return sheet_text([head, *(shown_row(report.columns, row) for row in body)], _figures(report.columns))

    def taken_out(self, report_id: str, way: Way) -> None:
        """Put on record that a report left the program, and how."""
        with self._sources.transactions.writing() as uow:
            uow.commit(Act(f"{way.value}: report", "report", report_id))

    def _day(self, parameter: Parameter, text: str) -> date:
        if not text:
            title = tr("“{field}” is empty.", field=parameter.title)
            raise InvalidEntryError(title, "", tr("Type a day, such as 11/01, t or -30."), about=parameter.id)
        try:
            return parse_day(text, self._sources.today)
        except NextWanted:
            raise InvalidEntryError(
                tr("“n” has no meaning here."), "", tr("Type a day, such as 11/01, t or -30."), text, about=parameter.id
            ) from None
        except InvalidEntryError as error:
            raise InvalidEntryError(error.title, error.detail, error.remedy, text, about=parameter.id) from None


def _first_step() -> str:
    return tr("No injection is on file yet. Book the first visit, or bring patients and their history in by Ctrl+I.")


def phi_words() -> str:
    """Return what stands on everything that leaves the program."""
    return tr("Contains protected health information (PHI)")


def _count(parameter: Parameter, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_DAYS):
        raise InvalidEntryError(
            tr("“{text}” is no number of days.", text=text), "", tr("Type 1 to {most}.", most=MOST_DAYS), text,
            about=parameter.id,
        )  # fmt: skip
    return int(text)


def _words(kind: ReportKind, asked: Asked) -> list[tuple[str, str]]:
    return [
        (each.title, us_date(asked.days[each.id], True) if each.ask is Ask.DAY else f"{asked.counts[each.id]:,}")
        for each in kind.parameters
    ]


def _cell(column: ReportColumn, value: Value) -> SheetCell:
    if isinstance(value, Answered):
        return SheetCell(value.words)
    if column.cell is Cell.MONEY and isinstance(value, int | float):
        value = value / 100
    return SheetCell(value, _FORMATS.get(column.cell, "") if not isinstance(value, str) else "")


def _figures(columns: tuple[ReportColumn, ...]) -> frozenset[int]:
    """Return the places of columns that hold figures of our own: a minus there is no formula."""
    return frozenset(place for place, column in enumerate(columns) if column.cell not in (Cell.TEXT, Cell.ANSWER))
