"""Pages of a finished PDF as points, a band at a time, for printers: no page is ever held whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import Self

import pypdfium2 as pdfium
from pypdfium2 import raw

from tracker.domain.errors import ImportFileError
from tracker.domain.language import tr

MOST_BYTES = 16 << 20
"""How large one band may be; a Letter page at 600 dots an inch has 135 MB."""
_BYTES_A_POINT = 4
_WHITE = 0xFFFFFFFF
_ONE_AT_A_TIME = Lock()
"""PDFium may not be called by two threads at once."""


@dataclass(frozen=True, slots=True)
class Band:
    """Some rows of a page: four bytes a point, blue, green, red and one that says nothing; `stride` bytes a row."""

    top: int
    width: int
    height: int
    stride: int
    points: bytes


class PdfPictures:
    """The pages of one PDF; used in a `with`, so that the library lets go of it."""

    def __init__(self, content: bytes) -> None:
        try:
            with _ONE_AT_A_TIME:
                self._pdf = pdfium.PdfDocument(content)
        except pdfium.PdfiumError:
            raise ImportFileError(
                tr("The attached PDFs cannot be printed from here."), "", tr("Save the packet as a PDF and print that.")
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        with _ONE_AT_A_TIME:
            self._pdf.close()

    def check(self, places: Iterable[int]) -> None:
        """Open each of these pages, the first is 0. Raises ImportFileError for one that cannot be drawn."""
        for place in places:
            with _ONE_AT_A_TIME:
                self._page(place).close()

    def bands(self, place: int, width: int, height: int) -> Iterator[Band]:
        """Yield a page from top to bottom, `width` × `height` points in all. Raises ImportFileError."""
        rows = max(1, MOST_BYTES // (width * _BYTES_A_POINT))
        for top in range(0, height, rows):
            with _ONE_AT_A_TIME:
                band = self._band(place, top, min(rows, height - top), width, height)
            yield band

    def _band(self, place: int, top: int, rows: int, width: int, height: int) -> Band:
        page = self._page(place)
        bitmap = pdfium.PdfBitmap.new_native(width, rows, raw.FPDFBitmap_BGRx)
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, rows, _WHITE)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, -top, width, height, 0, raw.FPDF_ANNOT | raw.FPDF_PRINTING)
        band = Band(top, width, rows, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        page.close()
        return band

    def _page(self, place: int) -> pdfium.PdfPage:
        try:
            return self._pdf[place]
        except (pdfium.PdfiumError, IndexError):
            raise ImportFileError(
                tr("Page {number} of the packet cannot be printed: its file is damaged.", number=place + 1),
                "",
                tr("Leave that paper out, or scan it again and attach that."),
            ) from None
