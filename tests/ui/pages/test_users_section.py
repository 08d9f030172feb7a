"""Users under Settings, by keys alone: added, changed, removed, and what those see who manage nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD
from tests.ui.conftest import InFront, Settle
from tests.ui.names import nameless
from tests.ui.pages.test_settings_page import Desk
from tracker.domain.errors import WrongPasswordError
from tracker.domain.patient import User
from tracker.domain.roles import Role
from tracker.policies import PolicyCatalog
from tracker.services import Services
from tracker.services.assembly import assemble
from tracker.services.clinic_file import vault
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.notifier import Notifier
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.settings_page import SettingsPage
from tracker.ui.settings.clinic_panel import ClinicPanel
from tracker.ui.settings.list_panel import ListPanel
from tracker.ui.settings.recovery_dialog import RecoveryDialog
from tracker.ui.settings.user_dialogs import NewUserDialog, PasswordDialog, RemoveUserDialog
from tracker.ui.settings.users_panel import UsersPanel
from tracker.ui.widgets.plain_label import PlainLabel

OTHER = "quite another long sentence"


@pytest.fixture
def desk(context: PageContext, in_front: InFront, settle: Settle, qtbot: QtBot) -> Desk:
    return Desk(in_front(SettingsPage(context)), settle, qtbot)


@pytest.fixture
def viewer(
    services: Services, context: PageContext, database: Database, data_key: DataKey, catalog: PolicyCatalog,
    clock: FixedClock, in_front: InFront, settle: Settle, qtbot: QtBot,
) -> Desk:  # fmt: skip
    """The settings as a viewer sees them."""
    services.users.add("Vic Roe", OTHER, Role.VIEWER)
    transactions = Transactions(database, clock, User("Vic Roe"))
    theirs = assemble(transactions, data_key, catalog, clock, demo=False, costs=CHEAP)
    page = SettingsPage(PageContext(theirs, context.tasks, Notifier(), context.preferences))
    return Desk(in_front(page), settle, qtbot)


def users_of(desk: Desk) -> UsersPanel:
    panel = desk.go("users")
    assert isinstance(panel, UsersPanel)
    return panel


def add(desk: Desk, name: str, password: str = OTHER) -> None:
    desk.key(Qt.Key.Key_Insert)
    desk.key(name)
    dialog = desk.dialog()
    assert isinstance(dialog, NewUserDialog)
    dialog.new.password.setFocus()
    desk.key(password)
    desk.key(Qt.Key.Key_Return)
    desk.key(password)
    desk.key(Qt.Key.Key_Return)


def test_that_a_person_is_added_and_can_sign_in(desk: Desk, services: Services, clinic: ClinicFolder) -> None:
    panel = users_of(desk)
    assert panel.recovery.text().startswith("There is no recovery code")
    assert panel.recovery.label.accessibleName().startswith("Caution: ")
    add(desk, "Kim Oh")
    assert [(row.name, row.role) for row in services.users.list()] == [
        ("Jo Diaz", Role.MANAGER), ("Kim Oh", Role.SCHEDULER),
    ]  # fmt: skip
    assert vault.unlock(clinic, OTHER).user == "Kim Oh"
    assert [row.name for row in panel.table.records()] == ["Jo Diaz", "Kim Oh"]
    assert desk.told[-1].sentence == "Kim Oh can sign in now"
    assert nameless(desk.page) == []


def test_that_a_weak_or_mistyped_password_is_told_below_its_field_and_nothing_is_lost(desk: Desk) -> None:
    users_of(desk)
    desk.key(Qt.Key.Key_Insert)
    desk.key("Kim Oh")
    dialog = desk.dialog()
    assert isinstance(dialog, NewUserDialog)
    dialog.new.password.setFocus()
    desk.key("short")
    assert "This one has 5." in dialog.new.strength.text()
    desk.save()
    assert "15 characters" in dialog.new.password.error()
    desk.instead(OTHER)
    assert dialog.new.strength.text() == "Long enough, and not one of those that are tried first."
    desk.save()
    assert dialog.new.again.error() == "The two passwords differ. Type the second again."
    assert (dialog.name.text(), dialog.new.password.text()) == ("Kim Oh", OTHER)
    assert dialog.new.password.echoMode() is dialog.new.password.EchoMode.Password


def test_that_a_role_is_changed_and_the_last_manager_is_told_in_place(desk: Desk, services: Services) -> None:
    users_of(desk)
    desk.key(Qt.Key.Key_Return)
    dialog = desk.dialog()
    dialog.role.set_value(Role.VIEWER)  # type: ignore[attr-defined]  # the dialog of the role
    desk.save()
    assert dialog.role.error().startswith("Jo Diaz is the last manager.")  # type: ignore[attr-defined]  # as above
    assert services.users.list()[0].role is Role.MANAGER


def test_that_ones_own_password_asks_for_the_one_before(desk: Desk, clinic: ClinicFolder) -> None:
    users_of(desk)
    desk.key("p")
    dialog = desk.dialog()
    assert isinstance(dialog, PasswordDialog)
    for text in ("not the right one", OTHER, OTHER):
        desk.key(text)
        desk.key(Qt.Key.Key_Return)
    assert dialog.old.error().startswith("That is not your password.")
    dialog.old.setFocus()
    desk.instead(PASSWORD)
    desk.save()
    assert desk.told[-1].sentence == "Your password is changed"
    assert vault.unlock(clinic, OTHER).user == "Jo Diaz"


def test_that_another_gets_a_new_password_from_a_manager(desk: Desk, clinic: ClinicFolder) -> None:
    panel = users_of(desk)
    add(desk, "Kim Oh")
    assert panel.table.select_record("Kim Oh")
    desk.key("p")
    for text in ("a first sentence of Kim", "a first sentence of Kim"):
        desk.key(text)
        desk.key(Qt.Key.Key_Return)
    assert vault.unlock(clinic, "a first sentence of Kim").user == "Kim Oh"


def test_that_removing_says_what_old_copies_still_open_and_asks_for_the_name(
    desk: Desk, services: Services, clinic: ClinicFolder
) -> None:
    panel = users_of(desk)
    add(desk, "Kim Oh")
    desk.key(Qt.Key.Key_Home)
    desk.key(Qt.Key.Key_Delete)
    assert panel.notice.sentence() == "You cannot remove yourself. Let another manager do it."
    assert panel.table.select_record("Kim Oh")
    desk.key(Qt.Key.Key_Delete)
    dialog = desk.dialog()
    assert isinstance(dialog, RemoveUserDialog)
    said = " ".join(label.text() for label in dialog.findChildren(PlainLabel))
    assert "an old backup holds one" in said
    assert "the data key stays the same" in said
    desk.key("Kim")
    desk.save()
    assert dialog.name.error() == "Type the name of the person to remove."
    desk.instead("kim oh")
    desk.save()
    assert [row.name for row in services.users.list()] == ["Jo Diaz"]
    with pytest.raises(WrongPasswordError):
        vault.unlock(clinic, OTHER)


def test_that_the_recovery_code_is_shown_once_and_is_not_left_by_one_press(
    desk: Desk, services: Services, settle: Settle, qtbot: QtBot
) -> None:
    panel = users_of(desk)
    desk.key("r")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecoveryDialog)
    dialog.make_button.click()
    settle()
    assert len(dialog.shown.text()) == 41
    assert dialog.shown.isReadOnly()
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.notice.sentence().startswith("The code is not shown again.")
    dialog.reject()
    assert not dialog.isVisible()
    settle()
    assert panel.recovery.text() == "The recovery code in the envelope was made on 11/24/2026."
    assert services.users.recovery_made() is not None


def test_that_the_page_for_the_envelope_shows_the_code_and_cannot_be_saved(
    desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    from tracker.ui.paper.recovery_pages import RecoveryPaperDialog

    users_of(desk)
    desk.key("r")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecoveryDialog)
    dialog.make_button.click()
    settle()
    dialog.print_button.click()
    settle()
    paper = QApplication.activeModalWidget()
    assert isinstance(paper, RecoveryPaperDialog)
    assert paper.paper is not None
    assert paper.paper.pages == 1
    assert not paper.save_button.isVisible()
    assert not paper.save_button.isEnabled()
    paper.reject()
    dialog.reject()
    dialog.reject()


def test_that_a_viewer_sees_everything_and_is_told_who_may(viewer: Desk, services: Services) -> None:
    panel = users_of(viewer)
    assert [row.name for row in panel.table.records()] == ["Jo Diaz", "Vic Roe"]
    assert panel.refused.text() == "Only a manager may do this. Ask Jo Diaz."
    off = [button for button in panel.findChildren(type(panel.empty.button)) if not button.isEnabled()]
    assert {button.text() for button in off} >= {"Add user…", "Role…", "Remove…", "Recovery code…"}
    assert all(button.toolTip() == button.accessibleDescription() for button in off)
    viewer.key(Qt.Key.Key_Insert)
    assert QApplication.activeModalWidget() is None
    assert panel.notice.sentence() == "Only a manager may do this. Ask Jo Diaz."
    amounts = viewer.go("amounts")
    assert isinstance(amounts, ListPanel)
    assert amounts.empty.isVisible()
    assert not amounts.empty.button.isEnabled()
    clinic = viewer.go("clinic")
    assert isinstance(clinic, ClinicPanel)
    assert clinic.save_button.shown_text() == "Off: managers only"
    viewer.instead("Bourbon Spine")
    viewer.save()
    assert clinic.notice.sentence() == "Only a manager may do this. Ask Jo Diaz."
    assert clinic.name.text() == "Bourbon Spine"
    assert services.desk.settings().name == "Bluegrass Spine & Pain"


def test_that_a_viewer_who_writes_elsewhere_is_told_in_place_and_loses_nothing_typed(
    viewer: Desk, services: Services, settle: Settle
) -> None:
    dialog = PatientDialog(viewer.page.context, viewer.page)
    dialog.open()
    settle()
    for field, text in ((dialog.last, "Okafor"), (dialog.first, "Ada"), (dialog.born, "9/25/1961")):
        field.setText(text)
    dialog.save()
    settle()
    assert dialog.notice.sentence() == ("Viewers look and print; a scheduler or a manager may do this. Ask Jo Diaz.")
    assert dialog.last.text() == "Okafor"
    assert services.patients.find("Okafor") == ()
    dialog.done(0)


def test_that_a_viewer_changes_their_own_password(viewer: Desk, clinic: ClinicFolder) -> None:
    panel = users_of(viewer)
    assert panel.table.select_record("Vic Roe")
    viewer.key("p")
    for text in (OTHER, PASSWORD, PASSWORD):
        viewer.key(text)
        viewer.key(Qt.Key.Key_Return)
    assert vault.unlock(clinic, PASSWORD, "Vic Roe").user == "Vic Roe"
