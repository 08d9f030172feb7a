"""Has a page read its records anew when it comes to the front, unless nothing was written since it read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.ui.tasks import LatestOnly

if TYPE_CHECKING:
    from tracker.services.revisions import Revision
    from tracker.ui.pages.page import PageContext


class Looking(QObject):
    """`read` asks for everything that the page shows; what is shown stays until it is there.

    `keeps`: how long what was read is good for, where it is late or over by the minute and not by the day alone.
    `unchanged` comes in place of reading, at a visit.
    """

    unchanged = Signal()

    def __init__(
        self, context: PageContext, read: Callable[[], None], parent: QObject, *, keeps: timedelta | None = None
    ) -> None:
        super().__init__(parent)
        self._revisions, self._clock = context.services.revisions, context.services.clock
        self._read = read
        self._keeps = keeps
        self._latest = LatestOnly(context.tasks, self)
        self._seen: Revision | None = None
        self._seen_at = self._clock.now()
        self._asked = self._visited = False

    def visit(self) -> None:
        """Read everything if anything was written, else nothing; both come after what was asked for before."""
        self._visited = True
        if not self._asked:
            self._latest.run(self._revisions.current, self._on_visited, self._on_failed)

    def note(self) -> None:
        """Take down that the page reads what changed: call it before that is asked for."""
        if self._seen is not None:
            self._asked, self._visited = True, False
            self._latest.run(self._revisions.current, self._on_noted, self._on_untold)

    @Slot()
    def forget(self) -> None:
        """Read everything at the next visit: what was asked for did not come, or something else is to be shown."""
        self._seen, self._asked = None, False
        self._latest.cancel()

    def _on_visited(self, revision: Revision) -> None:
        if revision == self._seen and not self._is_old():
            self.unchanged.emit()
        else:
            self._keep(revision)
            self._read()

    def _on_noted(self, revision: Revision) -> None:
        self._keep(revision)
        if self._visited:
            self.unchanged.emit()

    def _keep(self, revision: Revision) -> None:
        self._seen, self._seen_at, self._asked = revision, self._clock.now(), False

    def _on_untold(self, _error: Exception) -> None:
        self.forget()

    def _on_failed(self, error: Exception) -> None:
        """Let the reading itself say what is wrong with the file."""
        self._on_untold(error)
        self._read()

    def _is_old(self) -> bool:
        return self._keeps is not None and self._clock.now() - self._seen_at >= self._keeps
