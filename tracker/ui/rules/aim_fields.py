"""Whom a change is for: one payer, several, or all that follow the same rules; which plans; and why it is made."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.plan_aim import plan_aim
from tracker.domain.rule import plan_key
from tracker.services.rule_library.clinic_rules import PAYERS, REASON, ClinicRuleService
from tracker.services.rule_library.library_views import Place
from tracker.services.rule_library.rule_aim import Aim
from tracker.ui.rules.rule_terms import Vocabulary
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.pick_field import Pick
from tracker.ui.widgets.terms_field import TermsField

_ALL = "*"
"""Stands for all payers that follow the rules of the place."""


class AimFields:
    """Three fields of a form. The payers' field is left out where no other payer can be meant.

    `everyone`: a new rule may be for any payers; else it is changed only where it is followed.
    """

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
        everyone: bool = False,
    ) -> None:
        self._service = service
        self._place = place
        self._plans = {plan_key(name) for name in plans}
        followers = service.followers(place)
        self._followers = {payer for payer, _name in followers}
        offered = service.payers() if everyone else followers
        self._words = _vocabulary(offered, len(followers))
        self.payers = TermsField(self._words.picks, tr("a payer, or several"), parent, name=tr("For"))
        self.payers.setText(self._words.written((_ALL if all_payers else place.payer,)))
        self.payers.setCursorPosition(0)
        self.plan = LineField(tr("All plans; or Gold; Silver; or all but Gold"), parent, name=tr("Plan"))
        self.plan.setText(plan)
        self.reason = LineField(tr("Why this clinic does it so, or who told it"), parent, name=tr("Reason"))
        if any(payer != place.payer for payer, _name in offered):
            form.add(tr("&For"), self.payers, (tr("&Plan"), self.plan))
        else:
            self.payers.hide()
            form.add(tr("&Plan"), self.plan)
        form.add(tr("&Reason"), self.reason)
        self.plan.textChanged.connect(self._on_plan)
        self._on_plan()

    def aim(self) -> Aim:
        """Return whom the change is for. Raises InvalidEntryError about the payers' field."""
        payers = [str(each) for each in self._words.read(self.payers.text(), PAYERS)]
        if not payers:
            raise InvalidEntryError(tr("Nobody is named for whom it is."), "", tr("Name a payer."), about=PAYERS)
        if _ALL not in payers:
            return self._service.aim(self._place, self.plan.text(), payers=payers)
        others = [payer for payer in payers if payer != _ALL and payer not in self._followers]
        return self._service.aim(self._place, self.plan.text(), all_payers=True, payers=[self._place.payer, *others])

    def place(self, error: TrackerError) -> bool:
        """Put an error to the field that it is about; False where it is about none of these."""
        about = error.about if isinstance(error, InvalidEntryError) else ""
        field = {REASON: self.reason, PAYERS: self.payers}.get(about)
        if field is not None:
            field.set_error(error.sentence())
        return field is not None

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


def _vocabulary(payers: Iterable[tuple[str, str]], followers: int) -> Vocabulary:
    picks = [Pick(payer, name) for payer, name in payers]
    if followers > 1:
        picks.insert(0, Pick(_ALL, tr("all {n} payers with these rules", n=followers)))
    return Vocabulary(tuple(picks), tr("is no payer that can be meant here"), tr("the name of a payer, as on the list"))
