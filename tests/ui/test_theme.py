"""Every pair of colours that carries text or meaning is told apart; schemes change the whole program at once."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tracker.domain.verdict import Outcome
from tracker.ui import icons, theme
from tracker.ui.theme import palette, stylesheet
from tracker.ui.theme.status import Status, status_of
from tracker.ui.theme.tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Tokens
from tracker.ui.widgets.fields import LineField

STATUSES = ("ok", "auth", "caut", "no", "unk", "neu")
TEXT, GRAPHIC = 4.5, 3.0
PAIRS = (
    *(("ink", ground, TEXT) for ground in ("surface", "panel", "nav", "nav_sel", "raised", "canvas", "ctl", "sel")),
    *(("ink", ground, TEXT) for ground in ("hover", "used", "caut_tint", "no_tint", "bone")),
    *(("ink2", ground, TEXT)
      for ground in ("surface", "panel", "nav", "nav_sel", "raised", "canvas", "sel", "ctl", "hover")),
    *(("ink3", ground, TEXT)
      for ground in ("surface", "panel", "nav", "nav_sel", "ctl", "raised", "canvas", "hover", "sel")),
    *(("accent", ground, TEXT) for ground in ("surface", "sel", "panel", "ctl", "nav", "nav_sel", "hover", "raised")),
    *(("focus", ground, GRAPHIC)
      for ground in ("surface", "sel", "panel", "nav", "canvas", "ctl", "raised", "nav_sel", "hover")),
    ("on_accent", "accent", TEXT),
    *(("edge", ground, GRAPHIC)
      for ground in ("ctl", "surface", "panel", "nav", "nav_sel", "canvas", "raised", "hover", "sel", "bone")),
    *(("hatch", ground, GRAPHIC) for ground in ("surface", "panel", "no_tint", "sel", "ok_tint")),
    *(("used_line", ground, GRAPHIC) for ground in ("surface", "panel", "used", "bone")),
    *(("band_line", ground, GRAPHIC) for ground in ("surface", "panel", "band")),
    *(("bone_line", ground, GRAPHIC) for ground in ("surface", "panel", "bone")),
    *(("no", ground, GRAPHIC) for ground in ("ctl", "no_tint")),
    ("bone_ink", "bone", TEXT),
    *((status, ground, TEXT) for status in STATUSES
      for ground in ("surface", "sel", "panel", "hover", "raised", "ctl", f"{status}_tint")),
)  # fmt: skip


def brightness(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = (part / 255 for part in QColor(colour).toTuple()[:3])
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    "tokens", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK], ids=["light", "dark", "contrast light", "contrast dark"]
)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_that_what_carries_meaning_is_told_from_its_ground(tokens: Tokens, ink: str, ground: str, least: float) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= least


@pytest.mark.parametrize(
    "tokens", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK], ids=["light", "dark", "contrast light", "contrast dark"]
)
def test_that_a_filled_button_is_read_under_the_pointer_and_while_it_is_pressed(tokens: Tokens) -> None:
    filled = QColor(tokens.accent)

    for face in (filled.lighter(106), filled.darker(112)):  # as action_button.py paints them
        assert contrast(tokens.on_accent, face.name()) >= TEXT


@pytest.mark.parametrize(
    ("tokens", "ink", "ground", "told"),
    [(LIGHT, "ink", "surface", 16.9), (DARK, "ink", "surface", 14.0), (LIGHT, "ink2", "surface", 8.3),
     (DARK, "ink2", "sel", 7.4), (LIGHT, "ink3", "nav", 4.6), (DARK, "on_accent", "accent", 8.6)],
)  # fmt: skip
def test_that_the_contrasts_are_those_of_the_design(tokens: Tokens, ink: str, ground: str, told: float) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) == pytest.approx(told, abs=0.1)


@pytest.mark.parametrize("tokens", [CONTRAST_LIGHT, CONTRAST_DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_that_high_contrast_is_told_apart_by_far(tokens: Tokens, ink: str, ground: str, least: float) -> None:
    far = {TEXT: 7.0, GRAPHIC: 4.5}[least]

    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= far


@pytest.mark.parametrize("tokens", [CONTRAST_LIGHT, CONTRAST_DARK], ids=["light", "dark"])
def test_that_high_contrast_has_no_tints_and_no_colored_hatching(tokens: Tokens) -> None:
    tints = {getattr(tokens, f"{status}_tint") for status in STATUSES} | {tokens.used, tokens.band}

    assert tints == {tokens.surface}
    assert tokens.hatch == tokens.ink
    assert tokens.contrast


def test_that_lines_between_regions_are_seen_in_high_contrast() -> None:
    for tokens in (CONTRAST_LIGHT, CONTRAST_DARK):
        assert contrast(tokens.line2, tokens.surface) >= GRAPHIC
        assert contrast(tokens.line, tokens.surface) >= GRAPHIC
        assert contrast(tokens.ink_off, tokens.surface) >= TEXT


def test_that_a_system_that_asks_for_high_contrast_gets_it(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "_contrast_asked", lambda _app: True)

    theme.apply(qapp, "system")
    followed = theme.tokens().contrast
    theme.apply(qapp, "light")

    assert followed
    assert not theme.tokens().contrast


def test_that_the_system_can_be_asked_about_contrast_or_counts_as_not_asking(qapp: QApplication) -> None:
    assert theme._contrast_asked(qapp) in (True, False)


def test_that_a_flagged_status_keeps_an_outline_where_there_are_no_tints(qapp: QApplication) -> None:
    from tracker.ui.widgets.marks import StatusLabel

    label = StatusLabel(Status.NO, "Not before 11/25")
    label.resize(label.sizeHint())
    theme.apply(qapp, "contrast")
    picture = label.grab().toImage()

    edge = {picture.pixelColor(x, 0).name() for x in range(8, label.width() - 8)}
    assert QColor(theme.tokens().no).name() in edge
    label.deleteLater()


@pytest.mark.parametrize(
    ("percent", "density", "usual", "height"),
    [(100, "comfortable", 30, 30), (100, "compact", 30, 26), (100, "compact", 26, 24), (150, "comfortable", 30, 36),
     (150, "compact", 30, 32), (90, "comfortable", 28, 28)],
)  # fmt: skip
def test_that_rows_follow_density_and_size_of_text(
    qapp: QApplication, percent: int, density: theme.Density, usual: int, height: int
) -> None:
    theme.apply(qapp, "light", percent=percent, density=density)

    assert theme.row_height(usual) == height


@pytest.mark.parametrize(("asked", "given"), [(10, 90), (90, 90), (125, 125), (150, 150), (400, 150)])
def test_that_text_is_never_smaller_or_larger_than_what_fits(qapp: QApplication, asked: int, given: int) -> None:
    theme.apply(qapp, "light", percent=asked)

    assert theme.current().percent == given
    assert theme.font("body").pointSizeF() == pytest.approx(9.75 * given / 100)


def test_that_names_with_accents_and_in_greek_or_cyrillic_have_their_signs_in_the_shipped_typeface(
    qapp: QApplication,
) -> None:
    from PySide6.QtGui import QRawFont

    shipped = QRawFont.fromFont(theme.font("body"))
    names = "Núñez Müller Łukasz Žižek Ørsted Çelik Nguyễn Trần Παπαδόπουλος Иванова O’Brien"

    assert [letter for letter in names if not letter.isspace() and not shipped.supportsCharacter(ord(letter))] == []


def test_that_the_palette_follows_the_tokens(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")

    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(DARK.surface)
    assert qapp.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == QColor(DARK.ink_off)
    assert palette.build(LIGHT).color(QPalette.ColorRole.Highlight) == QColor(LIGHT.sel)


def test_that_a_change_of_scheme_is_told_after_it_holds(qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.current().changed):
        theme.apply(qapp, "dark")

    assert theme.color("surface") == QColor(DARK.surface)


def test_that_the_stylesheet_is_short_and_leaves_nothing_open() -> None:
    sheet = stylesheet.build(LIGHT)

    assert len(sheet.splitlines()) < 150
    assert "%(" not in sheet


@pytest.mark.parametrize("role", ["title", "subtitle", "heading", "strong", "body", "caption", "hint"])
def test_that_every_role_is_set_in_the_shipped_typeface(qapp: QApplication, role: theme.Role) -> None:
    assert QFontInfo(theme.font(role)).family() == "Inter"


def test_that_all_figures_have_one_width(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme.font("body"))
    assert len({round(metrics.horizontalAdvance(figure * 10), 1) for figure in "0123456789"}) == 1


def test_that_every_outcome_has_a_status_of_its_own_word_and_glyph() -> None:
    statuses = [status_of(outcome) for outcome in Outcome]

    assert len(set(statuses)) == len(statuses)
    assert len({status.glyph for status in Status}) == len({status.word for status in Status}) == len(Status)


def test_that_nothing_unknown_looks_allowed() -> None:
    assert status_of(Outcome.UNKNOWN) is Status.UNKNOWN
    assert [outcome for outcome in Outcome if status_of(outcome).calm] == [Outcome.ALLOWED]


@pytest.mark.parametrize("name", icons.names())
def test_that_every_icon_is_a_drawing_in_the_colour_of_its_text(name: str) -> None:
    from tracker.paths import resource_root

    drawing = (resource_root() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    assert icons._renderer(name, "black").isValid()
    assert "currentColor" in drawing


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_that_what_stands_light_in_an_empty_field_is_read(
    qapp: QApplication, qtbot: QtBot, scheme: theme.Scheme
) -> None:
    theme.apply(qapp, scheme)
    field = LineField("Go to date")
    qtbot.addWidget(field)
    field.show()
    shown, ground = (
        field.palette().color(role) for role in (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base)
    )
    theme.apply(qapp, "light")

    assert shown.alpha() == 255
    assert contrast(shown.name(), ground.name()) >= TEXT
