"""Every row of the research table of published rules is a rule of the catalog, or says why it is none.

rules_table.csv holds a line for each row: which rules say it, with which figures, or the reason. A rule that is
renamed, dropped or given another figure fails here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.policy import PolicyVersion
from tracker.domain.rule import Rule
from tracker.domain.verdict import Grade
from tracker.paths import resource_root
from tracker.policies import load_catalog

TABLE = Path(__file__).parent / "rules_table.csv"
ROWS = range(2, 223)
"""The lines of the table below its heading."""

READ_ELSEWHERE = dict.fromkeys(
    (
        "medicare-facet:facet-diagnostic-sessions",  # Noridian's questions and answers
        "medicare-facet:facet-therapeutic-first",  # the CGS checklist
        "medicare-facet:facet-therapeutic-repeat",
        "medicare-facet:facet-ablation-first",
        "medicare-facet:facet-therapeutic-reason",  # Palmetto's page
        "medicare-facet:facet-one-region",
        "medicare-facet:facet-other-blocks",
        "medicare-facet:facet-kx",  # Noridian's questions and answers
    ),
    Grade.PRIMARY,
)
"""Rules of which the rows know only a summary, and whose file cites the contractor's own page."""

GRADED_BY_ITS_WEAKER_HALF = dict.fromkeys(
    (
        "medicare-facet:facet-second-diagnostic",  # the percent is the contractor's own, the interval a quotation
        "medicare-si-joint:si-diagnostic-sessions",  # what a session is, against how many
        "medicare-programmes:opd-facet",  # how long it holds, against the list of codes
        "medicare-programmes:opd-stimulator",
    ),
    Grade.SUMMARY,
)
"""Rules that say two things, one of them better documented than the other."""


@dataclass(frozen=True)
class Row:
    """One row: what it is about, how well it is documented, and what says it."""

    number: int
    about: str
    grade: Grade
    rules: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    note: str


@cache
def rows() -> tuple[Row, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_row(line) for line in csv.DictReader(file))


def _row(line: dict[str, str]) -> Row:
    figures = tuple(
        (name, value) for name, _, value in (part.partition("=") for part in line["figures"].split(";") if part)
    )
    about = f"{line['payer']} {line['about']}"
    return Row(int(line["row"]), about, Grade(line["grade"]), tuple(line["rules"].split()), figures, line["note"])


@cache
def catalog_rules() -> dict[str, list[tuple[PolicyVersion, Rule]]]:
    """Return every edition of every shipped rule by "policy:rule"."""
    found: dict[str, list[tuple[PolicyVersion, Rule]]] = {}
    for policy in load_catalog(resource_root()).policies:
        for versions in policy.versions.values():
            for version in versions:
                for rule in version.rules:
                    found.setdefault(f"{policy.id}:{rule.id}", []).append((version, rule))
    return found


def said(version: PolicyVersion, rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield the figures of one edition of a rule as the table writes them."""
    window: Any = getattr(rule, "window", None)
    if window is not None:
        months = f"{window.months}m" if window.months else f"{window.days}d"
        yield "window", months if window.type == "rolling" else window.type
    for name, value in _plain(rule):
        yield name, f"{value:g}" if isinstance(value, float) else str(value)
    yield from (("interval", f"{getattr(rule, name, 0)}{name[0]}") for name in ("months", "days"))
    yield "gap", f"{getattr(rule, 'gap_months', 0)}m"
    yield "course", f"{getattr(rule, 'course_months', 0)}m"
    yield "from", str(rule.effective_from or version.effective_from)
    yield "to", str(rule.effective_to)


def _plain(rule: Rule) -> Iterator[tuple[str, Any]]:
    names = {
        "limit": "limit", "per": "per", "percent": "percent", "relief": "relief_months", "needs": "needs",
        "valid": "valid_days", "modifier": "modifier", "improved": "improved_percent",
    }  # fmt: skip
    yield from ((short, getattr(rule, name)) for short, name in names.items() if hasattr(rule, name))
    early = getattr(rule, "early", None)
    if early is not None:
        yield "early", early.days
    yield "single_use", "yes" if getattr(rule, "single_use", False) else "no"
    yield "without_kx", "yes" if getattr(rule, "without_kx", False) else "no"
    yield "next_day", "yes" if getattr(rule, "next_day_joins", False) else "no"
    yield from (("codes", code) for code in getattr(rule, "codes", ()))
    yield from (("places", place) for place in rule.places)


def test_that_the_table_has_every_row_once() -> None:
    assert [row.number for row in rows()] == list(ROWS)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.number} {row.about}")
def test_that_a_row_is_said_by_rules_or_has_a_reason(row: Row) -> None:
    missing = [name for name in row.rules if name not in catalog_rules()]
    editions = [each for name in row.rules for each in catalog_rules().get(name, ())]
    found = {figure for version, rule in editions for figure in said(version, rule)}
    wanted = {(name, value) for name, values in row.figures for value in values.split("+")}

    assert not missing
    assert row.rules or row.note
    assert not wanted - found


def best_grades() -> dict[str, Grade]:
    """Return by rule the best grade of the rows that name it."""
    found: dict[str, Grade] = {}
    for row in rows():
        for name in row.rules:
            found[name] = min(found.get(name, row.grade), row.grade, key=list(Grade).index)
    return found


@pytest.mark.parametrize(("name", "grade"), best_grades().items())
def test_that_a_rule_has_the_grade_of_its_rows(name: str, grade: Grade) -> None:
    wanted = READ_ELSEWHERE.get(name) or GRADED_BY_ITS_WEAKER_HALF.get(name) or grade

    assert {rule.evidence for _, rule in catalog_rules()[name]} == {wanted}


def test_that_a_grade_of_its_own_still_differs_from_that_of_the_rows() -> None:
    own = READ_ELSEWHERE | GRADED_BY_ITS_WEAKER_HALF

    assert {name: grade for name, grade in own.items() if best_grades()[name] is grade} == {}


def test_that_what_nobody_has_seen_in_writing_stays_recalled() -> None:
    remembered = {name for name, grade in best_grades().items() if grade is Grade.RECALLED}

    assert remembered
    assert {rule.evidence for name in remembered for _, rule in catalog_rules()[name]} == {Grade.RECALLED}
