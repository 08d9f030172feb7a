"""What the shipped code lists say, and how codes are found as people write them."""

from __future__ import annotations

from functools import cache

import pytest

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.denial_codes import CodeLists, DenialTopic
from tracker.domain.verdict import Grade
from tracker.paths import resource_root
from tracker.policies import load_catalog

S = AuthorizationStatus
DENIALS = {
    *("4", "11", "15", "16", "18", "27", "50", "96", "97", "119", "151", "197", "198", "204", "284", "296", "302"),
}


@cache
def lists() -> CodeLists:
    return load_catalog(resource_root()).code_lists


def test_that_the_codes_of_the_papers_are_there() -> None:
    known = lists()

    assert set(known.denials) == DENIALS
    assert set(known.groups) == {"CO", "PR", "OA", "PI"}
    assert set(known.remarks) == {"N115", "N362", "N435", "M62", "N54", "M86"}
    assert set(known.reasons) == {"82", "84", "87", "88", "89", "90", "91", "92", "98"}


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("A1", S.APPROVED), ("A2", S.PARTIALLY_APPROVED), ("A3", S.DENIED), ("A4", S.PENDED), ("A5", S.DENIED),
        ("A6", S.MODIFIED), ("C", S.CANCELLED), ("CT", None), ("NA", S.NOT_REQUIRED),
    ],
)  # fmt: skip
def test_that_an_answer_leads_to_its_state(code: str, state: AuthorizationStatus | None) -> None:
    action = lists().find_action(code)

    assert action is not None
    assert action.leads_to is state
    assert action.then


def test_that_a_pended_answer_is_no_approval() -> None:
    action = lists().find_action("A4")

    assert action is not None
    assert action.leads_to is not None
    assert not action.leads_to.grants


@pytest.mark.parametrize("written", ["197", "CO-197", "co197", " CO 197 ", "Pr-197", "0197"])
def test_that_a_denial_is_found_as_people_write_it(written: str) -> None:
    found = lists().find_denial(written)

    assert found is not None
    assert (found.code, found.topic) == ("197", DenialTopic.AUTHORIZATION)


@pytest.mark.parametrize(("written", "group"), [("CO-197", "CO"), ("pr 4", "PR"), ("OA", "OA")])
def test_that_the_group_before_a_denial_is_found(written: str, group: str) -> None:
    found = lists().find_group(written)

    assert found is not None
    assert found.code == group


@pytest.mark.parametrize("written", ["", "999", "CO", "XX-197", "one"])
def test_that_a_code_that_is_not_on_file_is_not_guessed(written: str) -> None:
    assert lists().find_denial(written) is None


def test_that_remarks_and_reasons_are_found_too() -> None:
    remark, reason = lists().find_remark("n115"), lists().find_reason(" 90 ")

    assert remark is not None
    assert remark.topic is DenialTopic.NECESSITY
    assert reason is not None
    assert reason.topic is DenialTopic.INFORMATION
    assert lists().find_reason("84") is not None
    assert lists().find_remark("N999") is None


def test_that_no_authorization_one_exceeded_and_one_run_out_are_told_apart() -> None:
    causes = {code: lists().denials[code].meaning for code in ("197", "198", "302")}

    assert len(set(causes.values())) == 3
    assert "run out" in causes["302"]


def test_that_what_was_only_recalled_is_marked_so() -> None:
    assert {code for code, each in lists().denials.items() if each.source.grade is Grade.RECALLED} == {
        "284",
        "296",
        "302",
    }


def test_that_meanings_are_sentences() -> None:
    known = lists()
    for group in (known.denials, known.groups, known.remarks, known.actions, known.reasons):
        for each in group.values():
            assert each.meaning.endswith("."), each.code
            assert each.source.title
    assert all(each.first_step.endswith(".") for each in known.denials.values())
