"""Where backups go and which are kept: the clinic's choice, and the rotation that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr

DAILY, WEEKLY, MONTHLY = 12, 10, 9
"""As Anki keeps them: about nine months back, closer together the newer they are."""
OF_A_DAY = 3
"""So many of the newest day stay: the one made on closing never throws away the one made by hand before."""
MOST_KEPT, MOST_DAYS = 500, 90


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """`folder`: "" for none yet. `keep`: so many of the newest; 0 for 12 daily, 10 weekly, 9 monthly ones and 3 of
    the newest day. `remind_days`: after so many days without a backup the status line says so.
    """

    folder: str = ""
    keep: int = 0
    remind_days: int = 3


def check_plan(wanted: BackupPlan) -> BackupPlan:
    """Return it. Raises InvalidEntryError, `about` naming the field."""
    if not 0 <= wanted.keep <= MOST_KEPT:
        told = tr("{n} backups cannot be kept.", n=wanted.keep)
        remedy = tr("Type 1 to 500, or 0 for 12 daily, 10 weekly and 9 monthly ones.")
        raise InvalidEntryError(told, "", remedy, str(wanted.keep), about="keep")
    if not 1 <= wanted.remind_days <= MOST_DAYS:
        told = tr("The reminder cannot come after {n} days.", n=wanted.remind_days)
        raise InvalidEntryError(told, "", tr("Type 1 to 90."), str(wanted.remind_days), about="remind_days")
    return wanted


def kept_backups(moments: Iterable[datetime], keep: int) -> frozenset[datetime]:
    """Return which of the backups made at these moments stay; the newest always does, and three of its day.

    Days, weeks and months are those of the moments' own zone; only such count in which a backup was made.
    """
    newest_first = sorted(moments, reverse=True)
    if keep:
        return frozenset(newest_first[:keep])
    days = _newest_of(newest_first, DAILY, lambda moment: moment.date())
    weeks = _newest_of(newest_first, WEEKLY, lambda moment: moment.isocalendar()[:2])
    months = _newest_of(newest_first, MONTHLY, lambda moment: (moment.year, moment.month))
    latest = (moment for moment in newest_first if moment.date() == newest_first[0].date())
    return days | weeks | months | frozenset(list(latest)[:OF_A_DAY])


def _newest_of(
    newest_first: Iterable[datetime], most: int, span_of: Callable[[datetime], object]
) -> frozenset[datetime]:
    """Return the newest of each span, of so many spans."""
    found: dict[object, datetime] = {}
    for moment in newest_first:
        found.setdefault(span_of(moment), moment)
    return frozenset(list(found.values())[:most])
