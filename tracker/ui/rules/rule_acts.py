"""What one does with a rule: confirm, change, switch off, add, end; each through the service, told with its undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.clinic_rule import ClinicRule, RuleConfirmation
from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.rule import Rule
from tracker.services.changes import Done
from tracker.services.rule_library.library_views import Library, Offer, Place, RuleState, RuleView
from tracker.services.rule_library.rule_visits import RuleVisit
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext, PatientStart
from tracker.ui.rules.place_tree import Node
from tracker.ui.rules.rule_dialog import RuleDialog
from tracker.ui.rules.rule_visits_dialog import visits_dialog
from tracker.ui.rules.small_dialogs import AdoptDialog, ConfirmDialog, NewRuleDialog, SwitchOffDialog
from tracker.ui.widgets.keys_held import read_first

RULE_KEYS = (
    ("E", tr("Change the rule for this clinic")),
    ("O", tr("Switch it off, or bring it back")),
    ("C", tr("Confirm a recalled rule")),
    ("A", tr("Add a rule of this clinic")),
    ("V", tr("The visits booked against it or denied")),
    ("D", tr("Denied claims that no rule speaks of")),
    ("L", tr("The visits that the last change of the rules turned")),
    ("T", tr("Try it")),
    ("Alt+T", tr("Try it, from anywhere on the page")),
    ("H", tr("Its history")),
    ("/", tr("Find in the tree")),
)
MENU_WORDS = {
    "E": tr("&Change for this clinic…"),
    "O": tr("Switch &off, or bring back…"),
    "A": tr("&Add a rule…"),
    "C": tr("Co&nfirm a recalled rule…"),
    "V": tr("&Visits behind the figures…"),
    "D": tr("Denied c&laims that no rule speaks of…"),
    "L": tr("Visits turned by the last chan&ge…"),
    "T": tr("&Try it"),
    "H": tr("&History"),
}
"""By key what stands in the menu; what one does with a rule before what shows one."""


class RuleActs(QObject):
    """`acted` carries the Done, `failed` why something cannot be done, `visit_wanted` where a visit is found."""

    acted = Signal(object)
    failed = Signal(object)
    visit_wanted = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._home = parent
        self._library = Library()
        self.dialog: BaseDialog | None = None

    def set_library(self, library: Library) -> None:
        self._library = library

    def confirm(self, view: RuleView) -> None:
        """Ask in which document a recalled rule was seen."""
        if view.unconfirmed and not view.of_clinic:
            self._open(ConfirmDialog(self._context, view, self._home.window()))
        elif view.of_clinic:
            self._refuse(tr("This rule is the clinic's own: say in its form how it is known."), tr("Press E."))
        else:
            self._refuse(tr("This rule is documented already."), tr("Only recalled rules are confirmed."))

    def edit(self, view: RuleView, plan: str) -> None:
        """Open the form over a rule."""
        if view.state is RuleState.OFF:
            self._refuse(tr("This rule is switched off here."), tr("End that change first."))
            return
        held = view.held
        named = plan or (held.plan if held else "")
        dialog = RuleDialog(self._context, view.place, view.rule, self._home.window(), view=view, plan=named,
                            plans=self._plans(view.place.payer))  # fmt: skip
        self._open(dialog)

    def switch(self, view: RuleView, plan: str) -> None:
        """Switch a rule off; bring one back that is; end one that the clinic made."""
        held = view.held
        if held is not None and (view.state is RuleState.OFF or view.of_clinic):
            self.end(held)
            return
        plans = self._plans(view.place.payer)
        self._open(SwitchOffDialog(self._context, view, self._home.window(), plan=plan, plans=plans))

    def add(self, node: Node) -> None:
        """Ask of which kind the new rule is, then open its form."""
        dialog = NewRuleDialog(self._home.window(), beside=node.place.label, family=node.family)
        dialog.chosen.connect(lambda rule: self._fill(node, rule))
        self._show(dialog)

    def _fill(self, node: Node, rule: Rule) -> None:
        dialog = RuleDialog(self._context, node.place, rule, self._home.window(), plan=node.plan,
                            plans=self._plans(node.place.payer))  # fmt: skip
        self._open(dialog)

    def adopt(self, node: Node) -> None:
        """Offer the figures with which a clinic may begin."""
        library = self._context.services.library

        def offer(found: tuple[Offer, ...]) -> None:
            if found:
                self._open(AdoptDialog(self._context, node.place, found[0], self._home.window(), plan=node.plan,
                                       plans=self._plans(node.place.payer)))  # fmt: skip
            else:
                self._refuse(tr("No figures are offered."), tr("Add a rule of your own."))

        read_first(self._context.tasks, self, library.offers, offer, self._tell)

    def end(self, change: ClinicRule) -> None:
        """End a change of the clinic; undo brings it back."""
        service = self._context.services.clinic_rules
        self._run(lambda: service.end(change))

    def withdraw(self, confirmation: RuleConfirmation) -> None:
        """Take a confirmation away; undo brings it back."""
        service = self._context.services.clinic_rules
        self._run(lambda: service.withdraw(confirmation))

    def show_visits(self, view: RuleView) -> None:
        """List the visits behind the figures of a rule; the one that is chosen is opened."""
        if not view.has_visits:
            self._refuse(tr("No visit was booked against this rule, and no claim denied after it."),
                         tr("“Overridden or denied” lists the rules that have some."))  # fmt: skip
            return
        visits_of = self._context.services.library.visits_of
        listed = partial(self._list, view.place, view.sentence)
        read_first(self._context.tasks, self, lambda: visits_of(view), listed, self._tell)

    def show_unruled(self, place: Place) -> None:
        """List the visits whose claims were denied about something that no rule of the place speaks of."""
        policies = tuple(self._library.unruled_at(place.id))
        if not policies:
            self._refuse(tr("No claim was denied here about something that no rule speaks of."),
                         tr("“Overridden or denied” lists the rules that had let denied claims through."))  # fmt: skip
            return
        visits, lead = self._context.services.library.visits_unruled, tr(
            "These claims were denied about something that no rule here speaks of. Read the denial and the payer's "
            "document: if they name a limit, add it as a rule of this clinic."
        )  # fmt: skip
        listed = partial(self._list, place, lead)
        read_first(self._context.tasks, self, lambda: visits(policies), listed, self._tell)

    def _list(self, place: Place, lead: str, visits: tuple[RuleVisit, ...]) -> None:
        dialog = visits_dialog(place, lead, visits, self._home.window())
        dialog.chosen.connect(self._on_visit)
        self._show(dialog)

    @Slot(object)
    def _on_visit(self, visit: RuleVisit) -> None:
        self.visit_wanted.emit(PatientStart(visit.patient.id, "injections", visit.booking.event.id))

    def _plans(self, payer: str) -> tuple[str, ...]:
        return self._library.plans.get(payer, ())

    def _run(self, work: Callable[[], Done[Any]]) -> None:
        self._context.tasks.run(self, work, self.acted.emit, self._tell)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self.failed.emit(error)
        else:
            self._context.tasks.unseen.emit(error)

    def _refuse(self, sentence: str, remedy: str) -> None:
        self.failed.emit(InvalidEntryError(sentence, "", remedy))

    def _open(self, dialog: SavingDialog) -> None:
        dialog.acted.connect(self.acted)
        self._show(dialog)

    def _show(self, dialog: BaseDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
