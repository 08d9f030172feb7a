"""Levels as procedure logs write them: "L4-L5 left", "L4-5 L5-S1 both", "nerves L3 L4 left", or the desk's "l45b"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.domain.anatomy import LEVELS, Level, Side, Target
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.procedure import MIDLINE_APPROACHES, Approach, Family, Sites, parse_sites
from tracker.exchange.cell_values import SIDES, shown

_SEGMENT = re.compile(r"([CTL])(\d{1,2})[-–/]([CTLS]?)(\d{1,2})", re.IGNORECASE)
_SINGLE = {"si": "SI", "sij": "SI", "caudal": "caudal", "s1": "S1"}
_KINDS = {
    Family.FACET_INJECTION: "facet",
    Family.FACET_ABLATION: "facet",
    Family.SI_INJECTION: "si",
    Family.SI_ABLATION: "si",
}
_APPROACH_KINDS = {Approach.CAUDAL: "caudal", Approach.INTERLAMINAR: "interspace"}


def read_levels(text: str, side: Side | None, family: Family, approach: Approach | None) -> Sites:
    """Return the targets of a cell; `side` is that of the side column, for levels without one.

    Raises InvalidEntryError naming the part that has no meaning.
    """
    targets: list[Target] = []
    nerves: list[str] = []
    lone: list[str] = []
    for part in re.split(r"[;,|+&]|\band\b", text):
        words = part.split()
        if not words:
            continue
        if words[0].casefold() in ("nerve", "nerves"):
            sites = parse_sites([_with_side(part.strip(), side)], approach)
        else:
            sites = _read_part(words, family, approach)
        targets += sites.targets
        nerves += sites.nerves
        lone += sites.lone_nerves
    sided = {_sided(target, side) for target in targets}
    return Sites(tuple(sorted(sided)), tuple(nerves), tuple(lone))


def _read_part(words: Iterable[str], family: Family, approach: Approach | None) -> Sites:
    """Read words in order: levels wait for the side that follows them, those of the desk's short form too."""
    targets: list[Target] = []
    waiting: list[Level] = []
    short: list[str] = []
    for word in words:
        if side := SIDES.get(word.casefold()):
            targets += [Target(level, side) for level in waiting]
            waiting = []
            if short and short[-1][-1].isdigit() and side.single_sides:
                short.append(side.value)
        elif (level := _level(word)) is not None:
            waiting.append(level)
        else:
            short.append(word)
    targets += [Target(level, _default_side(level, approach)) for level in waiting]
    if not short:
        return Sites(tuple(targets))
    from tracker.domain.level_entry import parse_levels

    kind = _APPROACH_KINDS.get(approach) if approach else None
    sites = parse_levels(" ".join(short), kind or _KINDS.get(family, "foramen"), approach)
    return Sites((*targets, *sites.targets), sites.nerves, sites.lone_nerves)


def _level(word: str) -> Level | None:
    """Return the level of "L4-5", "L5-S1" or "SI", None for another way of writing. Raises InvalidEntryError."""
    if name := _SINGLE.get(word.casefold()):
        return LEVELS[name]
    match = _SEGMENT.fullmatch(word)
    if match is None:
        return None
    upper = match[1].upper()
    name = f"{upper}{match[2]}-{match[3].upper() or upper}{match[4]}"
    if name not in LEVELS:
        raise InvalidEntryError(
            tr("{cell} is no level.", cell=shown(word)), "", tr("Write two neighbors, such as L4-L5."), word
        )
    return LEVELS[name]


def _default_side(level: Level, approach: Approach | None) -> Side:
    return Side.MIDLINE if level.name == "caudal" or approach in MIDLINE_APPROACHES else Side.UNKNOWN


def _sided(target: Target, side: Side | None) -> Target:
    return Target(target.level, side) if side and target.side is Side.UNKNOWN else target


def _with_side(part: str, side: Side | None) -> str:
    has_side = part.split()[-1].casefold() in ("left", "right", "both")
    return part if has_side or side is None or not side.single_sides else f"{part} {side.value}"
