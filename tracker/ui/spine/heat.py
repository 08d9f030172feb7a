"""How the history of each place is shown: not at all, as the window counts it, or as a ramp over everything on file."""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QColor

from tracker.domain.language import tr
from tracker.services.answers.site_marks import Heat
from tracker.ui import theme

NONE = Heat(0, 0)
_STEPS = ((5, "used", "used_line", 0.3), (3, "ctl", "used", 1.0), (2, "ctl", "used", 0.7), (1, "ctl", "used", 0.4))
"""From how many times on, and how far from one colour to the other: one hue, and ink stays readable on each."""


class HeatMode(Enum):
    """What a place's fill and figure mean. The next one follows on H."""

    WINDOW = "window"
    EVER = "ever"
    OFF = "off"

    @property
    def next(self) -> HeatMode:
        modes = list(HeatMode)
        return modes[(modes.index(self) + 1) % len(modes)]

    @property
    def words(self) -> str:
        """Return what the picture shows now, for the legend and to be spoken."""
        return {
            HeatMode.WINDOW: tr("12 months"),
            HeatMode.EVER: tr("ever on file"),
            HeatMode.OFF: tr("history hidden"),
        }[self]

    def count(self, heat: Heat) -> int:
        """Return the figure that a place shows."""
        return {HeatMode.WINDOW: heat.recent, HeatMode.EVER: heat.ever, HeatMode.OFF: 0}[self]


def ramp(count: int) -> QColor | None:
    """Return the fill for so many times ever, None for never."""
    for least, pale, deep, share in _STEPS:
        if count >= least:
            return _mixed(theme.color(pale), theme.color(deep), share)
    return None


def _mixed(pale: QColor, deep: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        pale.redF() + (deep.redF() - pale.redF()) * share,
        pale.greenF() + (deep.greenF() - pale.greenF()) * share,
        pale.blueF() + (deep.blueF() - pale.blueF()) * share,
    )
