"""The log of conservative care: added, corrected, taken out, each with undo, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import a_patient
from tests.fakes import FixedClock
from tracker.domain.care_span import care_days
from tracker.domain.clinical_record import ConservativeCare
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.services.patients.conservative_care import ConservativeCareService
from tracker.services.patients.patients import PatientService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService

MAY, JULY = date(2026, 5, 4), date(2026, 7, 2)


@pytest.fixture
def care(transactions: Transactions, clock: FixedClock) -> ConservativeCareService:
    return ConservativeCareService(transactions, clock)


def therapy(patient_id: str, start: date = MAY, end: date | None = JULY) -> ConservativeCare:
    return ConservativeCare(patient_id, " Physical therapy ", start, end, "no lasting relief")


def test_that_treatments_are_listed_by_their_beginning_and_told_with_their_days(
    care: ConservativeCareService, patient_id: str
) -> None:
    care.add(replace(therapy(patient_id, date(2026, 8, 1), None), what="Exercises"))
    done = care.add(therapy(patient_id))
    assert [each.what for each in care.list_for(patient_id)] == ["Physical therapy", "Exercises"]
    assert done.sentence.startswith("Added: Physical therapy, 05/04/2026 to 07/02/2026, ")


def test_that_it_is_corrected_and_taken_out_and_comes_back_by_undo(
    care: ConservativeCareService, undo: UndoService, patient_id: str
) -> None:
    added = care.add(therapy(patient_id)).value
    corrected = care.correct(replace(added, end=date(2026, 7, 9))).value
    removed = care.remove(corrected)
    assert care.list_for(patient_id) == ()
    assert removed.undo is not None
    undo.undo(removed.undo)
    assert [each.end for each in care.list_for(patient_id)] == [date(2026, 7, 9)]


def test_that_two_desks_do_not_change_one_treatment_unseen(care: ConservativeCareService, patient_id: str) -> None:
    added = care.add(therapy(patient_id)).value
    care.correct(replace(added, what="Chiropractic"))
    with pytest.raises(ConflictError):
        care.correct(replace(added, what="Massage"))
    with pytest.raises(ConflictError):
        care.remove(added)
    assert care.list_for(patient_id)[0].what == "Chiropractic"


def test_that_a_treatment_does_not_move_to_another_patient(
    care: ConservativeCareService, patients: PatientService, patient_id: str
) -> None:
    added = care.add(therapy(patient_id)).value
    other = patients.add(a_patient()).value.id
    with pytest.raises(ConflictError, match="another patient's"):
        care.correct(replace(added, patient_id=other))


@pytest.mark.parametrize(
    ("given", "about", "sentence"),
    [
        ({"what": "  "}, "what", "Say what was tried"),
        ({"start": date(2026, 11, 25), "end": None}, "start", "11/25/2026 has not come yet"),
        ({"end": date(2026, 5, 3)}, "end", "ends 05/03/2026, before it begins on 05/04/2026"),
    ],
)
def test_that_what_cannot_be_is_refused(
    care: ConservativeCareService, patient_id: str, given: dict[str, object], about: str, sentence: str
) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        care.add(replace(therapy(patient_id), **given))  # type: ignore[arg-type]  # fields of the parameters above
    assert (caught.value.about, sentence in caught.value.sentence()) == (about, True)
    assert care.list_for(patient_id) == ()


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ([("2026-05-01", "2026-05-10")], 10),
        ([("2026-05-01", "2026-05-10"), ("2026-05-05", "2026-05-12")], 12),
        ([("2026-05-01", "2026-05-10"), ("2026-05-03", "2026-05-04")], 10),
        ([("2026-05-01", "2026-05-10"), ("2026-05-20", "2026-05-20")], 11),
        ([("2026-05-25", None)], 7),
        ([("2026-06-01", None)], 0),
        ([], 0),
    ],
)
def test_that_each_day_before_the_procedure_counts_once(spans: list[tuple[str, str | None]], days: int) -> None:
    log = [
        ConservativeCare("p", "x", date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for first, last in spans
    ]
    assert care_days(log, date(2026, 6, 1)) == days
