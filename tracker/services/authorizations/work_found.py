"""What was found of the worklist, kept while nobody writes: how many each query means, and the list looked at."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.worklist_query import WorkOrder, WorkQuery
from tracker.services.transactions import Transactions
from tracker.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Listing:
    """A query as of a minute, and how what it means is sorted."""

    query: WorkQuery
    today: date
    now: datetime
    order: WorkOrder = WorkOrder.DUE
    descending: bool = False


class FoundWork:
    """Forgets what was found as soon as somebody has written, here or at another desk."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._findings = Findings(None)

    def now(self) -> Findings:
        """Return what still holds. To be asked before reading begins: what is written meanwhile shows the next time."""
        revision = self._transactions.database.revision()
        if self._findings.revision != revision:
            self._findings = Findings(revision)
        return self._findings


class Findings:
    """Counts, and one list: it is put in order once, not for each page of it, and kept as numbers of eight bytes."""

    def __init__(self, revision: Hashable) -> None:
        self.revision = revision
        self._counts: dict[tuple[WorkQuery, date, datetime], int] = {}
        self._listed: tuple[Listing, array[int]] | None = None

    def counts(self, uow: UnitOfWork, listings: Iterable[Listing]) -> tuple[int, ...]:
        """Return how many each means; those that are not known yet are counted together."""
        keys = [(each.query, each.today, each.now) for each in listings]
        missing = list(dict.fromkeys(key for key in keys if key not in self._counts))
        self._counts.update(zip(missing, uow.worklist.counts(missing), strict=True))
        return tuple(self._counts[key] for key in keys)

    def page(self, uow: UnitOfWork, listing: Listing, offset: int, limit: int) -> tuple[tuple[str, ...], int]:
        """Return the ids of a page, and how many there are in all. The first page is found without the others."""
        listed = self._listed
        asked = (listing.query, listing.today, listing.now, listing.order)
        if listed is None or listed[0] != listing:
            if not offset:
                ids = uow.worklist.find(*asked, limit=limit, descending=listing.descending)
                return ids, len(ids) if len(ids) < limit else self.counts(uow, (listing,))[0]
            self._listed = listed = listing, uow.worklist.numbers(*asked, descending=listing.descending)
        numbers = listed[1]
        return uow.worklist.ids(numbers[offset : offset + limit]), len(numbers)
