"""What the clinic confirms and changes in its payers' rules; each change is signed, gives a reason, can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from tracker.domain.billing_rules import NeedsAuthorization
from tracker.domain.clinic_rule import ClinicRule, ClinicRuleAction, RuleConfirmation
from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr, tr_n
from tracker.domain.plan_aim import plan_aim
from tracker.domain.rule import Rule
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Grade
from tracker.policies.references import idle_choices
from tracker.policies.rule_text import fingerprint, rule_text
from tracker.rules.sentences import sentence
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.rule_library.library import names_of
from tracker.services.rule_library.library_reading import documents_rule
from tracker.services.rule_library.library_views import Place, RuleView
from tracker.services.rule_library.rule_aim import Aim
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.storage.identity import new_id
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

Value = TypeVar("Value")
REASON, SEEN_IN, PAYERS = "reason", "seen_in", "payers"
"""What an InvalidEntryError may be about, beside the keys of a rule."""
SHORTEST = 5
_RULES = Changes(frozenset(), frozenset({Kind.RULES}))


class ClinicRuleService:
    """After each act the rules in force are read anew; what was booked stays, what is to come is judged by them."""

    def __init__(self, transactions: Transactions, rules: RulesInForce, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._clock = clock

    def aim(self, place: Place, plan: str = "", *, all_payers: bool = False, payers: Iterable[str] = ()) -> Aim:
        """Return whom a change is for that is made at a place; `all_payers`: everyone who follows the same rules.

        `payers`: these, by their ids, in place of the one of the place.
        """
        written = plan_aim(plan).written
        first, *others = tuple(payers) or (place.payer,)
        also = tuple(Aim(self._rules_of(other), other, written) for other in others)
        return Aim(self._rules_of(first), "" if all_payers else first, written, also)

    def followers(self, place: Place) -> tuple[tuple[str, str], ...]:
        """Return ids and names of all payers that follow the rules of a place."""
        rules = self._rules_of(place.payer)
        return tuple((payer.id, payer.name) for payer in self._rules.catalog.payers if payer.rules == rules)

    def payers(self) -> tuple[tuple[str, str], ...]:
        """Return ids and names of all payers for whom this clinic may write a rule."""
        return tuple((payer.id, payer.name) for payer in self._rules.catalog.payers if not payer.self_pay)

    def _rules_of(self, payer: str) -> str:
        found = self._rules.catalog.payer(payer)
        return (found.rules if found else "") or payer

    def confirm(self, view: RuleView, seen_in: str) -> Done[RuleConfirmation]:
        """Put on record that somebody saw a recalled rule in the payer's own document: from now on it may refuse.

        It holds as long as the rule says the same. Raises InvalidEntryError without a document.
        """
        document = _long_enough(seen_in, SEEN_IN, tr("Name the document in which you have seen it, and its date."))
        rule = self._documents(view)
        if rule is None or rule.evidence is not Grade.RECALLED:
            raise InvalidEntryError(
                tr("Only a recalled rule of the files has to be confirmed."), "", tr("Choose another one.")
            )
        made = RuleConfirmation(view.policy, rule.id, fingerprint(rule), document, self._by, self._clock.now())
        with self._transactions.writing() as uow:
            added = uow.clinic_rules.add_confirmation(made)
            act_id = uow.commit(Act("confirm rule", "rule_confirmation", added.id))
        return self._done(
            added, tr("Confirmed in {document}: {rule}", document=document, rule=self._words(rule)), act_id
        )

    def withdraw(self, confirmation: RuleConfirmation) -> Done[RuleConfirmation]:
        """Take a confirmation away: the rule only warns again."""
        with self._transactions.writing() as uow:
            uow.clinic_rules.remove_confirmation(confirmation.id)
            act_id = uow.commit(Act("withdraw confirmation", "rule_confirmation", confirmation.id))
        return self._done(confirmation, tr("Not confirmed any more: {rule}", rule=confirmation.rule_id), act_id)

    def add(self, aim: Aim, rule: Rule, reason: str) -> Done[ClinicRule]:
        """Add a rule of the clinic's own."""
        own = replace(rule, id=f"clinic-{new_id()[-8:].casefold()}")
        return self._make([ClinicRule(aim.rules, ClinicRuleAction.ADD, own.id, own, reason)], aim)

    def adopt(self, aim: Aim, rules: Iterable[Rule], reason: str) -> Done[ClinicRule]:
        """Add several rules as one act: figures to begin with where a payer publishes none."""
        found = [ClinicRule(aim.rules, ClinicRuleAction.ADD, rule.id, rule, reason) for rule in rules]
        if not found:
            raise InvalidEntryError(tr("There is no rule to adopt."), "", tr("Choose one or more."))
        return self._make(found, aim)

    def replace(self, view: RuleView, aim: Aim, rule: Rule, reason: str) -> Done[ClinicRule]:
        """Let the clinic's rule stand in place of the payer's, or a new one in place of the clinic's."""
        documents = self._documents(view)
        if documents:
            self._refuse_elsewhere(view, rule)
        action = ClinicRuleAction.REPLACE if documents else ClinicRuleAction.ADD
        own = replace(rule, id=view.rule.id, payers=(), plans=(), not_plans=())
        if documents:  # not as other changes have narrowed it: those may end
            own = replace(own, payers=documents.payers, plans=documents.plans, not_plans=documents.not_plans)
        return self._make([self._of(view, ClinicRule(aim.rules, action, own.id, own, reason))], aim)

    def _refuse_elsewhere(self, view: RuleView, rule: Rule) -> None:
        """Raise InvalidEntryError for procedures about which the paper of the rule in whose place it stands is not."""
        papers = (policy for policy in self._rules.base.catalog.policies if policy.id == view.policy)
        known = {family for policy in papers for family in policy.families}
        if known and set(rule.families) - known:
            told = tr("“{paper}” is not about all of these procedures.", paper=view.policy_title)
            raise InvalidEntryError(told, "", tr("Add a rule of this clinic for the others."), about="families")

    def switch_off(self, view: RuleView, aim: Aim, reason: str) -> Done[ClinicRule]:
        """Let a rule of the payer's say nothing. Raises InvalidEntryError for the clinic's own: those are ended."""
        if self._documents(view) is None:
            raise InvalidEntryError(tr("This rule is the clinic’s own."), "", tr("End it instead."))
        off = ClinicRule(aim.rules, ClinicRuleAction.OFF, view.rule.id, None, reason)
        return self._make([self._of(view, off)], aim, view.rule)

    def end(self, change: ClinicRule) -> Done[ClinicRule]:
        """End a change: what it stood for holds again. Raises ConflictError when it is another by now."""
        with self._transactions.writing() as uow:
            entry = uow.clinic_rules.get(change.id)
            ended = self._ended(replace(entry.change, version=change.version))
            uow.clinic_rules.write(ended, entry.content)
            act_id = uow.commit(Act("end clinic rule", "clinic_rule", change.id))
        return self._done(ended, _ended_words(change), act_id)

    def _make(self, wanted: list[ClinicRule], aim: Aim, off: Rule | None = None) -> Done[ClinicRule]:
        reason = _long_enough(wanted[0].reason, REASON, tr("Say why, so that others can trust it."))
        if any(each.policy and one.rules != aim.rules for each in wanted for one in aim.also):
            told = tr("A rule can be changed for those payers only that follow it.")
            raise InvalidEntryError(told, "", tr("Add a rule of this clinic for the others."), about=PAYERS)
        now = self._clock.now()
        signed = [replace(each, reason=reason, made_by=self._by, made_at=now) for each in wanted]
        made = [replace(each, rules=one.rules, payer=one.payer, plan=one.plan) for one in aim.each for each in signed]
        for each in made:
            self._check(each)
        with self._transactions.writing() as uow:
            for each in made:
                self._end_like(uow, each)
            added = [uow.clinic_rules.add(each, rule_text(each.rule) if each.rule else "") for each in made]
            act_id = uow.commit(Act(f"clinic rule {added[0].action.value}", "clinic_rule", added[0].id))
        return self._done(added[0], self._told(added[: len(wanted)], aim, off), act_id)

    def _check(self, change: ClinicRule) -> None:
        """Raise InvalidEntryError for a rule that names what nobody knows."""
        rule = change.rule
        if rule is not None and not rule.families:
            raise InvalidEntryError(
                tr("Say which procedures the rule is about."), "", tr("Choose one."), about="families"
            )
        if rule is not None and (idle := idle_choices(rule, self._rules.base.catalog)):
            told = tr(
                "No procedure is of these families, intents and approaches at once, so the rule would never speak."
            )
            raise InvalidEntryError(told, "", tr("Leave one of them out."), about=idle[0] or "about")
        codes = rule.codes if isinstance(rule, NeedsAuthorization) else ()
        unknown = [code for code in codes if code not in self._rules.base.catalog.codes.codes]
        if unknown:
            raise InvalidEntryError(
                tr("{code} is no code on file.", code=unknown[0]),
                "",
                tr("Correct it."),
                unknown[0],
                about="codes",
            )

    def _of(self, view: RuleView, change: ClinicRule) -> ClinicRule:
        """Return the change with the rule that it is about, as the documents have it now."""
        documents = self._documents(view)
        if documents is None:
            return change
        return replace(change, policy=view.policy, fingerprint=fingerprint(documents))

    def _documents(self, view: RuleView) -> Rule | None:
        return documents_rule(self._rules.base.catalog, view.policy, view.rule.id, view.place, self._clock.today())

    def _end_like(self, uow: UnitOfWork, change: ClinicRule) -> None:
        """End an earlier change of the same rule for the same payer and plan: one at a time holds."""
        for entry in uow.clinic_rules.list_changes():
            if entry.change.holds and _aim_of(entry.change) == _aim_of(change):
                uow.clinic_rules.write(self._ended(entry.change), entry.content)

    def _ended(self, change: ClinicRule) -> ClinicRule:
        return replace(change, ended_by=self._by, ended_at=self._clock.now())

    @property
    def _by(self) -> str:
        return self._transactions.user.name

    def _words(self, rule: Rule) -> str:
        return sentence(rule, names_of(self._rules.catalog))

    def _told(self, made: list[ClinicRule], aim: Aim, off: Rule | None) -> str:
        told = self._told_of(made, off)
        if not aim.also:
            return told
        names = dict(self.payers())
        payers = ", ".join(names.get(one.payer, one.payer) for one in aim.each)
        return tr("{told} For {payers}.", told=told, payers=payers)

    def _told_of(self, made: list[ClinicRule], off: Rule | None) -> str:
        if off is not None:
            return tr("Switched off for this clinic: {rule}", rule=self._words(off))
        first = made[0]
        rule = self._words(first.rule) if first.rule else first.rule_id
        if len(made) > 1:
            rule = tr_n("{rule} and {n} more", "{rule} and {n} more", len(made) - 1, rule=rule)
        added = first.action is ClinicRuleAction.ADD
        return (
            tr("Added for this clinic: {rule}", rule=rule)
            if added
            else tr("Changed for this clinic: {rule}", rule=rule)
        )

    def _done(self, value: Value, told: str, act_id: str) -> Done[Value]:
        with self._transactions.reading() as uow:
            self._rules.reload(uow)
        return Done(value, _RULES, told, UndoToken(act_id, told))


def _ended_words(change: ClinicRule) -> str:
    if change.made_at is None:
        return tr("Ended the clinic’s change: {reason}", reason=change.reason)
    day = us_date(change.made_at.date())
    return tr("Ended the clinic’s change of {day}: {reason}", day=day, reason=change.reason)


def _aim_of(change: ClinicRule) -> tuple[object, ...]:
    return change.rules, change.policy, change.rule_id, change.payer, change.aim.key


def _long_enough(text: str, about: str, remedy: str) -> str:
    clean = " ".join(text.split())
    if len(clean) < SHORTEST:
        missing = tr("The document is missing.") if about == SEEN_IN else tr("The reason is missing.")
        raise InvalidEntryError(missing, "", remedy, about=about)
    return clean
