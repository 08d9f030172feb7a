"""Runs service calls off the GUI thread, on two workers in three lanes, and brings results back onto it."""

from __future__ import annotations

import itertools
import sys
import weakref
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from tracker.ui.right_of_way import RightOfWay

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from tracker.ui.importing.import_job import ImportJob

Value = TypeVar("Value")
Lane = Literal["quick", "list", "long"]
Worker = Literal["quick", "long"]
_LANES: dict[Worker, tuple[Lane, ...]] = {"quick": ("quick", "list"), "long": ("long",)}
"""What a worker looks after, the first lane first: nobody's hands wait for a list that is read anew."""


@dataclass(frozen=True)
class _Job:
    """What one call needs. Only the GUI thread holds it, so that no widget ever dies on a worker."""

    owner: weakref.ref[QObject]
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None

    def wanted(self) -> bool:
        owner = self.owner()
        return owner is not None and shiboken6.isValid(owner)


class TaskRunner(QObject):
    """One for all pages. Results of owners that are gone meanwhile are dropped.

    `unseen` carries an error that its caller left to the window; `idle` comes when the last open job is delivered.
    `hurry` comes before the window locks or closes, which waits for what runs: whoever searches long may stop.
    `ending` comes before it closes for good: whatever writes nothing stops, as nobody will see it.
    `counted_on` is a long job that writes, None for none: who closes waits for it where that is seen, until `let_go`.
    """

    unseen = Signal(object)
    idle = Signal()
    hurry = Signal()
    ending = Signal()
    let_go = Signal()
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count()
        self._jobs: dict[int, _Job] = {}
        self._results: deque[tuple[int, Any, Exception | None]] = deque()
        self._workers: dict[Worker, ThreadPoolExecutor] = {}
        self._waiting: dict[Lane, deque[int]] = {"quick": deque(), "list": deque(), "long": deque()}
        self._held: list[tuple[_Job, Lane]] | None = None
        self._closed = False
        self._way = RightOfWay()
        self.counted_on: ImportJob | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], Value],
        done: Callable[[Value], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        lane: Lane = "quick",
    ) -> None:
        """Call `work` on a lane's worker, then `done` or `failed` on the GUI thread while `owner` lives.

        Calls of one lane keep their order; one of the quick lane overtakes those of `list` that have not begun.
        `work` must not touch a widget. After `shutdown` nothing runs any more.
        """
        job = _Job(weakref.ref(owner), work, done, failed)
        if self._held is not None:
            self._held.append((job, lane))
        elif not self._closed:
            self._begin(job, lane)

    def give_way(self) -> None:
        """Stand aside while quick calls are under way: for the work of the long lane, between two pieces of it."""
        self._way.give_way()

    def is_idle(self) -> bool:
        """Tell whether every job begun so far is done and delivered."""
        return not self._jobs

    def end_counting_on(self) -> None:
        """The job that was counted on is written, or will not be."""
        self.counted_on = None
        self.let_go.emit()

    def hold(self) -> None:
        """Keep what is given from now on until `release`; what was given before runs to its end (`idle`)."""
        self._held = [] if self._held is None else self._held
        self.hurry.emit()

    def release(self) -> None:
        """Begin everything that was kept."""
        held, self._held = self._held or [], None
        for job, lane in held:
            if job.wanted() and not self._closed:
                self._begin(job, lane)

    def _begin(self, job: _Job, lane: Lane) -> None:
        number = next(self._numbers)
        self._jobs[number] = job
        self._waiting[lane].append(number)
        if lane != "long":
            self._way.begin()
        worker: Worker = "long" if lane == "long" else "quick"
        self._pool(worker).submit(self._perform_next, worker)

    def _pool(self, worker: Worker) -> ThreadPoolExecutor:
        if worker not in self._workers:
            from concurrent.futures import ThreadPoolExecutor  # not before the first window

            self._workers[worker] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=worker)
        return self._workers[worker]

    def shutdown(self) -> None:
        """Let the running call of each lane end, drop all others, deliver nothing more."""
        self._closed = True
        self._way.end_all()
        self.hurry.emit()
        self.ending.emit()
        for pool in self._workers.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._results.clear()
        self._jobs.clear()
        self._held = None

    def _perform_next(self, worker: Worker) -> None:
        """Do what waits first for this worker; it is called as often as something was given to it."""
        if self._closed:
            return  # it came off the queue in the moment in which the queue is dropped
        number = next(waiting for lane in _LANES[worker] if (waiting := self._waiting[lane])).popleft()
        # Nothing of the job is kept in a local name: the last reference must be dropped by the GUI thread.
        self._results.append(_outcome(number, self._jobs[number].work))
        if worker == "quick":
            self._way.end()
        self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        while self._results:
            number, value, error = self._results.popleft()
            job = self._jobs.pop(number, None)
            if job is not None and job.wanted() and not self._closed:
                self._hand_over(job, value, error)
        if not self._jobs and not self._closed:
            self.idle.emit()

    def _hand_over(self, job: _Job, value: Any, error: Exception | None) -> None:
        try:
            if error is None:
                job.done(value)
            elif job.failed is not None:
                job.failed(error)
            else:
                self.unseen.emit(error)
        except Exception:
            # One page's bug must not swallow the results of the others.
            sys.excepthook(*sys.exc_info())


def _outcome(number: int, work: Callable[[], Any]) -> tuple[int, Any, Exception | None]:
    try:
        return number, work(), None
    except Exception as error:
        return number, None, error


class LatestOnly:
    """Shows only the newest of one owner's calls; older ones that have not begun are skipped."""

    def __init__(self, runner: TaskRunner, owner: QObject, lane: Lane = "quick") -> None:
        self._runner = runner
        self._owner = weakref.ref(owner)
        self._lane: Lane = lane
        self._newest = 0

    def run(
        self,
        work: Callable[[], Value],
        done: Callable[[Value], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Ask anew; whatever was asked before is not shown any more."""
        owner = self._owner()
        if owner is None:
            return
        self._newest += 1
        number = self._newest

        def work_if_newest() -> Value | None:
            return work() if number == self._newest else None

        def show_if_newest(value: Value | None) -> None:
            if number == self._newest:
                done(value)  # type: ignore[arg-type]  # None only when `work` itself returned it

        def fail_if_newest(error: Exception) -> None:
            if number == self._newest:
                if failed is None:
                    self._runner.unseen.emit(error)
                else:
                    failed(error)

        self._runner.run(owner, work_if_newest, show_if_newest, fail_if_newest, lane=self._lane)

    def cancel(self) -> None:
        """Show nothing of what was asked so far."""
        self._newest += 1
