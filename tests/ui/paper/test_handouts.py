"""Day sheets, the days of an outage, and the slip that a patient takes home in English or Spanish."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fixtures import TODAY
from tests.ui.conftest import HOSTILE_NAMES, InFront, Settle
from tests.ui.visits import add_patient, book, epidural, override
from tracker.domain import language
from tracker.domain.booking import BookingStatus, Override, OverrideReason
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import speaking
from tracker.domain.letterhead import Letterhead, PaperHead
from tracker.domain.verdict import Outcome
from tracker.paths import resource_root
from tracker.services import Services
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.today_page import TodayPage
from tracker.ui.paper import handouts
from tracker.ui.paper.day_sheet_pages import day_paper
from tracker.ui.paper.paper_dialog import PaperDialog
from tracker.ui.paper.slip_pages import slip_paper


@pytest.fixture
def home(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1264, 800)
    widget.show()
    return widget


def words_of(pdf: bytes) -> list[str]:
    """Return each page's text, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_that_a_day_sheet_says_who_comes_what_is_in_the_way_and_what_to_collect(services: Services) -> None:
    book(services, "Ruiz", starts=time(8, 20))
    override(services, "Quinn")
    visits = services.day_sheets.sheet(TODAY).visits

    assert [(visit.starts, visit.name.split(",")[0], visit.flagged) for visit in visits] == [
        ("8:20 AM", "Ruiz", False),
        ("3:10 PM", "Quinn", True),
    ]
    assert visits[0].answer == "Allowed"
    assert visits[1].answer == "Overridden"
    tasks = [task.text for task in services.schedule.day(TODAY).tasks]
    assert tasks
    assert visits[1].collect[: len(tasks)] == tuple(tasks)
    assert visits[0].collect == ()


def test_that_a_visit_that_lacks_its_authorization_asks_for_the_number(services: Services) -> None:
    request = epidural(add_patient(services, "Ortiz", authorization_required=True))
    seen = services.booking.check(request)
    assert seen.verdict.outcome is Outcome.NEEDS_AUTHORIZATION
    services.booking.override(request, seen.fingerprint, Override(OverrideReason.PAYER_EXCEPTION, "by phone", "X-1"))

    assert "Authorization number" in services.day_sheets.sheet(TODAY).visits[0].collect


def test_that_a_closed_visit_collects_nothing(services: Services) -> None:
    booking = override(services, "Quinn")
    services.booking.set_status(booking.id, BookingStatus.CANCELLED)

    assert [visit.collect for visit in services.day_sheets.sheet(TODAY).visits] == [()]


def test_that_an_outage_gets_the_next_three_days_with_work_and_no_weekend(services: Services) -> None:
    friday = date(2026, 11, 27)
    book(services, "Ruiz", day=date(2026, 11, 30))

    days = [sheet.day for sheet in services.day_sheets.ahead(friday)]

    assert days == [friday, date(2026, 11, 30), date(2026, 12, 1)]


def test_that_a_visit_on_a_closed_day_is_printed_too(services: Services) -> None:
    saturday = date(2026, 11, 28)
    book(services, "Ruiz", day=saturday)

    assert [sheet.day for sheet in services.day_sheets.ahead(date(2026, 11, 27))][:2] == [date(2026, 11, 27), saturday]


def test_that_the_paper_has_a_sheet_a_day_with_who_printed_it_and_its_number(services: Services) -> None:
    book(services, "Ruiz")
    days = services.day_sheets.ahead(TODAY)
    pages = words_of(
        day_paper(
            days, PaperHead("Bluegrass Spine & Pain", ("12 Vine St, Lexington, KY",)), services.clock.now(), "Jo Diaz"
        ).pdf
    )

    assert len(pages) == 3
    assert "Ruiz, Elena" in pages[0]
    assert "07/02/1951" in pages[0]
    assert "No visits are booked for this day." in pages[1]
    assert all("by Jo Diaz" in page and "patients' data" in page for page in pages)
    assert [f"page {n} of 3" in page for n, page in enumerate(pages, 1)] == [True] * 3


def test_that_each_sheet_of_a_long_day_says_which_day_it_is(services: Services) -> None:
    (visit,) = (book(services, "Ruiz"), *services.day_sheets.sheet(TODAY).visits)[1:]
    day = replace(services.day_sheets.sheet(TODAY), visits=(visit,) * 40)
    pages = words_of(day_paper([day], PaperHead("Clinic"), services.clock.now(), "Jo Diaz").pdf)

    assert len(pages) > 1
    assert all("Tue 11/24/2026, continued" in page for page in pages[1:])


def test_that_what_has_no_room_on_a_sheet_goes_on_on_the_next(services: Services) -> None:
    (visit,) = (book(services, "Ruiz"), *services.day_sheets.sheet(TODAY).visits)[1:]
    long = replace(visit, collect=tuple(f"paper{n}" for n in range(120)))
    day = replace(services.day_sheets.sheet(TODAY), visits=(long,))
    pages = words_of(day_paper([day], PaperHead("Clinic"), services.clock.now(), "Jo Diaz").pdf)

    assert all(f"paper{n}" in " ".join(pages) for n in range(120))
    assert "paper0" in pages[0]
    assert "paper119" not in pages[0]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_that_any_name_is_printed_as_it_is_written(services: Services, name: str) -> None:
    book(services, name)
    paper = day_paper([services.day_sheets.sheet(TODAY)], PaperHead("Clinic"), services.clock.now(), "Jo Diaz")

    assert paper.pages == 1
    assert "07/02/1951" in words_of(paper.pdf)[0]


def test_that_a_slip_names_the_day_in_words_and_the_procedure_without_jargon(services: Services) -> None:
    slip = services.slips.slip(book(services, "Ruiz", day=date(2026, 12, 3), starts=time(14, 5)).id)

    assert (slip.day, slip.starts) == ("Thursday, December 3, 2026", "2:05 PM")
    assert ("Procedure", "Epidural injection, lower back") in slip.facts
    assert "Ruiz" in words_of(slip_paper(slip).pdf)[0]


def test_that_a_spanish_slip_has_no_english_word_of_ours_left(services: Services) -> None:
    booking = book(services, "Ruiz", day=date(2026, 12, 3))
    english, spanish = services.slips.slip(booking.id), services.slips.slip(booking.id, "es")

    assert spanish.words.code == "es"
    (page,) = words_of(slip_paper(spanish).pdf)
    assert "página 1 de 1" in page
    assert "page 1" not in page
    assert spanish.day == "jueves 3 de diciembre de 2026"
    assert spanish.title != english.title
    assert not set(spanish.notes) & set(english.notes)
    assert {label for label, _ in spanish.facts}.isdisjoint({label for label, _ in english.facts})
    assert ("Procedimiento", "Inyección epidural, espalda baja") in spanish.facts


def test_that_the_foot_of_a_slip_speaks_the_language_of_the_slip(services: Services) -> None:
    booking = book(services, "Ruiz", day=date(2026, 12, 3))

    assert "página 1 de 1" in words_of(slip_paper(services.slips.slip(booking.id, "es")).pdf)[0]
    with speaking(language.words_of("es", resource_root() / "languages")):
        assert "page 1 of 1" in words_of(slip_paper(services.slips.slip(booking.id)).pdf)[0]


def test_that_a_visit_that_is_over_has_no_slip(services: Services) -> None:
    booking = book(services, "Ruiz")
    services.booking.set_status(booking.id, BookingStatus.CANCELLED)

    with pytest.raises(InvalidEntryError, match="not ahead"):
        services.slips.slip(booking.id)


def test_that_the_days_ahead_are_saved_as_a_pdf(
    context: PageContext, home: QWidget, settle: Settle, tmp_path: Path
) -> None:
    book(context.services, "Ruiz")
    dialog = handouts.open_days_ahead(context, home)
    settle()

    dialog.save_to(tmp_path / "days.pdf")
    settle()

    assert len(words_of((tmp_path / "days.pdf").read_bytes())) == 3
    assert dialog.notice.sentence() == "Saved as days.pdf."


def test_that_a_folder_that_is_not_there_is_told_and_the_paper_stays(
    context: PageContext, home: QWidget, settle: Settle, tmp_path: Path
) -> None:
    dialog = handouts.open_day_sheet(context, home, TODAY)
    settle()

    dialog.save_to(tmp_path / "nowhere" / "days.pdf")
    settle()

    assert "cannot be written" in dialog.notice.sentence()
    assert dialog.paper is not None


def test_that_the_language_of_a_slip_is_remembered(
    context: PageContext, home: QWidget, settle: Settle, qtbot: QtBot
) -> None:
    booking = book(context.services, "Ruiz")
    dialog = handouts.open_slip(context, home, booking.id)
    assert isinstance(dialog, handouts.SlipDialog)
    settle()

    qtbot.mouseClick(dialog.language.button("es"), Qt.MouseButton.LeftButton)
    settle()

    assert dialog.paper is not None
    assert "Su cita" in words_of(dialog.paper.pdf)[0]
    again = handouts.open_slip(context, home, booking.id)
    assert isinstance(again, handouts.SlipDialog)
    settle()
    assert again.language.value() == "es"


def test_that_enter_prints_and_waits_for_the_page(
    context: PageContext, home: QWidget, settle: Settle, qtbot: QtBot
) -> None:
    context.preferences.printer = "a printer that is gone"
    dialog: PaperDialog = handouts.open_day_sheet(context, home, TODAY)

    qtbot.keyClick(dialog.print_button, Qt.Key.Key_Return)
    settle()

    assert "There is no printer" in dialog.notice.sentence()


def test_that_today_prints_the_day_that_is_shown_and_the_slip_of_the_visit_in_front(
    context: PageContext, in_front: InFront, settle: Settle
) -> None:
    book(context.services, "Ruiz", day=date(2026, 11, 25))
    page = in_front(TodayPage(context))
    page.step(1)
    settle()
    acts = {each.act.id: each.do for each in page.acts()}

    acts["day sheet"]()
    acts["slip"]()
    settle()

    sheet, slip = (dialog.paper for dialog in page.findChildren(PaperDialog))
    assert sheet is not None
    assert slip is not None
    assert "Wed 11/25/2026" in words_of(sheet.pdf)[0]
    assert "Wednesday, November 25, 2026" in words_of(slip.pdf)[0]


def test_that_slip_and_day_sheet_carry_the_letterhead_of_the_settings_without_numbers_of_payers(
    context: PageContext, services: Services
) -> None:
    visit = book(services)
    services.desk.change_settings(replace(services.desk.settings(), name="Vine Street Spine"))
    head = Letterhead("12 Vine St", "Lexington, KY 40507", phone="(859) 555-0100", tin="12-3456789")
    services.clinic_settings.change_letterhead(head)
    top = ["Vine Street Spine", "12 Vine St, Lexington, KY 40507", "Phone (859) 555-0100"]
    slip = services.slips.slip(visit.id)
    assert [slip.head.clinic, *slip.head.lines] == top
    days = [services.day_sheets.sheet(TODAY)]
    for paper in (
        slip_paper(slip),
        day_paper(days, services.clinic_settings.paper_head(), services.clock.now(), "Jo Diaz"),
    ):
        (words, *_more) = words_of(paper.pdf)
        assert all(line in words for line in top)
        assert "12-3456789" not in words
