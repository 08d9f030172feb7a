"""The parts of the patient page behind their tabs; the summary answers the telephone, the others show all of a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.clinical.record_panel import RecordPanel
from tracker.ui.pages.page import PageAct, PageContext
from tracker.ui.patient.approvals_panel import ApprovalsPanel
from tracker.ui.patient.coverage_panel import CoveragePanel
from tracker.ui.patient.eligible_panel import EligiblePanel
from tracker.ui.patient.history_strip import HistoryPanel
from tracker.ui.patient.history_view import HistoryView, counting_of, history_view
from tracker.ui.patient.injections_panel import InjectionsPanel
from tracker.ui.patient.spine_heat import SpineHeat
from tracker.ui.patient.trail_panels import ActsPanel, PapersList
from tracker.ui.patient.visits_panel import VisitsPanel
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.panel_table import ROW_HEIGHT
from tracker.ui.widgets.scroll_column import ScrollColumn
from tracker.ui.widgets.side_by_side import SideBySide
from tracker.ui.widgets.tab_row import TabRow

if TYPE_CHECKING:
    from tracker.domain.clinical_record import Document
    from tracker.services.patients.overview import ActRow, Overview
    from tracker.ui.patient.patient_loader import Answers, OnFile

SUMMARY, INJECTIONS, AUTHORIZATIONS = "summary", "injections", "authorizations"
COVERAGE, DOCUMENTS, AUDIT = "coverage", "documents", "audit"
_PARTS = ((SUMMARY, tr("Summary")), (INJECTIONS, tr("Injections")), (AUTHORIZATIONS, tr("Authorizations")),
          (COVERAGE, tr("Coverage")), (DOCUMENTS, tr("Documents")), (AUDIT, tr("Audit")))  # fmt: skip
_MOST_APPROVALS = 4
_STACKED_BELOW = 1120
"""Below it names of procedures or times of visits would be cut."""


class PatientBody(QWidget):
    """`part_shown` carries the id of the part that came to the front."""

    part_shown = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        services = context.services
        self._today, label = services.clock.today(), services.patients.coverage_label
        self._on_file: OnFile | None = None
        self._answers: Answers | None = None
        self._overview: Overview | None = None
        self._hands_wait = False
        self.tabs = TabRow(_PARTS, self, name=tr("Parts of the patient page"))
        self.eligible = EligiblePanel(self._today, self)
        self.spine = SpineHeat(context.preferences.spine_flipped, self)
        self.approvals = ApprovalsPanel(self, whole=False, most=_MOST_APPROVALS)
        self.visits = VisitsPanel(self._today, self)
        self.history = HistoryPanel(self._today, self)
        self.injections = InjectionsPanel(self)
        self.record = RecordPanel(self)
        self.all_approvals = ApprovalsPanel(self)
        self.coverage = CoveragePanel(label, self._today, self)
        self.papers = PapersList(self)
        self.trail = ActsPanel(self)
        self._build()
        self.tabs.chosen.connect(self._show_part)
        self.injections.table.row_chosen.connect(self._keep_in_sight)

    def _build(self) -> None:
        self.summary, self._whole = ScrollColumn(self), ScrollColumn(self)
        beside = Ground("surface", self, lines="l")
        row = QHBoxLayout(beside)
        row.setContentsMargins(1, 0, 0, 0)
        row.setSpacing(0)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.approvals)
        right.addWidget(self.visits, 1)
        row.addWidget(self.spine)
        row.addLayout(right, 1)
        self.summary.column.addWidget(SideBySide((self.eligible, 10), (beside, 11), self, least=_STACKED_BELOW))
        self.summary.column.addWidget(self.history)
        self.summary.column.addWidget(self.injections, 1)
        self._whole.column.addWidget(self.record)
        self.stack = QStackedWidget(self)
        for widget in (self.summary, self._whole, self.all_approvals, self.coverage, self.papers, self.trail):
            self.stack.addWidget(widget)
        bar = Ground("surface", self, lines="b")
        inner = QHBoxLayout(bar)
        inner.setContentsMargins(6, 0, 6, 1)
        inner.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.stack, 1)

    def page_acts(self) -> tuple[PageAct, ...]:
        """Return what the page puts into the menus."""
        return (
            PageAct(Act("next part", tr("Next part of the page"), tr("&Patient"), ("Ctrl+PgDown",), parted=True),
                    lambda: self.tabs.step(1)),
            PageAct(Act("part before", tr("Part of the page before"), tr("&Patient"), ("Ctrl+PgUp",)),
                    lambda: self.tabs.step(-1)),
        )  # fmt: skip

    def part(self) -> str:
        return self.tabs.part()

    def choose(self, part: str) -> None:
        self.tabs.choose(part)

    @Slot(str)
    def _show_part(self, part: str) -> None:
        """The list of injections stands in the summary and in its own part: it goes where it is looked at."""
        if part in (SUMMARY, INJECTIONS):
            home = self.summary.column if part == SUMMARY else self._whole.column
            if home.indexOf(self.injections) < 0:
                (self._whole.column if part == SUMMARY else self.summary.column).removeWidget(self.injections)
                self.injections.set_lines("t" if part == SUMMARY else "")  # below the tabs there is a line already
                home.insertWidget(home.count() if part == SUMMARY else 0, self.injections, 1)
        self.stack.setCurrentIndex(self.tabs.currentIndex())
        self.part_shown.emit(part)

    def focus(self) -> None:
        """Put the hands on the main list of the part in front."""
        if self.part() == SUMMARY and self.eligible.notice.button.isVisible():
            self.eligible.notice.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        first = {
            SUMMARY: self.eligible.table, INJECTIONS: self.injections.table, DOCUMENTS: self.papers.table,
            AUTHORIZATIONS: self.all_approvals.table, COVERAGE: self.coverage.coverages, AUDIT: self.trail.table,
        }[self.part()]  # fmt: skip
        self._hands_wait = not first.isVisibleTo(self)
        (self.tabs if self._hands_wait else first).setFocus(Qt.FocusReason.OtherFocusReason)
        if self.part() == SUMMARY:
            self.summary.verticalScrollBar().setValue(0)  # the panels may not have had their heights yet

    def _take_hands(self) -> None:
        """Put the hands on a list that was not there yet when its part came to the front."""
        if self._hands_wait and self.tabs.hasFocus():
            self.focus()

    @Slot(object)
    def _keep_in_sight(self, _row: object) -> None:
        """Scroll the page to the injection that the keys are on: the list itself shows all its rows."""
        table, area = self.injections.table, self.summary if self.part() == SUMMARY else self._whole
        inside = area.widget()
        if inside is not None and table.hasFocus() and area.isAncestorOf(table):
            place = table.viewport().mapTo(inside, table.visualRect(table.currentIndex()).center())
            area.ensureVisible(0, place.y(), 0, ROW_HEIGHT)

    def clear(self) -> None:
        """Show nobody; the summary comes to the front."""
        self._on_file = self._answers = self._overview = None
        self.choose(SUMMARY)
        self.eligible.begin()
        self.visits.clear()
        self.injections.show_rows(())
        self.coverage.show_coverages(())
        self.show_papers(())
        self.show_trail(())
        self.show_overview(None)

    def show_on_file(self, on_file: OnFile, wanted_event: str) -> None:
        record, self._on_file = on_file.record, on_file
        self.eligible.show_patient(record.patient)
        self.coverage.show_coverages(record.coverages)
        self.injections.show_rows(record.events, wanted_event)
        self.tabs.set_count(INJECTIONS, len(record.events))
        self.tabs.set_count(COVERAGE, len(record.coverages))
        self._show_history()

    def show_answers(self, answers: Answers | None) -> None:
        self._answers = answers
        self.visits.show_visits(answers.visits if answers else ())
        self.injections.show_counting(counting_of(answers.rows) if answers else {})
        self._show_history()

    def show_overview(self, overview: Overview | None) -> None:
        self._overview = overview
        approvals = overview.approvals if overview else ()
        for panel in (self.approvals, self.all_approvals):
            panel.show_rows(approvals)
        self.tabs.set_count(AUTHORIZATIONS, len({row.work.id for row in approvals}))
        self.visits.show_overview(overview)
        self.injections.show_codes(overview.codes if overview else {})
        self.spine.show_heat(overview.heat if overview else {})
        self._show_history()
        self._take_hands()

    @Slot(object)
    def show_papers(self, papers: tuple[Document, ...]) -> None:
        self.papers.show_papers(papers)
        self.tabs.set_count(DOCUMENTS, len(papers))
        self._take_hands()

    @Slot(object)
    def show_trail(self, acts: tuple[ActRow, ...]) -> None:
        self.trail.show_acts(acts)
        self._take_hands()

    def _show_history(self) -> None:
        events = self._on_file.record.events if self._on_file else ()
        rows = self._answers.rows if self._answers else ()
        approvals = self._overview.approvals if self._overview else ()
        drawn = history_view(events, rows, approvals, self._today) if events or rows else HistoryView(self._today)
        self.history.strip.show_view(drawn)
