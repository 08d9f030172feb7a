"""What the library page shows: places whose rules one may read, each rule with its proof, its history, its changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.booking import OverrideReason
from tracker.domain.clinic_rule import ClinicRule, RuleConfirmation
from tracker.domain.procedure import Family
from tracker.domain.rule import Rule
from tracker.domain.rule_kinds import Advice
from tracker.domain.verdict import Grade, Source
from tracker.services.rule_library.denied_rules import DeniedByRule

WRONG_COUNT = frozenset({OverrideReason.OTHER_SITE, OverrideReason.NOT_PERFORMED, OverrideReason.OTHER_PAYER})
"""The reasons that say that the count is wrong (ux.md 3.3: 2 to 4)."""
_LEAST, OFTEN = 2, 3
"""One override is no pattern; from three on a rule is booked against often, whatever the reasons."""


class RuleState(StrEnum):
    """How a rule stands on the day on which it is looked at."""

    HOLDS = "holds"
    LATER = "later"
    ENDED = "ended"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose rules they are: a payer, at one Medicare contractor where there are several. `own`: of the clinic's state.
    `leads`: the payer after whom the rules are named that others follow too.

    `plans` are those about which some rule speaks by name; `aliases` what else the payer is called.
    """

    id: str
    payer: str
    label: str
    contractor: str = ""
    state: str = ""
    plans: tuple[str, ...] = ()
    families: tuple[Family, ...] = ()
    own: bool = True
    leads: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overridden:
    """How often visits were booked against what a rule said, and for which reasons."""

    by_reason: Mapping[OverrideReason, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.by_reason.values())

    @property
    def wrong(self) -> int:
        """How often the reason was that the count is wrong."""
        return sum(count for reason, count in self.by_reason.items() if reason in WRONG_COUNT)

    @property
    def suspect(self) -> bool:
        """Tell whether more than half of them say that the count is wrong: then the rule or the data is."""
        return self.count >= _LEAST and self.wrong * 2 > self.count

    @property
    def often(self) -> bool:
        return self.count >= OFTEN


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change of the clinic in words; `outdated`: the payer's own rule has become another one since."""

    change: ClinicRule
    words: str
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a rule by the documents, without the clinic's layer.

    `days`: since when and until when it holds, in words; `holds`: on the day on which it is looked at.
    """

    days: str
    sentence: str
    grade: Grade
    holds: bool = False


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule of one place. `rule` is as it answers; `key` names it among all that are shown.

    `followers`: how many other places have the very same rule, where a list of all payers names it once.
    """

    key: str
    place: Place
    policy: str
    policy_title: str
    rule: Rule
    sentence: str
    source: Source
    holds: str
    state: RuleState
    overridden: Overridden
    denied: DeniedByRule = field(default_factory=DeniedByRule)
    changes: tuple[ChangeView, ...] = ()
    versions: tuple[VersionView, ...] = ()
    confirmations: tuple[RuleConfirmation, ...] = ()
    followers: int = 0

    @property
    def unconfirmed(self) -> bool:
        """Tell whether the rule only warns, because nobody has seen it in writing."""
        return self.rule.evidence is Grade.RECALLED and not self.source.confirmed and self.state is not RuleState.OFF

    @property
    def suspect(self) -> bool:
        """Tell whether what became of its answers wants a look: a claim was denied that it let through, or it was
        booked against often, or most who did say that the count is wrong.
        """
        return self.count_wrong or self.overridden.often or self.denied.said_allowed > 0

    @property
    def count_wrong(self) -> bool:
        """Tell whether most who booked against it say that its count is wrong; advice counts nothing."""
        return self.overridden.suspect and not isinstance(self.rule, Advice)

    @property
    def has_visits(self) -> bool:
        """Tell whether a visit was booked against it, or denied after it had answered."""
        return bool(self.overridden.count or self.denied.count)

    @property
    def of_clinic(self) -> bool:
        """Tell whether the clinic itself made the rule."""
        return bool(self.source.clinic)

    @property
    def changed(self) -> bool:
        """Tell whether a change of the clinic holds here."""
        return any(each.change.holds for each in self.changes)

    @property
    def held(self) -> ClinicRule | None:
        """The change of the clinic that holds here, the last one made."""
        return next((each.change for each in reversed(self.changes) if each.change.holds), None)

    def speaks_of(self, family: Family | None, plan: str) -> bool:
        """Tell whether the rule belongs below this family and plan; None and "" are all of them."""
        about_family = family is None or family in self.rule.families
        return about_family and (not plan or self.rule.concerns_plan(plan))


@dataclass(frozen=True, slots=True)
class Offer:
    """Figures of no payer, with which a clinic may begin where a plan publishes none; the `sentences` of its rules."""

    title: str
    rules: tuple[Rule, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Everything at once: the page filters it in memory. `problems` tell what of the clinic's cannot be read.

    `unruled`: denied claims, by policy, about which no rule of it had said anything.
    """

    places: tuple[Place, ...] = ()
    rules: tuple[RuleView, ...] = ()
    plans: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    unruled: Mapping[str, DeniedByRule] = field(default_factory=dict)

    def of(self, place_id: str) -> tuple[RuleView, ...]:
        return tuple(each for each in self.rules if each.place.id == place_id)

    def unruled_at(self, place_id: str) -> dict[str, DeniedByRule]:
        """Return, by policy of a place, the denied claims about which no rule of it had said anything."""
        policies = {view.policy for view in self.of(place_id)}
        return {policy: figures for policy, figures in self.unruled.items() if policy in policies}
