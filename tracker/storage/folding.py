"""Text as the search compares it: accents, case and punctuation folded away; numbers as bare digits and letters."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_DROPPED = dict.fromkeys(map(ord, "'’‘`´ʼ."))
HIGHEST = "\U0010ffff"
"""Sorts after every continuation of a prefix: the upper bound of a prefix range."""


def fold_name(text: str) -> str:
    """Return "obrien smith" for "O’Brien-Smith"."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS).translate(_DROPPED)
    kept = "".join(" " if not char.isalnum() else char for char in plain if not unicodedata.combining(char))
    return " ".join(kept.split())


def fold_number(text: str) -> str | None:
    """Return the letters and digits of an identifier, None when there are none."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum()) or None


def phone_tail(text: str, count: int) -> str | None:
    """Return the last `count` digits of a phone number, None when it has fewer."""
    digits = "".join(char for char in text if char.isdecimal() and char.isascii())
    return digits[-count:] if len(digits) >= count else None
