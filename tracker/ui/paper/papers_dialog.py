"""The papers of a request and the patient's others: attach, correct, take with the request or not, take out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from tracker.domain.clinical_record import Document
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.services.changes import Done
from tracker.services.packets.packet_content import Packet
from tracker.services.patients.documents import KIND_WORDS
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.file_choice import FileChoice
from tracker.ui.paper.paper_acts import PaperActs
from tracker.ui.paper.papers_panel import whose
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.panel_table import PanelTable
from tracker.ui.widgets.plain_label import PlainLabel

_WIDTH, _HEIGHT = 760, 520
_KEYS = (
    ("A", tr("attach")),
    ("Enter", tr("correct")),
    ("Space", tr("with this request or not")),
    ("Del", tr("take out")),
    ("S", tr("save a copy")),
)


@dataclass(frozen=True, slots=True)
class RequestPaper:
    """A paper of the patient, whether it belongs to the request, and the line that it answers.

    `went`: it is a packet as it left the house, which is not corrected.
    """

    paper: Document
    mine: bool
    answers: str = ""
    went: bool = False


def _belongs(row: RequestPaper) -> str:
    return tr("went out") if row.went else tr("this one") if row.mine else "–"


def _columns() -> tuple[Column[RequestPaper], ...]:
    return (
        Column(tr("Request"), lambda row: row.mine, _belongs, longest=tr("this one"), spoken=tr("belongs to")),
        Column(tr("Kind"), lambda row: tr(KIND_WORDS[row.paper.kind]), longest=tr("Payer's decision")),
        Column(tr("Title"), lambda row: row.paper.title),
        Column(tr("Dated"), lambda row: row.paper.dated, lambda row: us_date(row.paper.dated) if row.paper.dated
               else "–", longest="00/00/0000"),
        Column(tr("Pages"), lambda row: row.paper.pages, alignment=RIGHT, longest="0000", drops=2),
        Column(tr("Answers"), lambda row: row.answers, drops=1, fit=200),
    )  # fmt: skip


class PapersDialog(BaseDialog):
    """Everything done in it is saved at once; `acted` carries each Done. The request's own papers stand on top."""

    help_place = "printing#papers"
    acted = Signal(object)

    def __init__(self, context: PageContext, record_id: str, parent: QWidget) -> None:
        room = parent.window().size()
        super().__init__(tr("Documents"), parent, width=min(_WIDTH, room.width() - 24))
        self._context = context
        self._record_id = record_id
        self.packet: Packet | None = None
        self.acts = PaperActs(context, self)
        self.files = FileChoice(self)
        self.none = PlainLabel("", "body", "ink3", self, wrap=True)
        self.table = PanelTable(
            _columns(), self, name=tr("Papers of the patient"), row_height=28, sortable=False,
            identity=lambda row: row.paper.id, past=lambda row: not row.mine,
        )  # fmt: skip
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.none)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(KeyHints(_KEYS, self))
        self.add_close(tr("Close"))
        self.attach_button = self.add_button(ActionButton(tr("Attach…"), self, icon="plus"), primary=True)
        self.resize(min(_WIDTH, room.width() - 24), min(_HEIGHT, room.height() - 24))
        self._connect()
        self.read()

    def _connect(self) -> None:
        self.attach_button.clicked.connect(self.attach)
        self.table.row_activated.connect(self._correct)
        self.table.bind("Space", self._turn)
        self.table.bind("Del", self._remove)
        self.table.bind("S", self._save_copy)
        attach = QShortcut(Qt.Key.Key_A, self)
        attach.activated.connect(self.attach)
        self.acts.acted.connect(self._on_acted)

    @Slot()
    def read(self) -> None:
        """Look at the file again."""
        gather = self._context.services.packets.gather
        self._context.tasks.run(self, lambda: gather(self._record_id), self._show, self._on_failed)

    @Slot(object)
    def _show(self, packet: Packet) -> None:
        self.packet = packet
        self.beside.setText(whose(packet))
        self.table.set_rows(tuple(_rows(packet)))
        nothing = not self.table.records()
        self.table.setVisible(not nothing)
        self.none.setText(_told(packet))
        if self.table.current_record() is None:
            self.table.select_row(0)
        (self.attach_button if nothing else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def attach(self) -> None:
        if self.packet is not None:
            self.acts.attach(self.packet)

    @Slot(object)
    def _correct(self, row: RequestPaper) -> None:
        if row.went:
            self._say_went()
        elif self.packet is not None:
            self.acts.correct(row.paper, self.packet)

    def _remove(self, row: RequestPaper) -> None:
        if row.went:
            self._say_went()
        else:
            self.acts.remove(row.paper)

    def _say_went(self) -> None:
        told = tr("This packet stands as it went to the payer. S saves a copy of it.")
        self.notice.show_sentence(Status.CAUTION, told)

    def _save_copy(self, row: RequestPaper) -> None:
        """Ask where a copy goes; the name that is offered says nothing of the patient."""
        ending = row.paper.media_type.rpartition("/")[2]
        name = f"document-{row.paper.sha256[:8]}.{ending}"
        self.files.ask(tr("Save a copy"), f"*.{ending}", lambda path: self.save_to(row.paper, path), save_as=name)

    def save_to(self, paper: Document, path: Path) -> None:
        """Write a copy of a paper; an error is told here."""
        documents, packets = self._context.services.documents, self._context.services.packets
        told = tr("Saved as {name}.", name=path.name)
        self._context.tasks.run(
            self,
            lambda: packets.save(documents.content(paper.id), path),
            lambda _none: self.notice.show_sentence(Status.OK, told),
            self._on_failed,
            lane="long",
        )

    def _turn(self, row: RequestPaper) -> None:
        """Let the paper belong to this request, or to none."""
        if row.went:
            self._say_went()
            return
        changed = replace(row.paper, authorization_id="" if row.mine else self._record_id)
        correct = self._context.services.documents.correct
        self._context.tasks.run(self, lambda: correct(changed), self._on_acted, self._on_failed)

    @Slot(object)
    def _on_acted(self, done: Done[object]) -> None:
        self.notice.show_sentence(Status.OK, done.sentence)
        self.acted.emit(done)
        self.read()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self.notice.show_error(error)
        else:
            self._context.tasks.unseen.emit(error)


def _rows(packet: Packet) -> Iterator[RequestPaper]:
    answers = {line.id: line.label for line in reversed(packet.checklist)}
    for mine, papers in ((True, packet.papers), (False, packet.others)):
        for paper in papers:
            yield RequestPaper(paper, mine, answers.get(paper.item, ""))
    for paper in packet.sent:
        yield RequestPaper(paper, mine=True, went=True)


def _told(packet: Packet) -> str:
    count = len(packet.papers)
    if not (count or packet.others or packet.sent):
        return tr("No paper is attached yet. A attaches one.")
    return tr_n("{n} paper belongs to this request.", "{n} papers belong to this request.", count)
