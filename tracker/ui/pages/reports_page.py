"""Reports: ten questions that look back or ahead, each with a table, a chart, and the ways out of the program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.services.changes import Changes
from tracker.services.reports.pace import ReportCancelledError
from tracker.services.reports.shape import Report
from tracker.ui.actions import Act
from tracker.ui.pages.page import CheckStart, Page, PageAct, PageContext
from tracker.ui.reports.report_bar import KEYS, ReportBar
from tracker.ui.reports.report_list import ReportList
from tracker.ui.reports.report_outlets import ReportOutlets
from tracker.ui.reports.report_runner import ReportRunner
from tracker.ui.reports.report_table import ReportTable
from tracker.ui.reports.report_view import ReportView
from tracker.ui.theme.status import Status
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.key_hints import KeyHints

NARROW_BELOW, LOW_BELOW = 760, 420
_SMALLEST = QSize(420, 240)


class ReportsPage(Page):
    """`begin` takes a report's id. A report is made when it is chosen; where something changed since, it says so."""

    id = "reports"
    title = tr("Reports")
    menus = (tr("&Reports"),)
    icon = "chart"
    go_key = "F9"
    keys = (("Enter", tr("Show the report")), ("P", tr("Print")), ("D", tr("Save as PDF")),
            ("X", tr("Save as a spreadsheet")), ("C", tr("Copy")))  # fmt: skip

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._kinds = {kind.id: kind for kind in context.services.reports.kinds()}
        self._wanted = ""
        self.runner = ReportRunner(context, self)
        self.outlets = ReportOutlets(context, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        kinds = tuple(self._kinds.values())
        self.list = ReportList(kinds, self)
        self.bar = ReportBar(kinds, self.context.services.clock.today(), self)
        self.view = ReportView(self)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self.view, 1)
        self._foot = _foot(self)
        right.addWidget(self._foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.list)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.show_wanted.connect(self.show_report)
        self.bar.kind_wanted.connect(self.list.choose)
        self.bar.show_button.clicked.connect(self.show_report)
        self.bar.parameters.show_wanted.connect(self.show_report)
        self.bar.progress.called_off.connect(self.runner.call_off)
        self.runner.made.connect(self._on_made)
        self.runner.failed.connect(self._on_failed)
        self.view.step_wanted.connect(self._on_step)
        self.view.table_changed.connect(self._on_table)
        self.bar.notice.step_wanted.connect(self.show_report)
        self.outlets.told.connect(partial(self.bar.notice.show_sentence, Status.OK))
        self.outlets.failed.connect(self._tell)
        self.outlets.begun.connect(self.bar.progress.follow)
        self.outlets.ended.connect(self.bar.progress.stop)
        self.bar.progress.called_off.connect(self.outlets.call_off)
        for button, key, do in zip(self.bar.outlets, KEYS, self._ways(), strict=True):
            button.clicked.connect(partial(self._take_out, do))
            self.list.bind(key, partial(self._take_out, do))

    def _ways(self) -> tuple[Callable[[Report], None], ...]:
        return self.outlets.print, self.outlets.ask_pdf, self.outlets.ask_sheet, self.outlets.copy

    def acts(self) -> tuple[PageAct, ...]:
        texts = (tr("&Print…"), tr("Save as P&DF…"), tr("Save for E&xcel…"), tr("&Copy all rows"))
        ids = ("print report", "report pdf", "report sheet", "copy report")
        return tuple(
            PageAct(Act(act_id, f"{text}\t{key}", tr("&Reports")), partial(self._take_out, do))
            for act_id, text, key, do in zip(ids, texts, KEYS, self._ways(), strict=True)
        )

    # What is shown

    def begin(self, what: object) -> None:
        if isinstance(what, str):
            self._wanted = what

    def opened(self) -> None:
        wanted, self._wanted = self._wanted or self.list.current() or self.context.preferences.report, ""
        if wanted != self.list.current():
            self.list.choose(wanted)
        elif self.view.report() is None and not self.bar.progress.following():
            self.show_report()
        self.focus_report()

    def refresh(self, _changes: Changes) -> None:
        """Leave a report as it was made: rows must not change under the eyes. It says so where it is older."""
        if self.view.report() is not None:
            self.bar.notice.show_sentence(
                Status.NEUTRAL, tr("Something was changed since this report was made."), tr("Make it anew")
            )

    def focus_report(self) -> None:
        """Put the hands on the list of reports, or on the field that stands for it."""
        (self.bar.kind if self.list.isHidden() else self.list.list).setFocus()

    def primary(self) -> None:
        self.show_report()

    def summary(self) -> str:
        report = self.view.report()
        return self.context.services.reports.text(report) if report is not None and report.rows else ""

    @Slot()
    def show_report(self) -> None:
        """Make the chosen report with what stands in its fields; what cannot be read is said at its field."""
        report_id, typed = self.list.current(), self.bar.parameters.typed()
        if not report_id:
            return
        self.bar.notice.clear()
        self.bar.parameters.clear_errors()
        try:
            asked = self.context.services.reports.read(report_id, typed)
        except InvalidEntryError as error:
            self._stop()
            self.bar.parameters.show_error(error.about, error.sentence())
            self.view.show_nothing(tr("There is no report yet."), tr("Mend what is marked, then press Ctrl+Enter."))
            self.bar.set_rows(tr("no report"))
            return
        self.context.preferences.set_report_parameters(report_id, typed)
        self.context.preferences.report = report_id
        self.view.wait()
        self.bar.head.set_beside("")  # how many rows the one before had
        self.bar.set_rows(tr("no report"))
        self.bar.progress.follow(self.runner.make(report_id, asked), self._kinds[report_id].title)

    # What arrives

    @Slot(str)
    def _on_chosen(self, report_id: str) -> None:
        kind = self._kinds[report_id]
        self.bar.show_kind(kind)
        self.bar.show_parameters(kind, self.context.preferences.report_parameters(report_id))
        self.show_report()

    @Slot(object)
    def _on_made(self, report: Report) -> None:
        self.bar.progress.stop()
        self.view.show_report(report)
        self.bar.set_rows(None if report.rows else tr("no rows"))
        self.bar.head.set_beside(tr("{n:,} rows", n=len(report.rows)) if len(report.rows) != 1 else tr("1 row"))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._stop()
        if isinstance(error, ReportCancelledError):
            self.view.show_nothing(error.title, "", tr("Begin it again"))
            return
        self.view.show_nothing(tr("The report could not be made."), "", tr("Try again"))
        self._tell(error)

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self.bar.notice.show_error(error)
        else:
            self.context.tasks.unseen.emit(error)

    @Slot(object)
    def _on_table(self, table: ReportTable) -> None:
        for key, do in zip(KEYS, self._ways(), strict=True):
            table.bind(key, partial(self._take_out, do))
        table.copy_wanted.connect(partial(self._take_out, self.outlets.copy))
        if (report := self.view.report()) is not None:
            self.table_made.emit(table, report.id)

    def _on_step(self) -> None:
        """Go to the days where there were no rows, book where nothing is on file at all, else begin again."""
        report = self.view.report()
        if report is not None and report.nothing.first:
            self.check_wanted.emit(CheckStart())
        elif report is not None:
            self.bar.parameters.focus_first()
        else:
            self.show_report()

    def _take_out(self, do: Callable[[Report], None], *_given: object) -> None:
        report = self.view.report()
        if report is not None and report.rows:
            do(report)

    def _stop(self) -> None:
        self.runner.forget()
        self.bar.progress.stop()
        self.bar.head.set_beside("")

    # Where things stand

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow, low = self.width() < NARROW_BELOW, self.height() < LOW_BELOW
        self.list.setVisible(not narrow)
        self.bar.set_narrow(narrow, low)
        self._foot.setVisible(not low)


def _foot(parent: QWidget) -> Ground:
    foot = Ground("panel", parent, lines="t")
    foot.setFixedHeight(36)
    row = QHBoxLayout(foot)
    row.setContentsMargins(16, 0, 16, 0)
    hints = (("Enter", tr("show")), ("P", tr("print")), ("D", "PDF"), ("X", tr("Excel")), ("C", tr("copy")))
    row.addWidget(KeyHints(hints, foot))
    row.addStretch(1)
    return foot
