"""Attaches a paper to a patient and, where there is one, to a request: which file, what it is, of which day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from tracker.domain.errors import ConflictError, ImportFileError, TrackerError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.services.changes import Done
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.paper_fields import PaperFields
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from tracker.services.packets.packet_content import ChecklistLine

_FILTERS = tr("Papers (*.pdf *.png *.jpg *.jpeg *.tif *.tiff);;All files (*)")
_SAVE, _AGAIN = tr("Attach"), tr("Attach once more")


class AttachDialog(SavingDialog):
    """The same paper twice is told, and attached at the second press. The file itself stays where it is."""

    help_place = "printing#papers"

    def __init__(
        self,
        context: PageContext,
        patient: Patient,
        parent: QWidget,
        authorization_id: str = "",
        items: Iterable[ChecklistLine] = (),
    ) -> None:
        super().__init__(context, tr("Attach a paper"), _SAVE, parent, beside=identity_of(patient), width=600)
        self._patient_id = patient.id
        self._authorization_id = authorization_id
        self.files: QFileDialog | None = None
        self._build(tuple(items))
        self.finish()

    def _build(self, items: tuple[ChecklistLine, ...]) -> None:
        self.path = LineField(tr("Type a path, or choose a file: PDF, PNG, JPEG or TIFF"), self)
        self.form.add(tr("&File"), self.path)
        self.fields = PaperFields.into(self.form, self.context.services.clock.today(), items, self)
        choose = ActionButton(tr("Choose…"), self, key="Ctrl+O", icon="folder", bind=True)
        self.choose_button = self.add_button(choose, left=True)
        self.choose_button.clicked.connect(self.choose)
        self.path.textEdited.connect(self._on_other_file)

    @Slot()
    def choose(self) -> None:
        """Open the system's dialog; it does not keep the window waiting."""
        if self.files is not None:
            return
        self.files = QFileDialog(self, tr("Choose a paper"), "", _FILTERS)
        TypedAhead(self.files)
        self.files.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.files.fileSelected.connect(self._on_file_chosen)
        self.files.finished.connect(self._on_files_closed)
        self.files.open()

    @Slot(str)
    def _on_file_chosen(self, path: str) -> None:
        self.path.setText(path)
        self.path.set_error(None)
        self._on_other_file()

    @Slot(int)
    def _on_files_closed(self, _result: int) -> None:
        if self.files is not None:
            self.files.deleteLater()
            self.files = None

    @Slot()
    def _on_other_file(self) -> None:
        self.save_button.setText(_SAVE)

    def work(self) -> Callable[[], Done[Any]] | None:
        path = typed_path(self.path.text())
        self.path.set_error(None if path else tr("Type the path of the file, or choose one."))
        fields, attach = self.fields, self.context.services.documents.attach
        if not fields.dated.settle() or path is None:
            return None
        kind, item = fields.chosen_kind(), fields.chosen_item()
        title, dated = fields.title.text(), fields.dated.day()
        again = self.save_button.text() == _AGAIN
        return lambda: attach(
            path, self._patient_id, kind, title, dated=dated, authorization_id=self._authorization_id, item=item,
            again=again,
        )  # fmt: skip

    def place(self, error: TrackerError) -> bool:
        if isinstance(error, ImportFileError | ConflictError):
            self.path.set_error(error.sentence())
            if isinstance(error, ConflictError):
                self.save_button.setText(_AGAIN)
            return True
        if getattr(error, "about", "") == "dated":
            self.fields.dated.set_error(error.sentence())
            return True
        return False


def typed_path(text: str) -> Path | None:
    """Return a path as people type and paste it, None for nothing."""
    plain = text.strip().strip("\"'").strip()
    if plain.startswith("file:"):
        plain = QUrl(plain).toLocalFile()
    return Path(plain).expanduser() if plain else None
