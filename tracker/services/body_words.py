"""Regions of the body in the words of the desk."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.body_regions import BodyRegion
from tracker.domain.language import tr

BODY_WORDS = {
    BodyRegion.HEAD: tr("head"),
    BodyRegion.FACE: tr("face and jaw"),
    BodyRegion.NECK: tr("neck"),
    BodyRegion.SHOULDER: tr("shoulder girdle"),
    BodyRegion.UPPER_BACK: tr("upper back"),
    BodyRegion.LOWER_BACK: tr("lower back"),
    BodyRegion.TRUNK: tr("chest and abdomen"),
    BodyRegion.HIP: tr("pelvis and hip"),
    BodyRegion.ARM: tr("arm"),
    BodyRegion.LEG: tr("leg"),
}


def body_text(regions: Iterable[BodyRegion]) -> str:
    """Return "neck, lower back"; "" for none."""
    return ", ".join(BODY_WORDS[region] for region in regions)
