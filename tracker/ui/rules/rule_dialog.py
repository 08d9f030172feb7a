"""The form of a rule of this clinic: the sentence changes as one types, and a sample shows it before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.rule import Rule
from tracker.domain.verdict import Grade
from tracker.services.changes import Done
from tracker.services.rule_library.library_views import Place, RuleView
from tracker.services.rule_library.rule_samples import Sample, SampleRow
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext
from tracker.ui.rules.aim_fields import AimFields
from tracker.ui.rules.field_table import ABOUT, CHOICE, TERMS, WHICH, RuleField, fields_of
from tracker.ui.rules.rule_fields import read, rule_with
from tracker.ui.rules.rule_terms import contractors_of
from tracker.ui.tasks import LatestOnly
from tracker.ui.theme.status import status_of
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.widgets.terms_field import TermsField

_ROW, _MOST_ROWS = 28, 6
Field = LineField | ChoiceField


class RuleDialog(SavingDialog):
    """Changes the rule of `view`, or with None adds `rule` to the place."""

    help_place = "rules#change-a-rule-for-this-clinic"

    def __init__(
        self,
        context: PageContext,
        place: Place,
        rule: Rule,
        parent: QWidget,
        *,
        view: RuleView | None = None,
        plan: str = "",
        plans: Iterable[str] = (),
    ) -> None:
        title = tr("Change a rule for this clinic") if view else tr("Add a rule of this clinic")
        super().__init__(context, title, tr("Save the rule"), parent, beside=place.label, width=1000)
        self._view = view
        self._rule = rule if view is None or view.of_clinic else replace(rule, evidence=Grade.REPORT)
        self._now = view.rule if view else None
        self._today = context.services.clock.today()
        self._latest = LatestOnly(context.tasks, self)
        self.sentence = PlainLabel("", "subtitle", "ink", self, wrap=True)
        self.body.insertWidget(0, self.sentence)
        self.fields: dict[str, Field] = {}
        self._specs = fields_of(rule, contractors_of(context.services.library.contractors(place)))
        self._add_fields()
        held = view.held if view else None
        self.aim = AimFields(self.form, context.services.clinic_rules, place, plan, plans, self,
                             all_payers=held is not None and not held.payer, everyone=view is None)  # fmt: skip
        self.sample = RecordTable(self._columns(), self, name=tr("The rule tried on a sample"), row_height=_ROW,
                                  sortable=False)  # fmt: skip
        self.history = PlainLabel("", "caption", "ink3", self, wrap=True)
        self.form.add(tr("Tried on"), self.history)
        self.form.add(tr("Answers"), self.sample)
        self.finish()
        self._on_typed()
        self.keep_draft(f"rule {type(rule).__name__} {rule.id}")

    def _add_fields(self) -> None:
        made = [(spec, self._field(spec)) for spec in self._specs]
        for place in range(0, len(made), 2):
            (spec, field), *other = made[place : place + 2]
            beside = (other[0][0].label, other[0][1]) if other else None
            self.form.add(spec.label, field, beside)
        for _spec, field in made:  # behind the form, which takes a field's sentence away when one types
            (field.textEdited if isinstance(field, LineField) else field.chosen).connect(self._on_typed)

    def _field(self, spec: RuleField) -> Field:
        value = read(self._rule, spec)
        field: Field
        if spec.how == CHOICE:
            field = ChoiceField([Choice(each, words) for each, words in spec.choices], self, name=spec.label)
            field.set_value(value)
        else:
            listed = spec.how in (WHICH, TERMS)
            field = (TermsField(spec.terms.picks, spec.hint, self, name=spec.label) if listed
                     else LineField(spec.hint, self, name=spec.label))  # fmt: skip
            field.setText(str(value))
            field.setCursorPosition(0)
        self.fields[spec.key] = field
        return field

    def _columns(self) -> tuple[Column[SampleRow], ...]:
        asked: Column[SampleRow] = Column(tr("Asked"), lambda row: row.words, fit=320, least=180)
        longest = tr("An earlier result is missing or too weak")
        after: Column[SampleRow] = Column(tr("With this rule"), lambda row: row.after, longest=longest,
                                          status=lambda row: status_of(row.after_tone),
                                          tinted=lambda row: row.differs and row.before_tone is not None)  # fmt: skip
        if self._now is None:
            return asked, after
        before: Column[SampleRow] = Column(tr("As it is now"), lambda row: row.before, longest=longest, drops=1,
                                           tinted=lambda _row: False,
                                           status=lambda row: status_of(row.before_tone or row.after_tone))  # fmt: skip
        return asked, before, after

    def rule(self) -> Rule:
        """Return the rule as it stands in the fields. Raises InvalidEntryError whose `about` is a field's key."""
        values: dict[str, object] = {
            key: field.text() if isinstance(field, LineField) else field.value() for key, field in self.fields.items()
        }
        return rule_with(self._rule, values, self._today, self._specs)

    @Slot()
    def _on_typed(self) -> None:
        """Show what the rule says now, and what it would answer; a mistake stands at its field."""
        for field in self.fields.values():
            field.set_error(None)
        try:
            rule = self.rule()
        except InvalidEntryError as error:
            field = self.fields[error.about]
            begun = isinstance(field, TermsField) and field.is_begun()
            field.set_error(None if begun else error.sentence())
            self.sentence.set_tone("ink3")
            self._fit_height()
            return
        self.sentence.set_tone("ink")
        before, library = self._now, self.context.services.library
        self._latest.run(lambda: (library.sentence(rule), library.sample(before, rule)), self._show_tried)

    def _show_tried(self, told: tuple[str, Sample]) -> None:
        sentence, sample = told
        self.sentence.setText(sentence)
        self.history.setText(sample.history or tr("Nothing done before."))
        self.sample.set_rows(sample.rows)
        rows = min(_MOST_ROWS, len(sample.rows))
        self.sample.setFixedHeight(self.sample.horizontalHeader().height() + rows * _ROW + 2)
        self._fit_height()

    def work(self) -> Callable[[], Done[Any]] | None:
        try:
            rule, aim = self.rule(), self.aim.aim()
        except InvalidEntryError as error:
            self.place(error)
            return None
        reason, service, view = self.aim.reason.text(), self.context.services.clinic_rules, self._view
        if view is None:
            return lambda: service.add(aim, rule, reason)
        return lambda: service.replace(view, aim, rule, reason)

    def place(self, error: TrackerError) -> bool:
        if self.aim.place(error):
            return True
        about = error.about if isinstance(error, InvalidEntryError) else ""
        field = self.fields.get(ABOUT if about == "families" else about)
        if field is not None:
            field.set_error(error.sentence())
        return field is not None
