"""Rule files laid over the shipped ones, to try them with `injection-tracker check --rules`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tracker.cli import main
from tracker.domain.errors import PolicyFileError
from tracker.paths import resource_root
from tracker.policies import load_catalog

PLANS = Path(__file__).parent / "plans"

PAYER = '[[payer]]\nid = "aetna"\nname = "Aetna of this clinic"\nrules = "own"\n'
POLICY = """
id = "own"
title = "Own"
rules = "own"
families = ["epidural"]

[sources.letter]
title = "Letter of the payer"

[[version]]
name = "letter"
effective_from = 2026-01-01

[[version.rule]]
id = "four"
kind = "max_count"
limit = 4
per = "region"
window = { months = 12 }
evidence = "primary"
source = "letter"
"""

TERMS = """
id = "own"
title = "Own"
payers = ["aetna"]

[sources.letter]
title = "Letter of the payer"

[[statement]]
evidence = "primary"
source = "letter"
standard = { within = "5 business days" }
"""


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """A folder with one payer and one policy of the clinic's own."""
    (tmp_path / "policies" / "own").mkdir(parents=True)
    (tmp_path / "payers.toml").write_text(PAYER, encoding="utf-8")
    (tmp_path / "policies" / "own" / "own.toml").write_text(POLICY, encoding="utf-8")
    return tmp_path


def refusal(layer: Path) -> str:
    """Return why the layer is refused, as it is told."""
    with pytest.raises(PolicyFileError) as refused:
        load_catalog(resource_root(), layer)
    return refused.value.sentence()


def test_that_a_payer_of_the_layer_stands_for_the_shipped_one(layer: Path) -> None:
    catalog = load_catalog(resource_root(), layer)

    payer = catalog.payer("aetna")
    assert payer is not None
    assert payer.name == "Aetna of this clinic"
    assert len(catalog.payers) == len(load_catalog(resource_root()).payers)


def test_that_a_layer_cannot_speak_again_of_what_is_shipped(layer: Path) -> None:
    path = layer / "policies" / "own" / "own.toml"
    path.write_text(POLICY.replace('rules = "own"', 'rules = "aetna"'), encoding="utf-8")

    assert "epidural of aetna is in aetna-epidural already" in refusal(layer)


def test_that_a_payer_without_its_policy_is_told(layer: Path) -> None:
    (layer / "policies" / "own" / "own.toml").unlink()

    assert "payer aetna, rules: no policy is called own" in refusal(layer)


def test_that_a_policy_of_the_layer_that_no_payer_follows_is_told(layer: Path) -> None:
    stray = POLICY.replace('id = "own"', 'id = "stray"').replace('rules = "own"', 'rules = "onw"')
    (layer / "policies" / "own" / "stray.toml").write_text(stray, encoding="utf-8")

    assert "policy stray: rules: no payer of payers.toml follows onw." in refusal(layer)


def test_that_a_mistake_in_the_authorization_files_of_the_layer_is_told(layer: Path) -> None:
    (layer / "authorization").mkdir()
    (layer / "authorization" / "own.toml").write_text(TERMS.replace("business ", ""), encoding="utf-8")

    assert "own.toml: statement 1, standard, within: must be a length such as" in refusal(layer)


def test_that_right_authorization_files_of_the_layer_are_taken(layer: Path) -> None:
    (layer / "authorization").mkdir()
    (layer / "authorization" / "own.toml").write_text(TERMS, encoding="utf-8")

    standard = load_catalog(resource_root(), layer).terms_for("aetna", "KY", date(2026, 11, 23)).standard

    assert standard is not None
    assert standard.source.title == "Letter of the payer"


def test_that_check_answers_by_the_rules_to_try(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", "--rules", str(PLANS), str(PLANS / "cases" / "plan-calendar.json")])

    answers = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [answer["policy"][0]["id"] for answer in answers] == ["plan-calendar"] * len(answers)


def test_that_check_tells_a_mistake_in_the_rules_to_try(layer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = layer / "policies" / "own" / "own.toml"
    path.write_text(POLICY.replace("limit = 4", "limit = 0"), encoding="utf-8")

    code = main(["check", "--rules", str(layer), str(PLANS / "cases" / "plan-calendar.json")])

    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert "own.toml: version letter, rule four: limit must be 1 or more, not 0" in told.err
    assert "payers.toml" not in told.err


def test_that_check_tells_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", "--rules", str(tmp_path / "nowhere"), str(PLANS / "cases" / "plan-calendar.json")])

    assert code == 2
    assert "is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("payer", "told"),
    [
        ('id = "mine"\nname = "Mine"\naliases = ["AETNA Inc."]', ""),
        ('id = "mine"\nname = "Mine"\naliases = ["humana"]', "“humana” is a name of Humana (humana) already"),
        ('id = "mine"\nname = "HUMANA."', "“HUMANA.” is a name of Humana (humana) already"),
        ('id = "humana"\nname = "Humana"', ""),
        ('id = "Mine"\nname = "Mine"', "payer Mine, id: may have small letters, digits and hyphens only."),
        ('id = "my plan"\nname = "Mine"', "payer my plan, id: may have small letters, digits and hyphens only."),
        ('id = " "\nname = "Mine"', "id: may have small letters, digits and hyphens only."),
        ('id = "mine"\nname = " "', "payer mine, name: is empty; write the name, or leave it out."),
        ('id = "mine"\nname = "Mine"\naliases = [""]', "aliases 1: is empty; write the name, or leave it out."),
    ],
)
def test_that_a_payer_has_an_id_and_names_of_its_own(layer: Path, payer: str, told: str) -> None:
    with (layer / "payers.toml").open("a", encoding="utf-8") as payers:
        payers.write(f"\n[[payer]]\n{payer}\n")
    if not told:
        assert load_catalog(resource_root(), layer).payer("aetna") is not None
    else:
        assert told in refusal(layer)


def test_that_two_payers_of_one_file_share_no_name(layer: Path) -> None:
    with (layer / "payers.toml").open("a", encoding="utf-8") as payers:
        payers.write(
            '\n[[payer]]\nid = "one"\nname = "One"\n\n[[payer]]\nid = "two"\nname = "Two"\naliases = ["ONE"]\n'
        )

    assert "payer two: “ONE” is a name of One (one) already; give it to one of them only." in refusal(layer)


def test_that_many_mistakes_are_told_a_line_each(layer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = layer / "policies" / "own" / "own.toml"
    path.write_text(POLICY.replace("limit = 4", "limt = 4"), encoding="utf-8")
    (layer / "cases.json").write_text("[]", encoding="utf-8")

    assert main(["check", "--rules", str(layer), str(layer / "cases.json")]) == 2

    lines = capsys.readouterr().err.splitlines()
    rule = "policies/own/own.toml: version letter, rule four"
    assert lines[0] == "Rule files have 2 mistakes."
    assert f"{rule}, limit: is missing." in lines
    assert f"{rule}, limt: is not a key of this table; look at its spelling." in lines
    assert lines[-1].startswith("Correct them.")


FOUR = ("2026-01-05", "2026-03-02", "2026-05-04", "2026-07-06")


def a_case(done: int, expect: dict[str, object] | None) -> dict[str, object]:
    """Return a question about an epidural of Aetna by the rules of the layer, so many having been done."""
    event = {"family": "epidural", "intent": "therapeutic", "approach": "transforaminal", "targets": ["L4-L5 left"]}
    case: dict[str, object] = {
        "id": f"after-{done}",
        "as_of": "2026-11-01",
        "coverage": [{"payer": "aetna", "plan": "PPO", "from": None, "to": None, "order": 1,
                      "authorization_required": False}],
        "site": {"state": "KY", "place_of_service": "11", "facility": "Clinic"},
        "history": [{"id": f"h{n}", "date": day, **event} for n, day in enumerate(FOUR[:done])],
        "authorizations": [],
        "proposed": {"date": "2026-11-23", **event},
    }  # fmt: skip
    return case if expect is None else case | {"expect": expect}


def compared(layer: Path, capsys: pytest.CaptureFixture[str], *cases: dict[str, object]) -> tuple[int, list[str]]:
    (layer / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    code = main(["check", "--compare", "--rules", str(layer), str(layer / "cases.json")])
    return code, capsys.readouterr().out.splitlines()


def test_that_compare_is_silent_where_every_answer_is_as_expected(
    layer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = (a_case(3, {"outcome": "caution"}), a_case(4, {"outcome": "not_allowed", "earliest": "2027-01-06"}))

    assert compared(layer, capsys, *right) == (0, [])


def test_that_compare_prints_only_what_differs(layer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = a_case(3, {"outcome": "caution"}), a_case(4, {"outcome": "allowed", "earliest": "2026-11-23"})

    assert compared(layer, capsys, right, wrong) == (
        1,
        [
            "after-4: outcome: expected allowed, got not_allowed.",
            "after-4: earliest: expected 2026-11-23, got 2027-01-06.",
        ],
    )


def test_that_compare_tells_a_case_that_expects_nothing(layer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compared(layer, capsys, a_case(4, None)) == (
        1,
        ["after-4: expect is missing, so there is nothing to compare."],
    )
