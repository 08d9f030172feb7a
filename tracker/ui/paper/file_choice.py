"""Asks for one file through the system's dialog, which does not keep the window waiting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from tracker.ui.widgets.typed_ahead import TypedAhead


class FileChoice(QObject):
    """One dialog at a time; `dialog` is the one that is open."""

    def __init__(self, home: QWidget) -> None:
        super().__init__(home)
        self._home = home
        self.dialog: QFileDialog | None = None

    def ask(self, title: str, filters: str, chosen: Callable[[Path], object], *, save_as: str = "") -> None:
        """Open the dialog; with `save_as` for a file to write, by that name unless another is typed."""
        if self.dialog is not None:
            return
        self.dialog = QFileDialog(self._home, title, "", filters)
        TypedAhead(self.dialog)
        if save_as:
            self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            self.dialog.setDefaultSuffix(save_as.rpartition(".")[2])
            self.dialog.selectFile(save_as)
        else:
            self.dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.dialog.fileSelected.connect(lambda path: chosen(Path(path)))
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot(int)
    def _on_closed(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
