"""Mistakes in a policy file: each is told with file, place and remedy, in words for people who do not program."""

from __future__ import annotations

import tomllib

import pytest

from tracker.policies.loader import build
from tracker.policies.toml_file import Problems

GOOD = """
id = "own"
title = "Own"
rules = "own"
families = ["epidural", "facet-injection"]

[sources.letter]
title = "Letter of the payer"

[[version]]
name = "letter"
effective_from = 2026-01-01

[[version.rule]]
id = "four"
kind = "max_count"
families = ["epidural"]
limit = 4
per = "region"
window = { months = 12 }
evidence = "primary"
source = "letter"

[[version.rule]]
id = "first"
kind = "requires"
families = ["facet-injection"]
of = { families = ["epidural"] }
needs = 1
percent = 50
evidence = "primary"
source = "letter"
"""
RULE = "own.toml: version letter, rule four"
FIRST = "own.toml: version letter, rule first"
FAMILIES = 'families = ["epidural", "facet-injection"]'
WITHOUT_RULE = '[[version]]\nname = "bare"\neffective_from = 2025-01-01\n\n[[version]]\nname = "letter"'
MISTAKES = [
    ("limit = 4", "limt = 4", f"{RULE}, limt: is not a key of this table; look at its spelling."),
    ("limit = 4", "", f"{RULE}, limit: is missing."),
    ("limit = 4", "limit = 0", f"{RULE}: limit must be 1 or more, not 0; for none at all use kind not_covered."),
    ("limit = 4", 'limit = "4"', f"{RULE}, limit: must be a whole number."),
    ("limit = 4", 'limit = 4\ncode = "coding"', f"{RULE}: code must be over_limit or not_covered."),
    ('kind = "max_count"', "", f"{RULE}: has no kind."),
    ('"max_count"', '"max_cout"', f"{RULE}: kind must be one of 'max_count', 'repeat',"),
    (
        '"region"',
        '"place"',
        f"{RULE}, per: must be 'patient', 'region', 'level', 'site' or 'body-region', not 'place'.",
    ),
    ("{ months = 12 }", "12", f"{RULE}, window: must be a table in braces, such as {{ months = 12 }}."),
    ('{ families = ["epidural"] }', '["epidural"]', f"{FIRST}, of: must be a table in braces, such as {{ families"),
    ("months = 12", "months = 0", f"{RULE}, window: a window must be 1 or more months or days, not 0."),
    ("months = 12", "months = 12, days = 30", f"{RULE}, window: a rolling window has either months or days."),
    ("months = 12", 'type = "lifetime", days = 1', f"{RULE}, window: a lifetime window has no months or days"),
    ("limit = 4", "limit = 4\nimproved_percent = 101", f"{RULE}: improved_percent must be 0 to 100, not 101"),
    (
        "limit = 4",
        'limit = 4\nunit = "level"\nnext_day_joins = true',
        f"{RULE}: next_day_joins goes with sessions, and without merge_sides_months.",
    ),
    ("limit = 4", "limit = 1000", f"{RULE}: limit must be 999 or less, not 1000."),
    ("limit = 4", "limit = 4\nmerge_sides_months = -1", f"{RULE}: merge_sides_months must be 0 or more, not -1."),
    ("limit = 4", 'limit = 4\nplaces = ["office"]', f"{RULE}: places has “office”; write the two figures of a claim"),
    ("limit = 4", 'limit = 4\nstates = ["OH", "OH"]', f"{RULE}: states names something twice; leave one of them out."),
    ("limit = 4", "limit = 4\nplans = []", f"{RULE}, plans: is empty; name one or more, or leave the key out for all."),
    ("limit = 4", "limit = 4\nstates = []", f"{RULE}, states: is empty; name one or more, or leave the key out"),
    ("limit = 4", "limit = 4\nintents = []", f"{RULE}, intents: is empty; name one or more, or leave the key out"),
    ('{ families = ["epidural"] }', "{ families = [] }", f"{FIRST}, of, families: is empty; name one or more, or"),
    (
        "[sources.letter]",
        "[[sources.letter]]",
        "own.toml: sources, letter: is one table: write its heading with one pair",
    ),
    ("limit = 4", "limit = 4\nstates = {}", f"{RULE}, states: must be a list in square brackets."),
    (
        "limit = 4",
        "limit = 4\neffective_to = 9999-12-31",
        f"{RULE}: effective_to must lie between 1990 and 2099; leave it out where there is no such day.",
    ),
    ("months = 12", "months = 1201", f"{RULE}, window: a window must be 100 years or less, not 1201 months."),
    ('id = "four"', 'id = ""', "own.toml: version letter, rule , id: may have small letters, digits and hyphens only."),
    ('id = "four"', "id = { a = 1 }", "own.toml: version letter, rule 1, id: must be text in quotation marks."),
    (FAMILIES, "families = []", "own.toml: families: is empty; name one or more."),
    (
        FAMILIES,
        'families = ["epidural", "epidural"]',
        "own.toml: families: names a family twice; leave one of them out.",
    ),
    ("2026-01-01", "9999-12-31", "own.toml: version letter, effective_from: must lie between 1990 and 2099."),
    ("2026-01-01", "{}", "own.toml: version letter, effective_from: names no day."),
    ("limit = 4", 'limit = 4\nplans = [" "]', f"{RULE}: plans or not_plans has an empty name; leave it out."),
    ("limit = 4", 'limit = 4\nplans = "Gold"', f"{RULE}, plans: must be a list in square brackets."),
    (
        "percent = 50",
        "percent = 50\napart_days = 0",
        f"{FIRST}, apart_days: is 0, which asks for nothing; write 1 or more, or leave it out.",
    ),
    (
        'kind = "max_count"\nfamilies = ["epidural"]\nlimit = 4\nper = "region"\nwindow = { months = 12 }',
        'kind = "repeat"\nper = "region"\nmonths = 3\ndays = 0',
        f"{RULE}, days: is 0, which asks for nothing; write 1 or more, or leave it out.",
    ),
    ("needs = 1", "needs = 0", f"{FIRST}: needs must be 1 or more, not 0."),
    ("percent = 50", "percent = 101", f"{FIRST}: percent must be 0 to 100, not 101"),
    ("percent = 50", "percent = nan", f"{FIRST}: percent must be 0 to 100, not nan."),
    ("percent = 50", "percent = 50\nrelief_months = inf", f"{FIRST}: relief_months must be 1200 or less, not inf."),
    ('source = "letter"', 'source = "lettre"', f"{RULE}, source: lettre is not among [sources]."),
    ('id = "first"', 'id = "four"', "own.toml: version letter: rule four is there twice."),
    ('families = ["epidural"]\n', 'families = ["scs-trial"]\n', f"{RULE}, families: scs-trial is not among the"),
    ('[[version]]\nname = "letter"', WITHOUT_RULE, "own.toml: version bare: has no rule; write [[version.rule]] below"),
    ("2026-01-01", '"soon"', "own.toml: version letter, effective_from: must be a date such as 2024-07-07"),
    ("2026-01-01", '2026-01-01\nreplaces = "old"', "own.toml: version letter, replaces: old is no version above"),
    ("2026-01-01", '2026-01-01\ndrops = ["five"]', "own.toml: version letter, drops: five is no rule of"),
    ("2026-01-01", "{ cgs = 2026-01-01 }", "own.toml: version letter, effective_from: cgs is not among [contractors]."),
    ("[[version]]", "[version]", "own.toml: version: is a list of tables: write its heading with two pairs"),
    ('id = "own"', 'id = "My own"', "own.toml: id: may have small letters, digits and hyphens only."),
]


def told(text: str) -> list[str]:
    problems = Problems()
    build(tomllib.loads(text), "own.toml", problems)
    return problems.found


def test_that_a_right_file_has_no_mistake() -> None:
    assert told(GOOD) == []


@pytest.mark.parametrize(("right", "wrong", "words"), MISTAKES, ids=[words[9:] for _, _, words in MISTAKES])
def test_that_a_mistake_is_told_with_its_place(right: str, wrong: str, words: str) -> None:
    text = GOOD.replace(right, wrong, 1)

    assert text != GOOD
    assert [each for each in told(text) if each.startswith(words)], told(text)


def test_that_one_mistake_is_told_once() -> None:
    assert len(told(GOOD.replace("limit = 4", "limit = 0"))) == 1
    assert len(told(GOOD.replace("2026-01-01", '"soon"'))) == 1
    assert len(told(GOOD.replace(FAMILIES, "families = []"))) == 1
    assert len(told(GOOD.replace("limit = 4", "limit = 4\nplans = []"))) == 1


def test_that_an_empty_list_is_told_beside_other_mistakes() -> None:
    assert len(told(GOOD.replace("limit = 4", "limit = 0\nplans = []"))) == 2


def test_that_mistakes_of_two_rules_are_told_together() -> None:
    text = GOOD.replace("limit = 4", "limit = 0").replace("needs = 1", "needs = 0")

    assert len(told(text)) == 2
