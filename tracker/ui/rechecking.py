"""Has coming visits judged again in the background after every act, at the opening, and when the day changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tracker.domain.language import tr
from tracker.services.changes import Changes
from tracker.services.rechecks.recheck_scope import EVERYBODY, RecheckScope, scope_of

if TYPE_CHECKING:
    from tracker.services.rechecks.recheck_run import RecheckRun
    from tracker.ui.pages.page import PageContext

TOLD_AFTER_SECONDS = 1.0
PATIENTS_A_STEP = 200
_DAY_LOOK_MS = 60_000


class Rechecking(QObject):
    """A step a call of the long lane, so that an import or a list waits for one step at most.

    A change that concerns everybody supersedes what is under way; one of a few patients is judged after it.
    `progressed` carries how far it is in words once it lasts, "" at its end; `given_up` what somebody who stopped it
    should know.
    """

    progressed = Signal(str)
    given_up = Signal(str)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting = RecheckScope()
        self._number = 0
        self._under_way: RecheckScope | None = None
        self._began = 0.0
        self._stopping = False
        self._day = context.services.clock.today()
        self._clock = QTimer(self)
        self._clock.setInterval(_DAY_LOOK_MS)
        self._clock.timeout.connect(self.look_at_day)
        self._started = False

    def start(self) -> None:
        """Judge all visits once, and from now on whatever an act may turn."""
        if self._started:
            return
        self._started = True
        self._context.notifier.changed.connect(self._on_changed)
        self._context.notifier.recheck_wanted.connect(self._on_wanted)
        self._clock.start()
        self._want(EVERYBODY)

    def stop(self) -> None:
        """Judge nothing more; the step under way ends by itself."""
        self._started = False
        self._clock.stop()
        self._drop()

    @Slot()
    def cancel(self) -> None:
        """Drop what waits, and what is under way after its step: a new day, the next opening or Today checks the rest.

        What became of it is said then, as the step still counts.
        """
        self._waiting = RecheckScope()
        if self._under_way is not None and not self._stopping:
            self._stopping = True
            self.progressed.emit("")

    def _give_up(self, run: RecheckRun) -> None:
        """Say how far it is, now that no step is under way."""
        self._end()
        self._context.notifier.recheck_broken_off.emit(run.report())
        self.given_up.emit(
            tr(
                "Stopped: {judged:,} of {total:,} coming visits are checked. “Check all again” on Today checks the "
                "rest, and so does the next opening.",
                judged=run.judged,
                total=run.total,
            )
        )
        if self._waiting:
            self._begin()

    def _drop(self) -> None:
        self._number += 1
        self._waiting = RecheckScope()
        self._end()

    @Slot()
    def look_at_day(self) -> None:
        """Judge all visits again when it is another day than at the last look."""
        today = self._context.services.clock.today()
        if today != self._day:
            self._day = today
            self._want(EVERYBODY)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        self._want(scope_of(changes))

    @Slot()
    def _on_wanted(self) -> None:
        self._want(EVERYBODY)

    def _want(self, scope: RecheckScope) -> None:
        if not scope or not self._started:
            return
        self._waiting |= scope
        if scope.everybody and self._under_way is not None:
            self._number += 1
            self._end()
        if self._under_way is None:
            self._begin()

    def _begin(self) -> None:
        self._under_way, self._waiting = self._waiting, RecheckScope()
        self._number += 1
        number, scope, service = self._number, self._under_way, self._context.services.recheck
        self._began = time.monotonic()
        self._call(number, lambda: service.begin(scope))

    def _call(self, number: int, work: Callable[[], RecheckRun]) -> None:
        stepped, failed = partial(self._on_step, number), partial(self._on_failed, number)
        self._context.tasks.run(self, work, stepped, failed, lane="long")

    def _on_step(self, number: int, run: RecheckRun) -> None:
        if number != self._number:
            self._context.notifier.recheck_broken_off.emit(run.report())
            return
        if run.finished:
            self._end()
            self._context.notifier.rechecked.emit(run.report())
            if self._waiting:
                self._begin()
            return
        if not self._stopping and time.monotonic() - self._began > TOLD_AFTER_SECONDS:
            self.progressed.emit(
                tr("Checking coming visits: {judged:,} of {total:,}", judged=run.judged, total=run.total)
            )
        if self._stopping:
            self._give_up(run)
        else:
            self._call(number, lambda: self._step(run))

    def _step(self, run: RecheckRun) -> RecheckRun:
        give_way = self._context.tasks.give_way
        give_way()
        self._context.services.recheck.step(run, PATIENTS_A_STEP, give_way)
        return run

    def _on_failed(self, number: int, error: Exception) -> None:
        if number == self._number:
            self._end()
            self._context.tasks.unseen.emit(error)

    def _end(self) -> None:
        told, self._under_way, self._stopping = not self._stopping, None, False
        if told:
            self.progressed.emit("")
