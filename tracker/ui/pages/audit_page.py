"""Audit: who did what, when and why, with every field before and after. Read-only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr, tr_n
from tracker.domain.patient import Patient
from tracker.services.audit.audit import PAGE, AuditFilter
from tracker.services.changes import Changes
from tracker.ui.audit.audit_acts import menu_acts
from tracker.ui.audit.audit_columns import ORDERS, audit_columns, when_text
from tracker.ui.audit.audit_frame import AuditFrame, audit_foot, inset, show_none
from tracker.ui.audit.audit_loader import AuditLoader
from tracker.ui.audit.detail_panel import AuditPanel
from tracker.ui.audit.filter_row import FilterRow
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.looking import Looking
from tracker.ui.pages.page import Page, PageAct, PageContext
from tracker.ui.paper.file_choice import FileChoice
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    from tracker.services.audit.audit import AuditRow
    from tracker.services.audit.audit_chain import ChainVerdict

_ROWS_IN_VIEW = 60


class AuditPage(Page):
    """The newest act on top. `begin` takes a patient's id, whose acts alone are listed then."""

    id = "audit"
    title = tr("Audit")
    menus = (tr("&Reports"),)
    icon = "history"
    keys = (("Enter", tr("Fields before and after")), ("/", tr("Narrow the list")), ("X", tr("Save as a spreadsheet")),
            ("V", tr("Verify the record")))  # fmt: skip

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.loader = AuditLoader(context, self)
        self._looking = Looking(context, self._read, self)
        self.files = FileChoice(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = PageHead(self.title, parent=self)
        self.save_button = ActionButton(tr("Save for Excel…"), self, key="X", small=True)
        self.head.add_right(self.save_button)
        self.verify_button = ActionButton(tr("Verify the record"), self, key="V", small=True)
        self.head.add_right(self.verify_button)
        self.filter = FilterRow(self.context, self)
        self.notice = NoticeBar(self)
        self.progress = ProgressRow(self)
        self.table = PagedTable(
            audit_columns(), self, name=tr("Acts"), page=PAGE, sortable=frozenset(ORDERS), identity=lambda row: row.id
        )
        self.table.sort_first_by(0, Qt.SortOrder.DescendingOrder)
        self.empty = EmptyState(tr("Reading the record."), parent=self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.empty)
        self.panel = AuditPanel(self)
        parts = (self.head, self.filter, inset(self.notice, self), self.progress, self.stack, audit_foot(self))
        self.frame = AuditFrame(parts, self.stack, self.panel, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)

    def _connect(self) -> None:
        self.filter.wanted.connect(self.reload)
        self.loader.listed.connect(self._on_listed)
        self.loader.page_loaded.connect(self.table.show_page)
        self.loader.detailed.connect(self.panel.show_detail)
        self.loader.offered.connect(self.filter.offer)
        self.loader.saved.connect(self._on_saved)
        self.loader.refused.connect(self._on_refused)
        self.loader.failed.connect(self._on_failed)
        self.notice.step_wanted.connect(self.reload)
        self.loader.refused.connect(self._looking.forget)
        self.loader.save_failed.connect(lambda _error: self.progress.stop())
        self.loader.save_failed.connect(self._tell)
        self.loader.verified.connect(self._on_verified)
        self.table.paged.page_wanted.connect(self.loader.load_page)
        self.table.paged.order_wanted.connect(self._on_order_wanted)
        self.table.row_chosen.connect(self._on_row)
        self.table.arrived.connect(lambda: self._on_row(self.table.current_record()))
        self.table.row_activated.connect(self.show_fields)
        self.table.all_wanted.connect(self.ask_file)
        self.table.bind("/", lambda _row: self.filter.patient.setFocus())
        self.table.bind("X", lambda _row: self.ask_file())
        self.table.bind("V", lambda _row: self.verify())
        self.empty.wanted.connect(self.filter.clear)
        self.save_button.clicked.connect(self.ask_file)
        self.verify_button.clicked.connect(self.verify)
        self.progress.called_off.connect(lambda: self.loader.job.call_off())
        back = QShortcut(QKeySequence("Esc"), self.panel)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.focus_list)

    def acts(self) -> tuple[PageAct, ...]:
        return menu_acts(self)

    # What is shown

    def begin(self, what: object) -> None:
        if isinstance(what, str) and what:
            patients = self.context.services.patients
            self.context.tasks.run(self, lambda: patients.get(what).patient, self._show_patient, self._tell)

    def _show_patient(self, patient: Patient) -> None:
        self.filter.clear()
        self.filter.patient.set_value(patient)
        self.reload()

    def opened(self) -> None:
        self.notice.clear()
        self._looking.visit()
        self.focus_list()

    def refresh(self, _changes: Changes) -> None:
        self._looking.note()
        self._read()

    def _read(self) -> None:
        self.loader.load_offer()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """List what is wanted now; what cannot be read is said at its field, and the list stays."""
        self.notice.clear()
        if self.filter.readable():
            self.loader.load(self._wanted(), self.table.pages_in_view(_ROWS_IN_VIEW))

    def _wanted(self) -> AuditFilter:
        """Return which acts are wanted, in the order in which the head says."""
        column, order = self.table.paged.sorted_by() or (0, Qt.SortOrder.DescendingOrder)
        return replace(self.filter.filter(), order=ORDERS[column], descending=order is Qt.SortOrder.DescendingOrder)

    @Slot()
    def _on_order_wanted(self) -> None:
        """Begin at the top of the list in its new order."""
        self.table.verticalScrollBar().setValue(0)
        if self._active:
            self.reload()

    @Slot()
    def focus_list(self) -> None:
        """Put the hands on the list."""
        self.frame.show_fields(False)
        (self.table if self.stack.currentWidget() is self.table else self.stack).setFocus()

    def show_fields(self, _row: object) -> None:
        """Put the hands on the fields of the act, which come to the front where there is no room beside the list."""
        self.frame.show_fields(True)
        self.panel.table.setFocus()

    def summary(self) -> str:
        if (row := self._row()) is None:
            return ""
        return "\n".join(part for part in (f"{when_text(row)}  {row.by}", row.what, row.whom, row.why) if part)

    def current_patient(self) -> str:
        row = self._row()
        return row.patient.id if row is not None and row.patient is not None else ""

    @Slot()
    def ask_file(self) -> None:
        """Ask where to, then write every act that is listed there."""
        if self.table.paged.rowCount() and self.stack.currentWidget() is self.table:
            kinds = tr("Excel (*.xlsx);;CSV (*.csv)")
            name = f"audit-{self.context.services.clock.today():%Y-%m-%d}.xlsx"
            self.files.ask(tr("Save the acts as a spreadsheet"), kinds, self.save, save_as=name)

    def save(self, target: Path) -> None:
        self.notice.clear()
        self.progress.follow(self.loader.save(self._wanted(), target), tr("Writing {name}", name=target.name))

    @Slot()
    def verify(self) -> None:
        """Look whether every act is as it was written."""
        self.notice.clear()
        self.progress.follow(self.loader.verify(), tr("Verifying the record"))

    # What arrives

    @Slot(object, int)
    def _on_listed(self, pages: dict[int, Sequence[AuditRow]], count: int) -> None:
        had_focus = self.table.hasFocus() or self.stack.hasFocus()
        self.head.set_beside(tr_n("{n:,} act", "{n:,} acts", count))
        self.table.show_list(pages, count)
        self.stack.setCurrentWidget(self.table if count else self.empty)
        self.save_button.setEnabled(bool(count))
        if not count:
            show_none(self.empty, narrowed=self.filter.narrows())
        if had_focus:
            self.focus_list()
        self._on_row(self._row())

    @Slot(object)
    def _on_row(self, row: AuditRow | None) -> None:
        self.panel.show_row(row)
        if row is None:
            self.loader.forget_detail()
        else:
            self.loader.load_detail(row.id)

    @Slot(int, str)
    def _on_saved(self, count: int, name: str) -> None:
        self.progress.stop()
        words = tr_n("Saved {n:,} act as {name}.", "Saved {n:,} acts as {name}.", count, name=name)
        self.notice.show_sentence(Status.OK, words)

    @Slot(object)
    def _on_verified(self, verdict: ChainVerdict) -> None:
        """Say it, and go to the first act that does not fit where it is in the list."""
        self.progress.stop()
        self.notice.show_sentence(Status.OK if verdict.whole else Status.NO, verdict.sentence)
        self.table.select_record(verdict.act_id)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, InvalidEntryError):
            self.filter.show_error(error.sentence())
        else:
            self._on_failed(error)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._looking.forget()
        if self.notice.show_failure(error, tr("The list could not be loaded."), tr("Try again")):
            self.context.tasks.unseen.emit(error)

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        self._looking.forget()
        if isinstance(error, TrackerError):
            self.notice.show_error(error)
        else:
            self.context.tasks.unseen.emit(error)

    def _row(self) -> AuditRow | None:
        return self.table.current_record() if self.stack.currentWidget() is self.table else None
