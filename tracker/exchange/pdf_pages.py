"""Pages of PDF files: counted, refused when nobody could read them, fitted to Letter sheets, bound and stamped."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject, RectangleObject, StreamObject

from tracker.domain.errors import ImportFileError
from tracker.domain.language import tr
from tracker.exchange.pdf_notes import draw_notes

LETTER = (612.0, 792.0)
MOST_PAGES = 500
MARGIN, FOOT = 18.0, 46.0
"""Round the pages of others, in points; the foot belongs to the stamp."""
MOST_LARGER = 1.5
OUR_FACE = "Inter"
_MAPPED = re.compile(r"^(<[0-9A-F]{4}> <[0-9A-F]{4}> )(.+)$", re.MULTILINE)
"""A line that says which letters a run of glyphs stands for."""
_CODE = re.compile(r"<[0-9A-F]{4}>")

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
            raise ImportFileError(tr("{name} has no pages.", name=name), "", tr("Save or scan it again."))
        if count > MOST_PAGES:
            raise ImportFileError(
                tr("{name} has {count} pages.", name=name, count=count),
                tr("The limit is {most}.", most=MOST_PAGES),
                tr("Attach the pages that matter."),
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
            tr("{name} is locked with a password.", name=name),
            tr("Nobody who gets the packet could read it."),
            tr("Open it with its password, print it to a new PDF, and attach that."),
        )
    return reader


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Say what the library's many errors mean: the file is damaged."""
    try:
        yield
    except FAULTS:
        raise ImportFileError(
            tr("{name} is damaged and cannot be read as a PDF.", name=name),
            "",
            tr("Save or scan it again, then attach that."),
        ) from None


class Binding:
    """The pages of a packet in order, each on a Letter sheet; `landscape` tells how each of them lies.

    `letters` are what Qt's PDFs say wrongly of the shipped typeface, by what is meant.
    """

    def __init__(self, letters: Mapping[int, int]) -> None:
        self._writer = PdfWriter()
        self._letters = {f"<{said:04X}>": f"<{meant:04X}>" for said, meant in letters.items()}

    @property
    def landscape(self) -> tuple[bool, ...]:
        return tuple(page.mediabox.width > page.mediabox.height for page in self._writer.pages)

    def add(self, name: str, content: bytes, *, ours: bool) -> tuple[bool, ...]:
        """Add every page of a PDF, fitted unless we painted it, and return how they lie. Raises ImportFileError."""
        before = len(self._writer.pages)
        try:
            with readable(name):
                for page in opened(content, name).pages:
                    own = self._writer.add_page(page)
                    if not ours:
                        _fit(self._writer, own)
        except ImportFileError:
            while len(self._writer.pages) > before:
                del self._writer.pages[-1]  # type: ignore[attr-defined]  # the list deletes, its declared type does not
            raise
        return self.landscape[before:]

    def add_first(self, content: bytes) -> None:
        """Put a PDF that we painted before everything else."""
        for place, page in enumerate(PdfReader(io.BytesIO(content)).pages):
            self._writer.insert_page(page, place)

    def stamped(self, stamps: bytes, title: str) -> bytes:
        """Return the packet with the n-th page of `stamps` laid over its n-th page."""
        for page, stamp in zip(self._writer.pages, PdfReader(io.BytesIO(stamps)).pages, strict=True):
            page.merge_page(stamp)
            page.compress_content_streams()  # laying one over the other leaves both written out in full
        self._mend_letters()
        self._writer.add_metadata({"/Title": title, "/Producer": "Injection Tracker"})
        out = io.BytesIO()
        self._writer.write(out)
        return out.getvalue()

    def _mend_letters(self) -> None:
        """Say which letters the glyphs of our own sheets are, so that the packet can be searched and read aloud."""
        for stream in {id(stream): stream for stream in _our_letters(self._writer.pages)}.values():
            said = stream.get_data().decode("ascii")
            stream.set_data(_MAPPED.sub(self._mended, said).encode("ascii"))

    def _mended(self, line: re.Match[str]) -> str:
        return line[1] + _CODE.sub(lambda code: self._letters.get(code[0], code[0]), line[2])


def _our_letters(pages: Iterable[PageObject]) -> Iterator[StreamObject]:
    """Yield what the shipped typeface is said to mean, once for each time that it is embedded."""
    for page in pages:
        resources = page.get("/Resources", DictionaryObject()).get_object()
        for font in resources.get("/Font", DictionaryObject()).get_object().values():
            named = str(font.get_object().get("/BaseFont", ""))
            stream = font.get_object().get("/ToUnicode") if OUR_FACE in named else None
            if isinstance(stream, StreamObject):
                yield stream


def _fit(writer: PdfWriter, page: PageObject) -> None:
    """Bring a page onto a Letter sheet as large as it goes beside margin and foot; nothing of it is cut off."""
    draw_notes(writer, page)
    page.transfer_rotation_to_content()
    left, low = float(page.cropbox.left), float(page.cropbox.bottom)
    wide, high = float(page.cropbox.width), float(page.cropbox.height)
    sheet = LETTER if wide <= high else LETTER[::-1]
    scale = min((sheet[0] - 2 * MARGIN) / wide, (sheet[1] - MARGIN - FOOT) / high, MOST_LARGER)
    across = (sheet[0] - wide * scale) / 2 - left * scale
    up = FOOT + (sheet[1] - MARGIN - FOOT - high * scale) / 2 - low * scale
    page.add_transformation(Transformation().scale(scale).translate(across, up))
    page.mediabox = page.cropbox = page.trimbox = page.bleedbox = page.artbox = RectangleObject((0, 0, *sheet))
