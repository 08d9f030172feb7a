"""The file to take in: its path, typed, chosen or dropped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import FieldLabel, LineField
from tracker.ui.widgets.typed_ahead import TypedAhead


@dataclass(frozen=True)
class FileKind:
    """What the row asks for: the title of the system's dialog, what it offers, and the key that opens it."""

    title: str
    filters: str
    check: str
    key: str = ""


TABLES = FileKind(
    tr("Choose a file to import"), tr("Tables (*.csv *.tsv *.txt);;All files (*)"), tr("Check the file"), key="Ctrl+O"
)


class FileRow(QWidget):
    """`check_wanted` carries the path to look at; `edited` says that it is another path by now."""

    check_wanted = Signal(object)
    edited = Signal()

    def __init__(self, parent: QWidget, kind: FileKind = TABLES) -> None:
        super().__init__(parent)
        self._kind = kind
        self.dialog: QFileDialog | None = None
        self._busy = False
        self.field = LineField(tr("Type a path, choose a file, or drop one here"), self)
        self.choose_button = ActionButton(tr("Choose…"), self, key=kind.key, icon="folder")
        self.check_button = ActionButton(kind.check, self, key="Enter")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 12)
        row.setSpacing(8)
        row.addWidget(FieldLabel(tr("&File"), self.field, self, width=40))
        row.addWidget(self.field, 1)
        row.addWidget(self.choose_button)
        row.addWidget(self.check_button)
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self.check)
        self.check_button.clicked.connect(self.check)
        self.choose_button.clicked.connect(self.choose)
        self._offer()

    def path(self) -> Path | None:
        """Return the path as typed, without the quotation marks that file managers put round it."""
        text = self.field.text().strip().strip("\"'").strip()
        if text.startswith("file:"):
            text = QUrl(text).toLocalFile()
        return Path(text).expanduser() if text else None

    def set_path(self, path: Path) -> None:
        """Take a path that was chosen or dropped, and have it checked."""
        self.field.setText(str(path))
        self._on_edited()
        self.check()

    def set_busy(self, busy: bool) -> None:
        """Hold still while a file is read."""
        self._busy = busy
        self.field.setEnabled(not busy)
        self.choose_button.setEnabled(not busy)
        self._offer()

    @Slot()
    def check(self) -> None:
        path = self.path()
        if path is not None and not self._busy:
            self.check_wanted.emit(path)

    @Slot()
    def choose(self) -> None:
        """Open the system's dialog; it does not keep the window waiting."""
        if self._busy or self.dialog is not None:
            return
        path = self.path()
        folder = str(path.parent) if path is not None else ""
        self.dialog = QFileDialog(self, self._kind.title, folder, self._kind.filters)
        TypedAhead(self.dialog)
        self.dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.dialog.fileSelected.connect(lambda chosen: self.set_path(Path(chosen)))
        self.dialog.finished.connect(self._on_finished)
        self.dialog.open()

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    @Slot()
    def _on_edited(self) -> None:
        self._offer()
        self.edited.emit()

    def _offer(self) -> None:
        self.check_button.set_off(
            tr("reading") if self._busy else None if self.path() is not None else tr("no file yet")
        )
