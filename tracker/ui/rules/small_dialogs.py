"""The small dialogs of the Rules page: confirm a rule, switch one off, choose what a new one is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.procedure import Family
from tracker.domain.rule import Rule, Which
from tracker.services.changes import Done
from tracker.services.rule_library.clinic_rules import SEEN_IN
from tracker.services.rule_library.library_views import Offer, Place, RuleView
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.rules.aim_fields import AimFields
from tracker.ui.rules.new_rules import KINDS, new_rule, subjects
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.plain_label import PlainLabel

_CONFIRM = tr(
    "Find the rule in the payer's own document first. From then on it refuses visits "
    "instead of warning only, and your name and the document stand beside it."
)
_ADOPT = tr("No payer wrote them: they stand as this clinic's own, only warn, and each can be changed or ended.")
_OWN_CHOICE = tr("Our own figures to begin with; the plan publishes none.")
_OFF = tr("The rule says nothing any more, for whom you name here. It can be brought back at any time.")


class ConfirmDialog(SavingDialog):
    """One field: in which document it was seen."""

    help_place = "rules#confirm-a-recalled-rule"

    def __init__(self, context: PageContext, view: RuleView, parent: QWidget) -> None:
        super().__init__(context, tr("Confirm a recalled rule"), tr("Confirm it"), parent, beside=view.place.label)
        self._view = view
        self.say(view.sentence, _CONFIRM)
        self.seen_in = LineField(tr("Title or number of the document, its date, the page"), self)
        self.form.add(tr("&Seen in"), self.seen_in)
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        confirm, view, seen_in = self.context.services.clinic_rules.confirm, self._view, self.seen_in.text()
        return lambda: confirm(view, seen_in)

    def place(self, error: TrackerError) -> bool:
        here = isinstance(error, InvalidEntryError) and error.about == SEEN_IN
        if here:
            self.seen_in.set_error(error.sentence())
        return here


class SwitchOffDialog(SavingDialog):
    """For whom a rule is to say nothing, and why."""

    help_place = "rules#change-a-rule-for-this-clinic"

    def __init__(
        self, context: PageContext, view: RuleView, parent: QWidget, *, plan: str = "", plans: Iterable[str] = ()
    ) -> None:
        super().__init__(context, tr("Switch a rule off"), tr("Switch it off"), parent, beside=view.place.label)
        self._view = view
        self.say(view.sentence, _OFF)
        self.aim = AimFields(self.form, context.services.clinic_rules, view.place, plan, plans, self)
        self.finish()
        self.aim.reason.setFocus()

    def work(self) -> Callable[[], Done[Any]] | None:
        switch_off, view, reason = self.context.services.clinic_rules.switch_off, self._view, self.aim.reason.text()
        try:
            aim = self.aim.aim()
        except InvalidEntryError as error:
            self.place(error)
            return None
        return lambda: switch_off(view, aim, reason)

    def place(self, error: TrackerError) -> bool:
        return self.aim.place(error)


class AdoptDialog(SavingDialog):
    """Takes figures of no payer as the clinic's own, for one plan or all, as one act."""

    help_place = "rules#figures-to-begin-with"

    def __init__(
        self,
        context: PageContext,
        place: Place,
        offer: Offer,
        parent: QWidget,
        *,
        plan: str = "",
        plans: Iterable[str] = (),
    ) -> None:
        super().__init__(
            context, tr("Adopt figures to begin with"), tr("Adopt them"), parent, beside=place.label, width=720
        )
        self._offer = offer
        self.say(offer.title, _ADOPT)
        for told in offer.sentences:
            line = PlainLabel(told, "body", "ink", self, wrap=True)
            line.setContentsMargins(0, 0, 0, 8)
            self.form.add_across(line)  # in a small window they scroll with the fields
        self.aim = AimFields(self.form, context.services.clinic_rules, place, plan, plans, self, everyone=True)
        self.finish()
        self.aim.reason.setText(_OWN_CHOICE)

    def work(self) -> Callable[[], Done[Any]] | None:
        adopt, rules, reason = self.context.services.clinic_rules.adopt, self._offer.rules, self.aim.reason.text()
        try:
            aim = self.aim.aim()
        except InvalidEntryError as error:
            self.place(error)
            return None
        return lambda: adopt(aim, rules, reason)

    def place(self, error: TrackerError) -> bool:
        return self.aim.place(error)


class NewRuleDialog(BaseDialog):
    """Asks what a new rule is about and of which kind; `chosen` carries it, to be filled in its form."""

    help_place = "rules#change-a-rule-for-this-clinic"
    chosen = Signal(object)

    def __init__(self, parent: QWidget, *, beside: str, family: Family | None) -> None:
        super().__init__(tr("Add a rule of this clinic"), parent, beside=beside)
        form = FormGrid(self)
        self.about = ChoiceField([Choice(which, words) for which, words in subjects()], self, name=tr("About"))
        self.kind = ChoiceField([Choice(kind, words) for kind, words in KINDS], self, name=tr("It says"))
        if family is not None:
            self.about.set_value(Which((family,)))
        form.add(tr("&About"), self.about)
        form.add(tr("&It says"), self.kind)
        form.chain_focus()
        self.body.addWidget(form)
        self.add_close()
        self.next_button = self.add_button(ActionButton(tr("Fill it in"), self), primary=True)
        self.next_button.clicked.connect(self._on_next)
        self.kind.setFocus()

    @Slot()
    def _on_next(self) -> None:
        rule = new_rule(cast(type[Rule], self.kind.value()), cast(Which, self.about.value()))
        self.accept()
        self.chosen.emit(rule)
