"""Reports over what a desk really does: visits are booked, flagged, moved; units granted; claims denied."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.fakes import FixedClock
from tests.fixtures import TODAY, clinic, clinic_template, clock, data_key, database, transactions
from tests.ui.requests import approved
from tests.ui.visits import override
from tracker.domain.booking import BookingStatus, OverrideReason
from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.procedure import Family
from tracker.domain.verdict import Outcome
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services import Services
from tracker.services.assembly import assemble
from tracker.services.audit.audit import AuditFilter
from tracker.services.clinic_file.vault import DataKey
from tracker.services.reports.pace import ReportCancelledError
from tracker.services.reports.service import Way
from tracker.services.reports.shape import Answered, Report
from tracker.services.reports.turnaround import business_days, percentile
from tracker.services.transactions import Transactions

__all__ = ["clinic", "clinic_template", "clock", "data_key", "database", "transactions"]

DAY = TODAY + timedelta(9)
BLOCKS = ("2026-01-12", "2026-03-09", "2026-05-11", "2026-07-13")
FREE = date(2027, 1, 13)


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


@pytest.fixture
def services(transactions: Transactions, data_key: DataKey, catalog: PolicyCatalog, clock: FixedClock) -> Services:
    return assemble(transactions, data_key, catalog, clock, demo=False)


def a_booked(services: Services, last: str = "Whitaker") -> tuple[str, str]:
    patient = services.patients.add(a_patient(last=last)).value
    services.patients.add_coverage(patient.id, a_coverage())
    request = a_request(patient.id, DAY)
    booking = services.booking.book(request, services.booking.check(request).fingerprint).value
    services.recheck.all()
    return patient.id, booking.id


def add_blocks(services: Services, patient_id: str) -> None:
    for day in BLOCKS:
        services.history.add(patient_id, performed(day, Family.FACET_INJECTION, "L4-L5 right", relief_percent=85.0))
    services.recheck.all()


def made(services: Services, report_id: str, **typed: str) -> Report:
    kind = next(each for each in services.reports.kinds() if each.id == report_id)
    first = {each.id: each.first(services.clock.today()) for each in kind.parameters}
    return services.reports.make(report_id, services.reports.read(report_id, first | typed))


def became(services: Services) -> list[object]:
    return [row[5] for row in made(services, "denials-avoided").rows]


def test_that_a_flag_that_a_recheck_raised_is_avoided_by_moving_the_visit(services: Services) -> None:
    patient_id, booking_id = a_booked(services)
    assert became(services) == []

    add_blocks(services, patient_id)
    assert became(services) == ["Still flagged, to come"]

    answer = services.booking.check_move(booking_id, FREE)
    services.booking.move(booking_id, FREE, None, answer.fingerprint)
    services.recheck.all()
    assert became(services) == ["Moved to a day that fits"]
    (row,) = made(services, "denials-avoided").rows
    assert row[:3] == (TODAY, "Whitaker, Doris M.", date(1951, 7, 2))
    assert row[4] == Answered("Not before Wed 01/13/2027", Outcome.NOT_ALLOWED)
    assert row[6] == FREE


def test_that_a_flag_that_went_away_before_the_visit_is_avoided_too(services: Services) -> None:
    patient_id, _booking_id = a_booked(services)
    done = [
        services.history.add(patient_id, performed(day, Family.FACET_INJECTION, "L4-L5 right", relief_percent=85.0))
        for day in BLOCKS
    ]
    services.recheck.all()
    assert became(services) == ["Still flagged, to come"]
    assert done[-1].undo is not None
    services.undo.undo(done[-1].undo)
    services.recheck.all()
    assert became(services) == ["Cleared before the visit"]


def test_that_a_visit_called_off_is_no_denial_avoided(services: Services) -> None:
    patient_id, booking_id = a_booked(services)
    add_blocks(services, patient_id)
    services.booking.set_status(booking_id, BookingStatus.CANCELLED)
    assert became(services) == ["Called off or missed"]
    assert made(services, "denials-avoided").totals[5] == "0 of 1 flag avoided a denial"


def test_that_a_visit_that_was_done_as_flagged_went_ahead(services: Services, clock: FixedClock) -> None:
    patient_id, booking_id = a_booked(services)
    add_blocks(services, patient_id)
    clock.day = DAY
    services.booking.set_status(booking_id, BookingStatus.DONE)
    assert became(services) == ["Went ahead as flagged"]


def test_that_undoing_a_booking_takes_its_flags_along(services: Services) -> None:
    patient = services.patients.add(a_patient()).value
    services.patients.add_coverage(patient.id, a_coverage())
    request = a_request(patient.id, DAY)
    done = services.booking.book(request, services.booking.check(request).fingerprint)
    add_blocks(services, patient.id)
    assert became(services) == ["Still flagged, to come"]
    assert done.undo is not None
    services.undo.undo(done.undo)
    assert became(services) == []


def test_that_units_left_are_those_that_no_visit_has_used_or_booked(services: Services) -> None:
    approved(services, "Bell", "A2", TODAY - timedelta(30), TODAY + timedelta(12))
    approved(services, "Ruiz", "A3", TODAY - timedelta(30), TODAY + timedelta(90))
    report = made(services, "unused-units")
    assert [(row[1], row[5], *row[6:10]) for row in report.rows] == [
        ("A2", "64635", 1, 0, 0, 1),
        ("A2", "64636", 2, 0, 0, 2),
    ]
    assert report.totals[6:10] == (3, 0, 0, 3)
    assert len(made(services, "unused-units", to="+90").rows) == 4
    assert not made(services, "unused-units", to="+11").rows


def test_that_an_override_is_followed_to_its_denial(services: Services) -> None:
    visits = [override(services, last, reason=OverrideReason.NOT_PERFORMED) for last in ("Quinn", "Bell")]
    for visit in visits:
        services.booking.set_status(visit.id, BookingStatus.DONE)
    services.denials.add(ClaimDenial(visits[0].event.id, TODAY, "151", cents=20_000))
    report = made(services, "overrides")
    rows = {row[0]: row for row in report.rows}
    assert rows["Reason"][2:7] == rows["Person"][2:7] == report.totals[2:7] == (2, 2, 1, 0.5, 1.0)
    assert rows["Rule"][2:] == (2, 2, 1, 0.5, 1.0, "Rule or data is wrong")
    assert "At most 4 epidural sessions" in rows["Rule"][1]
    assert not made(services, "overrides", to="-1").rows


def test_that_taking_a_report_out_is_put_on_record_and_making_one_is_not(services: Services) -> None:
    before = services.audit.page(_every()).count
    report = made(services, "overrides")
    assert services.audit.page(_every()).count == before
    services.reports.taken_out(report.id, Way.PDF)
    (row, *_rest) = services.audit.page(_every()).rows
    assert row.what == "Report saved as PDF"


def test_that_a_report_that_is_called_off_stops_and_leaves_nothing(services: Services) -> None:
    a_booked(services)
    asked = services.reports.read("schedule-ahead", {"first": "t", "days": "300"})
    heard: list[tuple[int, int]] = []
    with pytest.raises(ReportCancelledError):
        services.reports.make(
            "schedule-ahead", asked, lambda done, total: heard.append((done, total)), lambda: len(heard) > 2
        )
    assert heard == [(0, 300), (1, 300), (2, 300)]


def test_that_a_spreadsheet_says_clinic_parameters_who_when_and_phi(services: Services, tmp_path: Path) -> None:
    a_booked(services, "=cmd()")
    report = made(services, "schedule-ahead")
    services.reports.save(report, tmp_path / "x.xlsx")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows() for cell in row]
    texts = [str(cell.value) for cell in cells if cell.value is not None]
    for wanted in ("Schedule ahead", "Bluegrass Spine & Pain", "Tue 11/24/2026", "14", "Jo Diaz"):
        assert wanted in texts
    assert any("PHI" in text for text in texts)
    assert any(text.startswith("=cmd()") for text in texts)
    assert "f" not in {cell.data_type for cell in cells}
    assert "'=cmd()" in services.reports.text(report)


@pytest.mark.parametrize(
    ("values", "part", "expected"),
    [
        ([5], 0.9, 5),
        (list(range(1, 11)), 0.9, 9),
        (list(range(1, 12)), 0.9, 10),
        ([1, 1, 1, 9], 0.9, 9),
        ([2, 1], 0.5, 1),
    ],
)
def test_that_a_percentile_is_the_nearest_rank(values: list[int], part: float, expected: int) -> None:
    assert percentile(values, part) == expected


@pytest.mark.parametrize(
    ("after", "until", "expected"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 25), date(2026, 11, 27), 1),  # Thanksgiving between
        (date(2026, 12, 31), date(2027, 1, 4), 1),  # New Year's Day and a weekend
    ],
)
def test_that_business_days_leave_out_weekends_and_holidays(after: date, until: date, expected: int) -> None:
    assert business_days(after, until) == expected


def _every() -> AuditFilter:
    return AuditFilter()
