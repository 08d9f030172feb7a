"""Behaviour of the page Reports: chosen and filled in by keyboard, shown, taken out, and what is said instead."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fixtures import TODAY
from tests.ui.conftest import InFront, Settle
from tests.ui.names import nameless
from tests.ui.requests import approved, denied
from tests.ui.visits import HOSTILE_NAMES, book, override
from tracker.domain.booking import BookingStatus
from tracker.services import Services
from tracker.services.audit.audit import AuditFilter
from tracker.services.changes import Changes
from tracker.ui.pages.page import CheckStart, PageContext
from tracker.ui.pages.reports_page import ReportsPage
from tracker.ui.reports.chart_paint import Inks, chart_height, paint_chart
from tracker.ui.reports.report_paper import lay_report, pdf_of
from tracker.ui.theme import fonts
from tracker.ui.widgets.day_field import DayField

ENTER, DOWN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab
Open = Callable[..., ReportsPage]


@pytest.fixture
def open_page(context: PageContext, in_front: InFront, settle: Settle) -> Open:
    def bring(report: str = "", width: int = 1264, height: int = 800) -> ReportsPage:
        page = ReportsPage(context)
        if report:
            page.begin(report)
        in_front(page, width, height)
        settle()
        return page

    return bring


def press(key: Qt.Key | str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    if isinstance(key, str):
        QTest.keyClicks(widget, key)
    else:
        QTest.keyClick(widget, key)


def cells(page: ReportsPage, row: int) -> list[str]:
    assert page.view.table is not None
    model = page.view.table.record_model()
    return [model.index(row, place).data() for place in range(model.columnCount())]


def nothing(page: ReportsPage) -> str:
    assert page.view.currentWidget() is page.view.empty
    return page.view.empty.sentence()


# --- choosing and showing ---------------------------------------------------------------------------------------------


def test_that_the_list_has_the_hands_and_arrows_show_the_next_report(
    services: Services, open_page: Open, settle: Settle
) -> None:
    override(services)
    page = open_page()
    assert page.list.list.hasFocus()
    assert page.bar.head.title.text() == "Denials avoided"
    press(DOWN)
    settle()
    assert page.bar.head.title.text() == "Overrides"
    assert page.bar.head.beside.text() == "4 rows"
    assert cells(page, 0)[:3] == ["Reason", "2  Earlier one was elsewhere: count is wrong", "1"]
    assert page.list.list.hasFocus()


def test_that_the_total_stays_last_whatever_the_rows_are_sorted_by(services: Services, open_page: Open) -> None:
    override(services)
    page = open_page("overrides")
    table = page.view.table
    assert table is not None
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        table.sortByColumn(1, order)
        assert cells(page, 4)[0] == "Total"


def test_that_times_are_sorted_as_times_and_are_times_in_a_spreadsheet(
    services: Services, open_page: Open, settle: Settle, tmp_path: Path
) -> None:
    for last, starts in (("Ten", time(10, 0)), ("Nine", time(9, 30)), ("One", time(13, 5)), ("Never", None)):
        book(services, last, starts=starts)
    page = open_page("schedule-ahead")
    table, report = page.view.table, page.view.report()
    assert table is not None
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [cells(page, row)[1] for row in range(4)] == ["9:30 AM", "10:00 AM", "1:05 PM", "–"]

    page.outlets.save_sheet(report, tmp_path / "out.xlsx")
    settle()

    found = [cell for row in openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows() for cell in row]
    times = [cell for cell in found if isinstance(cell.value, time)]
    assert sorted(cell.value for cell in times) == [time(9, 30), time(10, 0), time(13, 5)]
    assert {cell.number_format for cell in times} == {"h:mm AM/PM"}


def test_that_the_count_of_rows_goes_with_the_report_that_had_them(
    services: Services, open_page: Open, settle: Settle, context: PageContext
) -> None:
    override(services)
    page = open_page("overrides")
    assert page.bar.head.beside.text() == "4 rows"
    gate = threading.Event()
    context.tasks.run(page, gate.wait, lambda _done: None, lane="long")

    page.show_report()

    assert page.bar.head.beside.text() == ""
    gate.set()
    settle()
    assert page.bar.head.beside.text() == "4 rows"


def test_that_days_are_typed_as_everywhere_and_kept_for_the_next_time(
    services: Services, open_page: Open, settle: Settle, context: PageContext
) -> None:
    override(services)
    page = open_page("overrides")
    field = page.bar.parameters.field("from")
    assert isinstance(field, DayField)
    assert field.echo() == "Wed 08/26/2026"
    field.setFocus()
    press("-1m")
    assert field.day() is not None
    press(ENTER)
    settle()
    assert page.view.report() is not None
    assert page.view.report().parameters[0] == ("From", "Sat 10/24/2026")
    again = ReportsPage(context)
    again.list.choose("overrides")
    assert again.bar.parameters.typed() == {"from": "-1m", "to": "t"}


@pytest.mark.parametrize(
    ("report", "name", "typed", "says"),
    [
        ("overrides", "to", "10/01/2025", "08/26/2026 is after 10/01/2025."),
        ("overrides", "from", "soonish", "“soonish” is no date."),
        ("schedule-ahead", "days", "many", "“many” is no number of days."),
    ],
)
def test_that_what_cannot_be_read_is_said_at_its_field_and_nothing_is_lost(
    open_page: Open, settle: Settle, report: str, name: str, typed: str, says: str
) -> None:
    page = open_page(report)
    field = page.bar.parameters.field(name)
    field.setFocus()
    field.selectAll()
    press(typed)
    press(ENTER)
    settle()
    assert field.error().startswith(says)
    assert field.text() == typed
    assert field.hasFocus()
    assert not page.bar.print_button.isEnabled()
    assert nothing(page) == "There is no report yet."
    field.selectAll()
    press("7" if name == "days" else "t")
    press(ENTER)
    settle()
    assert not field.error()
    assert page.view.report() is not None


def test_that_an_empty_report_says_why_and_leads_to_the_days(
    services: Services, open_page: Open, settle: Settle
) -> None:
    book(services)
    page = open_page("overrides")
    assert nothing(page) == "No visit was booked against the answer in these days."
    assert not page.bar.pdf_button.isEnabled()
    page.view.empty.button.setFocus()
    press(Qt.Key.Key_Space)
    assert page.bar.parameters.field("from").hasFocus()


@pytest.mark.parametrize("report", ["turnaround", "overrides", "money-at-risk", "schedule-ahead"])
def test_that_an_empty_report_of_a_new_clinic_leads_to_the_first_booking(open_page: Open, report: str) -> None:
    page = open_page(report)
    wanted: list[object] = []
    page.check_wanted.connect(wanted.append)

    button = page.view.empty.button
    assert button.text() == "Check and book"
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert wanted == [CheckStart()]


def test_that_a_change_meanwhile_is_said_and_the_rows_stay(services: Services, open_page: Open, settle: Settle) -> None:
    visit = override(services)
    page = open_page("overrides")
    rows = page.view.report().rows
    page.refresh(services.booking.set_status(visit.id, BookingStatus.CONFIRMED).changes)
    assert page.view.report().rows == rows
    assert page.bar.notice.sentence() == "Something was changed since this report was made."
    page.bar.notice.button.setFocus()
    press(Qt.Key.Key_Space)
    settle()
    assert not page.bar.notice.sentence()
    assert page.view.report() is not None


def test_that_a_long_report_tells_how_far_it_is_and_can_be_called_off(
    services: Services, open_page: Open, settle: Settle, qtbot: QtBot, context: PageContext
) -> None:
    book(services)
    page = open_page("schedule-ahead")
    gate = threading.Event()
    context.tasks.run(page, gate.wait, lambda _done: None, lane="long")  # the lane is busy, the report waits its turn
    page.show_report()
    qtbot.waitUntil(page.bar.progress.isVisible)
    assert page.bar.progress.words().startswith("Schedule ahead")
    page.bar.progress.cancel_button.click()
    gate.set()
    settle()
    assert nothing(page) == "The report was called off."
    page.view.empty.button.click()
    settle()
    assert page.view.report() is not None
    assert not page.bar.progress.isVisible()


def test_that_only_the_report_chosen_last_is_shown(services: Services, open_page: Open, settle: Settle) -> None:
    override(services)
    page = open_page()
    for _ in range(3):
        press(DOWN)
    settle()
    assert page.view.report() is not None
    assert page.view.report().id == "approvals"


# --- taking it out ----------------------------------------------------------------------------------------------------


def acts(services: Services) -> list[str]:
    return [row.what for row in services.audit.page(AuditFilter()).rows]


def test_that_x_saves_a_spreadsheet_where_the_dialog_says_and_puts_it_on_record(
    services: Services, open_page: Open, settle: Settle, tmp_path: Path
) -> None:
    override(services)
    page = open_page("overrides")
    press("x")
    dialog = page.outlets.files.dialog
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("overrides-2026-11-24.xlsx")
    dialog.fileSelected.emit(str(tmp_path / "out.xlsx"))
    dialog.reject()
    settle()
    assert page.bar.notice.sentence() == "Saved as out.xlsx."
    values = [c.value for row in openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows() for c in row]
    assert {"Overrides", "Bluegrass Spine & Pain", "Jo Diaz", "Total"} <= set(values)
    assert acts(services)[0] == "Report saved as a spreadsheet"


def test_that_a_file_that_cannot_be_written_is_told_and_the_report_stays(
    services: Services, open_page: Open, settle: Settle, tmp_path: Path
) -> None:
    override(services)
    page = open_page("overrides")
    report = page.view.report()
    for save in (page.outlets.save_sheet, page.outlets.save_pdf):
        save(report, tmp_path / "gone" / "out.bin")
        settle()
        assert page.bar.notice.sentence().startswith("out.bin was not written: no such file or directory.")
        assert page.bar.notice.sentence().endswith("Close it where it is open, or choose another folder or name.")
        page.bar.notice.clear()
    assert page.view.report() is report
    assert page.view.currentWidget() is not page.view.empty
    assert not [what for what in acts(services) if what.startswith("Save")]


def test_that_c_and_ctrl_c_copy_every_row_and_no_formula(services: Services, open_page: Open, settle: Settle) -> None:
    book(services, "=cmd()")
    page = open_page("schedule-ahead")
    press("c")
    settle()
    by_letter = QGuiApplication.clipboard().text()
    assert page.view.table is not None
    QGuiApplication.clipboard().setText("")
    page.view.table.setFocus()
    QTest.keyClick(page.view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert QGuiApplication.clipboard().text() == by_letter == page.summary()
    head, row, total = (line.split("\t") for line in by_letter.split("\n"))
    assert head[2] == "Patient"
    assert row[2].startswith("'=cmd()")
    assert row[3] == "07/02/1951"
    assert total[0] == "Total"
    assert acts(services)[:2] == ["Report copied", "Report copied"]


def test_that_the_printed_page_says_clinic_parameters_who_when_page_and_phi(
    services: Services, open_page: Open, context: PageContext
) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    for number in range(45):
        book(services, f"Person{number:02}", TODAY + timedelta(days=number % 5), None)
    page = open_page("schedule-ahead")
    report = page.view.report()
    assert report is not None
    pages = PdfReader(BytesIO(pdf_of(lay_report(report), context.services.packets))).pages
    texts = [" ".join(each.extract_text().split()) for each in pages]
    assert len(texts) > 1
    for number, text in enumerate(texts, 1):
        assert f"page {number} of {len(texts)}" in text
        assert "Bluegrass Spine & Pain" in text
        assert "by Jo Diaz, 11/24/2026" in text
        assert "Contains protected health information (PHI)" in text
        assert "Patient" in text
    assert "Tue 11/24/2026" in texts[0]
    assert "Days 14" in texts[0]
    assert "Visits by answer" in texts[0]
    assert all(any(f"Person{number:02}" in text for text in texts) for number in range(45))


def test_that_a_printer_gets_every_page_and_it_is_put_on_record(
    services: Services, open_page: Open, settle: Settle, tmp_path: Path
) -> None:
    override(services)
    page = open_page("overrides")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    report = page.view.report()
    assert report is not None
    press("p")
    settle()
    assert page.outlets.printer.dialog is not None
    page.outlets.printer.dialog.reject()
    page.outlets.printer.send(lay_report(report), printer)
    settle()
    assert page.bar.notice.sentence() == "Sent to the printer."
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    assert acts(services)[0] == "Report printed"


def test_that_p_opens_the_systems_dialog_once(services: Services, open_page: Open, settle: Settle) -> None:
    override(services)
    page = open_page("overrides")
    press("p")
    settle()
    dialog = page.outlets.printer.dialog
    assert dialog is not None
    press("p")
    settle()
    assert page.outlets.printer.dialog is dialog
    dialog.reject()
    assert page.outlets.printer.dialog is None


# --- how it looks -----------------------------------------------------------------------------------------------------


def test_that_the_parts_of_a_bar_differ_without_any_colour(services: Services, open_page: Open) -> None:
    approved(services, "Bell", "A1", TODAY, TODAY + timedelta(60))
    denied(services, "Ruiz")
    page = open_page("approvals")
    chart = page.view.report().chart
    assert chart is not None
    image = QImage(600, int(chart_height(chart, 8)), QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

    from tracker.ui import theme

    painter = QPainter(image)
    inks = Inks(1.0, fonts.font("caption"), fonts.font("heading"), theme.color)
    paint_chart(painter, QRectF(0, 0, 600, image.height()), chart, inks, 8)
    painter.end()
    row = [image.pixelColor(x, 26 + 11).value() for x in range(600)]
    start = next(x for x in range(40, 600) if row[x] < 200)
    solid = row[start + 4 : start + 100]
    assert max(solid) - min(solid) < 10, "approved: solid"
    hollow = row[-260:-200]
    assert len({value for value in hollow if value < 230}) <= 2, "denied: an outline alone"


def test_that_every_control_has_a_name(services: Services, open_page: Open) -> None:
    override(services)
    page = open_page("overrides")
    assert not nameless(page)
    assert "By reason. 2  Earlier one" in page.view.chart.accessibleName()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_that_a_name_is_shown_as_text(services: Services, open_page: Open, name: str) -> None:
    book(services, name)
    page = open_page("schedule-ahead")
    assert page.view.report().rows[0][2].startswith(name[:20].strip()[:1])
    page.grab()


def test_that_in_a_narrow_window_a_field_stands_for_the_list(
    services: Services, open_page: Open, settle: Settle
) -> None:
    override(services)
    page = open_page("overrides", 620, 340)
    assert not page.list.isVisible()
    assert page.bar.kind.hasFocus()
    assert page.bar.kind.value() == "overrides"
    QTest.keyClick(page.bar.kind, Qt.Key.Key_Down)
    settle()
    assert page.bar.kind.value() == "turnaround"
    assert page.list.current() == "turnaround"


def test_that_a_page_that_is_left_shows_its_report_again(services: Services, open_page: Open, settle: Settle) -> None:
    override(services)
    page = open_page("overrides")
    report = page.view.report()
    page.set_active(False)
    page.set_active(True)
    settle()
    assert page.view.report() is report
    page.set_active(False)
    page._on_changed(Changes.everything())
    page.set_active(True)
    assert page.bar.notice.sentence()


def test_that_a_pdf_that_was_called_off_is_not_written_and_says_so(
    services: Services, open_page: Open, context: PageContext, settle: Settle, tmp_path: Path
) -> None:
    override(services)
    page = open_page("overrides")
    report = page.view.report()
    assert report is not None
    target, lane = tmp_path / "report.pdf", threading.Event()
    context.tasks.run(page, lane.wait, lambda _done: None, lane="long")
    page.outlets.save_pdf(report, target)
    assert page.bar.progress.following()
    page.bar.progress.called_off.emit()
    lane.set()
    settle()
    assert not target.exists()
    assert not page.bar.progress.following()
    assert page.bar.notice.sentence() == "Called off; nothing was changed."
    assert acts(services)[0] != "Report saved as PDF"
