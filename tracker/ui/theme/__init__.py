"""The look of the program: tokens in force, fonts, and switching between light, dark and high contrast."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tracker import paths
from tracker.ui.theme import fonts, palette, stylesheet
from tracker.ui.theme.fonts import Role, elided, font, metrics, text_width
from tracker.ui.theme.tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Tokens

Scheme = Literal["light", "dark", "contrast", "system"]
Density = Literal["comfortable", "compact"]

USUAL_PERCENT, SMALLEST, LARGEST, PERCENT_STEP = 100, 90, 150, 10
STYLE = "Fusion"
_LEAST_ROW = 24  # WCAG 2.2, 2.5.8: nothing that is aimed at is lower
_COMPACT_SAVES = 4

__all__ = [
    "Density", "Role", "Scheme", "Tokens", "apply", "color", "current", "elided", "font", "metrics", "row_height",
    "scaled", "text_width", "tokens",
]  # fmt: skip


class CurrentTheme(QObject):
    """The scheme in force; `changed` comes after the application's palette was set."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme: Scheme = "light"
        self.tokens: Tokens = LIGHT
        self.colors: dict[str, QColor] = {}
        self.density: Density = "comfortable"
        self.percent = USUAL_PERCENT
        self.fonts_loaded = False


_current = CurrentTheme()


def current() -> CurrentTheme:
    """Return the one theme object, for its `changed` signal."""
    return _current


def tokens() -> Tokens:
    """Return the tokens in force. Read them when painting; do not keep them."""
    return _current.tokens


def color(token: str) -> QColor:
    """Return the colour of a token in force. Callers must not change it: copy first."""
    made = _current.colors.get(token)
    if made is None:
        made = _current.colors[token] = QColor(getattr(_current.tokens, token))
    return made


def scaled(pixels: int) -> int:
    """Return a length that grows and shrinks with the text."""
    return round(pixels * _current.percent / 100)


def row_height(pixels: int) -> int:
    """Return how high a row of this usual height stands in the density and the size of text in force."""
    wanted = pixels - (_COMPACT_SAVES if _current.density == "compact" else 0)
    return max(_LEAST_ROW, wanted + max(0, scaled(20) - 24))


def apply(
    app: QApplication,
    scheme: Scheme = "system",
    *,
    percent: int | None = None,
    density: Density | None = None,
    gradually: bool = False,
) -> None:
    """Dress the application; may be called again at any time. What is not named stays as it is.

    With `gradually` the files of the typeface are read as they are wanted, until `fonts.load_rest`, and the
    application was started in STYLE: to set it then makes Qt's binding describe all there is of styles.
    """
    if not _current.fonts_loaded:
        fonts.load(paths.resource_root() / "fonts")
        _current.fonts_loaded = True
        if not gradually:
            fonts.load_rest()
            app.setStyle(STYLE)
        app.setFont(font("body"))
        app.styleHints().colorSchemeChanged.connect(_follow_system)
        _hear_of_contrast(app)
    resized = False
    _current.scheme = scheme
    _current.tokens = _chosen(app, scheme)
    _current.colors.clear()
    _current.density = density or _current.density
    if percent is not None and percent != _current.percent:
        _current.percent = max(SMALLEST, min(LARGEST, percent))
        fonts.set_scale(_current.percent / 100)
        app.setFont(font("body"))
        resized = True
    app.setPalette(palette.build(_current.tokens))
    app.setStyleSheet(stylesheet.build(_current.tokens))
    _current.changed.emit()
    if resized:
        _lay_out_anew(app)


def _lay_out_anew(app: QApplication) -> None:
    """Have everything measured again: what paints its own words asks for room by the fonts of the theme."""
    from PySide6.QtGui import QResizeEvent  # the first window needs neither
    from PySide6.QtWidgets import QAbstractItemView

    for widget in app.allWidgets():
        widget.updateGeometry()
        if isinstance(widget, QAbstractItemView):
            widget.scheduleDelayedItemsLayout()
        if widget.isVisible() and not widget.isWindow():
            app.postEvent(widget, QResizeEvent(widget.size(), widget.size()))


def _chosen(app: QApplication, scheme: Scheme) -> Tokens:
    dark = scheme == "dark" or (scheme != "light" and app.styleHints().colorScheme() == Qt.ColorScheme.Dark)
    if scheme == "contrast" or (scheme == "system" and _contrast_asked(app)):
        return CONTRAST_DARK if dark else CONTRAST_LIGHT
    return DARK if dark else LIGHT


def _contrast_asked(app: QApplication) -> bool:
    """Tell whether the system asks for high contrast; Qt before 6.10 cannot say."""
    hints = app.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return bool(hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def _hear_of_contrast(app: QApplication) -> None:
    hints = app.styleHints()
    if hasattr(hints, "accessibility"):
        hints.accessibility().contrastPreferenceChanged.connect(_follow_system)


def _follow_system() -> None:
    app = QApplication.instance()
    follows = _current.scheme in ("system", "contrast")
    if isinstance(app, QApplication) and follows and _chosen(app, _current.scheme) is not _current.tokens:
        apply(app, _current.scheme)
