"""Behaviour of due dates: weekends, holidays, year ends, the clinic's clock, and each term of an authorization."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil.zoneinfo import get_zonefile_instance
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.authorization_terms import (
    AppealLevel,
    Changes,
    ClockStart,
    DecisionTime,
    Extension,
    PeerCall,
    Renewal,
    Retroactive,
    Span,
    Submission,
    Validity,
)
from tracker.rules import due_dates
from tracker.rules.due_dates import Due

ZONE = get_zonefile_instance().get("America/New_York")  # the library brings its zones along; Windows has none
SLOW_HOLIDAYS = {
    "2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07", "2026-10-12",
    "2026-11-11", "2026-11-26", "2026-12-25", "2027-01-01", "2027-01-18", "2027-02-15", "2027-05-31", "2027-06-18",
    "2027-07-05", "2027-09-06", "2027-10-11", "2027-11-11", "2027-11-25", "2027-12-24", "2027-12-31", "2028-01-17",
    "2028-02-21", "2028-05-29", "2028-06-19", "2028-07-04", "2028-09-04", "2028-10-09", "2028-11-10", "2028-11-23",
    "2028-12-25",
}  # fmt: skip
"""Federal holidays as they were observed, worked out by hand; the count below knows no library."""


def span(text: str) -> Span:
    return Span.parse(text)


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


# --- business days ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-16", 2, "2026-11-18"),  # Monday to Wednesday
        ("2026-11-20", 1, "2026-11-23"),  # Friday to Monday
        ("2026-11-21", 1, "2026-11-23"),  # received on a Saturday
        ("2026-11-22", 3, "2026-11-25"),  # received on a Sunday
        ("2026-11-23", 5, "2026-12-01"),  # over Thanksgiving; the Friday after is a business day
        ("2026-07-02", 1, "2026-07-06"),  # the Fourth on a Saturday is observed on Friday
        ("2027-07-02", 1, "2027-07-06"),  # the Fourth on a Sunday is observed on Monday
        ("2026-12-31", 1, "2027-01-04"),  # over the end of the year
        ("2027-12-30", 1, "2028-01-03"),  # New Year's on a Saturday is observed on 31 December
        ("2026-11-10", 1, "2026-11-12"),  # Veterans Day
    ],
)
def test_that_business_days_leave_out_weekends_and_holidays(start: str, count: int, end: str) -> None:
    assert due_dates.add_business_days(day(start), count) == day(end)


@given(st.dates(date(2026, 1, 1), date(2028, 10, 1)), st.integers(1, 40))
def test_that_business_days_agree_with_a_count_day_by_day(start: date, count: int) -> None:
    end = due_dates.add_business_days(start, count)
    between = [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]
    counted = [each for each in between if each.strftime("%a") not in ("Sat", "Sun") and str(each) not in SLOW_HOLIDAYS]

    assert len(counted) == count
    assert counted[-1] == end


def test_that_no_business_days_are_refused() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        due_dates.add_business_days(day("2026-11-23"), 0)


@pytest.mark.parametrize(
    ("end", "act"),
    [("2026-11-23", "2026-11-23"), ("2026-11-22", "2026-11-20"), ("2026-11-26", "2026-11-25"),
     ("2027-01-03", "2026-12-31")],
)  # fmt: skip
def test_that_the_desk_acts_on_the_last_business_day_before_a_term_ends(end: str, act: str) -> None:
    assert due_dates.business_day_on_or_before(day(end)) == day(act)


# --- hours ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-16T16:40", "2026-11-19T16:40"),
        ("2026-11-20T16:40", "2026-11-23T16:40"),  # hours run over a weekend
        ("2026-12-30T09:00", "2027-01-02T09:00"),
        ("2026-10-30T09:00", "2026-11-02T08:00"),  # the clocks go back on 1 November
        ("2026-03-06T09:00", "2026-03-09T10:00"),  # and forward on 8 March
    ],
)
def test_that_72_hours_are_72_hours(start: str, end: str) -> None:
    assert due_dates.add_hours(at(start), 72) == at(end)
    assert due_dates.due(span("72 hours"), at(start)) == Due(at(end).date(), at(end))


def test_that_hours_need_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due_dates.add_hours(datetime(2026, 11, 16, 9), 72)
    with pytest.raises(ValueError, match="begins at a moment"):
        due_dates.due_day(span("72 hours"), day("2026-11-16"))


# --- days, weeks and months -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "start", "end"),
    [
        ("7 calendar days", "2026-11-16", "2026-11-23"),
        ("1 calendar day", "2026-12-31", "2027-01-01"),
        ("10 business days", "2026-11-16", "2026-12-01"),
        ("6 weeks", "2026-11-16", "2026-12-28"),
        ("4 months", "2026-10-31", "2027-02-28"),
        ("1 month", "2026-02-28", "2026-03-28"),
    ],
)
def test_that_a_term_does_not_count_the_day_on_which_it_begins(length: str, start: str, end: str) -> None:
    assert due_dates.due_day(span(length), day(start)) == day(end)
    assert due_dates.due(span(length), at(f"{start}T23:59")) == Due(day(end))


@pytest.mark.parametrize("text", ["7 days", "0 hours", "seven weeks", "7 Calendar Days", "-1 weeks", "1.5 hours", ""])
def test_that_a_length_that_cannot_be_told_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="such as “7 calendar days”"):
        Span.parse(text)


@pytest.mark.parametrize("text", ["7 calendar days", "1 business day", "72 hours", "1 month"])
def test_that_a_length_is_written_as_it_is_read(text: str) -> None:
    assert span(text).text == text


# --- decisions --------------------------------------------------------------------------------------------------------


def test_that_a_decision_of_7_days_counts_from_receipt() -> None:
    assert due_dates.decision_due(DecisionTime(span("7 calendar days")), at("2026-11-16T10:00")) == Due(
        day("2026-11-23")
    )


def test_that_a_clock_from_complete_information_stands_until_everything_is_there() -> None:
    california = DecisionTime(span("5 business days"), ClockStart.COMPLETE_INFORMATION)
    received = at("2026-11-16T10:00")

    assert due_dates.decision_due(california, received) is None
    assert due_dates.decision_due(california, received, at("2026-11-20T10:00")) == Due(day("2026-11-30"))


def test_that_information_that_was_there_before_does_not_start_the_clock_before_receipt() -> None:
    time = DecisionTime(span("3 business days"), ClockStart.COMPLETE_INFORMATION)

    assert due_dates.decision_due(time, at("2026-11-16T10:00"), at("2026-11-02T10:00")) == Due(day("2026-11-19"))


@pytest.mark.parametrize(
    ("complete", "end"),
    [(None, "2026-11-30"), ("2026-11-18T09:00", "2026-11-23"), ("2026-11-27T09:00", "2026-11-30")],
)
def test_that_the_longest_time_from_receipt_holds_whatever_is_missing(complete: str | None, end: str) -> None:
    time = DecisionTime(span("3 business days"), ClockStart.COMPLETE_INFORMATION, at_most=span("14 calendar days"))

    found = due_dates.decision_due(time, at("2026-11-16T10:00"), at(complete) if complete else None)

    assert found == Due(day(end))


def test_that_an_extension_puts_the_decision_off() -> None:
    extended = Extension(span("14 calendar days"))
    week, hours = DecisionTime(span("7 calendar days")), DecisionTime(span("72 hours"))

    assert due_dates.decision_due(week, at("2026-11-16T10:00"), extended=extended) == Due(day("2026-12-07"))
    assert due_dates.decision_due(hours, at("2026-11-16T10:00"), extended=extended) == Due(day("2026-12-03"))


def test_that_a_request_is_taken_from_the_second_day_on() -> None:
    hospital = Submission("The hospital.", span("2 calendar days"))

    assert due_dates.earliest_service(hospital, day("2026-11-16")) == day("2026-11-18")
    assert due_dates.earliest_service(Submission("Anybody."), day("2026-11-16")) == day("2026-11-16")


# --- approvals --------------------------------------------------------------------------------------------------------


def test_that_120_days_end_119_days_after_the_decision() -> None:
    validity = Validity(span("120 calendar days"))

    assert due_dates.last_valid_day(validity, day("2026-03-01")) == day("2026-06-28")
    assert due_dates.last_valid_day(validity, day("2026-10-01")) == day("2027-01-28")


def test_that_a_first_day_that_does_not_count_gives_one_more() -> None:
    validity = Validity(span("120 calendar days"), first_day_counts=False)

    assert due_dates.last_valid_day(validity, day("2026-03-01")) == day("2026-06-29")


def test_that_a_run_from_its_start_counts_from_there() -> None:
    validity = Validity(span("90 calendar days"), counts_from="start")

    assert due_dates.last_valid_day(validity, day("2026-03-01"), day("2026-03-10")) == day("2026-06-07")
    assert due_dates.last_valid_day(validity, day("2026-03-01")) == day("2026-05-29")


@pytest.mark.parametrize(
    ("length", "first"),
    [("60 calendar days", "2026-10-02"), ("2 weeks", "2026-11-17"), ("2 months", "2026-10-01")],
)
def test_that_a_renewal_may_be_asked_for_so_long_before_the_end(length: str, first: str) -> None:
    assert due_dates.renewal_from(Renewal(True, span(length)), day("2026-12-01")) == day(first)


def test_that_no_renewal_has_no_day_and_one_without_a_term_any() -> None:
    assert due_dates.renewal_from(Renewal(False), day("2026-12-01")) is None
    assert due_dates.renewal_from(Renewal(True), day("2026-12-01")) == date.min
    with pytest.raises(ValueError, match="2 business days before a day"):
        due_dates.renewal_from(Renewal(True, span("2 business days")), day("2026-12-01"))


def test_that_a_change_is_taken_five_business_days_after_the_service() -> None:
    assert due_dates.change_until(Changes(True, span("5 business days")), day("2026-11-23")) == day("2026-12-01")
    assert due_dates.change_until(Changes(True), day("2026-11-23")) == day("2026-11-23")
    assert due_dates.change_until(Changes(False), day("2026-11-23")) is None


def test_that_a_request_after_the_service_is_taken_364_days() -> None:
    assert due_dates.retroactive_until(Retroactive(True, span("364 calendar days")), day("2026-01-02")) == day(
        "2027-01-01"
    )
    assert due_dates.retroactive_until(Retroactive(False), day("2026-01-02")) is None
    assert due_dates.retroactive_until(Retroactive(True), day("2026-01-02")) is None


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "last"),
    [
        ("120 calendar days", "2027-03-16"),
        ("65 calendar days", "2027-01-20"),
        ("60 calendar days", "2027-01-15"),
        ("180 calendar days", "2027-05-15"),
        ("4 months", "2027-03-16"),
    ],
)
def test_that_an_appeal_is_in_time_until_the_last_day_of_its_term(term: str, last: str) -> None:
    assert due_dates.appeal_due(AppealLevel(1, "Appeal", span(term)), day("2026-11-16")) == day(last)


def test_that_an_appeal_is_decided_within_its_own_terms() -> None:
    level = AppealLevel(1, "Appeal", span("180 calendar days"), span("30 calendar days"), span("72 hours"))
    filed = at("2026-11-20T15:00")

    assert due_dates.appeal_decision_due(level, filed) == Due(day("2026-12-20"))
    assert due_dates.appeal_decision_due(level, filed, expedited=True) == Due(day("2026-11-23"), at("2026-11-23T15:00"))
    assert due_dates.appeal_decision_due(AppealLevel(5, "Court", span("60 calendar days")), filed) is None


@pytest.mark.parametrize(
    ("notice", "end"),
    [
        ("2026-11-16T10:00", Due(day("2026-11-18"), at("2026-11-18T10:00"))),  # both end on one day: the hour decides
        ("2026-11-20T10:00", Due(day("2026-11-22"), at("2026-11-22T10:00"))),  # over a weekend the hours end first
    ],
)
def test_that_the_first_window_for_a_call_counts(notice: str, end: Due) -> None:
    call = PeerCall(True, (span("48 hours"), span("2 business days")))

    assert due_dates.peer_call_due(call, at(notice)) == end


def test_that_a_call_without_a_window_has_no_end() -> None:
    assert due_dates.peer_call_due(PeerCall(True), at("2026-11-16T10:00")) is None
    assert due_dates.peer_call_due(PeerCall(False, (span("48 hours"),)), at("2026-11-16T10:00")) is None
