"""Plans what the form describes and what the keys change, off the window's thread; only the newest plan is shown.

Most courses take a moment. What takes longer goes on beside other long work, told how far it is, and
can be called off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from tracker.domain.course import Course
from tracker.domain.effort import Effort, EndedError
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.services.courses.planned_course import PlannedCourse, StepRow
from tracker.ui.course import editing
from tracker.ui.course.course_form import CourseForm
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.pages.page import PageContext
from tracker.ui.tasks import LatestOnly

A_MOMENT = 0.2
"""Seconds that a plan may take among the quick calls, where everything that is typed waits for it."""

SEARCHING, STOPPED = tr("Looking for days that fit"), tr("Stopped before every step had a day")


class CoursePlanner(QObject):
    """`planned` carries a plan, `missing` what the form still wants, `refused` an error of the service.

    `without` carries why there is no plan yet: it takes longer, or it was called off.
    """

    planned = Signal(object)
    missing = Signal(object)
    refused = Signal(object)
    without = Signal(str)

    def __init__(self, context: PageContext, form: CourseForm, progress: ProgressRow, parent: QObject) -> None:
        super().__init__(parent)
        self._service = context.services.planning
        self._form = form
        self._progress = progress
        self._planning = LatestOnly(context.tasks, self)
        self._thorough = LatestOnly(context.tasks, self, lane="long")
        self._effort = Effort()
        self.moment = A_MOMENT
        self._patient_id = ""
        self.course: Course | None = None
        self.plan: PlannedCourse | None = None
        self.edited = False
        self._freed: int | None = None
        form.template_wanted.connect(self.draft)
        form.kept_wanted.connect(self.take_kept)
        form.until_set.connect(self._on_span_set)
        progress.called_off.connect(self.call_off)
        context.tasks.hurry.connect(self.call_off)

    def begin(self, patient_id: str) -> None:
        """Forget everything, for another patient."""
        self._forget()
        self._patient_id, self.course, self.plan, self.edited = patient_id, None, None, False

    @Slot()
    def draft(self) -> None:
        """Plan what the form describes; nothing is said against a form that is not filled in yet."""
        start = self._form.start.day()
        self.course, self.edited = None, False
        if start is None or not self._patient_id:
            return
        try:
            template, targets = self._form.template_id(), self._form.targets()
            self.show(_ending(self._service.draft(self._patient_id, template, targets, start), self._form))
        except InvalidEntryError as error:
            self._forget()
            self.plan = None
            self.missing.emit(error)

    @Slot(object)
    def take_kept(self, course: Course) -> None:
        """Plan a course that is on file."""
        self.edited = False
        self._form.show_course(course)
        self.show(course)

    def take(self, plan: PlannedCourse) -> None:
        """Show a plan that was found, or came with an error."""
        self._progress.stop()
        self.plan, self.course = plan, plan.course
        self.planned.emit(plan)

    def show(self, course: Course, freed: int | None = None) -> None:
        """Plan a course; the first day that was set for a `freed` step is let go where the step comes no sooner."""
        self._forget()
        self.course, self._freed = course, freed
        effort = Effort(self.moment)
        self._planning.run(lambda: self._planned(course, freed, effort), self.take, self._on_failed)

    def _planned(self, course: Course, freed: int | None, effort: Effort) -> PlannedCourse:
        wanted = None if freed is None else course.steps[freed].not_before
        if freed is None or wanted is None:
            return self._service.plan(course, effort)
        free = self._service.plan(editing.from_any_day(course, freed), effort)
        day = free.rows[freed].day
        return free if day is not None and day >= wanted else self._service.plan(course, effort)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, EndedError) and self.course is not None:
            self._go_on(self.course)
        else:
            self.refused.emit(error)

    def _go_on(self, course: Course) -> None:
        """Search on for as long as it takes, until somebody has had enough."""
        effort = self._effort = Effort()
        self.plan = None
        self.without.emit(SEARCHING)
        self._progress.follow(effort, SEARCHING)
        freed = self._freed
        self._thorough.run(lambda: self._planned(course, freed, effort), self.take, self._on_ended)

    def _on_ended(self, error: Exception) -> None:
        self._progress.stop()
        if isinstance(error, EndedError):
            self.without.emit(STOPPED)
        else:
            self.refused.emit(error)

    @Slot()
    def call_off(self) -> None:
        """End a search that takes long."""
        self._effort.call_off()

    def _forget(self) -> None:
        """Let go of whatever is searched for."""
        self._planning.cancel()
        self._thorough.cancel()
        self._effort.call_off()
        self._progress.stop()

    def change(self, change: Callable[[Course], Course]) -> None:
        """Plan anew with a change, if it is one."""
        if self.course is not None and (changed := change(self.course)) != self.course:
            self.edited = True
            self.show(changed)

    def sooner(self, place: int) -> None:
        """Let a step come a day sooner again; a first day that no longer holds it back is gone, not kept unseen."""
        if self.course is not None and (changed := editing.sooner(self.course, place)) != self.course:
            self.edited = True
            self.show(changed, place)

    def next_row(self) -> StepRow | None:
        """Return the next step without a visit, None when it has no day."""
        place = editing.next_open(self.plan.course) if self.plan else None
        row = self.plan.rows[place] if self.plan and place is not None else None
        return row if row is not None and row.day is not None else None

    @Slot()
    def _on_span_set(self) -> None:
        start = self._form.start.day()
        if start is None:
            return
        try:
            self.change(lambda known: _ending(replace(known, start=start, until=None), self._form))
        except InvalidEntryError as error:
            self._form.until.set_error(error.sentence())


def _ending(course: Course, form: CourseForm) -> Course:
    """Return the course with the form's last day. Raises InvalidEntryError when that lies before its start."""
    until = form.until.day()
    if until is not None and until < course.start:
        earlier = tr("This lies before the first day of the course.")
        raise InvalidEntryError(earlier, "", tr("Choose a later day."), about="until")
    return replace(course, until=until)
