"""Stands alone on the screen while the last backup is made or an import is written; it can be left without waiting."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.start.gate_window import GateWindow
from tracker.ui.tasks import TaskRunner
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.notice_bar import NoticeBar


class ClosingWindow(GateWindow):
    """`again_wanted` asks for another try after a failure; `left` (closing it, too) leaves without waiting."""

    again_wanted = Signal()

    def __init__(self, title: str, leave: str, parent: QWidget | None = None) -> None:
        super().__init__("surface", QSize(520, 240), parent)
        self.title = Heading(title, "subtitle", parent=self, wrap=True)
        self.notice = NoticeBar(self)
        self.progress = ProgressRow(self)
        self.progress.cancel_button.hide()
        self.leave = ActionButton(leave, self, key="Esc", bind=True)
        self.again = ActionButton(tr("Try again"), self, key="Enter", kind="primary")
        self.again.setDefault(True)
        self.again.hide()
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(10)
        for widget in (self.title, self.notice, self.progress):
            column.addWidget(widget)
        column.addStretch(1)
        bar = Ground("panel", self, lines="t")
        bar.setFixedHeight(54)
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(self.leave)
        row.addStretch(1)
        row.addWidget(self.again)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(column, 1)
        outer.addWidget(bar)
        self.leave.clicked.connect(self.close)
        self.again.clicked.connect(self.again_wanted)

    def follow(self, job: ImportJob, words: str = tr("Making the backup")) -> None:
        """Show how far it is."""
        self.notice.clear()
        self.again.hide()
        self.progress.follow(job, words)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, error: Exception) -> None:
        """Say why it could not be made; the clinic can be closed all the same."""
        self.progress.stop()
        self.notice.show_error(error)
        self.again.show()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        self.progress.stop()
        super().hideEvent(event)

    @Slot()
    def end(self) -> None:
        """Go without calling it left."""
        self.blockSignals(True)
        self.hide()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leave.set_off(tr("stopping"))
        super().closeEvent(event)


def backup_window() -> ClosingWindow:
    return ClosingWindow(tr("Making a backup before closing"), tr("Close without a backup"))


def import_window(tasks: TaskRunner) -> ClosingWindow | None:
    """Return the window that waits for an import that is being written, shown already; None where there is none."""
    job = tasks.counted_on
    if job is None:
        return None
    window = ClosingWindow(tr("Finishing the import before closing"), tr("Call the import off and close"))
    window.left.connect(job.call_off)
    window.show()
    window.follow(job, tr("Importing"))
    return window
