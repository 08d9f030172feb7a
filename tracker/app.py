"""The window's entry: builds what the program is made of, joins the gate to the open clinic, and ends both."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QTimer, QtMsgType, Slot, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from tracker import paths
from tracker.domain.clock import SystemClock
from tracker.services.clinics import Clinics
from tracker.services.vault import demo_folder, usual_folder
from tracker.ui import failures, theme
from tracker.ui.preferences import Preferences
from tracker.ui.start.gate import Gate, Places
from tracker.ui.start.single_seat import Seat
from tracker.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from tracker.services import Services
    from tracker.ui.start.session import Session

WITHOUT_DISPLAY = 2
_WITHOUT_DISPLAY = (
    "No window can be opened here: there is no display, or a library that Qt needs is missing (README.md names them)."
    " check, import and --self-test need none."
)


def main(demo: bool, folder: Path | None) -> int:
    """Open the window and return the exit code once it is closed. `folder` is a clinic's, None for the usual one."""
    application = make_application()
    net = failures.install()
    preferences = Preferences(paths.user_data_dir() / "window.ini")
    theme.apply(application, preferences.scheme, percent=preferences.text_size, density=preferences.density)
    given = folder.expanduser().absolute() if folder else None
    program = Program(Clinics(paths.resource_root(), SystemClock()), preferences, paths.user_data_dir(), given, demo)
    program.gate.shown.connect(_after_first_window, Qt.ConnectionType.SingleShotConnection)
    QTimer.singleShot(0, program, program.begin)
    code = application.exec()
    program.end()
    net.deleteLater()
    return code


def make_application() -> QApplication:
    """Return Qt's application; without a display say so in a sentence and leave, where Qt would abort."""
    before = qInstallMessageHandler(_leave_when_fatal)
    application = QApplication(sys.argv[:1])
    qInstallMessageHandler(before)
    application.setApplicationName("Injection Tracker")
    application.setDesktopFileName("injection-tracker")
    application.setQuitOnLastWindowClosed(False)  # locking hides windows; the program says itself when it ends
    return application


def _leave_when_fatal(kind: QtMsgType, _context: QMessageLogContext, _text: str) -> None:
    if kind == QtMsgType.QtFatalMsg:
        if sys.stderr is not None:
            sys.stderr.write(_WITHOUT_DISPLAY + "\n")
            sys.stderr.flush()
        os._exit(WITHOUT_DISPLAY)


def _after_first_window() -> None:
    import signal

    from tracker.ui.start import program_mark

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends it; Qt's loop never asks Python
    failures.keep_log(paths.user_log_dir())
    QApplication.setWindowIcon(program_mark.icon())


class Program(QObject):
    """Holds the gate until a clinic is open, and its session from then on."""

    def __init__(
        self, clinics: Clinics, preferences: Preferences, base: Path, given: Path | None = None, demo: bool = False
    ) -> None:
        super().__init__()
        self._clinics = clinics
        self._preferences = preferences
        self._usual = usual_folder(base).path
        self._given = given
        self._demo = demo
        self._door = TaskRunner(self)
        self._seat = Seat(self)
        self.gate = Gate(clinics, self._door, self._seat, self._places(base), self)
        self.session: Session | None = None
        self._seat.called.connect(self._on_called)
        self.gate.opened.connect(self._on_opened)
        self.gate.left.connect(QApplication.quit)

    @Slot()
    def begin(self) -> None:
        """Show the first window."""
        if self._demo:
            self.gate.open_demo()
        else:
            self.gate.open()

    def _places(self, base: Path) -> Places:
        remembered = Path(self._preferences.clinic_folder) if self._preferences.clinic_folder else None
        clinic = self._given or remembered or self._usual
        demo = self._given if self._demo and self._given else demo_folder(base).path
        known = self._given is None and remembered is not None
        return Places(clinic, demo, usual=clinic == self._usual, known=known)

    @Slot(object, object)
    def _on_opened(self, services: Services, folder: Path) -> None:
        from tracker.ui.pages import PAGES  # the pages wait until the first window is painted
        from tracker.ui.start.session import Session

        self.session = Session(services, folder, self._clinics, self._door, self._preferences, PAGES, self)
        self.session.ended.connect(QApplication.quit)
        self.session.start()
        self.gate.close()
        if not services.clinic.demo and folder != self._given:
            self._preferences.clinic_folder = "" if folder == self._usual else str(folder)

    @Slot()
    def _on_called(self) -> None:
        if self.session is not None:
            self.session.call()
        elif self.gate.window is not None:
            self.gate.window.raise_()
            self.gate.window.activateWindow()

    def end(self) -> None:
        """Let nothing run on: calls, the lock of the folder, the preferences."""
        self._door.shutdown()
        self._seat.leave()
        self._preferences.flush()
