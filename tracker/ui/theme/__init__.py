"""The look of the program: tokens in force, fonts, and switching between light and dark."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tracker import paths
from tracker.ui.theme import fonts, palette, stylesheet
from tracker.ui.theme.fonts import Role, font
from tracker.ui.theme.tokens import DARK, LIGHT, Tokens

Scheme = Literal["light", "dark", "system"]

__all__ = ["Role", "Scheme", "Tokens", "apply", "color", "current", "font", "tokens"]


class CurrentTheme(QObject):
    """The scheme in force; `changed` comes after the application's palette was set."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme: Scheme = "light"
        self.tokens: Tokens = LIGHT
        self.fonts_loaded = False


_current = CurrentTheme()


def current() -> CurrentTheme:
    """Return the one theme object, for its `changed` signal."""
    return _current


def tokens() -> Tokens:
    """Return the tokens in force. Read them when painting; do not keep them."""
    return _current.tokens


def color(token: str) -> QColor:
    """Return the colour of a token in force."""
    return QColor(getattr(_current.tokens, token))


def apply(app: QApplication, scheme: Scheme = "system") -> None:
    """Dress the application in a scheme; may be called again at any time."""
    first = not _current.fonts_loaded
    if first:
        fonts.load(paths.resource_root() / "fonts")
        _current.fonts_loaded = True
        app.setStyle("Fusion")
        app.setFont(font("body"))
        app.styleHints().colorSchemeChanged.connect(_follow_system)
    _current.scheme = scheme
    _current.tokens = _chosen(app, scheme)
    app.setPalette(palette.build(_current.tokens))
    app.setStyleSheet(stylesheet.build(_current.tokens))
    _current.changed.emit()


def _chosen(app: QApplication, scheme: Scheme) -> Tokens:
    if scheme == "system":
        return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if scheme == "dark" else LIGHT


def _follow_system() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and _current.scheme == "system" and _chosen(app, "system") is not _current.tokens:
        apply(app, "system")
