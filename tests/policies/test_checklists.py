"""What the shipped checklists ask: by procedure, first or repeated, and by payer."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from tracker.domain.authorization_terms import Span
from tracker.domain.checklist import ChecklistItem, Proof, SatisfiedBy
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.verdict import Grade
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog

FACET, ABLATION, EPIDURAL, SI = Family.FACET_INJECTION, Family.FACET_ABLATION, Family.EPIDURAL, Family.SI_INJECTION
TRIGGER = Family.TRIGGER_POINT
DX, TX = Intent.DIAGNOSTIC, Intent.THERAPEUTIC
COMMON = {
    *("identifiers", "visit-note", "procedure-named", "diagnosis", "provider-and-site", "planned-dates"),
    "procedure-note",
}
SPINAL = COMMON | {"sessions-counted", "sedation-reason", "several-blocks-reason", "images-kept"}
CARE = {"pain-duration", "conservative-care", "pain-score", "function-scale"}
AXIAL = CARE | {"axial-pain"}
JOINT = CARE | {"pain-place", "provocative-tests"}
ASKED = [
    (FACET, DX, False, AXIAL | {"other-causes-imaging"}),
    (FACET, DX, True, AXIAL | {"block-result"}),
    (FACET, TX, False, AXIAL | {"block-results", "ablation-impossible"}),
    (FACET, TX, True, AXIAL | {"treatment-result", "ablation-impossible"}),
    (ABLATION, None, False, AXIAL | {"block-results"}),
    (ABLATION, None, True, (AXIAL - {"conservative-care"}) | {"treatment-result"}),
    (EPIDURAL, TX, False, CARE | {"radicular-pain", "imaging-report"}),
    (EPIDURAL, TX, True, {"conservative-care-goes-on", "pain-score", "function-scale", "treatment-result"}),
    (SI, DX, False, JOINT | {"other-causes-imaging"}),
    (SI, DX, True, JOINT | {"block-result"}),
    (SI, TX, False, JOINT | {"block-result", "other-causes-imaging"}),
    (SI, TX, True, JOINT | {"treatment-result"}),
]


@cache
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


def items(
    payer: str,
    family: Family,
    intent: Intent | None = None,
    repeat: bool = False,
    day: str = "2026-11-23",
    approach: Approach | None = None,
) -> dict[str, ChecklistItem]:
    found = catalog().checklist(payer, family, intent, approach, repeat, date.fromisoformat(day))
    assert len({each.id for each in found}) == len(found)
    return {each.id: each for each in found}


@pytest.mark.parametrize(("family", "intent", "repeat", "own"), ASKED)
def test_that_a_procedure_asks_what_the_papers_list(
    family: Family, intent: Intent | None, repeat: bool, own: set[str]
) -> None:
    assert set(items("nobody", family, intent, repeat)) == SPINAL | own


@pytest.mark.parametrize("family", [Family.SCS_TRIAL, Family.GENICULAR_BLOCK, Family.OCCIPITAL_BLOCK])
def test_that_other_procedures_ask_what_every_request_has(family: Family) -> None:
    assert set(items("nobody", family)) == COMMON


@pytest.mark.parametrize(
    ("payer", "family", "intent", "wanted"),
    [
        ("medicare", FACET, DX, {"image-guidance", "no-anterior-fusion", "no-centralized-pain"}),
        ("medicare", ABLATION, None, {"thermal-ablation", "no-anterior-fusion", "no-centralized-pain"}),
        ("medicare", TRIGGER, TX, {"no-image-guidance"}),
        ("unitedhealthcare", FACET, DX, {"image-guidance", "anesthetic-volume"}),
    ],
)
def test_that_what_is_not_covered_and_no_fact_of_a_visit_tells_is_asked(
    payer: str, family: Family, intent: Intent | None, wanted: set[str]
) -> None:
    found = items(payer, family, intent, approach=Approach.MEDIAL_BRANCH if family is FACET else None)

    assert wanted <= set(found)
    assert all(found[name].source.grade is Grade.SUMMARY for name in wanted)


def test_that_a_general_item_has_no_payers_figure() -> None:
    for family, intent, repeat, _ in ASKED:
        for item in items("nobody", family, intent, repeat).values():
            assert item.satisfied_by.unit != "percent"


FIGURES = [
    ("medicare", FACET, DX, True, "block-result", 80, None),
    ("medicare", FACET, TX, False, "block-results", 80, None),
    ("medicare", FACET, TX, True, "treatment-result", 50, "3 months"),
    ("medicare", ABLATION, None, False, "block-results", 80, None),
    ("medicare", ABLATION, None, True, "treatment-result", 50, "6 months"),
    ("humana", ABLATION, None, True, "treatment-result", 50, "6 months"),
    ("medicare", EPIDURAL, TX, True, "treatment-result", 50, "3 months"),
    ("medicare", SI, DX, True, "block-result", 75, None),
    ("medicare", SI, TX, False, "block-result", 75, None),
    ("medicare", SI, TX, True, "treatment-result", 50, "3 months"),
    ("medicare", TRIGGER, TX, True, "treatment-result", 50, "6 weeks"),
    ("unitedhealthcare", FACET, DX, False, "pain-score", 3, None),
    ("aetna", FACET, DX, True, "block-result", 80, None),
    ("aetna", ABLATION, None, True, "treatment-result", 50, "12 weeks"),
    ("aetna", SI, TX, True, "treatment-result", 70, None),
    ("highmark", FACET, DX, True, "block-result", 80, None),
    ("highmark", SI, TX, False, "block-result", 75, None),
    ("highmark", SI, TX, True, "treatment-result", 75, None),
    ("bcbs-sc", EPIDURAL, TX, False, "pain-score", 6, None),
    ("evicore", EPIDURAL, TX, True, "treatment-result", 50, "2 weeks"),
    ("cigna", ABLATION, None, True, "treatment-result", 50, "12 weeks"),
    ("evicore", SI, TX, True, "treatment-result", 75, "2 weeks"),
    ("bcbs-nd", ABLATION, None, False, "block-results", 50, None),
    ("tricare", ABLATION, None, False, "block-results", 50, None),
    ("alabama-medicaid", ABLATION, None, False, "block-results", 80, None),
    ("carelon", EPIDURAL, TX, True, "treatment-result", None, "3 months"),
    ("iehp", EPIDURAL, TX, False, "pain-score", 4, None),
    ("iehp", FACET, DX, False, "medication-trial", None, "3 months"),
]


@pytest.mark.parametrize(("payer", "family", "intent", "repeat", "item", "at_least", "lasting"), FIGURES)
def test_that_a_payer_has_its_own_figure(
    payer: str,
    family: Family,
    intent: Intent | None,
    repeat: bool,
    item: str,
    at_least: float | None,
    lasting: str | None,
) -> None:
    met_by = items(payer, family, intent, repeat)[item].satisfied_by

    assert met_by.at_least == at_least
    assert met_by.lasting == (Span.parse(lasting) if lasting else None)


@pytest.mark.parametrize(
    ("payer", "family", "repeat", "length", "within"),
    [
        ("unitedhealthcare", FACET, False, "4 weeks", None),
        ("aetna", FACET, False, "6 weeks", None),
        ("highmark", SI, False, "4 weeks", None),
        ("bcbs-sc", EPIDURAL, False, "6 weeks", "6 months"),
        ("bcbs-sc", FACET, True, "6 weeks", "6 months"),
        ("wa-lni", EPIDURAL, False, "4 weeks", None),
        ("evicore", EPIDURAL, False, "4 weeks", None),
        ("exploremyplan", EPIDURAL, False, "2 weeks", None),
        ("credence", FACET, False, "3 months", None),
        ("alabama-medicaid", FACET, False, "6 weeks", None),
    ],
)
def test_that_conservative_care_lasts_as_the_payer_asks(
    payer: str, family: Family, repeat: bool, length: str, within: str | None
) -> None:
    met_by = items(payer, family, DX, repeat)["conservative-care"].satisfied_by

    assert (met_by.proof, met_by.lasting) == (Proof.DURATION, Span.parse(length))
    assert met_by.within == (Span.parse(within) if within else None)


@pytest.mark.parametrize("scale", ["pain-score", "function-scale"])
@pytest.mark.parametrize("repeat", [False, True])
def test_that_washington_wants_scales_of_the_last_two_weeks(scale: str, repeat: bool) -> None:
    assert items("wa-lni", EPIDURAL, TX, repeat)[scale].satisfied_by.within == Span.parse("2 weeks")


def test_that_evicore_wants_imaging_of_the_last_24_months() -> None:
    assert items("evicore", EPIDURAL, TX)["imaging-report"].satisfied_by.within == Span.parse("24 months")
    assert items("aetna", EPIDURAL, TX)["imaging-report"].satisfied_by.within is None


@pytest.mark.parametrize(("payer", "wanted"), [("unitedhealthcare", True), ("aetna", True), ("medicare", False)])
def test_that_facet_loading_is_asked_by_two_payers(payer: str, wanted: bool) -> None:
    assert ("facet-loading" in items(payer, FACET, DX)) is wanted
    assert "facet-loading" not in items(payer, ABLATION)


def test_that_humana_needs_two_identifiers_which_others_only_like_to_see() -> None:
    assert items("humana", FACET, DX)["identifiers"].needed
    assert not items("aetna", FACET, DX)["identifiers"].needed


def test_that_humana_has_medicares_figures_beside_its_own_items() -> None:
    found = items("humana", FACET, DX, True)

    assert found["block-result"].satisfied_by.at_least == 80
    assert "level-and-side" in found


def test_that_a_disability_scale_is_recommended_for_facets_and_needed_for_epidurals() -> None:
    assert not items("medicare", FACET, DX)["function-scale"].needed
    assert items("medicare", EPIDURAL, TX)["function-scale"].needed


def test_that_a_second_block_names_both_days_as_one_refused_request_showed() -> None:
    item = items("medicare", FACET, DX, True)["planned-after-two-weeks"]

    assert item.source.grade is Grade.REPORT
    assert "planned-after-two-weeks" not in items("medicare", FACET, DX)


@pytest.mark.parametrize(("day", "asked"), [("2026-07-01", True), ("2026-06-30", False)])
def test_that_an_item_is_asked_from_its_first_day(day: str, asked: bool) -> None:
    assert ("place-reason" in items("unitedhealthcare", ABLATION, day=day)) is asked


def test_that_an_item_of_one_approach_is_asked_for_that_one() -> None:
    through, between = (
        items("aetna", EPIDURAL, TX, True, approach=each) for each in (Approach.TRANSFORAMINAL, Approach.INTERLAMINAR)
    )

    assert through["treatment-result"].satisfied_by.unit == "of three gains"
    assert between["treatment-result"].satisfied_by.unit == ""


def test_that_images_are_for_the_record_and_not_for_the_request() -> None:
    stages = {each.id: each.stage for each in items("medicare", FACET, DX).values()}

    assert {name for name, stage in stages.items() if stage == "record"} == {"images-kept", "procedure-note"}


def test_that_every_item_has_a_sentence_and_a_document() -> None:
    for payer in catalog().payers:
        for family in Family:
            for intent in (*Intent, None):
                for repeat in (False, True):
                    for item in items(payer.id, family, intent, repeat).values():
                        assert item.text.endswith("."), item.id
                        assert item.source.url, item.id
                        assert not item.only_if.endswith("."), item.id


def test_that_what_has_no_meaning_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a unit"):
        SatisfiedBy(Proof.RESULT, 80)
    with pytest.raises(ValueError, match="needs lasting"):
        SatisfiedBy(Proof.DURATION)


def test_that_a_facet_cyst_asks_for_a_scan_of_it_and_for_no_blocks() -> None:
    cyst = items("medicare", FACET, TX, approach=Approach.CYST)
    joint = items("medicare", FACET, TX, approach=Approach.INTRA_ARTICULAR)

    assert {"block-results", "ablation-impossible"} <= set(joint)
    assert not {"block-results", "ablation-impossible"} & set(cyst)
    assert cyst["imaging-report"].text == "A scan that shows the facet cyst."
    assert "imaging-report" not in joint
