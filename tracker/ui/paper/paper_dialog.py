"""Shows a paper as it will be printed; Enter prints it, Ctrl+S saves it as a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr, tr_n
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.file_choice import FileChoice
from tracker.ui.paper.page_dialog import PageDialog
from tracker.ui.paper.page_view import PageView
from tracker.ui.paper.paper import Maker, Paper
from tracker.ui.paper.printing import PaperPrinter
from tracker.ui.tasks import LatestOnly
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton

PDF_FILES = tr("PDF (*.pdf)")


class PaperDialog(PageDialog):
    """`head` is the row above the page, for choices that make it anew: `lay` with another maker."""

    help_place = "printing#day-sheet"

    def __init__(self, context: PageContext, title: str, maker: Maker, parent: QWidget) -> None:
        room = parent.window().size()
        super().__init__(title, parent, width=min(640, room.width() - 24))
        self.resize(min(760, room.width() - 24), min(860, room.height() - 24))
        self._context = context
        self._making = LatestOnly(context.tasks, self, lane="long")
        self._print_waits = False
        self.paper: Paper | None = None
        self.files = FileChoice(self)
        self.printer = PaperPrinter(context.tasks, self)
        self.head = QHBoxLayout()
        self.view = PageView(self)
        self.body.addLayout(self.head)
        self.body.addWidget(self.view, 1)
        self._add_buttons()
        self.printer.printed.connect(self._on_printed)
        self.printer.failed.connect(self._on_failed)
        self.lay(maker)

    def _add_buttons(self) -> None:
        self.add_close(tr("Close"))
        self.save_button = self.add_button(ActionButton(tr("Save as PDF…"), self, key="Ctrl+S", bind=True))
        self.other_button = self.add_button(ActionButton(tr("Other printer…"), self, key="Ctrl+P", bind=True))
        self.print_button = self.add_button(ActionButton(tr("Print"), self, icon="printer"), primary=True)
        self.save_button.clicked.connect(self.choose_file)
        self.other_button.clicked.connect(self._on_other_printer)
        self.print_button.clicked.connect(self.print)
        self.print_on_enter()

    def lay(self, maker: Maker) -> None:
        """Lay the paper; only the newest one asked for is shown."""
        self.paper = None
        self._offer()
        self._making.run(maker, self._show_paper, self._on_failed)

    @Slot(object)
    def _show_paper(self, paper: Paper) -> None:
        self.paper = paper
        self.view.show_paper(paper)
        self._offer()
        if self._print_waits:
            self.print()

    def _offer(self) -> None:
        """Say on the buttons what they would do now."""
        waiting = None if self.paper else tr("laying the page")
        for button in (self.save_button, self.other_button):
            button.set_off(waiting)
        pages = self.paper.pages if self.paper else 0
        self.print_button.setText(tr_n("Print {n} page", "Print {n} pages", pages) if pages else tr("Print"))

    @Slot()
    def print(self) -> None:
        """Print where was printed last, else ask where; while the paper is laid, as soon as it is."""
        self._print_waits = self.paper is None
        if self.paper is None:
            self.notice.show_sentence(Status.NEUTRAL, tr("Laying the page…"))
        elif printer := self._context.preferences.printer:
            self.printer.print_on(self.paper, printer)
        else:
            self.printer.choose(self.paper)

    @Slot()
    def _on_other_printer(self) -> None:
        if self.paper is not None:
            self.printer.choose(self.paper)

    @Slot(str)
    def _on_printed(self, printer: str) -> None:
        self._context.preferences.printer = printer
        told = tr("It went to the printer {name}.", name=printer) if printer else tr("It went to the printer.")
        self.notice.show_sentence(Status.OK, told)

    @Slot()
    def choose_file(self) -> None:
        """Ask where to save; the name that is offered says nothing of a patient."""
        if self.paper is not None:
            name = self.paper.job.casefold().replace(" ", "-")
            self.files.ask(tr("Save as PDF"), PDF_FILES, self.save_to, save_as=f"{name}.pdf")

    def save_to(self, path: Path) -> None:
        """Write the PDF; an error is told here, and the paper stays."""
        if (paper := self.paper) is None:
            return
        save = self._context.services.packets.save
        self._context.tasks.run(
            self,
            lambda: save(paper.pdf, path),
            lambda _none: self.notice.show_sentence(Status.OK, tr("Saved as {name}.", name=path.name)),
            self._on_failed,
            lane="long",
        )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._print_waits = False
        if isinstance(error, TrackerError):
            self.notice.show_error(error)
        else:
            self._context.tasks.unseen.emit(error)
