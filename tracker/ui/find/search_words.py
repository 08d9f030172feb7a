"""What the page says about a search: how many were found, what was looked through, what to do next."""

from __future__ import annotations

from tracker.domain.language import tr
from tracker.ui.theme import plain_text

MOST = 50
NEW_KEY = "Ctrl+Shift+N"
_WAYS = tr(
    "Such as “smi j” for Smith, Jane, 07021951, a record number, a member id, or the last four digits of a phone."
)
_LOOKED = tr("Looked through names, birth dates, record numbers, member ids and phone numbers.")
_NEXT = tr("Try the birth date, or fewer letters of the name.")


def nothing_typed() -> tuple[str, str]:
    """Return sentence and explanation for an empty field."""
    return tr("Type a name, a birth date or a number."), _WAYS


def nobody_found(text: str) -> tuple[str, str]:
    """Return sentence and explanation when nobody fits."""
    return tr(
        "No patient found for “{one_line}”.", one_line=plain_text.one_line(text.strip(), 60)
    ), f"{_LOOKED} {_NEXT}"


def counted(count: int) -> str:
    """Return "8", or "the first 50; type more to narrow"."""
    if count >= MOST:
        return tr("the first {MOST}; type more to narrow", MOST=MOST)
    return str(count or "")
