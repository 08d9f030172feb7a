"""The patient's papers, and who did what to the patient's records: two plain lists, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.clinical_record import Document
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.patients.documents import KIND_WORDS
from tracker.services.words.wording import us_time
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.panel_table import ROW_HEIGHT, PanelTable
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead

if TYPE_CHECKING:
    from tracker.services.patients.overview import ActRow


def _paper_columns() -> tuple[Column[Document], ...]:
    return (
        Column(tr("Dated"), lambda paper: paper.dated, lambda paper: us_date(paper.dated) if paper.dated else "–",
               longest="00/00/0000"),
        Column(tr("Kind"), lambda paper: tr(KIND_WORDS[paper.kind]), longest=tr("Payer's decision")),
        Column(tr("Title"), lambda paper: paper.title),
        Column(tr("Pages"), lambda paper: paper.pages, alignment=RIGHT, longest="0000"),
        Column(tr("For"), lambda paper: tr("a request") if paper.authorization_id else tr("the patient"),
               longest=tr("the patient"), drops=2),
        Column(tr("Attached"), lambda paper: paper.added_at,
               lambda paper: us_date(paper.added_at.astimezone().date()) if paper.added_at else "–",
               longest="00/00/0000"),
        Column(tr("By"), lambda paper: paper.added_by, fit=160, drops=1),
    )  # fmt: skip


class PapersList(Ground):
    """`attach_wanted`; `removal_wanted` carries a Document. A paper is shown in the packet that it goes into."""

    attach_wanted = Signal()
    removal_wanted = Signal(object)
    packet_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.head = SectionHead(tr("Documents"), self)
        self.attach = ActionButton(tr("Attach…"), self, key="A", kind="quiet", small=True)
        self.remove = ActionButton(tr("Take out…"), self, key="X", kind="quiet", small=True)
        self.packet = ActionButton(tr("Packet…"), self, key="Ctrl+P", kind="quiet", small=True)
        for button in (self.attach, self.remove, self.packet):
            self.head.add(button)
        self.table = PanelTable(_paper_columns(), self, name=tr("Documents"), row_height=ROW_HEIGHT,
                                identity=lambda paper: paper.id)  # fmt: skip
        self.empty = EmptyState(tr("No paper is on file."), tr("Notes, images and decisions that payers ask for."),
                                tr("Attach…"), "A", self)  # fmt: skip
        _stack(self, self.head, self.table, self.empty)
        self.table.bind("A", lambda _paper: self.attach_wanted.emit())
        self.table.bind("X", self.removal_wanted.emit)
        self.table.row_activated.connect(lambda _paper: self.packet_wanted.emit())
        self.attach.clicked.connect(self.attach_wanted)
        self.empty.wanted.connect(self.attach_wanted)
        self.packet.clicked.connect(self.packet_wanted)
        self.remove.clicked.connect(self._on_remove)
        self.show_papers(())

    def _on_remove(self) -> None:
        if (paper := self.table.current_record()) is not None:
            self.removal_wanted.emit(paper)

    def show_papers(self, papers: Iterable[Document]) -> None:
        self.table.refill(papers)
        count = len(self.table.records())
        self.table.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self.remove.setEnabled(count > 0)


def _act_columns() -> tuple[Column[ActRow], ...]:
    return (
        Column(tr("When"), lambda act: act.at, _moment, longest="00/00/0000 00:00 AM"),
        Column(tr("Who"), lambda act: act.by, fit=220),
        Column(tr("What"), _what),
        Column(tr("Record"), lambda act: act.record, fit=200, drops=1),
    )


def _moment(act: ActRow) -> str:
    at = act.at.astimezone()
    return f"{us_date(at.date())} {us_time(at.time())}"


def _what(act: ActRow) -> str:
    words = act.what[:1].upper() + act.what[1:]
    return tr("{what} (took an earlier act back)", what=words) if act.took_back else words


class ActsPanel(Ground):
    """Reads only: what was changed in which field stands on the page of the audit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.head = SectionHead(tr("Audit"), self)
        self.table = PanelTable(_act_columns(), self, name=tr("Acts on this patient's records"), row_height=ROW_HEIGHT,
                                identity=lambda act: act.id)  # fmt: skip
        self.none = PlainLabel(tr("Nothing was done yet."), "body", "ink3", self)
        self.none.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.none.setContentsMargins(16, 0, 16, 12)
        _stack(self, self.head, self.table, self.none)
        self.show_acts(())

    def show_acts(self, acts: Iterable[ActRow]) -> None:
        self.table.refill(acts)
        count = len(self.table.records())
        self.head.set_beside(tr("{count} acts on this patient's records", count=count) if count else "")
        self.table.setVisible(count > 0)
        self.none.setVisible(count == 0)


def _stack(panel: QWidget, head: QWidget, table: QWidget, otherwise: QWidget) -> None:
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(head)
    column.addWidget(table, 1)
    column.addWidget(otherwise, 1)
