"""The form of a policy file, strict: see docs/policy-files.md for how to write one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, TypeAdapter

from tracker.domain import billing_rules as billing
from tracker.domain import rule
from tracker.domain import rule_kinds as kinds
from tracker.domain.policy import Together
from tracker.domain.procedure import Family

STRICT = ConfigDict(extra="forbid", strict=True)
Name = Annotated[str, Field(pattern=r"\S")]

AnyRule = Annotated[
    kinds.MaxCount
    | kinds.Repeat
    | kinds.Requires
    | kinds.MaxLevels
    | kinds.OneRegion
    | kinds.SameDay
    | kinds.NotCovered
    | kinds.Advice
    | billing.NeedsAuthorization
    | billing.Modifier,
    Discriminator("kind"),
]

for part in (
    rule.WindowSpec, rule.Which, kinds.EarlyRepeat, kinds.Unless, Together,
    kinds.MaxCount, kinds.Repeat, kinds.Requires, kinds.MaxLevels, kinds.OneRegion, kinds.SameDay,
    kinds.NotCovered, kinds.Advice, billing.NeedsAuthorization, billing.Modifier,
):  # fmt: skip
    # The domain knows nothing of pydantic; it looks for this attribute, so that unknown keys are refused here too.
    setattr(part, "__pydantic_config__", STRICT)  # noqa: B010  the class does not declare it


class SourceIn(BaseModel):
    """A document: `retrieved` is the day on which somebody read it."""

    model_config = STRICT
    title: Name
    url: str = ""
    retrieved: date | None = None
    note: str = ""


class ContractorIn(BaseModel):
    """The document by which one Medicare contractor sets the policy."""

    model_config = STRICT
    document: str
    url: str = ""


class VersionIn(BaseModel):
    """Rules from a day on: the same day for all, or a day for each contractor that has this version.

    `replaces` a version of the same file (by `name`): its rules go on, but for those named in `drops` or given anew.
    `dated` is false where no document gives the day.
    """

    model_config = STRICT
    name: Name
    effective_from: date | dict[str, date]
    dated: bool = True
    replaces: str = ""
    drops: tuple[str, ...] = ()
    together: tuple[Together, ...] = ()
    rule: tuple[AnyRule, ...] = ()

    def starts(self, contractors: Mapping[str, ContractorIn]) -> dict[str, date]:
        """Return the first day by contractor; the one contractor of a payer without any is ""."""
        if isinstance(self.effective_from, date):
            return dict.fromkeys(contractors or ("",), self.effective_from)
        rest = self.effective_from.get("others")
        named = {name: day for name, day in self.effective_from.items() if name != "others"}
        return {name: rest for name in contractors if rest is not None} | named


class PolicyIn(BaseModel):
    """One policy: `rules` is the name under which payers.toml calls it; `beside` adds to whatever answers."""

    model_config = STRICT
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: Name
    rules: Name
    families: Annotated[tuple[Family, ...], Field(min_length=1)]
    beside: bool = False
    sources: dict[str, SourceIn]
    contractors: dict[str, ContractorIn] = {}
    version: Annotated[tuple[VersionIn, ...], Field(min_length=1)]


POLICY: TypeAdapter[PolicyIn] = TypeAdapter(PolicyIn)


def as_json(data: Mapping[str, Any]) -> str:
    """Return TOML data as JSON: strict validation of JSON takes text for enumerations and lists for tuples."""
    return json.dumps(data, default=_written)


def _written(value: date | time) -> str:
    """Return a date as it is written; a moment or a time of day stays what it is, and is refused as a date."""
    return value.isoformat() if type(value) is date else f"{value}"
