"""The demo clinic: the same for the same day, of a believable size, every scripted situation answered as told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.fakes import FixedClock
from tests.fixtures import CHEAP, PASSWORD
from tracker.domain.booking import BookingRequest, Elsewhere
from tracker.domain.errors import VaultError
from tracker.domain.event import EventEvidence, Place
from tracker.domain.npi import check_npi
from tracker.domain.verdict import FindingCode, Outcome, Verdict
from tracker.paths import resource_root
from tracker.services import Services, demo
from tracker.services.clinic_file.vault import DEMO_PASSWORD, ClinicFolder, create_clinic, unlock
from tracker.services.clinics import Clinics
from tracker.services.demo_clinic import DemoClinic, build_demo
from tracker.services.demo_clinic.crowd import PLANS
from tracker.services.demo_clinic.kinds import KINDS
from tracker.storage.database import Database

TODAY = date(2026, 11, 24)
AWKWARD_DAYS = (date(2027, 2, 28), date(2028, 2, 29), date(2026, 11, 28), date(2026, 12, 31), date(2027, 1, 1))


@pytest.fixture(scope="module")
def built() -> DemoClinic:
    return build_demo(TODAY)


@pytest.fixture(scope="module")
def clinics() -> Clinics:
    return Clinics(resource_root(), FixedClock(TODAY), costs=CHEAP)


@pytest.fixture(scope="module")
def opened(clinics: Clinics, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    services = clinics.open_demo(tmp_path_factory.mktemp("program") / "demo")
    yield services
    services.close()


def ask(services: Services, last: str, kind: str, *targets: str, day: date = TODAY + timedelta(days=1)) -> Verdict:
    """Return what the desk is told about this procedure for the patient of that name."""
    (hit,) = services.patients.find(last)
    what = KINDS[kind]
    sites = what.sites(targets)
    request = BookingRequest(
        hit.patient.id, what.family, day, what.intent, what.approach, sites.targets, elsewhere=Elsewhere.NONE
    )
    return services.booking.check(request).verdict


def codes(verdict: Verdict) -> set[FindingCode]:
    return {finding.code for finding in verdict.findings}


# --- what it is made of -----------------------------------------------------------------------------------------------


def test_that_the_same_day_gives_the_same_clinic(built: DemoClinic) -> None:
    assert build_demo(TODAY) == built


def test_that_another_day_gives_the_same_people_at_other_dates(built: DemoClinic) -> None:
    tomorrow = build_demo(TODAY + timedelta(days=1))

    assert tomorrow != built
    assert [each.patient.name for each in tomorrow.patients[:30]] == [each.patient.name for each in built.patients[:30]]


def test_that_it_has_the_size_of_a_clinic(built: DemoClinic) -> None:
    assert len(built.patients) == 400
    assert 2_700 <= len(built.entries) <= 3_300
    assert len(built.upcoming) == 120


@pytest.mark.parametrize("today", AWKWARD_DAYS, ids=str)
def test_that_it_can_be_made_on_any_day(today: date) -> None:
    made = build_demo(today)

    assert len(made.patients) == 400
    assert len(made.upcoming) == 120
    assert all(entry.event.when.first <= today for each in made.patients for entry in each.entries
               if entry.event.id not in {booking.event.id for booking in each.bookings})  # fmt: skip


def test_that_every_payer_of_the_region_is_somebodys(built: DemoClinic, clinics: Clinics) -> None:
    known = {payer.id for payer in clinics.catalog().payers}
    used = {coverage.payer for each in built.patients for coverage in each.coverages}

    assert used <= known
    assert {plan.payer for plan in PLANS} <= used


def test_that_ids_are_given_once(built: DemoClinic) -> None:
    ids = [each.patient.id for each in built.patients] + [entry.event.id for entry in built.entries]
    numbers = [each.patient.mrn for each in built.patients]

    assert len(ids) == len(set(ids))
    assert len(numbers) == len(set(numbers))


def test_that_no_provider_is_at_two_places(built: DemoClinic) -> None:
    taken: set[tuple[str, date, object]] = set()
    for booking in built.upcoming:
        slot = (booking.provider_id, booking.day, booking.starts)
        assert slot not in taken
        taken.add(slot)


def test_that_names_are_of_every_kind(built: DemoClinic) -> None:
    names = [each.patient.name for each in built.patients]

    assert sum(not name.isascii() for name in names) > 30
    assert any("’" in name for name in names)
    assert any("-" in name for name in names)
    assert any(len(name) > 35 for name in names)
    assert any(not each.patient.first for each in built.patients)
    assert any(len(each.patient.first) == 1 for each in built.patients)
    assert len({(each.patient.last, each.patient.first) for each in built.patients}) < len(names)  # namesakes


def test_that_nobody_can_be_taken_for_a_real_person(built: DemoClinic) -> None:
    assert all(re.search(r"\) 555-01\d\d$", each.patient.phone) for each in built.patients)
    ids = [coverage.member_id for each in built.patients for coverage in each.coverages]
    assert all(
        number.startswith(("0EG", "DEMO", "1EG4-TE5-MK72")) for number in ids
    )  # the last is Medicare's own sample


def test_that_history_is_of_every_kind(built: DemoClinic) -> None:
    events = [entry.event for entry in built.entries]

    assert any(event.place is Place.ELSEWHERE for event in events)
    assert any(event.evidence is EventEvidence.PATIENT_REPORTED for event in events)
    assert any(not event.when.exact for event in events)
    assert {event.family for event in events} >= {what.family for what in KINDS.values()}
    assert any(entry.provenance.file for entry in built.entries)


# --- what it shows ----------------------------------------------------------------------------------------------------


def test_that_today_shows_every_kind_of_flag(opened: Services) -> None:
    rows = {row.patient.last: row for row in opened.schedule.day(TODAY).rows}

    assert len(rows) == 20
    assert {row.outcome for row in rows.values()} == set(Outcome)
    assert rows["Jensen"].headline == "Not before Wed 11/25/2026"
    assert rows["Ibarra"].outcome is Outcome.NEEDS_AUTHORIZATION
    assert rows["Moreno"].outcome is Outcome.NEEDS_AUTHORIZATION
    assert rows["Kowalski"].outcome is Outcome.UNKNOWN
    assert rows["Grant"].outcome is Outcome.CAUTION
    assert rows["Quinn"].booking.override is not None
    assert sum(row.outcome is Outcome.ALLOWED for row in rows.values()) >= 10


def test_that_every_reason_left_its_next_step_behind(opened: Services) -> None:
    tasks = {task.patient.last: task for task in opened.schedule.day(TODAY).tasks}

    assert {name: task.late for name, task in tasks.items()} == {"Quinn": True, "Diaz": True, "Vance": False}
    assert tasks["Vance"].due == TODAY
    assert "CALL 55812" in tasks["Diaz"].text


def test_that_the_star_waits_for_the_day_of_the_drawings(opened: Services) -> None:
    verdict = ask(opened, "Whitaker", "mbb", "L2-L3 right", "L3-L4 right", day=TODAY + timedelta(days=10))

    assert verdict.outcome is Outcome.NOT_ALLOWED
    assert verdict.earliest == date(2027, 1, 13)
    assert codes(ask(opened, "Whitaker", "rfa", "L4-L5 right", "L5-S1 right")) >= {FindingCode.PREREQUISITE}


def test_that_a_third_ablation_is_blocked_until_the_first_leaves_the_count(opened: Services) -> None:
    verdict = ask(opened, "Lindqvist", "rfa", "L4-L5 left", "L5-S1 left")

    assert verdict.outcome is Outcome.NOT_ALLOWED
    assert verdict.earliest is not None
    assert TODAY + timedelta(days=50) < verdict.earliest < TODAY + timedelta(days=80)


def test_that_the_last_epidural_is_said_to_be_the_last(opened: Services) -> None:
    assert ask(opened, "Beaumont", "il", "L5-S1").outcome is Outcome.CAUTION


def test_that_the_injection_elsewhere_makes_the_difference(opened: Services) -> None:
    assert codes(ask(opened, "Nakamura", "tf", "L4-L5 left")) >= {FindingCode.OVER_LIMIT}


def test_that_the_leap_day_counts_to_its_anniversary() -> None:
    """As of the last leap day's anniversary the first of four epidurals is still inside, the day after it is not."""
    asked = date(2029, 2, 20)
    made = build_demo(asked)
    leap = next(entry.event.when.first for entry in made.named("Bissett, Quentin").entries)

    assert leap == date(2028, 2, 29)
    assert len(made.named("Bissett, Quentin").entries) == 4


@pytest.mark.parametrize(
    ("last", "kind", "targets"),
    [("D’Angelo", "tf", ("L5-S1 right",)), ("Pham", "rfa", ("L3-L4 left", "L4-L5 left")),
     ("Ó Súilleabháin", "il", ("C7-T1",)), ("Sørensen", "il", ("L4-L5",))],
)  # fmt: skip
def test_that_what_nobody_knows_is_never_shown_as_allowed(
    opened: Services, last: str, kind: str, targets: tuple[str, ...]
) -> None:
    assert ask(opened, last, kind, *targets).outcome is Outcome.UNKNOWN


def test_that_three_levels_are_too_many_and_two_are_fine(opened: Services) -> None:
    name = "Featherstonehaugh"

    assert codes(ask(opened, name, "mbb", "C3-C4 both", "C4-C5 both", "C5-C6 both")) >= {FindingCode.TOO_MANY_LEVELS}
    assert FindingCode.TOO_MANY_LEVELS not in codes(ask(opened, name, "mbb", "C4-C5 both", "C5-C6 both"))


def test_that_every_coming_visit_has_the_answer_it_was_booked_under(opened: Services) -> None:
    rows = opened.schedule.next_days(TODAY, 60)

    assert len(rows) >= 100
    assert all(row.booking.verdict is not None for row in rows)


def test_that_the_crowd_is_booked_as_a_careful_desk_books(opened: Services) -> None:
    rows = opened.schedule.next_days(TODAY + timedelta(days=1), 60)
    medicare = [row for row in rows if row.coverage.startswith("Medicare")]

    assert not [row.patient.id for row in rows if row.outcome is Outcome.NOT_ALLOWED]
    assert not [row.patient.id for row in medicare if row.outcome is Outcome.UNKNOWN]
    assert sum(row.outcome is Outcome.ALLOWED for row in medicare) > 0.7 * len(medicare)


# --- where it is kept -------------------------------------------------------------------------------------------------


def test_that_it_is_encrypted_and_marked(opened: Services, clinics: Clinics, tmp_path: Path) -> None:
    services = clinics.open_demo(tmp_path / "demo")
    services.close()

    assert opened.clinic.demo
    raw = ClinicFolder(tmp_path / "demo").database.read_bytes()
    assert b"SQLite format 3" not in raw
    assert b"Whitaker" not in raw


def test_that_it_is_kept_for_the_day_and_made_anew_on_the_next(clinics: Clinics, tmp_path: Path) -> None:
    clock = FixedClock(TODAY)
    mine = Clinics(resource_root(), clock, costs=CHEAP)
    services = mine.open_demo(tmp_path / "demo")
    (hit,) = services.patients.find("Beaumont")
    services.patients.change(type(hit.patient)(**{**fields_of(hit.patient), "phone": "(859) 555-0199"}))
    services.close()

    again = mine.open_demo(tmp_path / "demo")
    kept = again.patients.find("Beaumont")[0].patient.phone
    again.close()
    clock.day = TODAY + timedelta(days=1)
    fresh = mine.open_demo(tmp_path / "demo")
    anew = fresh.patients.find("Beaumont")[0].patient.phone
    fresh.close()

    assert kept == "(859) 555-0199"
    assert anew != kept
    assert demo.made_on(tmp_path / "demo") == clock.day


def fields_of(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}  # type: ignore[attr-defined]


def test_that_a_damaged_demo_is_made_anew(clinics: Clinics, tmp_path: Path) -> None:
    clinics.open_demo(tmp_path / "demo").close()
    for spoiled in (ClinicFolder(tmp_path / "demo").keys, ClinicFolder(tmp_path / "demo").database):
        spoiled.write_bytes(b"spoiled")
        services = clinics.open_demo(tmp_path / "demo")
        assert len(services.patients.find("Whitaker")) == 1
        services.close()


def test_that_a_real_clinic_is_never_replaced(clinics: Clinics, tmp_path: Path) -> None:
    create_clinic(tmp_path / "demo", PASSWORD, "Jo Diaz", costs=CHEAP).wipe()
    before = ClinicFolder(tmp_path / "demo").database.read_bytes()

    with pytest.raises(VaultError, match="not the demo"):
        clinics.open_demo(tmp_path / "demo")

    assert ClinicFolder(tmp_path / "demo").database.read_bytes() == before
    unlock(ClinicFolder(tmp_path / "demo"), PASSWORD).wipe()


def test_that_a_real_clinic_in_a_folder_of_that_name_is_not_called_a_demo(clinics: Clinics, tmp_path: Path) -> None:
    create_clinic(tmp_path / "demo", PASSWORD, "Jo Diaz", costs=CHEAP).wipe()

    services = clinics.open(tmp_path / "demo", PASSWORD)

    assert not services.clinic.demo
    services.close()


def test_that_what_was_left_of_a_cut_off_making_is_no_hindrance(clinics: Clinics, tmp_path: Path) -> None:
    beside = tmp_path / "demo.making"
    beside.mkdir()
    create_clinic(beside, DEMO_PASSWORD, "Demo Desk", costs=CHEAP).wipe()

    services = clinics.open_demo(tmp_path / "demo")

    assert services.clinic.demo
    assert not beside.exists()
    services.close()


def test_that_the_demo_opens_with_the_newest_schema_only(clinics: Clinics, tmp_path: Path) -> None:
    """A demo that a newer program made is nobody's data: it is made anew."""
    clinics.open_demo(tmp_path / "demo").close()
    folder = ClinicFolder(tmp_path / "demo")
    key = unlock(folder, DEMO_PASSWORD)
    newer = Database.open(folder.database, key.secret)
    with newer.transaction(write=True) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    newer.close()

    services = clinics.open_demo(tmp_path / "demo")

    assert len(services.patients.find("Whitaker")) == 1
    services.close()


def test_that_two_requests_wait_on_the_pinboard_one_for_a_day_and_one_for_any(opened: Services) -> None:
    rows = opened.pinboard.list().rows

    assert [row.patient.last for row in rows] == ["Lindqvist", "Beaumont"]
    assert rows[0].when.startswith("from ")
    assert rows[1].when == "any day"


def test_that_requests_of_the_demo_name_a_site_and_a_provider_whose_npi_proves(opened: Services) -> None:
    sites = {site.id for site in opened.desk.sites()}
    npis = {provider.id: provider.npi for provider in opened.desk.providers()}
    records = [row.record.request for row in opened.worklist.page("is:open").rows]

    assert records
    assert {request.site_id for request in records} <= sites
    assert all(check_npi(npis[request.rendering_provider_id]) for request in records)


def test_that_a_rule_of_the_demo_clinic_is_told_to_count_wrongly_with_the_visits_that_say_so(opened: Services) -> None:
    wrong = {(view.policy, view.rule.id): view for view in opened.library.look().rules if view.count_wrong}
    assert list(wrong) == [("medicare-epidural", "epidural-sessions")]
    (view,) = wrong.values()
    visits = opened.library.visits_of(view)

    assert (view.overridden.wrong, view.overridden.count) == (3, 3)
    assert {visit.patient.last for visit in visits} == {"Haddix", "Cassidy", "Imhoff"}
    assert all(visit.booking.override and visit.booking.override.text for visit in visits)
