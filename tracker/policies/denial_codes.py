"""Reads resources/denial-codes.toml; see docs/authorization-files.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, TypeAdapter

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.denial_codes import (
    ActionCode,
    CodeLists,
    DecisionReason,
    DenialCode,
    DenialTopic,
    GroupCode,
    RemarkCode,
)
from tracker.policies.authorization_schema import DatedIn
from tracker.policies.rule_path import RulePath
from tracker.policies.schema import STRICT, SourceIn
from tracker.policies.sourced_files import check_source, read_form, source_of
from tracker.policies.toml_file import Problems

Code = Annotated[str, Field(pattern=r"^[A-Z]{0,2}[0-9]{0,3}$", min_length=1)]
NAME = "denial-codes.toml"


class CodeIn(DatedIn):
    code: Code
    meaning: str


class DenialIn(CodeIn):
    topic: DenialTopic
    cause: str = ""
    first_step: str


class RemarkIn(CodeIn):
    topic: DenialTopic


class ActionIn(CodeIn):
    leads_to: AuthorizationStatus | None = None
    then: str = ""


class ReasonIn(CodeIn):
    topic: DenialTopic | None = None


class CodesIn(BaseModel):
    """The lists of the file, each a list of tables."""

    model_config = STRICT
    id: str
    title: str
    sources: dict[str, SourceIn]
    denial: Annotated[tuple[DenialIn, ...], Field(min_length=1)]
    group: Annotated[tuple[CodeIn, ...], Field(min_length=1)]
    remark: Annotated[tuple[RemarkIn, ...], Field(min_length=1)]
    action: Annotated[tuple[ActionIn, ...], Field(min_length=1)]
    reason: Annotated[tuple[ReasonIn, ...], Field(min_length=1)]


CODES: TypeAdapter[CodesIn] = TypeAdapter(CodesIn)
OurCode = TypeVar("OurCode", DenialCode, GroupCode, RemarkCode, ActionCode, DecisionReason)


def read_code_lists(folders: Sequence[RulePath], problems: Problems) -> CodeLists:
    """Read the file of the last folder that has one; a code that is there twice is a problem."""
    path = next((folder / NAME for folder in reversed(folders) if (folder / NAME).exists()), folders[0] / NAME)
    file = read_form(path, CODES, problems, NAME)
    if file is None:
        return CodeLists()
    return CodeLists(
        _listed(DenialCode, "denial", file.denial, file, problems),
        _listed(GroupCode, "group", file.group, file, problems),
        _listed(RemarkCode, "remark", file.remark, file, problems),
        _listed(ActionCode, "action", file.action, file, problems),
        _listed(DecisionReason, "reason", file.reason, file, problems),
    )


def _listed(
    made: type[OurCode], what: str, given: Iterable[CodeIn], file: CodesIn, problems: Problems
) -> dict[str, OurCode]:
    found: dict[str, OurCode] = {}
    for each in given:
        where = f"{what} {each.code}"
        check_source(each, file.sources, NAME, where, problems)
        if each.code in found:
            problems.add(NAME, where, "is there twice.")
        elif each.source in file.sources:
            own: dict[str, Any] = {name: getattr(each, name) for name in _own(type(each))}
            found[each.code] = made(**own, source=source_of(each, file.sources))
    return found


def _own(form: type[CodeIn]) -> Iterable[str]:
    return [name for name in form.model_fields if name not in DatedIn.model_fields]
