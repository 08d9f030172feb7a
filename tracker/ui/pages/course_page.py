"""A course of treatment for one patient: every step on a day that fits, or the one thing that cannot be met."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.course import Course, CourseStep
from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.changes import Changes, Done
from tracker.services.courses.course_steps import PlanChangedError
from tracker.ui.course import editing
from tracker.ui.course.course_acts import CourseActs
from tracker.ui.course.course_form import CourseForm
from tracker.ui.course.course_menu import bind_letters, menu_acts
from tracker.ui.course.course_planner import CoursePlanner
from tracker.ui.course.foot import CourseFoot
from tracker.ui.course.on_file import OnFile
from tracker.ui.course.plan_panel import KEYS, PlanPanel
from tracker.ui.course.step_dialog import StepDialog
from tracker.ui.pages.page import Page, PageAct, PageContext
from tracker.ui.tasks import LatestOnly
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from tracker.services.courses.planned_course import PlannedCourse, StepRow

_NO_LEVELS = tr("Type the levels of the course")


class CoursePage(Page):
    """`begin` takes a patient's id. What is planned is written only when it is kept, held or booked."""

    id = "course"
    title = tr("Course")
    menus = (tr("&Patient"),)
    icon = "calendar"
    listed = False
    section = "find"
    keys = KEYS

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._on_file: OnFile | None = None
        self._patient_id = ""
        self._reading = LatestOnly(context.tasks, self)
        self._build()
        self.course_acts = CourseActs(context, self)
        self.planner = CoursePlanner(context, self.form, self.panel.progress, self)
        self._connect()
        bind_letters(self)

    def _build(self) -> None:
        today = self.context.services.clock.today()
        self.head = PageHead(tr("Course"), parent=self)
        self.notice = NoticeBar(self)
        self.form = CourseForm(today, self)
        self.panel = PlanPanel(today, self)
        self.foot = CourseFoot(self)
        self.content = ScrollColumn(self)
        self.content.column.addWidget(self.form)
        self.content.column.addWidget(self.panel, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.notice)
        column.addWidget(self.content, 1)
        column.addWidget(self.foot)
        self.foot.show_plan(None)

    def _connect(self) -> None:
        self.planner.planned.connect(self._show_plan)
        self.planner.missing.connect(self._show_missing)
        self.planner.refused.connect(self._on_refused)
        self.planner.without.connect(self._show_none)
        self.panel.explained.connect(self.content.tell_beside)
        self.foot.hold_pressed.connect(self.primary)
        self.foot.book_pressed.connect(self._book_next)
        self.foot.keep_pressed.connect(self.keep)
        self.foot.close_pressed.connect(self.closed)
        self.course_acts.acted.connect(self._on_acted)
        self.course_acts.removed.connect(self._on_removed)
        self.course_acts.failed.connect(self._on_refused)
        self.course_acts.busy.connect(self._on_busy)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def acts(self) -> tuple[PageAct, ...]:
        return menu_acts(self)

    # What the window asks

    def begin(self, what: object) -> None:
        self._patient_id, self._on_file = str(what), None
        self.planner.begin(self._patient_id)
        self.head.set_title(tr("Course"))
        self.head.set_beside("")
        self._show_none("")
        self._read(self._show_on_file)

    def opened(self) -> None:
        hands = self.form.levels if self.planner.plan is None and self.form.levels.isEnabled() else self.panel.table
        hands.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        if self._patient_id and changes.concern(self._patient_id):
            self._read(self._show_again)

    def primary(self) -> None:
        """Hold the next step."""
        if (row := self.planner.next_row()) is not None:
            self.hold(row)

    def summary(self) -> str:
        plan = self.planner.plan
        if plan is None or self._on_file is None:
            return ""
        patient = self._on_file.patient
        who = "   ".join(part for part in (patient.name, us_date(patient.born), patient.mrn) if part)
        told = (who, plan.headline, plan.why, self.panel.table.as_text())
        return "\n".join(part for part in told if part)

    def current_patient(self) -> str:
        return self._patient_id if self._on_file else ""

    # What is shown

    def _read(self, show: Callable[[OnFile], None]) -> None:
        services, patient_id = self.context.services, self._patient_id
        self._reading.run(lambda: OnFile.read(services, patient_id), show, self._on_refused)

    def _show_on_file(self, on_file: OnFile) -> None:
        patient, self._on_file = on_file.patient, on_file
        self.head.set_title(patient.name)
        self.head.set_beside("   ".join(part for part in (us_date(patient.born), patient.mrn) if part))
        self.form.begin(self.context.services.planning.templates(), on_file.kept)
        kept = self.form.kept()
        if kept is not None:
            self.planner.take_kept(kept)
        else:
            self.planner.draft()
        if self._active:
            self.opened()

    def _show_again(self, on_file: OnFile) -> None:
        """Plan anew with what changed; a course that nobody edited here is taken as it is on file now."""
        if self._on_file is None:  # the change came while the patient was still being read
            self._show_on_file(on_file)
            return
        self._on_file = on_file
        course = self.planner.course
        if course is not None:
            kept = next((each for each in on_file.kept if each.id == course.id), None)
            self.planner.show(kept if kept is not None and not self.planner.edited else course)

    @Slot(object)
    def _show_plan(self, plan: PlannedCourse) -> None:
        first = self.panel.table.isHidden()
        self.notice.clear()  # what was refused of the plan before may be right of this one
        self.panel.show_plan(plan, stays=self.planner.edited)
        self.foot.show_plan(plan)
        if first and self._active:
            self.opened()

    @Slot(object)
    def _show_missing(self, error: InvalidEntryError) -> None:
        typed = self.form.levels.text()
        self._show_none(_NO_LEVELS if error.about == "levels" and not typed else error.title)
        if error.about == "levels" and self.form.levels.is_wrong():
            return  # the field says itself what it cannot read
        wrong = {"levels": self.form.levels, "day": self.form.start, "until": self.form.until}.get(error.about)
        if wrong is not None and (typed or wrong is not self.form.levels):
            wrong.set_error(error.sentence())

    def _show_none(self, sentence: str) -> None:
        self.notice.clear()
        self.panel.show_nothing(sentence)
        self.foot.show_plan(None)

    # What is done

    def hold(self, row: StepRow) -> None:
        if self.planner.course is not None:
            self.course_acts.hold(self.planner.course, row)

    def book(self, row: StepRow) -> None:
        if self.planner.course is not None:
            self.course_acts.book(self.planner.course, row)

    @Slot()
    def _book_next(self) -> None:
        if (row := self.planner.next_row()) is not None:
            self.book(row)

    @Slot()
    def keep(self) -> None:
        if self.planner.course is not None:
            self.course_acts.keep(self.planner.course)

    def remove(self) -> None:
        if self.planner.course is not None and self.planner.course.id:
            self.course_acts.remove(self.planner.course)

    def add_like(self, row: StepRow) -> None:
        """Add a step at the end, like the one in hand."""
        if self.planner.course is not None:
            same = row.step
            new = CourseStep(same.family, same.intent, same.approach, same.targets, same.assumed, same.gap_days,
                             starts=same.starts, provider_id=same.provider_id)  # fmt: skip
            self._open(new, len(self.planner.course.steps))

    def change_step(self, row: StepRow) -> None:
        self._open(row.step, row.place)

    def _open(self, step: CourseStep, place: int) -> None:
        if self._on_file is None or step.taken:
            return
        change = self.planner.change
        dialog = StepDialog(self.context, self._on_file, step, place + 1, self)
        dialog.acted.connect(lambda done: change(lambda course: editing.with_step(course, place, done.value)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _on_acted(self, done: Done[Course]) -> None:
        self.notice.clear()
        self.planner.course, self.planner.edited = done.value, False
        self.panel.table.setFocus()  # the pressed button was off meanwhile, so the hands had gone on to Close
        self.acted.emit(done)

    @Slot(object)
    def _on_removed(self, done: Done[Course]) -> None:
        self.acted.emit(done)
        self.begin(self._patient_id)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, TrackerError):
            self.context.tasks.unseen.emit(error)
            return
        if isinstance(error, PlanChangedError):
            self.planner.take(error.plan)
        self.notice.show_error(error)

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        if busy:
            self.foot.set_busy(True)
        else:
            self.foot.show_plan(self.planner.plan)
