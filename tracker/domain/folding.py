"""Text as a search within one list compares it: without capitals and accents, so that "munoz" finds "Muñoz"."""

from __future__ import annotations

import unicodedata
from functools import cache


def folded(text: str) -> str:
    """Return the text letter by letter as a search compares it, as long as it was: places in it stay the same."""
    return text.lower() if text.isascii() else "".join(map(_letter, text))


@cache
def _letter(char: str) -> str:
    return unicodedata.normalize("NFD", char.lower())[0]
