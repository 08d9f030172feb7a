"""Denied claims: attached to what we had said, in our own words, and counted by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from tests.builders import a_request, performed
from tests.fakes import FixedClock
from tracker.domain.booking import BookingStatus, Override, OverrideReason
from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.event import EventStatus
from tracker.domain.verdict import Outcome
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.desk.denials import DenialService
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import BookingService
from tracker.services.words.payers import PayerNames

TODAY = date(2026, 11, 24)
FACETS = "medicare-facet"


@cache
def rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


@pytest.fixture
def denials(transactions: Transactions, clock: FixedClock) -> DenialService:
    return DenialService(transactions, rules(), clock)


@pytest.fixture
def real(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> BookingService:
    """Bookings judged by the shipped rules."""
    return BookingService(transactions, rules().judge, payers, clock)


class Visits:
    """Books a visit today by the shipped rules and marks it as done."""

    def __init__(self, real: BookingService, patient_id: str) -> None:
        self._real = real
        self._patient_id = patient_id

    def done(self, **given: Any) -> str:
        answer = self._real.check(a_request(self._patient_id, TODAY, **given))
        if answer.tone <= Outcome.CAUTION:
            booking = self._real.book(answer.request, answer.fingerprint).value
        else:
            why = Override(OverrideReason.OTHER, "The physician wants it on this day.")
            booking = self._real.override(answer.request, answer.fingerprint, why).value
        self._real.set_status(booking.id, BookingStatus.DONE)
        return booking.event.id


@pytest.fixture
def visits(real: BookingService, patient_id: str) -> Visits:
    return Visits(real, patient_id)


def a_denial(event_id: str, code: str = "CO-151", **given: Any) -> ClaimDenial:
    return replace(ClaimDenial(event_id, TODAY, code), **given)


def test_that_a_denial_stands_with_our_words_and_what_we_had_said(
    denials: DenialService, visits: Visits, patient_id: str
) -> None:
    denials.add(a_denial(visits.done(), "co 151", remark_code="n115", cents=31240, note=" second notice "))
    (row,) = denials.list_for(patient_id)
    stored = row.denial
    assert (stored.reason_code, stored.group_code, stored.remark_code, stored.cents, stored.note) == (
        "151", "CO", "N115", 31240, "second notice"
    )  # fmt: skip
    assert row.meaning == denials.codes.denials["151"].meaning
    assert row.remark == denials.codes.remarks["N115"].meaning
    assert (row.said.startswith("Allowed"), row.said_allowed) == (True, True)


def test_that_a_denial_of_what_was_not_booked_here_says_nothing_of_us(
    denials: DenialService, history: HistoryService, patient_id: str
) -> None:
    event = history.add(patient_id, performed("2026-11-10")).value.event
    denials.add(a_denial(event.id))
    (row,) = denials.list_for(patient_id)
    assert (row.said, row.said_allowed) == ("", None)
    assert denials.denied_by_rule() == {}


def test_that_a_frequency_denial_counts_for_the_limits_that_were_counted(
    denials: DenialService, visits: Visits
) -> None:
    denials.add(a_denial(visits.done(), "119", cents=10000))
    found = denials.denied_by_rule()
    known = {
        rule.id
        for policy in rules().catalog.policies
        for vs in policy.versions.values()
        for v in vs
        for rule in v.rules
    }
    assert found
    assert all(rule in known for _, rule in found)
    assert {(each.said_allowed, each.warned, each.cents) for each in found.values()} == {(1, 0, 10000)}
    assert next(iter(found.values())).sentence == "1 of 1 denied claim had been allowed (119)"


def test_that_two_denials_of_one_rule_are_added_up(denials: DenialService, visits: Visits, undo: UndoService) -> None:
    event_id = visits.done()
    denials.add(a_denial(event_id, "119", denied_on=TODAY))
    second = denials.add(a_denial(event_id, "151"))
    assert {(each.count, tuple(each.codes.items())) for each in denials.denied_by_rule().values()} == {
        (2, (("119", 1), ("151", 1)))
    }
    assert second.undo is not None
    undo.undo(second.undo)
    assert {each.count for each in denials.denied_by_rule().values()} == {1}


def test_that_what_no_rule_had_spoken_of_counts_for_the_policy_alone(denials: DenialService, visits: Visits) -> None:
    denials.add(a_denial(visits.done(), "18"))
    denials.add(a_denial(visits.done(sites=("L3-L4 right",)), "27"))
    assert "" in {rule for _, rule in denials.denied_by_rule()}


def test_that_a_visit_booked_against_the_answer_was_not_said_allowed(
    denials: DenialService, visits: Visits, history: HistoryService, patient_id: str
) -> None:
    for day in ("2026-01-12", "2026-03-12", "2026-05-12", "2026-07-12"):
        history.add(patient_id, performed(day))
    denials.add(a_denial(visits.done(), "119"))
    assert {(each.said_allowed, each.warned) for each in denials.denied_by_rule().values()} == {(0, 1)}


@pytest.mark.parametrize(
    ("given", "about", "sentence"),
    [
        ({"reason_code": "9999"}, "code", "“9999” is no denial code on our list"),
        ({"reason_code": ""}, "code", "is no denial code on our list"),
        ({"remark_code": "N9"}, "remark", "“N9” is no remark code on our list"),
        ({"cents": -1}, "amount", "between $0 and $100,000"),
        ({"denied_on": date(2026, 11, 25)}, "day", "11/25/2026 has not come yet"),
        ({"denied_on": date(2026, 11, 9)}, "day", "denied 11/09/2026, before the injection of 11/10/2026"),
    ],
)
def test_that_what_cannot_be_is_refused_in_a_sentence(
    denials: DenialService, history: HistoryService, patient_id: str, given: dict[str, Any], about: str, sentence: str
) -> None:
    event = history.add(patient_id, performed("2026-11-10")).value.event
    with pytest.raises(InvalidEntryError) as caught:
        denials.add(replace(a_denial(event.id), **given))
    assert (caught.value.about, sentence in caught.value.sentence()) == (about, True)
    assert denials.list_for(patient_id) == ()


def test_that_what_was_never_done_cannot_be_denied(
    denials: DenialService, history: HistoryService, patient_id: str
) -> None:
    event = history.add(patient_id, performed("2026-11-10", status=EventStatus.CANCELLED)).value.event
    with pytest.raises(InvalidEntryError, match="Only what was done"):
        denials.add(a_denial(event.id))


def test_that_a_denial_is_corrected_and_taken_out_by_the_version_seen(
    denials: DenialService, history: HistoryService, undo: UndoService, patients: PatientService, patient_id: str
) -> None:
    event = history.add(patient_id, performed("2026-11-10")).value.event
    added = denials.add(a_denial(event.id)).value
    corrected = denials.correct(replace(added, reason_code="197")).value
    with pytest.raises(ConflictError):
        denials.correct(replace(added, reason_code="50"))
    with pytest.raises(ConflictError):
        denials.remove(added)
    removed = denials.remove(corrected)
    assert denials.list_for(patient_id) == ()
    assert removed.undo is not None
    undo.undo(removed.undo)
    assert [row.denial.reason_code for row in denials.list_for(patient_id)] == ["197"]
