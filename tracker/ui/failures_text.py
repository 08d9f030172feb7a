"""Puts an error into words for the desk, and into a report that holds types and places but never values."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr

UNEXPECTED = tr("Something went wrong in the program.")
UNEXPECTED_DETAIL = tr("What was saved before is safe; the last step may not have been done.")
UNEXPECTED_REMEDY = tr(
    "Look whether it was done, then try again. If it happens again, send the report to whoever helps you."
)


def sentence_of(error: BaseException) -> str:
    """Return one line that says what, why and what next."""
    if isinstance(error, TrackerError):
        return error.sentence()
    return f"{UNEXPECTED} {UNEXPECTED_REMEDY}"


def parts_of(error: BaseException) -> tuple[str, str, str]:
    """Return title, detail and remedy."""
    if isinstance(error, TrackerError):
        return error.title, error.detail, error.remedy
    return UNEXPECTED, UNEXPECTED_DETAIL, UNEXPECTED_REMEDY


def scrubbed_report(error: BaseException) -> str:
    """Return types and places only: messages, arguments and values may hold patient data and are left out."""
    lines = [tr("Python {split} on {platform}", split=sys.version.split()[0], platform=sys.platform)]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(type(current).__name__)
        lines += _places(current.__traceback__)
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def _places(trace: TracebackType | None) -> list[str]:
    return [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def _short(filename: str) -> str:
    """Keep the last two parts of a path: the rest may hold a user's name."""
    return "/".join(filename.replace("\\", "/").split("/")[-2:])
