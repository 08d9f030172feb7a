"""Makes any text from outside fit to be shown on one screen: no markup, no hidden marks, no endless lines."""

from __future__ import annotations

import re

from tracker.domain.language import tr

_TIMES = re.compile(r"×\s*")
LINE_LIMIT = 400
BLOCK_LIMIT = 4000

# Marks that turn the reading direction of what stands beside them; a name may hold Hebrew or Arabic, but not these.
_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CONTROL_BUT_BREAKS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]+")


def one_line(text: str, limit: int = LINE_LIMIT) -> str:
    """Return the text as one line of at most `limit` characters."""
    if len(text) <= limit and text.isprintable():
        return text  # neither breaks nor hidden marks: nearly every text, and tables ask for many
    return _cut(_CONTROL.sub(" ", _TURNING.sub("", text[: limit * 4])), limit)


def block(text: str, limit: int = BLOCK_LIMIT) -> str:
    """Return the text with its line breaks, at most `limit` characters."""
    return _cut(_CONTROL_BUT_BREAKS.sub(" ", _TURNING.sub("", text[: limit * 4])), limit)


def spoken(text: str) -> str:
    """Return the text as it is said: a sign that stands for a word is that word."""
    return _TIMES.sub(tr("times") + " ", text).replace("→", tr("to"))


def with_own_letter(text: str, taken: set[str]) -> str:
    """Return the text with its mnemonic on the letter it asks for, or on the next one that is not taken."""
    plain = text.replace("&", "")
    words = plain.partition("\t")[0]
    asked = max(text.find("&"), 0)
    for place in (asked, *range(len(words))) if words else ():
        letter = plain[place].casefold()
        if letter.isalnum() and letter not in taken:
            taken.add(letter)
            return f"{plain[:place]}&{plain[place:]}"
    return plain


def as_tip(text: str) -> str:
    """Return the text as a tool tip that Qt cannot take for markup."""
    shown = block(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{shown}</qt>" if text else ""


def as_button(text: str) -> str:
    """Return the text with its ampersands kept, for widgets that read them as mnemonics."""
    return one_line(text).replace("&", "&&")


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
