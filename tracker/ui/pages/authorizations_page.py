"""Authorizations: the requests that want somebody's hand, and one letter for each thing that is done about them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.errors import TrackerError
from tracker.services.changes import Changes, Done
from tracker.services.worklist import FILTERS
from tracker.ui.pages.page import Page, PageAct, PageContext, RequestStart
from tracker.ui.theme.status import Status
from tracker.ui.worklist.detail_panel import DetailPanel
from tracker.ui.worklist.request_start import RequestStarts
from tracker.ui.worklist.strip_host import StripHost
from tracker.ui.worklist.work_acts import WORK_ACTS, WORK_KEYS, WorkAct, misfit
from tracker.ui.worklist.work_bar import COLUMNS, TABLE, WorkBar
from tracker.ui.worklist.work_columns import ORDERS
from tracker.ui.worklist.work_foot import WorkFoot
from tracker.ui.worklist.work_frame import WorkFrame
from tracker.ui.worklist.work_loader import Listing, WorkLoader
from tracker.ui.worklist.work_menu import menu_acts
from tracker.ui.worklist.work_views import WorkViews
from tracker.ui.worklist.work_words import request_text

if TYPE_CHECKING:
    from tracker.services.work_rows import WorkRow
    from tracker.services.worklist import WorkPage

OPEN_LINE = FILTERS[0][1]


class AuthorizationsPage(Page):
    """`begin` takes a RequestStart: a request on file is shown, any other begins a new one."""

    id = "authorizations"
    title = "Authorizations"
    icon = "clipboard"
    go_key = "F4"
    keys = (*WORK_KEYS, ("N", "New request"), ("/", "Narrow the list"), ("Ctrl+B", "Table or columns"))

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._listing = Listing(OPEN_LINE)
        self._wanted = ""
        self._start: RequestStart | None = None
        self.loader = WorkLoader(context, self)
        self._build()
        self._connect()
        self.bar.show_line(OPEN_LINE)
        self.loader.load_counts()

    def _build(self) -> None:
        today = self.context.services.clock.today()
        self.bar = WorkBar(self)
        self.views = WorkViews(today, self)
        self.list = self.views.list
        self.detail = DetailPanel(today, self)
        self.strips = StripHost(self.context, self.detail, self)
        self.starts = RequestStarts(self.context, self.strips, self)
        self.frame = WorkFrame(self.bar, self.views, WorkFoot(self), self.detail, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)

    def _connect(self) -> None:
        self.bar.line_wanted.connect(self.show_line)
        self.bar.view_wanted.connect(self.show_view)
        self.bar.list_wanted.connect(self.focus_list)
        self.bar.new_button.clicked.connect(lambda: self.starts.ask())
        self.bar.detail_button.clicked.connect(self._on_details)
        self.frame.away.connect(lambda away, front: self.bar.set_details_away(away, in_front=front))
        self.loader.listed.connect(self._on_listed)
        self.loader.board_loaded.connect(self._on_board)
        self.loader.page_loaded.connect(self.list.table.show_page)
        self.loader.counted.connect(self._on_counts)
        self.loader.detailed.connect(self.detail.show_detail)
        self.loader.all_loaded.connect(self._on_all)
        self.loader.refused.connect(self._on_refused)
        self.loader.failed.connect(self._on_failed)
        self.list.table.paged.page_wanted.connect(self.loader.load_page)
        self.list.table.paged.order_wanted.connect(self._on_order)
        self.list.table.all_wanted.connect(self.loader.load_all)
        self.list.step_wanted.connect(partial(self.show_line, OPEN_LINE))
        self.views.row_chosen.connect(self._on_row)
        self.views.row_activated.connect(partial(self.act, WORK_ACTS[-1]))
        self.detail.act_wanted.connect(self.act)
        self.strips.saved.connect(self._on_saved)
        self.strips.closed.connect(self.focus_list)
        self.strips.opened.connect(self.frame.show_details)
        self.strips.stale.connect(self.reload)
        letters = {act.key: partial(self.act, act) for act in WORK_ACTS if act.key != "Return"}
        self.views.bind({**letters, "N": self.starts.ask, "/": self.bar.focus_query})

    def acts(self) -> tuple[PageAct, ...]:
        return menu_acts(self)

    # What is shown

    def begin(self, what: object) -> None:
        if isinstance(what, RequestStart):
            self._start = what

    def opened(self) -> None:
        self.loader.load_counts()
        start, self._start = self._start, None
        if start is not None and start.record_id:
            self._wanted = start.record_id
        self.reload()
        self.focus_list()
        if start is not None and not start.record_id:
            self.starts.begin(start)

    def refresh(self, _changes: Changes) -> None:
        self.loader.load_counts()
        self.reload()

    @Slot(str)
    def show_line(self, line: str) -> None:
        """Show what another line finds; a line without meaning leaves the list as it is."""
        self._ask(Listing(line, self._listing.order, self._listing.descending))

    @Slot()
    def reload(self) -> None:
        self._ask(self._listing)

    def _ask(self, listing: Listing) -> None:
        if self.views.view() == COLUMNS:
            self.loader.load_board(listing)
        else:
            same = listing == self._listing
            self.loader.load(listing, self.list.pages_in_view() if same else (0,))

    @Slot(str)
    def show_view(self, view: str) -> None:
        """Show the table or the columns; the hands stay on the same request."""
        row = self.views.row()
        self._wanted = row.id if row is not None else ""
        self.views.set_view(view)
        self.bar.views.set_value(view)
        self.reload()
        self.focus_list()

    def turn_view(self) -> None:
        self.show_view(COLUMNS if self.views.view() == TABLE else TABLE)

    @Slot()
    def focus_list(self) -> None:
        self.frame.show_list()
        self.views.focus()

    def summary(self) -> str:
        row = self.views.row()
        return request_text(row) if row is not None else ""

    def current_patient(self) -> str:
        row = self.views.row()
        return row.patient.id if row is not None else ""

    def request_start(self) -> RequestStart:
        return RequestStart()

    # What arrives

    @Slot(object, object, int)
    def _on_listed(self, listing: Listing, pages: dict[int, Sequence[WorkRow]], count: int) -> None:
        self._listing = listing
        wanted, self._wanted = self._wanted, ""
        self.bar.show_line(listing.line)
        self.bar.notice.clear()
        self.list.show_list(pages, count, wanted, "Nothing is found by this line.")

    @Slot(object, object)
    def _on_board(self, listing: Listing, page: WorkPage) -> None:
        self._listing = listing
        wanted, self._wanted = self._wanted, ""
        self.bar.show_line(listing.line)
        self.views.board.show_rows(page.rows, wanted)
        if page.count > len(page.rows):
            self.bar.notice.show_sentence(
                Status.CAUTION, f"The columns hold the first {len(page.rows)} of {page.count}. Narrow the list."
            )

    @Slot(int, bool)
    def _on_order(self, column: int, descending: bool) -> None:
        self._ask(Listing(self._listing.line, ORDERS[column], descending))

    @Slot(object)
    def _on_counts(self, counts: dict[str, int]) -> None:
        self.bar.set_counts(counts)
        self.counted.emit(counts.get(OPEN_LINE, 0))

    @Slot(object)
    def _on_row(self, row: WorkRow | None) -> None:
        self.detail.show_row(row)
        self.strips.take_row(row)
        if row is None:
            self.loader.forget_detail()
        else:
            self.loader.load_detail(row.id)

    @Slot(object)
    def _on_all(self, rows: Sequence[WorkRow]) -> None:
        QGuiApplication.clipboard().setText(self.list.table.text_of(rows))

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self.bar.show_mistake(error)
        else:
            self._on_failed(error)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self.bar.notice.show_error(error)
        else:
            self.bar.notice.show_sentence(Status.NO, "The list could not be loaded.")
            self.context.tasks.unseen.emit(error)

    # What the person does

    def act(self, act: WorkAct) -> None:
        """Open the strip of an act for the row where the hands are; one that does not fit says why."""
        row = self.views.row()
        if row is None:
            return
        self.bar.notice.clear()
        if not act.fits(row):
            self.bar.notice.show_sentence(Status.CAUTION, misfit(act, row))
            return
        clock = self.context.services.clock
        self.strips.open(f"{act.id} {row.id}", lambda: act.strip(row, clock))

    def primary(self) -> None:
        """Save the strip that is open."""
        self.starts.primary()

    @Slot(object)
    def _on_saved(self, done: Done[object]) -> None:
        """Go on with the row below, and tell what was done."""
        row = self.views.row()
        saved = done.value.id if isinstance(done.value, AuthorizationRecord) else ""
        self._wanted = self.views.next_id() if row is not None and row.id == saved else saved
        self.focus_list()
        self.acted.emit(done)

    def _on_details(self) -> None:
        if self.frame.details_in_front():
            self.focus_list()
        else:
            self.frame.show_details()
