"""Keeps on file what is typed in one place of the window, at most every two seconds and only when it is another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from tracker.domain.draft import Draft, KeptDraft
from tracker.domain.errors import TrackerError
from tracker.services.words.wording import us_moment, us_time

if TYPE_CHECKING:
    from tracker.ui.pages.page import PageContext

EVERY_MS = 2000
CHECK_PLACE = "check"
DISCARD_KEY = "Alt+Del"


class DraftKeeper(QObject):
    """`read` returns what stands there now, None for nothing worth keeping. Nothing is written before `look`."""

    def __init__(self, place: str, read: Callable[[], Draft | None], context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._read, self._context = place, read, context
        self._drafts = context.services.drafts
        self._kept: Draft | None = None
        self._looked = False
        self._timer = QTimer(self, singleShot=True, interval=EVERY_MS)
        self._timer.timeout.connect(self.save)

    def look(self, found: Callable[[KeptDraft], None]) -> None:
        """Look once for what is kept from before, and watch from then on."""

        def on_found(kept: KeptDraft | None) -> None:
            self._looked = True
            if kept is not None:
                self._kept = kept.draft
                found(kept)
            if self._read() != self._kept:
                self.touch()

        def on_failed(error: Exception) -> None:
            self._looked = True
            self._tell(error)

        self._context.tasks.run(self, lambda: self._drafts.find(self._place), on_found, on_failed)

    def is_waiting(self) -> bool:
        """Tell whether something is to be saved soon."""
        return self._timer.isActive()

    @Slot()
    def touch(self, *_what: object) -> None:
        """Something may have been typed: save soon."""
        if self._looked and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def save(self) -> None:
        """Save now what is another than what is kept; take away what is not there any more."""
        self._timer.stop()
        draft = self._read()
        if not self._looked or draft == self._kept:
            return
        self._kept = draft
        place, drafts = self._place, self._drafts
        work = (lambda: drafts.forget(place)) if draft is None else (lambda: drafts.save(place, draft))
        self._context.tasks.run(self, work, _nothing, self._on_failed)

    def save_now(self) -> None:
        """Save before this returns: the program ends, and nothing runs behind it any more."""
        self._timer.stop()
        draft = self._read()
        if not self._looked or draft == self._kept:
            return
        self._kept = draft
        try:
            self._drafts.forget(self._place) if draft is None else self._drafts.save(self._place, draft)
        except TrackerError:
            return  # what was saved two seconds ago is still there

    def forget(self) -> None:
        """Take away what is kept, and watch no more."""
        self._timer.stop()
        self._looked = False
        if self._kept is not None:
            self._kept = None
            place, drafts = self._place, self._drafts
            self._context.tasks.run(self._context.notifier, lambda: drafts.forget(place), _nothing, self._tell)

    def _on_failed(self, error: Exception) -> None:
        """Try again with the next change: somebody who types is not disturbed for it."""
        self._kept = None
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, TrackerError):
            self._context.tasks.unseen.emit(error)


def typed_at(kept: KeptDraft, context: PageContext) -> str:
    """Return when it was typed: "2:10 PM", with the day where it was not today."""
    here = kept.saved_at.astimezone()
    return us_time(here.time()) if here.date() == context.services.clock.today() else us_moment(kept.saved_at)


def _nothing(_done: None) -> None:
    """Nobody waits for it."""
