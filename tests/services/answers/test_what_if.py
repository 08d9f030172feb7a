"""What-ifs under the shipped rules: as if the facts were changed, and without a trace in the file."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.benchmarks.large_clinic import USER, StandingClock, write_clinic
from tests.builders import a_coverage, a_patient, a_request, a_site, performed
from tests.fakes import FixedClock
from tests.fixtures import CHEAP, TODAY
from tracker.domain.anatomy import LEVELS, Side
from tracker.domain.booking import BookingRequest, Elsewhere
from tracker.domain.coverage import Coverage
from tracker.domain.errors import InvalidEntryError, NotFoundError
from tracker.domain.event import EventStatus
from tracker.domain.procedure import Approach, Family, Intent, Sites, parse_sites
from tracker.domain.verdict import FindingCode, Outcome, Verdict
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services import Services
from tracker.services.answers.what_if import Alternatives, WhatIf
from tracker.services.answers.what_if_words import SAME, UNANSWERED, difference
from tracker.services.assembly import assemble
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.clinics import Clinics
from tracker.services.opening import open_services
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

DAY = date(2026, 12, 3)
OPENS = date(2027, 1, 13)
FOUR = ("2026-01-12", "2026-02-02", "2026-06-15", "2026-07-13")
EPIDURAL = {"family": Family.EPIDURAL, "intent": Intent.THERAPEUTIC, "approach": Approach.INTERLAMINAR}


@pytest.fixture(scope="session")
def catalog() -> PolicyCatalog:
    return load_catalog(resource_root())


@pytest.fixture
def services(transactions: Transactions, data_key: DataKey, catalog: PolicyCatalog, clock: FixedClock) -> Services:
    return assemble(transactions, data_key, catalog, clock, demo=False)


@pytest.fixture
def full(services: Services) -> str:
    """A patient with Medicare whose four lumbar blocks, all left, are used up until 13 January 2027."""
    added = services.patients.add(a_patient()).value
    services.patients.add_coverage(added.id, a_coverage())
    for day in FOUR:
        services.history.add(added.id, performed(day, relief_percent=90.0, relief_months=1.0))
    return added.id


@pytest.fixture
def asked(full: str) -> BookingRequest:
    return a_request(full, DAY, sites=("L4-L5 left",))


def labels(found: Alternatives) -> list[str]:
    return [each.label for each in found.others]


# --- what is suggested ------------------------------------------------------------------------------------------------


def test_that_the_present_answer_stands_beside_the_alternatives(services: Services, asked: BookingRequest) -> None:
    found = services.what_if.suggestions(asked)
    assert found.present is not None
    assert found.present.verdict == services.booking.check(asked).verdict
    assert found.present.request == asked
    assert labels(found) == [
        "On Wed 01/13/2027",
        "Right side only",
        "Both sides",
        "The patient pays",
        "As Facet IA L4-5 left",
    ]


def test_that_the_earliest_day_is_told_as_it_will_be(services: Services, asked: BookingRequest) -> None:
    first = services.what_if.suggestions(asked).others[0]
    assert first.request == replace(asked, day=OPENS)
    assert first.verdict == services.booking.check(replace(asked, day=OPENS)).verdict
    assert first.outcome <= Outcome.CAUTION
    assert "instead of not allowed" in first.difference


def test_that_no_earlier_day_is_suggested_where_the_day_asked_is_free(
    services: Services, asked: BookingRequest
) -> None:
    found = services.what_if.suggestions(replace(asked, day=OPENS))
    assert not any(each.what == WhatIf(day=OPENS) for each in found.others)


def test_that_a_day_on_which_the_clinic_is_closed_is_not_suggested(services: Services, asked: BookingRequest) -> None:
    services.clinic_settings.close_day(OPENS, "The roof")
    told = services.what_if.suggestions(asked)

    assert told.present is not None
    assert (told.present.verdict.earliest, told.present.first) == (OPENS, OPENS + timedelta(days=1))
    assert [each.what for each in told.others if each.what and each.what.day] == [WhatIf(day=OPENS + timedelta(days=1))]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (("L4-L5 both",), ["Left side only", "Right side only"]),
        (("L4-L5 right", "L5-S1 right"), ["Left side only", "Both sides"]),
        (("L4-L5 right", "L5-S1 left"), ["At L4-5 left, L5-S1 right"]),
    ],
)
def test_that_the_other_side_is_suggested(
    services: Services, full: str, sites: tuple[str, ...], expected: list[str]
) -> None:
    found = services.what_if.suggestions(a_request(full, OPENS, sites=sites))
    assert [each for each in labels(found) if "side" in each or each.startswith("At L")] == expected


def test_that_other_coverages_in_force_and_other_sites_are_suggested(services: Services, asked: BookingRequest) -> None:
    services.patients.add_coverage(asked.patient_id, Coverage("cigna", "PPO", order=2))
    services.patients.add_coverage(asked.patient_id, Coverage("aetna", "HMO", end=date(2020, 1, 1), order=3))
    services.desk.add_site(a_site(name="St. Anne Hospital", place_of_service="22"))
    found = labels(services.what_if.suggestions(asked))
    assert "With Cigna PPO" in found
    assert "At St. Anne Hospital (22)" in found
    assert not any("Aetna" in each for each in found)


def test_that_a_payer_of_the_patient_is_taken_from_file(services: Services, asked: BookingRequest) -> None:
    own = services.patients.add_coverage(asked.patient_id, Coverage("self-pay", order=2)).value
    found = services.what_if.ask(asked, WhatIf(self_pay=True))
    assert found.request == replace(asked, coverage_id=own.id)
    assert found.obstacle == ""


def test_that_each_other_way_of_an_epidural_is_suggested_with_the_sides_it_needs(services: Services, full: str) -> None:
    sites = parse_sites(("L4-L5",), Approach.INTERLAMINAR).targets
    found = services.what_if.suggestions(a_request(full, DAY, targets=sites, **EPIDURAL))
    ways = [each for each in labels(found) if each.startswith("As ")]
    assert ways == ["As TF epidural L4-5 left", "As TF epidural L4-5 right", "As Caudal epidural"]


def test_that_a_caudal_epidural_has_no_level_to_take_elsewhere(services: Services, full: str) -> None:
    found = services.what_if.suggestions(a_request(full, DAY, targets=(), **(EPIDURAL | {"approach": Approach.CAUDAL})))
    assert found.present is not None
    assert not any(each.startswith("As ") for each in labels(found))


def test_that_without_a_coverage_it_says_so_and_self_pay_still_has_its_answer(services: Services) -> None:
    patient = services.patients.add(a_patient()).value
    found = services.what_if.suggestions(a_request(patient.id, DAY))
    assert found.present is None
    assert found.refusal is not None
    assert "no coverage on file" in found.refusal.title
    (self_pay,) = [each for each in found.others if each.what == WhatIf(self_pay=True)]
    assert self_pay.outcome is Outcome.ALLOWED
    assert self_pay.difference.endswith(UNANSWERED)


def test_that_an_incomplete_request_is_refused_as_the_check_refuses_it(services: Services, full: str) -> None:
    for ask in (services.what_if.suggestions, services.booking.check):
        with pytest.raises(InvalidEntryError, match="Say where it goes"):
            ask(a_request(full, DAY, sites=()))


# --- single what-ifs, and what cannot be ------------------------------------------------------------------------------


def test_that_the_patient_paying_is_allowed_and_says_what_stands_in_the_way_of_taking_it(
    services: Services, asked: BookingRequest
) -> None:
    found = services.what_if.ask(asked, WhatIf(self_pay=True))
    assert found.label == "The patient pays"
    assert found.outcome is Outcome.ALLOWED
    assert found.request is None
    assert found.obstacle.startswith("Self-pay is not on file for this day.")
    assert found.difference == (
        "Allowed instead of not allowed; earliest 41 days sooner, Thu 12/03/2026; "
        "nothing is counted instead of 4 of 4 sessions used."
    )


@pytest.mark.parametrize("payer", ["commercial", "no such payer"])
def test_that_a_payer_without_rules_is_unknown_and_never_allowed(
    services: Services, asked: BookingRequest, payer: str
) -> None:
    found = services.what_if.ask(asked, WhatIf(payer=payer, plan="Riverbend PPO"))
    assert found.outcome is Outcome.UNKNOWN
    assert found.worst is not None
    assert found.worst.code is FindingCode.NO_POLICY
    assert found.next_text == "ask first"
    assert found.label.endswith("(not on file)")
    assert "earliest" not in found.difference
    assert "possible" not in found.difference


def test_that_the_same_sessions_count_on_the_other_side(services: Services, asked: BookingRequest) -> None:
    found = services.what_if.ask(asked, WhatIf(side=Side.RIGHT))
    assert found.request is not None
    assert [str(each) for each in found.request.targets] == ["L4-L5 right"]
    assert found.count == "4 of 4 sessions used"


def test_that_another_region_has_its_own_count(services: Services, asked: BookingRequest) -> None:
    found = services.what_if.ask(asked, WhatIf(sites=parse_sites(("C5-C6 left",))))
    assert found.label == "At C5-6 left"
    assert found.outcome <= Outcome.CAUTION
    assert found.difference.endswith("0 of 4 sessions used instead of 4 of 4; billed as 64490.")


def test_that_several_facts_may_differ_at_once(services: Services, asked: BookingRequest) -> None:
    found = services.what_if.ask(asked, WhatIf(day=OPENS, side=Side.BOTH, self_pay=True))
    assert found.label == "Both sides, the patient pays, on Wed 01/13/2027"
    assert found.outcome is Outcome.ALLOWED


def test_that_nothing_changed_is_the_same_answer(services: Services, asked: BookingRequest) -> None:
    found = services.what_if.ask(asked, WhatIf())
    assert found.verdict == services.booking.check(asked).verdict
    assert found.difference == SAME


NOWHERE = Sites(parse_sites(("SI left",)).targets)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (WhatIf(day=date(2016, 6, 30)), "no coverage on file for Thu 06/30/2016"),
        (WhatIf(day=date(1950, 1, 1)), "before the patient's birth"),
        (WhatIf(sites=NOWHERE), "is SI, which cannot be treated this way"),
        (WhatIf(sites=parse_sites(("L4-L5",))), "L4-5 needs a side"),
        (WhatIf(sites=Sites()), "Say where it goes"),
        (WhatIf(approach=Approach.CAUDAL), "not done that way"),
        (WhatIf(intent=Intent.THERAPEUTIC, approach=Approach.NERVE_ROOT), "not done that way"),
        (WhatIf(coverage_id="nobody's"), "not on file"),
        (WhatIf(site_id="nowhere"), "where it is to be done"),
    ],
)
def test_that_what_cannot_be_is_one_sentence(
    services: Services, asked: BookingRequest, what: WhatIf, words: str
) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        services.what_if.ask(asked, what)
    assert words in caught.value.sentence()


def test_that_a_coverage_that_is_not_in_force_is_refused(services: Services, asked: BookingRequest) -> None:
    old = services.patients.add_coverage(asked.patient_id, Coverage("aetna", end=date(2020, 1, 1), order=2)).value
    with pytest.raises(InvalidEntryError, match="not in force on Thu 12/03/2026"):
        services.what_if.ask(asked, WhatIf(coverage_id=old.id))


def test_that_a_side_is_refused_where_there_is_none(services: Services, full: str) -> None:
    midline = parse_sites(("L4-L5",), Approach.INTERLAMINAR).targets
    with pytest.raises(InvalidEntryError, match="has no side"):
        services.what_if.ask(a_request(full, DAY, targets=midline, **EPIDURAL), WhatIf(side=Side.LEFT))


def test_that_a_patient_who_is_not_on_file_is_not_found(services: Services) -> None:
    with pytest.raises(NotFoundError):
        services.what_if.suggestions(a_request("nobody", DAY))


def test_that_nerves_keep_their_names_on_the_other_side(services: Services, full: str) -> None:
    sites = parse_sites(("nerves L3 L4 L5 left",))
    asked = a_request(full, OPENS, targets=sites.targets, nerves=sites.nerves)
    found = services.what_if.ask(asked, WhatIf(side=Side.RIGHT))
    assert found.request is not None
    assert found.request.nerves == ("L3", "L4", "L5")
    assert {each.side for each in found.request.targets} == {Side.RIGHT}
    assert [each.level for each in found.request.targets] == [LEVELS["L4-L5"], LEVELS["L5-S1"]]


def test_that_a_visit_being_moved_does_not_count_against_itself_and_only_its_day_can_be_taken(
    services: Services, asked: BookingRequest
) -> None:
    first = replace(asked, day=OPENS)
    visit = services.booking.book(first, services.booking.check(first).fingerprint).value
    later = replace(first, day=OPENS + timedelta(days=7))
    moved = services.what_if.suggestions(later, moving=visit.id)
    assert moved.present is not None
    assert moved.present.verdict == services.booking.check_move(visit.id, later.day).verdict
    assert moved.present.verdict != services.booking.check(later).verdict
    assert all(each.request is None and "only its day" in each.obstacle for each in moved.others)
    on = services.what_if.ask(first, WhatIf(day=later.day), moving=visit.id)
    assert on.request == later


# --- the words of the difference --------------------------------------------------------------------------------------


def answer(outcome: Outcome, earliest: date | None, asked: date = DAY) -> Verdict:
    return Verdict(outcome, asked, earliest)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (answer(Outcome.ALLOWED, DAY), answer(Outcome.ALLOWED, DAY), SAME),
        (
            answer(Outcome.NOT_ALLOWED, OPENS),
            answer(Outcome.NOT_ALLOWED, OPENS - timedelta(days=1)),
            "Still not allowed; earliest 1 day sooner, Tue 01/12/2027.",
        ),
        (
            answer(Outcome.ALLOWED, DAY),
            answer(Outcome.NOT_ALLOWED, OPENS),
            "Not allowed instead of allowed; earliest 41 days later, Wed 01/13/2027.",
        ),
        (answer(Outcome.NOT_ALLOWED, OPENS), answer(Outcome.NOT_ALLOWED, None), "Still not allowed; no date helps."),
        (
            answer(Outcome.NOT_ALLOWED, None),
            answer(Outcome.NOT_ALLOWED, OPENS),
            "Still not allowed; possible from Wed 01/13/2027 on.",
        ),
        (answer(Outcome.NOT_ALLOWED, OPENS), answer(Outcome.UNKNOWN, DAY), "Cannot tell instead of not allowed."),
        (None, answer(Outcome.CAUTION, DAY), f"Allowed with a caution. {UNANSWERED}"),
    ],
)
def test_that_the_difference_is_told_in_a_sentence(before: Verdict | None, after: Verdict, words: str) -> None:
    assert difference(before, after, WhatIf()) == words


def test_that_another_day_is_not_told_again_as_the_earliest() -> None:
    told = difference(answer(Outcome.NOT_ALLOWED, OPENS), answer(Outcome.ALLOWED, DAY, DAY), WhatIf(day=DAY))
    assert told == "Allowed instead of not allowed."


# --- as if it were so -------------------------------------------------------------------------------------------------

CASES = 120
KINDS = (
    (Family.FACET_INJECTION, Intent.DIAGNOSTIC, Approach.MEDIAL_BRANCH, ("L4-L5 left", "L5-S1 both", "C5-C6 right")),
    (Family.FACET_ABLATION, None, None, ("L4-L5 left", "L4-L5 both", "C6-C7 right")),
    (Family.EPIDURAL, Intent.THERAPEUTIC, Approach.TRANSFORAMINAL, ("L4-L5 left", "L5-S1 right", "C6-C7 left")),
    (Family.SI_INJECTION, Intent.THERAPEUTIC, Approach.INTRA_ARTICULAR, ("SI left", "SI both")),
    (Family.TRIGGER_POINT, Intent.THERAPEUTIC, None, ()),
)
PAYERS = ("self-pay", "cigna", "aetna", "unitedhealthcare", "commercial", "medicare-advantage", "humana", "nobody")
Facts = Callable[[random.Random, Services, BookingRequest], WhatIf]

CHANGES: tuple[Facts, ...] = (
    lambda chance, services, asked: WhatIf(day=asked.day + timedelta(days=chance.randrange(-30, 400))),
    lambda chance, services, asked: WhatIf(side=chance.choice((Side.LEFT, Side.RIGHT, Side.BOTH))),
    lambda chance, services, asked: WhatIf(sites=parse_sites((chance.choice(("L3-L4 right", "C5-C6 both")),))),
    lambda chance, services, asked: WhatIf(approach=chance.choice(list(Approach))),
    lambda chance, services, asked: WhatIf(site_id=chance.choice(services.desk.sites()).id),
    lambda chance, services, asked: WhatIf(payer=chance.choice(PAYERS), plan="Elm"),
    lambda chance, services, asked: WhatIf(
        payer=chance.choice(PAYERS), plan="Elm", side=Side.LEFT, day=asked.day + timedelta(days=chance.randrange(60))
    ),
    lambda chance, services, asked: WhatIf(
        coverage_id=chance.choice([each.id for each in services.patients.get(asked.patient_id).coverages] or ["none"])
    ),
)


def some_request(chance: random.Random, patient_id: str) -> BookingRequest:
    family, intent, approach, places = chance.choice(KINDS)
    sites = parse_sites((chance.choice(places),)) if places else Sites()
    day = TODAY + timedelta(days=chance.randrange(200))
    elsewhere = chance.choice(list(Elsewhere))
    return BookingRequest(patient_id, family, day, intent, approach, sites.targets, elsewhere=elsewhere)


def changed_for_real(services: Services, asked: BookingRequest, what: WhatIf) -> Verdict:
    """Put the payer on file, ask the form's own question, and take the payer off again."""
    request = replace(
        asked,
        day=what.day or asked.day,
        targets=tuple(replace(each, side=what.side) for each in asked.targets) if what.side else asked.targets,
        approach=what.approach or asked.approach,
        site_id=what.site_id or asked.site_id,
        coverage_id=what.coverage_id or asked.coverage_id,
    )
    if what.sites is not None:
        request = replace(request, targets=what.sites.targets)
    if what.approach in (Approach.INTERLAMINAR, Approach.CAUDAL):
        levels = {target.level for target in asked.targets} if what.approach is Approach.INTERLAMINAR else set()
        found = sorted(replace(asked.targets[0], level=level, side=Side.MIDLINE) for level in levels)
        request = replace(request, targets=tuple(found))
    if not what.payer:
        return services.booking.check(request).verdict
    done = services.patients.add_coverage(asked.patient_id, Coverage(what.payer, what.plan, start=request.day))
    try:
        return services.booking.check(replace(request, coverage_id=done.value.id)).verdict
    finally:
        assert done.undo is not None
        services.undo.undo(done.undo)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, list[str]]]:
    folder = tmp_path_factory.mktemp("program") / "demo"
    services = Clinics(resource_root(), FixedClock(TODAY), costs=CHEAP).open_demo(folder)
    yield services, [hit.patient.id for letter in "abcdhkmrsw" for hit in services.patients.find(letter, 20)]
    services.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, list[str]]]:
    clinic, key, ids = write_clinic(tmp_path_factory.mktemp("large") / "clinic", 60)
    services = open_services(clinic, key, catalog=load_catalog(resource_root()), clock=StandingClock(), user=USER)
    yield services, ids
    services.close()


@pytest.mark.parametrize("clinic_name", ["demo", "large"])
def test_that_an_alternative_answers_as_the_check_does_once_the_facts_are_so(
    request: pytest.FixtureRequest, clinic_name: str
) -> None:
    services, ids = request.getfixturevalue(clinic_name)
    chance = random.Random(18)
    compared = 0
    for _ in range(CASES):
        asked = some_request(chance, chance.choice(ids))
        what = chance.choice(CHANGES)(chance, services, asked)
        try:
            found = services.what_if.ask(asked, what)
        except InvalidEntryError:
            continue
        assert found.verdict == changed_for_real(services, asked, what), (asked, what)
        compared += 1
    assert compared > CASES // 2


@pytest.mark.parametrize("clinic_name", ["demo", "large"])
def test_that_what_can_be_taken_over_answers_the_same_in_the_form(
    request: pytest.FixtureRequest, clinic_name: str
) -> None:
    services, ids = request.getfixturevalue(clinic_name)
    chance = random.Random(81)
    taken = 0
    for _ in range(CASES // 4):
        found = services.what_if.suggestions(some_request(chance, chance.choice(ids)))
        for each in (each for each in found.others if each.request is not None):
            assert services.booking.check(each.request).verdict == each.verdict, each.what
            taken += 1
    assert taken > CASES // 2


# --- without a trace --------------------------------------------------------------------------------------------------


class ReadOnly(Transactions):
    """Refuses to open what could be saved."""

    def writing(self) -> UnitOfWork:
        raise AssertionError("a what-if opened a writing unit of work")


def contents(folder: Path) -> dict[str, str]:
    """Return a mark of every file of the clinic, apart from the lock that SQLite's readers share."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".db-shm"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def version_seen(watcher: Database) -> int:
    """Return SQLite's own count of what others have saved, as this connection sees it."""
    with watcher.transaction(write=False) as connection:
        return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())


def counted(watcher: Database) -> dict[str, int]:
    """Return how many rows stand in every table."""
    with watcher.transaction(write=False) as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names}


def everything(services: Services, asked: BookingRequest) -> None:
    """Ask every kind of what-if, those that are refused too."""
    services.what_if.suggestions(asked)
    for what in (WhatIf(self_pay=True), WhatIf(payer="cigna", plan="PPO"), WhatIf(side=Side.BOTH), WhatIf(day=OPENS)):
        services.what_if.ask(asked, what)
    with pytest.raises(InvalidEntryError):
        services.what_if.ask(asked, WhatIf(sites=NOWHERE))


def test_that_a_what_if_leaves_no_trace_in_the_file(
    services: Services, asked: BookingRequest, clinic: ClinicFolder, data_key: DataKey
) -> None:
    watcher = Database.open(clinic.database, data_key.secret)
    try:
        before = version_seen(watcher), counted(watcher), contents(clinic.path)
        assert before[1]["act"] > 0
        everything(services, asked)
        assert (version_seen(watcher), counted(watcher), contents(clinic.path)) == before
        services.patients.add_coverage(asked.patient_id, a_coverage(order=2))
        assert version_seen(watcher) != before[0], "the watcher sees nothing"
        assert counted(watcher)["act"] == before[1]["act"] + 1
        assert contents(clinic.path) != before[2]
    finally:
        watcher.close()


def test_that_a_what_if_leaves_the_patient_and_the_counts_as_they_were(
    services: Services, asked: BookingRequest
) -> None:
    before = services.patients.get(asked.patient_id), services.booking.check(asked)
    everything(services, asked)
    assert (services.patients.get(asked.patient_id), services.booking.check(asked)) == before
    assert not [row for row in before[0].events if row.event.status is EventStatus.BOOKED]


def test_that_a_what_if_asks_for_nothing_that_could_be_saved(
    asked: BookingRequest, database: Database, data_key: DataKey, catalog: PolicyCatalog, clock: FixedClock
) -> None:
    everything(assemble(ReadOnly(database, clock, USER), data_key, catalog, clock, demo=False), asked)


def test_that_what_it_reads_with_cannot_be_saved(services: Services, full: str, transactions: Transactions) -> None:
    before = services.desk.settings()
    with transactions.reading() as uow:
        uow.clinic.set("clinic_name", "Changed by a reader")
        with pytest.raises(RuntimeError, match="cannot commit"):
            uow.commit(Act("what if", "booking"))
    assert services.desk.settings() == before
