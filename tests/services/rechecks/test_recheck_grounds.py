"""Whose visits a re-check leaves alone, and that none of them would have come out another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.fakes import FixedClock
from tests.fixtures import TODAY
from tests.services.rechecks.changing_clinic import CHANGES, ChangingClinic, fill
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRequest
from tracker.domain.booking import Override, OverrideReason
from tracker.domain.event import PartialDate
from tracker.domain.procedure import Family
from tracker.domain.proposal import Case
from tracker.domain.verdict import Outcome, Verdict
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services import Services
from tracker.services.answers.standing_words import Kept
from tracker.services.assembly import assemble
from tracker.services.clinic_file.vault import DataKey
from tracker.services.rechecks import recheck_grounds
from tracker.services.rechecks.recheck_screen import RecheckScreen
from tracker.services.rule_library.base_book import BaseBook
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.storage.coming_chart import ComingChart
from tracker.storage.database import Database
from tracker.storage.records import Act

DAYS = 60


class CountingRules(RulesInForce):
    """The rules, and the payers of the visits that re-checks judged by them."""

    def __init__(self, shipped: PolicyCatalog) -> None:
        super().__init__(shipped)
        self.asked: list[str] = []

    def judged_by(self, services: Services) -> list[str]:
        """Return the payers of the visits that a re-check of everything judges."""
        self.asked.clear()
        services.recheck.all()
        return sorted(self.asked)


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


@pytest.fixture
def rules(catalog: PolicyCatalog, monkeypatch: pytest.MonkeyPatch) -> CountingRules:
    """Every visit that is judged passes the screen first."""
    counting, plain = CountingRules(catalog), RecheckScreen.as_before

    def as_before(screen: RecheckScreen, chart: ComingChart, stood: Mapping[str, Kept | None]) -> set[str]:
        counting.asked += [chart.coverages[0][0]] * len(stood)
        return plain(screen, chart, stood)

    monkeypatch.setattr(RecheckScreen, "as_before", as_before)
    return counting


@pytest.fixture
def services(
    transactions: Transactions, data_key: DataKey, catalog: PolicyCatalog, clock: FixedClock, rules: CountingRules
) -> Services:
    return assemble(transactions, data_key, catalog, clock, demo=False, rules=rules)


@pytest.fixture
def changing(
    services: Services, transactions: Transactions, clock: FixedClock, database: Database, rules: CountingRules
) -> ChangingClinic:
    random = Random(1)
    fill(transactions, random, 40)
    services.recheck.all()
    return ChangingClinic(services, transactions, rules, database, clock, random)


def book(services: Services, payer: str = "medicare", day: date = TODAY + timedelta(9), **coverage: object) -> str:
    patient = services.patients.add(a_patient(last="Whitaker")).value.id
    services.patients.add_coverage(patient, replace(a_coverage(payer=payer), **coverage))
    book_on(services, patient, day)
    return patient


def book_on(services: Services, patient: str, day: date) -> None:
    request = a_request(patient, day)
    answer = services.booking.check(request)
    if answer.tone > Outcome.CAUTION:
        services.booking.override(request, answer.fingerprint, Override(OverrideReason.URGENT, "Pain", "Dr. Lee"))
    else:
        services.booking.book(request, answer.fingerprint)


def approve(transactions: Transactions, patient: str, end: date, decided: date | None = None) -> None:
    granted = Authorization(
        "A1", "medicare", AuthorizationStatus.APPROVED, AuthorizationKind.PAYER, decided=decided, end=end,
        lines=(AuthorizationLine("64493", 4),),
    )  # fmt: skip
    with transactions.writing() as uow:
        uow.requests.add(patient, granted, AuthorizationRequest())
        uow.commit(Act("add request", "authorization"))


def with_another_title(catalog: PolicyCatalog, payer: str, family: Family = Family.FACET_INJECTION) -> PolicyCatalog:
    """Return the book with a change in the payer's policy of a family that turns no answer."""
    found = catalog.payer(payer)
    assert found is not None
    own = [each for each in catalog.policies if each.rules == found.rules and not each.beside]
    concerned = [each for each in own if family in each.families]
    assert concerned
    policies = (replace(each, title=f"{each.title}.") if each in concerned else each for each in catalog.policies)
    return replace(catalog, policies=tuple(policies))


def test_that_days_go_by_without_leaving_out_a_visit_that_turns(changing: ChangingClinic, rules: CountingRules) -> None:
    """Every day, all over: what was recorded is what judging everything anew gives, though few were judged."""
    turned, asked = 0, 0
    for _ in range(DAYS):
        changing.clock.day += timedelta(1)
        rules.asked.clear()
        turned += len([flip for flip in changing.services.recheck.all().flips if flip.was is not None])
        asked += len(rules.asked)
        assert changing.recorded() == changing.stands(), changing.clock.day

    assert turned > 0
    assert asked < 10 * DAYS  # of about 40 to 80 each day


def test_that_changes_and_days_together_leave_out_no_visit_that_turns(changing: ChangingClinic) -> None:
    changes = [change for kinds in CHANGES.values() for change in kinds]
    for _ in range(2 * len(changes)):
        for change in changing.random.sample(changes, 3):
            change(changing)
        changing.clock.day += timedelta(changing.random.choice((0, 0, 1, 3)))
        changing.services.recheck.all()
        assert changing.recorded() == changing.stands()


def test_that_an_eye_shut_to_the_day_would_be_found_out(
    services: Services, transactions: Transactions, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(transactions, book(services, authorization_required=True), end=TODAY + timedelta(17))
    with monkeypatch.context() as patched:
        patched.setattr(recheck_grounds, "next_soon", lambda *_: None)
        services.recheck.all()
        clock.day += timedelta(5)
        assert services.recheck.all().flips == ()

    monkeypatch.setattr(recheck_grounds, "__version__", "99.0")  # judges everything
    (flip,) = services.recheck.all().flips
    assert flip.now.outcome is Outcome.CAUTION


def test_that_nothing_is_judged_where_nothing_changed(services: Services, rules: CountingRules) -> None:
    book(services)

    first = rules.judged_by(services)

    assert (first, rules.judged_by(services)) == (["medicare"], [])


def test_that_a_visit_left_alone_counts_as_looked_at(services: Services) -> None:
    book(services)
    services.recheck.all()

    assert services.recheck.all().judged == 1


def test_that_a_new_day_by_itself_has_nothing_judged(
    services: Services, rules: CountingRules, clock: FixedClock
) -> None:
    patient = book(services)
    services.history.add(patient, performed("2026-08-14", Family.FACET_INJECTION, "L4-L5 right"))
    rules.judged_by(services)

    clock.day += timedelta(1)

    assert rules.judged_by(services) == []


def test_that_an_approval_has_its_visits_judged_on_the_day_on_which_its_end_comes_near(
    services: Services, transactions: Transactions, rules: CountingRules, clock: FixedClock
) -> None:
    approve(transactions, book(services, authorization_required=True), end=TODAY + timedelta(17))
    rules.judged_by(services)
    judged = []

    for _ in range(6):
        clock.day += timedelta(1)
        judged.append(rules.judged_by(services))

    assert judged == [[], [], ["medicare"], [], [], []]  # 14 days before its last one


def test_that_what_was_done_on_a_day_not_known_has_visits_judged_each_day_until_all_its_days_are_past(
    services: Services, rules: CountingRules, clock: FixedClock
) -> None:
    patient = book(services)
    done = performed("2026-11-01", Family.FACET_INJECTION, "L4-L5 right")
    services.history.add(patient, replace(done, when=PartialDate(TODAY - timedelta(20), TODAY + timedelta(2))))
    rules.judged_by(services)
    judged = []

    for _ in range(4):
        clock.day += timedelta(1)
        judged.append(rules.judged_by(services))

    assert judged == [["medicare"], ["medicare"], [], []]


def test_that_only_visits_of_a_payer_whose_rules_changed_are_judged(services: Services, rules: CountingRules) -> None:
    for payer in ("medicare", "cigna", "aetna"):
        book(services, payer)
    rules.judged_by(services)

    rules.use(BaseBook(with_another_title(rules.catalog, "cigna")))

    assert (rules.judged_by(services), rules.judged_by(services)) == (["cigna"], [])


def test_that_rules_about_another_procedure_have_nothing_judged(services: Services, rules: CountingRules) -> None:
    """Unless the patient has anything of that kind on file."""
    patient = book(services)
    services.history.add(patient, performed("2026-08-14", Family.EPIDURAL, "L4-L5 right"))
    rules.judged_by(services)

    rules.use(BaseBook(with_another_title(rules.catalog, "medicare", Family.TRIGGER_POINT)))
    others = rules.judged_by(services)
    rules.use(BaseBook(with_another_title(rules.catalog, "medicare", Family.EPIDURAL)))

    assert (others, rules.judged_by(services)) == ([], ["medicare"])


def test_that_rules_read_anew_that_say_the_same_have_nothing_judged(services: Services, rules: CountingRules) -> None:
    book(services)
    rules.judged_by(services)

    rules.use(BaseBook(load_catalog(resource_root())))

    assert rules.judged_by(services) == []


def test_that_another_version_of_the_program_judges_everything(
    services: Services, rules: CountingRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(services)
    rules.judged_by(services)

    monkeypatch.setattr(recheck_grounds, "__version__", "99.0")

    assert rules.judged_by(services) == ["medicare"]


def test_that_a_visit_added_to_a_patient_has_all_of_the_patients_judged(
    services: Services, rules: CountingRules
) -> None:
    patient = book(services)
    rules.judged_by(services)

    book_on(services, patient, TODAY + timedelta(60))

    assert rules.judged_by(services) == ["medicare", "medicare"]


def test_that_rules_replaced_while_visits_are_judged_leave_them_to_be_judged_again(
    services: Services, rules: CountingRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(services)
    plain = rules.judge

    def judge_while_another_book_comes(case: Case) -> Verdict:
        rules.use(BaseBook(replace(rules.catalog)))
        return plain(case)

    with monkeypatch.context() as patched:
        patched.setattr(rules, "judge", judge_while_another_book_comes)
        services.recheck.all()

    assert rules.judged_by(services) == ["medicare"]


def test_that_patients_with_like_events_share_one_kind_that_reads_as_the_columns_did(
    services: Services, transactions: Transactions
) -> None:
    owners = [book(services), book(services)]
    with transactions.reading() as uow:
        fresh = {owner: ComingChart.of(found) for owner, found in uow.coming.records(owners, TODAY).items()}

    services.recheck.all()

    with transactions.reading() as uow:
        charts = {owner: stood.chart for owner, stood in uow.coming.stood(owners, TODAY).items()}
        assert charts[owners[0]].kinds == charts[owners[1]].kinds
        columns = uow.coming.kinds(kind for kind in charts[owners[0]].kinds if isinstance(kind, int))
    for owner in owners:
        assert charts[owner]._replace(kinds=list(columns.values())) == fresh[owner]
