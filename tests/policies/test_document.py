"""What docs/policy-files.md says is so: its files load, its case is answered as it says, and no key is left out."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from tracker.domain import billing_rules, rule_kinds
from tracker.domain.procedure import Approach, Family
from tracker.domain.rule import Rule, WindowSpec
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.policies.loader import build
from tracker.policies.procedures import Payer
from tracker.policies.schema import PolicyIn, SourceIn, VersionIn
from tracker.policies.toml_file import Problems
from tracker.services.rule_library.case_reading import read_case
from tracker.services.rule_library.cases import answer_cases
from tracker.services.rule_library.expectation import differences

DOCUMENT = (Path(__file__).parents[2] / "docs" / "policy-files.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", DOCUMENT, re.DOTALL)
EXAMPLES = [text for form, text in BLOCKS if form == "toml" and text.startswith("[[version.rule]]")]
FRAME = """
id = "frame"
title = "Frame"
rules = "frame"
families = ["facet-injection", "facet-ablation", "epidural", "si-joint-injection"]

[sources.policy]
title = "Example"

[[version]]
name = "2026"
effective_from = 2026-01-01

"""
CLASSES = [*vars(rule_kinds).values(), *vars(billing_rules).values()]
KINDS = [each for each in CLASSES if isinstance(each, type) and issubclass(each, Rule)]


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """The folder of the document's own example."""
    payers, policy = (text for _, text in BLOCKS[:2])
    (tmp_path / "policies" / "example-plan").mkdir(parents=True)
    (tmp_path / "payers.toml").write_text(payers, encoding="utf-8")
    (tmp_path / "policies" / "example-plan" / "epidural.toml").write_text(policy, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=[tomllib.loads(text)["version"]["rule"][0]["id"] for text in EXAMPLES]
)
def test_that_an_example_of_the_document_loads(example: str) -> None:
    problems = Problems()

    build(tomllib.loads(FRAME + example), "example", problems)

    assert problems.found == []


def test_that_there_is_an_example_of_every_kind() -> None:
    shown = {tomllib.loads(text)["version"]["rule"][0]["kind"] for text in EXAMPLES}

    assert shown == {kind.__dataclass_fields__["kind"].default for kind in KINDS if kind is not Rule}


def test_that_the_whole_file_of_the_document_answers_its_case(layer: Path) -> None:
    (text,) = (text for form, text in BLOCKS if form == "json")

    (answer,) = answer_cases(text, "the document", load_catalog(resource_root(), layer))

    case = json.loads(text)[0]
    assert differences(case["expect"], answer, read_case(case, 1)[1]) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Rule], ids=lambda kind: kind.__name__)
def test_that_every_key_of_a_kind_is_explained(kind: type[Rule]) -> None:
    name = kind.__dataclass_fields__["kind"].default
    section = DOCUMENT.split(f"### {name}: ")[1].split("\n### ")[0].split("\n## ")[0]
    shared = {field.name for field in fields(Rule)} | {"kind"}

    missing = [field.name for field in fields(kind) if field.name not in shared and f"`{field.name}`" not in section]

    assert missing == []


def test_that_every_other_key_is_explained() -> None:
    models = {*PolicyIn.model_fields, *VersionIn.model_fields, *SourceIn.model_fields} - {"version", "rule", "sources"}
    classes = {field.name for each in (Rule, Payer, WindowSpec) for field in fields(each) if field.init} - {"type"}

    missing = [key for key in sorted(models | classes) if f"`{key}`" not in DOCUMENT and f"[{key}]" not in DOCUMENT]

    assert missing == []


def test_that_every_family_and_approach_is_named() -> None:
    assert [each for each in (*Family, *Approach) if f"`{each.value}`" not in DOCUMENT] == []


def example_of(rule: str) -> str:
    """Return the example that has the rule."""
    (text,) = (text for text in EXAMPLES if f'id = "{rule}"' in text)
    return text


def asked(layer: Path, rules: str, payer: str, place: str, earlier: int) -> dict[str, Any]:
    """Return the answer for one more epidural after so many in the last months, by the frame with these rules."""
    frame = FRAME.replace('rules = "frame"', 'rules = "example-plan"')
    (layer / "policies" / "example-plan" / "epidural.toml").write_text(frame + rules, encoding="utf-8")
    epidural = {"family": "epidural", "intent": "therapeutic", "approach": "interlaminar", "targets": ["L4-L5"]}
    case = {
        "id": "asked",
        "as_of": "2026-11-27",
        "coverage": [{"payer": payer, "plan": None, "from": None, "to": None, "order": 1}],
        "site": {"state": "KY", "place_of_service": place, "facility": "Clinic"},
        "history": [{"id": f"h{n}", "date": f"2026-0{n}-10", **epidural} for n in range(1, earlier + 1)],
        "authorizations": [],
        "proposed": {"date": "2026-12-15", **epidural},
    }
    (answer,) = answer_cases(json.dumps([case]), "the document", load_catalog(resource_root(), layer))
    return answer


@pytest.mark.parametrize(
    ("payer", "earlier", "refused"),
    [
        ("example-plan", 3, False),
        ("example-plan", 4, True),
        ("example-plan-gold", 5, False),
        ("example-plan-gold", 6, True),
    ],
)
def test_that_a_plan_that_is_a_payer_of_its_own_may_have_more(
    layer: Path, payer: str, earlier: int, refused: bool
) -> None:
    (gold,) = (text for _, text in BLOCKS if text.startswith("[[payer]]\n") and '"example-plan-gold"' in text)
    with (layer / "payers.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + gold)

    answer = asked(layer, example_of("epidural-sessions-gold"), payer, "11", earlier)

    assert ("over_limit" in {each["code"] for each in answer["findings"]}) is refused


@pytest.mark.parametrize(("place", "wanted"), [("11", False), ("24", False), ("19", True), ("22", True)])
def test_that_an_approval_is_wanted_only_at_the_places_named(layer: Path, place: str, wanted: bool) -> None:
    answer = asked(layer, example_of("epidural-authorization-hospital"), "example-plan", place, 0)

    assert ("authorization" in {each["code"] for each in answer["findings"]}) is wanted
