"""The language of every shown text: `tr` and `tr_n` look a sentence up in the catalogue that the start has chosen.

Catalogues are GNU gettext's: `resources/languages/<code>/LC_MESSAGES/tracker.mo`. English is the text itself.
"""

from __future__ import annotations

import gettext
from pathlib import Path

DOMAIN = "tracker"
ENGLISH = "en"


class _Chosen:
    """The catalogue in use, and whether anybody has asked it: what was built before a change keeps its words."""

    def __init__(self) -> None:
        self.code = ENGLISH
        self.words: gettext.NullTranslations = gettext.NullTranslations()


_chosen = _Chosen()


def use(code: str, folder: Path) -> str:
    """Answer in a language from now on, and return its code: `en` when there is no catalogue for the one asked for.

    Called once, before the screens are imported: titles and the words of acts are made while modules load.
    """
    words = load(code, folder)
    _chosen.code = code if words is not None else ENGLISH
    _chosen.words = words or gettext.NullTranslations()
    return _chosen.code


def load(code: str, folder: Path) -> gettext.NullTranslations | None:
    """Return one language's catalogue for texts in another language than the screens', None when there is none."""
    if code == ENGLISH:
        return gettext.NullTranslations()
    try:
        return gettext.translation(DOMAIN, folder, [code])
    except OSError:
        return None


def code() -> str:
    """Return the code of the language in use."""
    return _chosen.code


def tr(text: str, /, **values: object) -> str:
    """Return a text in the language in use, its `{names}` filled in."""
    words = _chosen.words.gettext(text) if text else text
    return words.format(**values) if values else words


def tr_n(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the form of a text that fits a count; `{n}` in it stands for the count."""
    return _chosen.words.ngettext(one, many, n).format(n=n, **values)
