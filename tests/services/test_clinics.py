"""Opening, setting up and reopening clinics, from a folder and a password to services."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import a_patient
from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD, TODAY
from tracker.domain.coverage import Site
from tracker.domain.errors import PolicyFileError, VaultError, WrongPasswordError
from tracker.paths import resource_root
from tracker.services.clinic_days import clinic_days, federal_holidays
from tracker.services.clinic_file.vault import ClinicFolder, find_clinic
from tracker.services.clinics import Clinics
from tracker.storage import keyfile

SITE = Site("KY", "22", "St. Anne", name="St. Anne")


@pytest.fixture
def clinics() -> Clinics:
    return Clinics(resource_root(), FixedClock(TODAY), costs=CHEAP)


def test_that_a_new_clinic_has_its_site_and_opens_again(clinics: Clinics, tmp_path: Path) -> None:
    made = clinics.set_up(tmp_path / "new", PASSWORD, "Jo Diaz", SITE)
    assert (made.clinic.name, made.clinic.state, made.user.name) == ("St. Anne", "KY", "Jo Diaz")
    made.close()

    opened = clinics.open(tmp_path / "new", PASSWORD)

    assert (opened.clinic.name, opened.clinic.state, opened.clinic.demo) == ("St. Anne", "KY", False)
    assert [(site.name, site.place_of_service) for site in opened.desk.sites()] == [("St. Anne", "22")]
    assert opened.desk.default_site == opened.desk.sites()[0].id
    opened.close()


def test_that_nothing_is_made_while_a_rule_file_has_a_mistake(tmp_path: Path) -> None:
    resources = tmp_path / "resources"
    shutil.copytree(resource_root(), resources)
    (resources / "payers.toml").write_text("surprise = 1\n", encoding="utf-8")
    spoiled = Clinics(resources, FixedClock(TODAY), costs=CHEAP)

    with pytest.raises(PolicyFileError):
        spoiled.set_up(tmp_path / "new", PASSWORD, "Jo Diaz", SITE)

    assert find_clinic(tmp_path / "new") is None


def test_that_a_folder_without_a_clinic_is_told(clinics: Clinics, tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="There is no clinic in this folder"):
        clinics.open(tmp_path, PASSWORD)


def test_that_closed_services_work_on_with_their_password(clinics: Clinics, clinic: ClinicFolder) -> None:
    services = clinics.open(clinic.path, PASSWORD)
    services.patients.add(a_patient())
    services.close()
    with pytest.raises(VaultError):
        services.desk.sites()

    clinics.open_again(services, clinic.path, PASSWORD)

    assert len(services.patients.find("Whitaker")) == 1
    services.close()


def test_that_a_wrong_password_reopens_nothing(clinics: Clinics, clinic: ClinicFolder) -> None:
    services = clinics.open(clinic.path, PASSWORD)
    services.close()

    with pytest.raises(WrongPasswordError):
        clinics.open_again(services, clinic.path, "some other long sentence")
    with pytest.raises(VaultError):
        services.desk.sites()


def test_that_one_user_does_not_go_on_in_the_name_of_another(clinics: Clinics, clinic: ClinicFolder) -> None:
    services = clinics.open(clinic.path, PASSWORD)
    other = "another long sentence of words"
    _user, secret = keyfile.open_slot(keyfile.read_key_file(clinic.keys), PASSWORD)
    keys = keyfile.add_slot(keyfile.read_key_file(clinic.keys), "Sam Reed", other, secret, CHEAP)
    keyfile.write_key_file(clinic.keys, keys)
    services.close()

    with pytest.raises(WrongPasswordError, match="of this person"):
        clinics.open_again(services, clinic.path, other)
    with pytest.raises(VaultError):
        services.desk.sites()


def test_that_the_rule_files_are_read_anew_after_a_mistake_and_once_when_right(tmp_path: Path) -> None:
    resources = tmp_path / "resources"
    shutil.copytree(resource_root(), resources)
    good = (resources / "payers.toml").read_text(encoding="utf-8")
    (resources / "payers.toml").write_text("surprise = 1\n", encoding="utf-8")
    clinics = Clinics(resources, FixedClock(TODAY))
    with pytest.raises(PolicyFileError):
        clinics.prepare()

    (resources / "payers.toml").write_text(good, encoding="utf-8")

    assert clinics.catalog() is clinics.catalog()


def test_that_this_module_loads_neither_the_database_nor_the_rules_nor_the_demo() -> None:
    code = (
        "import sys, tracker.services.clinics;"
        "heavy = ('sqlalchemy', 'sqlmodel', 'pydantic', 'dateutil', 'tracker.domain.event', 'tracker.services.demo');"
        "print([name for name in heavy if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_that_the_first_answer_finds_loaded_what_it_takes_beside_the_rules(tmp_path: Path) -> None:
    resources = tmp_path / "resources"
    shutil.copytree(resource_root(), resources)
    clinics = Clinics(resources, FixedClock(TODAY))
    federal_holidays.cache_clear()  # other tests asked for them
    clinics.warm()
    shutil.rmtree(resources)
    loaded = federal_holidays.cache_info().misses

    clinic_days({}, TODAY)

    assert loaded == federal_holidays.cache_info().misses == 1
    assert clinics.catalog().terms_for("medicare", "KY", TODAY)
