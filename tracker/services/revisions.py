"""Whether anything was written since a screen last looked, at this desk or another: told without reading a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.clock import Clock
from tracker.services.transactions import Transactions


@dataclass(frozen=True, slots=True)
class Revision:
    """As of which day, and after which writing, something was read."""

    day: date
    file: tuple[int, int]


class RevisionService:
    """Two revisions are equal when nothing that is read from the file can have changed between them."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def current(self) -> Revision:
        return Revision(self._clock.today(), self._transactions.database.revision())
