"""A packet as a PDF: stamped on every page, its fonts inside, its code holding an id and nothing else."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdfium2
import pytest
import segno
from pypdf import PdfReader
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from tests.papers import a_form, a_pdf, a_png, a_tiff, texts_of
from tests.ui.conftest import HOSTILE_NAMES
from tests.ui.paper.conftest import Attach, a_draft, a_person
from tracker.domain.anatomy import LEVELS, Side, Target
from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.clinical_record import DocumentKind
from tracker.domain.language import speaking, words_of
from tracker.domain.procedure import TargetKind, parse_sites
from tracker.exchange.pdf_form import fill_form
from tracker.paths import resource_root
from tracker.services import Services
from tracker.services.packets.packet_content import ChecklistLine, CountRow, HistoryRow, ItemState, Packet
from tracker.ui import theme
from tracker.ui.paper.flow import Flow, TableColumn, lines_of
from tracker.ui.paper.packet_maker import PDF, Enclosure, MadePacket, make_packet
from tracker.ui.paper.painting import picture_of, sheets_pdf
from tracker.ui.paper.qr import QUIET, matrix_of, qr_code
from tracker.ui.paper.request_pages import lay_history
from tracker.ui.paper.sheet import paper_font
from tracker.ui.paper.spine_drawing import spine_drawing, views_of
from tracker.ui.spine.bones import view_shapes


def made_of(services: Services, record: AuthorizationRecord, *forms: Enclosure) -> MadePacket:
    packet = services.packets.gather(record.id)
    return make_packet(services.packets, packet, packet.papers, forms)


def test_that_every_page_carries_name_birth_date_packet_and_its_number(
    services: Services, record: AuthorizationRecord, attach: Attach
) -> None:
    attach(a_pdf("A note", "Its second page", size=(595, 842)), "Visit note", DocumentKind.VISIT_NOTE)
    attach(a_pdf("A turned page", rotated=90), "MRI", DocumentKind.IMAGING)
    attach(a_png(300, 200), "Wide scan")
    attach(a_tiff(3), "Fax")
    made = made_of(services, record)
    pages = texts_of(made.pdf)
    assert len(pages) == made.pages >= 3 + 7
    for number, text in enumerate(pages, 1):
        assert "Whitaker, Doris M. born 07/02/1951" in text
        assert f"page {number} of {len(pages)}" in text
        assert f"packet {made.packet.id}" in text
    assert [part for text in pages for part in ("A note", "Its second page", "A turned page") if part in text] == [
        "A note",
        "Its second page",
        "A turned page",
    ]
    assert made.told == ()


def test_that_the_cover_says_how_many_pages_there_are_and_where_each_paper_begins(
    services: Services, record: AuthorizationRecord, attach: Attach
) -> None:
    attach(a_pdf("A note", "Its second page"), "Visit note", DocumentKind.VISIT_NOTE)
    attach(a_tiff(3), "Fax")
    made = made_of(services, record)
    pages = texts_of(made.pdf)
    own = made.pages - 5
    assert f"Pages, this one included {made.pages}" in pages[0]
    assert f"Request form, levels, checklist and history 2 {own - 1}" in pages[0]
    assert f"Visit note {own + 1} 2" in pages[0]
    assert f"Fax {own + 3} 3" in pages[0]
    assert "A note" in pages[own]


def test_that_the_request_is_told_in_full_with_the_days_since_the_first_diagnostic(
    services: Services, record: AuthorizationRecord
) -> None:
    text = " ".join(texts_of(made_of(services, record).pdf))
    for words in (
        "1EG4-TE5-MK72",
        "64493",
        "add-on:",
        "M47.816",
        "L4-5 left",
        "First diagnostic on 10/12/2026, planned date 11/30/2026 = 49 days later.",
        "#1 10/12/2026 MBB",
        "Counted: #1.",
        "of 4 sessions used",
    ):
        assert words in text


def test_that_the_code_on_the_cover_holds_the_id_and_nothing_else(
    services: Services, record: AuthorizationRecord
) -> None:
    made = made_of(services, record)
    wanted = segno.make(made.packet.id, error="q", micro=False)
    assert matrix_of(made.packet.id) == tuple(tuple(row) for row in wanted.matrix)
    module = 10
    size = (len(wanted.matrix) + 2 * QUIET) * module
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    qr_code(made.packet.id, QRectF(0, 0, size, size))(painter)
    painter.end()
    read = tuple(
        tuple(
            int(image.pixelColor((QUIET + column) * module + 5, (QUIET + row) * module + 5).lightness() < 128)
            for column in range(len(wanted.matrix))
        )
        for row in range(len(wanted.matrix))
    )
    assert read == matrix_of(made.packet.id)


def test_that_all_our_fonts_lie_in_the_file(services: Services, record: AuthorizationRecord) -> None:
    reader = PdfReader(io.BytesIO(made_of(services, record).pdf))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")), font["/BaseFont"]


def test_that_nothing_of_the_patient_stands_in_the_properties_of_the_file(
    services: Services, record: AuthorizationRecord
) -> None:
    made = made_of(services, record)
    told = PdfReader(io.BytesIO(made.pdf)).metadata
    assert told is not None
    assert told.title == f"Packet {made.packet.id}"
    assert "Whitaker" not in str(dict(told))


def test_that_accents_are_printed_and_letters_without_a_font_are_replaced_and_told(services: Services) -> None:
    made = made_of(services, a_draft(services, a_person(services, last="Núñez-Öztürk", first="Łucja 🦴")))
    assert "Núñez-Öztürk, Łucja □ M. born 07/02/1951" in texts_of(made.pdf)[-1]
    (told,) = made.told
    assert "U+1F9B4" in told


def test_that_chinese_letters_are_printed_or_told_one_by_one(services: Services) -> None:
    made = made_of(services, a_draft(services, a_person(services, last="王", first="小明")))
    last = texts_of(made.pdf)[-1]
    for letter in "王小明":
        printed = letter in last
        assert printed or any(f"U+{ord(letter):04X}" in told for told in made.told)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_that_a_hostile_name_neither_hides_the_birth_date_nor_the_page(services: Services, name: str) -> None:
    made = made_of(services, a_draft(services, a_person(services, last=name)))
    pages = texts_of(made.pdf)
    for number, text in enumerate(pages, 1):
        assert "born 07/02/1951" in text
        assert f"page {number} of {len(pages)}" in text


def test_that_a_filled_form_stands_before_the_papers_with_its_values(
    services: Services, record: AuthorizationRecord, attach: Attach
) -> None:
    attach(a_pdf("A note"), "Visit note")
    form = fill_form(a_form([("Name", "text")]), "form.pdf", {"Name": "Typed in"})
    made = made_of(services, record, Enclosure("Form hospital", PDF, form.content))
    assert "Typed in" in texts_of(made.pdf)[-2]
    assert "A note" in texts_of(made.pdf)[-1]


def test_that_a_paper_that_broke_is_left_out_and_told_and_the_rest_is_there(
    services: Services, record: AuthorizationRecord, attach: Attach
) -> None:
    broken = attach(a_png(60, 80), "Broken scan")
    attach(a_pdf("A note"), "Visit note", DocumentKind.VISIT_NOTE)
    whole = a_png(60, 80)
    packet = services.packets.gather(record.id)

    class Damaged:
        """The service of a file in which one paper's bytes went bad."""

        binding = services.packets.binding

        def content(self, document: object) -> bytes:
            found = services.packets.content(document)  # type: ignore[arg-type]  # a Document
            return whole[:50] if found == whole else found

    made = make_packet(Damaged(), packet, packet.papers)  # type: ignore[arg-type]  # as far as it is needed
    (told,) = made.told
    assert told.startswith(f"Left out: “{broken.title}” cannot be shown")
    assert "A note" in texts_of(made.pdf)[-1]
    assert made.pages == len(texts_of(made.pdf))


def test_that_thirty_pages_and_the_preview_are_the_same_in_number_and_in_how_they_lie(
    services: Services, record: AuthorizationRecord, attach: Attach
) -> None:
    attach(a_pdf(*(f"Page {number}" for number in range(25))), "Chart")
    attach(a_png(300, 200), "Wide scan")
    made = made_of(services, record)
    reader = PdfReader(io.BytesIO(made.pdf))
    assert made.pages == len(reader.pages) >= 29
    assert [sheet.landscape for sheet in made.sheets] == [
        page.mediabox.width > page.mediabox.height for page in reader.pages
    ]
    assert made.others is not None


def test_that_paper_is_white_with_dark_ink_in_the_dark_scheme_too(
    services: Services, record: AuthorizationRecord, app: object
) -> None:
    theme.apply(app, "dark")  # type: ignore[arg-type]  # the one application
    made = made_of(services, record)
    for number, sheet in enumerate(made.sheets, 1):
        image = picture_of(sheet, made.stamp, number, 300)
        assert image.pixelColor(2, 2).lightness() == 255
        colours = {image.pixelColor(x, y).rgb() for x in range(0, 300, 3) for y in range(0, image.height(), 3)}
        greys = [QColor(rgb) for rgb in colours]
        assert all(max(c.red(), c.green(), c.blue()) - min(c.red(), c.green(), c.blue()) < 24 for c in greys)


def _packet(services: Services, record: AuthorizationRecord, **given: object) -> Packet:
    return replace(services.packets.gather(record.id), **given)  # type: ignore[arg-type]  # fields of a packet


def test_that_a_long_history_goes_on_on_the_next_sheet_with_its_head_again(
    services: Services, record: AuthorizationRecord
) -> None:
    rows = tuple(HistoryRow(n, "01/12/2020", "MBB", "L4-5 left", "here", "", ()) for n in range(1, 121))
    made = make_packet(services.packets, _packet(services, record, history=rows), ())
    told = [text for text in texts_of(made.pdf) if re.search(r"No\. Date Procedure", text)]
    assert len(told) >= 3
    assert {f"#{n}" for n in range(1, 121)} <= set(re.findall(r"#\d+", " ".join(told)))


def test_that_what_does_not_count_is_told_with_its_reason(services: Services, record: AuthorizationRecord) -> None:
    count = CountRow("ablation", "1 of 2 sessions used", "span", (1,), ((2, "another payer's region"),), "A rule")
    flow = Flow()
    lay_history(flow, _packet(services, record, counts=(count,)))
    made = make_packet(services.packets, _packet(services, record, counts=(count,)), ())
    assert "Not counted: #2, another payer's region" in " ".join(texts_of(made.pdf))
    assert len(flow.sheets()) == 1


def test_that_the_checklist_names_what_is_there_and_what_is_missing(
    services: Services, record: AuthorizationRecord
) -> None:
    lines = (
        ChecklistLine("a", "Imaging report", ItemState.PRESENT, "MRI of 10/02/2026"),
        ChecklistLine("b", "Six weeks of therapy", ItemState.MISSING),
    )
    packet = _packet(services, record, checklist=lines, checklist_known=True)
    text = " ".join(texts_of(make_packet(services.packets, packet, ()).pdf))
    assert "✓ present Imaging report MRI of 10/02/2026" in text
    assert "– missing Six weeks of therapy" in text


@pytest.mark.parametrize(
    ("sites", "kind", "parts"),
    [
        (["L4-L5 left"], TargetKind.FACET, ["L"]),
        (["C7-T1 both", "L1-L2 left"], TargetKind.FACET, ["C", "L"]),
        (["T6-T7 left"], TargetKind.FACET, ["T"]),
        (["SI right"], TargetKind.SI, ["L"]),
        (["caudal"], TargetKind.CAUDAL, ["L"]),
        ([], TargetKind.NONE, []),
    ],
)
def test_that_the_parts_of_the_spine_that_are_meant_are_drawn(
    services: Services, record: AuthorizationRecord, sites: list[str], kind: TargetKind, parts: list[str]
) -> None:
    targets = parse_sites(sites).targets
    assert [view.part for view in views_of(targets, kind)] == parts
    packet = _packet(services, record, targets=targets, kind=kind)
    text = " ".join(texts_of(make_packet(services.packets, packet, ()).pdf))
    for target in targets:
        assert f"✓ {target.label}" in text
    assert ("Patient LEFT" in text) is any(target.side is not Side.MIDLINE for target in targets)


@pytest.mark.parametrize("flipped", [False, True])
def test_that_the_drawing_exchanges_its_sides_as_the_screen_does_and_says_which_half_is_which(
    services: Services, record: AuthorizationRecord, flipped: bool
) -> None:
    targets = parse_sites(["L4-L5 left"]).targets
    (shown,) = views_of(targets, TargetKind.FACET, flipped=flipped)
    assert shown.side_at(-1) is (Side.RIGHT if flipped else Side.LEFT)
    packet = _packet(services, record, targets=targets, kind=TargetKind.FACET)
    text = " ".join(texts_of(make_packet(services.packets, packet, (), flipped=flipped).pdf))
    half = "RIGHT" if flipped else "LEFT"
    assert f"The left half of the drawing is the patient's {half}" in " ".join(text.split())


def test_that_lines_break_within_a_word_only_where_it_is_longer_than_the_line() -> None:
    font = paper_font()
    assert lines_of("short words", font, 6000) == ["short words"]
    long = lines_of("W" * 300, font, 2000)
    assert "".join(long) == "W" * 300
    assert len(long) > 1
    assert "".join(lines_of("🦴" * 80, font, 900)) == "🦴" * 80


def test_that_a_desk_that_speaks_spanish_sends_the_same_english_packet(
    services: Services, record: AuthorizationRecord
) -> None:
    packet_id = services.packets.gather(record.id).id
    english = texts_of(make_packet(services.packets, services.packets.gather(record.id, packet_id), ()).pdf)
    with speaking(words_of("es", resource_root() / "languages")):
        spanish = texts_of(make_packet(services.packets, services.packets.gather(record.id, packet_id), ()).pdf)
    assert spanish == english


def test_that_a_long_head_of_a_column_breaks_within_it_and_keeps_clear_of_the_next(app: object) -> None:
    flow = Flow()
    flow.table([TableColumn("What became of it in the end", 0.12), TableColumn("Visit", 0.88)], [("moved", "")])
    text = pypdfium2.PdfDocument(sheets_pdf(flow.sheets()))[0].get_textpage()
    words = text.get_text_range()
    visit = range(words.index("Visit"), words.index("Visit") + len("Visit"))
    others = [place for place, letter in enumerate(words) if letter.strip() and place not in visit]
    assert "end" in words
    assert max(text.get_charbox(place)[2] for place in others) + 3 < text.get_charbox(visit[0])[0]


def test_that_no_heading_stands_above_nothing(services: Services, record: AuthorizationRecord) -> None:
    packet = services.packets.gather(record.id)
    nobody = {name: "" for name in packet.facts if name.startswith(("ordering.", "rendering.", "site."))}
    named = {**nobody, "site.name": "Main office"}
    for facts, heading in (({**packet.facts, **nobody}, False), ({**packet.facts, **named}, True)):
        made = make_packet(services.packets, _packet(services, record, facts=facts), ())
        assert ("Providers and site" in " ".join(texts_of(made.pdf))) is heading


def test_that_the_places_of_an_interspace_stand_beside_the_bones_and_are_named() -> None:
    (shown,) = views_of([Target(LEVELS["L4-L5"], Side.MIDLINE)], TargetKind.INTERSPACE)
    place = Target(LEVELS["L4-L5"], Side.MIDLINE)
    box = shown.button_box(place)
    assert not any(shape.intersects(box) for shape in view_shapes(shown))
    middle = [shape for shape in view_shapes(shown) if shape.boundingRect().contains(shown.joint(place).x(), box.top())]
    assert middle, "its line leads to the middle of the bones"
    flow = Flow()
    flow.draw(spine_drawing(shown, [place], {}, QRectF(200, 200, 2000, 1500)))
    assert "✓ L4-5" in " ".join(texts_of(sheets_pdf(flow.sheets())))
