"""The packet of one request: what is missing, which papers go in, how it looks; print it, save it, mark it as sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.clinical_record import Document
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.services.changes import Done
from tracker.services.packets.packet_content import Packet
from tracker.ui import theme
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.file_choice import FileChoice
from tracker.ui.paper.packet_frame import PacketParts, arrange, follow_work, width_in
from tracker.ui.paper.packet_maker import MadePacket
from tracker.ui.paper.packet_work import PacketWork
from tracker.ui.paper.page_dialog import PageDialog
from tracker.ui.paper.page_view import PageView
from tracker.ui.paper.paper_acts import PaperActs
from tracker.ui.paper.papers_panel import PapersPanel, missing_words, whose
from tracker.ui.paper.payer_paper_acts import PDF_FILES, PayerPaperActs
from tracker.ui.paper.printing import PaperPrinter
from tracker.ui.paper.sent_row import SentRow
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.notice_bar import NoticeBar


class PacketDialog(PageDialog):
    """`acted` carries every Done. Enter on the button, or Ctrl+Enter anywhere, prints on the printer used last."""

    help_place = "printing#packet"
    acted = Signal(object)

    def __init__(self, context: PageContext, record_id: str, parent: QWidget) -> None:
        room = parent.window().size()
        super().__init__(tr("Packet"), parent, width=min(theme.scaled(980), room.width() - 24))
        self.resize(width_in(room), min(780, room.height() - 24))
        self._context = context
        self.packet: Packet | None = None
        self.made: MadePacket | None = None
        self._print_waits = False
        self._room = room
        self.files = FileChoice(self)
        self.paper_acts = PaperActs(context, self)
        self.payer_papers = PayerPaperActs(context, record_id, self)
        self.work = PacketWork(context, record_id, self)
        self.printer = PaperPrinter(context.tasks, self)
        self._build()
        self._connect()
        self.work.gather()

    def _build(self) -> None:
        self.missing = NoticeBar(self)
        self.papers = PapersPanel(self)
        self.view = PageView(self)
        self.sent = SentRow(self._context.services.clock.today(), self)
        self.attach_button = ActionButton(tr("Attach…"), self, key="Ctrl+O", icon="plus", bind=True)
        self.form_button = ActionButton(tr("Fill a form…"), self, key="Alt+F", bind=True)
        self.copy_button = ActionButton(tr("Copy sheet"), self, key="Alt+C", icon="copy", bind=True)
        self.add_close(tr("Close"))
        self.save_button = ActionButton(tr("Save as PDF…"), self, key="Ctrl+S", bind=True)
        self.other_button = ActionButton(tr("Other printer…"), self, key="Ctrl+P", bind=True)
        self.print_button = ActionButton(tr("Print {pages} pages", pages=88), self, key="Ctrl+Enter", icon="printer")
        foot = (self.save_button, self.other_button, self.print_button)
        parts = PacketParts(self.missing, self.papers, self.view, self.sent, foot)
        more = (self.attach_button, self.form_button, self.copy_button)
        for button in arrange(self.body, parts, more, self._room, self):
            self.add_button(button, left=True)
        for button in foot:
            self.add_button(button, primary=button is self.print_button)
        self.print_on_enter()
        self._offer()

    def _connect(self) -> None:
        self.work.gathered.connect(self._show_packet)
        self.work.made.connect(self._show_made)
        follow_work(self.view, self.work)
        self.papers.changed.connect(self._make)
        self.papers.attach_wanted.connect(self.attach)
        self.papers.removal_wanted.connect(self.paper_acts.remove)
        self.papers.correction_wanted.connect(self._on_correction_wanted)
        self.paper_acts.acted.connect(self._on_acted)
        self.attach_button.clicked.connect(self.attach)
        self.form_button.clicked.connect(self.payer_papers.choose_form)
        self.copy_button.clicked.connect(self.payer_papers.open_copy_sheet)
        self.payer_papers.filled.connect(self._on_filled)
        self.save_button.clicked.connect(self.choose_file)
        self.other_button.clicked.connect(self._on_other_printer)
        self.print_button.clicked.connect(self.print)
        self.printer.printed.connect(self._on_printed)
        for source in (self.work, self.payer_papers, self.printer):
            source.failed.connect(self._on_failed)
        self.sent.sent_wanted.connect(self._on_sent_wanted)
        self.sent.warned.connect(lambda told: self.notice.show_sentence(Status.CAUTION, told))

    # What is shown

    @Slot(object)
    def _show_packet(self, packet: Packet) -> None:
        self.packet = packet
        self.beside.setText(whose(packet))
        self.papers.show_papers(packet.papers, packet.others)
        self.missing.show_sentence(Status.CAUTION, missing_words(packet.missing))
        self.sent.show_record(packet.record, missing_words(packet.missing))
        self._make()

    @Slot()
    def _make(self) -> None:
        if self.packet is not None:
            self.made = None
            self._offer()
            self.work.make(self.packet, self.papers.chosen(), self.payer_papers.forms)

    @Slot(object)
    def _show_made(self, made: MadePacket) -> None:
        self.made = made
        self.view.show_paper(made)
        told = (*self.payer_papers.told, *made.told)
        if told:
            self.notice.show_sentence(Status.CAUTION, " ".join(told))
        self._offer()
        if self._print_waits:
            self.print()

    def _offer(self) -> None:
        """Say on the buttons what they would do now."""
        waiting = None if self.made else tr("making the pages")
        for button in (self.save_button, self.other_button, self.sent.button):
            button.set_off(waiting)
        printer = self._context.preferences.printer
        self.print_button.setText(tr("Print {pages} pages", pages=self.made.pages) if self.made else tr("Print"))
        self.print_button.set_tip(tr("On {printer}", printer=printer) if printer else tr("Choose a printer"))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._print_waits = False
        if isinstance(error, TrackerError):
            self.notice.show_error(error)
        else:
            self._context.tasks.unseen.emit(error)

    # Papers and forms

    @Slot()
    def attach(self) -> None:
        if self.packet is not None:
            self.paper_acts.attach(self.packet)

    @Slot(object)
    def _on_correction_wanted(self, paper: Document) -> None:
        if self.packet is not None:
            self.paper_acts.correct(paper, self.packet)

    @Slot(object)
    def _on_acted(self, done: Done[object]) -> None:
        self.notice.show_sentence(Status.OK, done.sentence)
        self.acted.emit(done)
        self.work.gather()

    @Slot()
    def _on_filled(self) -> None:
        self.notice.clear()
        self._make()

    # Out of the house

    @Slot()
    def print(self) -> None:
        """Print where the last packet was printed, else ask where; while the pages are made, as soon as they are."""
        self._print_waits = self.made is None
        if self.made is None:
            self.notice.show_sentence(Status.NEUTRAL, tr("Making the pages…"))
            self.work.make_again()
        elif printer := self._context.preferences.printer:
            self.printer.print_on(self.made, printer)
        else:
            self.printer.choose(self.made)

    @Slot()
    def _on_other_printer(self) -> None:
        if self.made is not None:
            self.printer.choose(self.made)

    @Slot(str)
    def _on_printed(self, printer: str) -> None:
        self._context.preferences.printer = printer
        self._offer()
        where = tr(" on {printer}", printer=printer) if printer else ""
        self.notice.show_sentence(
            Status.OK, tr("The packet went to the printer{where}. Alt+M marks it as sent.", where=where)
        )

    @Slot()
    def choose_file(self) -> None:
        """Ask where to save; the name that is offered says nothing of the patient."""
        if self.made is not None:
            self.files.ask(tr("Save the packet"), PDF_FILES, self.save_to, save_as=f"packet-{self.made.packet.id}.pdf")

    def save_to(self, path: Path) -> None:
        """Write the PDF; an error is told here, and the packet stays."""
        if (made := self.made) is None:
            return
        save = self._context.services.packets.save
        told = tr("Saved as {name}. Alt+M marks it as sent.", name=path.name)
        self._context.tasks.run(
            self,
            lambda: save(made.pdf, path),
            lambda _none: self.notice.show_sentence(Status.OK, told),
            self._on_failed,
            lane="long",
        )

    @Slot()
    def _on_sent_wanted(self) -> None:
        if (made := self.made) is None:
            return
        (channel, reference, ask), whole = self.sent.values(), self.sent.is_whole()
        sent = self._context.services.packets.sent
        self.sent.button.set_off(tr("saving"))
        self._context.tasks.run(
            self,
            lambda: sent(
                made.packet, made.pages, channel, content=made.pdf, reference=reference, complete=whole, next_action=ask
            ),
            self._on_sent,
            self._on_not_sent,
        )

    def _on_sent(self, done: Done[object]) -> None:
        self.accept()
        self.acted.emit(done)

    def _on_not_sent(self, error: Exception) -> None:
        self._offer()
        self._on_failed(error)
