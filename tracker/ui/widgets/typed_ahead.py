"""What is typed while the focus is on its way to a dialog, or back from it, arrives where it was meant, in order.

The window system gives the focus a moment after a window is shown, and takes it back a moment after it is hidden. Keys
typed meanwhile come to the window that had it before: Qt keeps them from what is behind a modal dialog, so they were
lost, and does what their shortcuts say. A name typed right after Ctrl+K would do with the visit that is chosen in the
list whatever its letters stand for, such as no-show.
"""

from __future__ import annotations

import warnings

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
_PATIENCE = 1000
"""Milliseconds after which a window beside the work is no longer waited for; over a modal one nothing else listens."""


class TypedAhead(QObject):
    """Lives with the dialog. From its showing until it has the focus the keys of the windows behind go to it; after its
    hiding those that are still meant for it by the window system go to the window that is left."""

    _lives = False  # again, when Python's collector has emptied what Qt is about to delete

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._lives = True
        self._window: QWindow | None = None
        self._behind: list[QObject] = []
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self._stop)
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not self._is_alive():
            return False
        if watched is self._dialog:
            self._on_dialog(kind)
        elif kind in _KEYS:
            return self._hand_on(watched, event)
        elif kind == QEvent.Type.WindowBlocked and watched in self._behind and isinstance(watched, QWindow):
            _let_in([watched])
            return True
        elif kind == QEvent.Type.InputMethod and watched in self._behind:
            return self._hand_on_text(event)
        elif kind == QEvent.Type.Show and watched is self._window:
            self.listen()
        elif kind == QEvent.Type.MouseButtonPress and not self._dialog.isModal():
            self._stop()
        return False

    def _on_dialog(self, kind: QEvent.Type) -> None:
        if kind == QEvent.Type.Show:
            self._watch_window()
        elif kind == QEvent.Type.Hide:
            self._stop()

    def _is_alive(self) -> bool:
        return self._lives and shiboken6.isValid(self._dialog)

    def _watch_window(self) -> None:
        """The dialog is about to be shown, and so is its window."""
        window = self._dialog.windowHandle()
        if window is not None and window is not self._window:
            window.installEventFilter(self)
            window.visibleChanged.connect(self._on_visible_changed)
            self._window = window

    def listen(self) -> None:
        """Take the keys of the windows behind until the dialog has the focus."""
        self._stop()
        if self._window is None or QGuiApplication.focusWindow() is self._window:
            return
        behind = [window for window in QGuiApplication.topLevelWindows() if window is not self._window]
        _let_in(behind)
        focus = QGuiApplication.focusObject()  # what an input method writes into
        self._behind = [*behind, *([focus] if isinstance(focus, QWidget) else [])]
        for each in self._behind:
            each.installEventFilter(self)
        _application().focusWindowChanged.connect(self._on_focus_changed)
        if not self._dialog.isModal():
            self._patience.start()

    @Slot()
    def _on_focus_changed(self) -> None:
        if QGuiApplication.focusWindow() is self._window:
            self._stop()

    @Slot()
    def _stop(self) -> None:
        behind, self._behind = self._behind, []
        self._patience.stop()
        if not behind:
            return
        _application().focusWindowChanged.disconnect(self._on_focus_changed)
        there = [each for each in behind if shiboken6.isValid(each)]
        for each in there:
            each.removeEventFilter(self)
        _look_again([each for each in there if isinstance(each, QWindow)])
        self._follow_window_system()

    def _follow_window_system(self) -> None:
        """Let Qt know where the focus is, when it did not get where it was going."""
        window, heir = QGuiApplication.focusWindow(), self._heir()
        if heir is not None and (heir.windowHandle() is window or (window is self._window and self._dialog.isHidden())):
            _make_active(heir)

    def _hand_on(self, watched: QObject, event: QEvent) -> bool:
        """Give a key to where the hands are meant to be; the window is told as if the window system had told it."""
        to = self._heir() if self._dialog.isHidden() else self._dialog
        window = to.windowHandle() if to is not None else None
        active = QApplication.activeWindow() is to
        if to is None or window is None or watched is window or not isinstance(watched, QWindow):
            return False
        if not active and event.type() == QEvent.Type.KeyRelease:
            return False  # of the key that opened or closed it
        if not active:
            _make_active(to)
        QCoreApplication.sendEvent(window, event)
        return True

    def _hand_on_text(self, event: QEvent) -> bool:
        _make_active(self._dialog)
        field = self._dialog.focusWidget()
        return field is not None and QCoreApplication.sendEvent(field, event)

    def _heir(self) -> QWidget | None:
        """Return the window that the hands go back to."""
        modal, parent = QApplication.activeModalWidget(), self._dialog.parentWidget()
        heir = modal if modal is not None and modal is not self._dialog else parent.window() if parent else None
        return heir if heir is not None and heir.isVisible() else None

    @Slot(bool)
    def _on_visible_changed(self, visible: bool) -> None:
        """Give the focus back before the window is taken off: X leaves keys to whatever lies under the mouse after."""
        if visible or not _on_x() or not self._is_alive():
            return
        heir = self._heir()
        window = heir.windowHandle() if heir is not None else None
        if window is not None and QGuiApplication.focusWindow() is self._window:
            window.requestActivate()


def _application() -> QGuiApplication:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    return application


def _on_x() -> bool:
    return QGuiApplication.platformName() == "xcb"


def _let_in(windows: list[QWindow]) -> None:
    """Let keys through to windows that modal ones shut; their widgets stay shut, as Qt looks at each event for these.

    Qt looks whether a window is shut when its transient parent is set: meanwhile no modal one seems to be above it.
    """
    modal = [each for each in QGuiApplication.topLevelWindows() if each.modality() != Qt.WindowModality.NonModal]
    quiet = [QSignalBlocker(each) for each in modal]
    was = [(each, each.modality(), each.transientParent()) for each in modal]
    for each in modal:
        each.setModality(Qt.WindowModality.WindowModal)
        each.setTransientParent(None)  # type: ignore[arg-type]  # None is allowed, the stubs do not say so
    _look_again(windows)
    for each, modality, parent in was:
        each.setModality(modality)
        each.setTransientParent(parent)
    for blocker in quiet:
        blocker.unblock()


def _look_again(windows: list[QWindow]) -> None:
    """Let Qt look which of these are shut."""
    for each in windows:
        quiet = QSignalBlocker(each)
        each.setTransientParent(each.transientParent())
        quiet.unblock()


def _make_active(widget: QWidget) -> None:
    """Let Qt know where the focus is going to be: shortcuts and the cursor follow at once."""
    if QApplication.activeWindow() is not widget:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # activateWindow() asks the window system, and waits
            QApplication.setActiveWindow(widget)
