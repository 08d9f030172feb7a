"""The data of a TOML file, before any form is asked of it: what would break a reader, or cannot be seen, is refused."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from typing import Any

from tracker.policies.rule_path import RulePath

_DEEPEST = 20
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})
"""Kinds of signs that no one sees: control signs, such as those that turn the direction of writing."""
_SEEN = "\n\t\u00ad"


def load_toml(path: RulePath) -> dict[str, Any]:
    """Return what the file says; a mark that some editors put at its head is no part of it.

    Raises OSError, or a ValueError that `describe` puts into words.
    """
    text = path.read_text(encoding="utf-8-sig")
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise UnreadableError("its brackets stand in one another too deep; write it flatter.") from None
    _refuse_unreadable(data)
    return data


class UnreadableError(ValueError):
    """The file is TOML, and still nothing that can be used."""


def describe(error: OSError | ValueError) -> str:
    """Say why a file cannot be used."""
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror})."
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8 text; save it as UTF-8."
    if isinstance(error, UnreadableError):
        return f"{error}"
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"is not TOML: {error}.{_hint(str(error))}"
    return "holds a number with thousands of figures; correct it."


_HINTS = {
    "Invalid value": "Text stands in straight quotation marks; true and false are small.",
    "Invalid date": "There is no such day.",
    "Cannot overwrite a value": "The key stands there twice, or the heading above it is missing.",
    "Cannot declare": "This heading stands there already; one that may come again has two pairs of brackets.",
    "Expected newline": "Something follows the value: a day is written 2026-01-31, and a figure has no sign behind it.",
    "Expected ']": "The bracket that closes the heading is missing.",
    "Unclosed inline table": "The brace } is missing.",
}  # fmt: skip
"""What to look for, by how the reader's own words begin."""


def _hint(told: str) -> str:
    return next((f" {hint}" for begin, hint in _HINTS.items() if told.startswith(begin)), "")


def _refuse_unreadable(data: dict[str, Any]) -> None:
    waiting: list[tuple[Any, tuple[str, ...]]] = [(data, ())]
    while waiting:
        value, at = waiting.pop()
        if len(at) > _DEEPEST:
            raise UnreadableError("its parts stand in one another too deep; write it flatter.")
        if isinstance(value, str) and (sign := _unseen(value)):
            where = f"{', '.join(part for part in at if part)}: " if any(at) else ""
            raise UnreadableError(f"{where}holds a sign that cannot be seen (U+{ord(sign):04X}); type it anew.")
        waiting += [(inner, (*at, name)) for inner, name in _inside(value)]


def _unseen(text: str) -> str:
    if text.isascii() and text.isprintable():
        return ""
    return next((sign for sign in text if sign not in _SEEN and unicodedata.category(sign) in _UNSEEN), "")


def _inside(value: Any) -> Iterator[tuple[Any, str]]:
    if isinstance(value, dict):
        yield from ((inner, str(name)) for name, inner in value.items())
        yield from ((name, "") for name in value)
    elif isinstance(value, list):
        yield from ((inner, "") for inner in value)
