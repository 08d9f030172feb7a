"""Runs looking at a pack, taking it in, going back and trusting a key in the background, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from tracker.services.changes import Done
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.pages.page import PageContext

if TYPE_CHECKING:
    from tracker.services.rule_library.packs import PackPreview


class PackRunner(QObject):
    """`seen` carries a preview, `done` what was written, `keys` whom the clinic trusts, `failed` an error.

    A look that was given up for a later one is not told.
    """

    seen = Signal(object)
    done = Signal(object)
    keys = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = context.tasks
        self._packs = context.services.packs
        self._trust = context.services.pack_trust
        self.job = ImportJob()

    def look_at(self, path: Path) -> ImportJob:
        """Verify the pack and find out what it would change; nothing is written."""
        self.job.call_off()
        job = self.job = ImportJob()

        def told(signal: Any) -> Callable[[object], None]:
            return lambda what: signal.emit(what) if job is self.job else None

        self._tasks.run(
            self,
            lambda: self._packs.look_at(path, job.tell, job.is_called_off),
            told(self.seen),
            told(self.failed),
            lane="long",
        )
        return job

    def take_in(self, seen: PackPreview) -> None:
        self._write(lambda: self._packs.take_in(seen))

    def go_back(self) -> None:
        self._write(self._packs.go_back)

    def trust(self, path: Path, name: str, fingerprint: str) -> None:
        """Trust the key that signed this pack, when the fingerprint is its own."""
        self._write(lambda: self._trust.trust(self._trust.key_of(path), name, fingerprint))

    def list_keys(self) -> None:
        self._tasks.run(self, self._trust.list_keys, self.keys.emit)

    @Slot()
    def call_off(self) -> None:
        self.job.call_off()

    def _write(self, work: Callable[[], Done[Any]]) -> None:
        self._tasks.run(self, work, self.done.emit, self.failed.emit, lane="long")
