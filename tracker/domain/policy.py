"""A policy's versions, each with the rules in force from a day on, and what answers on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.anatomy import LEVELS, Region
from tracker.domain.language import code, tr
from tracker.domain.rule import Rule
from tracker.domain.verdict import Grade, Source
from tracker.domain.windows import ONE_DAY


@dataclass(frozen=True, slots=True)
class Together:
    """Neighbouring levels of two regions that one session may join: coded as one, counted in `region`.

    `counted` false: whether sessions are counted so is not published, so the answer stays open.
    `contractors`: at which; an empty list: at all of the version.
    """

    levels: tuple[str, ...]
    region: Region
    counted: bool = True
    contractors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self.levels:
            if name not in LEVELS:
                raise ValueError(f"{name} is no level.")


@dataclass(frozen=True, slots=True, eq=False)
class PolicyVersion:
    """The rules of one policy from `effective_from` on, for one contractor ("" where there is none).

    `since` gives, for rules that went on unchanged from earlier versions, the day from which they hold: None where no
    document tells. `dated` is false where no document gives this version's day either.
    """

    policy: str
    title: str
    effective_from: date
    rules: tuple[Rule, ...]
    sources: dict[str, Source] = field(default_factory=dict)
    together: tuple[Together, ...] = ()
    contractor: str = ""
    document: str = ""
    since: Mapping[str, date | None] = field(default_factory=dict)
    dated: bool = True
    _cited: dict[tuple[object, ...], Source] = field(default_factory=dict, init=False, repr=False)

    def source(self, rule: Rule) -> Source:
        """Return the document behind a rule, graded as the rule is."""
        key = (
            code(),
            rule.id,
            rule.source,
            rule.section,
            rule.evidence,
            rule.effective_from,
        )  # two may have one id in a layer
        if key not in self._cited:
            self._cited[key] = self._source(rule)
        return self._cited[key]

    def _source(self, rule: Rule) -> Source:
        known = self.sources[rule.source]
        if known.clinic:
            return replace(known, effective_from=rule.effective_from or known.effective_from, grade=rule.evidence)
        read_in = tr("as read in {title}", title=known.title) if self.document and known.title != self.document else ""
        section = ", ".join(part for part in (rule.section, read_in) if part)
        begun = rule.effective_from or self.since.get(rule.id, self.effective_from if self.dated else None)
        title = self.document or known.title
        return Source(title, known.url, begun, rule.evidence, section, confirmed=known.confirmed, read_on=known.read_on)

    @property
    def changes(self) -> set[date]:
        """Return the days on which it, or one of its rules, begins or is over."""
        starts = {rule.effective_from for rule in self.rules if rule.effective_from}
        ends = {rule.effective_to + ONE_DAY for rule in self.rules if rule.effective_to}
        return {self.effective_from} | starts | ends

    def relies_on(self, rule: Rule) -> bool:
        """Tell whether somebody has seen the rule in writing: one that is only recalled warns, and refuses nothing."""
        return rule.evidence is not Grade.RECALLED or bool(self.sources[rule.source].confirmed)


@dataclass(frozen=True, slots=True)
class NoRules:
    """Why no rule answers: a sentence, and what to do."""

    reason: str
    ask: str


@dataclass(frozen=True, slots=True)
class InForce:
    """What answers on one day: the policy's version, and the programmes that stand beside it."""

    version: PolicyVersion
    beside: tuple[PolicyVersion, ...] = ()

    @property
    def versions(self) -> tuple[PolicyVersion, ...]:
        return (self.version, *self.beside)
