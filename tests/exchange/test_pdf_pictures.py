"""Pages of PDFs as points: the same whatever the size of the bands, and one sentence for what cannot be drawn."""

from __future__ import annotations

import pytest

from tests.papers import a_locked_pdf, a_pdf
from tracker.domain.errors import ImportFileError
from tracker.exchange import pdf_pictures
from tracker.exchange.pdf_pictures import PdfPictures


def rows_of(pictures: PdfPictures, place: int, width: int, height: int) -> list[bytes]:
    return [
        band.points[row * band.stride : row * band.stride + 4 * band.width]
        for band in pictures.bands(place, width, height)
        for row in range(band.height)
    ]


def test_that_a_page_is_drawn_in_bands_that_are_small_and_fit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    with PdfPictures(a_pdf("First", "A second page")) as pictures:
        whole = rows_of(pictures, 1, 612, 792)
        monkeypatch.setattr(pdf_pictures, "MOST_BYTES", 100_000)
        bands = list(pictures.bands(1, 612, 792))
        assert len(bands) > 10
        assert max(len(band.points) for band in bands) <= 100_000
        assert rows_of(pictures, 1, 612, 792) == whole
        assert rows_of(pictures, 0, 612, 792) != whole
    assert len(whole) == 792
    assert len(set(whole)) > 5, "something stands on the page"


def test_that_a_whole_page_at_600_dots_an_inch_takes_no_more_memory_than_a_band() -> None:
    with PdfPictures(a_pdf("A page")) as pictures:
        sizes = [len(band.points) for band in pictures.bands(0, 5100, 6600)]
    assert sum(sizes) == 5100 * 6600 * 4
    assert max(sizes) <= pdf_pictures.MOST_BYTES


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", a_locked_pdf("secret")])
def test_that_what_cannot_be_opened_is_told_in_one_sentence(content: bytes) -> None:
    with pytest.raises(ImportFileError, match="cannot be printed from here"):
        PdfPictures(content)


def test_that_a_page_that_is_not_there_is_told_by_its_number() -> None:
    with PdfPictures(a_pdf("A page")) as pictures:
        pictures.check([0])
        with pytest.raises(ImportFileError, match="Page 2 of the packet cannot be printed"):
            pictures.check([0, 1])
