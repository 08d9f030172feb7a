"""Levels as typed: every level of every kind on every side, there and back, and mistakes named by their part."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.anatomy import FACET_LEVELS, LEVELS, NERVES, THIRD_OCCIPITAL, Level, Side, Target, joints_of
from tracker.domain.errors import InvalidEntryError
from tracker.domain.level_entry import may_become_levels, parse_levels, written
from tracker.domain.procedure import Sites, TargetKind

INTERSPACES = FACET_LEVELS
FORAMINA = (LEVELS["C1-C2"], *FACET_LEVELS, LEVELS["S1"])
LEVELS_OF = {
    TargetKind.FACET: FACET_LEVELS,
    TargetKind.FORAMEN: FORAMINA,
    TargetKind.INTERSPACE: INTERSPACES,
    TargetKind.SI: (LEVELS["SI"],),
    TargetKind.CAUDAL: (LEVELS["caudal"],),
}
SIDES = (Side.LEFT, Side.RIGHT, Side.BOTH)
SIDED = tuple(kind for kind in LEVELS_OF if kind.sided)


def one(text: str, kind: TargetKind) -> Target:
    (target,) = parse_levels(text, kind).targets
    return target


@pytest.mark.parametrize("kind", SIDED)
def test_that_every_level_is_read_on_every_side_in_every_usual_spelling(kind: TargetKind) -> None:
    for level in LEVELS_OF[kind]:
        for side in SIDES:
            for text in spellings(level):
                for word in (
                    f"{text}{side.value[0]}",
                    f"{text} {side.value}",
                    f"{text.upper()} {side.value[0].upper()}",
                ):
                    assert one(word, kind) == Target(level, side), word


def spellings(level: Level) -> list[str]:
    """Return "l45", "l4-5", "l4-l5" and so on."""
    upper, dash, lower = level.name.lower().partition("-")
    if not dash:
        return [upper]
    short = [lower[1:]] if lower[0] == upper[0] else []
    return [f"{upper}{between}{below}" for below in (lower, *short) for between in ("-", "", "–")]


@pytest.mark.parametrize("kind", [TargetKind.INTERSPACE, TargetKind.CAUDAL])
def test_that_midline_levels_are_read_without_a_side_and_refuse_one(kind: TargetKind) -> None:
    for level in LEVELS_OF[kind]:
        for text in spellings(level):
            assert one(text, kind) == Target(level, Side.MIDLINE)
            with pytest.raises(InvalidEntryError, match="no side"):
                parse_levels(f"{text}l" if kind is TargetKind.INTERSPACE else f"{text} l", kind)


@st.composite
def sided_sites(draw: st.DrawFn) -> tuple[TargetKind, Sites]:
    kind = draw(st.sampled_from(SIDED))
    levels = draw(st.lists(st.sampled_from(LEVELS_OF[kind]), min_size=1, max_size=5, unique=True))
    return kind, Sites(tuple(sorted(Target(level, draw(st.sampled_from(SIDES))) for level in levels)))


@given(sided_sites())
def test_that_what_is_written_is_read_back(drawn: tuple[TargetKind, Sites]) -> None:
    kind, sites = drawn
    assert parse_levels(written(sites), kind) == sites


@given(st.lists(st.sampled_from(INTERSPACES), min_size=1, max_size=4, unique=True))
def test_that_midline_levels_are_read_back(levels: list[Level]) -> None:
    sites = Sites(tuple(sorted(Target(level, Side.MIDLINE) for level in levels)))
    assert parse_levels(written(sites), TargetKind.INTERSPACE) == sites


@given(
    st.integers(0, len(NERVES) - 1),
    st.integers(2, 4),
    st.sampled_from(SIDES),
)
def test_that_neighbouring_nerves_are_read_back_as_nerves(first: int, count: int, side: Side) -> None:
    names = NERVES[first : first + count]
    text = f"n {' '.join(names).lower()} {side.value}"
    sites = parse_levels(text, TargetKind.FACET)
    assert sites.nerves == names
    assert sites.levels == joints_of(names)
    again = parse_levels(written(sites), TargetKind.FACET)
    assert again.nerves == names
    assert again.targets == sites.targets


def test_that_nerves_name_their_joints_and_a_lone_nerve_names_none() -> None:
    assert [str(each) for each in parse_levels("n l3 l4 l5 l", TargetKind.FACET).targets] == [
        "L4-L5 left",
        "L5-S1 left",
    ]
    lone = parse_levels("nerves l4", TargetKind.FACET)
    assert (lone.targets, lone.lone_nerves) == ((), ("L4",))
    ton = parse_levels("n ton r", TargetKind.FACET)
    assert (ton.nerves, [str(each) for each in ton.targets]) == ((THIRD_OCCIPITAL,), ["C2-C3 right"])


def test_that_one_side_behind_several_levels_is_the_side_of_all_of_them() -> None:
    assert [str(each) for each in parse_levels("l34 l45, l5s1 r", TargetKind.FACET).targets] == [
        "L3-L4 right",
        "L4-L5 right",
        "L5-S1 right",
    ]


def test_that_left_and_right_of_a_level_are_both_and_repeats_count_once() -> None:
    assert [str(each) for each in parse_levels("l45l l45r l45l", TargetKind.FACET).targets] == ["L4-L5 both"]


def test_that_a_level_without_a_side_is_of_unknown_side_so_that_the_form_can_ask() -> None:
    assert one("l45", TargetKind.FACET) == Target(LEVELS["L4-L5"], Side.UNKNOWN)


def test_that_an_unknown_side_gives_way_to_a_known_one_of_the_same_level() -> None:
    assert [str(each) for each in parse_levels("l45 l l45r", TargetKind.FACET).targets] == ["L4-L5 both"]


@pytest.mark.parametrize(
    ("text", "kind", "token"),
    [
        ("l67", TargetKind.FACET, "l67"),
        ("l45b l99r", TargetKind.FACET, "l99r"),
        ("si", TargetKind.FACET, "si"),
        ("c12l", TargetKind.FACET, "c12l"),
        ("l", TargetKind.FACET, "l"),
        ("l45x", TargetKind.FACET, "l45x"),
        ("c12", TargetKind.INTERSPACE, "c12"),
        ("l45", TargetKind.SI, "l45"),
        ("sib", TargetKind.CAUDAL, "sib"),
        ("l45b", TargetKind.INTERSPACE, "l45b"),
        ("l45", TargetKind.NONE, "l45"),
        ("n l3 l9 l", TargetKind.FACET, "l9"),
        ("n l3 l4 l", TargetKind.FORAMEN, "n l3 l4 l"),
        ("n", TargetKind.FACET, "n"),
        ("<b>x</b>", TargetKind.FACET, "<b>x<-b>"),
        ("🦴", TargetKind.FACET, "🦴"),
    ],
)
def test_that_a_mistake_names_the_part_that_is_wrong_and_what_to_type(text: str, kind: TargetKind, token: str) -> None:
    with pytest.raises(InvalidEntryError) as raised:
        parse_levels(text, kind)
    assert raised.value.token == token
    assert raised.value.remedy


@pytest.mark.parametrize("text", ["", "  ", ",;"])
def test_that_nothing_typed_is_nothing(text: str) -> None:
    assert parse_levels(text, TargetKind.FACET) == Sites()


@given(st.text(max_size=30), st.sampled_from(TargetKind))
def test_that_any_text_is_read_or_refused_and_nothing_else(text: str, kind: TargetKind) -> None:
    with contextlib.suppress(InvalidEntryError):
        assert all(target.level in LEVELS.values() for target in parse_levels(text, kind).targets)


@pytest.mark.parametrize("kind", list(LEVELS_OF))
def test_that_every_beginning_of_a_level_may_become_one(kind: TargetKind) -> None:
    for level in LEVELS_OF[kind]:
        for text in spellings(level):
            for end in range(1, len(text) + 1):
                assert may_become_levels(text[:end], kind), text[:end]


@pytest.mark.parametrize("text", ["l67", "l45 x", "q", "l45b ", ""])
def test_that_what_no_typing_can_mend_is_no_beginning(text: str) -> None:
    assert not may_become_levels(text, TargetKind.FACET)


def test_that_a_begun_nerve_may_become_one_only_where_nerves_are_named() -> None:
    assert may_become_levels("n l3 t1", TargetKind.FACET)
    assert not may_become_levels("n l3", TargetKind.SI)


@pytest.mark.parametrize(
    ("typed", "side"),
    [("l4-5 bilat", Side.BOTH), ("l45bil", Side.BOTH), ("l45 lt", Side.LEFT), ("l45rt", Side.RIGHT)],
)
def test_that_a_side_is_read_as_charts_abbreviate_it(typed: str, side: Side) -> None:
    assert one(typed, TargetKind.FACET) == Target(LEVELS["L4-L5"], side)


def test_that_a_side_of_its_own_may_be_only_begun() -> None:
    for end in range(1, len("bilateral") + 1):
        assert may_become_levels("l45 " + "bilateral"[:end], TargetKind.FACET)
    assert not may_become_levels("caudal bil", TargetKind.CAUDAL)
