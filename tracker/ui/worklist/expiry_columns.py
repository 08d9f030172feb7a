"""The columns of approvals that end, and the buckets they fall into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tracker.domain.language import tr, tr_n
from tracker.domain.reminders import Thresholds
from tracker.domain.us_dates import us_date, weekday_of
from tracker.services.authorizations.expirations import Bucket
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status

if TYPE_CHECKING:
    from tracker.domain.booking import Booking
    from tracker.services.authorizations.expirations import ExpiryRow

ALL = "all"
CHIPS = (ALL, *(bucket.value for bucket in Bucket if bucket is not Bucket.LATER))
_ORDER = tuple(Bucket)


def chip_words(days: Thresholds) -> tuple[tuple[str, str], ...]:
    """Return each chip with its words, the days as the clinic has set them."""
    ahead = (days.first, days.second, days.third)
    words = (tr("All"), tr("Ended, visit to come"), *(tr_n("{n} day", "{n} days", each) for each in ahead))
    return tuple(zip(CHIPS, words, strict=True))


def in_bucket(row: ExpiryRow, chip: str) -> bool:
    """Tell whether a chip shows the row: a number of days holds the nearer ones too."""
    if chip == ALL:
        return True
    wanted = Bucket(chip)
    if wanted is Bucket.ENDED or row.bucket is Bucket.ENDED:
        return row.bucket is wanted
    return _ORDER.index(row.bucket) <= _ORDER.index(wanted)


def counts(rows: Iterable[ExpiryRow]) -> dict[str, int]:
    """Return how many rows each chip would show."""
    shown = tuple(rows)
    return {key: sum(in_bucket(row, key) for row in shown) for key in CHIPS}


def ends_text(row: ExpiryRow) -> str:
    return f"{row.ends:%m/%d} {weekday_of(row.ends)}"


def left_text(row: ExpiryRow) -> str:
    """Return "1 of 2" units left, "no limit" where there is none."""
    open_ones = [line for line in row.lines if not line.denied]
    if row.left is None:
        return tr("no limit")
    return tr("{left} of {sum}", left=row.left, sum=sum(line.units or 0 for line in open_ones))


def parts_text(row: ExpiryRow) -> str:
    """Return what became of the units, code by code."""
    return "; ".join(
        tr("{code}: {granted}, {used} used, {booked} booked", code=line.code, granted=_granted(line.units),
           used=line.used, booked=line.booked)
        for line in row.lines
        if not line.denied
    )  # fmt: skip


def _granted(units: int | None) -> str:
    return tr("no limit") if units is None else tr("{units} granted", units=units)


def _next_visit(row: ExpiryRow) -> Booking | None:
    return row.at_risk[0] if row.at_risk else row.visit


def visit_text(row: ExpiryRow) -> str:
    shown = _next_visit(row)
    return f"{shown.day:%m/%d} {weekday_of(shown.day)}" if shown else "–"


def visit_day(row: ExpiryRow) -> str:
    """Return the whole day of the next visit, "" for none."""
    shown = _next_visit(row)
    return us_date(shown.day) if shown else ""


def inside_text(row: ExpiryRow) -> str:
    """Return whether the next visit lies within the approval's days."""
    if row.renewal is not None and row.at_risk:
        return tr("Extension asked")
    if row.at_risk:
        return tr("No")
    return tr("Yes") if row.visit is not None else "–"


def _inside_status(row: ExpiryRow) -> Status | None:
    if row.renewal is not None and row.at_risk:
        return Status.AUTH
    if row.at_risk:
        return Status.NO
    return Status.OK if row.visit is not None else None


def _codes(row: ExpiryRow) -> str:
    return ", ".join(dict.fromkeys(line.code for line in row.lines if not line.denied))


EXPIRY_COLUMNS: tuple[Column[ExpiryRow], ...] = (
    Column(tr("Ends"), lambda row: row.ends, ends_text, longest="00/00 Wed", strong=True,
           copied=lambda row: us_date(row.ends),
           tone=lambda row: "no" if row.work.expired else "ink"),
    Column(tr("Number"), lambda row: row.work.record.authorization.number, fit=130, drops=4),
    Column(tr("Patient"), lambda row: row.work.patient.name.casefold(), lambda row: row.work.patient.name, strong=True,
           fit=190),
    Column(tr("Born"), lambda row: row.work.patient.born, lambda row: us_date(row.work.patient.born),
           longest="00/00/0000", tone=lambda _row: "ink2", below=True),
    Column(tr("Codes"), _codes, longest="64633, 64634", drops=3),
    Column(tr("Units left"), lambda row: row.left, left_text, RIGHT, longest=tr("00 of 00")),
    Column(tr("Next visit"), lambda row: row.visit.day if row.visit else None, visit_text, longest="00/00 Wed",
           copied=visit_day),
    Column(tr("Inside?"), inside_text, status=_inside_status, fit=140, spoken=tr("Inside the approval"),
           glyph=lambda row: Glyph.TICK if row.visit and not row.at_risk else None),
    Column(tr("Payer"), lambda row: row.work.payer, fit=180, least=90, drops=2, tone=lambda _row: "ink2"),
    Column(tr("Because"), lambda row: row.reason, fit=330, drops=1, tone=lambda _row: "ink2"),
)  # fmt: skip
