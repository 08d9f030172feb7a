"""Regions of the body in which trigger points lie, and how they are typed: "neck, lower back", "ub lb".

The list follows the anatomical regions that LCD L34211 names as examples (cephalic, facial, cervical, scapular,
thoracic, lumbar), with plain names for the rest of the body. eviCore counts by region and publishes no list.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import msg, tr
from tracker.domain.term import Term


class BodyRegion(Term):
    """Where the muscles of a trigger point injection are, from head to foot; both sides of the body are one."""

    HEAD = "head"
    FACE = "face"
    NECK = "neck"
    SHOULDER = "shoulder"
    UPPER_BACK = "upper-back"
    LOWER_BACK = "lower-back"
    TRUNK = "chest-abdomen"
    HIP = "pelvis-hip"
    ARM = "arm"
    LEG = "leg"

    @property
    def label(self) -> str:
        return tr(_LABELS[self])


_LABELS = {
    BodyRegion.HEAD: msg("head"),
    BodyRegion.FACE: msg("face and jaw"),
    BodyRegion.NECK: msg("neck"),
    BodyRegion.SHOULDER: msg("shoulder girdle"),
    BodyRegion.UPPER_BACK: msg("upper back"),
    BodyRegion.LOWER_BACK: msg("lower back"),
    BodyRegion.TRUNK: msg("chest and abdomen"),
    BodyRegion.HIP: msg("pelvis and hip"),
    BodyRegion.ARM: msg("arm"),
    BodyRegion.LEG: msg("leg"),
}
_WORDS = {
    BodyRegion.HEAD: ("head", "scalp", "temple", "cephalic"),
    BodyRegion.FACE: ("face and jaw", "face", "jaw", "facial"),
    BodyRegion.NECK: ("neck", "cervical"),
    BodyRegion.SHOULDER: ("shoulder girdle", "shoulder", "scapula", "scapular", "trapezius"),
    BodyRegion.UPPER_BACK: ("upper back", "ub", "mid back", "thoracic"),
    BodyRegion.LOWER_BACK: ("lower back", "low back", "lb", "lumbar"),
    BodyRegion.TRUNK: ("chest and abdomen", "chest", "abdomen", "abdominal"),
    BodyRegion.HIP: ("pelvis and hip", "pelvis", "hip", "gluteal", "buttock"),
    BodyRegion.ARM: ("arm", "upper limb", "elbow", "forearm", "hand"),
    BodyRegion.LEG: ("leg", "lower limb", "thigh", "calf", "foot"),
}
_BY_WORD = {word: region for region, words in _WORDS.items() for word in (region.value.replace("-", " "), *words)}
_LONGEST_FIRST = sorted(_BY_WORD, key=lambda word: (-len(word), word))
_ORDER = {region: place for place, region in enumerate(BodyRegion)}
WAYS = msg("Type neck, shoulder, upper back, lower back, hip, arm, leg, chest, head or face; several parted by commas.")


def parse_body_regions(text: str) -> tuple[BodyRegion, ...]:
    """Read what was typed. Raises InvalidEntryError whose `token` is the part that has no meaning."""
    found: set[BodyRegion] = set()
    for part in _parts(text):
        rest = part
        while rest:
            word = next((word for word in _LONGEST_FIRST if rest == word or rest.startswith(f"{word} ")), None)
            if word is None:
                raise InvalidEntryError(tr("“{rest}” is no region of the body.", rest=rest), "", tr(WAYS), rest)
            found.add(_BY_WORD[word])
            rest = rest[len(word) :].strip()
    return in_order(found)


def in_order(regions: Iterable[BodyRegion]) -> tuple[BodyRegion, ...]:
    """Return each once, from head to foot."""
    return tuple(sorted(set(regions), key=_ORDER.__getitem__))


def written_regions(regions: Iterable[BodyRegion]) -> str:
    """Return the form that `parse_body_regions` reads back: "neck, lower back"."""
    return ", ".join(_LABELS[region] for region in regions)


def may_become_regions(text: str) -> bool:
    """Tell whether what stands behind the last comma is only begun: more typing could still make a region of it."""
    parts = _parts(text)
    if not parts or text[-1] in ",;":
        return False
    return any(word.startswith(tail) for tail in _tails(parts[-1]) for word in _BY_WORD)


def _tails(part: str) -> Iterable[str]:
    words = part.split()
    return (" ".join(words[place:]) for place in range(len(words)))


@functools.lru_cache(maxsize=256)
def _parts(text: str) -> tuple[str, ...]:
    pieces = re.split(r"[,;+&/]+", text.casefold().replace("-", " "))
    return tuple(folded for piece in pieces if (folded := " ".join(piece.split())))
