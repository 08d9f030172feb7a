"""Puts a backup in the clinic's place: which one, whose password it had then, and what becomes of the present file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr, tr_n
from tracker.services.clinic_file.restoring import BackupChoice, Restored
from tracker.services.words.wording import us_moment
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.start.gate_window import GateWindow
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import LineField, SecretField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.scroll_column import ScrollColumn
from tracker.ui.widgets.tab_chain import chain

_RESTORE = tr("Restore")
_WHAT = tr(
    "The backup is looked through first. Then it takes the place of the clinic on this computer, whose present files"
    " are set aside in a folder beside it and never written over. A manager's password of that day is needed, or the"
    " recovery code of that day."
)


class RestoreWindow(GateWindow):
    """`folder_chosen` carries where to look; `restore_wanted` a BackupChoice, the user and the password or code."""

    folder_chosen = Signal(str)
    restore_wanted = Signal(object, str, str)
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", QSize(660, 540), parent)
        self.notice = NoticeBar(self)
        self.folder = LineField(tr("the folder that backups are made into"), self)
        self.choose = ActionButton(tr("Choose folder…"), self, key="Ctrl+O", bind=True)
        self.backup = ChoiceField((), self)
        self.user = ChoiceField((), self)
        self.secret = SecretField(self, name=tr("Password or code"))
        self.progress = ProgressRow(self)
        self.back = ActionButton(tr("Back"), self, key="Esc")
        self.restore = ActionButton(_RESTORE, self, key="Ctrl+Enter", kind="primary")
        self._build()
        self._connect()
        self.folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.form = FormGrid(self, label_width=132)
        self.form.add(tr("&Folder"), self.folder)
        self.form.add(tr("&Backup"), self.backup)
        self.form.add(tr("&Name"), self.user)
        self.form.add(tr("&Password or code"), self.secret)
        area = ScrollColumn(self)  # a small screen at 200 % is lower than the form
        area.column.setContentsMargins(24, 20, 24, 12)
        area.column.setSpacing(10)
        area.column.addWidget(Heading(tr("Restore a backup"), "title", parent=self))
        area.column.addWidget(PlainLabel(_WHAT, "body", "ink2", self, wrap=True))
        for widget in (self.notice, self.form, self.progress):
            area.column.addWidget(widget)
        area.column.addStretch(1)
        bar = Ground("panel", self, lines="t")
        bar.setFixedHeight(54)
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self.choose)
        row.addStretch(1)
        row.addWidget(self.restore)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        outer.addWidget(bar)
        self.form.chain_focus()
        chain(self.form.last(), self.back, self.choose, self.restore)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose)
        self.folder.editingFinished.connect(self._on_folder)
        self.backup.chosen.connect(self._offer_users)
        self.back.clicked.connect(self.back_wanted)
        self.restore.clicked.connect(self._on_restore)
        self.secret.returnPressed.connect(self._on_restore)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._on_restore)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.back.click)
        self._looked_at = ""

    @Slot()
    def _on_choose(self) -> None:
        chooser = QFileDialog(self, tr("Folder of the backups"), self.folder.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self.look_in)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    @Slot(str)
    def look_in(self, folder: str) -> None:
        """Look for backups in a folder."""
        self.folder.setText(str(Path(folder)))
        self._on_folder()

    @Slot()
    def _on_folder(self) -> None:
        typed = self.folder.text().strip()
        if typed and typed != self._looked_at:
            self._looked_at = typed
            self.notice.clear()
            self.folder_chosen.emit(typed)

    def show_backups(self, found: tuple[BackupChoice, ...]) -> None:
        """Offer what was found, the newest first."""
        self.backup.set_choices([Choice(each, us_moment(each.made_at), _holds(each)) for each in found])
        self.backup.set_value(found[0])
        self._offer_users()
        self.backup.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _offer_users(self) -> None:
        chosen = self.backup.value()
        users = chosen.users if isinstance(chosen, BackupChoice) else ()
        self.user.set_choices([Choice(each, each) for each in users])

    @Slot()
    def _on_restore(self) -> None:
        if not self.restore.isEnabled():
            return
        self.notice.clear()
        chosen = self.backup.value()
        if not isinstance(chosen, BackupChoice):
            self.folder.set_error(tr("Choose the folder of the backups first."))
        if not self.secret.text():
            self.secret.set_error(tr("Type the password, or the recovery code."))
        if (wrong := self.form.first_wrong()) is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.restore_wanted.emit(chosen, str(self.user.value() or ""), self.secret.text())

    def follow(self, job: ImportJob) -> None:
        """Show how far it is; the window waits meanwhile, and may call it off."""
        self.set_busy(tr("Restoring…"))
        self.progress.follow(job, tr("Looking through the backup"))
        self.progress.called_off.connect(job.call_off)

    def set_busy(self, words: str) -> None:
        """Show what is going on in the button, "" when nothing is."""
        self.restore.setText(words or _RESTORE)
        for widget in (self.restore, self.back, self.choose, self.form):
            widget.setEnabled(not words)

    def show_refusal(self, error: Exception) -> None:
        """Say in place why nothing was restored; the clinic is as it was."""
        self._looked_at = ""
        self.progress.stop()
        self.set_busy("")
        self.notice.show_error(error)
        (self.secret if self.secret.text() else self.folder).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_restored(self, done: Restored) -> None:
        """Say what came in, and where the present files went; the way on is to sign in."""
        self.progress.stop()
        self.set_busy("")
        self.forget()
        self.notice.show_sentence(Status.OK, restored_words(done))
        self.form.setEnabled(False)
        self.restore.setEnabled(False)
        self.back.setText(tr("Sign in"))
        self.restore.hide()
        self.choose.hide()
        self.back.set_kind("primary")
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop the password."""
        self.secret.clear()


def restored_words(done: Restored) -> str:
    patients = tr_n("{n} patient", "{n:,} patients", done.patients)
    visits = tr_n("{n} visit", "{n:,} visits", done.visits)
    told = tr("Restored as of {when}: {patients}, {visits}.", when=us_moment(done.made_at), patients=patients,
              visits=visits)  # fmt: skip
    aside = tr("What was there before lies in {folder}.", folder=done.aside) if done.aside else ""
    return " ".join(part for part in (told, aside) if part)


def _holds(choice: BackupChoice) -> str:
    return "" if choice.patients is None else tr_n("{n} patient", "{n:,} patients", choice.patients)
