"""Takes files of other programs in: look first, then import, then undo if it was the wrong file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr, tr_n
from tracker.services.changes import Changes, Done, Kind
from tracker.services.imports.import_pace import ImportCancelledError
from tracker.ui.actions import Act
from tracker.ui.importing.file_row import FileRow
from tracker.ui.importing.import_bar import ImportBar
from tracker.ui.importing.import_runner import ImportRunner
from tracker.ui.importing.layouts_panel import LayoutsPanel
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.importing.result_panel import ResultPanel
from tracker.ui.importing.scrolled import scrolled
from tracker.ui.importing.step import Step
from tracker.ui.pages.page import Page, PageAct, PageContext
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.tab_chain import chain

if TYPE_CHECKING:
    from tracker.services.imports.imports import ImportPreview, ImportResult

_TOUCHED = frozenset({Kind.PATIENTS, Kind.COVERAGES, Kind.EVENTS})


class ImportPage(Page):
    """One file at a time. Nothing is written before its preview was seen, and nothing is lost when something fails."""

    id = "import"
    title = tr("Import")
    menus = (tr("&File"),)
    icon = "file-in"
    listed = False

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.step = Step.EMPTY
        self._path: Path | None = None
        self._found: ImportPreview | None = None
        self.runner = ImportRunner(context, self)
        self._telling = False
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._show_step(Step.EMPTY)

    def _build(self) -> None:
        self.file_row = FileRow(self)
        self.notice = NoticeBar(self)
        self.progress = ProgressRow(self)
        self.result = ResultPanel(self)
        self.bar = ImportBar(self)
        self.body = QStackedWidget(self)
        self.body.addWidget(scrolled(LayoutsPanel(self.context.services.imports.layouts(), self)))
        self.body.addWidget(scrolled(self.result))
        notice = QHBoxLayout()
        notice.setContentsMargins(16, 0, 16, 8)
        notice.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHead(tr("Import"), tr("from another program's file"), self))
        column.addWidget(self.file_row)
        column.addLayout(notice)
        column.addWidget(self.progress)
        column.addWidget(self.body, 1)
        column.addWidget(self.bar)
        result = self.result
        chain(
            result.counts, result.copy_button, result.save_button, result.problems, *self.bar.findChildren(ActionButton)
        )

    def _connect(self) -> None:
        self.file_row.check_wanted.connect(self.check)
        self.file_row.edited.connect(self._on_edited)
        self.bar.import_button.clicked.connect(self.run_import)
        self.bar.again_button.clicked.connect(self._on_another)
        self.progress.called_off.connect(self.runner.call_off)
        self.runner.previewed.connect(self._on_previewed)
        self.runner.imported.connect(self._on_imported)
        self.runner.saved.connect(self._on_saved)
        self.runner.failed.connect(self._on_failed)
        self.runner.save_failed.connect(self._tell)
        self.result.save_wanted.connect(self.save_rejected)
        self.result.copied.connect(partial(self._say, Status.OK, tr("Copied. Paste it into a spreadsheet.")))

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(Act("import", tr("&Import…"), tr("&File"), ("Ctrl+I",)), self.front_wanted.emit, here=False),
            PageAct(
                Act("choose file", tr("Choose a &file to import…"), tr("&File"), ("Ctrl+O",)), self.file_row.choose
            ),
        )

    # What the person does

    def begin(self, what: object) -> None:
        """Take a path to look at."""
        if isinstance(what, Path):
            self.file_row.set_path(what)

    def opened(self) -> None:
        self._offer_last()
        self._focus_on_next()

    def _offer_last(self) -> None:
        """Name the file that was imported last: an export is often written to the same place each morning."""
        last = self.context.preferences.import_file
        if last and not self.file_row.field.text() and Path(last).is_file():
            self.file_row.field.setText(last)
            self.file_row.field.selectAll()

    def primary(self) -> None:
        """Import what was looked at, or look at the file first."""
        if self.step is Step.READY:
            self.run_import()
        else:
            self.file_row.check()

    @Slot(object)
    def check(self, path: Path) -> None:
        """Say what importing this file would do; nothing is written."""
        if self.step.busy:
            return
        self._path = path
        self.notice.clear()
        self._show_step(Step.CHECKING)
        self.progress.follow(self.runner.preview(path), tr("Checking {name}", name=path.name))

    @Slot()
    def run_import(self) -> None:
        """Import the file that was looked at."""
        if self.step is Step.READY and self._path is not None and self.bar.import_button.isEnabled():
            self.notice.clear()
            self._show_step(Step.IMPORTING)
            self.progress.follow(self.runner.run(self._path), tr("Importing {name}", name=self._path.name))

    @Slot(object)
    def save_rejected(self, target: Path) -> None:
        """Write the rejected lines with their reasons, to be mended and imported."""
        if self._path is not None and self._found is not None:
            self.runner.save_rejected(self._path, self._found, target)

    # What arrives

    def refresh(self, changes: Changes) -> None:
        """Look at the file again when what it was compared with has changed, by an undo for one."""
        if self._telling or not changes.kinds & _TOUCHED or self._path is None:
            return
        if self.step in (Step.READY, Step.DONE):
            self.check(self._path)

    @Slot(object)
    def _on_previewed(self, found: ImportPreview) -> None:
        self._show_found(found, Step.READY)

    @Slot(object)
    def _on_imported(self, done: Done[ImportResult]) -> None:
        self._show_found(done.value, Step.DONE)
        self.context.preferences.import_file = str(self._path or "")
        self._telling = True
        self.acted.emit(done)
        self._telling = False

    @Slot(int, str)
    def _on_saved(self, count: int, name: str) -> None:
        self._say(
            Status.OK,
            tr_n("Saved {n:,} rejected line to {name}.", "Saved {n:,} rejected lines to {name}.", count, name=name),
        )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self.step is Step.CHECKING:
            self._show_step(Step.EMPTY)
        elif self.step is Step.IMPORTING:
            self._show_step(Step.READY)
        if isinstance(error, ImportCancelledError):
            self._say(Status.NEUTRAL, error.sentence())
        else:
            self._tell(error)

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self.notice.show_error(error)
        else:
            self.context.tasks.unseen.emit(error)

    def _say(self, status: Status, sentence: str) -> None:
        self.notice.show_sentence(status, sentence)

    @Slot()
    def _on_edited(self) -> None:
        self.notice.clear()
        self._show_step(Step.EMPTY)

    @Slot()
    def _on_another(self) -> None:
        self.file_row.field.clear()
        self._on_edited()
        self.file_row.choose()

    # What is shown

    def _show_found(self, found: ImportPreview, step: Step) -> None:
        self._found = found
        folder = self._path.parent if self._path is not None else Path()
        self.result.show_found(found, folder, done=step is Step.DONE)
        self._show_step(step)
        self._focus_on_next()

    def _focus_on_next(self) -> None:
        """Put the hands on the next step."""
        if self.step is Step.DONE:
            self.bar.again_button.setFocus()
        elif self.bar.import_button.isEnabled():
            self.bar.import_button.setFocus()
        else:
            self.file_row.field.setFocus()

    def _show_step(self, step: Step) -> None:
        self.step = step
        if step.busy:
            self.setFocus()  # the field is held now, and the focus must not wander to another page's button
        else:
            self.progress.stop()
        self.file_row.set_busy(step.busy)
        if step is Step.EMPTY:
            self._found = None
        self.body.setCurrentIndex(0 if self._found is None else 1)
        self.bar.show_step(step, self._found.writes if self._found is not None else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the filled button presses it, as in a dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.bar.import_button.hasFocus():
            self.run_import()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.file_row.set_path(Path(event.mimeData().urls()[0].toLocalFile()))
