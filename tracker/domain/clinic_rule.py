"""What a clinic changes in its payers' rules: a layer on top, with author, day and reason, never an edit (DESIGN 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.domain.plan_aim import PlanAim, plan_aim
from tracker.domain.rule import Rule


class ClinicRuleAction(StrEnum):
    """What the change does to the payer's rules."""

    ADD = "add"
    REPLACE = "replace"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class ClinicRule:
    """One change. `rules` names the payer's rules (payers.toml); where several payers follow them, `payer` is the one
    that is meant, "" all of them. `plan` names the plans as plan_aim.py reads them, "" all.

    `rule_id` is the rule replaced or switched off, or the new rule's own id; `rule` is None where one is switched off.
    `policy` holds the rule that is replaced or switched off, and `fingerprint` is of it as it then was: when the
    payer’s own rule becomes another one, somebody should look again. With `ended_at` the change does not hold any more.
    """

    rules: str
    action: ClinicRuleAction
    rule_id: str
    rule: Rule | None
    reason: str
    payer: str = ""
    plan: str = ""
    policy: str = ""
    fingerprint: str = ""
    made_by: str = ""
    made_at: datetime | None = None
    ended_by: str = ""
    ended_at: datetime | None = None
    id: str = ""
    version: int = 1

    @property
    def aim(self) -> PlanAim:
        return plan_aim(self.plan)

    @property
    def holds(self) -> bool:
        return self.ended_at is None


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
