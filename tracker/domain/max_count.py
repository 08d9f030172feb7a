"""The limit on a count: so many units in a window, per scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.domain.procedure import Intent
from tracker.domain.rule import Rule, Scope, Unit, Which, WindowSpec
from tracker.domain.rule_figures import refuse_meaningless, refuse_months, refuse_outside, refuse_percent
from tracker.domain.verdict import FindingCode, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxCount(Rule):
    """At most `limit` units of what `counts` names (by default what the rule speaks about) in the window, per scope.

    `merge_sides_months`: left and right of one level within so many months are one session.
    `next_day_joins`: a session lasts 24 hours; where a neighbouring day that may be one decides, it cannot be told.
    `improved_percent`: over the limit is allowed when one of those that count brought so much relief. `former_payers`:
    whether what another payer paid counts, "ask" both ways. `without_kx`: diagnostic ones whose claim had no KX count
    with the therapeutic ones; it says nothing while there are none. `outcome`: less than not_allowed where `text`
    names a way.
    """

    kind: Literal["max_count"] = "max_count"
    limit: int
    unit: Unit = Unit.SESSION
    per: Scope
    window: WindowSpec
    counts: Which | None = None
    code: FindingCode = FindingCode.OVER_LIMIT
    merge_sides_months: int = 0
    next_day_joins: bool = False
    improved_percent: float = 0
    former_payers: Literal["ask", "count", "ignore"] = "ask"
    without_kx: bool = False
    outcome: Outcome = Outcome.NOT_ALLOWED
    text: str = ""

    def __post_init__(self) -> None:
        super(MaxCount, self).__post_init__()
        if self.limit < 1:
            raise ValueError(f"limit must be 1 or more, not {self.limit}; for none at all use kind not_covered.")
        refuse_outside("limit", self.limit, 1)
        if self.code not in (FindingCode.OVER_LIMIT, FindingCode.NOT_COVERED):
            raise ValueError("code must be over_limit or not_covered.")
        refuse_percent("improved_percent", self.improved_percent)
        refuse_months(merge_sides_months=self.merge_sides_months)
        if self.per is Scope.BODY_REGION and (self.unit is not Unit.SESSION or self.merge_sides_months):
            raise ValueError("per body-region goes with sessions, and without merge_sides_months.")
        if self.next_day_joins and (self.unit is not Unit.SESSION or self.merge_sides_months):
            raise ValueError("next_day_joins goes with sessions, and without merge_sides_months.")
        if self.without_kx and self.counted.intents != (Intent.THERAPEUTIC,):
            raise ValueError("without_kx goes with therapeutic ones only; name that alone in intents.")
        refuse_meaningless(self.outcome)

    @property
    def counted(self) -> Which:
        return self.counts or self.about

    @property
    def unmarked(self) -> Which:
        """The blocks that count too where their claim had no KX."""
        return Which(self.counted.families, (Intent.DIAGNOSTIC,), self.counted.approaches)

    def counts_foreign(self, *, asked: bool) -> bool:
        """Tell whether what another payer paid counts; where the payer must be asked, as `asked` has it."""
        return asked if self.former_payers == "ask" else self.former_payers == "count"
