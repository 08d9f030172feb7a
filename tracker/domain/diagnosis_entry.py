"""Diagnoses as the desk types them: ICD-10-CM codes, parted by blanks or commas, with or without the point."""

from __future__ import annotations

import re

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr

_CODE = re.compile(r"([A-Z][0-9][0-9A-Z])\.?([0-9A-Z]{0,4})")
"""A category of three characters, then up to four more; which codes exist is for the payer to know."""


def parse_diagnoses(text: str) -> tuple[str, ...]:
    """Return the codes as they are printed ("M47.816"), each once. Raises InvalidEntryError for what is no code."""
    found: list[str] = []
    for word in re.split(r"[\s,;]+", text.strip().upper()):
        if not word:
            continue
        match = _CODE.fullmatch(word)
        if match is None:
            title = tr("“{word}” is no diagnosis code.", word=word)
            raise InvalidEntryError(title, "", tr("Type codes such as M47.816, M54.50."), word, about="diagnoses")
        category, rest = match.groups()
        found.append(f"{category}.{rest}" if rest else category)
    return tuple(dict.fromkeys(found))
