"""Fetches the record of acts a page at a time and the details of one, writes it into a file, and has it verified."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tracker.services.audit.audit import PAGE, AuditFilter, AuditPage
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.models.pages_asked import PagesAsked
from tracker.ui.pages.page import PageContext
from tracker.ui.tasks import LatestOnly


class AuditLoader(QObject):
    """`listed` carries pages by number and the count; answers to filters that are left meanwhile are dropped."""

    listed = Signal(object, int)
    page_loaded = Signal(int, object)
    detailed = Signal(object)
    offered = Signal(object, object)
    saved = Signal(int, str)
    refused = Signal(object)
    failed = Signal(object)
    save_failed = Signal(object)
    verified = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._audit = context.services.audit
        self._list = LatestOnly(context.tasks, self, "list")
        self._detail = LatestOnly(context.tasks, self)
        self._offer = LatestOnly(context.tasks, self)
        self._filter = AuditFilter()
        self._asked = PagesAsked()
        self.job = ImportJob()

    def load(self, wanted: AuditFilter, pages: Sequence[int] = (0,)) -> None:
        """Fetch a list, beginning with these pages of it."""
        self._filter = wanted
        self._list.run(
            lambda: {number: self._page(wanted, number) for number in pages},
            lambda found: self.listed.emit(
                {number: page.rows for number, page in found.items()}, next(iter(found.values())).count
            ),
            self.refused.emit,
        )

    def load_page(self, number: int) -> None:
        """Fetch a further page of the list that is shown."""
        wanted = self._filter

        def show(page: AuditPage | None) -> None:
            if wanted == self._filter:
                self.page_loaded.emit(number, page.rows if page is not None else None)

        read = self._asked.asking(number, lambda: self._page(wanted, number))
        self._context.tasks.run(self, read, show, self.failed.emit)

    def load_detail(self, act_id: str) -> None:
        self._detail.run(lambda: self._audit.detail(act_id), self.detailed.emit, self.failed.emit)

    def forget_detail(self) -> None:
        self._detail.cancel()

    def load_offer(self) -> None:
        """Fetch who has acted, and what was ever done."""
        audit = self._audit
        self._offer.run(
            lambda: (audit.people(), audit.kinds()), lambda found: self.offered.emit(*found), self.failed.emit
        )

    def save(self, wanted: AuditFilter, target: Path) -> ImportJob:
        """Write the acts that fit into a file; the job tells how far it is."""
        job = self.job = ImportJob()
        audit = self._audit
        self._context.tasks.run(
            self,
            lambda: audit.save(wanted, target, job.tell, job.is_called_off),
            lambda count: self.saved.emit(count, target.name),
            self.save_failed.emit,
            lane="long",
        )
        return job

    def verify(self) -> ImportJob:
        """Look whether the record is what was written; the job tells how far it is."""
        job = self.job = ImportJob()
        chain = self._context.services.audit_chain
        self._context.tasks.run(
            self, lambda: chain.verify(job.tell, job.is_called_off), self.verified.emit, self.save_failed.emit,
            lane="long",
        )  # fmt: skip
        return job

    def _page(self, wanted: AuditFilter, number: int) -> AuditPage:
        return self._audit.page(wanted, offset=number * PAGE, limit=PAGE)
