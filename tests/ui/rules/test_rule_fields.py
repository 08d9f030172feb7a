"""The form of a rule loses nothing: what stands in its fields is the whole rule, for every rule on file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date

import pytest

from tests.fixtures import TODAY
from tracker.domain.anatomy import SpinePart
from tracker.domain.billing_rules import Modifier, NeedsAuthorization
from tracker.domain.errors import InvalidEntryError
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.rule import Rule, Scope, Unit, Which, WindowSpec
from tracker.domain.rule_kinds import (
    Advice,
    EarlyRepeat,
    MaxCount,
    MaxLevels,
    NotCovered,
    OneRegion,
    Repeat,
    Requires,
    SameDay,
    Unless,
)
from tracker.domain.verdict import FindingCode, Grade, Outcome
from tracker.policies import PolicyCatalog
from tracker.policies.rule_text import read_rule, rule_text
from tracker.rules.sentences import sentence
from tracker.ui.rules.field_table import FIELDS, fields_of
from tracker.ui.rules.rule_fields import read, rule_with
from tracker.ui.rules.rule_terms import contractors_of

BLOCKS = Which((Family.FACET_INJECTION,), (Intent.DIAGNOSTIC,), (Approach.MEDIAL_BRANCH,))
OTHERS = Which((Family.EPIDURAL, Family.TRIGGER_POINT), (), (Approach.CAUDAL, Approach.INTERLAMINAR))
CONTRACTORS = contractors_of({"cgs": "CGS", "ngs": "NGS", "noridian-je": "Noridian JE", "noridian-jf": "Noridian JF"})
COMMON = {
    "id": "everything",
    "families": (Family.SI_INJECTION, Family.FACET_INJECTION),
    "intents": (Intent.THERAPEUTIC,),
    "approaches": (Approach.INTRA_ARTICULAR, Approach.CYST),
    "evidence": Grade.SUMMARY,
    "source": "policy",
    "contractors": ("ngs", "cgs"),
    "states": ("WV", "OH"),
    "places": ("24", "61"),
    "effective_from": date(2026, 2, 1),
    "effective_to": date(2027, 2, 28),
}
FULL: Mapping[type[Rule], Mapping[str, object]] = {
    MaxCount: {
        "limit": 7,
        "unit": Unit.SESSION,
        "per": Scope.REGION,
        "window": WindowSpec(days=180),
        "counts": BLOCKS,
        "code": FindingCode.NOT_COVERED,
        "merge_sides_months": 1,
        "improved_percent": 50.5,
        "former_payers": "ignore",
        "outcome": Outcome.UNKNOWN,
        "text": "With a letter.",
    },
    Repeat: {
        "per": Scope.LEVEL,
        "after": OTHERS,
        "days": 14,
        "percent": 49.5,
        "relief_months": 0.5,
        "early": EarlyRepeat(10),
    },
    Requires: {
        "per": Scope.REGION,
        "first": OTHERS,
        "of": BLOCKS,
        "needs": 2,
        "percent": 80,
        "relief_months": 1.5,
        "last": False,
        "void_after_months": 12,
        "apart_days": 7,
    },
    MaxLevels: {"limit": 3, "per_side": True, "contiguous": True, "outcome": Outcome.CAUTION, "text": "With a letter."},
    OneRegion: {"among": OTHERS, "outcome": Outcome.UNKNOWN},
    SameDay: {"clashes": OTHERS, "per": Scope.SITE, "outcome": Outcome.CAUTION, "text": "One a visit."},
    NotCovered: {"text": "Not paid.", "both_sides": True, "spine": (SpinePart.THORACIC, SpinePart.CERVICAL)},
    Advice: {
        "text": "Ask for it.",
        "per": Scope.PATIENT,
        "after": Which(),
        "percent": 50,
        "relief_months": 3,
        "gap_months": 24,
        "course_months": 36,
        "unless": Unless(BLOCKS, 2, 80),
        "for_authorization": True,
        "outcome": Outcome.UNKNOWN,
    },
    NeedsAuthorization: {
        "programme": "wiser",
        "codes": ("64493", "64494"),
        "voluntary": True,
        "valid_days": 90,
        "single_use": True,
        "reviewer": "eviCore",
        "text": "By portal.",
    },
    Modifier: {"modifier": "KX"},
}
OF_THE_AIM = {"payers", "plans", "not_plans"}
"""For whom a rule is, the form asks in fields of its own."""
OF_THE_CLINIC = {"id", "kind", "source", "section"}
"""What the clinic's own rule is called, and its document: the clinic itself."""


EXCLUDED = {"next_day_joins", "months", "unit", "needed", "without_kx", "of_body"}
"""What says nothing beside the other keys, or must not stand beside them."""


def full(kind: type[Rule]) -> Rule:
    """Return a rule of the kind in which every key says something."""
    return kind(**{**COMMON, **FULL[kind]})  # type: ignore[arg-type]  # the keys of the kind


def typed(rule: Rule) -> dict[str, object]:
    return {field.key: read(rule, field) for field in fields_of(rule, CONTRACTORS)}


def again(rule: Rule, **changed: object) -> Rule:
    values = typed(rule) | {key.replace("__", "."): value for key, value in changed.items()}
    return rule_with(rule, values, TODAY, fields_of(rule, CONTRACTORS))


def shipped(catalog: PolicyCatalog) -> Iterator[Rule]:
    for policy in catalog.policies:
        for versions in policy.versions.values():
            for version in versions:
                yield from version.rules


def test_that_every_shipped_rule_saved_unchanged_is_the_same_rule(catalog: PolicyCatalog) -> None:
    rules = {rule_text(rule): rule for rule in shipped(catalog)}

    assert len(rules) > 150
    for rule in rules.values():
        saved = again(rule)
        assert saved == rule
        assert read_rule(rule_text(saved), "saved") == rule


@pytest.mark.parametrize("kind", FIELDS)
def test_that_a_rule_in_which_every_key_says_something_is_saved_whole(kind: type[Rule]) -> None:
    rule = full(kind)
    silent = [each.name for each in fields(kind) if each.init and getattr(rule, each.name) == each.default]

    assert set(silent) <= OF_THE_AIM | OF_THE_CLINIC | EXCLUDED
    assert again(rule) == rule


def test_that_keys_that_exclude_each_other_are_saved_too() -> None:
    joins = replace(full(MaxCount), merge_sides_months=0, next_day_joins=True, window=WindowSpec(type="anchored-year"))
    months = replace(full(Repeat), days=0, months=6)
    none_needed = replace(full(NeedsAuthorization), needed=False, voluntary=False)
    by_claim, of_body = with_unmarked_blocks(full(MaxCount)), of_the_body(full(OneRegion))

    assert again(by_claim) == by_claim
    assert again(of_body) == of_body
    assert again(joins) == joins
    assert again(months) == months
    assert again(none_needed) == none_needed


@pytest.mark.parametrize("kind", FIELDS)
def test_that_every_key_of_a_policy_file_has_its_field(kind: type[Rule]) -> None:
    rule = full(kind)
    tables = {field.key.partition(".")[0] for field in fields_of(rule, CONTRACTORS)}
    known = {"interval": {"days", "months"}, "about": {"families", "intents", "approaches"}}
    covered = {key for table in tables for key in known.get(table, {table})}

    assert {each.name for each in fields(kind) if each.init} - covered == OF_THE_AIM | OF_THE_CLINIC


@pytest.mark.parametrize("kind", FIELDS)
def test_that_every_field_is_told_in_the_sentence(kind: type[Rule]) -> None:
    """What one types is seen in plain words before it is saved; only how well it is known stands elsewhere."""
    whole = full(kind)
    told = sentence(whole)
    for field in fields(kind):
        if field.init and field.name not in OF_THE_AIM | OF_THE_CLINIC | {"evidence"}:
            other = next(each for each in others(whole, field.name))
            assert sentence(other) != told, field.name


def with_unmarked_blocks(rule: Rule) -> Rule:
    return replace(rule, counts=Which((Family.FACET_INJECTION,), (Intent.THERAPEUTIC,)), without_kx=True)  # type: ignore[call-arg]  # of a count


def of_the_body(rule: Rule) -> Rule:
    """Return the rule about trigger points, and regions of the body."""
    return replace(rule, families=(Family.TRIGGER_POINT,), intents=(), approaches=(), among=None, of_body=True)  # type: ignore[call-arg]  # of a rule about regions


def others(rule: Rule, name: str) -> Iterator[Rule]:
    """Yield the rule with another value of one key."""
    value = getattr(rule, name)
    for wanted in (
        *([not value] if isinstance(value, bool) else []),
        *([value + 1] if isinstance(value, int | float) and not isinstance(value, bool) else []),
        *([value[:-1]] if isinstance(value, tuple) else []),
        *(each for each in (*Scope, *Unit, Outcome.CAUTION, Outcome.UNKNOWN) if type(each) is type(value)),
        *({"code": [FindingCode.OVER_LIMIT], "former_payers": ["count"], "programme": ["payer"]}.get(name, [])),
        *([date(2026, 6, 1)] if isinstance(value, date) else []),
        *([Which((Family.SCS_TRIAL,))] if isinstance(value, Which) else []),
        *({"window": [WindowSpec(months=5)], "early": [None], "unless": [None]}.get(name, [])),
        *([f"{value} Other."] if type(value) is str else []),
    ):
        if wanted != value:
            try:
                yield replace(rule, **{name: wanted})
            except ValueError:
                continue
    if name == "months":
        yield replace(rule, months=6, days=0)
    if name == "needed":
        yield replace(rule, needed=False, voluntary=False)
    if name == "without_kx":
        yield with_unmarked_blocks(rule)
    if name == "of_body":
        yield of_the_body(rule)
    if name == "next_day_joins":
        yield replace(rule, next_day_joins=True, merge_sides_months=0)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("facet inj", Which((Family.FACET_INJECTION,))),
        ("Facet Injections, diag", Which((Family.FACET_INJECTION,), (Intent.DIAGNOSTIC,))),
        ("epidural,  caudal ,interl", Which((Family.EPIDURAL,), (), (Approach.CAUDAL, Approach.INTERLAMINAR))),
        ("trigger-point,", Which((Family.TRIGGER_POINT,))),
        ("epidurals, epidurals", Which((Family.EPIDURAL,))),
        ("anything", Which()),
        ("", None),
    ],
)
def test_that_procedures_are_read_as_one_types_them(words: str, meant: Which | None) -> None:
    assert again(full(Repeat), after=words) == replace(full(Repeat), after=meant)


@pytest.mark.parametrize(
    ("kind", "key", "words", "about", "told"),
    [
        (Repeat, "after", "facet", "after", "“facet” may be facet injections or facet ablations. Type more of it."),
        (Repeat, "after", "botox", "after", "“botox” is no procedure, intent or approach."),
        (Repeat, "about", "", "about", "Say which procedures are meant. Type it."),
        (Repeat, "states", "OH, ZZ", "states", "“ZZ” is no state. Type OH, KY."),
        (Repeat, "places", "211", "places", "“211” is no place of service. Type 11, 22."),
        (Repeat, "contractors", "cgs, acme", "contractors", "“acme” is no contractor of this payer."),
        (Repeat, "early__days", "x", "early.days", "“x” is no figure."),
        (Repeat, "percent", "101", "percent", "Percent must be 0 to 100, not 101."),
        (Repeat, "percent", "nan", "percent", "It must be a number from 0 to 9999."),
        (Repeat, "interval", "99999", "interval", "It must be a number from 0 to 9999."),
        (SameDay, "clashes", "", "clashes", "Say which procedures are meant."),
        (Requires, "of", "", "of", "Say which procedures are meant."),
        (Requires, "needs", "1", "apart_days", "“Days apart” wants needs of 2 or more."),
        (NotCovered, "spine", "pelvis", "spine", "“pelvis” is no part of the spine."),
        (NotCovered, "text", "", "text", "The sentence is missing."),
        (
            Advice,
            "after",
            "",
            "after",
            "Percent, “For months”, “Gap of months”, “Course months” and unless need after.",
        ),
        (Advice, "unless__of", "", "unless.of", "Say which results are meant, or leave their figures empty."),
        (Advice, "unless__needs", "", "unless.needs", "Say how many of these results are meant."),
        (Advice, "unless__percent", "101", "unless.percent", "Percent must be 0 to 100, not 101."),
        (NeedsAuthorization, "codes", "", "codes", "The codes are missing."),
        (Modifier, "modifier", "", "modifier", "The modifier is missing."),
    ],
)
def test_that_a_mistake_is_told_in_a_sentence_at_its_field(
    kind: type[Rule], key: str, words: str, about: str, told: str
) -> None:
    with pytest.raises(InvalidEntryError) as raised:
        again(full(kind), **{key: words})

    assert raised.value.about == about
    assert raised.value.sentence().startswith(told)
