"""When can the patient have what: the table that answers the telephone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.ui import theme
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.patient.patient_words import answer_text, used_text, when_can
from tracker.ui.theme.status import status_of
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import FieldBox, FieldLabel
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.panel_table import ROW_HEIGHT, PanelTable
from tracker.ui.widgets.scaled_width import ScaledWidth
from tracker.ui.widgets.section_head import SectionHead

if TYPE_CHECKING:
    from tracker.services.answers.eligibility import EligibleRow

COPY_KEY = "Ctrl+Shift+C"
_NARROW, _DAY_WIDTH = 690, 150
"""Below it the head has no room for the longest key."""
_COPY, _COPIED = tr("Copy as text"), tr("Copied")
ADD_COVERAGE = tr("Add coverage…")
_ADD_KEY = "A"


def _columns() -> tuple[Column[EligibleRow], ...]:
    return (
        Column(tr("Procedure family"), lambda row: row.label, fit=250),
        Column(tr("Codes"), lambda row: row.codes, tone=lambda _row: "ink3", longest="00000 00000", drops=1),
        Column(tr("Used"), used_text, alignment=RIGHT, longest=tr("00 of 00")),
        Column(tr("Answer"), answer_text, status=lambda row: status_of(row.outcome), longest=tr("Moves a later visit")),
        Column(tr("Next date"), lambda row: row.next_text, strong=True, longest="Wed 00/00/0000"),
    )


class EligiblePanel(Ground):
    """`row_activated` and `checklist_wanted` carry a row, `day_settled` comes when another day is asked for."""

    row_activated = Signal(object)
    day_settled = Signal()
    copy_wanted = Signal()
    coverage_wanted = Signal()
    checklist_wanted = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._today = today
        self.head = SectionHead("", self)
        self.day = DayField(today, self, name=tr("On which day"))
        ScaledWidth(self.day, _DAY_WIDTH)
        self.checklist = ActionButton(tr("Checklist…"), self, key="L", kind="quiet", small=True)
        self.copy = ActionButton(_COPY, self, key=COPY_KEY, kind="quiet", small=True)
        self.notice = NoticeBar(self)
        self.table = PanelTable(
            _columns(), self, name=tr("When can the patient have it"), row_height=ROW_HEIGHT, sortable=False,
            identity=lambda row: row.label,
        )  # fmt: skip
        self._build()
        self.day.settled.connect(self.day_settled)
        self.copy.clicked.connect(self.copy_wanted)
        self.notice.step_wanted.connect(self.coverage_wanted)
        add = QShortcut(QKeySequence(_ADD_KEY), self)
        add.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        add.activated.connect(self._on_add)
        self.table.row_activated.connect(self.row_activated)
        self.table.bind("L", self.checklist_wanted.emit)
        self.checklist.clicked.connect(self._on_checklist)
        self.begin()

    def _build(self) -> None:
        self.head.add(FieldLabel(tr("&on"), self.day, self, width=0))
        self.head.add(FieldBox(self.day, self))
        self.head.add(self.checklist)
        self.head.add(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.notice)
        column.addWidget(self.table)
        column.addStretch(1)

    def begin(self) -> None:
        """Start with today and nothing shown."""
        self.day.set_day(self._today)
        self.day.set_error(None)
        self.notice.clear()
        self.table.set_rows(())
        self._fit()

    @Slot()
    def _on_checklist(self) -> None:
        row = self.table.current_record()
        if row is not None:
            self.checklist_wanted.emit(row)

    @Slot()
    def _on_add(self) -> None:
        """Add the coverage that is missing, where that is what is said."""
        if self.notice.button.isVisibleTo(self):
            self.coverage_wanted.emit()

    def say_copied(self) -> None:
        self.copy.setText(_COPIED)

    def show_patient(self, patient: Patient) -> None:
        self.head.title.setText(when_can(patient))

    def show_rows(self, rows: Iterable[EligibleRow]) -> None:
        self.notice.clear()
        self.table.refill(rows, marks=True)
        self.copy.setText(_COPY)
        self._fit()

    def show_problem(self, error: Exception, step: str = "") -> None:
        """Say why there is no answer; what was answered before is not shown any more.

        What sends people to this page says, on it, what to do here.
        """
        self.table.set_rows(())
        if step and isinstance(error, InvalidEntryError) and error.about == "coverage":
            remedy = tr("Add it here with {key}, self-pay included; or choose another date above.", key=_ADD_KEY)
            error = InvalidEntryError(error.title, error.detail, remedy, about=error.about)
        self.notice.button.set_key(_ADD_KEY if step else "")
        self.notice.show_error(error, step)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the rows need: the page scrolls, not the answer."""
        for button in (self.copy, self.checklist):
            button.setEnabled(bool(self.table.records()))
        self.table.setFixedHeight(max(self.table.content_height(), self.table.horizontalHeader().height() + ROW_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.copy.set_key("" if self.width() < theme.scaled(_NARROW) else COPY_KEY)
