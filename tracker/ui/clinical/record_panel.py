"""The last section of a patient's page: conservative care that was tried, and claims that were denied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.clinical_record import ConservativeCare
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.patients.conservative_care import care_span_text
from tracker.services.words.wording import event_text, us_partial
from tracker.ui.models.record_table_model import Column
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.panel_table import ROW_HEIGHT, PanelTable
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead
from tracker.ui.widgets.side_by_side import SideBySide

if TYPE_CHECKING:
    from tracker.services.desk.denials import DenialRow

CARE_KEY = "Ctrl+Shift+K"
_MOST = 4
_NO_CARE = tr("None on file. Payers ask what was tried first, for how long, and with what result.")
_NO_DENIAL = tr("No denied claim is on file. D on an injection records one.")


def _care_columns() -> tuple[Column[ConservativeCare], ...]:
    return (
        Column(tr("Tried"), lambda care: care.what, fit=220),
        Column(tr("When"), lambda care: care.start, care_span_text, longest="00/00/0000 to 00/00/0000"),
        Column(tr("Result"), lambda care: care.result or "–"),
    )


def _denial_columns() -> tuple[Column[DenialRow], ...]:
    return (
        Column(tr("Denied"), lambda row: row.denial.denied_on, lambda row: us_date(row.denial.denied_on),
               longest="00/00/0000"),
        Column(tr("Injection"), lambda row: f"{us_partial(row.event.when)}  {event_text(row.event)}", fit=200, least=90,
               drops=1),
        Column(tr("Code"), lambda row: f"{row.denial.group_code} {row.denial.reason_code}".strip(), longest="CO 000"),
        Column(tr("What it means"), lambda row: row.meaning),
        Column(tr("We had said"), lambda row: row.said_allowed, _said, status=_said_status, tinted=lambda _row: False,
               longest=tr("Not allowed")),
    )  # fmt: skip


def _said(row: DenialRow) -> str:
    return {True: tr("Allowed"), False: tr("Not allowed"), None: "–"}[row.said_allowed]


def _said_status(row: DenialRow) -> Status | None:
    return {True: Status.OK, False: Status.NO, None: None}[row.said_allowed]


class RecordPanel(Ground):
    """`care_activated` carries a ConservativeCare, `denial_activated` a DenialRow."""

    care_wanted = Signal()
    care_activated = Signal(object)
    denial_activated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        self.care = PanelTable(_care_columns(), self, name=tr("Conservative care"), row_height=ROW_HEIGHT,
                               identity=lambda care: care.id)  # fmt: skip
        self.denials = PanelTable(_denial_columns(), self, name=tr("Denied claims"), row_height=ROW_HEIGHT,
                                  identity=lambda row: row.denial.id)  # fmt: skip
        self.care_head = SectionHead(tr("Conservative care"), self)
        self.denials_head = SectionHead(tr("Denied claims"), self)
        self.no_care = PlainLabel(_NO_CARE, "body", "ink3", self, wrap=True)
        self.no_denial = PlainLabel(_NO_DENIAL, "body", "ink3", self, wrap=True)
        self.add_care = ActionButton(tr("Add…"), self, key=CARE_KEY, kind="quiet", small=True)
        self.care_head.add(self.add_care)
        left = self._side(self.care_head, self.no_care, self.care, "")
        right = self._side(self.denials_head, self.no_denial, self.denials, "l")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 8)
        column.addWidget(SideBySide((left, 10), (right, 12), self))
        self.add_care.clicked.connect(self.care_wanted)
        self.care.row_activated.connect(self.care_activated)
        self.denials.row_activated.connect(self.denial_activated)
        self.show_care(())
        self.show_denials(())

    def _side(self, head: QWidget, otherwise: PlainLabel, table: PanelTable, lines: str) -> QWidget:
        side = Ground("surface", self, lines=lines)
        otherwise.setContentsMargins(16, 0, 16, 12)
        table.most = _MOST
        column = QVBoxLayout(side)
        column.setContentsMargins(1 if lines else 0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (head, otherwise, table):
            column.addWidget(widget)
        column.addStretch(1)
        return side

    def show_care(self, log: Iterable[ConservativeCare]) -> None:
        self.care.refill(log)
        _fit(self.care, self.no_care)
        self.care_head.set_beside(str(len(self.care.records()) or ""))

    def show_denials(self, rows: Iterable[DenialRow]) -> None:
        self.denials.refill(rows)
        _fit(self.denials, self.no_denial)
        self.denials_head.set_beside(str(len(self.denials.records()) or ""))


def _fit(table: PanelTable, otherwise: PlainLabel) -> None:
    """Be as high as the rows, up to four of them; without any a sentence stands there."""
    rows = min(len(table.records()), _MOST)
    table.setVisible(rows > 0)
    otherwise.setVisible(rows == 0)
    table.setFixedHeight(table.horizontalHeader().height() + max(rows, 1) * ROW_HEIGHT)
