"""One class for each kind of limit that looks at a history (policies.md 6, a-h): the keys of a rule in a policy file.

What is asked of a claim instead, approvals and modifiers, is in billing_rules.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from tracker.domain.anatomy import Side, SpinePart, Target
from tracker.domain.max_count import MaxCount as MaxCount
from tracker.domain.procedure import Family
from tracker.domain.rule import Rule, Scope, Which
from tracker.domain.rule_figures import (
    LONGEST_DAYS,
    refuse_empty,
    refuse_meaningless,
    refuse_months,
    refuse_outside,
    refuse_percent,
)
from tracker.domain.verdict import Outcome


@dataclass(frozen=True, slots=True)
class EarlyRepeat:
    """An exception from a repeat rule: from `days` on, when the technique changes after the first one fell short."""

    days: int

    def __post_init__(self) -> None:
        refuse_outside("days", self.days, 1, LONGEST_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat(Rule):
    """What must lie between the last one (`after`) in the scope and this one: an interval, and how well it helped.

    Intervals in days have a day of doubt, those in months have none (CHOICES 2). 0 asks nothing.
    """

    kind: Literal["repeat"] = "repeat"
    per: Scope
    after: Which | None = None
    days: int = 0
    months: int = 0
    percent: float = 0
    relief_months: float = 0
    early: EarlyRepeat | None = None

    def __post_init__(self) -> None:
        super(Repeat, self).__post_init__()
        if not (self.days or self.months or self.percent or self.relief_months):
            raise ValueError("a repeat rule needs days, months, percent or relief_months.")
        if self.days and self.months:
            raise ValueError("give the interval in days or in months, not both.")
        refuse_outside("days", self.days, most=LONGEST_DAYS)
        refuse_months(months=self.months, relief_months=self.relief_months)
        refuse_percent("percent", self.percent)

    @property
    def earlier(self) -> Which:
        return self.after or self.about


@dataclass(frozen=True, slots=True, kw_only=True)
class Requires(Rule):
    """Before the first one (`first`, by default what the rule speaks about) at a place: earlier results.

    `needs` events of `of`; `last`: the most recent ones must all be good enough, otherwise any so many.
    `void_after_months`: results older than that do not serve. With percent 0 their results are not asked for.
    `apart_days`: so many days from each to the next at least; one that is too close to a later one is passed over.
    """

    kind: Literal["requires"] = "requires"
    per: Scope = Scope.SITE
    first: Which | None = None
    of: Which
    needs: int
    percent: float
    relief_months: float = 0
    last: bool = True
    void_after_months: int = 0
    apart_days: int = 0

    def __post_init__(self) -> None:
        super(Requires, self).__post_init__()
        refuse_outside("needs", self.needs, 1)
        refuse_percent("percent", self.percent)
        refuse_months(relief_months=self.relief_months, void_after_months=self.void_after_months)
        refuse_outside("apart_days", self.apart_days, most=LONGEST_DAYS)
        if self.apart_days and self.needs < 2:
            raise ValueError("apart_days wants needs of 2 or more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxLevels(Rule):
    """At most `limit` levels a session; with `per_side`, on each side. `contiguous`: they must be neighbours."""

    kind: Literal["max_levels"] = "max_levels"
    limit: int
    per_side: bool = False
    contiguous: bool = False
    outcome: Outcome = Outcome.NOT_ALLOWED
    text: str = ""

    def __post_init__(self) -> None:
        super(MaxLevels, self).__post_init__()
        refuse_outside("limit", self.limit, 1)
        refuse_meaningless(self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRegion(Rule):
    """One region a day, of everything in `among` (by default what the rule speaks about).

    `of_body`: a region of the body, of trigger points only, not of the spine.
    """

    kind: Literal["one_region"] = "one_region"
    among: Which | None = None
    of_body: bool = False
    outcome: Outcome = Outcome.NOT_ALLOWED

    def __post_init__(self) -> None:
        super(OneRegion, self).__post_init__()
        if self.of_body and {*self.families, *self.together.families} - {Family.TRIGGER_POINT}:
            raise ValueError("of_body goes with trigger points only; name them alone in families.")
        refuse_meaningless(self.outcome)

    @property
    def together(self) -> Which:
        return self.among or self.about


@dataclass(frozen=True, slots=True, kw_only=True)
class SameDay(Rule):
    """Not on one day with what `clashes` names, in the same scope."""

    kind: Literal["same_day"] = "same_day"
    clashes: Which
    per: Scope = Scope.PATIENT
    outcome: Outcome = Outcome.NOT_ALLOWED
    text: str = ""

    def __post_init__(self) -> None:
        super(SameDay, self).__post_init__()
        refuse_meaningless(self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCovered(Rule):
    """The payer does not pay for it.

    With `both_sides` only where a level is to be done on both sides, with `spine` only in those parts of it.
    """

    kind: Literal["not_covered"] = "not_covered"
    text: str
    both_sides: bool = False
    spine: tuple[SpinePart, ...] = ()

    def __post_init__(self) -> None:
        super(NotCovered, self).__post_init__()
        refuse_empty("text", self.text, "the sentence that says what is not paid")

    def concerns(self, targets: Collection[Target]) -> bool:
        """Tell whether it speaks about a procedure at these places."""
        sides, parts = {target.side for target in targets}, {target.level.part for target in targets}
        return (not self.both_sides or Side.BOTH in sides) and (not self.spine or bool(parts & set(self.spine)))


@dataclass(frozen=True, slots=True)
class Unless:
    """Results since the last one that make an advice needless."""

    of: Which
    needs: int
    percent: float

    def __post_init__(self) -> None:
        refuse_outside("needs", self.needs, 1)
        refuse_percent("percent", self.percent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice(Rule):
    """Something to know; with outcome unknown, something that is not on file and must be asked for.

    With `after` only behind such an event in the scope that helped so much for so long; `unless`: not with such results
    since. `gap_months`: only when the last one lies at least so far back. `course_months`: only when the course that
    goes on (no gap as long as that) began longer ago. `for_authorization`: told also to who asks who wants an approval.
    """

    kind: Literal["advice"] = "advice"
    text: str
    per: Scope = Scope.SITE
    after: Which | None = None
    percent: float = 0
    relief_months: float = 0
    gap_months: int = 0
    course_months: int = 0
    unless: Unless | None = None
    for_authorization: bool = False
    outcome: Outcome = Outcome.CAUTION

    def __post_init__(self) -> None:
        super(Advice, self).__post_init__()
        if self.outcome not in (Outcome.CAUTION, Outcome.UNKNOWN):
            raise ValueError("outcome must be caution or unknown.")
        refuse_empty("text", self.text, "the sentence that is shown")
        refuse_percent("percent", self.percent)
        refuse_months(relief_months=self.relief_months, gap_months=self.gap_months, course_months=self.course_months)
        conditions = (self.percent, self.relief_months, self.gap_months, self.course_months, self.unless)
        if any(conditions) and self.after is None:
            raise ValueError("percent, relief_months, gap_months, course_months and unless need after.")
