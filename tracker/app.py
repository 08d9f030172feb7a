"""The window's entry: chooses the language, builds what the program is made of, and runs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from tracker import paths
from tracker.domain import language
from tracker.domain.clock import SystemClock
from tracker.ui import theme
from tracker.ui.preferences import Preferences

WITHOUT_DISPLAY = 2
_WITHOUT_DISPLAY = (
    "No window can be opened here: there is no display, or a library that Qt needs is missing (README.md names them)."
    " check, import and --self-test need none."
)


def main(demo: bool, folder: Path | None) -> int:
    """Open the window and return the exit code once it is closed. `folder` is a clinic's, None for the usual one."""
    preferences = Preferences(paths.user_data_dir() / "window.ini")
    language.use(language.words_of(preferences.language, paths.resource_root() / "languages"))
    application = make_application()
    speak(application, language.code())
    look = preferences
    theme.apply(application, look.scheme, percent=look.text_size, density=look.density, gradually=True)
    return _run(application, preferences, demo, folder)


def _run(application: QApplication, preferences: Preferences, demo: bool, folder: Path | None) -> int:
    from tracker.services.clinics import Clinics  # texts are made while modules load: not before the language is chosen
    from tracker.ui import failures
    from tracker.ui.start.program import Program
    from tracker.ui.widgets.heading import tell_headings

    tell_headings()
    net = failures.install()
    given = folder.expanduser().absolute() if folder else None
    program = Program(Clinics(paths.resource_root(), SystemClock()), preferences, paths.user_data_dir(), given, demo)
    program.gate.shown.connect(_after_first_window, Qt.ConnectionType.SingleShotConnection)
    program.settled.connect(_let_what_stays_be)
    program.vacated.connect(_let_nothing_be)
    QTimer.singleShot(0, program, program.begin)
    code = application.exec()
    program.end()
    net.deleteLater()
    if program.wanted_again():
        start_again(command_of(sys.argv))
    return code


def command_of(given: list[str]) -> list[str]:
    """Return what starts the program as it was started."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, *([] if frozen else ["-m", "tracker"]), *given[1:]]


def start_again(command: list[str]) -> bool:
    """Start the program in a process of its own; False where the system would not."""
    from PySide6.QtCore import QProcess

    return bool(QProcess.startDetached(command[0], command[1:])[0])


def speak(application: QApplication, code: str) -> bool:
    """Let Qt's own dialogs speak the language of the screens, where Qt brings words for it."""
    if code == language.ENGLISH:
        return False
    from PySide6.QtCore import QLibraryInfo

    from tracker.ui.qt_words import QtWords

    words = QtWords(application)
    found = words.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return found and application.installTranslator(words)


def make_application() -> QApplication:
    """Return Qt's application; without a display say so in a sentence and leave, where Qt would abort."""
    before = qInstallMessageHandler(_leave_when_fatal)
    application = QApplication([*sys.argv[:1], "-style", theme.STYLE])
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


def _let_what_stays_be() -> None:
    """Look for garbage among what comes from now on: to look through rules and pages took a tenth of a second."""
    import gc

    if not gc.get_freeze_count():
        gc.collect()  # the pages of who was here before are gone
    gc.freeze()


def _let_nothing_be() -> None:
    import gc

    gc.unfreeze()


def _after_first_window() -> None:
    import gc
    import signal

    import tracker.ui.failure_dialogs  # noqa: F401  at hand before anything fails
    from tracker.ui import failures
    from tracker.ui.start import program_mark

    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends it; Qt's loop never asks Python
    failures.keep_log(paths.user_log_dir())
    QApplication.setWindowIcon(program_mark.icon())
    theme.fonts.load_rest()
