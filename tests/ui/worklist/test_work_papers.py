"""What the worklist opens for its row: checklist, documents and packet, from table and columns."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fixtures import TODAY
from tests.papers import a_pdf
from tests.ui.conftest import Settle
from tests.ui.job_counts import count
from tests.ui.requests import draft, sent
from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.authorization_request import Channel, PeerToPeer
from tracker.domain.clinical_record import Document, DocumentKind
from tracker.services import Services
from tracker.services.authorizations.authorization_steps import Denial
from tracker.ui.clinical.checklist_dialog import ChecklistDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.authorizations_page import AuthorizationsPage
from tracker.ui.pages.expirations_page import ExpirationsPage
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.attach_dialog import AttachDialog
from tracker.ui.paper.correct_paper_dialog import CorrectPaperDialog
from tracker.ui.paper.packet_dialog import PacketDialog
from tracker.ui.paper.papers_dialog import PapersDialog

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
Shown = TypeVar("Shown", bound=QWidget)
Attach = Callable[..., Document]


@pytest.fixture
def window(context: PageContext, qtbot: QtBot) -> MainWindow:
    made = MainWindow(context, (AuthorizationsPage, ExpirationsPage))
    qtbot.addWidget(made)
    return made


@pytest.fixture
def open_page(window: MainWindow, qtbot: QtBot, settle: Settle) -> Callable[[], AuthorizationsPage]:
    def bring() -> AuthorizationsPage:
        window.resize(1440, 900)
        window.open_page("authorizations")
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        settle()
        page = window.current_page()
        assert isinstance(page, AuthorizationsPage)
        return page

    return bring


@pytest.fixture
def attach(services: Services, tmp_path: Path) -> Attach:
    def do(patient_id: str, record_id: str = "", kind: DocumentKind = DocumentKind.OTHER, title: str = "A") -> Document:
        path = tmp_path / f"{title}.pdf"
        path.write_bytes(a_pdf(title))
        attach = services.documents.attach
        return attach(path, patient_id, kind, title, authorization_id=record_id, dated=date(2026, 10, 1)).value

    return do


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, key, held)


def opened(kind: type[Shown], qtbot: QtBot, settle: Settle) -> Shown:
    """Return the dialog of this kind, when it is there and has read what it shows."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def closed(qtbot: QtBot, settle: Settle) -> None:
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    settle()


def has_hands(page: AuthorizationsPage, qtbot: QtBot) -> bool:
    """Tell whether the list has the focus once the window is active again, as the window system makes it."""
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)
    return page.views.front().has_focus()


@pytest.mark.parametrize("columns", [False, True], ids=["table", "columns"])
def test_that_k_opens_the_checklist_of_the_row_and_escape_gives_the_hands_back(
    services: Services,
    open_page: Callable[[], AuthorizationsPage],
    qtbot: QtBot,
    settle: Settle,
    columns: bool,
) -> None:
    draft(services, "Archer")
    page = open_page()
    if columns:
        page.lister.turn_view()
        settle()
    press(qtbot, Qt.Key.Key_K)
    dialog = opened(ChecklistDialog, qtbot, settle)

    assert dialog.beside.text().startswith("Archer, Elena M.")
    assert dialog.panel.checklist is not None
    assert dialog.panel.checklist.record_id == page.views.row().id
    closed(qtbot, settle)
    assert has_hands(page, qtbot)


def test_that_the_panel_tells_what_the_request_lacks_the_missing_first(
    services: Services, open_page: Callable[[], AuthorizationsPage]
) -> None:
    made = draft(services, "Archer")
    page = open_page()

    checklist = services.checklists.for_request(made.id)
    assert page.detail.checklist_part.isVisible()
    assert page.detail.checklist_part.beside.text().startswith(f"{len(checklist.missing)} missing")
    first = page.detail.checklist.texts()[0]
    assert first.startswith(checklist.missing[0].text)
    assert first.endswith("missing")


def test_that_a_tick_in_the_checklist_is_seen_in_the_panel(
    services: Services, open_page: Callable[[], AuthorizationsPage], qtbot: QtBot, settle: Settle
) -> None:
    draft(services, "Archer")
    page = open_page()
    before = page.detail.checklist_part.beside.text()
    press(qtbot, Qt.Key.Key_K)
    dialog = opened(ChecklistDialog, qtbot, settle)
    row = next(row for row in dialog.panel.table.records() if row.tickable and not row.state.met and row.asked)
    dialog.panel.table.select_record((row.item.id, row.text))
    press(qtbot, ENTER)
    tick = opened(SavingDialog, qtbot, settle)
    tick.note.setText("NRS 7 of 10")
    tick.save()
    settle()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    dialog.reject()
    settle()

    assert page.detail.checklist_part.beside.text() != before


def test_that_m_opens_the_documents_with_those_of_the_request_on_top(
    services: Services,
    open_page: Callable[[], AuthorizationsPage],
    attach: Attach,
    qtbot: QtBot,
    settle: Settle,
) -> None:
    made = draft(services, "Archer")
    attach(made.patient_id, title="Loose")
    attach(made.patient_id, made.id, title="Mine")
    page = open_page()
    press(qtbot, Qt.Key.Key_M)
    dialog = opened(PapersDialog, qtbot, settle)

    assert [(row.paper.title, row.mine) for row in dialog.table.records()] == [("Mine", True), ("Loose", False)]
    dialog.table.select_row(1)
    press(qtbot, Qt.Key.Key_Space)
    settle()
    assert [row.mine for row in dialog.table.records()] == [True, True]
    closed(qtbot, settle)
    assert has_hands(page, qtbot)


def test_that_kind_and_day_of_a_document_are_corrected_in_place(
    services: Services,
    open_page: Callable[[], AuthorizationsPage],
    attach: Attach,
    qtbot: QtBot,
    settle: Settle,
) -> None:
    made = draft(services, "Archer")
    paper = attach(made.patient_id, made.id, title="Scan")
    open_page()
    press(qtbot, Qt.Key.Key_M)
    papers = opened(PapersDialog, qtbot, settle)
    press(qtbot, ENTER)
    dialog = opened(CorrectPaperDialog, qtbot, settle)
    assert (dialog.fields.title.text(), dialog.fields.dated.day()) == ("Scan", date(2026, 10, 1))
    dialog.fields.kind.set_value(DocumentKind.IMAGING)
    dialog.fields.dated.set_day(date(2026, 11, 2))
    dialog.save()
    settle()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is papers)

    (saved,) = services.documents.list_for(made.patient_id)
    assert (saved.id, saved.kind, saved.dated, saved.title) == (
        paper.id, DocumentKind.IMAGING, date(2026, 11, 2), "Scan",
    )  # fmt: skip
    assert papers.table.records()[0].paper == saved


def test_that_a_day_to_come_is_refused_at_its_field_and_nothing_is_lost(
    services: Services,
    open_page: Callable[[], AuthorizationsPage],
    attach: Attach,
    qtbot: QtBot,
    settle: Settle,
) -> None:
    made = draft(services, "Archer")
    attach(made.patient_id, made.id, title="Scan")
    open_page()
    press(qtbot, Qt.Key.Key_M)
    opened(PapersDialog, qtbot, settle)
    press(qtbot, ENTER)
    dialog = opened(CorrectPaperDialog, qtbot, settle)
    dialog.fields.title.setText("Typed with care")
    dialog.fields.dated.setText("+5")
    dialog.save()
    settle()

    assert dialog.isVisible()
    assert dialog.fields.dated.error()
    assert services.documents.list_for(made.patient_id)[0].dated == date(2026, 10, 1)
    dialog.fields.title.setText("Scan")
    dialog.fields.dated.set_day(date(2026, 10, 1))
    dialog.reject()


def test_that_a_attaches_a_paper_to_the_request(
    services: Services,
    open_page: Callable[[], AuthorizationsPage],
    qtbot: QtBot,
    settle: Settle,
    tmp_path: Path,
) -> None:
    made = draft(services, "Archer")
    path = tmp_path / "mri.pdf"
    path.write_bytes(a_pdf("MRI"))
    open_page()
    press(qtbot, Qt.Key.Key_M)
    papers = opened(PapersDialog, qtbot, settle)
    press(qtbot, Qt.Key.Key_A)
    dialog = opened(AttachDialog, qtbot, settle)
    dialog.path.setText(str(path))
    dialog.save()
    settle()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is papers)

    (saved,) = services.documents.list_for(made.patient_id)
    assert saved.authorization_id == made.id


def test_that_the_packet_of_the_row_is_printed_with_two_keys(
    services: Services,
    open_page: Callable[[], AuthorizationsPage],
    context: PageContext,
    qtbot: QtBot,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft(services, "Archer")
    context.preferences.printer = "Front desk"
    open_page()
    pressed = 1
    press(qtbot, Qt.Key.Key_P, CONTROL)
    dialog = opened(PacketDialog, qtbot, settle)

    def to_file(made: object, _name: str) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        dialog.printer.send(made, printer)

    monkeypatch.setattr(dialog.printer, "print_on", to_file)
    pressed += 1
    press(qtbot, ENTER)
    qtbot.waitUntil(lambda: "went to the printer" in dialog.notice.sentence())
    settle()

    assert len(PdfReader(io.BytesIO((tmp_path / "printed.pdf").read_bytes())).pages) >= 1
    count("10", pressed)


def test_that_a_packet_marked_as_sent_submits_the_draft_and_the_next_row_is_current(
    services: Services, open_page: Callable[[], AuthorizationsPage], qtbot: QtBot, settle: Settle
) -> None:
    first, second = draft(services, "Archer"), draft(services, "Bell", next_in=1)
    page = open_page()
    press(qtbot, Qt.Key.Key_P, CONTROL)
    dialog = opened(PacketDialog, qtbot, settle)
    qtbot.waitUntil(lambda: dialog.made is not None)
    dialog.sent.button.click()
    assert "Alt+M once more" in dialog.notice.sentence()
    dialog.sent.button.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    settle()

    assert services.authorizations.get(first.id).status is AuthorizationStatus.SUBMITTED
    assert page.views.row().id == second.id
    assert has_hands(page, qtbot)


def test_that_a_packet_that_went_out_is_kept_and_a_copy_of_it_can_be_saved(
    services: Services,
    open_page: Callable[[], AuthorizationsPage],
    qtbot: QtBot,
    settle: Settle,
    tmp_path: Path,
) -> None:
    made = draft(services, "Archer")
    packet = services.packets.gather(made.id)
    services.packets.sent(packet, 1, Channel.FAX, content=a_pdf("Went"))
    open_page()
    press(qtbot, Qt.Key.Key_M)
    dialog = opened(PapersDialog, qtbot, settle)
    (row,) = dialog.table.records()
    assert (row.went, row.paper.title) == (True, f"Packet {packet.id}, sent by fax")
    press(qtbot, ENTER)
    assert dialog.notice.sentence().startswith("This packet stands as it went to the payer.")
    dialog.save_to(row.paper, tmp_path / "copy.pdf")
    settle()

    assert (tmp_path / "copy.pdf").read_bytes() == a_pdf("Went")
    again = services.packets.gather(made.id)
    assert (again.papers, again.others) == ((), ())


def test_that_the_packet_key_waits_for_a_row(
    open_page: Callable[[], AuthorizationsPage], window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    open_page()
    window.registry.action("packet").trigger()
    settle()

    assert QApplication.activeModalWidget() is None


def test_that_a_call_between_clinicians_shows_its_last_day_and_comes_first_in_the_clock(
    services: Services, open_page: Callable[[], AuthorizationsPage], settle: Settle
) -> None:
    made = sent(services, "Dunn")
    step = Denial(TODAY, "", "No therapy shown.", PeerToPeer.CAN_OVERTURN, TODAY + timedelta(days=6),
                  TODAY + timedelta(days=60))  # fmt: skip
    services.authorizations.step(made.id, made.version, step)
    other = sent(services, "Ember")
    none = Denial(TODAY, "", "No therapy shown.", PeerToPeer.NONE, appeal_by=TODAY + timedelta(days=60))
    services.authorizations.step(other.id, other.version, none)
    third = sent(services, "Frost")
    explains = Denial(TODAY, "", "No therapy shown.", PeerToPeer.EDUCATIONAL, TODAY + timedelta(days=6),
                      TODAY + timedelta(days=60))  # fmt: skip
    services.authorizations.step(third.id, third.version, explains)
    page = open_page()
    page.lister.show_line("is:denied")
    settle()

    model = page.list.table.record_model()
    clocks = {model.index(row, 2).data(): model.index(row, 6).data() for row in range(model.rowCount())}
    assert {name.split(",")[0]: clock for name, clock in clocks.items()} == {
        "Dunn": "call by 11/30", "Ember": "appeal by 01/23", "Frost": "appeal by 01/23",
    }  # fmt: skip
    page.lister.show_line("dunn")
    settle()
    assert "Call between clinicians can overturn it, by Mon 11/30/2026, in 6 days" in page.detail.denial.text()
