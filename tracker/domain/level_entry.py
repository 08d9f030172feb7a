"""Levels as the desk types them: "l45b", "l4-5 l, l5s1r", "c56r c67r", "sib"; names the part that has no meaning."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable

from tracker.domain.anatomy import LEVELS, NERVES, THIRD_OCCIPITAL, VERTEBRAE, Level, Side, Target, joints_of
from tracker.domain.body_regions import may_become_regions, parse_body_regions, written_regions
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import msg, tr
from tracker.domain.procedure import Approach, Sites, TargetKind

_SIDES = {
    "l": Side.LEFT,
    "r": Side.RIGHT,
    "b": Side.BOTH,
    "left": Side.LEFT,
    "right": Side.RIGHT,
    "both": Side.BOTH,
    "bilateral": Side.BOTH,
    "bilat": Side.BOTH,
    "bil": Side.BOTH,
    "lt": Side.LEFT,
    "rt": Side.RIGHT,
}
_NEIGHBOURS = {upper + lower: f"{upper}-{lower}" for upper, lower in itertools.pairwise(VERTEBRAE)}
_SIDE = r"(?P<side>left|right|both|bilateral|bilat|bil|lt|rt|l|r|b)?"
_LEVEL = re.compile(r"(?P<upper>[ctls]\d{1,2})-?(?P<lower>[ctls]?\d{1,2})" + _SIDE)
_ONE = re.compile(r"(?P<name>si|s1|caudal|ton|[ctl]\d{1,2})" + _SIDE)
_RUN = re.compile(r"(?P<letter>[ctl])(?P<digits>\d{2,4})" + _SIDE)

_NERVE_WORDS = ("n", "nerve", "nerves")

_ALLOWED = {
    TargetKind.FACET: msg("a facet joint, such as l45 or c56"),
    TargetKind.FORAMEN: msg("a foramen, such as l45 or s1"),
    TargetKind.INTERSPACE: msg("an interspace, such as l45 or c7t1"),
    TargetKind.SI: msg("the SI joint: sil, sir or sib"),
    TargetKind.CAUDAL: msg("caudal"),
    TargetKind.BODY: msg("a region of the body, such as neck"),
    TargetKind.NONE: msg("nothing: this procedure has no levels"),
}


def parse_levels(text: str, kind: TargetKind | str, approach: Approach | None = None) -> Sites:
    """Read what was typed for a procedure whose targets are of `kind`.

    Sides are l, r or b behind a level, or once behind several levels ("l45 l5s1 b"). "n" begins nerves: "n l3 l4 l5 l".
    Trigger points go to regions of the body instead ("neck, lower back").
    Raises InvalidEntryError whose `token` is the part that has no meaning.
    """
    kind = TargetKind(kind)
    if kind is TargetKind.BODY:
        return Sites(body_regions=parse_body_regions(text))
    words = _words(text)
    if words and words[0] in _NERVE_WORDS:
        return _nerves(words[1:], kind, text)
    waiting: list[Level] = []
    found: list[Target] = []
    for word in words:
        if word in _SIDES:
            _refuse_side(word, kind)
            if not waiting:
                raise InvalidEntryError(
                    tr("“{word}” is a side without a level.", word=word), "", tr("Type the level first."), word
                )
            found += [Target(level, _SIDES[word]) for level in waiting]
            waiting = []
            continue
        level, side = _level(word, kind)
        if side is None:
            waiting.append(level)
        else:
            _refuse_side(word, kind)
            found.append(Target(level, side))
    without = Side.UNKNOWN if kind.sided else Side.MIDLINE
    return Sites(_merged([*found, *(Target(level, without) for level in waiting)]))


def readable_levels(text: str, kind: TargetKind | str, approach: Approach | None = None) -> Sites:
    """Return what `text` says without the words that have no meaning."""
    words = _words(text)
    while words:
        try:
            return parse_levels(" ".join(words), kind, approach)
        except InvalidEntryError as error:
            if error.token not in words:
                break
            words.remove(error.token)
    return Sites()


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,;+&]+", text.casefold().replace("–", "-").replace("/", "-")) if word]


def written(sites: Sites) -> str:
    """Return the short form that `parse_levels` reads back: "l45b l5s1r", "n l3 l4 l5 l"."""
    if sites.body_regions:
        return written_regions(sites.body_regions)
    letters = {Side.LEFT: "l", Side.RIGHT: "r", Side.BOTH: "b"}
    if nerves := sites.nerves or sites.lone_nerves:
        sides = {letters[target.side] for target in sites.targets if target.side in letters}
        return " ".join(("n", *(nerve.lower() for nerve in nerves), *sides))
    return " ".join(_short(target.level) + letters.get(target.side, "") for target in sites.targets)


def may_become_levels(text: str, kind: TargetKind | str) -> bool:
    """Tell whether the last word is only begun: more typing could still make a level or a nerve of it."""
    if TargetKind(kind) is TargetKind.BODY:
        return may_become_regions(text)
    words = _words(text)
    if not words or text[-1].isspace():
        return False
    names_nerves = words[0] in _NERVE_WORDS
    return any(form.startswith(words[-1]) for form in _forms(TargetKind(kind), names_nerves))


@functools.cache
def _forms(kind: TargetKind, nerves: bool) -> tuple[str, ...]:
    """Return every way to write one word of an entry, without sides: those may follow anywhere."""
    if nerves:
        names = tuple(nerve.lower() for nerve in (*NERVES, THIRD_OCCIPITAL))
        return (*_NERVE_WORDS, *names) if kind is TargetKind.FACET else ()
    forms = list(_NERVE_WORDS) if kind is TargetKind.FACET else []
    for level in (level for level in LEVELS.values() if can_go(level, kind)):
        upper, _, lower = level.name.lower().partition("-")
        lowers = (lower, lower[1:]) if lower and lower[0] == upper[0] else (lower,)
        forms += [f"{upper}{dash}{below}" for below in lowers for dash in ("-", "")] if lower else [upper]
    sides = ("left", "right", "both", "bilateral", "lt", "rt") if kind.sided else ("",)
    return (*(side for side in sides if side), *(form + side for form in forms for side in sides))


def _short(level: Level) -> str:
    upper, _, lower = level.name.lower().partition("-")
    return upper + (lower[1:] if lower and lower[0] == upper[0] else lower)


def _level(word: str, kind: TargetKind) -> tuple[Level, Side | None]:
    """Return the level and the side of one word, side None when it has none."""
    for name, side in _readings(word):
        level = LEVELS.get(name)
        if level is not None and can_go(level, kind):
            return level, side
    named = next((LEVELS[name] for name, _ in _readings(word) if name in LEVELS), None)
    if named is not None:
        where = tr("“{word}” is {label}, which cannot be treated this way.", word=word, label=named.label)
        raise InvalidEntryError(where, "", tr("Type {wanted}.", wanted=tr(_ALLOWED[kind])), word)
    raise InvalidEntryError(
        tr("“{word}” is no level.", word=word), "", tr("Type {wanted}.", wanted=tr(_ALLOWED[kind])), word
    )


def _readings(word: str) -> Iterable[tuple[str, Side | None]]:
    """Yield every (level name, side) that a word can stand for."""
    compact = word.replace("-", "")
    if match := _LEVEL.fullmatch(word):
        upper = match["upper"].upper()
        lower = match["lower"].upper()
        yield f"{upper}-{lower if lower[0].isalpha() else upper[0] + lower}", _SIDES.get(match["side"] or "")
    if match := _RUN.fullmatch(compact):
        side = _SIDES.get(match["side"] or "")
        for cut in range(1, len(match["digits"])):
            upper, lower = match["digits"][:cut], match["digits"][cut:]
            letter = match["letter"].upper()
            for below in "CTLS":
                if name := _NEIGHBOURS.get(f"{letter}{upper}{below}{lower}"):
                    yield name, side
    if match := _ONE.fullmatch(compact):
        name = {"si": "SI", "s1": "S1", "caudal": "caudal"}.get(match["name"])
        if name:
            yield name, _SIDES.get(match["side"] or "")


def can_go(level: Level, kind: TargetKind) -> bool:
    """Tell whether a procedure whose targets are of this kind can be done at the level."""
    segment = "-" in level.name
    match kind:
        case TargetKind.FACET | TargetKind.INTERSPACE:
            return segment and level >= LEVELS["C2-C3"]
        case TargetKind.FORAMEN:
            return (segment and level >= LEVELS["C1-C2"]) or level.name == "S1"
        case TargetKind.SI:
            return level.name == "SI"
        case TargetKind.CAUDAL:
            return level.name == "caudal"
        case TargetKind.BODY | TargetKind.NONE:
            return False


def _refuse_side(word: str, kind: TargetKind) -> None:
    if not kind.sided:
        raise InvalidEntryError(
            tr("“{word}”: this procedure has no side.", word=word), "", tr("Leave the l, r or b away."), word
        )


def _merged(targets: list[Target]) -> tuple[Target, ...]:
    """Join left and right of one level, and drop what is said twice."""
    sides: dict[Level, set[Side]] = {}
    for target in targets:
        sides.setdefault(target.level, set()).update(target.side.single_sides or {target.side})
    merged = []
    for level, found in sides.items():
        single = found & {Side.LEFT, Side.RIGHT}
        side = Side.BOTH if len(single) == 2 else next(iter(single or found))
        merged.append(Target(level, side))
    return tuple(sorted(merged))


def _nerves(words: list[str], kind: TargetKind, text: str) -> Sites:
    if kind is not TargetKind.FACET:
        raise InvalidEntryError(
            tr("Nerves are named for facet joints only."),
            "",
            tr("Type {wanted}.", wanted=tr(_ALLOWED[kind])),
            text.strip(),
        )
    if not words:
        raise InvalidEntryError(
            tr("Name the nerves."), "", tr("Such as n l3 l4 l5 l for L4-5 and L5-S1 left."), text.strip()
        )
    names: list[str] = []
    side: Side | None = None
    for word in words:
        if word in _SIDES and word != "l":
            side = _SIDES[word]
            continue
        if word == "l":
            side = Side.LEFT
            continue
        match = _ONE.fullmatch(word)
        name = match["name"].upper() if match else ""
        if match is None or (name not in NERVES and name != THIRD_OCCIPITAL):
            raise InvalidEntryError(
                tr("“{word}” is no nerve.", word=word), "", tr("Type nerves such as l3 l4 l5, then l, r or b."), word
            )
        names.append(name)
        side = _SIDES.get(match["side"] or "") or side
    joints = joints_of(names)
    targets = tuple(Target(level, side or Side.UNKNOWN) for level in joints)
    return Sites(targets, tuple(names), () if joints else tuple(names))
