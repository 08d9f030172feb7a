"""The language of every shown text: `tr` and `tr_n` look a sentence up in the catalogue that the start has chosen.

Catalogues are GNU gettext's: `resources/languages/<code>/LC_MESSAGES/tracker.mo`. English is the text itself.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

DOMAIN = "tracker"
ENGLISH = "en"
LANGUAGES = (ENGLISH, "es")
_OF = "\x04"
"""What gettext puts between the things that a text is said of and the text."""


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language; a text that it does not have is shown in English."""

    code: str = ENGLISH
    catalogue: gettext.NullTranslations = field(default_factory=gettext.NullTranslations, repr=False)

    def tr(self, text: str, /, **values: object) -> str:
        """Return a text in this language, its `{names}` filled in."""
        found = self.catalogue.gettext(text) if text else text
        return found.format(**values) if values else found

    def tr_for(self, what: str, text: str, /) -> str:
        """Return a text as it is said of some things: "All" of sites and "All" of visits differ in many languages."""
        return self.catalogue.pgettext(what, text)

    def pairs(self) -> Mapping[str, str]:
        """Return every text with its translation, those with a plural apart; none in English."""
        found = getattr(self.catalogue, "_catalog", {})  # gettext has no public way to list them
        return {text: shown for text, shown in found.items() if isinstance(text, str) and text and _OF not in text}

    def tr_n(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the form of a text that fits a count; `{n}` in it stands for the count."""
        return self.catalogue.ngettext(one, many, n).format(n=n, **values)


class _Chosen:
    """Whose words the program speaks."""

    words = Words()


_SPEAKING: ContextVar[Words | None] = ContextVar("speaking", default=None)


def words_of(code: str, folder: Path) -> Words:
    """Return a language's words; English ones when there is no catalogue for it."""
    if code == ENGLISH:
        return Words()
    try:
        return Words(code, gettext.translation(DOMAIN, folder, [code]))
    except OSError:
        return Words()


def use(words: Words) -> None:
    """Speak with these words from now on.

    Called once, before the screens are imported: titles and the words of acts are made while modules load.
    """
    _Chosen.words = words


@contextmanager
def speaking(words: Words) -> Iterator[None]:
    """Speak with other words for a while, in this thread: a paper for a payer is English whatever the window speaks."""
    token = _SPEAKING.set(words)
    try:
        yield
    finally:
        _SPEAKING.reset(token)


FOR_PAYERS = Words()
"""What every paper for a payer is written in."""


def spoken() -> Words:
    """Return the words of the language in use."""
    return _SPEAKING.get() or _Chosen.words


def code() -> str:
    """Return the code of the language in use."""
    return spoken().code


def msg(text: str, /) -> str:
    """Mark a text that `tr` looks up later, where it is shown: for tables that are made while a module loads."""
    return text


def tr(text: str, /, **values: object) -> str:
    """Return a text in the language in use, its `{names}` filled in."""
    return spoken().tr(text, **values)


def tr_for(what: str, text: str, /) -> str:
    """Return a text as it is said of some things, in the language in use: `tr_for("sites", "All")`."""
    return spoken().tr_for(what, text)


def tr_n(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the form of a text that fits a count, in the language in use; `{n}` in it stands for the count."""
    return spoken().tr_n(one, many, n, **values)
