"""The case files, answered as `injection-tracker check` does it; and what it says of files that it cannot use."""

from __future__ import annotations

import copy
import hashlib
import io
import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import cli
from tracker.domain.errors import InvalidCaseError
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services.rule_library.case_reading import read_case
from tracker.services.rule_library.cases import answer_cases
from tracker.services.rule_library.expectation import differences

FILES = sorted((Path(__file__).resolve().parents[2] / "cases").glob("*.json"))
CASES: list[dict[str, Any]] = [case for path in FILES for case in json.loads(path.read_text(encoding="utf-8"))]


HANDED_OVER = {
    "A_windows": "15645349daa1b7fe34ba5bed9981b86ed7cfd3e74601c9dd40551ee73b65f234",
    "B_sessions": "0638a92e560a532b02e1c92f7360b367430e956d1494421730df7e9002e0bd46",
    "C_intervals": "b588642b1fa904d68f7b9116ac9ba8a23970be3c0c72a2cfd7cd80a2b045aa0e",
    "D_payers": "5dcbc3b43fbbc4faefe8da9583a74c14766a3d80ff7747a398059245bde53d1c",
    "E_history": "311230991a3a41b5de391d1b8b35318bd951960b4ac98f6e90b4222f29782082",
    "F_coding": "6871413af9704104622977f295288377b7b39fbfa52ec81247375024ebae65da",
    "G_authorizations": "6dcc6aab708262a4d644fd92ce4f28fc2a3c1fcf9eb6ab2b8c10f8e9f73fe6b9",
}
"""The SHA-256 sums of the case files that came with the task; ours stand in files of their own (P and R)."""


@cache
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_that_the_case_is_answered_rightly(case: dict[str, Any]) -> None:
    answer = answer_cases(json.dumps([case]), "the case", catalog())[0]

    assert answer["id"] == case["id"]
    assert differences(case["expect"], answer, read_case(case, 1)[1]) == [], answer["findings"]


def test_that_the_cases_that_were_handed_over_are_unchanged() -> None:
    sums = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in FILES if path.stem in HANDED_OVER}

    assert sums == HANDED_OVER


def test_that_no_two_cases_have_one_name() -> None:
    assert [name for name, count in Counter(case["id"] for case in CASES).items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that_the_command_answers_every_file(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["check", str(path)])

    said = capsys.readouterr()
    assert (code, said.err) == (0, "")
    assert [answer["id"] for answer in json.loads(said.out)] == [
        case["id"] for case in json.loads(path.read_text(encoding="utf-8"))
    ]


def test_that_standard_input_is_read_for_a_dash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(CASES[:1]).encode())))

    assert cli.main(["check", "-"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == CASES[0]["id"]


def test_that_an_answer_has_every_key_of_the_format() -> None:
    answer = answer_cases(json.dumps(CASES[:1]), "the case", catalog())[0]

    assert set(answer) == {"id", "outcome", "earliest", "findings", "codes", "levels", "policy"}
    keys = {"code", "outcome", "rule", "message", "counted", "limit", "window", "clears_on", "source"}
    assert keys <= set(answer["findings"][0])
    assert {"title", "url", "effective_from"} <= set(answer["findings"][0]["source"])


def test_that_answers_do_not_depend_on_their_neighbours() -> None:
    alone = [answer_cases(json.dumps([case]), "", catalog())[0] for case in CASES[:40]]

    assert answer_cases(json.dumps(CASES[:40]), "", catalog()) == alone


# --- files that cannot be used ----------------------------------------------------------------------------------------


def a_case() -> dict[str, Any]:
    """Return a case in which every part of the format is used."""
    case = next(copy.deepcopy(case) for case in CASES if case["id"] == "G1")
    case["settings"] = {"anniversary_day_free": False}
    case["proposed"]["codes"] = [{"code": "64483", "modifiers": ["LT"], "units": 1}]
    case["missing_documents"] = ["imaging report"]
    case["history"] = [
        {
            "id": "h1", "date": "2026-01", "status": "performed", "family": "epidural", "intent": "therapeutic",
            "approach": "transforaminal", "targets": ["L4-L5 left"], "region": None, "payer": None,
            "where": "elsewhere", "evidence": "claim", "relief_percent": 60, "relief_months": 3,
        }
    ]  # fmt: skip
    case["authorizations"][0]["lines"][0]["targets"] = ["L5-S1 left"]
    return case


def refusal(case: Any) -> str:
    with pytest.raises(InvalidCaseError) as refused:
        answer_cases(json.dumps([case]), "the file", catalog())
    return refused.value.sentence()


def test_that_the_case_with_everything_in_it_is_answered() -> None:
    assert answer_cases(json.dumps([a_case()]), "", catalog())[0]["id"] == "G1"


WRONG: list[tuple[str, Any, str]] = [
    ("as_of", None, "as_of is missing"),
    ("as_of", "yesterday", "as_of must be a date"),
    ("as_of", 20260101, "as_of must be text"),
    ("as_of", "0001-01-01", "as_of must be a date"),
    ("settings", [], "settings must be an object"),
    ("settings.anniversary_day_free", "yes", "settings.anniversary_day_free must be true or false"),
    ("settings.other", True, "settings.other is not a field"),
    ("coverage", {}, "coverage must be a list"),
    ("coverage.0", "medicare", "coverage 1 must be an object"),
    ("coverage.0.payer", None, "coverage 1.payer is missing"),
    ("coverage.0.payer", 7, "coverage 1.payer must be text"),
    ("coverage.0.from", "2026", "coverage 1.from must be a date"),
    ("coverage.0", {"payer": "x", "from": "2026-02-01", "to": "2026-01-01"}, "coverage 1.to lies before from"),
    ("coverage.0.order", "first", "coverage 1.order must be a whole number"),
    ("coverage.0.order", 1.5, "coverage 1.order must be a whole number"),
    ("coverage.0.authorization_required", "yes", "authorization_required must be true or false"),
    ("site", None, "site must be an object"),
    ("site.state", 5, "site.state must be text"),
    ("site.hospital_exempt", 1, "site.hospital_exempt must be true or false"),
    ("site.biller", "nurse", "site.biller must be one of"),
    ("site.colour", "blue", "site.colour is not a field"),
    ("proposed", None, "proposed must be an object"),
    ("proposed.date", None, "proposed.date is missing"),
    ("proposed.date", "2026-02-30", "proposed.date must be a date"),
    ("proposed.date", "9999-12-31", "proposed.date must be a date"),
    ("proposed.date", "2026-W01-1", "proposed.date must be a date"),
    ("proposed.family", None, "proposed.family must be one of"),
    ("proposed.family", "massage", "proposed.family must be one of"),
    ("proposed.intent", "both", "proposed.intent must be one of"),
    ("proposed.approach", ["caudal"], "proposed.approach must be one of"),
    ("proposed.targets", "L4-L5 left", "proposed.targets must be a list"),
    ("proposed.targets", [5], "proposed.targets must be a list"),
    ("proposed.targets", ["L4-L6 left"], "proposed.targets is wrong"),
    ("proposed.targets", ["L4-L5 upside"], "proposed.targets is wrong"),
    ("proposed.targets", ["nerves"], "proposed.targets is wrong"),
    ("proposed.targets", ["nerves X9 left"], "proposed.targets is wrong"),
    ("proposed.targets", [""], "proposed.targets is wrong"),
    ("proposed.technique_changed", "no", "proposed.technique_changed must be true or false"),
    ("proposed.codes.0.code", None, "proposed.codes 1.code is missing"),
    ("proposed.codes.0.units", -1, "proposed.codes 1.units must be a whole number"),
    ("proposed.codes.0.modifiers", "LT", "proposed.codes 1.modifiers must be a list"),
    ("proposed.time", "09:00", "proposed.time is not a field"),
    ("history.0.id", None, "history 1.id is missing"),
    ("history.0.date", None, "history h1.date is missing"),
    ("history.0.date", "", "history h1.date"),
    ("history.0.date", "2026-13", "history h1.date is wrong"),
    ("history.0.date", "26", "history h1.date is wrong"),
    ("history.0.date", "0001", "history h1.date is wrong"),
    ("history.0.status", "done", "history h1.status must be one of"),
    ("history.0.family", None, "history h1.family must be one of"),
    ("history.0.region", "lumbar", "history h1.region must be one of"),
    ("history.0.payer", 5, "history h1.payer must be text"),
    ("history.0.where", "there", "history h1.where must be one of"),
    ("history.0.evidence", "rumour", "history h1.evidence must be one of"),
    ("history.0.relief_percent", 101, "history h1.relief_percent must be a number"),
    ("history.0.relief_percent", "60", "history h1.relief_percent must be a number"),
    ("history.0.relief_months", True, "history h1.relief_months must be a number"),
    ("authorizations.0.payer", None, "payer is missing"),
    ("authorizations.0.kind", "letter", "kind must be one of"),
    ("authorizations.0.status", "maybe", "status must be one of"),
    ("authorizations.0.decided", "soon", "decided must be a date"),
    ("authorizations.0.lines.0.code", None, "code is missing"),
    ("authorizations.0.lines.0.units", 0.5, "units must be a whole number"),
    ("authorizations.0.lines.0.used", -1, "used must be a whole number"),
    ("authorizations.0.lines.0.status", "open", "status must be approved or denied"),
    ("authorizations.0.lines.0.targets", ["here"], "targets is wrong"),
    ("missing_documents", "all", "missing_documents must be a list"),
    ("patient", "Doris", "patient is not a field"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "words"), WRONG, ids=[f"{path}={value}" for path, value, _ in WRONG])
def test_that_a_wrong_field_is_named_with_its_case(path: str, value: Any, words: str) -> None:
    case = a_case()
    put(case, path.split("."), value)
    sentence = refusal(case)

    assert "Case G1: " in sentence
    assert words in sentence
    assert "\n" not in sentence


def put(data: Any, path: list[str], value: Any) -> None:
    for step in path[:-1]:
        data = data[int(step)] if isinstance(data, list) else data[step]
    last: Any = int(path[-1]) if isinstance(data, list) else path[-1]
    data[last] = value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not JSON"),
        ("[{]", "is not JSON"),
        ("{}", "holds no list of cases"),
        ("null", "holds no list of cases"),
        ("[" * 100_000, "JSON"),
        ("[5]", "Case number 1: case must be an object"),
        ('[{"id": 5}]', "Case 5"),
        ('[{"title": "x"}]', "Case number 1"),
        ('[{"id": "A", "as_of": "2026-01-01", "proposed": {"date": NaN}}]', "Case A: proposed.date must be text"),
    ],
)
def test_that_what_is_no_case_file_is_refused_in_one_sentence(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.json"
    file.write_text(text, encoding="utf-8")

    code = cli.main(["check", str(file)])

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert words in said.err
    assert len(said.err.splitlines()) == 1


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.just([]), st.just({}),
    st.lists(st.one_of(st.text(max_size=5), st.integers(), st.none()), max_size=3),
    st.sampled_from(["2026", "2026-02", "1900-01-01", "2199-12-31", "9999-12-31", "0001-01-01", "SI both", "caudal"]),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)  # fmt: skip


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return every place of a JSON value."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


@given(st.integers(0, 10_000), st.lists(JUNK, min_size=1, max_size=3))
def test_that_a_spoiled_case_is_answered_or_refused_with_its_name_and_never_breaks(seed: int, junk: list[Any]) -> None:
    random = Random(seed)
    case = copy.deepcopy(random.choice([*CASES, a_case()]))
    for value in junk:
        path = random.choice([place for place in places(case) if place])
        holder = case
        for step in path[:-1]:
            holder = holder[step]
        if random.random() < 0.2 and isinstance(holder, dict):
            del holder[path[-1]]
        else:
            holder[path[-1]] = value

    said = answer_or_refusal(case)

    if isinstance(said, InvalidCaseError):
        assert said.title.startswith("Case ")
        assert "\n" not in said.sentence()
    else:
        assert said["outcome"] in {"allowed", "caution", "needs_authorization", "unknown", "not_allowed"}
        assert said["earliest"] is None or date.fromisoformat(said["earliest"])


def answer_or_refusal(case: dict[str, Any]) -> dict[str, Any] | InvalidCaseError:
    try:
        return answer_cases(json.dumps([case]), "spoiled", catalog())[0]
    except InvalidCaseError as refused:
        return refused
