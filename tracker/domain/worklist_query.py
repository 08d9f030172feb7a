"""The one line by which the worklist is narrowed: `is:open payer:aetna due<=today owner:me smith` (ux.md 5.5)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tracker.domain.authorization import AuthorizationStatus as Status
from tracker.domain.date_entry import NextWanted, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import msg, tr

STATES: dict[str, frozenset[Status]] = {
    "draft": frozenset({Status.DRAFT}),
    "sent": frozenset({Status.SUBMITTED}),
    "pending": frozenset({Status.PENDED}),
    "more": frozenset({Status.MORE_WANTED}),
    "waiting": frozenset(each for each in Status if each.at_payer),
    "approved": frozenset(each for each in Status if each.grants),
    "partial": frozenset({Status.PARTIALLY_APPROVED, Status.MODIFIED}),
    "denied": frozenset({Status.DENIED}),
    "appealed": frozenset({Status.APPEALED}),
    "closed": frozenset({Status.CANCELLED, Status.WITHDRAWN, Status.NOT_REQUIRED}),
}
"""What `is:` may say about the status; MARKS are about days and stand apart."""

MARKS = {
    "open": "open",
    "overdue": "late",
    "late": "late",
    "appealable": "appealable",
    "unbooked": "unbooked",
}
"""`is:` words that ask for a mark of the query, and the mark that they ask for."""

NOBODY = ""


class WorkOrder(StrEnum):
    """What the list is sorted by; the soonest, or the first by name, stands on top."""

    DUE = "due"
    STATUS = "status"
    PATIENT = "patient"
    PAYER = "payer"
    ENDS = "ends"
    OWNER = "owner"


_WAYS = msg("Type words such as is:open, is:overdue, payer:aetna, owner:me, due<=today, ends<14, or a name or number.")
_PART = re.compile(r"(?P<key>is|payer|owner|due|ends)(?P<sign>:|<=|<)(?P<value>.+)", re.IGNORECASE)
_WORD = re.compile(r'(?:[^\s"“”]|["“”][^"“”]*(?:["“”]|$))+')
_QUOTES = str.maketrans("", "", '"“”')
"""What stands between quotes is one word; some keyboards and papers write them round."""


@dataclass(frozen=True, slots=True)
class WorkQuery:
    """Which requests are wanted; what is None or empty asks nothing. Days are included.

    `open`: whatever wants a hand: what waits for the desk or the payer, what has a day to look at it (a denial that may
    be fought), an approval that ends soon with nothing booked. `late`: the day has passed, or the decision is overdue.
    `appealable`: a denial whose appeal clock runs. `unbooked`: an approval that ends soon with nothing booked.
    """

    statuses: frozenset[Status] = frozenset()
    open: bool = False
    late: bool = False
    appealable: bool = False
    unbooked: bool = False
    payers: frozenset[str] | None = None
    owner: str | None = None
    due_until: date | None = None
    ends_until: date | None = None
    name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """What the words of a line are read by: the day, who is signed in, and which payers a name may mean."""

    today: date
    user: str
    payers_named: Callable[[str], frozenset[str]]

    def read(self, text: str) -> WorkQuery:
        """Return the query of a line. Raises InvalidEntryError for a word that has no meaning."""
        query = WorkQuery()
        for word in _words(text):
            part = _PART.fullmatch(word)
            query = self._narrowed(query, part) if part else _named(query, word)
        return query

    def _narrowed(self, query: WorkQuery, part: re.Match[str]) -> WorkQuery:
        key, value = part["key"].casefold(), part["value"].strip()
        if key == "is":
            return _with_state(query, value.casefold())
        if key == "payer":
            return replace(query, payers=self._payers(value))
        if key == "owner":
            return replace(query, owner=self._owner(value))
        day = self._day(value, part["sign"])
        return replace(query, due_until=day) if key == "due" else replace(query, ends_until=day)

    def _payers(self, value: str) -> frozenset[str]:
        found = self.payers_named(value)
        if not found:
            raise InvalidEntryError(
                tr("No payer is called “{value}”.", value=value), "", tr("Type the beginning of its name."), value
            )
        return found

    def _owner(self, value: str) -> str:
        names = {"me": self.user, "nobody": NOBODY}
        return names.get(value.casefold(), value)

    def _day(self, value: str, sign: str) -> date:
        """Read a day, or a number of days from today; "<" leaves the day itself out."""
        try:
            day = parse_day(f"+{value}" if value.isdigit() else value, self.today)
        except NextWanted:
            raise InvalidEntryError(tr("“{text}” is no date.", text=value), "", tr(_WAYS), value) from None
        return day if sign != "<" or value.isdigit() else date.fromordinal(day.toordinal() - 1)


def _words(line: str) -> list[str]:
    """Return the words of a line; quotes hold together what is between them, to the end where they are not closed."""
    return [word for each in _WORD.findall(line) if (word := each.translate(_QUOTES).strip())]


def _with_state(query: WorkQuery, value: str) -> WorkQuery:
    if value in MARKS:
        marks = {MARKS[value]: True}
        return replace(query, **marks)  # type: ignore[arg-type]  # MARKS names marks only
    if value not in STATES:
        raise InvalidEntryError(
            tr("“is:{value}” means nothing here.", value=value),
            "",
            tr("is: may be {words}.", words=", ".join((*MARKS, *STATES))),
            value,
        )
    return replace(query, statuses=query.statuses | STATES[value])


def _named(query: WorkQuery, word: str) -> WorkQuery:
    if any(char.isdigit() for char in word):
        return replace(query, number=word)
    return replace(query, name=f"{query.name} {word}".strip())
