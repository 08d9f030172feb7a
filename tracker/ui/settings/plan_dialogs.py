"""What the clinic keeps for one payer: names of its plans, and days for the payer or for one plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.reminders import PlanTerms, Thresholds
from tracker.services.changes import Done
from tracker.services.desk.plan_terms import PayerRow
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.number_field import NumberField


class PlanNamesDialog(SavingDialog):
    """One line, the names parted by semicolons."""

    help_place = "settings#payers-and-plans"

    def __init__(self, context: PageContext, row: PayerRow, parent: QWidget) -> None:
        super().__init__(context, tr("Plan names"), tr("Save"), parent, beside=row.name)
        self._payer = row.id
        self.plans = LineField(tr("Choice PPO; Open Access"), self)
        self.plans.setText("; ".join(row.plans))
        self.form.add(tr("&Plans"), self.plans)
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        name, payer, typed = self.context.services.plan_terms.name_plans, self._payer, self.plans.text()
        return lambda: name(payer, tuple(typed.split(";")))

    def place(self, error: TrackerError) -> bool:
        if getattr(error, "about", "") != "plans":
            return False
        self.plans.set_error(error.sentence())
        return True


class PlanTermsDialog(SavingDialog):
    """All three reminders or none: empty means as the clinic has them."""

    help_place = "settings#payers-and-plans"

    def __init__(self, context: PageContext, row: PayerRow, parent: QWidget) -> None:
        super().__init__(context, tr("Days for a payer"), tr("Save"), parent, beside=row.name, width=600)
        self._row = row
        self.plan = ChoiceField([Choice("", tr("All plans")), *(Choice(each, each) for each in row.plans)], self)
        self.follow_up = NumberField(tr("business days"), self, placeholder=tr("as the payer's own term"))
        self.first, self.second, self.third = (
            NumberField(tr("days"), self, placeholder=tr("as the clinic")) for _ in range(3)
        )
        self.form.add(tr("P&lan"), self.plan)
        self.form.add(tr("&Ask again after"), self.follow_up)
        self.form.add(tr("&First reminder"), self.first, (tr("&second"), self.second))
        self.form.add(tr("&Third reminder"), self.third)
        self.plan.chosen.connect(self._on_plan)
        self._on_plan("")
        self.finish()

    @Slot(object)
    def _on_plan(self, plan: object) -> None:
        """Show what is kept for the plan."""
        kept = next((each for each in self._row.of_plans if each.plan == plan), PlanTerms(self._row.id))
        terms = kept if plan else self._row.terms
        days = terms.thresholds
        self.follow_up.set_number(terms.follow_up)
        for field, number in zip(
            self._days(), (days.first, days.second, days.third) if days else [None] * 3, strict=True
        ):
            field.set_number(number)

    def _days(self) -> tuple[NumberField, NumberField, NumberField]:
        return self.first, self.second, self.third

    def work(self) -> Callable[[], Done[Any]] | None:
        fields = (self.follow_up, *self._days())
        if [field for field in fields if not field.settle(optional=True)]:
            return None
        first, second, third = (field.number() for field in self._days())
        for field in self._days():
            if field.number() is None and (first, second, third) != (None, None, None):
                field.set_error(tr("Type all three days, or none of them."))
                return None
        days = None if first is None or second is None or third is None else Thresholds(first, second, third)
        terms = PlanTerms(self._row.id, str(self.plan.value() or ""), self.follow_up.number(), days)
        change = self.context.services.plan_terms.change
        return lambda: change(terms)

    def place(self, error: TrackerError) -> bool:
        fields = {"follow_up": self.follow_up, "first": self.first, "second": self.second, "third": self.third}
        field = fields.get(getattr(error, "about", ""))
        if field is not None:
            field.set_error(error.sentence())
        return field is not None
