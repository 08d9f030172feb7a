"""The requests that want somebody's hand: found by one line, a page at a time, with what is late about each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracker.domain.booking import Booking
from tracker.domain.clock import Clock
from tracker.domain.language import tr, tr_for
from tracker.domain.worklist_query import Reader, WorkOrder, WorkQuery
from tracker.services.answers.charts import Chart
from tracker.services.authorizations.request_facts import provider_of, site_of
from tracker.services.authorizations.work_found import FoundWork, Listing
from tracker.services.authorizations.work_rows import WorkRow, work_row
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames

PAGE = 50
"""Few enough that a page which comes in while somebody scrolls holds up no frame."""

FILTERS: tuple[tuple[str, str], ...] = (
    (tr_for("requests", "Open"), "is:open"),
    (tr("Mine"), "is:open owner:me"),
    (tr("Overdue"), "is:overdue"),
    (tr("Today"), "due<=today"),
    (tr("Waiting"), "is:waiting"),
    (tr("Denied, clock runs"), "is:appealable"),
    (tr("Ends, not booked"), "is:unbooked"),
)
"""The filters that every desk has, each a line of the query."""
OPEN_LINE = FILTERS[0][1]


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Rows from `offset` on, of `count` in all."""

    rows: tuple[WorkRow, ...]
    count: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class WorkDetail:
    """One request with the names behind its ids, and the visits to come of its procedure."""

    row: WorkRow
    member: str
    provider: str
    site: str
    visits: tuple[Booking, ...]


class WorklistService:
    """Reads only."""

    def __init__(self, transactions: Transactions, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._payers = payers
        self._clock = clock
        self._found = FoundWork(transactions)

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
        listing = replace(self._listing(line), order=order, descending=descending)
        found = self._found.now()
        with self._transactions.reading() as uow:
            ids, count = found.page(uow, listing, offset, limit)
            records = uow.requests.get_many(ids)
            whose = {record.patient_id for record in records.values()}
            people, coverages = uow.patients.get_many(whose), uow.patients.list_coverages_of(list(whose))
        today, now = listing.today, self._clock.now()
        rows = (
            work_row(record, people[record.patient_id], coverages.get(record.patient_id, ()), self._payers, today, now)
            for record in (records[each] for each in ids)
        )
        return WorkPage(tuple(rows), count, offset)

    def line_of(self, record_id: str) -> str:
        """Return the line that finds a request among those of its patient, whatever became of it."""
        with self._transactions.reading() as uow:
            patient = uow.patients.get(uow.requests.get(record_id).patient_id)
        return patient.mrn or patient.last

    def counts(self, lines: Iterable[str]) -> dict[str, int]:
        """Return how many requests each line means."""
        listings = {line: self._listing(line) for line in lines}
        found = self._found.now()
        with self._transactions.reading() as uow:
            return dict(zip(listings, found.counts(uow, listings.values()), strict=True))

    def read(self, line: str) -> WorkQuery:
        return Reader(self._clock.today(), self._transactions.user.name, self._payers.named).read(line)

    def _listing(self, line: str) -> Listing:
        """Return what a line means as of today; what is late, as of this minute."""
        query, now = self.read(line), self._clock.now().replace(second=0, microsecond=0)
        return Listing(query, self._clock.today(), now if query.late else now.replace(hour=0, minute=0))

    def filter_named(self, line: str) -> str | None:
        """Return the name of the filter that means the same as a line, None when none does."""
        meant = self.read(line)
        return next((name for name, each in FILTERS if self.read(each) == meant), None)

    def detail(self, record_id: str) -> WorkDetail:
        """Return everything that stands beside one request. Raises NotFoundError."""
        with self._transactions.reading() as uow:
            record = uow.requests.get(record_id)
            chart = Chart.load(uow, record.patient_id)
            visits = uow.bookings.list_for(record.patient_id)
        today, request = self._clock.today(), record.request
        row = work_row(record, chart.patient, chart.coverages, self._payers, today, self._clock.now())
        site = site_of(chart, request)
        provider = provider_of(chart, request.rendering_provider_id, request.rendering_outside)
        coverage = next((each for each in chart.coverages if each.id == request.coverage_id), None)
        return WorkDetail(
            row,
            member=coverage.member_id if coverage else "",
            provider=provider.name if provider else "",
            site=site.name if site else "",
            visits=tuple(
                each
                for each in visits
                if each.event.family is request.family and each.status.open and each.day >= today
            ),
        )

    def owners(self) -> tuple[str, ...]:
        """Return who follows requests now, whoever is signed in first."""
        with self._transactions.reading() as uow:
            return tuple(dict.fromkeys((self._transactions.user.name, *uow.worklist.owners())))
