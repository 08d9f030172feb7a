"""Saves pictures of the screen small: with a table of 256 colours, which nobody sees in flat surfaces and text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap

_COLOURS, _FREQUENT = 256, 160
_COARSE = 0xF0F0F0


def save(picture: QPixmap, file: Path) -> None:
    """Save as PNG; a third of what it takes with all its colours."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    nearest = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    few = image.convertToFormat(QImage.Format.Format_Indexed8, colour_table(image), nearest)
    if not few.save(str(file), "PNG", 0):  # 0: as small as it gets
        raise OSError(f"{file} could not be written.")


def colour_table(image: QImage) -> list[int]:
    """Return the most frequent colours, and one of every other hue, however small it stands there."""
    counts = Counter(memoryview(image.constBits()).cast("I"))
    table = [colour for colour, _count in counts.most_common(_FREQUENT)]
    known = {colour & _COARSE for colour in table}
    hues: Counter[int] = Counter()
    first: dict[int, int] = {}
    for colour, count in counts.most_common():
        hues[colour & _COARSE] += count
        first.setdefault(colour & _COARSE, colour)
    table += [first[hue] for hue, _count in hues.most_common() if hue not in known][: _COLOURS - len(table)]
    return table
