"""The packet with the keyboard alone, in the whole window: papers, preview, printing, saving, marking as sent."""

from __future__ import annotations

import gc
import io
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.papers import a_form, a_pdf, a_png, texts_of
from tests.ui.names import nameless
from tests.ui.paper.conftest import Attach, a_draft
from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRecord, Channel
from tracker.domain.patient import Patient
from tracker.exchange.pdf_pictures import PdfPictures
from tracker.services import Services
from tracker.services.transactions import Transactions
from tracker.ui import theme
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.patient_page import PatientPage
from tracker.ui.paper.attach_dialog import AttachDialog
from tracker.ui.paper.copy_sheet import CopySheetPanel
from tracker.ui.paper.packet_acts import RequestChoice
from tracker.ui.paper.packet_dialog import PacketDialog
from tracker.ui.paper.papers_panel import missing_words
from tracker.ui.paper.remove_paper_dialog import RemovePaperDialog

Settle = Callable[[], None]


@pytest.fixture
def window(context: PageContext, patient: Patient, qtbot: QtBot, settle: Settle) -> MainWindow:
    """The window with the patient in front."""
    made = MainWindow(context, (PatientPage,))
    qtbot.addWidget(made)
    made.open_patient(patient.id)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    settle()
    return made


def shown(kind: type) -> list:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]


@pytest.fixture
def opened(window: MainWindow, record: AuthorizationRecord, qtbot: QtBot, settle: Settle) -> PacketDialog:
    """The packet, opened by its key and made."""
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(shown(PacketDialog)))
    (dialog,) = shown(PacketDialog)
    qtbot.waitUntil(lambda: dialog.made is not None and dialog.isActiveWindow())
    return dialog


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, key, modifier)


def to_file(dialog: PacketDialog, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the printer of every name write into a file."""

    def printer(_made: object, name: str) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(path))
        return made

    monkeypatch.setattr(dialog.printer, "print_on", lambda made, name: dialog.printer.send(made, printer(made, name)))


def test_that_a_packet_is_printed_with_two_keys_also_by_hands_that_do_not_wait(
    window: MainWindow,
    record: AuthorizationRecord,
    attach: Attach,
    context: PageContext,
    qtbot: QtBot,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attach(a_png(), "Scan")
    context.preferences.printer = "Front desk"
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(shown(PacketDialog)))
    (dialog,) = shown(PacketDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    to_file(dialog, tmp_path / "printed.pdf", monkeypatch)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "went to the printer" in dialog.notice.sentence())
    settle()
    printed = PdfReader(io.BytesIO((tmp_path / "printed.pdf").read_bytes()))
    assert dialog.made is not None
    assert len(printed.pages) == dialog.made.pages
    assert [float(each) for each in printed.pages[0].mediabox[2:]] == [612, 792]


def test_that_making_the_pages_can_be_called_off_and_ctrl_enter_makes_them_again(
    opened: PacketDialog, attach: Attach, context: PageContext, qtbot: QtBot, settle: Settle
) -> None:
    attach(a_png(), "Scan")
    qtbot.waitUntil(lambda: opened.made is not None)
    lane = threading.Event()
    context.tasks.run(opened, lane.wait, lambda _done: None, lane="long")
    opened.work.make_again()
    assert opened.packet is not None
    opened.papers.changed.emit()
    opened.view.called_off.emit()
    lane.set()
    settle()
    assert opened.made is None
    assert opened.notice.sentence() == "Called off; nothing was changed."
    opened.printer.choose = lambda _made: None  # type: ignore[method-assign]  # no dialog of the system here
    opened.print()
    qtbot.waitUntil(lambda: opened.made is not None)


def of_file(path: Path, resolution: int = 0) -> QPrinter:
    """Return a printer that writes into a file."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    if resolution:
        made.setResolution(resolution)
    return made


def test_that_pages_of_attached_pdfs_are_printed_as_they_are_at_the_printers_resolution(
    opened: PacketDialog, attach: Attach, qtbot: QtBot, tmp_path: Path
) -> None:
    attach(a_pdf("A note", "A second page", size=(792, 612)), "Visit note")
    opened.work.gather()
    qtbot.waitUntil(lambda: opened.made is not None and opened.made.others is not None)
    made = opened.made
    assert made is not None
    with qtbot.waitSignal(opened.printer.printed):
        opened.printer.send(made, of_file(tmp_path / "printed.pdf", 300))
    printed = PdfReader(io.BytesIO((tmp_path / "printed.pdf").read_bytes()))
    assert len(printed.pages) == made.pages
    with PdfPictures((tmp_path / "printed.pdf").read_bytes()) as on_paper, PdfPictures(made.pdf) as as_saved:
        for place in range(made.pages - 2, made.pages):
            printed_page, saved_page = (greys_of(each, place) for each in (on_paper, as_saved))
            assert min(saved_page) < 240, "something stands there"
            assert max(abs(one - two) for one, two in zip(printed_page, saved_page, strict=True)) < 24
    assert "A note" not in texts_of((tmp_path / "printed.pdf").read_bytes())[-2], "it came as points"


def greys_of(pictures: PdfPictures, place: int) -> list[float]:
    """Return how light a landscape page is, square by square of a sixth of an inch."""
    (band,) = pictures.bands(place, 660, 510)
    rows = [band.points[row * band.stride + 1 : row * band.stride + 4 * 660 : 4] for row in range(510)]
    squares = ((top, left) for top in range(0, 510, 10) for left in range(0, 660, 10))
    return [sum(sum(row[left : left + 10]) for row in rows[top : top + 10]) / 100 for top, left in squares]


def test_that_a_page_that_cannot_be_drawn_is_told_before_anything_is_printed(
    opened: PacketDialog, attach: Attach, qtbot: QtBot, tmp_path: Path
) -> None:
    attach(a_pdf("A note"), "Visit note")
    opened.work.gather()
    qtbot.waitUntil(lambda: opened.made is not None and opened.made.others is not None)
    assert opened.made is not None
    broken = replace(opened.made, others=lambda: PdfPictures(a_pdf("Too few pages")))
    with qtbot.waitSignal(opened.printer.failed):
        opened.printer.send(broken, of_file(tmp_path / "printed.pdf"))
    assert opened.notice.sentence().startswith(f"Page {opened.made.pages} of the packet cannot be printed")
    assert not (tmp_path / "printed.pdf").exists()
    assert opened.isVisible()


@pytest.mark.parametrize(("width", "percent"), [(1024, 100), (1110, 100), (1280, 125), (1440, 125)])
def test_that_no_button_is_cut_in_narrow_windows_and_with_large_text(
    window: MainWindow,
    record: AuthorizationRecord,
    app: QApplication,
    qtbot: QtBot,
    settle: Settle,
    width: int,
    percent: int,
) -> None:
    theme.apply(app, "light", percent=percent)
    try:
        window.resize(width, 860)
        qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: bool(shown(PacketDialog)))
        (dialog,) = shown(PacketDialog)
        qtbot.waitUntil(lambda: dialog.made is not None)
        buttons = (dialog.print_button, dialog.other_button, dialog.save_button, dialog.copy_button, dialog.form_button)
        qtbot.waitUntil(lambda: all(each.width() >= each.sizeHint().width() for each in buttons))
        assert dialog.width() <= width
    finally:
        theme.apply(app, "light", percent=100)


def test_that_a_printer_that_is_gone_is_told(opened: PacketDialog, context: PageContext, qtbot: QtBot) -> None:
    context.preferences.printer = "Thrown away"
    press(qtbot, Qt.Key.Key_Return)
    assert opened.notice.sentence().startswith("There is no printer “Thrown away” now.")


def test_that_the_pages_are_leafed_through_with_the_page_keys(opened: PacketDialog, qtbot: QtBot) -> None:
    assert opened.made is not None
    assert opened.view.accessibleName() == f"Page 1 of {opened.made.pages}"
    press(qtbot, Qt.Key.Key_PageDown)
    assert opened.view.accessibleName() == f"Page 2 of {opened.made.pages}"
    opened.view.setFocus()
    press(qtbot, Qt.Key.Key_End)
    press(qtbot, Qt.Key.Key_Down)
    assert opened.view.place() == opened.made.pages - 1
    press(qtbot, Qt.Key.Key_Home)
    assert opened.view.place() == 0


def test_that_a_paper_is_attached_by_keys_and_stands_in_the_packet_under_the_same_id(
    opened: PacketDialog, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    assert opened.made is not None
    before, pages = opened.made.packet.id, opened.made.pages
    (tmp_path / "note.pdf").write_bytes(a_pdf("A note"))
    press(qtbot, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(shown(AttachDialog)))
    (dialog,) = shown(AttachDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClicks(dialog.path, str(tmp_path / "note.pdf"))
    dialog.fields.dated.setFocus()
    qtbot.keyClicks(dialog.fields.dated, "10/2/26")
    with qtbot.waitSignal(dialog.acted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.made is not None and opened.made.pages == pages + 1)
    assert opened.made.packet.id == before
    assert "A note" in texts_of(opened.made.pdf)[-1]


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "is empty"), (b"MZ program", "is no PDF"), (a_pdf("x")[:200], "is damaged")]
)
def test_that_a_bad_file_is_told_below_its_field_and_what_was_typed_stays(
    opened: PacketDialog, qtbot: QtBot, settle: Settle, tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "bad.pdf").write_bytes(content)
    opened.attach()
    qtbot.waitUntil(lambda: bool(shown(AttachDialog)))
    (dialog,) = shown(AttachDialog)
    dialog.path.setText(str(tmp_path / "bad.pdf"))
    dialog.fields.title.setText("Typed with care")
    dialog.save()
    qtbot.waitUntil(lambda: bool(dialog.path.error()))
    assert words in dialog.path.error()
    assert dialog.fields.title.text() == "Typed with care"
    assert dialog.isVisible()


def test_that_the_same_paper_is_told_and_attached_once_more_at_the_second_press(
    opened: PacketDialog, attach: Attach, services: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    known = attach(a_pdf("A note"), "Visit note")
    (tmp_path / "copy.pdf").write_bytes(a_pdf("A note"))
    opened.attach()
    qtbot.waitUntil(lambda: bool(shown(AttachDialog)))
    (dialog,) = shown(AttachDialog)
    dialog.path.setText(str(tmp_path / "copy.pdf"))
    dialog.save()
    qtbot.waitUntil(lambda: bool(dialog.path.error()))
    assert dialog.save_button.text() == "Attach once more"
    with qtbot.waitSignal(dialog.acted):
        dialog.save()
    assert len(services.documents.list_for(known.patient_id)) == 2


def test_that_papers_are_left_out_moved_and_taken_out_by_keys(
    opened: PacketDialog, attach: Attach, services: Services, qtbot: QtBot, settle: Settle
) -> None:
    first, second = attach(a_png(60, 80), "First"), attach(a_png(61, 80), "Second")
    opened.work.gather()
    qtbot.waitUntil(lambda: len(opened.papers.chosen()) == 2)
    table = opened.papers.table
    table.setFocus()
    table.select_record(first.id)
    press(qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [paper.id for paper in opened.papers.chosen()] == [second.id, first.id]
    press(qtbot, Qt.Key.Key_Space)
    assert [paper.id for paper in opened.papers.chosen()] == [second.id]
    qtbot.waitUntil(lambda: opened.made is not None)
    assert opened.made is not None
    assert "Second" in texts_of(opened.made.pdf)[0]
    assert "First " not in texts_of(opened.made.pdf)[0]
    press(qtbot, Qt.Key.Key_Delete)
    settle()
    (dialog,) = shown(RemovePaperDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClicks(dialog.reason, "Another patient's")
    with qtbot.waitSignal(dialog.acted):
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(opened.papers.table.records()) == 1)
    assert [paper.id for paper in services.documents.list_for(first.patient_id)] == [second.id]


def test_that_a_packet_is_saved_where_one_says_under_a_name_without_the_patient(
    opened: PacketDialog, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.files.dialog is not None)
    dialog = opened.files.dialog
    assert isinstance(dialog, QFileDialog)
    assert opened.made is not None
    assert Path(dialog.selectedFiles()[0]).name == f"packet-{opened.made.packet.id}.pdf"
    dialog.reject()
    opened.save_to(tmp_path / "out.pdf")
    settle()
    assert (tmp_path / "out.pdf").read_bytes() == opened.made.pdf
    assert opened.notice.sentence().startswith("Saved as out.pdf")
    opened.save_to(tmp_path / "no folder" / "out.pdf")
    settle()
    assert "cannot be written" in opened.notice.sentence()


def test_that_nothing_is_written_to_the_disk_while_a_packet_is_looked_at(
    opened: PacketDialog, attach: Attach, qtbot: QtBot, tmp_path: Path
) -> None:
    attach(a_pdf("Canary of the spine"), "Canary title")
    (tmp_path / "scan").unlink()
    opened.work.gather()
    qtbot.waitUntil(lambda: opened.made is not None and "Canary of the spine" in texts_of(opened.made.pdf)[-1])
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert b"anary" not in path.read_bytes(), path.name


def test_that_marking_as_sent_submits_the_draft_tells_the_window_and_can_be_undone(
    opened: PacketDialog,
    window: MainWindow,
    services: Services,
    record: AuthorizationRecord,
    qtbot: QtBot,
    settle: Settle,
) -> None:
    opened.sent.channel.set_value(Channel.FAX)
    opened.sent.reference.setText("R-77")
    assert opened.made is not None
    packet_id, pdf = opened.made.packet.id, opened.made.pdf
    assert opened.sent.whole.value() is False
    press(qtbot, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "Alt+M once more" in opened.notice.sentence())
    assert opened.notice.sentence().startswith("Missing: ")
    assert services.authorizations.get(record.id).status is AuthorizationStatus.DRAFT
    with qtbot.waitSignal(opened.acted):
        press(qtbot, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    settle()
    sent = services.authorizations.get(record.id)
    assert (sent.status, sent.request.channel, sent.request.reference) == (
        AuthorizationStatus.SUBMITTED,
        Channel.FAX,
        "R-77",
    )
    assert sent.log[-1].text.startswith(f"Packet {packet_id}, ")
    assert sent.request.complete_at is None
    (kept,) = services.packets.gather(record.id).sent
    assert kept.title == f"Packet {packet_id}, sent by fax"
    assert services.documents.content(kept.id) == pdf
    assert not shown(PacketDialog)
    assert window.status_line.sentence().startswith("Submitted")
    window.status_line.undo()
    settle()
    assert services.authorizations.get(record.id).status is AuthorizationStatus.DRAFT
    assert services.packets.gather(record.id).sent == ()


def test_that_a_wrong_day_to_ask_again_is_told_in_place(opened: PacketDialog, services: Services, qtbot: QtBot) -> None:
    opened.sent.ask.setText("soon")
    opened.sent.button.click()
    assert opened.sent.ask.error()
    assert opened.isVisible()


def test_that_a_form_is_filled_by_the_clinics_map_and_put_before_the_papers(
    opened: PacketDialog, transactions: Transactions, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = transactions.folder / "forms"
    folder.mkdir()
    field = '[[field]]\nname = "Name"\nfact = "patient.last"\n'
    head = 'payer = "medicare"\ntitle = "Own"\nfile = "own.pdf"\n'
    (folder / "own.toml").write_text(head + field, encoding="utf-8")
    (tmp_path / "own.pdf").write_bytes(a_form((("Name", "text"), ("Fax", "text"))))
    assert opened.made is not None
    before = opened.made.pages
    opened.payer_papers.fill_form(tmp_path / "own.pdf")
    qtbot.waitUntil(lambda: opened.made is not None and opened.made.pages == before + 1)
    assert "Whitaker" in texts_of(opened.made.pdf)[-1].split("Request for a procedure")[1]
    assert "does not fill the field “Fax”" in opened.notice.sentence()
    opened.payer_papers.fill_form(tmp_path / "gone.pdf")
    qtbot.waitUntil(lambda: "gone.pdf cannot be read" in opened.notice.sentence())


def test_that_the_copy_sheet_stays_when_the_packet_is_closed(
    opened: PacketDialog, qtbot: QtBot, settle: Settle
) -> None:
    with qtbot.waitSignal(opened.payer_papers.opened):
        press(qtbot, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    panel = opened.payer_papers.copy_sheet
    assert panel is not None
    assert panel.isVisible()
    assert shown(PacketDialog)  # what was typed there waits for the end of it

    opened.reject()
    settle()
    assert not shown(PacketDialog)
    assert shown(CopySheetPanel) == [panel]
    panel.close()


def test_that_what_is_missing_is_named_and_every_control_is_read_out(opened: PacketDialog) -> None:
    assert "the rendering provider" in opened.missing.sentence()
    assert not nameless(opened)
    assert "Whitaker" not in opened.windowTitle()


def test_that_a_patient_without_a_request_is_told_and_one_with_several_is_asked_which(
    window: MainWindow, services: Services, patient: Patient, qtbot: QtBot, settle: Settle
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    page = window.current_page()
    assert isinstance(page, PatientPage)
    assert page.notice.sentence().startswith("This patient has no request")
    a_draft(services, patient)
    second = a_draft(services, patient)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    (choice,) = shown(RequestChoice)
    assert not nameless(choice)
    choice.table.setFocus()
    choice.table.select_record(second.id)
    press(qtbot, Qt.Key.Key_Return)
    settle()
    (dialog,) = shown(PacketDialog)
    assert dialog.packet is not None
    assert dialog.packet.record.id == second.id


def test_that_without_a_printer_of_last_time_the_systems_dialog_asks_and_what_it_says_is_done(
    opened: PacketDialog, attach: Attach, context: PageContext, qtbot: QtBot, tmp_path: Path
) -> None:
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.printer.dialog is not None)
    dialog = opened.printer.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    gc.collect()
    dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
    with qtbot.waitSignal(opened.printer.printed):
        dialog.accepted.emit(dialog.printer())  # accept() would look for a printer of this computer
    assert opened.made is not None
    assert len(PdfReader(io.BytesIO((tmp_path / "printed.pdf").read_bytes())).pages) == opened.made.pages


def test_that_leaving_the_printers_dialog_prints_nothing(opened: PacketDialog, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.printer.dialog is not None)
    assert opened.printer.dialog is not None
    with qtbot.waitSignal(opened.printer.left):
        opened.printer.dialog.reject()
    assert opened.printer.dialog is None
    assert opened.isVisible()


def test_that_what_is_missing_reads_as_one_sentence() -> None:
    assert missing_words(("the codes", "The visit's note, signed and dated", "MRI of the spine")) == (
        "Missing: the codes; the visit's note, signed and dated; MRI of the spine."
    )
