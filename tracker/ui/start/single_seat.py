"""Holds a clinic's folder for one running program, and lets a second start call the first one's window."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

LOCK_FILE = "window.lock"
_WAIT_MS = 500


class Seat(QObject):
    """One folder at a time. `called` comes when another start of the program wants this one's window in front."""

    called = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock: QLockFile | None = None
        self._folder = Path()
        self._server: QLocalServer | None = None

    def take(self, folder: Path) -> bool:
        """Hold this folder instead of the one before; False, and the one before is kept, when another holds it.

        A folder that is not there or cannot be written is not held: opening it will say why.
        """
        if self._lock is not None and folder == self._folder:
            return True
        lock = QLockFile(str(folder / LOCK_FILE))
        lock.setStaleLockTime(0)  # a day is no sign of death; a holder that is gone is still found out
        held = folder.is_dir() and lock.tryLock(0)
        if not held and lock.error() is QLockFile.LockError.LockFailedError and os.access(folder, os.W_OK):
            return False  # where nothing can be written, what a program that is gone left there cannot be taken away
        self.leave()
        self._folder = folder
        if held:
            self._lock = lock
        return True

    def leave(self) -> None:
        """Let the folder go."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def listen(self) -> None:
        """Answer to other starts; apart from `take` because the library for it takes time to load."""
        from PySide6.QtNetwork import QLocalServer

        if self._server is not None or self._lock is None:
            return
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        QLocalServer.removeServer(_address(self._folder))  # whoever left it there is gone: the lock is ours
        self._server.listen(_address(self._folder))

    @Slot()
    def _on_connection(self) -> None:
        if self._server is not None:
            self._server.nextPendingConnection().deleteLater()
            self.called.emit()


def call_holder(folder: Path) -> bool:
    """Ask the program that holds `folder` to come to the front; False when it does not answer."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_address(folder))
    answered = socket.waitForConnected(_WAIT_MS)
    socket.abort()
    return answered


def _address(folder: Path) -> str:
    import hashlib

    return "injection-tracker-" + hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:24]
