"""What is done to a patient: family, intent, approach, and the targets with their written form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.anatomy import LEVELS, NERVES, THIRD_OCCIPITAL, Level, Side, Target, joints_of, nerves_of
from tracker.domain.body_regions import BodyRegion
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.term import Term


class Family(Term):
    """Procedure families that payers count apart."""

    FACET_INJECTION = "facet-injection"
    FACET_ABLATION = "facet-ablation"
    EPIDURAL = "epidural"
    SI_INJECTION = "si-joint-injection"
    SI_ABLATION = "si-joint-ablation"
    TRIGGER_POINT = "trigger-point"
    BASIVERTEBRAL_ABLATION = "basivertebral-ablation"
    GENICULAR_BLOCK = "genicular-block"
    GENICULAR_ABLATION = "genicular-ablation"
    OCCIPITAL_BLOCK = "occipital-block"
    SCS_TRIAL = "scs-trial"


class Intent(Term):
    """Why an injection is given; ablations have none."""

    DIAGNOSTIC = "diagnostic"
    THERAPEUTIC = "therapeutic"


class Approach(Term):
    """How the needle gets there, and to what; CYST empties or ruptures the cyst of a facet joint."""

    MEDIAL_BRANCH = "medial-branch"
    INTRA_ARTICULAR = "intra-articular"
    INTERLAMINAR = "interlaminar"
    CAUDAL = "caudal"
    TRANSFORAMINAL = "transforaminal"
    NERVE_ROOT = "nerve-root"
    CYST = "cyst"
    LATERAL_BRANCH = "lateral-branch"


class TargetKind(StrEnum):
    """What a procedure's targets are: never mixed in one entry (ux.md 4.2)."""

    FACET = "facet"
    FORAMEN = "foramen"
    INTERSPACE = "interspace"
    SI = "si"
    CAUDAL = "caudal"
    BODY = "body"
    NONE = "none"

    @property
    def sided(self) -> bool:
        return self in (TargetKind.FACET, TargetKind.FORAMEN, TargetKind.SI)


@dataclass(frozen=True, slots=True)
class ProcedureChoice:
    """One line of the pick list, from resources/procedures/choices.toml; `aliases` are what else people type for it."""

    id: str
    label: str
    short: str
    family: Family
    intent: Intent | None
    approach: Approach | None
    targets: TargetKind
    aliases: tuple[str, ...] = ()


MIDLINE_APPROACHES = frozenset({Approach.INTERLAMINAR, Approach.CAUDAL})
SIDED_BY_LEVEL = frozenset({Family.FACET_INJECTION, Family.FACET_ABLATION, Family.SI_INJECTION, Family.SI_ABLATION})


@dataclass(frozen=True, slots=True)
class Sites:
    """Where a procedure goes: joints, foramina or interspaces as targets, and the nerves if nerves were named.

    `lone_nerves` holds nerves that were named but complete no joint ("L4 left" alone), `body_regions` where trigger
    points are.
    """

    targets: tuple[Target, ...] = ()
    nerves: tuple[str, ...] = ()
    lone_nerves: tuple[str, ...] = ()
    body_regions: tuple[BodyRegion, ...] = ()

    @property
    def levels(self) -> tuple[Level, ...]:
        return tuple(sorted({target.level for target in self.targets}))


_TARGET = re.compile(r"^(?P<level>\S+?)(?:\s+(?P<side>left|right|both))?$", re.IGNORECASE)


def parse_sites(texts: Iterable[str], approach: Approach | None = None) -> Sites:
    """Read targets in their written form ("L4-L5 left", "SI both", "caudal", "nerves L3 L4 L5 left").

    Raises InvalidEntryError naming the part that has no meaning.
    """
    targets: list[Target] = []
    nerves: list[str] = []
    lone: list[str] = []
    for text in texts:
        words = text.split()
        if words and words[0].lower() in ("nerve", "nerves"):
            found, alone = _parse_nerves(text, words[1:])
            targets += found
            nerves += [word.upper() for word in words[1:] if word.lower() not in set(Side)]
            lone += alone
        else:
            targets.append(parse_target(text, approach))
    return Sites(tuple(sorted(set(targets))), tuple(nerves), tuple(lone))


def parse_target(text: str, approach: Approach | None = None) -> Target:
    """Read one target; without a side it is the midline (interlaminar, caudal) or of unknown side."""
    match = _TARGET.match(text.strip())
    level = next((lvl for name, lvl in LEVELS.items() if match and name.lower() == match["level"].lower()), None)
    if match is None or level is None:
        raise InvalidEntryError(
            tr("“{word}” is no level.", word=text), "", tr("Write a level and a side, such as “L4-L5 left”."), text
        )
    if match["side"]:
        return Target(level, Side(match["side"].lower()))
    midline = level.name == "caudal" or approach in MIDLINE_APPROACHES
    return Target(level, Side.MIDLINE if midline else Side.UNKNOWN)


def _parse_nerves(text: str, words: list[str]) -> tuple[list[Target], list[str]]:
    side = Side.UNKNOWN
    if words and words[-1].lower() in ("left", "right", "both"):
        side = Side(words[-1].lower())
        words = words[:-1]
    names = [word.upper() for word in words]
    wrong = [name for name in names if name not in NERVES and name != THIRD_OCCIPITAL]
    if wrong or not names:
        token = wrong[0] if wrong else text
        raise InvalidEntryError(
            tr("“{word}” is no nerve.", word=token),
            "",
            tr("Write nerves and a side, such as “nerves L3 L4 left”."),
            token,
        )
    joints = joints_of(names)
    used = {nerve for joint in joints for nerve in nerves_of(joint)}
    return [Target(level, side) for level in joints], [name for name in names if name not in used]
