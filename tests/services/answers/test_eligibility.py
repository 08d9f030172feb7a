"""The table that answers "when can she have it?" for every procedure family."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import a_patient, performed
from tests.fakes import FixedClock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.verdict import Outcome
from tracker.services.answers.eligibility import LINES, EligibilityService
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.visits.booking import BookingService


def test_that_a_patient_without_history_has_one_row_per_line(
    eligibility: EligibilityService, clock: FixedClock, patient_id: str
) -> None:
    rows = eligibility.table(patient_id, clock.today())
    assert [row.label for row in rows] == [line.label for line in LINES]
    assert {row.next_text for row in rows} == {"today"}


def test_that_a_full_family_shows_its_count_and_next_date_and_the_others_stay_free(
    eligibility: EligibilityService, history: HistoryService, clock: FixedClock, patient_id: str
) -> None:
    for day in ("2026-01-12", "2026-02-02", "2026-06-15", "2026-07-13"):
        history.add(patient_id, performed(day))
    rows = {row.label: row for row in eligibility.table(patient_id, clock.today())}
    facet = rows["Facet diagnostic, lumbar"]
    assert (facet.used, facet.limit, facet.outcome) == (4, 4, Outcome.NOT_ALLOWED)
    assert facet.next_text == "Wed 01/13/2027"
    assert rows["Trigger points"].outcome is Outcome.ALLOWED


def test_that_sides_are_told_apart_where_the_history_knows_both(
    eligibility: EligibilityService, history: HistoryService, clock: FixedClock, patient_id: str
) -> None:
    history.add(patient_id, performed("2026-01-12", Family.FACET_INJECTION, "L3-L4 left"))
    history.add(patient_id, performed("2026-02-12", Family.FACET_INJECTION, "L4-L5 both"))
    rows = {row.label: row for row in eligibility.table(patient_id, clock.today())}
    asked = {label: [t.label for t in row.request.targets] for label, row in rows.items() if "ablation, lum" in label}
    assert asked == {
        "Facet ablation, lumbar left": ["L4-5 left"],
        "Facet ablation, lumbar right": ["L4-5 right"],
    }


def test_that_cervical_history_does_not_choose_lumbar_levels(
    eligibility: EligibilityService, history: HistoryService, clock: FixedClock, patient_id: str
) -> None:
    history.add(patient_id, performed("2026-02-12", Family.FACET_INJECTION, "C4-C5 right"))
    rows = {row.label: row for row in eligibility.table(patient_id, clock.today())}
    assert [t.label for t in rows["Facet diagnostic, lumbar"].request.targets] == ["L4-5 left"]
    assert [t.label for t in rows["Facet diagnostic, cerv./thor."].request.targets] == ["C4-5 right"]


def test_that_levels_which_nobody_named_are_left_for_the_desk_to_name(
    eligibility: EligibilityService, history: HistoryService, clock: FixedClock, patient_id: str
) -> None:
    history.add(patient_id, performed("2026-02-12", Family.FACET_INJECTION, "C4-C5 right"))
    rows = {row.label: row for row in eligibility.table(patient_id, clock.today())}
    lumbar, cervical = rows["Facet diagnostic, lumbar"], rows["Facet diagnostic, cerv./thor."]
    assert lumbar.request.targets
    assert lumbar.to_check.targets == ()
    assert lumbar.to_check.family is Family.FACET_INJECTION
    assert [target.label for target in cervical.to_check.targets] == ["C4-5 right"]


def test_that_every_row_opens_as_a_request_that_can_be_checked(
    eligibility: EligibilityService,
    booking: BookingService,
    history: HistoryService,
    clock: FixedClock,
    patient_id: str,
) -> None:
    history.add(patient_id, performed("2026-02-12", Family.FACET_INJECTION, "L4-L5"))
    history.add(patient_id, performed("2026-03-12", Family.SI_INJECTION, "SI both", intent=Intent.DIAGNOSTIC))
    epidural = performed("2026-04-12", Family.EPIDURAL, "L4-L5", approach=Approach.INTERLAMINAR)
    history.add(patient_id, epidural)
    for row in eligibility.table(patient_id, clock.today()):
        assert booking.check(row.request).verdict.earliest == row.verdict.earliest


def test_that_the_table_is_copied_as_text(eligibility: EligibilityService, clock: FixedClock, patient_id: str) -> None:
    lines = eligibility.as_text(eligibility.table(patient_id, clock.today())).splitlines()
    assert lines[0] == "Facet diagnostic, lumbar: 0 of 4 used, Allowed, next today"
    assert len(lines) == len(LINES)


def test_that_a_patient_without_coverage_has_no_table_but_a_sentence(
    eligibility: EligibilityService, patients: PatientService, clock: FixedClock
) -> None:
    patient = patients.add(a_patient()).value
    with pytest.raises(InvalidEntryError, match="no coverage on file for Tue 11/24/2026"):
        eligibility.table(patient.id, clock.today())


def test_that_a_day_without_any_rule_still_lists_every_family(eligibility: EligibilityService, patient_id: str) -> None:
    assert len(eligibility.table(patient_id, date(2030, 1, 1))) == len(LINES)
