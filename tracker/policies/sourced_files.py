"""Reads a folder of files that cite their documents, the same way for all their forms; all mistakes are collected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from tracker.domain.verdict import Source
from tracker.policies.authorization_schema import DatedIn
from tracker.policies.rule_path import RulePath
from tracker.policies.schema import SourceIn, as_json
from tracker.policies.toml_data import describe, load_toml
from tracker.policies.toml_file import Problems


class _Sourced(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def sources(self) -> dict[str, SourceIn]: ...


File = TypeVar("File", bound=_Sourced)


@dataclass(frozen=True, slots=True)
class Names:
    """What the files may name: payers of payers.toml and states of contractors.toml."""

    payers: Collection[str]
    states: Collection[str]

    def astray(self, shown: str, payers: Iterable[str], states: Iterable[str], problems: Problems) -> None:
        """Add every payer and state that leads nowhere."""
        for payer in payers:
            if payer not in self.payers:
                problems.add(shown, "payers", f"{payer} is not among the payers of payers.toml.")
        for state in states:
            if state not in self.states:
                problems.add(shown, "states", f"{state} is not among the states of contractors.toml.")


def read_folder(
    folders: Iterable[RulePath], form: TypeAdapter[File], problems: Problems
) -> dict[str, tuple[str, File]]:
    """Return the files by id with the name to show; a file of a later folder stands for an earlier one of its id."""
    found: dict[str, tuple[str, File]] = {}
    for folder in folders:
        here: dict[str, tuple[str, File]] = {}
        for path in sorted(folder.rglob("*.toml")):
            shown = path.relative_to(folder.parent).as_posix()
            file = read_form(path, form, problems, shown)
            if file is not None and file.id in here:
                problems.add(shown, "id", f"{file.id} is the id of {here[file.id][0]} already.")
            elif file is not None:
                here[file.id] = (shown, file)
        found |= here
    return found


def read_form(path: RulePath, form: TypeAdapter[File], problems: Problems, shown: str) -> File | None:
    """Return the file in its form; None when something is wrong, which `problems` then says."""
    try:
        data = load_toml(path)
    except (OSError, ValueError) as error:
        problems.add(shown, "", describe(error))
        return None
    try:
        found = form.validate_json(as_json(data), strict=True)
    except ValidationError as error:
        problems.add_all(shown, data, error)
        return None
    problems.add_empty(shown, data)
    return found


def check_source(stated: DatedIn, sources: Mapping[str, SourceIn], shown: str, where: str, problems: Problems) -> None:
    if stated.source not in sources:
        problems.add(shown, f"{where}, source", f"{stated.source} is not among [sources].")


def source_of(stated: DatedIn, sources: Mapping[str, SourceIn]) -> Source:
    """Return the document behind a statement, graded as the statement is."""
    known = sources[stated.source]
    return Source(known.title, known.url, stated.effective_from, stated.evidence, stated.section)
