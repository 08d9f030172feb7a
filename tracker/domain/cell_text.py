"""How a text leaves for a spreadsheet: never as a formula."""

from __future__ import annotations

_FORMULA = tuple("'=+-@\t\r\n\0＝＋－＠")


def guarded(text: str) -> str:
    """Return a text that a spreadsheet reads as text: one that begins like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text
