"""An open clinic is locked and unlocked without losing what stands in its windows, and closed cleanly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.builders import a_patient
from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD
from tests.ui.small_pages import SMALL_PAGES, SmallPage
from tracker.domain.draft import Draft
from tracker.domain.errors import VaultError
from tracker.paths import resource_root
from tracker.services import Services
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.clinics import Clinics
from tracker.ui.clipboard import copy_private
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.drafts import CHECK_PLACE, DraftKeeper
from tracker.ui.preferences import Preferences
from tracker.ui.start.clock_check import tell_wrong_clock
from tracker.ui.start.session import Session
from tracker.ui.start.sign_in_window import SignInWindow
from tracker.ui.start.unfinished import tell_unfinished
from tracker.ui.tasks import TaskRunner
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.procedure_field import ProcedureField


@pytest.fixture
def session(
    services: Services, clinic: ClinicFolder, clock: FixedClock, tasks: TaskRunner, tmp_path: Path, qtbot: QtBot
) -> Iterator[Session]:
    clinics = Clinics(resource_root(), clock, costs=CHEAP)
    made = Session(services, clinic.path, clinics, tasks, Preferences(tmp_path / "window.ini"), SMALL_PAGES)
    with qtbot.waitExposed(made.window):
        made.start()
    qtbot.waitUntil(made.tasks.is_idle)  # the coming visits are judged once at the opening
    yield made
    made.end()
    made.window.deleteLater()
    if made.lock_window is not None:
        made.lock_window.deleteLater()


def lock_window(session: Session) -> SignInWindow:
    assert session.lock_window is not None
    return session.lock_window


def give(session: Session, password: str) -> None:
    window = lock_window(session)
    window.password.clear()
    QTest.keyClicks(window.password, password)
    QTest.keyClick(window.password, Qt.Key.Key_Return)


def unlock(session: Session, qtbot: QtBot) -> None:
    give(session, PASSWORD)
    qtbot.waitUntil(lambda: session.lock_window is None, timeout=20_000)


def today(session: Session) -> SmallPage:
    page = session.window.pages["today"]
    assert isinstance(page, SmallPage)
    return page


def test_that_it_tells_when_every_page_is_made(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.window.pages.waiting())
    with qtbot.waitSignal(session.settled):
        session._make_pages()


def test_that_locking_hides_the_window_and_wipes_the_key(
    session: Session, services: Services, data_key: DataKey, qtbot: QtBot
) -> None:
    QTest.keyClick(session.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert not session.window.isVisible()
    assert lock_window(session).isVisible()
    assert data_key.secret == bytearray(32)
    with pytest.raises(VaultError):
        services.desk.settings()


def test_that_unlocking_brings_everything_back_as_it_was(session: Session, services: Services, qtbot: QtBot) -> None:
    session.window.open_page("patient", "p1")
    QTest.keyClicks(today(session).field, "half a sentence")
    services.patients.add(a_patient())
    session.lock()

    unlock(session, qtbot)

    assert session.window.isVisible()
    assert session.window.current_page() is session.window.pages["patient"]
    assert today(session).field.text() == "half a sentence"
    assert len(services.patients.find("Whitaker")) == 1


def test_that_an_open_dialog_is_hidden_and_comes_back(session: Session, qtbot: QtBot) -> None:
    dialog = BaseDialog("Override", session.window)
    dialog.open()
    menu = QMenu(session.window)
    menu.popup(session.window.pos())

    session.lock()
    hidden = (dialog.isVisible(), menu.isVisible())
    unlock(session, qtbot)

    assert hidden == (False, False)
    assert dialog.isVisible()
    assert not menu.isVisible()
    dialog.reject()


def test_that_the_key_that_locks_works_in_a_dialog_too(session: Session, qtbot: QtBot) -> None:
    dialog = BaseDialog("New patient", session.window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)

    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert not dialog.isVisible()
    assert lock_window(session).isVisible()
    unlock(session, qtbot)
    assert dialog.isVisible()
    dialog.reject()


def test_that_a_wrong_password_keeps_it_locked(session: Session, data_key: DataKey, qtbot: QtBot) -> None:
    session.lock()

    give(session, "some other long sentence")
    qtbot.waitUntil(lambda: bool(lock_window(session).refusal.sentence()), timeout=20_000)

    assert not session.window.isVisible()
    assert data_key.secret == bytearray(32)
    unlock(session, qtbot)


def test_that_no_service_is_called_while_locked_and_none_is_forgotten(
    session: Session, services: Services, qtbot: QtBot
) -> None:
    came: list[object] = []
    session.lock()
    session.tasks.run(session.window, services.desk.sites, came.append)
    qtbot.wait(0)
    assert came == []

    unlock(session, qtbot)

    qtbot.waitUntil(lambda: len(came) == 1)
    assert session.window.notice.sentence() == ""


def test_that_a_call_under_way_ends_before_the_key_is_wiped(
    session: Session, services: Services, data_key: DataKey, qtbot: QtBot
) -> None:
    entered, go = threading.Event(), threading.Event()

    def work() -> object:
        entered.set()
        assert go.wait(10)
        return services.desk.sites()

    came: list[object] = []
    session.tasks.run(session.window, work, came.append, lane="long")
    assert entered.wait(10)
    session.lock()
    assert not session.window.isVisible()
    assert data_key.secret != bytearray(32)

    go.set()

    qtbot.waitUntil(lambda: data_key.secret == bytearray(32))
    assert len(came) == 1
    unlock(session, qtbot)


def test_that_nobody_at_the_desk_for_ten_minutes_locks_it(session: Session, clock: FixedClock) -> None:
    session.idle_watch.look()
    assert session.lock_window is None

    clock.day = clock.day.replace(day=25)  # as after a night asleep
    session.idle_watch.look()

    assert lock_window(session).isVisible()


def test_that_a_second_call_brings_what_is_shown_to_the_front(session: Session) -> None:
    session.window.showMinimized()
    session.call()
    assert not session.window.isMinimized()

    session.lock()
    session.call()
    assert lock_window(session).isVisible()
    assert not session.window.isVisible()


def test_that_closing_the_window_ends_everything(session: Session, data_key: DataKey, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.ended):
        session.window.close()

    assert data_key.secret == bytearray(32)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("long")]


def test_that_a_text_that_was_copied_here_does_not_outlast_the_clinic(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitActive(session.window):
        session.window.activateWindow()
    copy_private("Whitaker 07/02/1951")
    session.end()
    assert QGuiApplication.clipboard().text() == ""


def test_that_closing_the_lock_ends_everything(session: Session, qtbot: QtBot) -> None:
    session.lock()

    with qtbot.waitSignal(session.ended):
        lock_window(session).close()


def test_that_a_clinic_replaced_meanwhile_stays_locked_and_is_told(
    session: Session, clinic: ClinicFolder, qtbot: QtBot
) -> None:
    session.lock()
    for file in clinic.path.glob("clinic.db*"):
        file.unlink()
    clinic.database.write_bytes(bytes(range(256)) * 64)

    give(session, PASSWORD)
    qtbot.waitUntil(lambda: bool(lock_window(session).refusal.sentence()), timeout=20_000)

    assert "does not open with this key" in lock_window(session).refusal.sentence()
    assert not session.window.isVisible()


def kept_in(session: Session, text: str) -> DraftKeeper:
    """A form in the window with something typed in it, of which nothing is on file yet."""
    keeper = DraftKeeper(CHECK_PLACE, lambda: Draft("", {"note": text}), session.window.context, today(session))
    keeper.look(lambda _kept: None)
    return keeper


@pytest.mark.parametrize("locks", [False, True], ids=["quit", "lock"])
def test_that_what_is_typed_at_the_last_moment_is_on_file_when_the_program_ends_or_locks(
    session: Session, services: Services, clinic: ClinicFolder, clock: FixedClock, qtbot: QtBot, locks: bool
) -> None:
    keeper = kept_in(session, "stairs")
    qtbot.waitUntil(keeper.is_waiting)
    if locks:
        session.lock()
        qtbot.waitUntil(session.tasks.is_idle)
    session.end()

    Clinics(resource_root(), clock, costs=CHEAP).open_again(services, clinic.path, PASSWORD)
    kept = services.drafts.find(CHECK_PLACE)
    assert kept is not None
    assert kept.draft.typed == {"note": "stairs"}


def test_that_the_next_opening_says_that_something_is_not_finished(session: Session, qtbot: QtBot) -> None:
    session.window.context.services.drafts.save(CHECK_PLACE, Draft("", {"note": "stairs"}))
    tell_unfinished(session.window, session.tasks)
    qtbot.waitUntil(session.tasks.is_idle)
    assert session.window.status_line.sentence().startswith("Check and book holds what was typed at ")


def test_that_a_clock_that_was_set_back_is_told_at_the_opening(
    session: Session, clock: FixedClock, qtbot: QtBot
) -> None:
    assert session.window.notice.sentence() == ""
    session.window.context.services.patients.add(a_patient())
    clock.day -= timedelta(days=40)

    tell_wrong_clock(session.window, session.tasks)
    qtbot.waitUntil(session.tasks.is_idle)
    assert session.window.notice.sentence().startswith("The clock of this computer says ")


def test_that_a_first_window_that_would_fill_the_screen_is_maximized(session: Session) -> None:
    assert session.window.screen().availableSize().height() < 900
    assert session.window.isMaximized()


def test_that_a_window_opens_as_it_was_left(session: Session) -> None:
    session.window.showNormal()
    session.window.context.preferences.geometry = session.window.saveGeometry()
    session.window.hide()
    session.window.show_first()

    assert not session.window.isMaximized()


def test_that_the_caret_stands_where_it_was_when_the_window_comes_back(session: Session, qtbot: QtBot) -> None:
    page = today(session)
    day = DayField(session.window.context.services.clock, page, name="Date")
    procedure = ProcedureField((), page)
    for field in (day, procedure):
        page.layout().addWidget(field)
        field.show()
        field.setFocus()
        QTest.keyClicks(field, "12")

        session.lock()
        unlock(session, qtbot)
        with qtbot.waitActive(session.window):
            session.window.activateWindow()
        qtbot.waitUntil(field.hasFocus)
        QTest.keyClicks(field, "3")

        assert field.text() == "123"
