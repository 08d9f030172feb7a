"""Authorizations: the requests that want somebody's hand, and one letter for each thing that is done about them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.language import tr
from tracker.services.changes import Changes, Done
from tracker.ui.looking import Looking
from tracker.ui.pages.page import Page, PageAct, PageContext, RequestStart
from tracker.ui.theme.status import Status
from tracker.ui.worklist.detail_panel import DetailPanel
from tracker.ui.worklist.request_start import RequestStarts
from tracker.ui.worklist.strip_host import StripHost
from tracker.ui.worklist.work_acts import BY_KEY, PACKET_KEY, WORK_ACTS, WORK_KEYS, WorkAct, misfit
from tracker.ui.worklist.work_bar import WorkBar
from tracker.ui.worklist.work_dialogs import WorkDialogs
from tracker.ui.worklist.work_foot import WorkFoot
from tracker.ui.worklist.work_frame import WorkFrame
from tracker.ui.worklist.work_lister import WorkLister
from tracker.ui.worklist.work_loader import WorkLoader
from tracker.ui.worklist.work_menu import menu_acts
from tracker.ui.worklist.work_views import WorkViews
from tracker.ui.worklist.work_words import request_text

if TYPE_CHECKING:
    from tracker.services.authorizations.work_rows import WorkRow

_KEEPS = timedelta(minutes=5)
"""Answers of payers are overdue by the minute."""


class AuthorizationsPage(Page):
    """`begin` takes a RequestStart: a request on file is shown, any other begins a new one."""

    id = "authorizations"
    title = tr("Authorizations")
    menus = (tr("&Authorization"),)
    icon = "clipboard"
    go_key = "F4"
    has_packet = True
    keys = (*WORK_KEYS, ("N", tr("New request")), ("/", tr("Narrow the list")), ("Ctrl+B", tr("Table or columns")))

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._start: RequestStart | None = None
        self.loader = WorkLoader(context, self)
        self._looking = Looking(context, self.reload, self, keeps=_KEEPS)
        self._build()
        self._connect()

    def _build(self) -> None:
        today = self.context.services.clock.today
        self.bar = WorkBar(self)
        self.views = WorkViews(today, self)
        self.list = self.views.list
        self.lister = WorkLister(self.context, self.bar, self.views, self.loader, self)
        self.detail = DetailPanel(today, self)
        self.strips = StripHost(self.context, self.detail, self)
        self.starts = RequestStarts(self.context, self.strips, self)
        self.dialogs = WorkDialogs(self.context, self)
        self.frame = WorkFrame(self.bar, self.views, WorkFoot(self), self.detail, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)

    def _connect(self) -> None:
        self.bar.list_wanted.connect(self.focus_list)
        self.bar.new_button.clicked.connect(lambda: self.starts.ask())
        self.list.new_wanted.connect(lambda: self.starts.ask())
        self.bar.detail_button.clicked.connect(self._on_details)
        self.frame.away.connect(lambda away, front: self.bar.set_details_away(away, in_front=front))
        self.lister.view_turned.connect(self.focus_list)
        for each in (self.loader.failed, self.loader.refused):
            each.connect(self._looking.forget)
        self.loader.detailed.connect(self.detail.show_detail)
        self.loader.checklisted.connect(self.detail.show_checklist)
        self.views.row_chosen.connect(self._on_row)
        self.views.row_activated.connect(partial(self.act, BY_KEY["Return"]))
        self.detail.act_wanted.connect(self.act)
        for each in (self.strips.saved, self.dialogs.sent):
            each.connect(self._on_saved)
        self.dialogs.corrected.connect(self._on_corrected)
        for each in (self.strips.closed, self.dialogs.closed):
            each.connect(self.focus_list)
        self.strips.opened.connect(self.frame.show_details)
        self.strips.stale.connect(self.lister.reload)
        letters = {act.key: partial(self.act, act) for act in WORK_ACTS if len(act.key) == 1}
        self.views.bind({**letters, "N": self.starts.ask, "/": self.bar.focus_query})

    def acts(self) -> tuple[PageAct, ...]:
        return menu_acts(self)

    # What is shown

    def begin(self, what: object) -> None:
        if isinstance(what, RequestStart):
            self._start = what

    def opened(self) -> None:
        start, self._start = self._start, None
        if start is not None and start.record_id:
            self.lister.go_to(start.record_id)
            self._looking.forget()
        self._looking.visit()
        self.focus_list()
        if start is not None and not start.record_id:
            self.starts.begin(start)

    def refresh(self, _changes: Changes) -> None:
        self._looking.note()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Look at the file again, as of today."""
        self.loader.load_counts()
        self.lister.reload()

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

    @Slot(object)
    def _on_row(self, row: WorkRow | None) -> None:
        self.detail.show_row(row)
        self.strips.take_row(row)
        if row is None:
            self.loader.forget_detail()
        else:
            self.loader.load_detail(row.id)
            self.loader.load_checklist(row.id)

    # What the person does

    def act(self, act: WorkAct) -> None:
        """Open the strip or the dialog of an act for the row where the hands are; one that does not fit says why."""
        row = self.views.row()
        if row is None:
            return
        self.bar.notice.clear()
        if not act.fits(row):
            self.bar.notice.show_sentence(Status.CAUTION, misfit(act, row))
            return
        if (strip := act.strip) is None:
            self.dialogs.open(act.id, row)
            return
        clock = self.context.services.clock
        self.strips.open(f"{act.id} {row.id}", lambda: strip(row, clock))

    def packet(self) -> None:
        self.act(BY_KEY[PACKET_KEY])

    def primary(self) -> None:
        """Save the strip that is open."""
        self.starts.primary()

    @Slot(object)
    def _on_saved(self, done: Done[object]) -> None:
        """Go on with the row below, and tell what was done."""
        row, saved = self.views.row(), _record_of(done)
        self._tell(done, self.views.next_id() if row is not None and row.id == saved else saved)

    @Slot(object)
    def _on_corrected(self, done: Done[object]) -> None:
        """Stay with what was looked at in a dialog: the letter of its next step may be pressed already."""
        row = self.views.row()
        self._tell(done, _record_of(done) or (row.id if row is not None else ""))

    def _tell(self, done: Done[object], following: str) -> None:
        self.lister.go_to(following)
        self.focus_list()
        self.acted.emit(done)

    def _on_details(self) -> None:
        if self.frame.details_in_front():
            self.focus_list()
        else:
            self.frame.show_details()


def _record_of(done: Done[object]) -> str:
    return done.value.id if isinstance(done.value, AuthorizationRecord) else ""
