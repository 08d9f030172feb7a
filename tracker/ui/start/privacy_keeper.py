"""Keeps the desk private as the clinic's settings say: when it locks by itself, how long a copied text lies about."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from tracker.domain.privacy import Privacy
from tracker.services.changes import Changes, Kind
from tracker.ui.pages.page import PageContext
from tracker.ui.start.idle_watch import IdleWatch


class PrivacyKeeper(QObject):
    """Reads the settings at the start, and again after every change of them."""

    def __init__(self, context: PageContext, idle_watch: IdleWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._idle_watch = idle_watch
        self._copied = ""
        self._seconds = Privacy().clipboard_seconds
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear_clipboard)
        context.notifier.changed.connect(self._on_changed)
        QGuiApplication.clipboard().dataChanged.connect(self._on_copied)

    @Slot()
    def load(self) -> None:
        """Keep to what the settings say now."""
        self._context.tasks.run(self, self._context.services.clinic_settings.privacy, self._take)

    def _take(self, privacy: Privacy) -> None:
        self._idle_watch.set_limit(timedelta(minutes=privacy.idle_minutes))
        self._seconds = privacy.clipboard_seconds

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if Kind.SETTINGS in changes.kinds:
            self.load()

    @Slot()
    def _on_copied(self) -> None:
        """Count from now on, when it was copied here: what another program copied is not ours to take away."""
        here = QGuiApplication.focusWindow() is not None
        self._copied = QGuiApplication.clipboard().text() if here else ""
        if self._copied and self._seconds:
            self._timer.start(self._seconds * 1000)
        else:
            self._timer.stop()

    @Slot()
    def clear_clipboard(self) -> None:
        """Take our own text off the clipboard; what somebody copied meanwhile stays."""
        clipboard = QGuiApplication.clipboard()
        if self._seconds and self._copied and clipboard.text() == self._copied:
            self._copied = ""
            clipboard.clear()
