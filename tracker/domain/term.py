"""Fixed words of the field: enumerations that are text, and hash as fast as the text that they are."""

from __future__ import annotations

from enum import StrEnum


class Term(StrEnum):
    """The parent of the enumerations that rules look up and compare thousands of times a second."""

    __hash__ = str.__hash__
