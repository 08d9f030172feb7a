"""Reads resources/authorization; picks for a payer, place, programme and day the most specific word on each topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from tracker.domain.authorization import AuthorizationKind
from tracker.domain.authorization_terms import AppealLevel, Cited, Terms
from tracker.domain.coverage import LineOfBusiness
from tracker.policies.authorization_schema import TERMS, StatementIn, TermsIn
from tracker.policies.rule_path import RulePath
from tracker.policies.sourced_files import Names, check_source, read_folder, source_of
from tracker.policies.toml_file import Problems

_LISTS = ("appeals", "notes")
TOPICS = tuple(field.name for field in fields(Terms) if field.name not in _LISTS)


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom the terms are asked."""

    payer: str
    line: LineOfBusiness | None
    state: str
    programme: AuthorizationKind
    day: date


@dataclass(frozen=True, slots=True)
class _Heard:
    """A statement that speaks about what is asked; the greater `weight`, the more specific and the newer."""

    weight: tuple[Any, ...]
    statement: StatementIn
    file: TermsIn

    def cite(self, fact: Any) -> Cited[Any]:
        return Cited(fact, source_of(self.statement, self.file.sources))


def read_terms(folders: Iterable[RulePath], names: Names, problems: Problems) -> tuple[TermsIn, ...]:
    """Read every file; names that lead nowhere and topics that one file states twice from one day are problems."""
    found = read_folder(folders, TERMS, problems)
    for shown, file in found.values():
        names.astray(shown, file.payers, file.states, problems)
        said: set[tuple[object, ...]] = set()
        for number, statement in enumerate(file.statement, 1):
            check_source(statement, file.sources, shown, f"statement {number}", problems)
            for key in _keys(statement):
                if (key, statement.effective_from) in said:
                    problems.add(shown, f"statement {number}, {key}", "is stated twice from the same day.")
                said.add((key, statement.effective_from))
    return tuple(file for _, file in found.values())


def _keys(statement: StatementIn) -> Iterator[str]:
    yield from (topic for topic in TOPICS if getattr(statement, topic) is not None)
    yield from (f"appeals {_level(each)}" for each in statement.appeals)


def _level(appeal: AppealLevel) -> str:
    return f"{appeal.against} {appeal.level}"


def choose(files: Iterable[TermsIn], asked: Asked) -> Terms:
    """Return each topic as the most specific statement in force has it.

    A programme's own file stands before a payer's in a state, that before a payer's, a state's law, a line's and the
    default.
    """
    heard = sorted(_heard(files, asked), key=lambda each: each.weight, reverse=True)
    topics = {topic: _first(heard, topic) for topic in TOPICS}
    appeals: dict[str, Cited[AppealLevel]] = {}
    notes: dict[str, Cited[str]] = {}
    for each in heard:
        for appeal in each.statement.appeals:
            appeals.setdefault(_level(appeal), each.cite(appeal))
        for note in each.statement.notes:
            notes.setdefault(note, each.cite(note))
    ordered = sorted(appeals.values(), key=lambda each: (each.fact.against, each.fact.level))
    return Terms(**topics, appeals=tuple(ordered), notes=tuple(notes.values()))


def _heard(files: Iterable[TermsIn], asked: Asked) -> Iterator[_Heard]:
    for file in files:
        if not _concerns(file, asked):
            continue
        own = file.programme not in (None, AuthorizationKind.PAYER)
        rank = (own, bool(file.payers), bool(file.states), bool(file.lines))
        for statement in file.statement:
            if statement.holds(asked.day):
                yield _Heard((*rank, statement.effective_from or date.min), statement, file)


def _concerns(file: TermsIn, asked: Asked) -> bool:
    return (
        file.programme in (None, asked.programme)
        and (not file.payers or asked.payer in file.payers)
        and (not file.states or asked.state in file.states)
        and (not file.lines or asked.line in file.lines)
    )


def _first(heard: Iterable[_Heard], topic: str) -> Cited[Any] | None:
    for each in heard:
        fact = getattr(each.statement, topic)
        if fact is not None:
            return each.cite(fact)
    return None
