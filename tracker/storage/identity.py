"""Ids for new records: short opaque text that sorts by the moment of making."""

from __future__ import annotations

import secrets
import threading
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_BITS = 56
_LETTERS = 20
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return 20 characters: milliseconds since 1970 (44 bits) and chance (56 bits); never twice, always rising here."""
    global _last
    with _lock:
        number = (time.time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        _last = number if number > _last else _last + 1
        return _as_text(_last)


def rise_above(newest: str) -> None:
    """Make ids from now on that sort behind this one: the clock may have been set back since. What is no id is passed."""
    global _last
    if len(newest) != _LETTERS or not set(newest) <= set(_ALPHABET):
        return
    number = 0
    for letter in newest:
        number = number << 5 | _ALPHABET.index(letter)
    with _lock:
        _last = max(_last, number)


def _as_text(number: int) -> str:
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_LETTERS - 1), -1, -5))
