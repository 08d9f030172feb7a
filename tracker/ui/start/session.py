"""One open clinic: its main window, locked and unlocked, until it is closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tracker.domain.errors import TrackerError
from tracker.services import Services
from tracker.services.clinic_file.vault import users_of
from tracker.services.clinics import Clinics
from tracker.ui import failures
from tracker.ui.drafts import DraftKeeper
from tracker.ui.main_window import MainWindow
from tracker.ui.notifier import Notifier
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.preferences import Preferences
from tracker.ui.start.clock_check import tell_wrong_clock
from tracker.ui.start.closing_window import ClosingWindow, backup_window, import_window
from tracker.ui.start.curtain import Curtain
from tracker.ui.start.first_paint import FirstPaint
from tracker.ui.start.idle_watch import IdleWatch
from tracker.ui.start.lock_key import LockKey
from tracker.ui.start.privacy_keeper import PrivacyKeeper
from tracker.ui.start.sign_in_window import SignInWindow
from tracker.ui.start.unfinished import tell_unfinished
from tracker.ui.tasks import TaskRunner


class Session(QObject):
    """While locked no service is called, the file is closed and its key wiped; the hidden windows keep their state.

    `ended` comes when a person closed the main window or the lock's, `left` when another person is to sign in there,
    `settled` when every page is made. `again`: the program is to be started anew once it has ended.
    `door` runs what unlocks.
    """

    ended = Signal()
    left = Signal()
    settled = Signal()

    def __init__(
        self,
        services: Services,
        folder: Path,
        clinics: Clinics,
        door: TaskRunner,
        preferences: Preferences,
        pages: tuple[type[Page], ...],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._folder = folder
        self._clinics = clinics
        self._door = door
        self._curtain = Curtain()
        self._open = True
        self._unlocking = False
        self.again = False
        self.tasks = TaskRunner(self)
        self.idle_watch = IdleWatch(services.clock, self)
        self.lock_window: SignInWindow | None = None
        self.closing_window: ClosingWindow | None = None
        context = PageContext(services, self.tasks, Notifier(self), preferences)
        self.privacy_keeper = PrivacyKeeper(context, self.idle_watch, self)
        self.window = MainWindow(context, pages, gradually=True)
        self._connect()

    def _connect(self) -> None:
        self.window.lock_wanted.connect(self.lock)
        self.window.closing.connect(self.end)
        self.window.context.notifier.restart_wanted.connect(self._on_restart_wanted)
        self.tasks.idle.connect(self._on_idle_tasks)
        self.tasks.let_go.connect(self._on_import_ended)
        if not self._services.clinic.demo:
            LockKey(self).pressed.connect(self.lock)
            self.idle_watch.idle.connect(self.lock)
            self.idle_watch.start()

    def start(self) -> None:
        """Show the main window with one page; what the others need comes once it is painted."""
        if first := self.window.first_page():
            self.window.open_page(first)
        self.window.show_first()
        FirstPaint(self.window).seen.connect(self._make_pages)
        self.window.aids.welcome()
        tell_unfinished(self.window, self.tasks)
        tell_wrong_clock(self.window, self.tasks)
        self.privacy_keeper.load()
        self.window.rechecking.start()
        self.window.due_work.start()
        self.window.rule_watch.start()
        self.window.work_counts.start()
        self.window.backup_keeper.look()

    @Slot()
    def _make_pages(self) -> None:
        """Make a page that nobody asked for yet, and the next when there is nothing else to do."""
        if not self._open or self.lock_window is not None:
            return
        if self.window.pages.make_next():
            QTimer.singleShot(0, self, self._make_pages)
        else:
            self.settled.emit()

    @Slot()
    def call(self) -> None:
        """Bring what is shown to the front."""
        shown = self.lock_window or self.window
        shown.showNormal() if shown.isMinimized() else shown.show()
        shown.raise_()
        shown.activateWindow()

    @Slot()
    def lock(self) -> None:
        """Hide every window, ask for the password, and close the file once the calls under way have ended."""
        if self.lock_window is not None or not self._open:
            return
        for keeper in self.window.findChildren(DraftKeeper):
            keeper.save()
        self.tasks.hold()
        self._curtain.close()
        self.privacy_keeper.clear_clipboard()
        self.lock_window = SignInWindow(
            locked=True, users=users_of(self._folder), user=self._services.user.name
        )  # fmt: skip
        self.lock_window.password_given.connect(self._on_password_given)
        self.lock_window.another_wanted.connect(self._on_another_wanted)
        self.lock_window.left.connect(self.end)
        self.lock_window.show()
        self._on_idle_tasks()

    @Slot()
    def _on_idle_tasks(self) -> None:
        if self.lock_window is not None and self.tasks.is_idle() and not self._unlocking:
            self._services.close()

    @Slot(str)
    def _on_password_given(self, password: str) -> None:
        self._unlocking = True
        services, folder = self._services, self._folder
        self._door.run(
            self, lambda: self._clinics.open_again(services, folder, password), self._on_unlocked, self._on_refused
        )

    def _on_unlocked(self, _none: None) -> None:
        self._unlocking = False
        window, self.lock_window = self.lock_window, None
        self._curtain.open()
        if window is not None:
            window.forget()
            window.hide()
            window.deleteLater()
        self.tasks.release()
        self._make_pages()

    def _on_refused(self, error: Exception) -> None:
        self._unlocking = False
        self._on_idle_tasks()
        if self.lock_window is not None:
            self.lock_window.show_refusal(error)
            if not isinstance(error, TrackerError):
                failures.show_failure(self.lock_window, error)

    @Slot()
    def end(self) -> None:
        """Wait for an import that is being written, make the last backup where one is wanted, then close the clinic."""
        if not self._open or self.closing_window is not None:
            return
        self._stop_watching()
        if (waiting := import_window(self.tasks)) is not None:
            self.closing_window = waiting
        elif self.lock_window is None and self.window.backup_keeper.wanted_on_close():
            self.closing_window = backup_window()
            self.closing_window.again_wanted.connect(self._back_up)
            self.closing_window.left.connect(self._close_without)
            self.window.backup_keeper.ended.connect(self._on_backup_ended)
            self.closing_window.show()
            self._back_up()
        else:
            self._close()

    @Slot()
    def _on_import_ended(self) -> None:
        waiting, self.closing_window = self.closing_window, None
        if waiting is not None:
            waiting.end()
            self.end()

    @Slot()
    def _on_restart_wanted(self) -> None:
        self.again = True
        self.window.close()

    @Slot()
    def _back_up(self) -> None:
        keeper = self.window.backup_keeper
        keeper.make()
        if self.closing_window is not None and keeper.job is not None:
            self.closing_window.follow(keeper.job)

    @Slot(object)
    def _on_backup_ended(self, error: Exception | None) -> None:
        if self.closing_window is None:
            return
        if error is not None:
            self.closing_window.show_refusal(error)
        elif self.window.backup_keeper.wanted_on_close():  # one from before the last act had to end
            self._back_up()
        else:
            self._close()

    @Slot()
    def _close_without(self) -> None:
        """Close now: what was begun stops at its next step, and is none of the backups."""
        self.window.backup_keeper.call_off()
        self._close()

    def _stop_watching(self) -> None:
        for watch in ("rechecking", "due_work", "rule_watch", "work_counts"):
            getattr(self.window, watch).stop()

    @Slot()
    def _on_another_wanted(self) -> None:
        """Close what one person locked: what was typed is on file, and is that person's when they are back."""
        self._stop_watching()
        self._shut()
        self.left.emit()

    def forget(self) -> None:
        """Take the windows away, after the end."""
        window, self.lock_window = self.lock_window, None
        if window is not None:
            window.blockSignals(True)
            window.hide()
            window.deleteLater()
        self.window.deleteLater()
        self.deleteLater()

    def _close(self) -> None:
        if self._open:
            self._shut()
            self.ended.emit()

    def _shut(self) -> None:
        """Let running calls end, close the file, wipe the key."""
        self._open = False
        closing, self.closing_window = self.closing_window, None
        if closing is not None:
            closing.end()
        if not self._services.clinic.demo:
            self.idle_watch.stop()
        self.tasks.shutdown()
        self.privacy_keeper.clear_clipboard()  # nobody counts its seconds from here on
        if self.lock_window is None:
            for keeper in self.window.findChildren(DraftKeeper):
                keeper.save_now()
        self._services.close()
