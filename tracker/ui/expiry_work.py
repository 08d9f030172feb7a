"""Has visits held whose approval has ended, each time coming visits were judged again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.services.changes import Done
from tracker.services.recheck_run import RecheckReport

if TYPE_CHECKING:
    from tracker.ui.pages.page import PageContext


class ExpiryWork(QObject):
    """A call of the long lane a re-check; `settled` carries what was done, where anything was."""

    settled = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        context.notifier.rechecked.connect(self._on_rechecked)

    @Slot(object)
    def _on_rechecked(self, report: RecheckReport) -> None:
        settle = self._context.services.expiry_holds.settle
        self._context.tasks.run(
            self, lambda: settle(report.scope), self._on_settled, self._context.tasks.unseen.emit, lane="long"
        )

    def _on_settled(self, done: Done[int]) -> None:
        if done.value:
            self.settled.emit(done)
