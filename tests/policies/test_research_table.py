"""The research table of published rules itself against the shipped files: figure, unit, window, days, source, grade.

research_table.csv is the table as it was handed over; rules_table.csv names the rules that say a row. Whatever the files
say otherwise than a row stands in OTHERWISE with its reason, and a reason that has become needless fails too.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.policies.test_rules_table import catalog_rules, rows
from tracker.domain.policy import PolicyVersion
from tracker.domain.rule import Rule
from tracker.domain.verdict import Grade

TABLE = Path(__file__).parent / "research_table.csv"

GRADES = {"primary": Grade.PRIMARY, "summary": Grade.SUMMARY, "forum": Grade.REPORT, "memory": Grade.RECALLED}
FAMILIES = {
    "facet_injection": {"facet-injection"},
    "facet_cyst": {"facet-injection"},
    "facet_rfa": {"facet-ablation"},
    "esi": {"epidural"},
    "sij_injection": {"si-joint-injection"},
    "sij_rfa": {"si-joint-ablation"},
    "tpi": {"trigger-point"},
    "occipital": {"occipital-block"},
    "scs": {"scs-trial"},
    "genicular": {"genicular-block", "genicular-ablation"},
    "bvn": {"basivertebral-ablation"},
}
SCOPES = {
    "region": "region", "level": "level", "patient": "patient", "body region": "body-region", "cyst": "site",
    "level and side": "site", "side and level": "site", "joint": "site", "site": "site",
}  # fmt: skip
WINDOWS = {
    "rolling_12_months": "12 months", "12_months": "12 months", "12_months_undefined": "12 months",
    "year_undefined": "12 months", "unstated": "12 months", "rolling_6_months": "6 months",
    "6_months_undefined": "6 months", "4_months": "4 months", "3_months": "3 months",
    "anchored_12_months": "anchored-year", "lifetime": "lifetime", "course": "course",
}  # fmt: skip
"""The windows of the table; a year that the payer did not define is read as any 12 months, the stricter reading."""
COUNTS = ("max_sessions", "max_levels_per_session")

OTHERWISE: dict[str, str] = {
    "The table knows a copy, the file cites a contractor's own page or a government's.": """
        2 url, 2 grade, 4 url, 4 grade, 5 url, 5 grade, 9 url, 9 grade, 10 url, 10 grade, 11 url, 11 grade,
        12 url, 12 grade, 13 url, 13 grade, 14 url, 14 grade, 15 url, 15 grade, 16 url, 16 grade, 17 url, 17 grade,
        18 url, 18 grade, 43 url, 43 grade, 44 url, 44 grade, 45 url, 45 grade, 46 url, 46 grade, 47 url, 47 grade,
        217 url, 217 grade, 218 url, 218 grade, 221 url, 221 grade""",
    "One rule answers for several contractors or rows and cites one of their documents.": """
        49 url, 50 url, 62 url, 63 url, 65 url, 72 url, 74 url, 84 url, 102 url, 114 url, 115 url, 121 url, 134 url,
        155 url, 212 url, 213 url, 214 url, 216 url""",
    "A rule of which a half is less well documented has the grade and the source of that half.": """
        68 url, 68 grade, 81 url, 81 grade, 82 url, 82 grade, 216 grade""",
    "A level is compared on its side: what was done on the other side neither helps nor hinders.": """
        7 per, 8 per, 9 per, 10 per, 11 per, 12 per, 13 per, 14 per, 99 per, 101 per, 102 per, 125 per, 176 per,
        196 per, 199 per, 215 per, 216 per, 218 per, 220 per""",
    "Counted by region as the payer's other caps, and as the cases that were handed over hold.": """
        98 per, 118 per, 119 per, 124 per""",
    "The course of epidurals is that of a region; its relief is asked by the rule for repeats.": """
        56 per, 56 percent, 56 relief""",
    "A region of trigger points is a region of the body.": "113 per",
    "The pair of levels is joined by the version of that day, not by a rule.": "31 from, 31 url, 32 from, 32 url",
    "The day of the programme itself, not of these codes in it.": "81 from, 82 from, 84 from",
    "14 days are asked only after a failure, by the key for early repeats.": "50 days",
    "The interval is a rule of its own, named by the next row.": "98 months",
    "A course has no end that can be told from dates: everything on file, or 12 months as the cases hold.": """
        106 window, 115 window, 129 window, 141 window""",
    "The percent is asked before the ablation.": "105 percent",
    "The notice gives the value before without a day on which it began or ended; the next version ends it.": "119 to",
    "What is not on file has no day of its own.": "121 from",
    "Said in words, not refused: a new block is the other way.": "125 relief",
    "The plans follow the contractor's rules, by its days and documents.": """
        151 from, 151 url, 151 grade, 154 from, 154 url, 154 grade""",
    "The figure is one of conservative care, which the checklist asks; or the document says up to two.": """
        172 needs, 199 needs""",
    "Two positive blocks are asked before the treatment that follows them.": "172 intent, 170 intent, 68 intent",
    "What is remembered is remembered of the edition that began on that day.": "150 undated",
    "Genicular blocks are no ablation; how an ablation is done is not on file.": "104 family, 147 family",
}  # fmt: skip
"""Why the files say otherwise than a row: reason, then row and column."""


@cache
def research() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def excused() -> set[tuple[int, str]]:
    pairs = (pair.split() for text in OTHERWISE.values() for pair in text.split(",") if pair.strip())
    return {(int(number), column) for number, column in pairs}


def wanted(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a row asks of its rules, by column."""
    kind, value, scope = row["rule_kind"], row["value"], SCOPES.get(row["per"])
    if kind in COUNTS and value:
        yield "limit", value
    if kind == "max_sessions" and row["window"] in WINDOWS:
        yield "window", WINDOWS[row["window"]]
    if kind == "prerequisite" and value and any(word in row["unit"] for word in ("block", "MBB", "diagnostic inj")):
        yield "needs", value
    if scope and kind in ("max_sessions", "min_interval", "prior_response", "prerequisite"):
        yield "per", scope
    if row["min_interval"]:
        number, unit = row["min_interval"].split()
        yield ("days", str(int(number) * 7)) if unit == "weeks" else (unit, number)
    yield from ((name, f"{float(row[column]):g}") for name, column in FIGURES if row[column])
    yield from ((name, row[column]) for name, column in PLAIN if row[column])
    yield "grade", GRADES[row["grade"]].value


FIGURES = (("percent", "threshold_percent"), ("relief", "threshold_months"))
PLAIN = (("from", "effective_from"), ("to", "effective_to"), ("url", "source_url"))


def said(version: PolicyVersion, rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield what one edition of a rule says, in the words of `wanted`."""
    names = {"limit": "limit", "needs": "needs", "per": "per", "percent": "percent", "relief": "relief_months",
             "days": "days", "months": "months"}  # fmt: skip
    for name, key in names.items():
        value = getattr(rule, key, None)
        if value is not None:
            yield name, f"{value:g}" if isinstance(value, int | float) else str(value)
    window = getattr(rule, "window", None)
    if window is not None:
        yield "window", f"{window.months} months" if window.months else window.type
    yield "from", str(rule.effective_from or version.since.get(rule.id, version.effective_from))
    yield "to", str(rule.effective_to)
    yield "url", version.sources[rule.source].url
    yield "grade", rule.evidence.value


def missing(number: int) -> set[str]:
    """Return the columns of a row that none of its rules says."""
    row, editions = (
        research()[number - 2],
        [each for name in rows()[number - 2].rules for each in catalog_rules()[name]],
    )
    found = {pair for version, rule in editions for pair in said(version, rule)}
    columns = {column for column, value in wanted(row) if (column, value) not in found}
    return columns | set(_about(row, [rule for _, rule in editions])) | set(_undated(row, editions))


def _about(row: dict[str, str], rules: list[Rule]) -> Iterator[str]:
    families = {family.value for rule in rules for family in rule.families}
    if families and not FAMILIES.get(row["family"], set()) <= families:
        yield "family"
    intent = row["intent"].split()[0]
    intents = [{each.value for each in rule.intents} for rule in rules]
    if intent in ("diagnostic", "therapeutic") and not any(intent in each or not each for each in intents):
        yield "intent"
    if intent == "any" and all(len(each) == 1 for each in intents) and len(set.union(*intents)) == 1:
        yield "intent"


def _undated(row: dict[str, str], editions: list[tuple[PolicyVersion, Rule]]) -> Iterator[str]:
    """A day of a payer that the table does not know is no day of the files either; contractors' rows tell it elsewhere."""
    if not row["effective_from"] and not row["effective_to"] and row["payer"] != "Medicare (traditional)":
        if all(version.dated or rule.effective_from for version, rule in editions):
            yield "undated"


NUMBERS = [row.number for row in rows() if row.rules]


def test_that_the_two_tables_have_the_same_rows() -> None:
    assert len(research()) == len(rows())


@pytest.mark.parametrize("number", NUMBERS)
def test_that_the_files_say_what_the_row_says_or_have_a_reason(number: int) -> None:
    assert missing(number) == {column for row, column in excused() if row == number}
