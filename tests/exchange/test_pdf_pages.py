"""Pages of others on our sheets: nothing is cut, what was filled in stays to be seen, what is broken is told."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject, RectangleObject

from tests.papers import a_form, a_locked_pdf, a_pdf, written
from tracker.domain.errors import ImportFileError
from tracker.exchange.pdf_form import fill_form
from tracker.exchange.pdf_pages import FOOT, MARGIN, Binding, count_pages


def bound(*contents: bytes) -> PdfReader:
    """Return what becomes of these PDFs, with an empty stamp on each page."""
    binding = Binding({})
    for content in contents:
        binding.add("a paper", content, ours=False)
    stamps = PdfWriter()
    for lies in binding.landscape:
        stamps.add_blank_page(*((792, 612) if lies else (612, 792)))
    return PdfReader(io.BytesIO(binding.stamped(written(stamps), "Packet")))


def test_that_a_page_with_its_stamp_is_not_written_out_in_full() -> None:
    page = bound(a_pdf("Body " * 2000)).pages[0]
    stream = page["/Contents"].get_object()

    assert stream["/Filter"] == "/FlateDecode"
    assert "Body" in page.extract_text()


def ends_of(page: object) -> list[tuple[float, float]]:
    """Return where the words of a page begin, on the sheet."""
    found: list[tuple[float, float]] = []

    def note(text: str, matrix: list[float], place: list[float], *_rest: object) -> None:
        if text.strip():
            x, y = place[4], place[5]
            found.append((matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]))

    page.extract_text(visitor_text=note)  # type: ignore[attr-defined]  # a page of pypdf
    return found


@pytest.mark.parametrize("size", [(612, 792), (595, 842), (612, 1008), (200, 150), (1684, 2384), (842, 595)])
def test_that_a_page_of_any_size_stands_whole_on_a_letter_sheet_above_the_stamp(size: tuple[float, float]) -> None:
    page = bound(a_pdf("Body", size=size)).pages[0]
    wide, high = float(page.mediabox.width), float(page.mediabox.height)
    assert (wide, high) == ((792, 612) if size[0] > size[1] else (612, 792))
    assert page.cropbox == page.mediabox
    for x, y in ends_of(page):
        assert MARGIN <= x <= wide - MARGIN
        assert FOOT <= y <= high - MARGIN


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_that_a_turned_page_lies_as_its_reader_sees_it(turned: int) -> None:
    page = bound(a_pdf("Body", rotated=turned)).pages[0]
    assert page.rotation == 0
    assert (page.mediabox.width > page.mediabox.height) is (turned != 180)
    for x, y in ends_of(page):
        assert MARGIN <= x <= float(page.mediabox.width) - MARGIN
        assert FOOT <= y <= float(page.mediabox.height) - MARGIN


def test_that_only_the_part_that_a_reader_shows_is_fitted() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf("Body", size=(1000, 1000)))))
    writer.pages[0].cropbox = RectangleObject((20, 500, 420, 1000))
    page = bound(written(writer)).pages[0]
    assert (page.mediabox.width, page.mediabox.height) == (612, 792)
    ((x, y),) = ends_of(page)
    scale = min((612 - 2 * MARGIN) / 400, (792 - MARGIN - FOOT) / 500)
    assert x == pytest.approx((612 - 400 * scale) / 2 + 20 * scale, abs=1)
    assert y > 792 / 2


def test_that_what_was_filled_into_a_form_stays_to_be_seen_and_can_not_be_typed_over() -> None:
    form = a_form([("Name", "text"), ("Urgent", "check"), ("Left empty", "text")])
    filled = fill_form(form, "form.pdf", {"Name": "Quill", "Urgent": "/Yes"})
    reader = bound(filled.content)
    assert "/Annots" not in reader.pages[0]
    assert "Quill" in reader.pages[0].extract_text()
    assert "X" in reader.pages[0].extract_text()


def test_that_a_hidden_note_is_not_brought_to_light() -> None:
    content = fill_form(a_form([("Name", "text")]), "form.pdf", {"Name": "Quill"}).content
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    notes = writer.pages[0]["/Annots"]
    assert isinstance(notes, ArrayObject)
    notes[0].get_object()[NameObject("/F")] = FloatObject(2)
    assert "Quill" not in bound(written(writer)).pages[0].extract_text()


def test_that_a_file_that_opens_without_a_password_is_bound_and_one_that_needs_one_is_told() -> None:
    assert "A secret" in bound(a_locked_pdf("")).pages[0].extract_text()
    with pytest.raises(ImportFileError, match=r"mri\.pdf is locked with a password"):
        count_pages(a_locked_pdf("letmein"), "mri.pdf")


def test_that_a_broken_part_leaves_no_page_behind() -> None:
    binding = Binding({})
    assert binding.add("first", a_pdf("One", "Two"), ours=False) == (False, False)
    with pytest.raises(ImportFileError, match="broken is damaged"):
        binding.add("broken", with_a_broken_second_page(), ours=False)
    assert binding.landscape == (False, False)


def with_a_broken_second_page() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf("Three", "Four"))))
    writer.pages[1][NameObject("/Annots")] = ArrayObject([FloatObject(1)])
    return written(writer)


def test_that_a_flood_of_pages_is_refused() -> None:
    writer = PdfWriter()
    for _ in range(501):
        writer.add_blank_page(612, 792)
    with pytest.raises(ImportFileError, match="has 501 pages"):
        count_pages(written(writer), "flood.pdf")


@pytest.mark.parametrize("end", range(5, 1500, 97))
def test_that_every_cut_of_a_file_is_read_or_refused_in_a_sentence(end: int) -> None:
    whole = a_form([("Name", "text"), ("Urgent", "check")])
    assert end < len(whole)
    assert told_of(whole[:end]) in ("", "cut.pdf is damaged and cannot be read as a PDF.", "cut.pdf has no pages.")


def told_of(content: bytes) -> str:
    try:
        count_pages(content, "cut.pdf")
    except ImportFileError as error:
        return error.title
    return ""
