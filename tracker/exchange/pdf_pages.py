"""Pages of PDF files: counted, refused when nobody could read them, fitted to Letter sheets, bound and stamped."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

from tracker.domain.errors import ImportFileError
from tracker.exchange.pdf_notes import draw_notes

LETTER = (612.0, 792.0)
MOST_PAGES = 500
MARGIN, FOOT = 18.0, 46.0
"""Round the pages of others, in points; the foot belongs to the stamp."""

FAULTS = (
    PyPdfError, DependencyError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
    OverflowError, RecursionError, NotImplementedError, struct.error, zlib.error,
)  # fmt: skip
"""What the library raises for files that break the format in one way or another."""

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings quote what stands in a file


def count_pages(content: bytes, name: str) -> int:
    """Return how many pages the file has, every one of them looked at. Raises ImportFileError, naming the file."""
    with readable(name):
        reader = opened(content, name)
        count = len(reader.pages)
        if not count:
            raise ImportFileError(f"{name} has no pages.", "", "Save or scan it again.")
        if count > MOST_PAGES:
            raise ImportFileError(
                f"{name} has {count} pages.", f"The limit is {MOST_PAGES}.", "Attach the pages that matter."
            )
        for page in reader.pages:
            if page.mediabox.width <= 0 or page.mediabox.height <= 0:
                raise ValueError("a page without a size")
            content_stream = page.get_contents()
            if content_stream is not None:
                content_stream.get_data()
        return count


def opened(content: bytes, name: str) -> PdfReader:
    """Return a reader of the file; one that opens with no password is as good as open."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ImportFileError(
            f"{name} is locked with a password.",
            "Nobody who gets the packet could read it.",
            "Open it with its password, print it to a new PDF, and attach that.",
        )
    return reader


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Say what the library's many errors mean: the file is damaged."""
    try:
        yield
    except FAULTS:
        raise ImportFileError(
            f"{name} is damaged and cannot be read as a PDF.", "", "Save or scan it again, then attach that."
        ) from None


class Binding:
    """All pages of a packet in order, each on a Letter sheet; `landscape` tells how each sheet lies."""

    def __init__(self, parts: Iterable[tuple[str, bytes, bool]]) -> None:
        """Take the parts by name; the last word says whether the part was painted by us, sheet by sheet."""
        self._writer = PdfWriter()
        for name, content, ours in parts:
            with readable(name):
                for page in opened(content, name).pages:
                    self._writer.add_page(page) if ours else self._add_fitted(page)
        self.landscape = tuple(page.mediabox.width > page.mediabox.height for page in self._writer.pages)

    def _add_fitted(self, page: PageObject) -> None:
        own = self._writer.add_page(page)
        draw_notes(self._writer, own)
        own.transfer_rotation_to_content()
        left, low = float(own.cropbox.left), float(own.cropbox.bottom)
        wide, high = float(own.cropbox.width), float(own.cropbox.height)
        sheet = LETTER if wide <= high else LETTER[::-1]
        scale = min((sheet[0] - 2 * MARGIN) / wide, (sheet[1] - MARGIN - FOOT) / high, 1.5)
        across = (sheet[0] - wide * scale) / 2 - left * scale
        up = FOOT + (sheet[1] - MARGIN - FOOT - high * scale) / 2 - low * scale
        own.add_transformation(Transformation().scale(scale).translate(across, up))
        own.mediabox = own.cropbox = own.trimbox = own.bleedbox = own.artbox = _box(sheet)

    def stamped(self, stamps: bytes, title: str) -> bytes:
        """Return the packet with the n-th page of `stamps` laid over its n-th page."""
        for page, stamp in zip(self._writer.pages, PdfReader(io.BytesIO(stamps)).pages, strict=True):
            page.merge_page(stamp)
        _mend_spaces(self._writer.pages)
        self._writer.add_metadata({"/Title": title, "/Producer": "Injection Tracker"})
        self._writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
        out = io.BytesIO()
        self._writer.write(out)
        return out.getvalue()


def _box(sheet: Sequence[float]) -> object:
    from pypdf.generic import RectangleObject

    return RectangleObject((0, 0, sheet[0], sheet[1]))


def _mend_spaces(pages: Iterable[PageObject]) -> None:
    """Qt writes down that the glyph of the space is a tab; whoever searches the packet looks for spaces."""
    done: set[int] = set()
    for page in pages:
        fonts = page.get("/Resources", {}).get_object().get("/Font", {}).get_object()
        for font in fonts.values():
            stream = font.get_object().get("/ToUnicode")
            number = stream.indirect_reference.idnum if stream is not None and stream.indirect_reference else 0
            if not isinstance(stream, StreamObject) or number in done:
                continue
            done.add(number)
            said = stream.get_data()
            if b"<0009>" in said:
                mended = DecodedStreamObject()
                mended.set_data(said.replace(b"<0009>", b"<0020>"))
                font.get_object()[NameObject("/ToUnicode")] = mended
