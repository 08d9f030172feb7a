"""The shipped typeface and its roles, always with figures of one width."""

from __future__ import annotations

import functools
import logging
from pathlib import Path
from typing import ClassVar, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

Role = Literal["title", "subtitle", "heading", "strong", "body", "caption", "caption_strong", "hint", "vertebra"]

FAMILIES = ["Inter", "Noto Sans", "DejaVu Sans"]
_FILES = {
    QFont.Weight.Normal: "Inter-Regular.otf",
    QFont.Weight.Medium: "Inter-Medium.otf",
    QFont.Weight.DemiBold: "Inter-SemiBold.otf",
    QFont.Weight.Bold: "Inter-Bold.otf",
}
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


class _Waiting:
    """Which shipped files nobody asked for yet, by weight."""

    files: ClassVar[dict[QFont.Weight, Path]] = {}


def load(folder: Path) -> None:
    """Have the shipped typeface from here on: the file of a weight is read when a font of it is first wanted."""
    _Waiting.files = {weight: folder / name for weight, name in _FILES.items()}
    _forget()


def load_rest() -> None:
    """Read the files that nobody asked for yet."""
    for weight in tuple(_Waiting.files):
        _register(weight)


def _register(weight: QFont.Weight) -> None:
    """Register the file of a weight; a missing one is logged and the fallback family is used."""
    file = _Waiting.files.pop(weight, None)
    if file is not None and QFontDatabase.addApplicationFont(str(file)) < 0:
        _log.warning("Font file %s could not be loaded.", file.name)


def set_scale(factor: float) -> None:
    """Make all roles larger or smaller; who keeps a font asks for it again when the application's font changes."""
    _Scale.factor = factor
    _forget()


@functools.cache
def font(role: Role = "body", weight: int | None = None) -> QFont:
    """Return the font of a role. Callers must not change it: copy first."""
    points, usual = _SIZES[role]
    wanted = QFont.Weight(weight) if weight else usual
    _register(wanted)
    made = QFont(FAMILIES)
    made.setPointSizeF(points * _Scale.factor)
    made.setWeight(wanted)
    made.setFeature(QFont.Tag("tnum"), 1)
    if role == "title":
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.2)
    return made


@functools.cache
def metrics(role: Role = "body", weight: int | None = None) -> QFontMetrics:
    """Return how the font of a role measures."""
    return QFontMetrics(font(role, weight))


@functools.lru_cache(maxsize=4096)
def text_width(text: str, role: Role = "body") -> int:
    """Return how wide a text stands in a role: heads and cells are measured again and again."""
    return metrics(role).horizontalAdvance(text)


@functools.lru_cache(maxsize=4096)
def elided(text: str, role: Role, room: int, weight: int | None = None) -> str:
    """Return the text, its end cut where it is wider than `room`."""
    return metrics(role, weight).elidedText(text, Qt.TextElideMode.ElideRight, room)


def _forget() -> None:
    """Measure anew: the fonts are others."""
    for kept in (font, metrics, text_width, elided):
        kept.cache_clear()
