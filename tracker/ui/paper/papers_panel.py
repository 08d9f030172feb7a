"""The papers of the patient: which of them go into the packet, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.clinical_record import Document
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.authorizations.request_facts import asked_text
from tracker.services.packets.packet_content import Packet
from tracker.services.patients.documents import KIND_WORDS
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.panel_table import PanelTable
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead

_MOST_MISSING = 5
KEYS = (
    ("Space", tr("in or out")),
    ("Alt+↑ ↓", tr("move")),
    ("A", tr("attach")),
    ("E", tr("correct")),
    ("Del", tr("take out")),
)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper, and whether it goes into the packet."""

    paper: Document
    chosen: bool


def _columns() -> tuple[Column[PaperRow], ...]:
    return (
        Column(tr("In"), lambda row: row.chosen, lambda row: "✓" if row.chosen else "–", longest=tr("In "),
               spoken=tr("in packet")),
        Column(tr("Kind"), lambda row: tr(KIND_WORDS[row.paper.kind]), longest=tr("Payer's decision"), drops=2),
        Column(tr("Title"), lambda row: row.paper.title),
        Column(tr("Dated"), lambda row: row.paper.dated,
               lambda row: us_date(row.paper.dated) if row.paper.dated else "–", longest="00/00/0000"),
        Column(tr("Pages"), lambda row: row.paper.pages, alignment=RIGHT, longest="0000", drops=1),
    )  # fmt: skip


class PapersPanel(QWidget):
    """`changed` comes when the choice or the order is another; `attach_wanted`.

    `removal_wanted` and `correction_wanted` carry a Document.
    """

    changed = Signal()
    attach_wanted = Signal()
    removal_wanted = Signal(object)
    correction_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = SectionHead(tr("Papers"), self, inset=0)
        self.table = PanelTable(
            _columns(), self, name=tr("Papers of the patient"), row_height=28, sortable=False,
            identity=lambda row: row.paper.id, past=lambda row: not row.chosen,
        )  # fmt: skip
        self.none = PlainLabel(tr("No paper is attached yet. A attaches one."), "body", "ink3", self, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget, stretch in ((self.head, 0), (self.none, 0), (self.table, 1)):
            column.addWidget(widget, stretch)
        column.addStretch(0)
        column.addWidget(KeyHints(KEYS, self))
        self.table.bind("Space", self._toggle)
        self.table.bind("Alt+Up", lambda row: self._move(row, -1))
        self.table.bind("Alt+Down", lambda row: self._move(row, 1))
        self.table.bind("Del", lambda row: self.removal_wanted.emit(row.paper))
        self.table.bind("E", lambda row: self.correction_wanted.emit(row.paper))
        self.table.row_activated.connect(self._toggle)
        attach = QShortcut(Qt.Key.Key_A, self)
        attach.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        attach.activated.connect(self.attach_wanted)

    def show_papers(self, papers: Sequence[Document], others: Sequence[Document]) -> None:
        """Show those of the request, which go in, and the patient's others, which do not unless they are chosen.

        What was chosen and moved before stays so.
        """
        known = {row.paper.id: row for row in self.table.records()}
        fresh = [PaperRow(paper, True) for paper in papers] + [PaperRow(paper, False) for paper in others]
        now = {row.paper.id: row for row in fresh}
        kept = [replace(row, paper=now[key].paper) for key, row in known.items() if key in now]
        self._show([*kept, *(row for key, row in now.items() if key not in known)])

    def chosen(self) -> tuple[Document, ...]:
        """Return what goes into the packet, in its order."""
        return tuple(row.paper for row in self.table.records() if row.chosen)

    def _show(self, rows: Sequence[PaperRow]) -> None:
        self.table.set_rows(rows)
        self.none.setVisible(not rows)
        self.table.setVisible(bool(rows))
        count = sum(row.chosen for row in rows)
        self.head.set_beside(tr("{count} of {n} in the packet", count=count, n=len(rows)) if rows else "")

    def _toggle(self, row: PaperRow) -> None:
        rows = [replace(each, chosen=not each.chosen) if each is row else each for each in self.table.records()]
        self._show(rows)
        self.changed.emit()

    def _move(self, row: PaperRow, by: int) -> None:
        rows = list(self.table.records())
        place = rows.index(row)
        if 0 <= place + by < len(rows):
            rows.insert(place + by, rows.pop(place))
            self._show(rows)
            self.changed.emit()


def whose(packet: Packet) -> str:
    """Return whom and what a packet is about, in the window's language; its pages say it in the payer's."""
    facts = packet.facts
    who = tr("{patient}   born {day}", patient=facts["patient.name"], day=facts["patient.born"])
    return f"{who}   {asked_text(packet.record.request) or facts['request.codes']}   {packet.payer}"


def missing_words(missing: Sequence[str]) -> str:
    """Return the sentence that names what is missing, the first of it where there is much."""
    more = (
        tr("; and {n} more, on the checklist", n=len(missing) - _MOST_MISSING) if len(missing) > _MOST_MISSING else ""
    )
    return (
        tr("Missing: {join}{more}.", join="; ".join(map(_named, missing[:_MOST_MISSING])), more=more) if missing else ""
    )


def _named(missing: str) -> str:
    """Return what is missing in the window's language, as part of one; lines of the checklist are whole ones."""
    sentence = missing + "."
    told = tr(sentence)
    named = told.rstrip(".") if told != sentence else tr(missing)
    return named[:1].lower() + named[1:] if named[1:2].islower() else named
