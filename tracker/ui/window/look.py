"""How the window looks on this computer: changed at once and remembered."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tracker.ui import theme
from tracker.ui.preferences import Density, Preferences
from tracker.ui.theme import Scheme


def apply_preferences(preferences: Preferences) -> None:
    """Dress the program as it is written down."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, preferences.scheme)


def set_scheme(preferences: Preferences, scheme: Scheme) -> None:
    preferences.scheme = scheme
    apply_preferences(preferences)


def set_density(preferences: Preferences, density: Density) -> None:
    preferences.density = density
    apply_preferences(preferences)


def set_text_size(preferences: Preferences, percent: int) -> None:
    preferences.text_size = percent
    apply_preferences(preferences)
