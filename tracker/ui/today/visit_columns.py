"""The columns of visits: of one day by time, and of the days ahead by date and time."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from tracker.domain.booking import BookingStatus
from tracker.domain.language import tr
from tracker.domain.us_dates import day_in_year, us_date
from tracker.domain.verdict import Outcome
from tracker.services.words.wording import us_time
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status, status_of

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow
    from tracker.ui.identifiers import Identifiers

STATUS_WORDS = {
    BookingStatus.HELD: (tr("Held"), Glyph.DASH),
    BookingStatus.BOOKED: (tr("Booked"), Glyph.RING),
    BookingStatus.CONFIRMED: (tr("Confirmed"), Glyph.TICK),
    BookingStatus.ARRIVED: (tr("Arrived"), Glyph.DOT),
    BookingStatus.DONE: (tr("Done"), Glyph.TICK),
    BookingStatus.CANCELLED: (tr("Cancelled"), Glyph.CROSS),
    BookingStatus.NO_SHOW: (tr("No-show"), Glyph.DASH),
}


WAS_WORDS = {
    Outcome.ALLOWED: tr("Allowed"),
    Outcome.CAUTION: tr("Caution"),
    Outcome.NEEDS_AUTHORIZATION: tr("Needs auth"),
    Outcome.UNKNOWN: tr("Cannot tell"),
    Outcome.NOT_ALLOWED: tr("Not allowed"),
}


_LONGEST_NUMBER, _END_OF_NUMBER = 10, 8


def time_text(row: DayRow) -> str:
    """Return "9:30 AM", or that no time was set."""
    return us_time(row.booking.starts) if row.booking.starts else tr("no time")


def flag_status(row: DayRow) -> Status | None:
    """Return what the flag means, None where nothing is on record."""
    if row.pending or (row.past and row.booking.verdict is None):
        return None
    return Status.NEUTRAL if row.overridden else status_of(row.outcome)


def flag_glyph(row: DayRow) -> Glyph | None:
    """Return the glyph where it is not that of the status."""
    return Glyph.TURN if row.overridden else None


def flag_words(row: DayRow) -> str:
    """Return the flag; where the answer changed unseen, behind what it was."""
    was = row.news.was_outcome if row.news else None
    return f"{WAS_WORDS[was]} → {row.flag}" if was else row.flag


def authorization_text(row: DayRow) -> str:
    """Return the approval; of a long number its end, the whole of it stands in the strip below the list."""
    number, comma, rest = row.authorization.partition(",")
    shown = f"…{number[-_END_OF_NUMBER:]}" if len(number) > _LONGEST_NUMBER else number
    return f"{shown}{comma}{rest}"


def _visit_status(row: DayRow) -> Status:
    return Status.OK if row.booking.status is BookingStatus.ARRIVED else Status.NEUTRAL


def _who(names: Identifiers) -> tuple[Column[DayRow], ...]:
    """Return the two identifiers; in privacy mode initials and record number."""
    second: Column[DayRow] = Column(tr("Born"), lambda row: row.patient.born, lambda row: us_date(row.patient.born),
                                    longest="00/00/0000", tone=lambda _row: "ink2", below=True)  # fmt: skip
    if names.hidden:
        second = Column(
            tr("Record"),
            lambda row: names.number(row.patient),
            fit=120,
            tone=lambda _row: "ink2",
            whole=True,
            below=True,
        )
    return (
        Column(tr("Patient"), lambda row: row.patient.name.casefold(), lambda row: names.name(row.patient), strong=True,
               fit=220),
        second,
    )  # fmt: skip


def _shared(names: Identifiers, drop_first: int) -> tuple[Column[DayRow], ...]:
    """Return what both lists show; on narrow windows provider, authorization, coverage, status go in this order."""
    return (
        *_who(names),
        Column(tr("Procedure"), lambda row: row.procedure, fit=320, whole=True),
        Column(tr("Prov."), lambda row: row.provider, fit=110, tone=lambda _row: "ink2", drops=drop_first,
               spoken=tr("Provider")),
        Column(tr("Coverage"), lambda row: row.coverage, fit=190, least=84, drops=drop_first + 2),
        Column(tr("Verdict"), lambda row: row.outcome, flag_words, status=flag_status, glyph=flag_glyph,
               fit=240, tinted=lambda row: row.flagged),
        Column(tr("Authorization"), lambda row: row.authorization, authorization_text, fit=200,
               copied=lambda row: row.authorization, tone=lambda _row: "ink2", drops=drop_first + 1),
        Column(tr("Status"), lambda row: list(BookingStatus).index(row.booking.status),
               lambda row: STATUS_WORDS[row.booking.status][0], status=_visit_status, tinted=lambda _row: False,
               glyph=lambda row: STATUS_WORDS[row.booking.status][1], longest=tr("Confirmed"), drops=drop_first + 3),
    )  # fmt: skip


def day_columns(names: Identifiers) -> tuple[Column[DayRow], ...]:
    return (
        Column(tr("Time"), lambda row: row.booking.starts, time_text, RIGHT, longest=tr("12:00 PM")),
        *_shared(names, 1),
    )


def ahead_columns(names: Identifiers) -> tuple[Column[DayRow], ...]:
    return (
        Column(tr("Date"), lambda row: datetime.combine(row.booking.day, row.booking.starts or time.max),
               lambda row: day_in_year(row.booking.day), longest="Wed 00/00",
               copied=lambda row: us_date(row.booking.day)),
        Column(tr("Time"), lambda row: row.booking.starts, time_text, RIGHT, longest=tr("12:00 PM"), drops=5),
        *_shared(names, 1),
    )  # fmt: skip
