"""One report as made: chart, table, the whole words of the row where the hands are, notes; or why there is none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.services.reports.shape import Report
from tracker.ui.reports.chart_view import FEW_BARS, MOST_BARS, ChartView
from tracker.ui.reports.report_table import LOW_ROW, ROW, ReportTable, long_words
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.plain_label import PlainLabel

ROOMY_FROM, LOW_BELOW = 520, 260
_WORDS_FROM = 170


class ReportView(QStackedWidget):
    """`table_changed` comes with each new table; `step_wanted` from the empty list."""

    table_changed = Signal(object)
    step_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._report: Report | None = None
        self.table: ReportTable | None = None
        self.empty = EmptyState(parent=self)
        self.chart = ChartView(self)
        self.words = PlainLabel("", "caption", "ink2", self, wrap=True)
        self.notes = PlainLabel("", "caption", "ink3", self, wrap=True)
        self._body = QWidget(self)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.chart)
        self._foot = Ground("surface", self._body, lines="t")
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(4)
        foot.addWidget(self.words)
        foot.addWidget(self.notes)
        self._column.addWidget(self._foot)
        self.addWidget(self._body)
        self.addWidget(self.empty)
        self.empty.wanted.connect(self.step_wanted)
        self.wait()

    def report(self) -> Report | None:
        return self._report

    def wait(self) -> None:
        """Show that a report is on its way."""
        self._report = None
        self.empty.show_words(tr("Making the report."))
        self.setCurrentWidget(self.empty)

    def show_nothing(self, why: str, detail: str, step: str = "") -> None:
        """Say why there is no report."""
        self._report = None
        self.empty.show_words(why, detail, step)
        self.setCurrentWidget(self.empty)

    def show_report(self, report: Report) -> None:
        """Show a report; one without rows says why, and what to do next."""
        self._report = report
        if not report.rows:
            days = tr("Change the days") if report.parameters else ""
            step = tr("Check and book") if report.nothing.first else days
            self.empty.show_words(report.nothing.why, report.nothing.step, step)
            self.setCurrentWidget(self.empty)
            return
        had_focus = self.table is not None and self.table.hasFocus()
        self.chart.show_chart(report.chart)
        self._show_table(report)
        self.notes.setText("\n".join(report.notes))
        self._fit()
        self.setCurrentWidget(self._body)
        if had_focus and self.table is not None:
            self.table.setFocus()

    def _show_table(self, report: Report) -> None:
        if self.table is not None:
            self._column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self.table = ReportTable(report, self._body)
        self._column.insertWidget(1, self.table, 1)
        self.table.row_chosen.connect(lambda line: self._show_words(report, line))
        self._show_words(report, self.table.current_record())
        self.table_changed.emit(self.table)

    def _show_words(self, report: Report, line: object) -> None:
        self.words.setText(long_words(report, line))  # type: ignore[arg-type]  # the table's own Line
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the rows their room: on low windows the chart is cut first, then the notes go."""
        roomy, low = self.height() >= ROOMY_FROM, self.height() < LOW_BELOW
        self.chart.set_most(MOST_BARS if roomy else FEW_BARS)
        self.chart.setVisible(self.chart.chart() is not None and not low)
        self.words.setVisible(bool(self.words.text()) and self.height() >= _WORDS_FROM)
        self.notes.setVisible(bool(self.notes.text()) and not low)
        self._foot.setVisible(not self.words.isHidden() or not self.notes.isHidden())
        if self.table is not None:
            self.table.verticalHeader().setDefaultSectionSize(ROW if roomy else LOW_ROW)
