"""What differs between two rule books, in sentences that name payer, days and figures."""

from __future__ import annotations

from datetime import date

import pytest

from tests.policies.packs import PAYERS, book_files, sessions_changed
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.policies.difference import differences
from tracker.policies.pack import pack_files
from tracker.policies.rule_path import PackPath


def book(files: dict[str, bytes]) -> PolicyCatalog:
    return load_catalog(PackPath(files))


def told(old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    return [f"{each.who} | {each.about} | {each.sentence()}" for each in differences(book(old), book(new))]


def test_that_a_book_does_not_differ_from_itself() -> None:
    shipped, again = load_catalog(resource_root()), load_catalog(resource_root())

    assert differences(shipped, again) == ()


def test_that_a_figure_is_told_with_both_values() -> None:
    assert told(book_files(limit=3), book_files(limit=4)) == [
        f"Invented Maple | Epidurals | Changed, from 01/01/2024: {sessions_changed(3, 4)}"
    ]


def test_that_a_new_version_concerns_only_its_days() -> None:
    assert told(book_files(), book_files(later=(date(2027, 3, 1), 2))) == [
        f"Invented Maple | Epidurals | Changed, from 03/01/2027: {sessions_changed(3, 2)}"
    ]


def test_that_a_version_put_off_concerns_the_days_between() -> None:
    old, new = book_files(later=(date(2027, 3, 1), 2)), book_files(later=(date(2027, 4, 1), 2))

    assert told(old, new) == [
        f"Invented Maple | Epidurals | Changed, 03/01/2027 to 03/31/2027: {sessions_changed(2, 3)}"
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("window = { months = 12 }", "window = { months = 6 }", "window months 12 → 6"),
        ("window = { months = 12 }", 'window = { type = "calendar-year" }', "window months 12 → none; window type"),
        ('evidence = "primary"', 'evidence = "recalled"', "evidence primary → recalled"),
        ('title = "Letter of the payer"', 'title = "Manual 2027"', "source “Letter of the payer” → “Manual 2027”"),
        ('per = "patient"', 'per = "region"\noutcome = "not_allowed"', "per patient → region"),
    ],
)
def test_that_what_changed_of_a_rule_is_named(before: str, after: str, said: str) -> None:
    new = book_files()
    name = "policies/maple/epidural.toml"
    new[name] = new[name].replace(before.encode(), after.encode())

    (sentence,) = told(book_files(), new)

    assert said in sentence


def test_that_rules_that_came_and_went_are_told_whole() -> None:
    name = "policies/maple/epidural.toml"
    more = book_files()
    more[name] += (
        b'[[version.rule]]\nid = "levels"\nkind = "max_levels"\nlimit = 2\nevidence = "primary"\nsource = "letter"\n'
    )
    sentence = "levels: At most 2 levels a session for epidurals, both sides of a level being one. Evidence: primary."

    assert told(book_files(), more) == [f"Invented Maple | Epidurals | Added, from 01/01/2024: {sentence}"]
    assert told(more, book_files()) == [f"Invented Maple | Epidurals | Removed, from 01/01/2024: {sentence}"]


def test_that_a_new_payer_is_told() -> None:
    new = book_files()
    new["payers.toml"] += (
        PAYERS.replace('"maple"\nname', '"oak"\nname').replace("Invented Maple", "Invented Oak").encode()
    )

    assert told(book_files(), new) == ["Invented Oak | Payer | Added: the payer"]


def test_that_a_payer_that_follows_other_rules_is_told() -> None:
    new = book_files()
    new["payers.toml"] = new["payers.toml"].replace(
        b'name = "Invented Maple"', b'name = "Invented Maple"\naliases = ["IM"]'
    )

    assert told(book_files(), new) == ["Invented Maple | Payer | Changed: aliases none → IM"]


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        (
            "checklists/bcbs-ma.toml",
            'lasting = "4 weeks"',
            'lasting = "6 weeks"',
            "BCBS Massachusetts | Checklist | Changed: item conservative-care satisfied by lasting",
        ),
        (
            "authorization/humana.toml",
            "by_code = true",
            "by_code = false",
            "Humana, through Cohere | Authorization | Changed: statement 1 scope by code yes → no",
        ),
        (
            "denial-codes.toml",
            'first_step = "Compare region and diagnosis, correct, send again."',
            'first_step = "Ask."',
            "Codes of denials and decisions | Codes | Changed: denials 11 first step “Compare region",
        ),
    ],
)
def test_that_what_changed_about_authorizations_is_named(name: str, before: str, after: str, said: str) -> None:
    shipped = pack_files(resource_root())
    new = shipped | {name: shipped[name].replace(before.encode(), after.encode())}

    (sentence,) = told(shipped, new)

    assert sentence.startswith(said)


def test_that_a_checklist_more_is_told() -> None:
    shipped = pack_files(resource_root())
    less = {name: content for name, content in shipped.items() if name != "checklists/bcbs-ma.toml"}

    assert told(less, shipped) == ["BCBS Massachusetts | Checklist | Added: the whole file"]


def test_that_a_change_for_some_contractors_names_them() -> None:
    shipped = load_catalog(resource_root())
    files = pack_files(resource_root())
    name = "policies/medicare/facet.toml"
    files[name] = files[name].replace(b"limit = 4", b"limit = 5", 1)

    changes = differences(shipped, book(files))

    assert {change.what.split(".")[0] for change in changes} == {"facet-diagnostic-sessions: limit 4 → 5"}
    assert [set(change.contractors) for change in changes if change.contractors] != []
    named = [contractor for change in changes for contractor in change.contractors]
    assert len(named) == len(set(named))
