"""Fetches what the worklist shows: pages of it, what the chips count, what stands beside one request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from tracker.domain.checklist_state import Checklist
from tracker.domain.errors import InvalidEntryError
from tracker.domain.worklist_query import WorkOrder
from tracker.services.authorizations.worklist import FILTERS, PAGE
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.models.pages_asked import PagesAsked
from tracker.ui.pages.page import PageContext
from tracker.ui.tasks import LatestOnly

BOARD_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Listing:
    """Which list: the line, what it is sorted by, and which way round."""

    line: str
    order: WorkOrder = WorkOrder.DUE
    descending: bool = False


class WorkLoader(QObject):
    """`listed` carries pages by number and the count; answers to lists that are left meanwhile are dropped."""

    listed = Signal(object, object, int)
    board_loaded = Signal(object, object)
    page_loaded = Signal(int, object)
    counted = Signal(object)
    detailed = Signal(object)
    checklisted = Signal(str, object)
    all_loaded = Signal(object)
    all_failed = Signal(object)
    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._worklist = context.services.worklist
        self._list = LatestOnly(context.tasks, self, "list")
        self._counts = LatestOnly(context.tasks, self, "list")
        self._detail = LatestOnly(context.tasks, self)
        self._checklist = LatestOnly(context.tasks, self)
        self._listing = Listing("")
        self._asked = PagesAsked()
        self.job = ImportJob()

    def load(self, listing: Listing, pages: Sequence[int] = (0,)) -> None:
        """Fetch a list, beginning with these pages of it."""
        self._listing = listing
        self._list.run(
            lambda: [(number, self._page(listing, number)) for number in pages],
            lambda found: self.listed.emit(
                listing, {number: page.rows for number, page in found}, found[0][1].count if found else 0
            ),
            self.refused.emit,
        )

    def load_page(self, number: int) -> None:
        """Fetch a further page of the list that is shown."""
        listing = self._listing

        def show(page: Any) -> None:
            if listing == self._listing:
                self.page_loaded.emit(number, page.rows if page is not None else None)

        read = self._asked.asking(number, lambda: self._page(listing, number))
        self._context.tasks.run(self, read, show, self.failed.emit)

    def load_all(self) -> ImportJob:
        """Fetch every row of the list, to be copied; the job tells how far it is."""
        listing, worklist = self._listing, self._worklist
        self.job.call_off()
        job = self.job = ImportJob()

        def every() -> list[Any]:
            count = worklist.page(listing.line, listing.order, limit=1).count
            return [
                row
                for part in job.pace().chunks(range(count), PAGE)
                for row in worklist.page(
                    listing.line, listing.order, offset=part[0], limit=len(part), descending=listing.descending
                ).rows
            ]

        self._context.tasks.run(self, every, self.all_loaded.emit, self.all_failed.emit, lane="long")
        return job

    def load_board(self, listing: Listing) -> None:
        """Fetch the rows of the columns, as many as they can hold."""
        self._listing = listing
        self._list.run(
            lambda: self._worklist.page(listing.line, limit=BOARD_ROWS),
            lambda page: self.board_loaded.emit(listing, page),
            self.refused.emit,
        )

    def load_counts(self) -> None:
        lines = [line for _name, line in FILTERS]
        self._counts.run(lambda: self._worklist.counts(lines), self.counted.emit, self.failed.emit)

    def load_detail(self, record_id: str) -> None:
        self._detail.run(lambda: self._worklist.detail(record_id), self.detailed.emit, self.failed.emit)

    def load_checklist(self, record_id: str) -> None:
        """Fetch how the request's checklist stands; one without a procedure has none."""
        checklists = self._context.services.checklists

        def read() -> Checklist | None:
            try:
                return checklists.for_request(record_id)
            except InvalidEntryError:
                return None

        self._checklist.run(read, lambda found: self.checklisted.emit(record_id, found), self.failed.emit)

    def forget_detail(self) -> None:
        self._detail.cancel()
        self._checklist.cancel()

    def _page(self, listing: Listing, number: int) -> Any:
        return self._worklist.page(
            listing.line, listing.order, offset=number * PAGE, limit=PAGE, descending=listing.descending
        )
