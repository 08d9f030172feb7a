"""How the window looks on this computer: colours, density of rows, size of text; changed at once and remembered."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tracker.ui import theme
from tracker.ui.preferences import Preferences
from tracker.ui.theme import LARGEST, PERCENT_STEP, SMALLEST, USUAL_PERCENT, Density, Scheme


def apply_preferences(preferences: Preferences) -> None:
    """Dress the program as it is written down."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, preferences.scheme, percent=preferences.text_size, density=preferences.density)


def set_scheme(preferences: Preferences, scheme: Scheme) -> None:
    preferences.scheme = scheme
    apply_preferences(preferences)


def set_density(preferences: Preferences, density: Density) -> None:
    preferences.density = density
    apply_preferences(preferences)


def set_text_size(preferences: Preferences, percent: int) -> None:
    preferences.text_size = max(SMALLEST, min(LARGEST, percent))
    apply_preferences(preferences)


def larger(preferences: Preferences) -> None:
    set_text_size(preferences, preferences.text_size + PERCENT_STEP)


def smaller(preferences: Preferences) -> None:
    set_text_size(preferences, preferences.text_size - PERCENT_STEP)


def usual_size(preferences: Preferences) -> None:
    set_text_size(preferences, USUAL_PERCENT)
