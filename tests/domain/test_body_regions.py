"""Regions of the body as the desk types them."""

from __future__ import annotations

import pytest

from tests import languages
from tracker.domain.body_regions import BodyRegion, may_become_regions, parse_body_regions, written_regions
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import speaking, words_of
from tracker.domain.level_entry import parse_levels, written
from tracker.domain.procedure import Family, TargetKind
from tracker.domain.rule import Scope, Unit, WindowSpec
from tracker.domain.rule_kinds import MaxCount, OneRegion
from tracker.domain.verdict import Grade

R = BodyRegion


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("neck", (R.NECK,)),
        ("Lower Back, NECK", (R.NECK, R.LOWER_BACK)),
        ("low back", (R.LOWER_BACK,)),
        ("lb ub", (R.UPPER_BACK, R.LOWER_BACK)),
        ("upper-back; lumbar", (R.UPPER_BACK, R.LOWER_BACK)),
        ("neck shoulder girdle", (R.NECK, R.SHOULDER)),
        ("trapezius", (R.SHOULDER,)),
        ("chest and abdomen", (R.TRUNK,)),
        ("neck, neck", (R.NECK,)),
        (" , ", ()),
    ],
)
def test_that_regions_are_read_in_their_order_each_once(text: str, regions: tuple[BodyRegion, ...]) -> None:
    assert parse_body_regions(text) == regions


@pytest.mark.parametrize("region", R)
def test_that_every_region_is_read_by_its_label_and_by_its_name(region: BodyRegion) -> None:
    assert parse_body_regions(region.label) == parse_body_regions(region.value) == (region,)


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("cuello", (R.NECK,)),
        ("Parte baja de la espalda, cuello", (R.NECK, R.LOWER_BACK)),
        ("pecho y abdomen", (R.TRUNK,)),
        ("mandíbula", (R.FACE,)),
        ("mandibula; gluteos", (R.FACE, R.HIP)),
        ("neck, hombro", (R.NECK, R.SHOULDER)),
    ],
)
def test_that_regions_may_be_typed_in_spanish_with_and_without_accents(
    text: str, regions: tuple[BodyRegion, ...]
) -> None:
    assert parse_body_regions(text) == regions


def test_that_a_spanish_desk_reads_back_what_it_shows() -> None:
    with speaking(words_of("es", languages.LANGUAGES)):
        shown = written_regions(R)
        assert "cuello" in shown
        assert parse_body_regions(shown) == tuple(R)

    assert parse_body_regions(shown) == tuple(R)


@pytest.mark.parametrize(("text", "token"), [("knee", "knee"), ("neck, l45b", "l45b"), ("neck belt", "belt")])
def test_that_the_part_without_a_meaning_is_named(text: str, token: str) -> None:
    with pytest.raises(InvalidEntryError) as refused:
        parse_body_regions(text)

    assert refused.value.token == token


def test_that_all_regions_together_are_read_back_as_they_are_written() -> None:
    assert parse_body_regions(written_regions(R)) == tuple(R)
    sites = parse_levels("lb, neck", TargetKind.BODY)
    assert parse_levels(written(sites), TargetKind.BODY) == sites


@pytest.mark.parametrize(
    ("text", "begun"),
    [("low", True), ("neck, upp", True), ("upper b", True), ("parte b", True), ("xyz", False), ("neck,", False)],
)
def test_that_a_word_that_is_only_begun_is_no_mistake_yet(text: str, begun: bool) -> None:
    assert may_become_regions(text) is begun


def test_that_rules_by_region_of_the_body_are_for_trigger_points_in_sessions() -> None:
    base = {"id": "x", "evidence": Grade.PRIMARY, "source": "s", "per": Scope.BODY_REGION, "limit": 4,
            "window": WindowSpec(months=12)}  # fmt: skip
    MaxCount(families=(Family.TRIGGER_POINT,), **base)
    with pytest.raises(ValueError, match="trigger points only"):
        MaxCount(families=(Family.TRIGGER_POINT, Family.EPIDURAL), **base)
    with pytest.raises(ValueError, match="goes with sessions"):
        MaxCount(families=(Family.TRIGGER_POINT,), unit=Unit.LEVEL, **base)
    with pytest.raises(ValueError, match="trigger points only"):
        OneRegion(id="x", evidence=Grade.PRIMARY, source="s", families=(Family.EPIDURAL,), of_body=True)
