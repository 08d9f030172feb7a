"""Whom a change is for: one payer or all that follow the same rules, all plans or some; and why it is made."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.plan_aim import plan_aim
from tracker.domain.rule import plan_key
from tracker.services.clinic_rules import Aim, ClinicRuleService
from tracker.services.library_views import Place
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid

_SHOWN = 3


class AimFields:
    """Three fields of a form. The payer's field is left out where nobody else follows its rules."""

    def __init__(
        self,
        form: FormGrid,
        service: ClinicRuleService,
        place: Place,
        plan: str,
        plans: Iterable[str],
        parent: QWidget,
        *,
        all_payers: bool = False,
    ) -> None:
        self._service = service
        self._place = place
        self._plans = {plan_key(name) for name in plans}
        followers = service.followers(place)
        others = [name for name in followers if not place.label.startswith(name)]
        one = Choice(False, tr("{partition} only", partition=place.label.partition(",")[0]))
        every = Choice(True, tr("all {n} payers with these rules", n=len(followers)), _some(followers))
        self.payers = ChoiceField((one, every), parent, name=tr("For"))
        self.payers.set_value(all_payers)
        self.plan = LineField(tr("All plans; or Gold; Silver; or all but Gold"), parent, name=tr("Plan"))
        self.plan.setText(plan)
        self.reason = LineField(tr("Why this clinic does it so, or who told it"), parent, name=tr("Reason"))
        if others and len(followers) > 1:
            form.add(tr("&For"), self.payers, (tr("&Plan"), self.plan))
        else:
            self.payers.hide()
            form.add(tr("&Plan"), self.plan)
        form.add(tr("&Reason"), self.reason)
        self.plan.textChanged.connect(self._on_plan)
        self._on_plan()

    def aim(self) -> Aim:
        return self._service.aim(self._place, self.plan.text(), all_payers=bool(self.payers.value()))

    @Slot()
    def _on_plan(self) -> None:
        named = plan_aim(self.plan.text()).named
        unknown = [plan for plan in named if plan_key(plan) not in self._plans]
        self.plan.set_echo(_told(named, unknown))


def _told(named: tuple[str, ...], unknown: list[str]) -> str:
    if not named:
        return ""
    if not unknown:
        return tr("on file")
    if len(named) == 1:
        return tr("no coverage names it yet")
    return tr("no coverage names {plan} yet", plan=unknown[0])


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (tr(" and {more} more", more=more) if more > 0 else "")
