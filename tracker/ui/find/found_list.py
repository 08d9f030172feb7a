"""Who was found, and below a divider who is spelt much like it: two tables that one marker walks through."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr, tr_for
from tracker.domain.list_order import FoundSort
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.ui.announcing import announce
from tracker.ui.find.found_order import ORDERS, FoundModel, keep_arrow
from tracker.ui.find.hit_delegate import HitDelegate
from tracker.ui.find.search_words import NEW_KEY, counted
from tracker.ui.models.record_table_model import Column
from tracker.ui.theme.status import Status, status_of
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.marks import Divider
from tracker.ui.widgets.panel_table import PanelTable
from tracker.ui.widgets.section_head import SectionHead

if TYPE_CHECKING:
    from tracker.services.patients.glances import Glance
    from tracker.services.patients.patients import PatientHit

ROW_HEIGHT = 36
_COVERAGE = 3
"""The column that gives way where the window is narrow: a name, a date and a number are never cut."""
_HINTS = (
    ("Enter", tr_for("act", "open")),
    ("Ctrl+Enter", tr("book")),
    ("Shift+Enter", tr("check")),
    ("Ctrl+A", tr("authorizations")),
    (NEW_KEY, tr("add a patient")),
)


class _Glances:
    """What is known by now of each patient found; rows are painted before it is."""

    def __init__(self) -> None:
        self.known: dict[str, Glance] = {}

    def words(self, hit: PatientHit) -> str:
        glance = self.known.get(hit.patient.id)
        return glance.text if glance else ""

    def status(self, hit: PatientHit) -> Status | None:
        glance = self.known.get(hit.patient.id)
        return status_of(glance.outcome) if glance else None

    def tinted(self, hit: PatientHit) -> bool:
        glance = self.known.get(hit.patient.id)
        return glance is not None and glance.outcome is not Outcome.ALLOWED


def _columns(glances: _Glances) -> tuple[Column[PatientHit], ...]:
    return (
        Column(tr("Patient"), lambda hit: hit.patient.name, strong=True, fit=330),
        Column(tr("Born"), lambda hit: hit.patient.born, lambda hit: us_date(hit.patient.born), longest="00/00/0000",
               below=True),
        Column(tr("Record no."), lambda hit: hit.patient.mrn, fit=150, drops=4),
        Column(tr("Coverage"), lambda hit: hit.coverage_label, lambda hit: hit.coverage_label or tr("none today"),
               fit=260, drops=3),
        Column(tr("Member id"), lambda hit: hit.member_id, tone=lambda _hit: "ink2", fit=170, drops=1),
        Column(tr("Phone"), lambda hit: hit.patient.phone, tone=lambda _hit: "ink2", fit=150, drops=2),
        Column(tr("Worth knowing"), glances.words, status=glances.status, tinted=glances.tinted,
               longest=tr("MBB therapeutic not before 00/00/0000"), least=250),
    )  # fmt: skip


class _FoundTable(PanelTable):
    """`fitted` comes when a new width changed the columns."""

    fitted = Signal()

    def sorts_by(self) -> tuple[int, ...]:
        return tuple(ORDERS) if self.isSortingEnabled() else ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fitted.emit()


_LEAST = 400


class FoundList(QWidget):
    """`activated` carries the hit that was double-clicked; `order_wanted` comes when another order was chosen.

    The tables never take the focus: it stays in the field.
    """

    activated = Signal(object)
    order_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glances = _Glances()
        self.hits_head = SectionHead(tr("Patients"), self)
        self._order = FoundModel(_columns(self._glances), self, identity=lambda hit: hit.patient.id)
        self.hits = self._table(tr("Patients found"), self._order)
        keep_arrow(self.hits, self._order)
        self._order.order_wanted.connect(self.order_wanted)
        self.alike_head = SectionHead(tr("Did you mean"), self)
        self.alike = self._table(tr("Patients spelled much alike"))
        self.alike.horizontalHeader().hide()
        self.hits.columns_chosen.connect(self._on_columns)
        self.hits.setMinimumHeight(self.hits.horizontalHeader().height() + ROW_HEIGHT)
        self.alike.setMinimumHeight(ROW_HEIGHT)
        self.divider = Divider(self)
        self.footer = Ground("panel", self, lines="t")
        self.footer.setFixedHeight(36)
        self.hints = KeyHints(_HINTS, self.footer)
        self._build()

    def found_sort(self) -> FoundSort | None:
        """Return by what the list is to be sorted, None for the likeliest on top."""
        return self._order.found_sort()

    def _table(self, name: str, model: FoundModel | None = None) -> _FoundTable:
        table = _FoundTable(_columns(self._glances), self, name=name, row_height=ROW_HEIGHT,
                            sortable=model is not None, model=model, identity=lambda hit: hit.patient.id)  # fmt: skip
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setItemDelegateForColumn(0, HitDelegate(table))
        table.row_activated.connect(self.activated)
        table.fitted.connect(self._align)
        table.clicked.connect(lambda _index: self._leave_other(table))
        table.row_menu.aimed.connect(lambda: self._leave_other(table))
        return table

    def _build(self) -> None:
        row = QHBoxLayout(self.footer)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self.hints)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.hits_head, self.hits, self.divider, self.alike_head, self.alike):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.footer)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())  # the keys stand in the list of keys too

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.footer.setVisible(self.width() >= self.hints.sizeHint().width() + 32)

    def show_found(self, text: str, hits: Iterable[PatientHit], alike: Iterable[PatientHit]) -> None:
        """Show both lists; the first row of them is marked, unless the marked one is still there."""
        before = self.current()
        for table, head, rows in ((self.hits, self.hits_head, hits), (self.alike, self.alike_head, alike)):
            shown = tuple(rows)
            _mark(table, -1)
            table.itemDelegateForColumn(0).setProperty("typed", text)
            table.set_rows(shown)
            table.setVisible(bool(shown))
            head.setVisible(bool(shown))
            table.updateGeometry()
        self.divider.setVisible(self.hits.isVisibleTo(self) and self.alike.isVisibleTo(self))
        self.hits_head.set_beside(counted(len(self.hits.records())))
        self._mark_first(before)
        self._align()

    @Slot()
    def _on_columns(self) -> None:
        self.alike.choice.follow(self.hits.choice)
        self.alike.columns_chosen.emit()
        self._align()

    @Slot()
    def _align(self) -> None:
        """Let the columns of both lists stand under each other, as wide as the wider of the two."""
        if not self.hits.isVisibleTo(self) or not self.alike.isVisibleTo(self):
            return
        both = (self.hits, self.alike)
        for table in both:
            table.refit()
        columns = range(len(self.hits.record_model().columns))
        kept = [place for place in columns if not any(table.isColumnHidden(place) for table in both)]
        widths = {place: max(table.columnWidth(place) for table in both) for place in kept}
        widths[_COVERAGE if _COVERAGE in widths else 0] += min(table.viewport().width() for table in both) - sum(
            widths.values()
        )
        for table, place in itertools.product(both, columns):
            table.setColumnHidden(place, place not in widths)
            if place in widths:
                table.setColumnWidth(place, widths[place])

    def _mark_first(self, before: PatientHit | None) -> None:
        for table in (self.hits, self.alike):
            if before is not None and table.select_record(before.patient.id):
                return
        _mark(self.hits if self.hits.records() else self.alike, 0)

    def show_glance(self, patient_id: str, glance: Glance) -> None:
        """Say the one thing worth knowing in the patient's row."""
        self._glances.known[patient_id] = glance
        for table in (self.hits, self.alike):
            model = table.record_model()
            row = model.row_of(patient_id)
            if row >= 0:
                model.dataChanged.emit(model.index(row, 0), model.index(row, model.columnCount() - 1))

    def forget_glances(self) -> None:
        """What was known may not be true any more."""
        self._glances.known.clear()

    def unglanced(self) -> list[str]:
        """Return who is shown without a word yet, from the top."""
        shown = [hit.patient.id for table in (self.hits, self.alike) for hit in table.records()]
        return [patient_id for patient_id in shown if patient_id not in self._glances.known]

    def current(self) -> PatientHit | None:
        """Return the marked patient, None when nobody was found."""
        hit: PatientHit | None = self.hits.current_record() or self.alike.current_record()
        return hit

    def count(self) -> int:
        return len(self.hits.records()) + len(self.alike.records())

    def step(self, by: int) -> None:
        """Move the marker; it walks from the one list into the other and stays at both ends."""
        many = len(self.hits.records())
        in_hits = self.hits.currentIndex().isValid()
        place = self.hits.currentIndex().row() if in_hits else many + self.alike.currentIndex().row()
        place = max(0, min(self.count() - 1, place + by))
        if self.count():
            table = self.hits if place < many else self.alike
            _mark(table, place if place < many else place - many)
            self._leave_other(table)
            self._speak()

    def _leave_other(self, table: PanelTable) -> None:
        _mark(self.alike if table is self.hits else self.hits, -1)

    def _speak(self) -> None:
        hit = self.current()
        if hit is not None:
            parts = (hit.patient.name, us_date(hit.patient.born), hit.coverage_label, self._glances.words(hit))
            words = ", ".join(part for part in parts if part)
            announce(self, words)


def _mark(table: PanelTable, row: int) -> None:
    if row >= 0:
        table.select_row(row)
    else:
        table.unmark()
