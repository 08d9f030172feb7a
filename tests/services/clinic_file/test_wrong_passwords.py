"""Wrong passwords in a row make the next try wait, longer each time, whoever starts the program anew."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD, TODAY
from tracker.domain.errors import WrongPasswordError
from tracker.paths import resource_root
from tracker.services import Services
from tracker.services.clinic_file.vault import ClinicFolder
from tracker.services.clinic_file.wrong_passwords import FILE_NAME, FREE_TRIES, LONGEST, WrongPasswords, wait_after
from tracker.services.clinics import Clinics
from tracker.storage.audit import AuditQuery

WRONG = "not the sentence of this clinic"


class MovedClock(FixedClock):
    """Stands still until it is moved, by minutes too."""

    moved = timedelta()

    def now(self) -> datetime:
        return super().now() + self.moved


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(TODAY)


@pytest.fixture
def clinics(clock: MovedClock) -> Clinics:
    return Clinics(resource_root(), clock, costs=CHEAP)


def refusal(clinics: Clinics, clinic: ClinicFolder, password: str = WRONG) -> str:
    with pytest.raises(WrongPasswordError) as told:
        clinics.open(clinic.path, password)
    return told.value.sentence()


def wrong_ones(clinics: Clinics, clinic: ClinicFolder, count: int) -> list[str]:
    return [refusal(clinics, clinic) for _each in range(count)]


def acts(services: Services) -> list[str]:
    with services.users._transactions.reading() as uow:
        return [act.kind for act in uow.audit.find(AuditQuery(), limit=5)]


@pytest.mark.parametrize(
    ("count", "minutes"), [(0, 0), (9, 0), (10, 1), (11, 2), (12, 4), (15, 32), (16, 60), (17, 60), (5000, 60)]
)
def test_that_the_wait_begins_at_the_tenth_and_doubles_up_to_an_hour(count: int, minutes: int) -> None:
    assert wait_after(count) == timedelta(minutes=minutes)
    assert wait_after(count) <= LONGEST


def test_that_the_tenth_wrong_one_says_how_long_to_wait_and_the_right_one_waits_too(
    clinics: Clinics, clinic: ClinicFolder, clock: MovedClock
) -> None:
    told = wrong_ones(clinics, clinic, FREE_TRIES)
    assert {"Too many" in each for each in told[:-1]} == {False}
    assert told[-1].startswith("Too many wrong passwords in a row. The next try is possible in 1 minute, at ")

    clock.moved = timedelta(seconds=59)
    assert refusal(clinics, clinic, PASSWORD).startswith("Too many wrong passwords in a row.")
    clock.moved = timedelta(seconds=60)
    opened = clinics.open(clinic.path, PASSWORD)

    assert acts(opened)[0] == "wrong passwords"
    opened.close()


def test_that_each_one_more_doubles_the_wait_and_a_new_start_shortens_nothing(
    clinics: Clinics, clinic: ClinicFolder, clock: MovedClock
) -> None:
    wrong_ones(clinics, clinic, FREE_TRIES)
    clock.moved = timedelta(minutes=1)
    assert "in 2 minutes" in refusal(clinics, clinic)

    started_anew = Clinics(resource_root(), clock, costs=CHEAP)
    clock.moved = timedelta(minutes=2)
    assert "in 1 minute," in refusal(started_anew, clinic, PASSWORD)


def test_that_tries_while_waiting_are_not_counted(clinics: Clinics, clinic: ClinicFolder, clock: MovedClock) -> None:
    wrong_ones(clinics, clinic, FREE_TRIES + 5)
    clock.moved = timedelta(minutes=1)

    clinics.open(clinic.path, PASSWORD).close()


def test_that_the_right_one_begins_the_count_anew_and_a_slip_is_not_put_on_record(
    clinics: Clinics, clinic: ClinicFolder
) -> None:
    wrong_ones(clinics, clinic, FREE_TRIES - 1)
    opened = clinics.open(clinic.path, PASSWORD)
    assert "wrong passwords" not in acts(opened)
    opened.close()

    assert {"Too many" in each for each in wrong_ones(clinics, clinic, FREE_TRIES - 1)} == {False}


def test_that_a_locked_desk_and_a_sign_in_count_together(clinics: Clinics, clinic: ClinicFolder) -> None:
    services = clinics.open(clinic.path, PASSWORD)
    services.close()
    for _each in range(FREE_TRIES - 1):
        with pytest.raises(WrongPasswordError, match="not the password"):
            clinics.open_again(services, clinic.path, WRONG)

    assert "Too many" in refusal(clinics, clinic)


def test_that_unlocking_after_many_wrong_ones_is_put_on_record(
    clinics: Clinics, clinic: ClinicFolder, clock: MovedClock
) -> None:
    services = clinics.open(clinic.path, PASSWORD)
    services.close()
    for _each in range(FREE_TRIES):
        with pytest.raises(WrongPasswordError):
            clinics.open_again(services, clinic.path, WRONG)
    clock.moved = timedelta(minutes=1)

    clinics.open_again(services, clinic.path, PASSWORD)

    assert acts(services)[0] == "wrong passwords"
    services.close()


def test_that_one_persons_slips_let_nobody_else_wait(clinic: ClinicFolder, clock: MovedClock) -> None:
    for _each in range(FREE_TRIES - 1):
        WrongPasswords(clinic.path, "Jo Diaz", clock).note()
    with pytest.raises(WrongPasswordError):
        WrongPasswords(clinic.path, "Jo Diaz", clock).note()

    WrongPasswords(clinic.path, "Kim Oh", clock).refuse_early()


def test_that_a_clock_that_was_set_back_makes_the_wait_no_longer(
    clinics: Clinics, clinic: ClinicFolder, clock: MovedClock
) -> None:
    wrong_ones(clinics, clinic, FREE_TRIES)
    clock.moved = timedelta(days=-30)

    assert "in 1 minute," in refusal(clinics, clinic, PASSWORD)


@pytest.mark.parametrize("spoiled", ["", "[]", '{"Jo Diaz": 3}', '{"Jo Diaz": ["x", "y"]}', "\x00"])
def test_that_a_file_that_cannot_be_read_counts_nothing(spoiled: str, clinics: Clinics, clinic: ClinicFolder) -> None:
    (clinic.path / FILE_NAME).write_text(spoiled, encoding="utf-8")

    clinics.open(clinic.path, PASSWORD).close()
    assert "Too many" not in refusal(clinics, clinic)


def test_that_the_file_holds_neither_a_password_nor_more_than_names_and_counts(
    clinics: Clinics, clinic: ClinicFolder
) -> None:
    wrong_ones(clinics, clinic, 2)

    assert (clinic.path / FILE_NAME).read_text(encoding="utf-8") == '{"Jo Diaz": [2, "2026-11-24T12:00:00+00:00"]}'
