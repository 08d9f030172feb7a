"""The last net: shows errors that a user can mend, and turns every other one into a report without patient data."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from tracker.domain.errors import TrackerError
from tracker.ui.failures_text import scrubbed_report

if TYPE_CHECKING:
    from tracker.ui.failure_dialogs import FailureDialog

_log = logging.getLogger(__name__)
_LOG_BYTES = 500_000


def show_failure(parent: QWidget | None, error: BaseException) -> FailureDialog:
    """Open the dialog that fits the error, and return it. For sentences in place use a NoticeBar."""
    from tracker.ui.failure_dialogs import CrashDialog, FailureDialog  # the first window needs none

    if isinstance(error, TrackerError):
        dialog = FailureDialog(error, parent)
    else:
        _log.error("Unexpected failure\n%s", scrubbed_report(error))
        dialog = CrashDialog(error, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


class Net(QObject):
    """Catches what nobody caught, on any thread, and shows it on the GUI thread, one dialog at a time."""

    caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: FailureDialog | None = None
        self.caught.connect(self._show)

    def take(self, _kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
        """Serve as `sys.excepthook`."""
        if error is None or isinstance(error, KeyboardInterrupt):
            QApplication.quit()
        else:
            self.caught.emit(error)

    def take_from_thread(self, told: threading.ExceptHookArgs) -> None:
        """Serve as `threading.excepthook`."""
        self.take(told.exc_type, told.exc_value, told.exc_traceback)

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        if self._open is not None:
            _log.error("Unexpected failure while another is shown\n%s", scrubbed_report(error))
            return
        self._open = show_failure(QApplication.activeWindow(), error)
        self._open.finished.connect(self._on_finished)

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        self._open = None


class ScrubbedFormatter(logging.Formatter):
    """Writes exceptions as types and places."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another handler wrote of the exception holds its values
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatException(self, told: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:  # type: ignore[override]  # the base allows a tuple of Nones, which logging never passes
        return scrubbed_report(told[1])


def install() -> Net:
    """Hook everything up."""
    net = Net()
    sys.excepthook = net.take
    threading.excepthook = net.take_from_thread
    qInstallMessageHandler(_on_qt_message)
    return net


def keep_log(folder: Path) -> None:
    """Write a log that rotates and never leaves this computer; where none can be written, there is none."""
    from logging.handlers import RotatingFileHandler  # takes long to load: not before the first window

    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "tracker.log", maxBytes=_LOG_BYTES, backupCount=3, encoding="utf-8")
        faulthandler.enable(_fault_file(folder))
    except OSError:
        return
    handler.setFormatter(ScrubbedFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)


_kept_open: list[TextIO] = []


def _fault_file(folder: Path) -> TextIO:
    # faulthandler writes to the descriptor when the process dies, so the file stays open on purpose.
    file = (folder / "faults.log").open("a", encoding="utf-8")
    _kept_open.append(file)
    return file


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category, text)
