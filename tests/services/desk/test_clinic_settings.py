"""What the clinic decides once for everybody: written, read back, taken back, and refused in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.fakes import FixedClock
from tracker.domain.clinic_days import ClinicDays
from tracker.domain.errors import InvalidEntryError
from tracker.domain.letterhead import Letterhead
from tracker.domain.privacy import Privacy
from tracker.domain.reminders import Reminders, Thresholds
from tracker.services.changes import Kind
from tracker.services.clinic_days import CLOSED_DAYS, clinic_days
from tracker.services.desk.clinic_settings import ClinicSettingsService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.storage.records import Act

PAPER = Letterhead("12 Mill St", "Lexington, KY 40507", "(859) 555-0100", "(859) 555-0101", "1234567893", "123456789")


@pytest.fixture
def clinic_settings(transactions: Transactions, clock: FixedClock) -> ClinicSettingsService:
    return ClinicSettingsService(transactions, clock)


def days_of(transactions: Transactions, clock: FixedClock) -> ClinicDays:
    with transactions.reading() as uow:
        return clinic_days(uow.clinic.settings(), clock.today())


def test_that_the_letterhead_comes_back_tidied_and_by_undo_as_before(
    clinic_settings: ClinicSettingsService, undo: UndoService
) -> None:
    done = clinic_settings.change_letterhead(replace(PAPER, street="  12 Mill St ", npi="123 456 7893"))
    assert clinic_settings.letterhead() == replace(PAPER, tin="12-3456789")
    assert clinic_settings.letterhead().lines() == (
        "12 Mill St, Lexington, KY 40507", "Phone (859) 555-0100   Fax (859) 555-0101",
        "NPI 1234567893   TIN 12-3456789",
    )  # fmt: skip
    assert done.changes.kinds == {Kind.SETTINGS}
    assert done.undo is not None
    undo.undo(done.undo)
    assert clinic_settings.letterhead() == Letterhead()


@pytest.mark.parametrize(
    ("change", "about", "words"),
    [
        ({"npi": "1234567890"}, "npi", "its last digit does not fit the others"),
        ({"npi": "12345"}, "npi", "ten digits"),
        ({"tin": "12-345"}, "tin", "nine digits"),
        ({"phone": "555-0100"}, "phone", "no whole telephone number"),
        ({"fax": "none"}, "fax", "no whole telephone number"),
    ],
)
def test_that_a_number_that_cannot_be_is_told_at_its_field(
    clinic_settings: ClinicSettingsService, change: dict[str, str], about: str, words: str
) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        clinic_settings.change_letterhead(replace(PAPER, **change))
    assert caught.value.about == about
    assert words in caught.value.sentence()
    assert clinic_settings.letterhead() == Letterhead()


def test_that_a_closed_day_with_its_reason_is_minded_and_can_be_opened_again(
    clinic_settings: ClinicSettingsService, transactions: Transactions, clock: FixedClock, undo: UndoService
) -> None:
    day = date(2026, 12, 14)
    clinic_settings.close_day(day, " The roof ")
    assert clinic_settings.closed_days() == {day: "The roof"}
    assert days_of(transactions, clock).closed[day] == "The roof"
    assert not days_of(transactions, clock).is_open(day)
    opened = clinic_settings.open_day(day)
    assert days_of(transactions, clock).is_open(day)
    assert opened.undo is not None
    undo.undo(opened.undo)
    assert clinic_settings.closed_days() == {day: "The roof"}


@pytest.mark.parametrize(
    ("day", "reason", "about", "words"),
    [
        (date(2026, 11, 23), "late", "day", "is over"),
        (date(2026, 12, 14), "  ", "reason", "needs a reason"),
        (date(2026, 12, 24), "again", "day", "closed already: Staff party"),
    ],
)
def test_that_a_day_that_cannot_be_closed_is_told(
    clinic_settings: ClinicSettingsService, day: date, reason: str, about: str, words: str
) -> None:
    clinic_settings.close_day(date(2026, 12, 24), "Staff party")
    with pytest.raises(InvalidEntryError) as caught:
        clinic_settings.close_day(day, reason)
    assert caught.value.about == about
    assert words in caught.value.sentence()


def test_that_today_can_still_be_closed(clinic_settings: ClinicSettingsService, clock: FixedClock) -> None:
    clinic_settings.close_day(clock.today(), "Snow")
    assert clock.today() in clinic_settings.closed_days()


def test_that_closed_days_of_a_file_without_reasons_are_still_closed(
    clinic_settings: ClinicSettingsService, transactions: Transactions, clock: FixedClock
) -> None:
    with transactions.writing() as uow:
        uow.clinic.set(CLOSED_DAYS, ["2026-12-14"])
        uow.commit(Act("change settings", "setting"))
    assert clinic_settings.closed_days() == {date(2026, 12, 14): "closed by the clinic"}
    clinic_settings.close_day(date(2026, 12, 15), "The roof")
    assert list(clinic_settings.closed_days()) == [date(2026, 12, 14), date(2026, 12, 15)]


def test_that_the_holidays_to_come_are_named(clinic_settings: ClinicSettingsService) -> None:
    holidays = clinic_settings.holidays()
    assert holidays[date(2026, 11, 26)] == "Thanksgiving Day"
    assert min(holidays) == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("days", "about"),
    [
        ((0, 14, 30), "first"), ((7, 7, 30), "second"), ((7, 14, 14), "third"), ((7, 31, 30), "third"),
        ((7, 14, 366), "third"),
    ],
)  # fmt: skip
def test_that_thresholds_out_of_order_are_told_at_the_one_that_is_wrong(
    clinic_settings: ClinicSettingsService, days: tuple[int, int, int], about: str
) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        clinic_settings.change_reminders(Reminders(Thresholds(*days)))
    assert caught.value.about == about
    assert clinic_settings.reminders() == Reminders()


@pytest.mark.parametrize(
    ("wanted", "about"),
    [(Reminders(follow_up=0), "follow_up"), (Reminders(follow_up=61), "follow_up"), (Reminders(lead=-1), "lead"),
     (Reminders(lead=31), "lead")],
)  # fmt: skip
def test_that_reminders_beyond_their_limits_are_told(
    clinic_settings: ClinicSettingsService, wanted: Reminders, about: str
) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        clinic_settings.change_reminders(wanted)
    assert caught.value.about == about


def test_that_reminders_at_their_limits_are_kept(clinic_settings: ClinicSettingsService) -> None:
    for wanted in (Reminders(Thresholds(1, 2, 365), 60, 30), Reminders(Thresholds(7, 14, 30), 1, 0)):
        clinic_settings.change_reminders(wanted)
        assert clinic_settings.reminders() == wanted


@pytest.mark.parametrize(
    ("wanted", "about"),
    [(Privacy(1), "idle_minutes"), (Privacy(31), "idle_minutes"), (Privacy(clipboard_seconds=-1), "clipboard_seconds"),
     (Privacy(clipboard_seconds=601), "clipboard_seconds")],
)  # fmt: skip
def test_that_privacy_beyond_its_limits_is_told(
    clinic_settings: ClinicSettingsService, wanted: Privacy, about: str
) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        clinic_settings.change_privacy(wanted)
    assert caught.value.about == about


def test_that_privacy_at_its_limits_is_kept(clinic_settings: ClinicSettingsService) -> None:
    for wanted in (Privacy(2, 0), Privacy(30, 600)):
        clinic_settings.change_privacy(wanted)
        assert clinic_settings.privacy() == wanted
