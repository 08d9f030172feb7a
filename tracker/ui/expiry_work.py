"""Has visits held whose approval has ended, each time coming visits were judged again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.services.rechecks.recheck_run import RecheckReport

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.services.rechecks.expiry_holds import HoldRun
    from tracker.ui.pages.page import PageContext


class ExpiryWork(QObject):
    """A few patients a call of the long lane after each re-check; `settled` carries what was done, if anything was."""

    settled = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        context.notifier.rechecked.connect(self._on_rechecked)

    @Slot(object)
    def _on_rechecked(self, report: RecheckReport) -> None:
        begin = self._context.services.expiry_holds.begin
        self._call(lambda: begin(report.scope))

    def _call(self, work: Callable[[], HoldRun]) -> None:
        self._context.tasks.run(self, work, self._on_step, self._context.tasks.unseen.emit, lane="long")

    def _on_step(self, run: HoldRun) -> None:
        if not run.finished:
            self._call(lambda: self._step(run))
        elif run.acts:
            self.settled.emit(run.done())

    def _step(self, run: HoldRun) -> HoldRun:
        give_way = self._context.tasks.give_way
        give_way()
        self._context.services.expiry_holds.step(run, give_way)
        return run
