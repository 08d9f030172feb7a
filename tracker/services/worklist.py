"""The requests that want somebody's hand: found by one line, a page at a time, with what is late about each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.clock import Clock
from tracker.domain.patient import Patient
from tracker.domain.worklist_query import Reader, WorkQuery
from tracker.services.payers import PayerNames
from tracker.services.transactions import Transactions
from tracker.services.wording import procedure_text
from tracker.storage.worklist import WorkOrder

PAGE = 200

FILTERS: tuple[tuple[str, str], ...] = (
    ("Open", "is:open"),
    ("Mine", "is:open owner:me"),
    ("Late", "is:open is:late"),
    ("Today", "is:open due<=today"),
    ("At the payer", "is:waiting"),
    ("Denied", "is:denied"),
)
"""The filters that every desk has, each a line of the query."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One request. `late`: the follow-up day is past; `overdue`: the payer should have decided."""

    record: AuthorizationRecord
    patient: Patient
    procedure: str
    payer: str
    age: int | None
    late: bool
    overdue: bool
    expired: bool


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Rows from `offset` on, of `count` in all."""

    rows: tuple[WorkRow, ...]
    count: int
    offset: int = 0


class WorklistService:
    """Reads only."""

    def __init__(self, transactions: Transactions, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._payers = payers
        self._clock = clock

    def page(
        self,
        line: str,
        order: WorkOrder = WorkOrder.DUE,
        *,
        offset: int = 0,
        limit: int = PAGE,
        descending: bool = False,
    ) -> WorkPage:
        """Return a page of what the line means. Raises InvalidEntryError for a word without a meaning."""
        query, now = self.read(line), self._clock.now()
        with self._transactions.reading() as uow:
            ids = uow.worklist.find(query, now, order, limit=limit, offset=offset, descending=descending)
            count = uow.worklist.count(query, now)
            records = uow.requests.get_many(ids)
            people = uow.patients.get_many({record.patient_id for record in records.values()})
        return WorkPage(tuple(self._row(records[each], people) for each in ids), count, offset)

    def counts(self, lines: Iterable[str]) -> dict[str, int]:
        """Return how many requests each line means."""
        queries, now = {line: self.read(line) for line in lines}, self._clock.now()
        with self._transactions.reading() as uow:
            return {line: uow.worklist.count(query, now) for line, query in queries.items()}

    def read(self, line: str) -> WorkQuery:
        return Reader(self._clock.today(), self._transactions.user.name, self._payers.named).read(line)

    def _row(self, record: AuthorizationRecord, people: dict[str, Patient]) -> WorkRow:
        today, request = self._clock.today(), record.request
        overdue = request.decide_by is not None and record.status.at_payer and request.decide_by < self._clock.now()
        sent = record.authorization.submitted
        return WorkRow(
            record=record,
            patient=people[record.patient_id],
            procedure=procedure_text(request.family, request.intent, request.approach, request.targets)
            if request.family
            else _codes(record),
            payer=self._payers.name(record.authorization.payer),
            age=(today - sent).days if sent and record.status.at_payer else None,
            late=request.next_action is not None and request.next_action < today,
            overdue=overdue,
            expired=record.expired(today),
        )


def _codes(record: AuthorizationRecord) -> str:
    lines = record.authorization.lines or record.request.asked
    return ", ".join(dict.fromkeys(line.code for line in lines))


def expiring_until(today: date, days: int) -> str:
    """Return the line of approvals that end within so many days, for the list of expirations."""
    return f"is:approved ends<={(today + timedelta(days=days)).isoformat()}"
