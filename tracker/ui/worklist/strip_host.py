"""Opens strips, keeps those that were left with something typed, and writes what they plan, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from tracker.domain.errors import ConflictError, TrackerError
from tracker.services.authorizations.holds import HoldChange
from tracker.services.authorizations.work_rows import WorkRow
from tracker.services.changes import Done
from tracker.ui.pages.page import PageContext
from tracker.ui.worklist.detail_panel import DetailPanel
from tracker.ui.worklist.request_strip import RequestStrip
from tracker.ui.worklist.strip import Plan, Strip

Written = Done[Any] | tuple[HoldChange, ...]
MOST_KEPT = 20


class StripHost(QObject):
    """`saved` carries the Done, `closed` comes when the hands go back to the list, `stale` when the row is another."""

    saved = Signal(object)
    closed = Signal()
    stale = Signal()
    opened = Signal()

    def __init__(self, context: PageContext, panel: DetailPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._panel = panel
        self._key = ""
        self._kept: dict[str, Strip] = {}
        self._busy = False

    def strip(self) -> Strip | None:
        """Return the strip that is open."""
        return self._panel.strip

    def key(self) -> str:
        """Return under which key the strip was opened that was opened last."""
        return self._key

    def open(self, key: str, make: Callable[[], Strip]) -> None:
        """Open a strip; one that was left with something typed comes back as it was."""
        if self._busy:
            return
        self._put_away()
        strip = self._kept.pop(key, None)
        if strip is None:
            strip = make()
            strip.save_wanted.connect(self.save)
            strip.left.connect(self.leave)
            strip.prepare(self._context)
            strip.keep_draft(self._context, f"strip {key}")
        self._key = key
        self._panel.show_strip(strip)
        self.opened.emit()
        strip.focus()

    def take_row(self, row: WorkRow | None) -> None:
        """The list shows another row, or the same one anew: a strip of another request is put away."""
        for kept in self._kept.values():
            if isinstance(kept, RequestStrip) and row is not None and kept.row.id == row.id:
                kept.take_row(row)
        strip = self._panel.strip
        if not isinstance(strip, RequestStrip) or self._busy:
            return
        if row is not None and strip.row.id == row.id:
            strip.take_row(row)
        else:
            self._put_away()

    def drop(self) -> None:
        """Close the strip for good: what was typed has served."""
        strip = self._panel.strip
        if strip is not None:
            self._panel.show_strip(None)
            strip.served()
            strip.deleteLater()

    def leave(self) -> None:
        """Close the strip; what was typed is kept for the next time."""
        if not self._busy:
            self._put_away()
            self.closed.emit()

    def save(self) -> None:
        """Write what the strip plans, unless it is found to put visits on hold that were not told yet."""
        strip = self._panel.strip
        if strip is None or self._busy or not strip.writes or not strip.settle():
            return
        strip.notice.clear()
        try:
            plan = strip.plan(self._context.services)
        except TrackerError as error:
            strip.show_error(error)
            return
        self._busy = True
        strip.set_busy(True)
        ask = plan.after is not None and not strip.consented
        self._context.tasks.run(self, lambda: self._written(plan, ask), self._on_written, self._on_failed)

    def _written(self, plan: Plan, ask: bool) -> Written:
        if ask and plan.after is not None:
            changes = tuple(self._context.services.authorizations.fall_out(plan.after))
            if any(change.held for change in changes):
                return changes
        return plan.write()

    def _on_written(self, result: Written) -> None:
        self._busy = False
        strip = self._panel.strip
        if strip is None:
            return
        strip.set_busy(False)
        if isinstance(result, tuple):
            strip.ask_consent(result)
            return
        self._panel.show_strip(None)
        strip.served()
        strip.deleteLater()
        self.saved.emit(result)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        strip = self._panel.strip
        if strip is not None:
            strip.set_busy(False)
        if not isinstance(error, TrackerError):
            self._context.tasks.unseen.emit(error)
        elif strip is not None:
            strip.show_error(error)
        if isinstance(error, ConflictError):
            self.stale.emit()

    def _put_away(self) -> None:
        strip = self._panel.strip
        if strip is None:
            return
        self._panel.show_strip(None)
        if strip.touched():
            while len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept))).deleteLater()
            self._kept[self._key] = strip
        else:
            strip.deleteLater()
