"""The shipped typeface and its roles, always with figures of one width."""

from __future__ import annotations

import functools
import logging
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase

Role = Literal["title", "subtitle", "heading", "strong", "body", "caption", "caption_strong", "hint", "vertebra"]

FAMILIES = ["Inter", "Noto Sans", "DejaVu Sans"]
_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")
_SIZES: dict[Role, tuple[float, QFont.Weight]] = {
    "title": (15.0, QFont.Weight.DemiBold),
    "subtitle": (11.25, QFont.Weight.DemiBold),
    "heading": (9.75, QFont.Weight.DemiBold),
    "strong": (9.75, QFont.Weight.Medium),
    "body": (9.75, QFont.Weight.Normal),
    "caption": (9.0, QFont.Weight.Normal),
    "caption_strong": (9.0, QFont.Weight.Medium),
    "hint": (8.25, QFont.Weight.Normal),
    "vertebra": (7.5, QFont.Weight.DemiBold),
}


class _Scale:
    """By how much the text is larger than usual."""

    factor = 1.0


_log = logging.getLogger(__name__)


def load(folder: Path) -> None:
    """Register the shipped font files; a missing one is logged and the fallback family is used."""
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            _log.warning("Font file %s could not be loaded.", name)
    font.cache_clear()


def set_scale(factor: float) -> None:
    """Make all roles larger or smaller; who keeps a font asks for it again when the application's font changes."""
    _Scale.factor = factor
    font.cache_clear()


@functools.cache
def font(role: Role = "body", weight: int | None = None) -> QFont:
    """Return the font of a role. Callers must not change it: copy first."""
    points, usual = _SIZES[role]
    made = QFont(FAMILIES)
    made.setPointSizeF(points * _Scale.factor)
    made.setWeight(QFont.Weight(weight) if weight else usual)
    made.setFeature(QFont.Tag("tnum"), 1)
    if role == "title":
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.2)
    return made
