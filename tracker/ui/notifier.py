"""Tells every screen what changed, so that screens never call each other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tracker.services.changes import Changes


class Notifier(QObject):
    """`changed` carries the Changes of one act, `rechecked` the RecheckReport of coming visits judged again.

    `recheck_broken_off` carries what one had found that was stopped, or gave way to a newer one.
    `day_turned` comes when another day has begun: what is shown as of today is to be looked at again. A screen asks for
    a backup by `backup_wanted`, by `backup_first` before much is written, if anything is new since the newest, and
    for the end of the one under way by `backup_unwanted`; `backup_told` carries the BackupNews. `restart_wanted`:
    what was chosen holds from the next start, and somebody wants that now. `recheck_wanted`: all coming visits are to
    be judged again, whatever became of the last time.
    """

    changed = Signal(object)
    day_turned = Signal()
    rechecked = Signal(object)
    recheck_broken_off = Signal(object)
    recheck_wanted = Signal()
    backup_wanted = Signal()
    backup_first = Signal()
    backup_unwanted = Signal()
    backup_told = Signal(object)
    restart_wanted = Signal()

    def publish(self, changes: Changes) -> None:
        """Tell all screens."""
        self.changed.emit(changes)
