"""Ids for new records: short opaque text that sorts by the moment of making."""

from __future__ import annotations

import secrets
import threading
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_BITS = 56
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return 20 characters: milliseconds since 1970 (44 bits) and chance (56 bits); never twice, always rising here."""
    global _last
    with _lock:
        number = (time.time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        _last = number if number > _last else _last + 1
        return _as_text(_last)


def _as_text(number: int) -> str:
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(95, -1, -5))
