"""What is to be planned: the template or a course that is kept, the levels, from when, until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.anatomy import Target
from tracker.domain.course import Course
from tracker.domain.language import tr
from tracker.domain.procedure import Sites, TargetKind
from tracker.domain.us_dates import us_date
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.level_field import LevelField

if TYPE_CHECKING:
    from tracker.domain.course_template import CourseTemplate


class CourseForm(FormGrid):
    """`template_wanted` comes when a new course is described, `kept_wanted` carries one on file."""

    template_wanted = Signal()
    kept_wanted = Signal(object)
    until_set = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setContentsMargins(16, 4, 16, 4)
        self._templates: dict[str, CourseTemplate] = {}
        self.course = ChoiceField((), self, name=tr("Course"))
        self.levels = LevelField(self, name=tr("Levels"))
        self.start = DayField(today, self, name=tr("Not before"))
        self.until = DayField(today, self, name=tr("To be done by"), placeholder=tr("no set day"))
        self.add(tr("&Course"), self.course, (tr("&Levels"), self.levels))
        self.add(tr("&From"), self.start, (tr("&Done by"), self.until))
        self.course.chosen.connect(self._on_chosen)
        self.levels.editingFinished.connect(self._on_described)
        self.start.settled.connect(self._on_described)
        self.until.settled.connect(self.until_set)

    def begin(self, templates: Iterable[CourseTemplate], kept: Iterable[Course]) -> None:
        """Offer the templates, and above them the courses of the patient that are on file."""
        self._templates = {each.id: each for each in templates}
        choices = [
            Choice(
                each,
                tr("Kept: {title}", title=tr(each.title)),
                tr("from {start}, {n} steps", start=us_date(each.start), n=len(each.steps)),
            )
            for each in kept
        ]
        offered = [Choice(each.id, tr(each.label), each.source) for each in self._templates.values()]
        self.course.set_choices([*choices, *offered])
        self.start.set_day(self._today)
        self.until.set_day(None)
        self.levels.setText("")
        self._fit_kind()

    def kept(self) -> Course | None:
        """Return the course on file that is chosen, None for a template."""
        value = self.course.value()
        return value if isinstance(value, Course) else None

    def template_id(self) -> str:
        value = self.course.value()
        return value if isinstance(value, str) else ""

    def targets(self) -> tuple[Target, ...]:
        return (self.levels.sites() or Sites()).targets

    def show_course(self, course: Course) -> None:
        """Show from and until of a course; its steps have their own levels."""
        self.start.set_day(course.start)
        self.until.set_day(course.until)

    def _fit_kind(self) -> None:
        template = self._templates.get(self.template_id())
        first = template.steps[0].choice if template else None
        if first is None:
            self.levels.set_kind(TargetKind.NONE, None)
            self.levels.setPlaceholderText(tr("every step has its own; E changes them"))
        else:
            self.levels.set_kind(first.targets, first.approach)

    @Slot(object)
    def _on_chosen(self, _value: object) -> None:
        self._fit_kind()
        course = self.kept()
        if course is not None:
            self.kept_wanted.emit(course)
        else:
            self._on_described()

    @Slot()
    def _on_described(self) -> None:
        if self.kept() is None:
            self.template_wanted.emit()
        else:
            self.until_set.emit()
