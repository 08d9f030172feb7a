"""Proves a rule book on this machine: asks it its own cases, and says which it answers otherwise than they expect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.errors import InvalidCaseError
from tracker.policies.catalog import PolicyCatalog
from tracker.rules import evaluate
from tracker.services.rule_library.case_reading import read_case
from tracker.services.rule_library.cases import answer_json, cases_of
from tracker.services.rule_library.expectation import differences

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ProvenCase:
    """One case: `differs` says what came out otherwise, nothing when it came out right."""

    id: str
    title: str
    why: str
    differs: tuple[str, ...]
    policies: frozenset[str]

    def sentence(self) -> str:
        named = f"{self.id}, {self.title}" if self.title else self.id
        return f"{named}: {'; '.join(self.differs)}." if self.differs else f"{self.id}: as expected."


@dataclass(frozen=True, slots=True)
class Proof:
    """What a rule book made of its cases, file by file; `unasked` are policies that no case came to."""

    files: Mapping[str, tuple[ProvenCase, ...]]
    unasked: tuple[str, ...]

    @property
    def cases(self) -> tuple[ProvenCase, ...]:
        return tuple(case for cases in self.files.values() for case in cases)

    @property
    def failed(self) -> tuple[ProvenCase, ...]:
        return tuple(case for case in self.cases if case.differs)

    @property
    def holds(self) -> bool:
        """Tell whether there was something to prove, and all of it came out right."""
        return bool(self.cases) and not self.failed

    def sentence(self) -> str:
        count = len(self.cases)
        if not count:
            return "There are no cases, so nothing is proven."
        cases = f"{count:,} case{'' if count == 1 else 's'}"
        if not self.failed:
            return f"{cases}, all as expected."
        return f"{cases}, {len(self.failed):,} not as expected."


def prove(case_files: Mapping[str, str], catalog: PolicyCatalog, progress: Progress | None = None) -> Proof:
    """Ask the book every case of these files (text by name). Raises InvalidCaseError naming file, case and field."""
    asked = {name: cases_of(text, name) for name, text in sorted(case_files.items())}
    total, done = sum(map(len, asked.values())), 0
    files = {}
    for name, cases in asked.items():
        proven = []
        for each in _proven(cases, name, catalog):
            proven.append(each)
            done += 1
            if progress:
                progress(done, total)
        files[name] = tuple(proven)
    met = {policy for cases in files.values() for case in cases for policy in case.policies}
    return Proof(files, tuple(policy.title for policy in catalog.policies if policy.id not in met))


def differing(text: str, name: str, catalog: PolicyCatalog) -> list[str]:
    """Return a line for each difference between an answer and its case, and for each case without `expect`.

    Raises InvalidCaseError naming case and field.
    """
    cases = cases_of(text, name)
    lines = []
    for data, proven in zip(cases, _proven(cases, name, catalog), strict=True):
        told = proven.differs if data.get("expect") else ("expect is missing, so there is nothing to compare",)
        lines += [f"{proven.id}: {each}." for each in told]
    return lines


def _proven(cases: list[Any], name: str, catalog: PolicyCatalog) -> Iterator[ProvenCase]:
    for place, data in enumerate(cases, 1):
        case_id, case = read_case(data, place)
        answer = answer_json(evaluate(case, catalog))
        try:
            differs = tuple(differences(data.get("expect", {}), answer, case))
        except (TypeError, KeyError, AttributeError):
            raise InvalidCaseError(f"{name}, case {case_id}: expect cannot be read.", remedy="Correct it.") from None
        policies = frozenset(policy["id"] for policy in answer["policy"])
        yield ProvenCase(case_id, str(data.get("title", "")), str(data.get("why", "")), differs, policies)
