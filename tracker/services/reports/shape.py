"""The shape that every report has: what was asked, columns, rows, totals, a chart, and what to know about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.services.words.wording import us_time


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer in words; `outcome` gives it its glyph and colour, `tinted` where somebody has to act."""

    words: str
    outcome: Outcome
    tinted: bool = False


Value = str | int | float | date | time | Answered | None
Row = tuple[Value, ...]


class Cell(StrEnum):
    """What stands in a column. Money is in cents, a share between 0 and 1."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    DAYS = "days"
    DAY = "day"
    TIME = "time"
    MONEY = "money"
    ANSWER = "answer"

    @property
    def figure(self) -> bool:
        """Tell whether it stands at the right."""
        return self in (Cell.COUNT, Cell.SHARE, Cell.DAYS, Cell.MONEY, Cell.TIME)


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """`width` is its part of a page beside the others'; `strong` for whom or what the row is about.

    `whole`: never cut short on the screen. `drops` > 0: on narrow windows columns vanish in this order, 1 first; on
    paper and in files they never do. `below`: where that is not enough it stands below the column before it.
    """

    title: str
    cell: Cell = Cell.TEXT
    width: float = 1.0
    strong: bool = False
    whole: bool = False
    drops: int = 0
    below: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a value for each part of the chart, and the words at its end."""

    label: str
    parts: tuple[float, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars below each other. `parts` names what each piece of a bar is; one name needs no key."""

    title: str
    parts: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there is nothing to show, and what to do next.

    `of_visits`: it fills as visits are booked. `first`: no visit is on file at all, so that no other days help.
    """

    why: str
    step: str
    of_visits: bool = True
    first: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a kind of report has found: `nothing` is said where there are no rows, `notes` stand below them."""

    columns: tuple[ReportColumn, ...]
    rows: tuple[Row, ...]
    nothing: Nothing
    totals: Row | None = None
    chart: Chart | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report as made: `parameters` in words, who made it when, and whether its rows name patients (`people`)."""

    id: str
    title: str
    parameters: tuple[tuple[str, str], ...]
    columns: tuple[ReportColumn, ...]
    rows: tuple[Row, ...]
    totals: Row | None
    chart: Chart | None
    notes: tuple[str, ...]
    nothing: Nothing
    people: bool
    clinic: str
    made_by: str
    made_at: datetime

    @property
    def about(self) -> str:
        """Return the parameters as one line."""
        return ", ".join(f"{title} {value}" for title, value in self.parameters)


class Ask(StrEnum):
    """What a parameter is: a day as the desk types it, or a number of days."""

    DAY = "day"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing to fill in above a report; `first` is what stands there at first, as it would be typed."""

    id: str
    title: str
    ask: Ask
    first: Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters as read: days and counts by id."""

    days: dict[str, date] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def first(self) -> date:
        return self.days[FROM]

    @property
    def last(self) -> date:
        return self.days[TO]


FROM, TO = "from", "to"


def span(first: Callable[[date], str], last: Callable[[date], str] = lambda _today: "t") -> tuple[Parameter, ...]:
    """Return the two parameters of a report over days, both ends included."""
    return Parameter(FROM, tr("From"), Ask.DAY, first), Parameter(TO, tr("To"), Ask.DAY, last)


def back(days: int) -> Callable[[date], str]:
    """Return what is typed for so many days ago."""
    return lambda _today: f"-{days}"


def shown(cell: Cell, value: Value) -> str:
    """Return a value as it is read: "45%", "$1,234.50", "11/24/2026", "9:30 AM"."""
    if value is None:
        return "–"
    if isinstance(value, date):
        return us_date(value)
    if isinstance(value, time):
        return us_time(value)
    if isinstance(value, Answered):
        return value.words
    if isinstance(value, str):
        return value
    if cell is Cell.SHARE:
        return f"{value:.0%}"
    if cell is Cell.MONEY:
        return f"${value / 100:,.2f}"
    return f"{value:,.1f}" if isinstance(value, float) and value != int(value) else f"{int(value):,}"


def shown_row(columns: Sequence[ReportColumn], row: Sequence[Value]) -> tuple[str, ...]:
    """Return a row as text; cells of a total that add nothing up are empty."""
    return tuple("" if value == "" else shown(column.cell, value) for column, value in zip(columns, row, strict=True))


def share(part: int, whole: int) -> float | None:
    """Return what part of the whole it is, None of nothing."""
    return part / whole if whole else None
