"""Reads the clinic's layer from its file: what cannot be read any more is told, and stops what it was about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.domain.clinic_rule import ClinicRule, ClinicRuleAction, RuleConfirmation
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import msg, tr
from tracker.domain.procedure import Family
from tracker.domain.rule_kinds import Advice
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Grade, Outcome
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.layer import with_clinic_layer
from tracker.policies.rule_text import read_rule
from tracker.storage.records import ClinicRuleEntry
from tracker.storage.unit_of_work import UnitOfWork

_UNREADABLE = msg(
    "A rule of this clinic cannot be read any more, so nothing is certain here: a manager must look at it under Rules."
)


@dataclass(frozen=True, slots=True)
class ClinicLayer:
    """What the clinic changed and confirmed; `problems` are sentences about changes that cannot be read.

    Those stand among `changes` without their rule.
    """

    changes: tuple[ClinicRule, ...] = ()
    confirmations: tuple[RuleConfirmation, ...] = ()
    problems: tuple[str, ...] = ()

    @classmethod
    def load(cls, uow: UnitOfWork) -> ClinicLayer:
        changes: list[ClinicRule] = []
        problems: list[str] = []
        for entry in uow.clinic_rules.list_changes():
            try:
                changes.append(_read(entry))
            except InvalidEntryError as error:
                changes.append(entry.change)
                if entry.change.holds:
                    problems.append(error.title)
        return cls(tuple(changes), uow.clinic_rules.list_confirmations(), tuple(problems))

    def over(self, base: PolicyCatalog) -> PolicyCatalog:
        """Return the base with the layer over it."""
        if not self.confirmations and not any(each.holds for each in self.changes):
            return base
        changes = [_stopped(each, base) if unreadable(each) else each for each in self.changes]
        return with_clinic_layer(base, changes, self.confirmations)


def unreadable(change: ClinicRule) -> bool:
    """Tell whether the rule of the change could not be read."""
    return change.rule is None and change.action is not ClinicRuleAction.OFF


def _read(entry: ClinicRuleEntry) -> ClinicRule:
    if not entry.content:
        return entry.change
    made_at = entry.change.made_at
    shown = (
        tr("The rule “{rule}” of this clinic, made {day},", rule=entry.change.rule_id, day=us_date(made_at.date()))
        if made_at
        else tr("The rule “{rule}” of this clinic", rule=entry.change.rule_id)
    )
    return replace(entry.change, rule=read_rule(entry.content, shown))


def _stopped(change: ClinicRule, base: PolicyCatalog) -> ClinicRule:
    """Return, in place of a rule that cannot be read, one that leaves the answer open: the payer's own go on."""
    families = tuple(
        dict.fromkeys(family for policy in base.policies if policy.rules == change.rules for family in policy.families)
    )
    advice = Advice(
        id=f"unreadable-{change.rule_id}",
        families=families or tuple(Family),
        evidence=Grade.REPORT,
        source="",
        text=_UNREADABLE,
        outcome=Outcome.UNKNOWN,
    )
    return replace(change, action=ClinicRuleAction.ADD, rule=advice)
