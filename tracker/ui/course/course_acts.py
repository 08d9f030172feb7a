"""Holds, books, keeps and removes through the planning service, one at a time, and tells what became of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tracker.domain.course import Course
from tracker.domain.errors import TrackerError
from tracker.services.changes import Done
from tracker.services.courses.planned_course import StepRow
from tracker.ui.pages.page import PageContext


class CourseActs(QObject):
    """`acted` carries the Done, `removed` that of a course taken away, `failed` a sentence for the desk.

    `busy` tells whether something is being written.
    """

    acted = Signal(object)
    removed = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._under_way = False

    def hold(self, course: Course, row: StepRow) -> None:
        service = self._context.services.planning
        self._run(lambda: service.hold(course, row.place, row.fingerprint))

    def book(self, course: Course, row: StepRow) -> None:
        service = self._context.services.planning
        self._run(lambda: service.book(course, row.place, row.fingerprint))

    def keep(self, course: Course) -> None:
        service = self._context.services.planning
        self._run(lambda: service.keep(course))

    def remove(self, course: Course) -> None:
        """Take a course that is kept away; visits of it stay."""
        service = self._context.services.planning
        self._run(lambda: service.remove(course.id), self._removed)

    def _run(self, work: Callable[[], Done[Course]], done: Callable[[Done[Course]], None] | None = None) -> None:
        if self._under_way:
            return
        self._set_busy(True)
        self._context.tasks.run(self, work, done or self._done, self._failed)

    def _set_busy(self, busy: bool) -> None:
        self._under_way = busy
        self.busy.emit(busy)

    def _done(self, done: Done[Course]) -> None:
        self._set_busy(False)
        self.acted.emit(done)

    def _removed(self, done: Done[Course]) -> None:
        self._set_busy(False)
        self.removed.emit(done)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, TrackerError):
            self.failed.emit(error)
        else:
            self._context.tasks.unseen.emit(error)
