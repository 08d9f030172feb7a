"""What is asked: one procedure on one day, with everything that an answer may depend on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.anatomy import Level, Region, Target, levels_of, regions_of
from tracker.domain.authorization import Authorization
from tracker.domain.body_regions import BodyRegion
from tracker.domain.coverage import Coverage, Site, coverage_on
from tracker.domain.event import Event
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.verdict import CodeLine


@dataclass(frozen=True, slots=True)
class Proposal:
    """One procedure that somebody wants to have on `day`. `codes` only where a claim's codes are to be checked."""

    day: date
    family: Family
    intent: Intent | None = None
    approach: Approach | None = None
    targets: tuple[Target, ...] = ()
    nerves: tuple[str, ...] = ()
    lone_nerves: tuple[str, ...] = ()
    provider: str = ""
    codes: tuple[CodeLine, ...] | None = None
    technique_changed: bool = False
    body_regions: tuple[BodyRegion, ...] = ()

    def on(self, day: date) -> Proposal:
        """Return the same proposal for another day."""
        return Proposal(
            day, self.family, self.intent, self.approach, self.targets, self.nerves, self.lone_nerves, self.provider,
            self.codes, self.technique_changed, self.body_regions,
        )  # fmt: skip

    @property
    def levels(self) -> tuple[Level, ...]:
        return levels_of(self.targets)

    @property
    def regions(self) -> frozenset[Region]:
        return regions_of(self.targets)


@dataclass(frozen=True, slots=True)
class ClinicChoices:
    """Choices of the clinic that move a limit (DESIGN 14)."""

    anniversary_day_free: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """All that one evaluation may look at. `as_of` is the day on which the question is asked.

    `held`: ids of coming events that wait for an approval, and so use up none yet. `facilities`: where the events of
    visits that are on file with their site were, or will be, by the event's id.
    """

    as_of: date
    proposal: Proposal
    site: Site
    coverages: tuple[Coverage, ...] = ()
    history: tuple[Event, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    missing_documents: tuple[str, ...] = ()
    choices: ClinicChoices = ClinicChoices()
    held: frozenset[str] = frozenset()
    facilities: Mapping[str, str] = field(default_factory=dict, hash=False)

    def on(self, day: date) -> Case:
        """Return the same case with the procedure on another day."""
        return Case(
            self.as_of, self.proposal.on(day), self.site, self.coverages, self.history, self.authorizations,
            self.missing_documents, self.choices, self.held, self.facilities,
        )  # fmt: skip

    def paid_by(self, coverage: Coverage) -> Case:
        """Return the same case where this coverage pays first from the proposed day on, whatever its order.

        What was done before was paid by the order on file.
        """
        start = max(coverage.start or date.min, self.proposal.day)
        return replace(self, coverages=(replace(coverage, order=0, start=start), *self.coverages))

    @property
    def coverages_on_file(self) -> tuple[Coverage, ...]:
        """Those of the patient, without what `paid_by` said of this procedure alone."""
        return tuple(coverage for coverage in self.coverages if coverage.order > 0)

    @property
    def coverage(self) -> Coverage | None:
        """The coverage that pays first on the proposed day."""
        return coverage_on(self.coverages, self.proposal.day)
