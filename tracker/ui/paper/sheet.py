"""A Letter sheet in tenths of a point, its inks and fonts: dark on white whatever the window looks like."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QRawFont

from tracker.ui.theme import plain_text
from tracker.ui.theme.fonts import FAMILIES
from tracker.ui.theme.tokens import LIGHT

POINT = 10.0
WIDTH, HEIGHT = 612 * POINT, 792 * POINT
LEFT, TOP, FOOT = 54 * POINT, 48 * POINT, 46 * POINT
PER_INCH = 720
NO_GLYPH = "□"
_PLAIN = (*range(0x20, 0x7F), *range(0xA1, 0x180), *range(0x2010, 0x2040))
_CONTROLS, _PRIVATE = (0x09, 0xA0), range(0xE000, 0xF900)

Draw = Callable[[QPainter], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page; `foreign` ones are pages of another's PDF, of which only their place can be shown here."""

    draw: Draw
    landscape: bool = False
    foreign: bool = False

    @property
    def box(self) -> QRectF:
        return box_of(self.landscape)


def box_of(landscape: bool) -> QRectF:
    return QRectF(0, 0, HEIGHT, WIDTH) if landscape else QRectF(0, 0, WIDTH, HEIGHT)


def ink(token: str = "ink") -> QColor:
    """Return the colour of a token on paper."""
    return QColor(getattr(LIGHT, token))


@functools.cache
def paper_font(points: float = 9.5, strong: bool = False) -> QFont:
    """Return a font for paper, without the alternates of letters that nobody could search for in a PDF."""
    made = QFont(FAMILIES)
    made.setPixelSize(round(points * POINT))
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("calt"), 0)
    return made


@functools.cache
def mistaken_letters() -> dict[int, int]:
    """Return the codes by which Qt names a letter of the typeface in a PDF, and the letters that they are.

    The typeface draws many letters under a second, private code too, and Qt takes the last one that it finds.
    """
    face = QRawFont.fromFont(paper_font())
    plain = {face.glyphIndexesForString(chr(code))[0]: code for code in reversed(_PLAIN)}
    private = {code: face.glyphIndexesForString(chr(code))[0] for code in (*_CONTROLS, *_PRIVATE)}
    return {code: plain[glyph] for code, glyph in private.items() if glyph and glyph in plain}


def printable(text: str) -> str:
    """Return the text as one clean line, with a box in the place of letters that no font of this computer has."""
    return "".join(each if _has_glyph(each) else NO_GLYPH for each in plain_text.one_line(text))


def unprintable(text: str) -> tuple[str, ...]:
    """Return the letters of a text that no font of this computer has, as "U+1F9B4"."""
    lost = dict.fromkeys(each for each in plain_text.one_line(text) if not _has_glyph(each))
    return tuple(f"U+{ord(each):04X}" for each in lost)


@functools.cache
def _has_glyph(letter: str) -> bool:
    return QFontMetricsF(paper_font()).inFontUcs4(ord(letter))
