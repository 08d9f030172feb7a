"""The way into a clinic: which window stands there before one is open, and what its buttons do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.domain.errors import PolicyFileError, TrackerError, VaultError
from tracker.domain.language import tr
from tracker.services.clinic_file.vault import find_clinic, users_of
from tracker.services.clinics import Clinics
from tracker.ui import failures
from tracker.ui.start.first_paint import FirstPaint
from tracker.ui.start.gate_window import GateWindow
from tracker.ui.start.other_ways import OtherWays
from tracker.ui.start.sign_in_window import SignInWindow
from tracker.ui.start.single_seat import Seat, call_holder
from tracker.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from tracker.domain.recovery_code import RecoveryCode
    from tracker.services import Services
    from tracker.ui.start.clinic_form import NewClinic


@dataclass(frozen=True, slots=True)
class Places:
    """The clinic's folder and the demo's. `usual`: where it always is, so its name says nothing; `known`: was there.

    `user`: who signed in last.
    """

    clinic: Path
    demo: Path
    usual: bool = True
    known: bool = False
    user: str = ""


class Gate(QObject):
    """`opened` carries Services and the folder they work on; `left` comes when a person closes the gate's window.

    `shown` comes when a window was painted: what the first window does not need waits for it. `recovered` carries
    the next recovery code, right after `opened`, where the one before was used.
    """

    shown = Signal()
    opened = Signal(object, object)
    recovered = Signal(object)
    left = Signal()

    def __init__(self, clinics: Clinics, tasks: TaskRunner, seat: Seat, places: Places, parent: QObject | None = None):
        super().__init__(parent)
        self._clinics = clinics
        self._tasks = tasks
        self._seat = seat
        self._demo = places.demo
        self._folder = places.clinic
        self._usual, self._known, self._user = places.usual, places.known, places.user
        self._again: Callable[[], None] = self.open
        self._ways = OtherWays(clinics, tasks, self)
        self._ways.window_made.connect(self._replace)
        self._ways.left.connect(self.open)
        self._ways.opened.connect(self._on_opened_by_code)
        self.window: GateWindow | None = None
        self._opening: GateWindow | None = None

    def open(self) -> None:
        """Show the window that fits what lies in the clinic's folder."""
        self._again = self.open
        if not self._seat.take(self._folder):
            self._refuse_second(self._folder)
        elif find_clinic(self._folder) is not None or self._known:
            self._show_sign_in()
        else:
            self._show_first_run()

    def open_demo(self) -> None:
        """Open the demo clinic; nobody is asked for a password."""
        if self.window is self._opening:
            self._again = self.open_demo
            self._show_opening()
        if self.window is not None:
            self.window.set_busy(tr("Opening the demo clinic…"))
        if not self._seat.take(self._demo):
            self._refuse_second(self._demo)
        elif self.window is self._opening:
            self._after_paint(self._run_demo)
        else:
            self._run_demo()

    def close(self) -> None:
        """Take the window away without calling it left."""
        window, self.window = self.window, None
        if window is not None:
            window.blockSignals(True)
            window.hide()
            window.deleteLater()

    # --- windows ------------------------------------------------------------------------------------------------------

    def _show_sign_in(self) -> None:
        window = SignInWindow("" if self._usual else str(self._folder), users=users_of(self._folder), user=self._user)
        window.password_given.connect(self._on_password_given)
        window.code_wanted.connect(lambda: self._ways.by_code(self._folder))
        window.restore_wanted.connect(lambda: self._ways.by_backup(self._folder))
        window.demo_wanted.connect(self._on_demo_wanted)
        window.other_wanted.connect(self._on_other_wanted)
        self._replace(window)
        if find_clinic(self._folder) is None:
            window.show_sentence(
                tr("{folder} is not there. Connect its drive, or choose another clinic.", folder=self._folder)
            )
        self._after_paint(self._prepare)

    def _show_first_run(self) -> None:
        from tracker.ui.start.first_run_window import FirstRunWindow  # most starts need it not

        window = FirstRunWindow()
        window.clinic_wanted.connect(self._on_clinic_wanted)
        window.demo_wanted.connect(self._on_demo_wanted)
        window.existing_wanted.connect(self._on_other_wanted)
        window.restore_wanted.connect(lambda: self._ways.by_backup(self._folder))
        self._replace(window)
        self._after_paint(self._prepare)

    def _show_opening(self) -> GateWindow:
        if self._opening is None:
            from tracker.ui.start.opening_window import OpeningWindow

            window = OpeningWindow()
            window.again_wanted.connect(self._on_again_wanted)
            self._replace(window)
            self._opening = window
        return self._opening

    @Slot(object)
    def _replace(self, window: GateWindow) -> None:
        before, self.window = self.window, window
        self._opening = None
        window.left.connect(self.left)
        window.show()
        if before is not None:
            before.blockSignals(True)
            before.hide()
            before.deleteLater()

    def _refuse_second(self, folder: Path) -> None:
        called = call_holder(folder)
        if called and self.window is None:
            self.left.emit()
        else:
            where = tr("Its window is in front now.") if called else tr("Another window of the program holds it.")
            self._on_refused(
                VaultError(tr("This clinic is open already."), where, tr("Work there, or close it first."))
            )

    # --- what its buttons do ------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_password_given(self, password: str) -> None:
        folder, user = self._folder, self.window.user() if isinstance(self.window, SignInWindow) else ""
        self._tasks.run(self, lambda: self._clinics.open(folder, password, user), self._on_opened, self._on_refused)

    @Slot(object, object)
    def _on_opened_by_code(self, services: Services, code: RecoveryCode) -> None:
        self._on_opened(services)
        self.recovered.emit(code)

    @Slot(object)
    def _on_clinic_wanted(self, wanted: NewClinic) -> None:
        folder = self._folder

        def set_up() -> Services:
            return self._clinics.set_up(folder, wanted.password, wanted.user, wanted.site)

        self._tasks.run(self, set_up, self._on_opened, self._on_refused)

    @Slot()
    def _on_demo_wanted(self) -> None:
        self.open_demo()

    @Slot()
    def _on_other_wanted(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chooser = QFileDialog(self.window, tr("The clinic's folder"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self.choose)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    @Slot(str)
    def choose(self, folder: str) -> None:
        """Go to the clinic in another folder; stay when there is none."""
        if find_clinic(Path(folder)) is None:
            self._on_refused(VaultError(tr("There is no clinic in this folder."), f"{folder}.", tr("Choose another.")))
        elif not self._seat.take(Path(folder)):
            self._refuse_second(Path(folder))
        else:
            self._folder, self._usual, self._known = Path(folder), False, True
            self.open()

    @Slot()
    def _on_again_wanted(self) -> None:
        self._again()

    # --- off the window's thread --------------------------------------------------------------------------------------

    def _after_paint(self, do: Callable[[], None]) -> None:
        if self.window is not None:
            watch = FirstPaint(self.window)
            watch.seen.connect(self.shown)
            watch.seen.connect(do)
            self.window.update()

    def _prepare(self) -> None:
        self._tasks.run(self, self._clinics.prepare, self._on_prepared, self._on_refused)

    def _on_prepared(self, _none: None) -> None:
        self._seat.listen()
        self._warm()

    def _warm(self) -> None:
        """Load what the first answer takes while a password is typed; what is wrong is told where it is asked for."""
        self._tasks.run(self, self._clinics.warm, lambda _none: None, lambda _error: None, lane="long")

    def _run_demo(self) -> None:
        self._tasks.run(self, lambda: self._clinics.open_demo(self._demo), self._on_demo_opened, self._on_refused)

    def _on_demo_opened(self, services: Services) -> None:
        self._folder = self._demo
        self._on_opened(services)
        self._warm()

    def _on_opened(self, services: Services) -> None:
        self._seat.take(self._folder)
        self._seat.listen()
        if self.window is not None:
            self.window.forget()
        self.opened.emit(services, self._folder)

    def _on_refused(self, error: Exception) -> None:
        window = self.window
        if window is None or isinstance(error, PolicyFileError):
            window = self._show_opening()
        window.show_refusal(error)
        if not isinstance(error, TrackerError):
            failures.show_failure(window, error)
