"""Guessing at a desk: ten free tries, then waits that grow, kept over a restart, and put on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD, TODAY, clinic, clinic_template
from tracker.domain.clock import Clock
from tracker.domain.errors import TooManyTriesError, WrongPasswordError
from tracker.paths import resource_root
from tracker.services.clinics import Clinics
from tracker.services.vault import ClinicFolder
from tracker.services.wrong_passwords import FREE_TRIES, TRIES_FILE, WrongTries, unlock_patiently

__all__ = ["clinic", "clinic_template"]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class MovedClock(FixedClock):
    """A clock that can be set on, and back."""

    moved = timedelta()

    def now(self) -> datetime:
        return super().now() + self.moved


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(TODAY)


def guess(clinic: ClinicFolder, clock: Clock, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongPasswordError):
            unlock_patiently(clinic, "not the right sentence", "", clock)


def refused(clinic: ClinicFolder, clock: Clock) -> str:
    with pytest.raises(TooManyTriesError) as error:
        unlock_patiently(clinic, PASSWORD, "", clock)
    return error.value.sentence()


def test_that_ten_tries_are_free_and_the_next_one_waits_even_with_the_right_password(
    clinic: ClinicFolder, clock: MovedClock
) -> None:
    guess(clinic, clock, FREE_TRIES - 1)
    unlock_patiently(clinic, PASSWORD, "", clock)[0].wipe()
    guess(clinic, clock, 1)

    assert refused(clinic, clock) == "10 passwords in a row were wrong. Try again in a minute."
    clock.moved = timedelta(seconds=59)
    refused(clinic, clock)
    clock.moved = timedelta(seconds=60)
    unlock_patiently(clinic, PASSWORD, "", clock)[0].wipe()


def test_that_a_try_that_had_to_wait_is_not_counted_and_the_waits_double(
    clinic: ClinicFolder, clock: MovedClock
) -> None:
    guess(clinic, clock, FREE_TRIES)
    for _ in range(5):
        refused(clinic, clock)
    clock.moved = timedelta(minutes=1)
    guess(clinic, clock, 1)

    assert refused(clinic, clock) == "11 passwords in a row were wrong. Try again in 2 minutes."


@pytest.mark.parametrize(
    ("count", "minutes"), [(9, 0), (10, 1), (11, 2), (12, 4), (13, 8), (14, 15), (15, 15), (10_000, 15)]
)
def test_that_the_wait_grows_up_to_a_quarter_of_an_hour(count: int, minutes: int) -> None:
    assert WrongTries(count, NOON).left(NOON) == timedelta(minutes=minutes)
    assert not WrongTries(count, NOON).left(NOON + timedelta(minutes=minutes))


def test_that_a_clock_set_back_makes_nobody_wait_longer() -> None:
    assert WrongTries(10, NOON).left(NOON - timedelta(days=400)) == timedelta(minutes=1)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"wrong": "many"}', b'{"wrong": 99}', b'{"wrong": 99, "last": "soon"}', b"\xff\xfe", b"9" * 5000],
)
def test_that_a_count_that_says_nothing_sensible_keeps_nobody_out(
    clinic: ClinicFolder, clock: MovedClock, content: bytes
) -> None:
    (clinic.path / TRIES_FILE).write_bytes(content)

    unlock_patiently(clinic, PASSWORD, "", clock)[0].wipe()


@pytest.mark.parametrize("again", [False, True])
def test_that_wrong_passwords_are_on_record_once_somebody_is_in_and_begin_anew(
    clinic: ClinicFolder, clock: MovedClock, *, again: bool
) -> None:
    clinics = Clinics(resource_root(), clock, costs=CHEAP)
    if again:
        services = clinics.open(clinic.path, PASSWORD)
        services.close()
    guess(clinic, clock, FREE_TRIES)
    clock.moved = timedelta(minutes=5)
    if again:
        clinics.open_again(services, clinic.path, PASSWORD)
    else:
        services = clinics.open(clinic.path, PASSWORD)
    kinds = [kind for kind, _words in services.audit.kinds()]
    services.close()

    assert "wrong passwords" in kinds
    assert not (clinic.path / TRIES_FILE).exists()


def test_that_a_few_wrong_passwords_are_no_news(clinic: ClinicFolder, clock: MovedClock) -> None:
    guess(clinic, clock, FREE_TRIES - 1)
    services = Clinics(resource_root(), clock, costs=CHEAP).open(clinic.path, PASSWORD)
    kinds = [kind for kind, _words in services.audit.kinds()]
    services.close()

    assert "wrong passwords" not in kinds
    assert not (clinic.path / TRIES_FILE).exists()
