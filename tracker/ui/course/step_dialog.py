"""One step of a course: what, where, when and with whom, and which result is assumed of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.course import Assumed, CourseStep
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.patient import Provider
from tracker.domain.procedure import ProcedureChoice, Sites, TargetKind
from tracker.domain.relief_entry import figure_text, parse_months, parse_percent
from tracker.services.changes import Changes, Done
from tracker.ui.course.on_file import OnFile
from tracker.ui.dialogs.response_dialog import read_into
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.level_field import LevelField
from tracker.ui.widgets.time_field import TimeField

_MOST_DAYS = 1000


class StepDialog(SavingDialog):
    """Nothing is written: `acted` carries a Done with the changed step, and the page plans anew."""

    help_place = "course#steps"

    def __init__(self, context: PageContext, on_file: OnFile, step: CourseStep, number: int, parent: QWidget) -> None:
        title, who = tr("Step {number}", number=number), identity_of(on_file.patient)
        super().__init__(context, title, tr("Plan anew"), parent, beside=who, width=620)
        self._step = step
        self._choices = context.services.desk.procedures()
        self.procedure = ChoiceField(
            [Choice(each.id, tr(each.label)) for each in self._choices], self, name=tr("Procedure")
        )
        self.levels = LevelField(self, name=tr("Levels"))
        self.percent = LineField(tr("percent"), self, name=tr("Assumed relief in percent"))
        self.months = LineField(tr("months"), self, name=tr("How many months it is assumed to last"))
        self.gap = LineField("1", self, name=tr("Days after the step before, at least"))
        self.within = LineField(tr("no limit"), self, name=tr("Days after the step before, at most"))
        self.not_before = DayField(
            context.services.clock.today(), self, name=tr("Not before"), placeholder=tr("no set day")
        )
        self.time = TimeField(self)
        self.provider = ChoiceField(_providers(on_file.providers, step), self, name=tr("Provider"))
        self.form.add(tr("&Procedure"), self.procedure)
        self.form.add(tr("&Levels"), self.levels)
        self.form.add(tr("&Relief"), self.percent, (tr("&for"), self.months))
        self.form.add(tr("Days a&fter"), self.gap, (tr("at &most"), self.within))
        self.form.add(tr("&Not before"), self.not_before, (tr("&Time"), self.time))
        self.form.add(tr("Pro&vider"), self.provider)
        _name_unit(self.percent, tr("percent"))
        _name_unit(self.months, tr("months"))
        self._fill(step)
        self.procedure.chosen.connect(lambda _value: self._fit_kind())
        self.finish()

    def _fill(self, step: CourseStep) -> None:
        found = _choice_of(step, self._choices)
        if found is not None:
            self.procedure.set_value(found.id)
        self._fit_kind()
        self.levels.set_sites(Sites(step.targets, body_regions=step.body_regions))
        self.percent.setText(figure_text(step.assumed.percent if step.assumed else None))
        self.months.setText(figure_text(step.assumed.months if step.assumed else None))
        self.gap.setText(str(step.gap_days))
        self.within.setText(str(step.within_days) if step.within_days is not None else "")
        self.not_before.set_day(step.not_before)
        self.time.set_time(step.starts)
        self.provider.set_value(step.provider_id)

    def _fit_kind(self) -> None:
        choice = self._choice()
        self.levels.set_kind(choice.targets, choice.approach)
        self.form.call(self.levels, tr("Region&s") if choice.targets is TargetKind.BODY else tr("&Levels"))

    def _choice(self) -> ProcedureChoice:
        return next(each for each in self._choices if each.id == self.procedure.value())

    def work(self) -> Callable[[], Done[Any]] | None:
        percent, months = read_into(self.percent, parse_percent), read_into(self.months, parse_months)
        gap, within = read_into(self.gap, _days), read_into(self.within, _days)
        self.levels.settle()
        self.not_before.settle()
        self.time.settle()
        if gap is not None and within is not None and within < gap:
            self.within.set_error(
                tr("This lies before the {gap:g} days that are to pass at least. Exchange them.", gap=gap)
            )
        if months is not None and months > 36:
            self.months.set_error(tr("A course is planned for 36 months at the most. Type fewer months."))
        if self.form.first_wrong() is not None:
            return None
        choice, sites = self._choice(), self.levels.sites() or Sites()
        step = replace(
            self._step,
            family=choice.family,
            intent=choice.intent,
            approach=choice.approach,
            targets=sites.targets,
            body_regions=sites.body_regions,
            assumed=Assumed(percent, months) if percent is not None or months is not None else None,
            gap_days=int(gap or 1),
            within_days=int(within) if within is not None else None,
            not_before=self.not_before.day(),
            starts=self.time.moment(),
            provider_id=str(self.provider.value()),
        )
        return lambda: Done(step, Changes(), "")


def _name_unit(field: LineField, unit: str) -> None:
    """Let the unit stand beside a figure; in the empty field it stands already."""
    field.textChanged.connect(lambda text: field.set_echo(unit if text else ""))


def _choice_of(step: CourseStep, choices: Iterable[ProcedureChoice]) -> ProcedureChoice | None:
    wanted = (step.family, step.intent, step.approach)
    return next((each for each in choices if (each.family, each.intent, each.approach) == wanted), None)


def _providers(known: Iterable[Provider], step: CourseStep) -> list[Choice]:
    """Return who may do it: who is offered, and who is named in the step though offered no more."""
    gone = tr("not offered any more")
    offered = [Choice(each.id, each.name, "" if each.active else gone)
               for each in known if each.active or each.id == step.provider_id]  # fmt: skip
    return [Choice("", tr("The usual provider")), *offered]


def _days(text: str) -> float | None:
    """Read a number of days; None for nothing typed."""
    entry = text.strip()
    if not entry:
        return None
    if not entry.isdigit() or not 1 <= int(entry) <= _MOST_DAYS:
        raise InvalidEntryError(
            tr("“{entry}” is no number of days.", entry=entry), "", tr("Type a number from 1 to 1000."), entry
        )
    return float(entry)
