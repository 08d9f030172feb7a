"""Procedure codes with our own labels, and the schemes by which levels become codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.anatomy import Region
from tracker.domain.procedure import Approach, Family


@dataclass(frozen=True, slots=True)
class Code:
    """One code; None leaves a thing open. `base`: what an add-on needs beside it. `ends`: last date of service."""

    code: str
    label: str
    family: Family | None = None
    approach: Approach | None = None
    region: Region | None = None
    base: tuple[str, ...] = ()
    imaging: bool = True
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class CodeScheme:
    """Which codes the first, second and further levels of one family, approach and region take.

    `further_units` is "each" (a unit a level), "once" (one unit for all further levels) or "none" (no further levels).
    """

    family: Family
    codes: tuple[str, ...]
    further_units: str
    bilateral: bool
    approaches: tuple[Approach, ...] = ()
    region: Region | None = None
    facility: str = ""
    same: tuple[str, ...] = ()
    """Codes that bill the same under a fact which is not on file (20552 and 20553: how many muscles)."""

    def fits(self, family: Family, approach: Approach | None, region: Region | None) -> bool:
        by_approach = not self.approaches or approach in self.approaches
        return self.family is family and by_approach and (self.region is None or self.region is region)


@dataclass(frozen=True, slots=True, eq=False)
class CodeBook:
    """All codes and schemes (resources/procedures)."""

    codes: Mapping[str, Code] = field(default_factory=dict)
    schemes: tuple[CodeScheme, ...] = ()

    @property
    def once(self) -> frozenset[str]:
        """The codes that take one unit for all further levels."""
        return frozenset(scheme.codes[-1] for scheme in self.schemes if scheme.further_units == "once")

    def scheme(self, family: Family, approach: Approach | None, region: Region | None) -> CodeScheme | None:
        return next((scheme for scheme in self.schemes if scheme.fits(family, approach, region)), None)
