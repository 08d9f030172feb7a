"""One file that somebody wants to attach: what it is by its content, never by its name, and why it is refused."""

from __future__ import annotations

import hashlib
import stat
import struct
from dataclasses import dataclass
from pathlib import Path

from tracker.domain.errors import ImportFileError
from tracker.domain.language import tr
from tracker.exchange.image_size import JPEG, PNG, TIFFS, sizes_of

MAX_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 120_000_000
_HEADS = {PNG: "image/png", JPEG: "image/jpeg", **dict.fromkeys(TIFFS, "image/tiff")}
_PDF, _PDF_WITHIN = b"%PDF-", 1024


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file as it was read."""

    content: bytes
    media_type: str
    pages: int
    sha256: str


def read_paper(path: Path, limit: int = MAX_BYTES) -> PaperFile:
    """Read a PDF or a picture of at most `limit` bytes. Raises ImportFileError, naming file, fault and what to do."""
    content = _content(path, limit)
    media_type = _media_type(content, path.name)
    pages = (_pages if media_type == "application/pdf" else _pictures)(content, path.name)
    return PaperFile(content, media_type, pages, hashlib.sha256(content).hexdigest())


def _content(path: Path, limit: int) -> bytes:
    """Look at kind and size before anything is read; the file may grow meanwhile, so no more than that is read."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise ImportFileError(tr("{name} is a folder.", name=path.name), "", tr("Choose one file in it."))
        if not stat.S_ISREG(found.st_mode):
            raise ImportFileError(
                tr("{name} is no file that can be read.", name=path.name), "", tr("Choose a PDF or a picture.")
            )
        _check_size(path.name, found.st_size, limit)
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise ImportFileError(
            tr("{name} cannot be read: {why}.", name=path.name, why=error.strerror),
            "",
            tr("Check that it is still there, and its rights."),
        ) from None
    _check_size(path.name, len(content), limit)
    return content


def _check_size(name: str, size: int, limit: int) -> None:
    if not size:
        raise ImportFileError(tr("{name} is empty.", name=name), "", tr("Save or scan it again."))
    if size > limit:
        raise ImportFileError(
            tr("{name} is too large.", name=name),
            tr(
                "It has {size:.0f} MB, and {most:.0f} MB is the limit for one paper.",
                size=size / (1 << 20),
                most=limit / (1 << 20),
            ),
            tr("Scan it in black and white at 200 dpi, or attach the pages that matter."),
        )


def _media_type(content: bytes, name: str) -> str:
    for head, media_type in _HEADS.items():
        if content.startswith(head):
            return media_type
    if _PDF in content[:_PDF_WITHIN]:
        return "application/pdf"
    raise ImportFileError(
        tr("{name} is no PDF, PNG, JPEG or TIFF, whatever its name says.", name=name),
        "",
        tr("Print it to a PDF and attach that."),
    )


def _pages(content: bytes, name: str) -> int:
    from tracker.exchange.pdf_pages import count_pages  # loads the PDF library

    return count_pages(content, name)


def _pictures(content: bytes, name: str) -> int:
    try:
        sizes = sizes_of(content)
    except (ValueError, IndexError, struct.error):
        sizes = ()
    if not sizes or not all(width and height for width, height in sizes):
        raise ImportFileError(
            tr("{name} is damaged and cannot be shown.", name=name), "", tr("Save or scan it again, then attach that.")
        )
    if any(width * height > MOST_PIXELS for width, height in sizes):
        raise ImportFileError(
            tr("{name} has more points than a page can show.", name=name),
            "",
            tr("Scan it at 300 dpi or less, then attach that."),
        )
    return len(sizes)
