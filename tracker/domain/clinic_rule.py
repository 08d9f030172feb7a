"""What a clinic changes in its payers' rules: a layer on top, with author, day and reason, never an edit (DESIGN 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.domain.rule import Rule


class ClinicRuleAction(StrEnum):
    """What the change does to the payer's rules."""

    ADD = "add"
    REPLACE = "replace"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class ClinicRule:
    """One change. `rules` names the payer's rules (payers.toml), `plan` one plan of it, "" all.

    `rule_id` is the rule replaced or switched off, or the new rule's own id; `rule` is None where one is switched off.
    """

    rules: str
    action: ClinicRuleAction
    rule_id: str
    rule: Rule | None
    reason: str
    plan: str = ""
    made_by: str = ""
    made_at: datetime | None = None
    id: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class RuleConfirmation:
    """Somebody has seen a recalled rule in the payer's own document (`seen_in`).

    `fingerprint` is of the rule's content: when the rule is changed the confirmation does not hold any more.
    """

    policy: str
    rule_id: str
    fingerprint: str
    seen_in: str
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    id: str = ""
    version: int = 1
