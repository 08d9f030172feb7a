"""What a rule book says of itself in pack.toml: its number, its day, and the program that it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from tracker import __version__
from tracker.domain.errors import PackError
from tracker.domain.language import tr
from tracker.domain.rule_figures import FIRST_DAY, LAST_DAY
from tracker.policies.rule_path import RulePath
from tracker.policies.toml_file import Problems, Strict, read

EDITION = "pack.toml"


@dataclass(frozen=True, slots=True)
class Edition:
    """`number` rises with every book; `replaces` is the one before it, 0 for none; `note` says what is new."""

    name: str
    number: int
    published: date
    replaces: int = 0
    program: str = "0"
    note: str = ""

    @property
    def title(self) -> str:
        """Return "Rules 2026-11", as the desk calls the book."""
        return tr("Rules {edition}", edition=f"{self.published:%Y-%m}")

    def refuse_newer_program(self, program: str = __version__) -> None:
        """Raise PackError when these rules need a newer program than this one."""
        if _numbers(self.program) > _numbers(program):
            raise PackError(
                tr("These rules need a newer program."),
                tr("They need version {wanted}; this is {own}.", wanted=self.program, own=program),
                tr("Update the program, then take the rules in again."),
            )


NO_EDITION = Edition("", 0, date.min)
"""Of a book that says nothing of itself: any other replaces it."""


class EditionFile(Strict):
    name: Annotated[str, Field(pattern=r"\S", max_length=80)]
    number: Annotated[int, Field(ge=1, le=999_999_999)]
    published: date
    replaces: Annotated[int, Field(ge=0)] = 0
    program: Annotated[str, Field(pattern=r"^\d+(\.\d+)*$", max_length=40)] = "0"
    note: Annotated[str, Field(max_length=2000)] = ""


def read_edition(folder: RulePath, problems: Problems) -> Edition:
    """Return what pack.toml says; NO_EDITION and a problem when it is wrong or missing."""
    file = read(folder / EDITION, EditionFile, problems)
    if file is None:
        return NO_EDITION
    if not FIRST_DAY <= file.published <= LAST_DAY:
        problems.add(EDITION, "published", f"must lie between {FIRST_DAY.year} and {LAST_DAY.year}.")
    if file.replaces >= file.number:
        problems.add(EDITION, "replaces", f"must be less than number, which is {file.number}.")
    return Edition(**dict(file))


def _numbers(version: str) -> tuple[int, ...]:
    """Return 1.2.0 as (1, 2): zeros at the end say nothing, and what follows the figures neither."""
    found = re.match(r"\d+(\.\d+)*", version)
    numbers = [int(part) for part in found.group().split(".")] if found else [0]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
