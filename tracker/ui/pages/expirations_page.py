"""Expirations: approvals that end, the visits they no longer reach, and the extension that is asked for in time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.reminders import Thresholds
from tracker.domain.us_dates import us_date
from tracker.services.authorizations.expirations import Bucket
from tracker.services.changes import Changes, Done
from tracker.ui.looking import Looking
from tracker.ui.pages.page import Page, PageAct, PageContext, RequestStart
from tracker.ui.paper.packet_acts import PacketActs
from tracker.ui.tasks import LatestOnly
from tracker.ui.widgets.chips import ChipRow
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.worklist.expiry_acts import EXPIRY_KEYS, menu_acts
from tracker.ui.worklist.expiry_columns import ALL, EXPIRY_COLUMNS, chip_words, counts, in_bucket, parts_text
from tracker.ui.worklist.expiry_frame import foot_of, stack_bar
from tracker.ui.worklist.expiry_panel import ExpiryPanel
from tracker.ui.worklist.request_start import RequestStarts
from tracker.ui.worklist.step_strips import UnusedStrip
from tracker.ui.worklist.strip_host import StripHost
from tracker.ui.worklist.work_frame import WorkFrame

if TYPE_CHECKING:
    from tracker.services.authorizations.expirations import ExpiryRow

ROOM_FOR_CHIPS = 700


class ExpirationsPage(Page):
    """What ended before a visit to come stands on top, then what ends soonest."""

    id = "expirations"
    title = tr("Expirations")
    menus = (tr("&Authorization"),)
    icon = "hourglass"
    go_key = "F7"
    has_packet = True
    keys = EXPIRY_KEYS

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._rows: tuple[ExpiryRow, ...] = ()
        self._chip = ALL
        self._days = Thresholds()
        self._wanted = ""
        self._loading = LatestOnly(context.tasks, self, "list")
        self._looking = Looking(context, self.reload, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        today = self.context.services.clock.today
        bar = QWidget(self)
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.head = PageHead(self.title, parent=bar)
        self.chips = ChipRow(chip_words(self._days), bar)
        self.notice = NoticeBar(bar)
        stack_bar(bar, self.head, self.notice, self.chips)
        self.notice.step_wanted.connect(self._try_again)
        self.table = RecordTable(EXPIRY_COLUMNS, self, name=tr("Approvals that end"), identity=lambda row: row.id)
        self.empty = EmptyState(tr("Reading the list."), parent=self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.empty)
        self.panel = ExpiryPanel(today, self)
        self.strips = StripHost(self.context, self.panel, self)
        self.starts = RequestStarts(self.context, self.strips, self)
        self._packets = PacketActs(self.context, self)
        self.frame = WorkFrame(bar, self.stack, foot_of(self), self.panel, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._on_chip)
        self.table.row_chosen.connect(self._on_row)
        self.table.row_activated.connect(self.extend)
        self.table.bind("W", self.leave_unused)
        self.table.bind("A", self.show_request)
        self.empty.wanted.connect(self._on_empty_step)
        self.panel.extend_wanted.connect(self.extend)
        self.panel.unused_wanted.connect(self.leave_unused)
        self._packets.acted.connect(self.acted)
        self.strips.saved.connect(self._on_saved)
        self.strips.closed.connect(self.focus_list)
        self.strips.opened.connect(self.frame.show_details)
        self.strips.stale.connect(self.reload)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.chips.chip(Bucket.FORTNIGHT.value).setVisible(self.width() >= ROOM_FOR_CHIPS)

    def acts(self) -> tuple[PageAct, ...]:
        return menu_acts(self)

    def opened(self) -> None:
        self.notice.clear()
        self._looking.visit()
        self.focus_list()

    def refresh(self, _changes: Changes) -> None:
        self._looking.note()
        self.reload()

    @Slot()
    def reload(self) -> None:
        expirations = self.context.services.expirations
        self._loading.run(
            lambda: (expirations.list(), expirations.thresholds()), lambda found: self._on_rows(*found), self._on_failed
        )

    @Slot()
    def focus_list(self) -> None:
        self.frame.show_list()
        step = self.empty.button if self.empty.button.text() else self.stack
        (self.table if self.stack.currentWidget() is self.table else step).setFocus()

    def row(self) -> ExpiryRow | None:
        """Return the row where the hands are."""
        return self.table.current_record() if self.stack.currentWidget() is self.table else None

    def summary(self) -> str:
        row = self.row()
        if row is None:
            return ""
        work = row.work
        who = tr(
            "{name}, born {born}, {mrn}", name=work.patient.name, born=us_date(work.patient.born), mrn=work.patient.mrn
        )
        what = tr(
            "Authorization {number} for {procedure} ends {ends}",
            number=work.record.authorization.number,
            procedure=work.procedure,
            ends=us_date(row.ends, True),
        )
        return "\n".join(part for part in (who, what, parts_text(row), row.reason) if part)

    def current_patient(self) -> str:
        row = self.row()
        return row.work.patient.id if row is not None else ""

    def primary(self) -> None:
        """Save the strip that is open."""
        self.starts.primary()

    # What arrives

    def _on_rows(self, rows: tuple[ExpiryRow, ...], days: Thresholds) -> None:
        self._rows, self._days = rows, days
        for key, words in chip_words(days):
            self.chips.set_text(key, words)
        self.notice.clear()
        for key, count in counts(rows).items():
            self.chips.set_count(key, count)
        self._narrow()

    @Slot()
    def _on_empty_step(self) -> None:
        if self._rows:
            self._on_chip(ALL)
        else:
            self.request_wanted.emit(RequestStart())

    def _narrow(self) -> None:
        had_focus = any(each.hasFocus() for each in (self.table, self.stack, self.empty.button))
        shown: Sequence[ExpiryRow] = [row for row in self._rows if in_bucket(row, self._chip)]
        self.table.set_rows(shown)
        wanted, self._wanted = self._wanted, ""
        if not (wanted and self.table.select_record(wanted)) and self.table.current_record() is None:
            self.table.select_row(0)
        self.stack.setCurrentWidget(self.table if shown else self.empty)
        if not shown:
            some = tr("Show all {n}", n=len(self._rows)) if self._rows else tr("Record an approval")
            nothing = tr("No approval ends in the next {days} days.", days=self._days.third)
            why = "" if self._rows else tr("An approval stands here before it ends, with the visits that it covers.")
            self.empty.show_words(tr("None of them.") if self._rows else nothing, why, some)
        if had_focus:
            self.focus_list()
        self._on_row(self.row())

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._looking.forget()
        if self.notice.show_failure(error, tr("The list could not be loaded."), tr("Try again")):
            self.context.tasks.unseen.emit(error)

    @Slot()
    def _try_again(self) -> None:
        self.notice.clear()
        self.reload()

    @Slot(object)
    def _on_row(self, row: ExpiryRow | None) -> None:
        self.panel.show_expiry(row)
        self.strips.take_row(row.work if row is not None else None)

    @Slot(str)
    def _on_chip(self, chip: str) -> None:
        self._chip = chip
        self.chips.set_chosen(chip)
        self._narrow()

    # What the person does

    @Slot(object)
    def extend(self, row: ExpiryRow) -> None:
        """Open the draft of an extension, filled in; one that is under way is shown instead."""
        if row.renewal is not None:
            self.request_wanted.emit(RequestStart(record_id=row.renewal.id))
            return
        self.starts.extend(row.work, row.at_risk[0].day if row.at_risk else None)

    @Slot(object)
    def leave_unused(self, row: ExpiryRow) -> None:
        clock = self.context.services.clock
        self.strips.open(f"unused {row.id}", lambda: UnusedStrip(row.work, clock))

    def show_request(self, row: ExpiryRow) -> None:
        self.request_wanted.emit(RequestStart(record_id=row.id))

    def packet(self) -> None:
        """Open the packet of the extension that is under way, else of the approval itself."""
        row = self.row()
        if row is not None:
            self._packets.open(row.renewal.id if row.renewal is not None else row.id)

    @Slot(object)
    def _on_saved(self, done: Done[object]) -> None:
        """Go on with the row below, and tell what was done."""
        below = self.table.currentIndex().row() + 1
        records = self.table.records()
        self._wanted = records[below].id if below < len(records) else ""
        self.focus_list()
        self.acted.emit(done)
