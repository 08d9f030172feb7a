"""What a file would change or has changed: one sentence, counts by kind, and every line that needs a look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr, tr_for, tr_n
from tracker.ui.clipboard import copy_private
from tracker.ui.importing.import_words import kind_words, verdict_words
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.widgets.typed_ahead import TypedAhead
from tracker.ui.widgets.verdict_bar import VerdictBar

if TYPE_CHECKING:
    from tracker.services.imports.imports import ImportPreview, KindCount, RowProblem

_COUNTS: tuple[Column[KindCount], ...] = (
    Column(tr("Kind"), lambda count: count.kind, lambda count: kind_words(count.kind), strong=True, fit=200),
    Column(tr_for("records", "New"), lambda count: count.new, lambda count: f"{count.new:,}", RIGHT, longest="000,000"),
    Column(
        tr_for("records", "Changed"),
        lambda count: count.changed,
        lambda count: f"{count.changed:,}",
        RIGHT,
        longest="000,000",
    ),
    Column(tr("Already on file"), lambda count: count.same, lambda count: f"{count.same:,}", RIGHT, longest="000,000"),
    Column(
        tr_for("records", "Rejected"),
        lambda count: count.rejected,
        lambda count: f"{count.rejected:,}",
        RIGHT,
        longest="000,000",
    ),
)
_PROBLEMS: tuple[Column[RowProblem], ...] = (
    Column(tr("Line"), lambda problem: problem.line, lambda problem: f"{problem.line:,}", RIGHT, longest="000,000"),
    Column("", lambda problem: not problem.rejected,
           lambda problem: tr("Rejected") if problem.rejected else tr("Remark"),
           status=lambda problem: Status.NO if problem.rejected else Status.NEUTRAL, tinted=lambda _problem: False,
           longest=tr("Rejected"), spoken=tr("Kind")),
    Column(tr("Column"), lambda problem: problem.field, tone=lambda _problem: "ink2", longest="authorization_required"),
    Column(tr("What is wrong"), lambda problem: problem.what, lambda problem: _begun(problem.what)),
    Column(tr("What to do"), lambda problem: problem.how, lambda problem: _begun(problem.how),
           tone=lambda _problem: "ink2"),
)  # fmt: skip
_WIDTH_OF_COUNTS, _LEAST_PROBLEMS = 560, 112


class ResultPanel(QWidget):
    """`save_wanted` carries the path for the rejected lines; `copied` comes when the table went to the clipboard."""

    save_wanted = Signal(object)
    copied = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = Path()
        self._found: ImportPreview | None = None
        self.dialog: QFileDialog | None = None
        self.verdict = VerdictBar(self)
        self.counts = RecordTable(_COUNTS, self, name=tr("Counts by kind"), sortable=False)
        self.counts.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.counts.setMaximumWidth(_WIDTH_OF_COUNTS)
        self.problems = RecordTable(_PROBLEMS, self, name=tr("Problems by line"), row_height=28)
        self._heading = Heading("", "heading", elide=True, parent=self)
        self.copy_button = ActionButton(tr("Copy the table"), self, small=True, icon="copy")
        self.copy_button.clicked.connect(self._on_copy)
        self.save_button = ActionButton(tr("Save rejected lines…"), self, small=True)
        self.save_button.clicked.connect(self._on_save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(_indented(self.verdict))
        column.addSpacing(8)
        column.addWidget(self.counts)
        column.addWidget(self._problems_head())
        self.problems.setMinimumHeight(_LEAST_PROBLEMS)
        column.addWidget(self.problems, 1)
        self._rest = QWidget(self)
        column.addWidget(self._rest, 1)

    def _problems_head(self) -> QWidget:
        self._head = QWidget(self)
        self._head.setFixedHeight(40)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(16, 8, 16, 4)
        row.setSpacing(8)
        row.addWidget(self._heading, 1)
        row.addWidget(self.copy_button)
        row.addWidget(self.save_button)
        return self._head

    def show_found(self, found: ImportPreview, folder: Path, *, done: bool) -> None:
        """Show what an import would do, or with `done` what it did."""
        self._found, self._folder = found, folder
        status, sentence = verdict_words(found, done=done)
        self.verdict.show_verdict(status, sentence, found.file)
        self.counts.set_rows(found.counts)
        self.counts.setFixedHeight(self.counts.content_height())
        self.problems.set_rows(found.problems)
        rejected, remarks = found.total("rejected"), sum(not problem.rejected for problem in found.problems)
        self._heading.setText(
            tr(
                "Lines to look at: {rejected}, {remarks}",
                rejected=tr_n("{n:,} rejected", "{n:,} rejected", rejected),
                remarks=tr_n("{n:,} remark", "{n:,} remarks", remarks),
            )
        )
        self.save_button.setVisible(any(problem.rejected for problem in found.problems))
        for widget in (self._head, self.problems):
            widget.setVisible(bool(found.problems))
        self._rest.setVisible(not found.problems)

    def heading(self) -> str:
        return self._heading.text()

    @Slot()
    def _on_copy(self) -> None:
        copy_private(self.problems.as_text())
        self.copied.emit()

    @Slot()
    def _on_save(self) -> None:
        if self._found is None or self.dialog is not None:
            return
        suggested = self._folder / f"{Path(self._found.file).stem}-rejected.csv"
        self.dialog = QFileDialog(self, tr("Save rejected lines"), str(suggested), tr("CSV (*.csv)"))
        TypedAhead(self.dialog)
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setDefaultSuffix("csv")
        self.dialog.selectFile(str(suggested))
        self.dialog.fileSelected.connect(lambda chosen: self.save_wanted.emit(Path(chosen)))
        self.dialog.finished.connect(self._on_finished)
        self.dialog.open()

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _indented(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(16, 0, 16, 0)
    row.addWidget(widget)
    return row
