"""Regions of the body in the words of the desk."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.body_regions import BodyRegion


def body_text(regions: Iterable[BodyRegion]) -> str:
    """Return "neck, lower back"; "" for none."""
    return ", ".join(region.label for region in regions)
