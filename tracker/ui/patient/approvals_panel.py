"""The patient's approvals by code: what was granted, what visits use of it, what is left, until when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr, tr_for
from tracker.domain.us_dates import us_date
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.panel_table import ROW_HEIGHT, PanelTable
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead
from tracker.ui.worklist.work_words import glyph_of_row, status_of_row, status_word

if TYPE_CHECKING:
    from tracker.services.patients.overview import ApprovalRow

NEW_KEY = "Ctrl+Shift+A"
_NONE = tr("No approval is on file. What is approved stands here by code, with the visits that use it.")


def _units(count: int | None) -> str:
    return tr("no limit") if count is None else str(count)


def used_up(row: ApprovalRow) -> bool:
    return row.line.left == 0 and not row.line.booked


def _status(row: ApprovalRow) -> Status:
    if row.line.denied:
        return Status.NO
    return Status.NEUTRAL if used_up(row) and not row.work.expired else status_of_row(row.work)


def _word(row: ApprovalRow) -> str:
    if row.line.denied:
        return tr("Denied")
    return tr("Used up") if used_up(row) and not row.work.expired else status_word(row.work)


def _glyph(row: ApprovalRow) -> Glyph:
    if row.line.denied:
        return Glyph.OCTAGON
    return Glyph.TICK if used_up(row) and not row.work.expired else glyph_of_row(row.work)


def _days(row: ApprovalRow) -> str:
    return ", ".join(us_date(day) for day in row.visits) or "–"


def _span(row: ApprovalRow) -> str:
    answer = row.record.authorization
    start = answer.start or answer.decided
    begins = us_date(start) if start else ""
    return f"{begins} – {_until(row)}".strip(" –")


def _until(row: ApprovalRow) -> str:
    end = row.record.authorization.end
    return us_date(end) if end else tr_for("end", "open")


def _columns(whole: bool) -> tuple[Column[ApprovalRow], ...]:
    number: Column[ApprovalRow] = Column(
        tr("Number"), lambda row: row.record.authorization.number or "–", fit=150, drops=0 if whole else 1
    )
    until: Column[ApprovalRow] = Column(tr("Valid to"), lambda row: row.record.authorization.end,
                   _until,
                   longest="00/00/0000")  # fmt: skip
    parts = [
        number,
        Column(tr("Code"), lambda row: row.line.code, longest="00000", strong=True),
        Column(tr("Level and side"), lambda row: row.where, fit=220),
        Column(tr("Granted"), lambda row: _units(row.line.units), alignment=RIGHT, longest=tr("Granted"), drops=3),
        Column(tr("Used"), lambda row: row.line.used, alignment=RIGHT, longest=tr("Used"), drops=2),
        Column(tr("Booked"), lambda row: row.line.booked, alignment=RIGHT, longest=tr("Booked"), drops=4),
        Column(tr_for("units", "Left"), lambda row: _units(row.line.left), alignment=RIGHT, longest=tr("no limit"),
               strong=True),
        Column(tr("Span"), _span, longest="00/00/0000 – 00/00/0000") if whole else until,
        Column(tr("Status"), _word, status=_status, glyph=_glyph, tinted=lambda row: row.line.denied,
               longest=tr("Approved")),
    ]  # fmt: skip
    if whole:
        parts.append(Column(tr("Visits that use it"), _days))
    return tuple(parts)


class ApprovalsPanel(Ground):
    """`activated` carries a row. Not `whole`: the few columns of the summary, and only so many rows."""

    activated = Signal(object)
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, whole: bool = True, most: int = 0) -> None:
        super().__init__("surface", parent)
        self._most = most
        self.head = SectionHead(tr("Authorizations, by code"), self)
        self.head.set_beside(tr("left = granted – used – booked") if whole else "")
        self.new = ActionButton(tr("New request"), self, key=NEW_KEY, kind="quiet", small=True)
        self.new.clicked.connect(self.new_wanted)
        self.head.add(self.new)
        self.none = PlainLabel(_NONE, "body", "ink3", self, wrap=True)
        self.none.setContentsMargins(16, 0, 16, 12)
        self.table = PanelTable(
            _columns(whole), self, name=tr("Authorizations by code"), row_height=ROW_HEIGHT, sortable=whole,
            identity=lambda row: (row.work.id, row.line.code, row.where),
            past=lambda row: row.work.expired or used_up(row) or row.line.denied,
        )  # fmt: skip
        self.table.row_activated.connect(self.activated)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.none)
        column.addWidget(self.table, 100 if whole else 0)
        if whole:
            column.addStretch(1)
        self.show_rows(())

    def show_rows(self, rows: Iterable[ApprovalRow]) -> None:
        self.table.refill(rows)
        count = len(self.table.records())
        self.table.setVisible(count > 0)
        self.none.setVisible(count == 0)
        if self._most:
            lines = max(1, min(count, self._most))
            self.table.setFixedHeight(self.table.horizontalHeader().height() + lines * ROW_HEIGHT)
