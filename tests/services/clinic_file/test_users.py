"""Passwords and roles of the people who work here, through a real key file and a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD, TODAY
from tests.services.people import NAMES, PASSWORDS, SignIn, add_people, signing_in
from tracker import paths
from tracker.domain.errors import ConflictError, InvalidEntryError, NotAllowedError, StorageError, WrongPasswordError
from tracker.domain.recovery_code import new_code
from tracker.domain.roles import Role
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services import Services
from tracker.services.audit.audit import AuditFilter
from tracker.services.changes import UndoToken
from tracker.services.clinic_file import vault
from tracker.services.clinic_file.users import UserRow
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.clinics import Clinics
from tracker.storage.audit import AuditQuery
from tracker.storage.database import Database

OTHER = "quite another long sentence"


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(paths.resource_root())


@pytest.fixture
def sign_in(database: Database, data_key: DataKey, catalog: PolicyCatalog, clock: FixedClock) -> SignIn:
    return signing_in(database, data_key, catalog, clock)


@pytest.fixture
def manager(sign_in: SignIn) -> Services:
    return sign_in("Jo Diaz")


def acts(services: Services) -> list[str]:
    with services.users._transactions.reading() as uow:
        return [act.kind for act in uow.audit.find(AuditQuery(), limit=50)]


def test_that_whoever_is_here_alone_is_the_manager(manager: Services) -> None:
    assert manager.users.list() == (UserRow("Jo Diaz", True, Role.MANAGER),)
    assert manager.rights.role is Role.MANAGER


def test_that_somebody_who_was_added_signs_in_with_the_first_password_and_has_the_role(
    manager: Services, clinic: ClinicFolder, sign_in: SignIn
) -> None:
    done = manager.users.add("  Kim   Oh ", OTHER, Role.SCHEDULER)
    assert (done.sentence, done.undo) == ("Kim Oh can sign in now", None)
    assert vault.unlock(clinic, OTHER).user == "Kim Oh"
    assert manager.users.list() == (
        UserRow("Jo Diaz", True, Role.MANAGER),
        UserRow("Kim Oh", False, Role.SCHEDULER),
    )
    assert sign_in("Kim Oh").rights.role is Role.SCHEDULER
    assert sign_in("Jo Diaz").rights.role is Role.MANAGER


@pytest.mark.parametrize(
    ("name", "password", "about"),
    [
        ("", OTHER, "name"),
        ("jo DIAZ", OTHER, "name"),
        ("x" * 61, OTHER, "name"),
        ("Kim Oh", "short", "password"),
        ("Kim Oh", "Welcome123456789", "password"),
    ],
)
def test_that_a_name_or_password_that_is_refused_changes_nothing(
    manager: Services, clinic: ClinicFolder, name: str, password: str, about: str
) -> None:
    before = clinic.keys.read_bytes()
    with pytest.raises(InvalidEntryError) as caught:
        manager.users.add(name, password, Role.VIEWER)
    assert caught.value.about == about
    assert clinic.keys.read_bytes() == before
    assert len(manager.users.list()) == 1


def test_that_ones_own_password_is_changed_with_the_one_before_and_the_old_one_opens_nothing(
    manager: Services, clinic: ClinicFolder
) -> None:
    with pytest.raises(InvalidEntryError, match="not your password") as caught:
        manager.users.change_own_password(OTHER, OTHER)
    assert caught.value.about == "old"
    manager.users.change_own_password(PASSWORD, OTHER)
    assert vault.unlock(clinic, OTHER).user == "Jo Diaz"
    with pytest.raises(WrongPasswordError):
        vault.unlock(clinic, PASSWORD)
    assert [path.name for path in clinic.path.glob("clinic.keys*")] == ["clinic.keys"]


def test_that_a_manager_gives_another_a_new_password_but_not_oneself(manager: Services, clinic: ClinicFolder) -> None:
    add_people(manager)
    manager.users.reset_password("Kim Oh", OTHER)
    assert vault.unlock(clinic, OTHER).user == "Kim Oh"
    with pytest.raises(WrongPasswordError):
        vault.unlock(clinic, PASSWORDS["Kim Oh"])
    with pytest.raises(InvalidEntryError):
        manager.users.reset_password("Jo Diaz", OTHER)


def test_that_who_is_removed_opens_nothing_any_more_not_even_by_the_key_file_before(
    manager: Services, clinic: ClinicFolder
) -> None:
    add_people(manager)
    manager.users.remove("Vic Roe")
    assert [row.name for row in manager.users.list()] == ["Jo Diaz", "Kim Oh"]
    with pytest.raises(WrongPasswordError):
        vault.unlock(clinic, PASSWORDS["Vic Roe"])
    assert not clinic.keys.with_name("clinic.keys.previous").exists()


def test_that_the_last_manager_stays_one_and_stays(manager: Services, sign_in: SignIn) -> None:
    add_people(manager)
    with pytest.raises(InvalidEntryError, match="last manager"):
        manager.users.change_role("Jo Diaz", Role.SCHEDULER)
    with pytest.raises(InvalidEntryError, match="remove yourself"):
        manager.users.remove("Jo Diaz")
    manager.users.change_role("Kim Oh", Role.MANAGER)
    kim = sign_in("Kim Oh")
    kim.users.remove("Jo Diaz")
    with pytest.raises(InvalidEntryError, match="last manager"):
        kim.users.change_role("Kim Oh", Role.VIEWER)


def test_that_a_manager_who_was_removed_is_no_manager_to_count_on(manager: Services, sign_in: SignIn) -> None:
    """A role on file without a password in the key file cannot sign in to manage anything."""
    add_people(manager)
    manager.users.change_role("Kim Oh", Role.MANAGER)
    keys_with_kim = ClinicFolder(manager.users.folder).keys.read_bytes()
    manager.users.remove("Kim Oh")
    assert keys_with_kim != ClinicFolder(manager.users.folder).keys.read_bytes()
    with pytest.raises(InvalidEntryError, match="last manager"):
        manager.users.change_role("Jo Diaz", Role.VIEWER)


def test_that_a_password_from_an_old_copy_of_the_key_file_looks_and_does_no_more(
    manager: Services, sign_in: SignIn
) -> None:
    add_people(manager)
    manager.users.remove("Kim Oh")
    back = sign_in("Kim Oh")
    assert back.rights.role is Role.VIEWER
    with pytest.raises(NotAllowedError):
        back.desk.change_settings(back.desk.settings())


def test_that_a_role_that_changes_holds_at_once(manager: Services, sign_in: SignIn) -> None:
    add_people(manager)
    kim = sign_in("Kim Oh")
    manager.users.change_role("Kim Oh", Role.VIEWER)
    with pytest.raises(NotAllowedError, match="Viewers look and print") as caught:
        kim.pinboard.take_off("nothing")
    assert caught.value.title.endswith("Ask Jo Diaz.")
    assert kim.rights.off("pinboard.take_off") == "not for viewers"


def test_that_everything_about_users_is_on_record_and_no_password_is(manager: Services, database: Database) -> None:
    add_people(manager)
    manager.users.change_role("Vic Roe", Role.SCHEDULER)
    manager.users.reset_password("Vic Roe", OTHER)
    manager.users.make_recovery_code()
    manager.users.remove("Vic Roe")
    manager.users.change_own_password(PASSWORD, OTHER)
    assert acts(manager)[:7] == [
        "change password", "remove user", "make recovery code", "reset password", "change role", "add user", "add user",
    ]  # fmt: skip
    with database.transaction(write=False) as connection:
        stored = "\n".join(str(tuple(row)) for row in connection.exec_driver_sql("SELECT * FROM act_change"))
    assert not any(secret in stored for secret in (PASSWORD, OTHER, *PASSWORDS.values()))


def test_that_what_was_done_about_users_is_not_undone_behind_the_key_file(manager: Services) -> None:
    add_people(manager)
    newest = manager.audit.page(AuditFilter(), offset=0, limit=1).rows[0]
    with pytest.raises(ConflictError, match="users"):
        manager.undo.undo(UndoToken(newest.id))
    assert len(manager.users.list()) == 3


def test_that_nobody_takes_back_what_another_did(manager: Services, sign_in: SignIn) -> None:
    add_people(manager)
    changed = manager.clinic_settings.close_day(TODAY.replace(day=30), "stocktaking")
    assert changed.undo is not None
    with pytest.raises(ConflictError, match="Jo Diaz did this"):
        sign_in("Kim Oh").undo.undo(changed.undo)
    manager.undo.undo(changed.undo)


def test_that_a_key_file_that_cannot_be_written_leaves_role_and_password_as_they_were(
    manager: Services, clinic: ClinicFolder
) -> None:
    before = clinic.keys.read_bytes()
    clinic.keys.with_name("clinic.keys.new").mkdir()
    with pytest.raises(StorageError):
        manager.users.change_own_password(PASSWORD, OTHER)
    with pytest.raises(StorageError):
        manager.users.add("Kim Oh", OTHER, Role.SCHEDULER)
    assert clinic.keys.read_bytes() == before
    assert [row.name for row in manager.users.list()] == ["Jo Diaz"]
    assert "add user" not in acts(manager)


# --- the recovery code ------------------------------------------------------------------------------------------------


@pytest.fixture
def clinics(clock: FixedClock) -> Clinics:
    return Clinics(paths.resource_root(), clock, costs=CHEAP)


def test_that_the_recovery_code_sets_a_password_is_on_record_and_is_good_once(
    manager: Services, clinic: ClinicFolder, clinics: Clinics
) -> None:
    assert manager.users.recovery_made() is None
    code = manager.users.make_recovery_code().value
    assert manager.users.recovery_made() == TODAY
    manager.close()

    services, fresh = clinics.open_by_code(clinic.path, code.text.lower(), "Jo Diaz", OTHER)

    assert acts(services)[0] == "use recovery code"
    assert services.user.name == "Jo Diaz"
    assert fresh != code
    services.close()
    assert vault.unlock(clinic, OTHER).user == "Jo Diaz"
    with pytest.raises(WrongPasswordError):
        vault.unlock(clinic, PASSWORD)
    with pytest.raises(WrongPasswordError, match="not the recovery code"):
        clinics.open_by_code(clinic.path, code.text, "Jo Diaz", OTHER)
    clinics.open_by_code(clinic.path, fresh.text, "Jo Diaz", PASSWORD)[0].close()


def test_that_a_code_that_is_refused_changes_nothing(manager: Services, clinic: ClinicFolder, clinics: Clinics) -> None:
    code = manager.users.make_recovery_code().value
    manager.close()
    before = clinic.keys.read_bytes()
    tries = [
        (new_code().text, "Jo Diaz", OTHER), (code.text[:-1], "Jo Diaz", OTHER),
        (code.text, "Nobody", OTHER), (code.text, "Jo Diaz", "short"),
    ]  # fmt: skip
    for text, user, password in tries:
        with pytest.raises((WrongPasswordError, InvalidEntryError)):
            clinics.open_by_code(clinic.path, text, user, password)
    assert clinic.keys.read_bytes() == before


def test_that_a_backup_on_a_bare_computer_opens_by_the_code_alone(
    manager: Services, clinic: ClinicFolder, clinics: Clinics, tmp_path: Path
) -> None:
    code = manager.users.make_recovery_code().value
    manager.close()
    bare = tmp_path / "bare"
    bare.mkdir()
    for path in (clinic.database, clinic.keys):
        (bare / path.name).write_bytes(path.read_bytes())
    services, _fresh = clinics.open_by_code(bare, code.text, "Jo Diaz", OTHER)
    assert services.clinic.name == "Bluegrass Spine & Pain"
    services.close()


def test_that_names_are_known_before_anybody_signs_in(manager: Services, clinic: ClinicFolder) -> None:
    add_people(manager)
    assert set(vault.users_of(clinic.path)) == set(NAMES.values())
    clinic.keys.write_text("{ half a file", encoding="utf-8")
    assert vault.users_of(clinic.path) == ()
