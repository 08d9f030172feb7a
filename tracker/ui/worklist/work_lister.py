"""Which list stands on the page: asks for it, shows table or columns when it has come, says what has no meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.services.authorizations.worklist import FILTERS, OPEN_LINE
from tracker.ui.clipboard import copy_private
from tracker.ui.pages.page import PageContext
from tracker.ui.theme.status import Status
from tracker.ui.widgets.table_text import copied_words
from tracker.ui.worklist.work_bar import COLUMNS, TABLE, WorkBar
from tracker.ui.worklist.work_columns import ORDERS
from tracker.ui.worklist.work_loader import Listing, WorkLoader
from tracker.ui.worklist.work_views import WorkViews

if TYPE_CHECKING:
    from tracker.services.authorizations.work_rows import WorkRow
    from tracker.services.authorizations.worklist import WorkPage


class WorkLister(QObject):
    """`view_turned` comes when the other face is in front. The hands stay on their request, or go to `go_to`.

    Where the list does not hold that one, it is narrowed to its patient: the hands must not be left on another's.
    """

    view_turned = Signal()

    def __init__(
        self, context: PageContext, bar: WorkBar, views: WorkViews, loader: WorkLoader, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._bar, self._views, self._loader = bar, views, loader
        self._listing = Listing(OPEN_LINE)
        self._wanted = self._sought = ""
        self._connect()
        bar.show_line(OPEN_LINE, FILTERS[0][0])

    def _connect(self) -> None:
        loader, table = self._loader, self._views.list.table
        self._bar.line_wanted.connect(self.show_line)
        self._bar.view_wanted.connect(self.show_view)
        loader.listed.connect(self._on_listed)
        loader.board_loaded.connect(self._on_board)
        loader.page_loaded.connect(table.show_page)
        loader.counted.connect(self._bar.set_counts)
        loader.all_loaded.connect(self._on_all)
        loader.refused.connect(self._on_refused)
        loader.failed.connect(self._on_failed)
        self._bar.notice.step_wanted.connect(self.reload)
        table.paged.page_wanted.connect(loader.load_page)
        table.paged.order_wanted.connect(self._on_order)
        loader.all_failed.connect(self._on_no_copy)
        table.all_wanted.connect(self.copy_all)
        self._bar.progress.called_off.connect(lambda: loader.job.call_off())
        self._views.list.step_wanted.connect(lambda: self.show_line(OPEN_LINE))

    def go_to(self, record_id: str) -> None:
        """Let the hands go to this request when the list comes next; "" leaves them where they are."""
        self._wanted = self._sought = record_id

    @Slot(str)
    def show_line(self, line: str) -> None:
        """Show what another line finds; a line without meaning leaves the list as it is."""
        self._ask(Listing(line, self._listing.order, self._listing.descending))

    @Slot()
    def reload(self) -> None:
        self._ask(self._listing)

    @Slot(str)
    def show_view(self, view: str) -> None:
        """Show the table or the columns."""
        row = self._views.row()
        self._wanted = row.id if row is not None else ""
        self._views.set_view(view)
        self._bar.views.set_value(view)
        self.reload()
        self.view_turned.emit()

    def turn_view(self) -> None:
        self.show_view(COLUMNS if self._views.view() == TABLE else TABLE)

    def _ask(self, listing: Listing) -> None:
        if self._views.view() == COLUMNS:
            self._loader.load_board(listing)
        else:
            same = listing == self._listing
            self._loader.load(listing, self._views.list.pages_in_view() if same else (0,))

    @Slot(object, object, int)
    def _on_listed(self, listing: Listing, pages: dict[int, Sequence[WorkRow]], count: int) -> None:
        other = listing != self._listing
        wanted = self._take(listing)
        self._bar.notice.clear()
        self._narrow_to(wanted, (row for rows in pages.values() for row in rows))
        self._views.list.show_list(pages, count, wanted, bare=listing.line == OPEN_LINE, other=other)

    @Slot(object, object)
    def _on_board(self, listing: Listing, page: WorkPage) -> None:
        wanted = self._take(listing)
        self._narrow_to(wanted, page.rows)
        self._views.board.show_rows(page.rows, wanted)
        if page.count > len(page.rows):
            told = tr("The columns hold the first {shown} of {count}. Narrow the list.",
                      shown=len(page.rows), count=page.count)  # fmt: skip
            self._bar.notice.show_sentence(Status.CAUTION, told)

    def _narrow_to(self, wanted: str, rows: Iterable[WorkRow]) -> None:
        """Look for a request that is not among these, once."""
        sought, self._sought = self._sought, ""
        if not sought or sought != wanted or any(row.id == wanted for row in rows):
            return
        line_of = self._context.services.worklist.line_of
        self._context.tasks.run(
            self, lambda: line_of(wanted), lambda line: self._show_narrowed(wanted, line), self._on_failed
        )

    def _show_narrowed(self, wanted: str, line: str) -> None:
        self._wanted = wanted
        self.show_line(line)

    def _take(self, listing: Listing) -> str:
        """Show the line in force; return the request to which the hands go."""
        self._listing = listing
        self._bar.show_line(listing.line, self._context.services.worklist.filter_named(listing.line))
        wanted, self._wanted = self._wanted, ""
        return wanted

    @Slot(int, bool)
    def _on_order(self, column: int, descending: bool) -> None:
        self._ask(Listing(self._listing.line, ORDERS[column], descending))

    @Slot()
    def copy_all(self) -> None:
        """Put every row of the list on the clipboard, also those that are not here."""
        self._bar.notice.clear()
        self._bar.progress.follow(self._loader.load_all(), tr("Copying the list"))

    @Slot(object)
    def _on_all(self, rows: Sequence[WorkRow]) -> None:
        self._bar.progress.stop()
        copy_private(self._views.list.table.text_of(rows))
        self._bar.notice.show_sentence(Status.OK, copied_words(len(rows)))

    @Slot(object)
    def _on_no_copy(self, error: Exception) -> None:
        self._bar.progress.stop()
        self._on_failed(error)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, InvalidEntryError):
            self._bar.show_mistake(error)
        else:
            self._on_failed(error)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._bar.notice.show_failure(error, tr("The list could not be loaded."), tr("Try again")):
            self._context.tasks.unseen.emit(error)
