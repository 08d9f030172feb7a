"""Reads payers, the pick list of procedures, codes and code schemes from their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from tracker.domain.anatomy import Region
from tracker.domain.coding import Code, CodeBook, CodeScheme
from tracker.domain.coverage import LineOfBusiness
from tracker.domain.procedure import Approach, Family, Intent, ProcedureChoice, TargetKind
from tracker.policies.rule_path import RulePath
from tracker.policies.toml_file import Model, Problems, Strict, read

Item = TypeVar("Item")
FamilyIn = Annotated[Family, Field(strict=False)]
IntentIn = Annotated[Intent, Field(strict=False)]
ApproachIn = Annotated[Approach, Field(strict=False)]
LineIn = Annotated[LineOfBusiness, Field(strict=False)]
RegionIn = Annotated[Region, Field(strict=False)]
Texts = Annotated[tuple[str, ...], Field(strict=False)]


@dataclass(frozen=True, slots=True)
class Payer:
    """A payer: `rules` names whose policies answer for it, "" when none is on file.

    `plan_authorization` is false where no plan of its own asks for approvals; `generic`: the name says what kind of
    plan it is, so that a plan's own name stands without it. `line` is None where nobody said what kind of plan it is.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    rules: str = ""
    self_pay: bool = False
    plan_authorization: bool = True
    generic: bool = False
    line: LineOfBusiness | None = None

    @property
    def nothing_on_file(self) -> str:
        """Say that no rule answers; a payer that only names a kind of plan publishes none at all."""
        if self.generic and not self.rules:
            return "No published rule is known for a plan of this kind: each plan has limits of its own."
        return f"No rule of {self.name} for this procedure is on file."


class PayerIn(Strict):
    id: str
    name: str
    aliases: Texts = ()
    rules: str = ""
    self_pay: bool = False
    plan_authorization: bool = True
    generic: bool = False
    line: LineIn | None = None


class PayersFile(Strict):
    payer: Annotated[tuple[PayerIn, ...], Field(strict=False, default=())]


class ChoiceIn(Strict):
    id: str
    label: str
    short: str
    family: FamilyIn
    intent: IntentIn | None = None
    approach: ApproachIn | None = None
    targets: Annotated[TargetKind, Field(strict=False)]
    aliases: Texts = ()


class ChoicesFile(Strict):
    choice: Annotated[tuple[ChoiceIn, ...], Field(strict=False)]


class CodeIn(Strict):
    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{5}$")]
    label: str
    family: FamilyIn | None = None
    approach: ApproachIn | None = None
    region: RegionIn | None = None
    base: Texts = ()
    imaging: bool = True
    ends: date | None = None


class CodesFile(Strict):
    code: Annotated[tuple[CodeIn, ...], Field(strict=False)]


class SchemeIn(Strict):
    family: FamilyIn
    codes: Texts
    further_units: Literal["each", "once", "none"]
    bilateral: bool
    approaches: Annotated[tuple[ApproachIn, ...], Field(strict=False)] = ()
    region: RegionIn | None = None
    facility: str = ""
    same: Texts = ()


class SchemesFile(Strict):
    scheme: Annotated[tuple[SchemeIn, ...], Field(strict=False)]


def read_payers(folder: RulePath, problems: Problems) -> tuple[Payer, ...]:
    file = read(folder / "payers.toml", PayersFile, problems)
    payers = tuple(Payer(**dict(payer)) for payer in file.payer) if file else ()
    _refuse_twice("payers.toml", "payer", [payer.id for payer in payers], problems)
    return payers


class ContractorStates(Strict):
    id: str
    name: str
    states: Texts


class ContractorsFile(Strict):
    contractor: Annotated[tuple[ContractorStates, ...], Field(strict=False)]


def read_contractors(folder: RulePath, problems: Problems) -> dict[str, str]:
    """Return the Medicare contractor by state; a state with two contractors is a problem."""
    file = read(folder / "contractors.toml", ContractorsFile, problems)
    pairs = [(state, each.id) for each in file.contractor for state in each.states] if file else []
    _refuse_twice("contractors.toml", "state", [state for state, _ in pairs], problems)
    return dict(pairs)


def read_choices(folder: RulePath, problems: Problems) -> tuple[ProcedureChoice, ...]:
    """Return the pick list, in the order of the file."""
    file = _read_procedures(folder, "choices.toml", ChoicesFile, problems)
    choices = tuple(ProcedureChoice(**dict(choice)) for choice in file.choice) if file else ()
    _refuse_twice("choices.toml", "choice", [choice.id for choice in choices], problems)
    return choices


def read_code_book(folder: RulePath, problems: Problems) -> CodeBook:
    """Return codes and schemes; a scheme or a base that names an unknown code is a problem."""
    codes_file = _read_procedures(folder, "codes.toml", CodesFile, problems)
    schemes_file = _read_procedures(folder, "schemes.toml", SchemesFile, problems)
    codes = tuple(Code(**dict(code)) for code in codes_file.code) if codes_file else ()
    schemes = tuple(CodeScheme(**dict(scheme)) for scheme in schemes_file.scheme) if schemes_file else ()
    _refuse_twice("codes.toml", "code", [code.code for code in codes], problems)
    known = {code.code for code in codes}
    for code in codes:
        for unknown in set(code.base) - known:
            problems.add("codes.toml", f"code {code.code}, base", f"{unknown} is not among the codes.")
    for number, scheme in enumerate(schemes, 1):
        for unknown in {*scheme.codes, *scheme.same, *filter(None, (scheme.facility,))} - known:
            problems.add("schemes.toml", f"scheme {number}", f"{unknown} is not among the codes of codes.toml.")
    return CodeBook({code.code: code for code in codes}, schemes)


def _read_procedures(folder: RulePath, name: str, model: type[Model], problems: Problems) -> Model | None:
    return read(folder / "procedures" / name, model, problems)


def _refuse_twice(file: str, what: str, ids: list[str], problems: Problems) -> None:
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        problems.add(file, f"{what} {twice}", "is there twice.")
