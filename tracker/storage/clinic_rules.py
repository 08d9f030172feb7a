"""The clinic's changes to its payers' rules, and its confirmations of recalled ones, in the file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from tracker.domain.clinic_rule import ClinicRule, ClinicRuleAction, RuleConfirmation
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger, Values
from tracker.storage.records import ClinicRuleEntry
from tracker.storage.rows.rules import clinic_rule, rule_confirmation

_CHANGES = select(clinic_rule).order_by(clinic_rule.c.made_at, clinic_rule.c.id)
_CONFIRMATIONS = select(rule_confirmation).order_by(rule_confirmation.c.confirmed_at, rule_confirmation.c.id)
_MARKS = tuple(select(table.c.id, table.c.version).order_by(table.c.id) for table in (clinic_rule, rule_confirmation))


class ClinicRuleRepository:
    """Changes and confirmations in the order in which they were made; the rules in them are text here."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def list_changes(self) -> tuple[ClinicRuleEntry, ...]:
        """Return every change, ended ones too."""
        return tuple(_entry_of(row) for row in self._ledger.connection.execute(_CHANGES))

    def mark(self) -> str:
        """Return what becomes another text whenever a change or a confirmation is made, changed or taken away."""
        return repr([[tuple(row) for row in self._ledger.connection.execute(marks)] for marks in _MARKS])

    def get(self, change_id: str) -> ClinicRuleEntry:
        return _entry_of(self._ledger.row(clinic_rule, change_id))

    def add(self, change: ClinicRule, content: str) -> ClinicRule:
        added = replace(change, id=change.id or new_id(), version=1)
        self._ledger.insert(clinic_rule, {"id": added.id, "version": 1, **_change_values(added, content)})
        return added

    def write(self, change: ClinicRule, content: str) -> None:
        """Write the change over the one on file. Raises ConflictError when that is another by now."""
        self._ledger.update(clinic_rule, change.id, change.version, _change_values(change, content))

    def list_confirmations(self) -> tuple[RuleConfirmation, ...]:
        return tuple(_confirmation_of(row) for row in self._ledger.connection.execute(_CONFIRMATIONS))

    def add_confirmation(self, confirmation: RuleConfirmation) -> RuleConfirmation:
        added = replace(confirmation, id=confirmation.id or new_id(), version=1)
        self._ledger.insert(rule_confirmation, {"id": added.id, "version": 1, **_confirmation_values(added)})
        return added

    def remove_confirmation(self, confirmation_id: str) -> None:
        self._ledger.delete(rule_confirmation, confirmation_id)


def _entry_of(row: Any) -> ClinicRuleEntry:
    change = ClinicRule(
        row.rules,
        ClinicRuleAction(row.action),
        row.rule_id,
        None,
        row.reason,
        row.payer,
        row.plan,
        row.policy,
        row.fingerprint,
        row.made_by,
        row.made_at,
        row.ended_by,
        row.ended_at,
        row.id,
        row.version,
    )
    return ClinicRuleEntry(change, row.content)


def _change_values(change: ClinicRule, content: str) -> Values:
    return {
        "rules": change.rules,
        "action": change.action.value,
        "policy": change.policy,
        "rule_id": change.rule_id,
        "fingerprint": change.fingerprint,
        "payer": change.payer,
        "plan": change.plan,
        "content": content,
        "reason": change.reason,
        "made_by": change.made_by,
        "made_at": change.made_at,
        "ended_by": change.ended_by,
        "ended_at": change.ended_at,
    }


def _confirmation_of(row: Any) -> RuleConfirmation:
    return RuleConfirmation(
        row.policy, row.rule_id, row.fingerprint, row.seen_in, row.confirmed_by, row.confirmed_at, row.id, row.version
    )


def _confirmation_values(confirmation: RuleConfirmation) -> Values:
    return {
        "policy": confirmation.policy,
        "rule_id": confirmation.rule_id,
        "fingerprint": confirmation.fingerprint,
        "seen_in": confirmation.seen_in,
        "confirmed_by": confirmation.confirmed_by,
        "confirmed_at": confirmation.confirmed_at,
    }
