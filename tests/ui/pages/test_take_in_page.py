"""Behaviour of the page that takes rules in: who signed, what changes, refused in place, one act, undo, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tests.policies.packs import Publisher, book_files, sessions_changed
from tests.services.rule_library.packed_clinic import IN_MARCH, book_two_visits, open_packed, trust, written
from tests.ui.conftest import InFront, Settle
from tests.ui.names import nameless
from tracker.services import Services
from tracker.services.changes import Changes
from tracker.services.clinic_file.vault import DataKey
from tracker.services.transactions import Transactions
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.take_in_page import TakeInPage
from tracker.ui.pages.today_page import TodayPage
from tracker.ui.taking_in.stage import Stage
from tracker.ui.theme.status import Status
from tracker.ui.widgets.plain_label import PlainLabel


@pytest.fixture(scope="module")
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def services(transactions: Transactions, data_key: DataKey, clock: FixedClock) -> Services:
    """The clinic of the small invented book, number 1."""
    return open_packed(transactions, data_key, clock)


@pytest.fixture
def page(context: PageContext, in_front: InFront) -> TakeInPage:
    """The page as the window keeps it: what it does is told to every screen."""
    shown = in_front(TakeInPage(context))
    shown.acted.connect(lambda done: context.notifier.publish(done.changes))
    return shown


@pytest.fixture
def march(tmp_path: Path, publisher: Publisher) -> Path:
    """A pack with one epidural a year from March 2027 on."""
    files = book_files(2, later=(IN_MARCH, 1), more='note = "One a year from March on."\n')
    return written(tmp_path, publisher.sign(files))


def look(page: TakeInPage, path: Path, settle: Settle) -> None:
    page.file_row.field.setText(str(path))
    QTest.keyClick(page.file_row.field, Qt.Key.Key_Return)
    settle()


def test_that_it_begins_with_the_rules_in_use(page: TakeInPage) -> None:
    assert page.in_use.book.text() == "Rules 2026-11, number 1 of 11/20/2026: 1 policy, 1 payer."
    assert page.in_use.origin.text() == "They came with the program."
    assert page.in_use.keys.text().startswith("The clinic trusts no key of its own so far.")
    assert not page.in_use.back_button.isVisibleTo(page)
    assert page.bar.take_in_button.shown_text() == "Off: look at a rule pack first"
    assert page.file_row.field.hasFocus()
    assert nameless(page) == []


def test_that_a_pack_is_looked_at_before_anything_changes(
    page: TakeInPage, services: Services, publisher: Publisher, march: Path, settle: Settle
) -> None:
    trust(services, publisher)
    book_two_visits(services)

    look(page, march, settle)

    assert page.stage is Stage.READY
    assert page.preview.verdict.status() is Status.CAUTION
    assert page.preview.verdict.sentence() == "1 of 2 visits ahead would be answered otherwise"
    assert page.preview.verdict.right_text() == "Rules 2026-11, number 2 of 11/20/2026, after number 1"
    assert publisher.trusted.fingerprint in page.preview.signer.text()
    assert page.preview.note.text() == "One a year from March on."
    (visit,) = page.preview.visits.records()
    assert (visit.patient.name, visit.day) == ("Invented, Ada M.", IN_MARCH)
    assert [change.what for change in page.preview.changes.records()] == [sessions_changed(3, 1)]
    assert page.bar.take_in_button.shown_text() == "Take these rules in (1 visit changes)"
    assert page.bar.take_in_button.hasFocus()
    assert services.packs.in_use.catalog.edition.number == 1
    assert nameless(page) == []


def test_that_a_chosen_row_is_told_in_full_with_two_identifiers(
    page: TakeInPage, services: Services, publisher: Publisher, march: Path, settle: Settle, qtbot: QtBot
) -> None:
    trust(services, publisher)
    book_two_visits(services)
    look(page, march, settle)
    assert page.whole.words().startswith("Choose a row")

    page.preview.visits.setFocus()

    assert page.whole.words().startswith("Invented, Ada M., 07/02/1951, Mon 03/01/2027: was ")
    assert "would be Not before" in page.whole.words()
    page.preview.changes.setFocus()
    assert page.whole.words() == f"Invented Maple, Epidurals. Changed, from 03/01/2027: {sessions_changed(3, 1)}"
    with qtbot.waitSignal(page.patient_wanted):
        QTest.keyClick(page.preview.visits, Qt.Key.Key_Return)


def test_that_the_rules_are_taken_in_by_key_and_undone(
    page: TakeInPage, services: Services, publisher: Publisher, march: Path, settle: Settle, context: PageContext
) -> None:
    trust(services, publisher)
    look(page, march, settle)
    told = []
    page.acted.connect(told.append)

    QTest.keyClick(page.bar.take_in_button, Qt.Key.Key_Space)
    settle()

    assert services.packs.in_use.catalog.edition.number == 2
    assert page.stage is Stage.EMPTY
    assert page.in_use.origin.text() == f"Taken in from a rule pack that was signed by {publisher.name}."
    (done,) = told
    assert done.sentence == "Taken in: Rules 2026-11, number 2."
    context.notifier.publish(services.undo.undo(done.undo).changes)
    settle()
    assert page.in_use.book.text().startswith("Rules 2026-11, number 1")


def test_that_leaving_it_changes_nothing(
    page: TakeInPage, services: Services, publisher: Publisher, march: Path, settle: Settle
) -> None:
    trust(services, publisher)
    look(page, march, settle)

    QTest.mouseClick(page.bar.leave_button, Qt.MouseButton.LeftButton)

    assert page.stage is Stage.EMPTY
    assert page.file_row.field.text() == ""
    assert page.file_row.field.hasFocus()
    assert services.packs.in_use.catalog.edition.number == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: data[:-40], "The rule pack is not whole."),
        (lambda data: data.replace(b"limit = 1", b"limit = 9"), "The rule pack was changed after it was"),
        (lambda _data: b"no pack at all", "This file is no rule pack."),
    ],
)
def test_that_a_refused_pack_is_told_in_place(
    page: TakeInPage,
    services: Services,
    publisher: Publisher,
    march: Path,
    settle: Settle,
    spoil: object,
    words: str,
) -> None:
    trust(services, publisher)
    march.write_bytes(spoil(march.read_bytes()))  # type: ignore[operator]  # one of the three above

    look(page, march, settle)

    assert page.notice.sentence().startswith(words)
    assert page.stage is Stage.EMPTY
    assert page.file_row.field.text() == str(march)
    assert services.packs.in_use.catalog.edition.number == 1


def test_that_a_new_key_is_trusted_by_the_fingerprint_that_was_read_out(
    page: TakeInPage, services: Services, publisher: Publisher, march: Path, settle: Settle
) -> None:
    look(page, march, settle)
    assert page.stage is Stage.KEY
    assert page.key_panel.name.hasFocus()
    assert page.bar.take_in_button.shown_text() == "Off: its key is not trusted"
    assert page.notice.sentence() == ""
    assert publisher.trusted.fingerprint not in "".join(label.text() for label in labels(page))
    QTest.keyClicks(page.key_panel.name, "Invented board")
    assert page.key_panel.trust_button.shown_text() == "Off: type the fingerprint"

    QTest.keyClicks(page.key_panel.fingerprint, "0000 1111")
    QTest.keyClick(page.key_panel.fingerprint, Qt.Key.Key_Return)
    settle()
    assert page.notice.sentence().startswith("This is not the fingerprint of the key.")
    assert page.key_panel.fingerprint.text() == "0000 1111"

    page.key_panel.fingerprint.selectAll()
    QTest.keyClicks(page.key_panel.fingerprint, publisher.trusted.fingerprint.lower())
    page.primary()  # Ctrl+Enter; what was typed does not get lost by looking at the file again
    settle()
    assert page.stage is Stage.READY
    assert page.preview.signer.text().startswith("Signed by Invented board, fingerprint ")
    assert [key.name for key in services.pack_trust.list_keys()] == ["Invented board"]


def labels(page: TakeInPage) -> list[PlainLabel]:
    return [label for label in page.findChildren(PlainLabel) if label.isVisibleTo(page)]


def test_that_one_can_go_back_to_the_rules_before(
    page: TakeInPage, services: Services, publisher: Publisher, march: Path, settle: Settle
) -> None:
    trust(services, publisher)
    look(page, march, settle)
    page.primary()
    settle()

    QTest.mouseClick(page.in_use.back_button, Qt.MouseButton.LeftButton)
    settle()

    assert services.packs.in_use.catalog.edition.number == 1
    assert not page.in_use.back_button.isVisibleTo(page)


def test_that_the_pack_is_looked_at_again_when_visits_change_meanwhile(
    page: TakeInPage,
    services: Services,
    publisher: Publisher,
    march: Path,
    settle: Settle,
    context: PageContext,
) -> None:
    trust(services, publisher)
    look(page, march, settle)
    assert page.preview.verdict.sentence() == "No visit is booked ahead, so none is answered otherwise"

    book_two_visits(services)
    context.notifier.publish(Changes.everything())
    settle()

    assert page.preview.verdict.sentence() == "1 of 2 visits ahead would be answered otherwise"


def test_that_a_pack_can_be_dropped_on_the_page(
    page: TakeInPage, services: Services, publisher: Publisher, march: Path, settle: Settle
) -> None:
    trust(services, publisher)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(march))])
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )

    page.dropEvent(drop)
    settle()

    assert page.stage is Stage.READY


def test_that_the_window_offers_it_in_the_file_menu_and_names_the_rules_in_use(
    context: PageContext, services: Services, publisher: Publisher, march: Path, qtbot: QtBot, settle: Settle
) -> None:
    trust(services, publisher)
    window = MainWindow(context, (TodayPage, TakeInPage))
    qtbot.addWidget(window)
    window.show()
    window.registry.action("take in rules").trigger()
    page = window.current_page()
    assert isinstance(page, TakeInPage)
    assert ("book", "Rules 2026-11, 1 policy") in window.status_line.facts()

    files = book_files(2, published=IN_MARCH)
    look(page, written(march.parent, publisher.sign(files), "later.rulepack"), settle)
    page.primary()
    settle()
    assert ("book", "Rules 2027-03, 1 policy") in window.status_line.facts()
    window.status_line.undo()
    settle()
    assert ("book", "Rules 2026-11, 1 policy") in window.status_line.facts()
