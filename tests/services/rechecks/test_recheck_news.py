"""What a re-check tells: was, is, because; what is news and until when; how it can be stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.fakes import FixedClock
from tests.fixtures import TODAY
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRequest
from tracker.domain.booking import BookingStatus
from tracker.domain.procedure import Family
from tracker.domain.verdict import Outcome
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services import Services
from tracker.services.assembly import assemble
from tracker.services.changes import Changes, Kind
from tracker.services.clinic_file.vault import DataKey
from tracker.services.rechecks.recheck_run import RecheckReport
from tracker.services.rechecks.recheck_scope import EVERYBODY, RecheckScope, scope_of
from tracker.services.transactions import Transactions
from tracker.storage.records import Act, Standing

DAY = TODAY + timedelta(9)
BLOCKS = ("2026-01-12", "2026-03-09", "2026-05-11", "2026-07-13")


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


@pytest.fixture
def services(transactions: Transactions, data_key: DataKey, catalog: PolicyCatalog, clock: FixedClock) -> Services:
    return assemble(transactions, data_key, catalog, clock, demo=False)


def add_patient(services: Services, last: str = "Whitaker", **coverage: object) -> str:
    patient = services.patients.add(a_patient(last=last)).value
    services.patients.add_coverage(patient.id, replace(a_coverage(), **coverage))
    return patient.id


def book(services: Services, patient_id: str, day: date = DAY) -> str:
    request = a_request(patient_id, day)
    return services.booking.book(request, services.booking.check(request).fingerprint).value.id


def add_blocks(services: Services, patient_id: str, count: int = 4) -> Changes:
    for day in BLOCKS[:count]:
        event = performed(day, Family.FACET_INJECTION, "L4-L5 right", relief_percent=85.0)
        changes = services.history.add(patient_id, event).changes
    return changes


def check(services: Services, changes: Changes) -> RecheckReport:
    return services.recheck.run(scope_of(changes))


def only(services: Services) -> Standing:
    (standing,) = services.recheck.news().values()
    return standing


def test_that_the_first_judging_is_no_news(services: Services) -> None:
    book(services, add_patient(services))

    report = services.recheck.all()

    assert (report.judged, len(report.flips), report.news) == (1, 1, ())
    assert services.recheck.news() == {}


def test_that_an_answer_that_turned_says_what_it_was_what_it_is_and_whose_act_it_was(services: Services) -> None:
    patient = add_patient(services)
    visit = book(services, patient)
    services.recheck.all()

    report = check(services, add_blocks(services, patient))

    told = only(services)
    assert [flip.now.booking_id for flip in report.news] == [visit]
    assert (told.was_outcome, told.was_headline) == (Outcome.ALLOWED, "Allowed on Thu 12/03/2026")
    assert (told.outcome, told.headline) == (Outcome.NOT_ALLOWED, "Not before Wed 01/13/2027")
    assert told.because.startswith("Injection added by Jo Diaz. At most 4 diagnostic facet sessions")


def test_that_what_stands_in_the_way_no_more_is_named(services: Services) -> None:
    patient = add_patient(services)
    book(services, patient)
    add_blocks(services, patient)
    services.recheck.all()
    first = services.patients.get(patient).events[-1]

    check(services, services.history.remove(patient, first.event.id, first.version, "Another patient's.").changes)

    told = only(services)
    assert told.was_outcome is Outcome.NOT_ALLOWED
    assert told.because.startswith("Injection taken out by Jo Diaz. No more: At most 4 diagnostic facet sessions")


def test_that_the_change_of_the_day_is_named_where_no_act_turned_the_answer(
    services: Services, clock: FixedClock, transactions: Transactions
) -> None:
    patient = add_patient(services, authorization_required=True)
    granted = Authorization(
        "A1", "medicare", AuthorizationStatus.APPROVED, AuthorizationKind.PAYER, end=TODAY + timedelta(19),
        lines=(AuthorizationLine("64493", 4),),
    )  # fmt: skip
    with transactions.writing() as uow:
        uow.requests.add(patient, granted, AuthorizationRequest())
        uow.commit(Act("add request", "authorization"))
    book(services, patient)
    services.recheck.all()

    clock.day += timedelta(6)
    services.recheck.all()

    told = only(services)
    assert (told.was_outcome, told.outcome) == (Outcome.ALLOWED, Outcome.CAUTION)
    assert told.because.startswith("It is 11/30/2026 now. A1 ends")


def test_that_news_stays_news_until_it_is_seen(services: Services) -> None:
    patient = add_patient(services)
    visit = book(services, patient)
    services.recheck.all()
    check(services, add_blocks(services, patient))
    services.recheck.all()
    assert list(services.recheck.news()) == [visit]

    services.recheck.mark_seen([visit])

    assert services.recheck.news() == {}
    services.recheck.all()
    assert services.recheck.news() == {}


def test_that_an_answer_that_is_back_where_it_was_seen_is_no_news(services: Services) -> None:
    patient = add_patient(services)
    book(services, patient)
    services.recheck.all()
    add_blocks(services, patient, 3)
    event = performed(BLOCKS[3], Family.FACET_INJECTION, "L4-L5 right", relief_percent=85.0)
    services.recheck.all()
    services.recheck.mark_seen(services.recheck.news())
    done = services.history.add(patient, event)
    check(services, done.changes)
    assert only(services).outcome is Outcome.NOT_ALLOWED

    assert done.undo is not None
    check(services, services.undo.undo(done.undo).changes)

    assert services.recheck.news() == {}


def test_that_a_second_change_still_tells_what_was_last_seen(services: Services) -> None:
    patient = add_patient(services)
    book(services, patient)
    services.recheck.all()
    check(services, add_blocks(services, patient))
    coverage = services.patients.get(patient).coverages[0]

    check(services, services.patients.change_coverage(patient, replace(coverage, payer="nobody-knows")).changes)

    told = only(services)
    assert (told.was_outcome, told.outcome) == (Outcome.ALLOWED, Outcome.UNKNOWN)
    assert told.because.startswith("Coverage changed by Jo Diaz.")


def test_that_moving_a_visit_is_no_news_to_whoever_moved_it(services: Services) -> None:
    patient = add_patient(services)
    visit = book(services, patient)
    add_blocks(services, patient)
    services.recheck.all()
    later = date(2027, 1, 13)
    seen = services.booking.check_move(visit, later)

    report = check(services, services.booking.move(visit, later, None, seen.fingerprint).changes)

    assert [flip.now.outcome for flip in report.flips] == [seen.tone]
    assert services.recheck.news() == {}


def test_that_acting_on_a_visit_sees_its_news(services: Services) -> None:
    patient = add_patient(services)
    visit = book(services, patient)
    services.recheck.all()
    check(services, add_blocks(services, patient))

    report = check(services, services.booking.set_status(visit, BookingStatus.CONFIRMED).changes)

    assert report.seen == 1
    assert services.recheck.news() == {}


def test_that_only_the_patients_of_a_change_are_judged(services: Services) -> None:
    patient, other = add_patient(services), add_patient(services, "Ruiz")
    book(services, patient)
    book(services, other)
    services.recheck.all()

    assert check(services, add_blocks(services, patient)).judged == 1
    assert scope_of(Changes.of(patient, Kind.EVENTS)) == RecheckScope(frozenset({patient}))
    for kind in (Kind.RULES, Kind.SETTINGS):
        assert scope_of(Changes.of(patient, kind)) == EVERYBODY
    assert scope_of(Changes.everything()) == EVERYBODY


def test_that_it_can_be_stopped_between_two_steps_and_goes_on_another_time(services: Services) -> None:
    for name in ("Ahn", "Berg", "Cole"):
        book(services, add_patient(services, name))
    run = services.recheck.begin(EVERYBODY)
    services.recheck.step(run, 2)

    assert (run.judged, run.total, run.finished) == (2, 3, False)
    assert services.recheck.run(EVERYBODY, cancelled=lambda: True).complete is False
    report = services.recheck.all()
    assert (report.judged, len(report.flips), report.complete) == (3, 1, True)


def test_that_progress_counts_visits(services: Services) -> None:
    for name in ("Ahn", "Berg"):
        book(services, add_patient(services, name))
    told: list[tuple[int, int]] = []

    services.recheck.all(lambda done, total: told.append((done, total)))

    assert told == [(2, 2)]


def test_that_taking_a_booking_back_takes_its_standing_along(services: Services) -> None:
    request = a_request(add_patient(services), DAY)
    done = services.booking.book(request, services.booking.check(request).fingerprint)
    services.recheck.all()

    assert done.undo is not None
    services.undo.undo(done.undo)

    assert services.recheck.all().judged == 0


def test_that_what_the_recheck_writes_is_no_act_and_cannot_be_undone(
    services: Services, transactions: Transactions
) -> None:
    patient = add_patient(services)
    book(services, patient)
    with transactions.reading() as uow:
        before = uow.acts.latest_id()

    services.recheck.all()

    with transactions.reading() as uow:
        assert uow.acts.latest_id() == before


def test_that_what_a_person_did_is_never_kept_without_its_act(transactions: Transactions) -> None:
    with pytest.raises(RuntimeError), transactions.writing() as uow:
        uow.patients.add(a_patient())
        uow.keep()


def test_that_visits_of_the_past_and_closed_ones_are_forgotten(services: Services, transactions: Transactions) -> None:
    patient = add_patient(services)
    visit = book(services, patient)
    services.recheck.all()
    services.booking.set_status(visit, BookingStatus.CANCELLED)

    services.recheck.all()

    with transactions.reading() as uow:
        assert uow.standings.find_many([visit]) == {}


def test_that_the_days_ahead_name_what_changed_even_of_later_visits(services: Services) -> None:
    patient = add_patient(services)
    visit = book(services, patient, TODAY + timedelta(45))
    services.recheck.all()
    assert services.schedule.next_days(TODAY) == ()

    check(services, add_blocks(services, patient))

    (row,) = services.schedule.next_days(TODAY)
    assert row.booking.id == visit
    assert row.news is not None
    assert row.news.was_outcome is Outcome.ALLOWED
