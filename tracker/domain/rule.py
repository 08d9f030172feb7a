"""What every rule of a payer has: what it speaks about, where and when it holds, and how far it looks.

`__post_init__` refuses values that have no meaning; its sentences are shown beside the file, the rule and the key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.rule_figures import LONGEST_DAYS, LONGEST_MONTHS, refuse_far_days, refuse_twice
from tracker.domain.verdict import Grade


class Scope(StrEnum):
    """Within what a rule counts or compares; SITE is one level on one side, BODY_REGION is for trigger points."""

    PATIENT = "patient"
    REGION = "region"
    LEVEL = "level"
    SITE = "site"
    BODY_REGION = "body-region"


class Unit(StrEnum):
    """What one event uses up: a day, each level (both sides are one), or each level on each side."""

    SESSION = "session"
    LEVEL = "level"
    INJECTION = "injection"


@dataclass(frozen=True, slots=True)
class WindowSpec:
    """How far a count looks back: `months` or `days` of a rolling window, or a year of another kind.

    An anchored year begins on the day of the first counted event and on its anniversaries. A course is everything on
    file, like a lifetime: where one course ends and the next begins nobody can tell from dates.
    """

    months: int | None = None
    days: int | None = None
    type: Literal["rolling", "calendar-year", "anchored-year", "course", "lifetime"] = "rolling"

    def __post_init__(self) -> None:
        given = [length for length in (self.months, self.days) if length is not None]
        if self.type != "rolling":
            if given:
                raise ValueError(f"a {self.type} window has no months or days; leave them out.")
        elif len(given) != 1:
            raise ValueError("a rolling window has either months or days.")
        elif given[0] < 1:
            raise ValueError(f"a window must be 1 or more months or days, not {given[0]}.")
        elif given[0] > (LONGEST_MONTHS if self.months else LONGEST_DAYS):
            raise ValueError(
                f"a window must be 100 years or less, not {given[0]} {'months' if self.months else 'days'}."
            )

    @property
    def endless(self) -> bool:
        return self.type in ("course", "lifetime")


@dataclass(frozen=True, slots=True)
class Which:
    """Which procedures are meant; an empty list fits all."""

    families: tuple[Family, ...] = ()
    intents: tuple[Intent, ...] = ()
    approaches: tuple[Approach, ...] = ()

    def __post_init__(self) -> None:
        refuse_twice("families", self.families)
        refuse_twice("intents", self.intents)
        refuse_twice("approaches", self.approaches)

    def fits(self, family: Family, intent: Intent | None, approach: Approach | None) -> bool:
        """Tell whether it is meant; an approach that was not recorded fits."""
        return (
            (not self.families or family in self.families)
            and (not self.intents or intent in self.intents)
            and (not self.approaches or approach is None or approach in self.approaches)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule has: which procedures it speaks about, and where and when it holds; empty lists fit all.

    `effective_to` is its last day where it ends before its version. `source` is a key of the file's [sources].
    `plans` and `not_plans` are names as coverages write them, in any case; it holds for none of the latter.
    """

    id: str
    families: tuple[Family, ...] = ()
    intents: tuple[Intent, ...] = ()
    approaches: tuple[Approach, ...] = ()
    evidence: Grade
    source: str
    section: str = ""
    contractors: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    not_plans: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    about: Which = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "about", Which(self.families, self.intents, self.approaches))
        refuse_far_days(effective_from=self.effective_from, effective_to=self.effective_to)
        for name in ("payers", "plans", "not_plans", "states", "places", "contractors"):
            refuse_twice(name, getattr(self, name))
        if wrong := [place for place in self.places if not (place.isascii() and place.isdigit() and len(place) == 2)]:
            raise ValueError(f"places has “{wrong[0]}”; write the two figures of a claim, such as 11 or 22.")
        if self.effective_from and self.effective_to and self.effective_from > self.effective_to:
            raise ValueError("effective_to lies before effective_from; exchange them.")
        if getattr(self, "per", None) is Scope.BODY_REGION and set(self.families) - {Family.TRIGGER_POINT}:
            raise ValueError("per body-region goes with trigger points only; name them alone in families.")
        if not all(name.strip() for name in (*self.plans, *self.not_plans)):
            raise ValueError("plans or not_plans has an empty name; leave it out.")

    def concerns_plan(self, plan: str) -> bool:
        """Tell whether it holds for the plan that a coverage names; one without a name is none of those listed."""
        named = plan_key(plan)
        return (not self.plans or named in map(plan_key, self.plans)) and named not in map(plan_key, self.not_plans)

    def holds(self, day: date) -> bool:
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.effective_to is None or day <= self.effective_to)


def plan_key(plan: str) -> str:
    """Return a plan's name as it is compared: small and capital letters are one, blanks around it do not count."""
    return plan.strip().casefold()
