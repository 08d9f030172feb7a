"""The rules that speak about a proposal on its day: found once for a version, a procedure, a payer and a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from tracker.domain.anatomy import Target
from tracker.domain.billing_rules import Modifier, NeedsAuthorization
from tracker.domain.coverage import Coverage, Site
from tracker.domain.policy import InForce, PolicyVersion
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.proposal import Case
from tracker.domain.rule import Rule
from tracker.domain.rule_kinds import Advice, MaxCount, NotCovered, Repeat
from tracker.domain.windows import ONE_DAY
from tracker.rules.facts import Item, Look
from tracker.rules.kinds import ONE_DAY_KINDS, RULE_KINDS
from tracker.rules.sight import Sight

Judging = Callable[[Any, Look], Iterator[Item]]


@dataclass(frozen=True, eq=False)
class Active:
    """The rules that speak about a proposal on its day, each with its version, and what they look at."""

    rules: tuple[tuple[PolicyVersion, Rule], ...] = ()

    def __iter__(self) -> Iterator[tuple[PolicyVersion, Rule]]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    @cached_property
    def sight(self) -> Sight:
        return Sight.of(dict.fromkeys(version for version, _ in self.rules), tuple(rule for _, rule in self.rules))

    @cached_property
    def modifiers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(rule.modifier for _, rule in self.rules if isinstance(rule, Modifier)))

    @cached_property
    def wanting(self) -> tuple[tuple[PolicyVersion, NeedsAuthorization], ...]:
        return tuple((version, rule) for version, rule in self.rules if isinstance(rule, NeedsAuthorization))

    def answers(self, targets: tuple[Target, ...]) -> bool:
        """Tell whether any speaks about the places: not one for other places, nor one that waits for something."""
        return self._answers_anywhere or any(
            isinstance(rule, NotCovered) and rule.concerns(targets) for _, rule in self.rules
        )

    @cached_property
    def _answers_anywhere(self) -> bool:
        kinds = (rule for _, rule in self.rules if type(rule) in RULE_KINDS and not isinstance(rule, NotCovered))
        return any(not (isinstance(rule, Advice) and rule.after) for rule in kinds)

    @cached_property
    def judging(self) -> tuple[tuple[PolicyVersion, Rule, Judging], ...]:
        """Those of a kind that looks at a history, with the function that judges it."""
        return tuple(
            (version, rule, RULE_KINDS[type(rule)]) for version, rule in self.rules if type(rule) in RULE_KINDS
        )

    @cached_property
    def known_by(self) -> tuple[int, ...]:
        """Rules are known by their identity: they stay as long as the book, and comparing them would take longer.

        Versions, too: two may have the same rules, and join other levels.
        """
        return tuple(id(each) for both in self.rules for each in both)

    @cached_property
    def dated_limits(self) -> Active:
        """Those that count or keep a distance, but for those nobody has confirmed."""
        return Active(
            tuple(
                (version, rule)
                for version, rule in self.rules
                if isinstance(rule, MaxCount | Repeat) and version.relies_on(rule)
            )
        )

    @cached_property
    def about_history(self) -> Active:
        """Those of them that may look at other days."""
        return Active(tuple((version, rule) for version, rule in self.rules if not _about_one_day(rule)))

    @cached_property
    def about_day(self) -> Active:
        """The others, which say the same on every day that holds nothing else."""
        return Active(tuple((version, rule) for version, rule in self.rules if _about_one_day(rule)))


def _about_one_day(rule: Rule) -> bool:
    return type(rule) in ONE_DAY_KINDS or (isinstance(rule, Advice) and rule.after is None)


class Speaking:
    """The rules that speak about a procedure at a place for a payer, whatever the day; `on` a day those that hold."""

    def __init__(self, rules: tuple[tuple[PolicyVersion, Rule], ...]) -> None:
        self._rules = rules
        starts = {rule.effective_from for _, rule in rules if rule.effective_from}
        ends = {rule.effective_to + ONE_DAY for _, rule in rules if rule.effective_to}
        self._changes = sorted(starts | ends)
        self._between: dict[int, Active] = {}

    def on(self, day: date) -> Active:
        place = bisect_right(self._changes, day)
        if place not in self._between:
            self._between[place] = Active(tuple(each for each in self._rules if each[1].holds(day)))
        return self._between[place]


def active_rules(in_force: InForce, case: Case, coverage: Coverage) -> Active:
    """Return the rules that speak about the proposal, at this place, for this payer and plan, on its day."""
    asked, site = case.proposal, case.site
    procedure = (asked.family, asked.intent, asked.approach)
    return _speaking(
        in_force.versions, *procedure, coverage.payer, coverage.plan, site.state, site.place_of_service
    ).on(asked.day)


@lru_cache(maxsize=4096)
def _speaking(
    versions: tuple[PolicyVersion, ...],
    family: Family,
    intent: Intent | None,
    approach: Approach | None,
    payer: str,
    plan: str,
    state: str,
    place: str,
) -> Speaking:
    """Kept by the versions' identity: they never change once they are loaded."""
    return Speaking(
        tuple(
            (version, rule)
            for version in versions
            for rule in version.rules
            if rule.about.fits(family, intent, approach) and _holds(version, rule, payer, plan, state, place)
        )
    )


def speaking(rules: Iterable[tuple[PolicyVersion, Rule]], case: Case, coverage: Coverage) -> Active:
    """Return those of the rules that speak about the proposal, at this place, for this payer and plan, on its day."""
    asked = case.proposal
    return Active(
        tuple(
            (version, rule)
            for version, rule in rules
            if rule.about.fits(asked.family, asked.intent, asked.approach)
            and holds_at(version, rule, coverage.payer, coverage.plan, case.site, asked.day)
        )
    )


def holds_at(version: PolicyVersion, rule: Rule, payer: str, plan: str, site: Site, day: date) -> bool:
    """Tell whether a rule of the version holds at this place, for this payer and plan, on the day."""
    return rule.holds(day) and _holds(version, rule, payer, plan, site.state, site.place_of_service)


def _holds(version: PolicyVersion, rule: Rule, payer: str, plan: str, state: str, place: str) -> bool:
    return (
        (not rule.contractors or version.contractor in rule.contractors)
        and (not rule.payers or payer in rule.payers)
        and rule.concerns_plan(plan)
        and (not rule.states or state in rule.states)
        and (not rule.places or place in rule.places)
    )
