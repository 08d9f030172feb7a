"""Where the clinic's data lies, where backups go, how they stand, and whether the newest could be restored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from tracker.domain.language import tr, tr_n
from tracker.services.changes import Done
from tracker.services.clinic_file.backups import BackupRow, BackupState, holds_words, tried_words
from tracker.services.words.wording import us_moment
from tracker.ui.backup_keeper import BackupNews
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.form_panel import FormPanel
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.marked_line import MarkedLine
from tracker.ui.widgets.number_field import NumberField
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.tab_chain import chain

_LEAD = tr(
    "The folder holds the encrypted database and its key file; each is useless without the other. A backup holds both,"
    " is looked through before it counts, and opens with the passwords of its day or the recovery code of its day."
)
_RESTORE = tr("To put one back: close the program, start it, and choose “Restore a backup…” below the password.")


class DataPanel(FormPanel):
    """The data folder is chosen at the start of the program; backups are made at once, once a day, and on closing."""

    id = "data"
    title = tr("Data and backup")
    help_place = "settings#data-and-backup"
    call = "backups.change"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, lead=_LEAD)
        self._test: ImportJob | None = None
        self.data = LineField("", self)
        self.data.setReadOnly(True)
        self.folder = LineField(tr("on another disk, or a share of the clinic"), self)
        self.keep = NumberField(tr("newest; 0: 12 daily, 10 weekly, 9 monthly"), self)
        self.remind = NumberField(tr("days without a backup"), self)
        self.form.add(tr("Data &folder"), self.data)
        self.form.add(tr("&Backups go to"), self.folder)
        self.form.add(tr("&Keep"), self.keep)
        self.form.add(tr("&Remind after"), self.remind)
        self.places = {"folder": self.folder, "keep": self.keep, "remind_days": self.remind}
        self.standing = MarkedLine(self)
        self.below(self.standing)
        self.progress = ProgressRow(self)
        self._add_buttons()
        self.below(PlainLabel(_RESTORE, "body", "ink2", self, wrap=True))
        self.body.addWidget(self.progress)
        self.finish()
        own = (self.make_button, self.test_button)
        chain(self.remind, *own, self.save_button, self.reset_button, self.choose_button)

    def _add_buttons(self) -> None:
        stretch = self.buttons.takeAt(self.buttons.count() - 1)
        self.choose_button = self.add_button(ActionButton(tr("Choose folder…"), self, key="Ctrl+O"))
        if stretch is not None:
            self.buttons.addItem(stretch)
        self.make_button = ActionButton(tr("Back up now"), self, key="Ctrl+B")
        self.test_button = ActionButton(tr("Test restore"), self, key="Ctrl+T")
        beside = QWidget(self)
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        for button, do in ((self.make_button, self.make), (self.test_button, self.test)):
            row.addWidget(button)
            button.clicked.connect(do)
        row.addStretch(1)
        self.choose_button.clicked.connect(self.choose)
        self.below(beside)
        for keys, do in (("Ctrl+O", self.choose), ("Ctrl+B", self.make), ("Ctrl+T", self.test)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)
        self.progress.called_off.connect(self._on_called_off)
        self.context.notifier.backup_told.connect(self._on_news)

    def read(self) -> BackupState:
        return self.context.services.backups.state()

    def show_values(self, found: BackupState) -> None:
        self.data.setText(str(self.context.services.users.folder))
        self.folder.setText(found.plan.folder)
        self.keep.set_number(found.plan.keep)
        self.remind.set_number(found.plan.remind_days)
        late = Status.CAUTION if found.overdue else None
        self.standing.show_line(_standing_words(found), late.glyph if late else None, late)

    def work(self) -> Callable[[], Done[Any]] | None:
        if [field for field in (self.keep, self.remind) if not field.settle()]:
            return None
        backups, folder = self.context.services.backups, self.folder.text().strip()
        keep, days = self.keep.number() or 0, self.remind.number() or 0
        return lambda: backups.change(replace(backups.plan(), folder=folder, keep=keep, remind_days=days))

    @Slot()
    def choose(self) -> None:
        """Ask for the folder; it is saved with the rest."""
        if not self.may(self.call):
            return
        chooser = QFileDialog(self, tr("Folder for backups"), self.folder.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(lambda path: self.folder.setText(str(Path(path))))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    @Slot()
    def make(self) -> None:
        """Make a backup as it is on file: what is typed here and not saved does not count."""
        self.notice.clear()
        self.context.notifier.backup_wanted.emit()

    @Slot(object)
    def _on_news(self, news: BackupNews) -> None:
        if news.job is not None:
            self.progress.follow(news.job, tr("Making the backup"))
            self.make_button.set_off(tr("under way"))
            return
        self.progress.stop()
        self.make_button.set_off(None)
        if news.error is not None:
            self.show_failure(news.error)
        else:
            self.notice.show_sentence(Status.OK, news.sentence)
        self.load()

    @Slot()
    def test(self) -> None:
        """Restore the newest backup into a temporary folder, look through it, and say what would come back."""
        if self._test is not None:
            return
        self.notice.clear()
        job = self._test = ImportJob()
        self.test_button.set_off(tr("under way"))
        self.progress.follow(job, tr("Trying the newest backup"))
        test = self.context.services.backups.test
        self.context.tasks.run(
            self, lambda: test(job.tell, job.is_called_off), self._on_tested, self._on_test_failed, lane="long"
        )

    def _on_tested(self, found: BackupRow) -> None:
        self._end_test()
        self.notice.show_sentence(Status.OK, tried_words(found))

    def _on_test_failed(self, error: Exception) -> None:
        self._end_test()
        self.show_failure(error)

    def _end_test(self) -> None:
        self._test = None
        self.progress.stop()
        self.test_button.set_off(None)

    @Slot()
    def _on_called_off(self) -> None:
        if self._test is not None:
            self._test.call_off()
        else:
            self.context.notifier.backup_unwanted.emit()


def _standing_words(state: BackupState) -> str:
    """Return how the backups stand, in a sentence or two."""
    if not state.plan.folder:
        return tr("No backups are made: choose a folder, and save.")
    if state.problem:
        return state.problem
    newest = state.newest
    if newest is None:
        return tr("There is no backup in this folder yet.")
    kept = tr_n("{n} backup is kept.", "{n} backups are kept.", len(state.rows))
    when, what = us_moment(newest.made_at), holds_words(newest) if newest.patients is not None else ""
    told = tr("The newest backup is of {when}: {what}.", when=when, what=what or tr("it does not say what it holds"))
    late = tr("Work done since is in no backup.") if state.overdue else ""
    return " ".join(part for part in (told, kept, late) if part)
