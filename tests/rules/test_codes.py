"""Behaviour of claim lines: every scheme, sides, modifiers, the surgery center's own claim, and every coding fault."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import ask, claim, codes, lines, outcome_of, proven, said
from tracker.domain.coverage import Biller

OWN_CLAIM: dict[str, Any] = {"place_of_service": "24", "biller": Biller.FACILITY}
NECK = ("C4-C5", "C5-C6", "C6-C7", "C7-T1")
EVERY_LINE = [f"{code} KX {side}" for code in ("64493", "64494", "64495") for side in ("RT", "LT")]
BACK = ("L2-L3", "L3-L4", "L4-L5", "L5-S1")


def sided(levels: tuple[str, ...], side: str) -> tuple[str, ...]:
    return tuple(f"{level} {side}" for level in levels)


@pytest.mark.parametrize(
    ("kind", "targets", "billed"),
    [
        ("mbb", sided(NECK[:1], "left"), ["64490 KX"]),
        ("mbb", sided(NECK[:2], "left"), ["64490 KX", "64491 KX"]),
        ("mbb", sided(NECK[:3], "left"), ["64490 KX", "64491 KX", "64492 KX"]),
        ("mbb", sided(NECK, "left"), ["64490 KX", "64491 KX", "64492 KX"]),
        ("mbb", sided(BACK[:2], "both"), ["64493 KX 50", "64494 KX 50"]),
        ("mbb", sided(BACK[:3], "both"), ["64493 KX 50", "64494 KX 50", "64495 KX 50"]),
        ("mbb", sided(BACK, "both"), ["64493 KX 50", "64494 KX 50", "64495 KX 50"]),
        ("mbb", ("L4-L5 left", "L4-L5 right"), ["64493 KX 50"]),
        ("mbb", ("L4-L5 left", "L5-S1 right"), ["64493 KX", "64494 KX"]),
        ("mbb", ("L4-L5",), ["64493 KX"]),
        ("mbb", ("nerves TON left",), ["64490 KX"]),
        ("mbb", ("nerves L3 L4 L5 both",), ["64493 KX 50", "64494 KX 50"]),
        ("mbb", ("T12-L1 left",), ["64490 KX"]),
        ("facet-tx", ("L4-L5 left",), ["64493"]),
        ("mbb-tx", ("L4-L5 both",), ["64493 50"]),
        ("ia-dx", ("L4-L5 left",), ["64493 KX"]),
        ("rfa", sided(NECK[:2], "right"), ["64633", "64634"]),
        ("rfa", sided(NECK[:3], "right"), ["64633", "64634 x2"]),
        ("rfa", sided(BACK, "both"), ["64635 50", "64636 50 x3"]),
        ("rfa", ("L3-L4 left", "L4-L5 both", "L5-S1 left"), ["64635", "64636 50", "64636"]),
        ("tf", ("C5-C6 left",), ["64479"]),
        ("tf", ("T12-L1 left",), ["64479"]),
        ("tf", ("C5-C6 left", "C6-C7 left"), ["64479", "64480"]),
        ("tf", ("L4-L5 both", "L5-S1 both", "S1 both"), ["64483 50", "64484 50 x2"]),
        ("tf", ("S1 left",), ["64483"]),
        ("root", ("L5-S1 left",), ["64483 KX"]),
        ("root", ("C5-C6 both",), ["64479 KX 50"]),
        ("il", ("C7-T1",), ["62321"]),
        ("il", ("T12-L1",), ["62321"]),
        ("il", ("L4-L5",), ["62323"]),
        ("il", ("L4-L5 left",), ["62323"]),
        ("caudal", ("caudal",), ["62323"]),
        ("si-dx", ("SI left",), ["27096 KX"]),
        ("si-tx", ("SI both",), ["27096 50"]),
        ("si-rfa", ("SI both",), ["64625 50"]),
        ("tp", (), ["20553"]),
    ],
)
def test_that_targets_become_the_lines_of_their_scheme(kind: str, targets: tuple[str, ...], billed: list[str]) -> None:
    expected = [(line.code, " ".join(line.modifiers), line.units) for line in claim(*billed)]

    assert lines(ask("2026-11-23", kind, *targets)) == expected


@pytest.mark.parametrize(
    ("kind", "targets", "billed"),
    [
        ("mbb", ("L4-L5 left",), ["64493 KX LT"]),
        ("mbb", ("L4-L5 both",), ["64493 KX RT", "64493 KX LT"]),
        ("mbb", ("L4-L5 right", "L5-S1 left"), ["64493 KX RT", "64494 KX LT"]),
        (
            "mbb",
            sided(BACK, "both"),
            EVERY_LINE,
        ),
        ("rfa", ("L3-L4 both", "L4-L5 both", "L5-S1 left"), ["64635 RT", "64635 LT", "64636 RT", "64636 LT x2"]),
        ("tf", ("L4-L5 right",), ["64483 RT"]),
        ("il", ("L4-L5",), ["62323"]),
        ("caudal", ("caudal",), ["62323"]),
        ("si-tx", ("SI left",), ["G0260 LT"]),
        ("si-dx", ("SI both",), ["G0260 KX RT", "G0260 KX LT"]),
        ("tp", (), ["20553"]),
    ],
)
def test_that_a_surgery_centers_own_claim_has_a_line_a_side(
    kind: str, targets: tuple[str, ...], billed: list[str]
) -> None:
    expected = {(line.code, " ".join(line.modifiers), line.units) for line in claim(*billed)}

    assert set(lines(ask("2026-11-23", kind, *targets, site=OWN_CLAIM))) == expected


@pytest.mark.parametrize(
    "site",
    [
        {"place_of_service": "24"},
        {"place_of_service": "11", "biller": Biller.FACILITY},
        {"place_of_service": "22", "biller": Biller.FACILITY},
    ],
)
def test_that_only_a_surgery_centers_own_claim_does(site: dict[str, Any]) -> None:
    assert lines(ask("2026-11-23", "si-dx", "SI both", site=site)) == [("27096", "KX 50", 1)]


@pytest.mark.parametrize("payer", ["medicare-advantage", "humana", "commercial", "cigna"])
def test_that_kx_is_for_medicare_only(payer: str) -> None:
    assert lines(ask("2026-11-23", "mbb", "L4-L5 left", payer=payer)) == [("64493", "", 1)]


def coded(kind: str, targets: tuple[str, ...], *written: str, **given: Any) -> Any:
    given.setdefault("history", proven(*targets) if kind in ("rfa", "facet-tx") else ())
    return ask("2026-11-23", kind, *targets, codes=claim(*written), **given)


@pytest.mark.parametrize(
    ("kind", "targets", "written", "words"),
    [
        ("mbb", ("L4-L5 left",), ["64499 KX"], "64499 is no code on file"),
        ("mbb", ("L4-L5 left",), ["64475 KX"], "deleted"),
        ("mbb", ("L4-L5 left",), ["64493 KX", "77003"], "not billed beside it"),
        ("mbb", ("L4-L5 left",), ["64635"], "another procedure"),
        ("mbb", ("L5-S1 left",), ["64494 KX"], "add-on and cannot stand without 64493"),
        ("mbb", ("L4-L5 left", "L5-S1 left"), ["64493 KX", "64492 KX"], "cannot stand without 64490"),
        ("mbb", ("L4-L5 left",), ["64490 KX"], "cervical / thoracic"),
        ("tf", ("T12-L1 left",), ["64483"], "lumbar / sacral"),
        ("mbb", ("L4-L5 left", "L5-S1 left"), ["64493 KX", "64495 KX"], "64495 does not fit"),
        ("mbb", ("L4-L5 left", "L5-S1 left"), ["64493 KX"], "64494 is missing"),
        ("mbb", ("L4-L5 left",), ["64493 KX", "64494 KX"], "64494 does not fit"),
        ("mbb", ("L4-L5 left",), ["64493"], "KX is missing"),
        ("facet-tx", ("L4-L5 left",), ["64493 KX"], "KX marks diagnostic injections only"),
        ("tp", (), ["20553 KX"], "KX marks diagnostic injections only"),
        ("mbb", ("L4-L5 left",), ["64493 KX 50"], "Modifier 50 does not apply"),
        ("il", ("L4-L5",), ["62323 50"], "Modifier 50 does not apply"),
        ("mbb", ("L4-L5 both",), ["64493 KX"], "one line with modifier 50"),
        ("mbb", ("L4-L5 both",), ["64493 KX RT", "64493 KX LT"], "one line with modifier 50"),
        ("mbb", ("L4-L5 both",), ["64493 KX 50 x2"], "64493 has 2 units; 1 is right"),
        ("rfa", ("L3-L4 left", "L4-L5 left", "L5-S1 left"), ["64635", "64636"], "64636 has 1 unit"),
        ("mbb", ("L4-L5 left",), ["64493 KX", "64493 KX"], "64493 is there twice"),
        ("si-dx", ("SI left",), ["G0260 KX"], "G0260 does not fit"),
        ("il", ("L4-L5",), ["62322"], "62322 does not fit"),
    ],
)
def test_that_each_coding_fault_is_named(kind: str, targets: tuple[str, ...], written: list[str], words: str) -> None:
    verdict = coded(kind, targets, *written)

    assert outcome_of(verdict, "coding") == "not_allowed"
    assert words in said(verdict)
    assert "billed as" in said(verdict)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (["64493 KX 50"], "two lines, RT and LT"),
        (["64493 KX LT"], "RT and LT"),
        (["64493 KX RT", "64493 KX RT"], "RT and LT"),
        (["64493 KX", "64493 KX"], "RT and LT"),
    ],
)
def test_that_the_centers_own_claim_has_faults_of_its_own(written: list[str], words: str) -> None:
    verdict = coded("mbb", ("L4-L5 both",), *written, site=OWN_CLAIM)

    assert outcome_of(verdict, "coding") == "not_allowed"
    assert words in said(verdict)


@pytest.mark.parametrize(
    ("kind", "targets", "written"),
    [
        ("mbb", ("L4-L5 left",), ["64493 KX"]),
        ("mbb", ("L4-L5 left",), ["64493 LT KX"]),
        ("mbb", ("L4-L5 left",), ["64493 KX RT"]),
        ("mbb", ("L4-L5 left", "L5-S1 left"), ["64494 KX", "64493 KX"]),
        ("mbb", ("L4-L5 both",), ["64493 50 KX"]),
        ("tp", (), ["20552"]),
        ("tp", (), ["20553"]),
        ("rfa", ("L3-L4 left", "L4-L5 left", "L5-S1 left"), ["64635", "64636 x2"]),
    ],
)
def test_that_order_and_sides_on_the_physicians_claim_do_not_matter(
    kind: str, targets: tuple[str, ...], written: list[str]
) -> None:
    assert "coding" not in codes(coded(kind, targets, *written))


@pytest.mark.parametrize("written", ["64493", "64493 KX"])
def test_that_kx_is_compared_for_medicare_only(written: str) -> None:
    assert "coding" not in codes(coded("mbb", ("L4-L5 left",), written, payer="medicare-advantage"))
    assert "coding" not in codes(coded("mbb", ("L4-L5 left",), written, payer="cigna"))


def test_that_no_line_at_all_is_a_fault() -> None:
    verdict = ask("2026-11-23", "mbb", "L4-L5 left", codes=())

    assert outcome_of(verdict, "coding") == "not_allowed"
    assert "64493 is missing" in said(verdict)


def test_that_codes_are_checked_where_no_rule_answers_too() -> None:
    verdict = coded("mbb", ("L4-L5 left",), "64490", payer="commercial")

    assert outcome_of(verdict, "coding") == "not_allowed"


@pytest.mark.parametrize(("kind", "target"), [("mbb", "C1-C2 left"), ("rfa", "C0-C1 left")])
def test_that_a_joint_without_a_code_of_its_own_is_not_billed_as_another(kind: str, target: str) -> None:
    verdict = ask("2026-11-23", kind, target, history=proven(target))

    assert verdict.codes == ()
    assert verdict.outcome == "caution"
    assert "has no code" in said(verdict)
