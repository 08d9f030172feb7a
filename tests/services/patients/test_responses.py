"""Recording how an injection helped: one source for rules and requests, told when figures or scales do not fit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import performed
from tracker.domain.clinical_record import Response
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.procedure import Family, Intent
from tracker.services.answers.entries import EventRow
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.patients.responses import ResponseService
from tracker.services.undo import UndoService

NRS = "NRS 0-10"


@pytest.fixture
def block(history: HistoryService, patient_id: str) -> EventRow:
    return history.add(patient_id, performed("2026-11-10")).value


def scored(row: EventRow, before: float | None = 7, after: float | None = 1, **given: str) -> Response:
    return replace(Response(row.event.id, NRS, before, after), **given)


def test_that_scores_lie_beside_the_injection_and_per_cent_and_months_with_it(
    responses: ResponseService, patients: PatientService, block: EventRow, patient_id: str
) -> None:
    wanted = scored(block, function="ODI 46 to 20")
    done = responses.record(patient_id, wanted, 85, 3, block.version)

    event = patients.get(patient_id).events[0].event
    stored = responses.of_patient(patient_id)[event.id]
    assert (event.relief_percent, event.relief_months) == (85, 3)
    assert (stored.scale, stored.before, stored.after, stored.function) == (NRS, 7, 1, "ODI 46 to 20")
    assert stored.recorded_by == "Jo Diaz"
    assert done.value.event == event


def test_that_the_scores_make_the_per_cent_where_none_is_typed(
    responses: ResponseService, block: EventRow, patient_id: str
) -> None:
    done = responses.record(patient_id, scored(block, 8, 2), None, None, block.version)
    assert done.value.event.relief_percent == 75


def test_that_a_worse_score_is_no_relief_and_a_score_of_nothing_makes_none(
    responses: ResponseService, block: EventRow, patient_id: str
) -> None:
    worse = responses.record(patient_id, scored(block, 5, 8), None, None, block.version)
    assert worse.value.event.relief_percent == 0
    again = responses.sheet(block.event.id)
    nothing = responses.record(patient_id, replace(again.blank(), before=0, after=0), None, None, again.row.version)
    assert nothing.value.event.relief_percent is None


@pytest.mark.parametrize(("typed", "told"), [(80, True), (84.5, True), (85, False), (86.5, False), (87, True)])
def test_that_a_typed_per_cent_that_the_scores_do_not_make_is_told_and_kept(
    responses: ResponseService, block: EventRow, patient_id: str, typed: float, told: bool
) -> None:
    done = responses.record(patient_id, scored(block, 7, 1), typed, None, block.version)
    assert ("7 to 1 on NRS 0-10 is 85.7 %" in done.sentence) is told
    assert done.value.event.relief_percent == typed


def test_that_another_scale_after_than_before_is_told(
    responses: ResponseService, block: EventRow, patient_id: str
) -> None:
    done = responses.record(patient_id, scored(block, 7, 10, scale_after="VAS 0-100"), 85, None, block.version)
    assert "before is on NRS 0-10, the one after on VAS 0-100" in done.sentence
    assert "Payers compare scores of one scale only" in done.sentence


def test_that_two_scales_make_no_per_cent(responses: ResponseService, block: EventRow, patient_id: str) -> None:
    done = responses.record(patient_id, scored(block, 7, 10, scale_after="VAS 0-100"), None, None, block.version)
    assert done.value.event.relief_percent is None


@pytest.mark.parametrize(
    ("targets", "scale", "told"),
    [
        (("L4-L5 left",), "VAS 0-100", True),
        (("L4-L5 left",), "nrs 0–10", False),
        (("L4-L5 right",), "VAS 0-100", False),
    ],
)
def test_that_another_scale_than_that_of_the_earlier_block_at_the_site_is_told(
    responses: ResponseService, history: HistoryService, block: EventRow, patient_id: str,
    targets: tuple[str, ...], scale: str, told: bool,
) -> None:  # fmt: skip
    responses.record(patient_id, scored(block), 85, None, block.version)
    second = history.add(patient_id, performed("2026-11-23", Family.FACET_INJECTION, *targets)).value
    done = responses.record(patient_id, scored(second, scale=scale), None, None, second.version)
    assert ("The block of 11/10/2026 was scored on NRS 0-10" in done.sentence) is told


def test_that_the_form_begins_with_the_scale_of_the_earlier_block(
    responses: ResponseService, history: HistoryService, block: EventRow, patient_id: str
) -> None:
    responses.record(patient_id, scored(block, scale="VAS 0-10"), 85, None, block.version)
    second = history.add(patient_id, performed("2026-11-23")).value
    treatment = history.add(patient_id, performed("2026-11-23", intent=Intent.THERAPEUTIC)).value
    assert responses.sheet(second.event.id).blank().scale == "VAS 0-10"
    assert responses.sheet(treatment.event.id).blank().scale == ""


@pytest.mark.parametrize(
    ("given", "percent", "months", "sentence"),
    [
        ({"before": 11.0}, None, None, "11 is no score on NRS 0-10"),
        ({"after": -1.0}, None, None, "-1 is no score on NRS 0-10"),
        ({"scale": " "}, None, None, "on which scale"),
        ({}, 101, None, "between 0 and 100"),
        ({}, -1, None, "between 0 and 100"),
        ({}, 50, -1, "how many months"),
        ({}, 50, 1000, "how many months"),
    ],
)
def test_that_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(
    responses: ResponseService, block: EventRow, patient_id: str, given: dict[str, float | str],
    percent: float | None, months: float | None, sentence: str,
) -> None:  # fmt: skip
    wanted = replace(scored(block), **given)  # type: ignore[arg-type]  # fields of the parameters above
    with pytest.raises(InvalidEntryError) as caught:
        responses.record(patient_id, wanted, percent, months, block.version)
    assert sentence in caught.value.sentence()
    assert responses.of_patient(patient_id) == {}


def test_that_a_hundred_fits_a_scale_of_a_hundred(responses: ResponseService, block: EventRow, patient_id: str) -> None:
    done = responses.record(patient_id, scored(block, 100, 20, scale="VAS 0-100"), None, None, block.version)
    assert done.value.event.relief_percent == 80


def test_that_two_desks_do_not_record_unseen_of_each_other(
    responses: ResponseService, block: EventRow, patient_id: str
) -> None:
    responses.record(patient_id, scored(block), 80, 6, block.version)
    with pytest.raises(ConflictError, match="changed this entry meanwhile"):
        responses.record(patient_id, scored(block, 7, 6), 20, 1, block.version)
    assert responses.of_patient(patient_id)[block.event.id].after == 1


def test_that_it_is_corrected_taken_away_and_undone_as_one(
    responses: ResponseService, patients: PatientService, undo: UndoService, block: EventRow, patient_id: str
) -> None:
    first = responses.record(patient_id, scored(block), 85, 4, block.version).value
    sheet = responses.sheet(block.event.id)
    responses.record(patient_id, replace(sheet.blank(), after=2), 70, 4, sheet.row.version)
    assert responses.of_patient(patient_id)[block.event.id].after == 2

    sheet = responses.sheet(block.event.id)
    empty = replace(sheet.blank(), before=None, after=None, function="")
    taken = responses.record(patient_id, empty, None, None, sheet.row.version)
    assert (taken.value.event.relief_percent, taken.value.event.relief_months) == (None, None)
    assert responses.of_patient(patient_id) == {}

    assert taken.undo is not None
    undo.undo(taken.undo)
    event = patients.get(patient_id).events[0].event
    assert (event.relief_percent, event.relief_months, first.event.relief_percent) == (70, 4, 85)
    assert responses.of_patient(patient_id)[block.event.id].after == 2
