"""What the patient page asks of the services beyond the plain calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import a_patient, a_request, performed
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import PartialDate
from tracker.domain.procedure import Family, parse_sites
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import NumberTakenError, PatientService
from tracker.services.transactions import Transactions
from tracker.services.visits.booking import BookingService
from tracker.services.visits.schedule import ScheduleService
from tracker.services.words.wording import place_text, sites_text


def test_that_the_coming_visits_of_one_patient_are_listed_by_day_and_judged(
    booking: BookingService, schedule: ScheduleService, patients: PatientService, patient_id: str
) -> None:
    other = patients.add(a_patient(last="Other")).value.id
    for day in (date(2026, 12, 17), date(2026, 12, 3)):
        answer = booking.check(a_request(patient_id, day))
        booking.book(answer.request, answer.fingerprint)

    rows = schedule.coming(patient_id)

    assert [row.booking.day for row in rows] == [date(2026, 12, 3), date(2026, 12, 17)]
    assert all(row.verdict is not None for row in rows)
    assert schedule.coming(other) == ()


def test_that_an_entry_names_the_provider_so_that_a_correction_can_offer_it(
    history: HistoryService, patients: PatientService, transactions: Transactions, patient_id: str
) -> None:
    with transactions.reading() as uow:
        provider = uow.clinic.list_providers()[0]
    history.add(patient_id, performed("2026-03-02"), provider.id)
    history.add(patient_id, performed("2026-02-02"), "Dr. Elsewhere")

    rows = patients.get(patient_id).events

    assert [(row.provider_id, row.provider) for row in rows] == [(provider.id, "Lee"), ("", "Dr. Elsewhere")]


def test_that_a_taken_record_number_says_whose_it_is(patients: PatientService) -> None:
    holder = patients.add(a_patient(mrn="M1")).value

    with pytest.raises(NumberTakenError) as caught:
        patients.add(a_patient(mrn="M1"))

    assert caught.value.holder_id == holder.id


@pytest.mark.parametrize("wrong", [{"relief_percent": 250.0}, {"relief_months": 999.0}])
def test_that_impossible_relief_is_refused_with_a_new_entry_too(
    history: HistoryService, patient_id: str, wrong: dict[str, float]
) -> None:
    with pytest.raises(InvalidEntryError):
        history.add(patient_id, replace(performed("2026-03-02"), **wrong))


def test_that_a_place_is_told_as_exactly_as_it_is_known() -> None:
    event = performed("2026-03-02", Family.FACET_INJECTION, "L4-L5 left", "L5-S1 left")
    bare = replace(event, targets=(), when=PartialDate.parse("2026"))

    assert place_text(event) == "L4-5 L5-S1 left"
    assert place_text(replace(bare, nerves=("L4",))) == "nerves L4"
    assert place_text(replace(bare, region=event.targets[0].level.region)) == "lumbar / sacral, level not known"
    assert place_text(bare) == ""
    assert sites_text(parse_sites(["nerves L4 left"])) == "nerves L4"
