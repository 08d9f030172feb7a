"""Regions of the body in which trigger points lie, and how they are typed: "neck, lower back", "ub lb", "cuello".

The list follows the anatomical regions that LCD L34211 names as examples (cephalic, facial, cervical, scapular,
thoracic, lumbar), with plain names for the rest of the body. eviCore counts by region and publishes no list.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from tracker.domain.errors import InvalidEntryError
from tracker.domain.folding import folded
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
    BodyRegion.HEAD: ("head", "scalp", "temple", "cephalic", "cabeza", "sien", "cuero cabelludo"),
    BodyRegion.FACE: ("face and jaw", "face", "jaw", "facial", "cara y mandíbula", "cara", "mandíbula", "rostro"),
    BodyRegion.NECK: ("neck", "cervical", "cuello", "nuca"),
    BodyRegion.SHOULDER: (
        "shoulder girdle", "shoulder", "scapula", "scapular", "trapezius",
        "cintura escapular", "hombro", "hombros", "escápula", "omóplato", "trapecio",
    ),
    BodyRegion.UPPER_BACK: (
        "upper back", "ub", "mid back", "thoracic",
        "parte alta de la espalda", "espalda alta", "dorsal", "torácica",
    ),
    BodyRegion.LOWER_BACK: (
        "lower back", "low back", "lb", "lumbar",
        "parte baja de la espalda", "espalda baja", "zona lumbar",
    ),
    BodyRegion.TRUNK: (
        "chest and abdomen", "chest", "abdomen", "abdominal", "pecho y abdomen", "pecho", "tórax", "vientre",
    ),
    BodyRegion.HIP: (
        "pelvis and hip", "pelvis", "hip", "gluteal", "buttock",
        "pelvis y cadera", "cadera", "glúteo", "glúteos", "nalga",
    ),
    BodyRegion.ARM: ("arm", "upper limb", "elbow", "forearm", "hand", "brazo", "codo", "antebrazo", "mano"),
    BodyRegion.LEG: (
        "leg", "lower limb", "thigh", "calf", "foot", "pierna", "muslo", "pantorrilla", "pie",
    ),
}  # fmt: skip
"""In English and in Spanish, on every desk: who types is not who chose the language of the window."""


def _folded(text: str) -> str:
    """Return the text without capitals, hyphens and accents: "Tórax" is typed "torax" as well."""
    return " ".join(folded(text).replace("-", " ").split())


_BY_WORD = {_folded(word): region for region, words in _WORDS.items() for word in (region.value, *words)}
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
    """Return the form that `parse_body_regions` reads back, in the window's language: "neck, lower back"."""
    return ", ".join(region.label for region in regions)


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
    return tuple(folded for piece in re.split(r"[,;+&/]+", text) if (folded := _folded(piece)))
