"""The form of the files in resources/authorization and resources/checklists: see docs/authorization-files.md."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Field, TypeAdapter, model_validator
from pydantic_core import core_schema

from tracker.domain import authorization_terms as terms
from tracker.domain.authorization import AuthorizationKind
from tracker.domain.checklist import SatisfiedBy
from tracker.domain.coverage import LineOfBusiness
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.verdict import Grade
from tracker.policies.schema import STRICT, Name, SourceIn

Id = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
Listed = TypeVar("Listed", bound=str)


def _once(names: tuple[Listed, ...]) -> tuple[Listed, ...]:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"names {twice} twice; leave one of them out.")
    return names


Once = Annotated[tuple[Listed, ...], AfterValidator(_once)]
"""A list of names in which none stands twice: nobody can tell what the second one was to be."""


def _span(given: Any) -> terms.Span:
    return terms.Span.parse(given if isinstance(given, str) else f"{given}")


def _span_schema(_cls: type, _source: Any, _handler: Any) -> core_schema.CoreSchema:
    return core_schema.no_info_plain_validator_function(_span)


for part in (
    terms.DecisionTime, terms.Extension, terms.MissingInformation, terms.Submission, terms.Validity,
    terms.ApprovalScope, terms.Changes, terms.Retroactive, terms.Renewal, terms.PeerCall, terms.AppealLevel,
    SatisfiedBy,
):  # fmt: skip
    # The domain knows nothing of pydantic; it looks for this attribute, so that unknown keys are refused here too.
    setattr(part, "__pydantic_config__", STRICT)  # noqa: B010  the class does not declare it
setattr(terms.Span, "__get_pydantic_core_schema__", classmethod(_span_schema))  # noqa: B010  it is written as text


class DatedIn(BaseModel):
    """What everything stated has: its document, how well it is documented, and from when to when it holds."""

    model_config = STRICT
    evidence: Grade
    source: str
    section: str = ""
    effective_from: date | None = None
    effective_to: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> DatedIn:
        if self.effective_from and self.effective_to and self.effective_from > self.effective_to:
            raise ValueError("effective_to lies before effective_from; exchange them.")
        return self

    def holds(self, day: date) -> bool:
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.effective_to is None or day <= self.effective_to)


class StatementIn(DatedIn):
    """What one document states from a day on; what is left out is not stated."""

    standard: terms.DecisionTime | None = None
    expedited: terms.DecisionTime | None = None
    extension: terms.Extension | None = None
    missing_information: terms.MissingInformation | None = None
    submission: terms.Submission | None = None
    validity: terms.Validity | None = None
    scope: terms.ApprovalScope | None = None
    changes: terms.Changes | None = None
    retroactive: terms.Retroactive | None = None
    renewal: terms.Renewal | None = None
    peer_to_peer: terms.PeerCall | None = None
    appealable: bool | None = None
    claim_within: terms.Span | None = None
    appeals: tuple[terms.AppealLevel, ...] = ()
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> StatementIn:
        if not self.model_fields_set - set(DatedIn.model_fields):
            raise ValueError("states nothing; add what the document says, or leave the statement out.")
        return self


class TermsIn(BaseModel):
    """For whom the statements hold: empty lists fit all. `programme`: only for approvals of that programme."""

    model_config = STRICT
    id: Id
    title: Name
    payers: Once[str] = ()
    lines: Once[LineOfBusiness] = ()
    states: Once[str] = ()
    programme: AuthorizationKind | None = None
    sources: dict[str, SourceIn]
    statement: Annotated[tuple[StatementIn, ...], Field(min_length=1)]


TERMS: TypeAdapter[TermsIn] = TypeAdapter(TermsIn)


class ItemIn(DatedIn):
    """One item of a checklist; empty lists fit all procedures, no `repeat` fits first and repeated ones."""

    id: Id
    text: Name
    need: Literal["needed", "recommended"]
    satisfied_by: SatisfiedBy
    stage: Literal["request", "record"] = "request"
    only_if: str = ""
    families: Once[Family] = ()
    intents: Once[Intent] = ()
    approaches: Once[Approach] = ()
    repeat: bool | None = None


class ChecklistIn(BaseModel):
    """For whom the items hold: empty lists fit all."""

    model_config = STRICT
    id: Id
    title: Name
    payers: Once[str] = ()
    lines: Once[LineOfBusiness] = ()
    sources: dict[str, SourceIn]
    item: Annotated[tuple[ItemIn, ...], Field(min_length=1)]


CHECKLIST: TypeAdapter[ChecklistIn] = TypeAdapter(ChecklistIn)
