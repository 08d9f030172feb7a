"""The screen of the re-check over whole records: several coverages, approvals and later visits among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tests.rules.asking import done, question, rules
from tests.rules.histories import a_case
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.booking import BookingStatus, Elsewhere
from tracker.domain.coverage import Coverage
from tracker.domain.errors import TrackerError
from tracker.domain.event import Event, EventStatus, PartialDate
from tracker.domain.proposal import Case
from tracker.domain.verdict import Verdict
from tracker.rules import evaluate
from tracker.rules.coding import derive_codes
from tracker.rules.doubts import has_open_facts
from tracker.services.answers.charts import ANNIVERSARY_FREE, CaseFacts, ClinicFacts, request_of
from tracker.services.answers.judging import judge_request
from tracker.services.answers.standing_words import Kept, as_kept
from tracker.services.rechecks.recheck_screen import RecheckScreen
from tracker.storage.coming_chart import ComingChart
from tracker.storage.coming_records import ComingRecords
from tracker.storage.mappers import SEPARATOR, event_values

COUNT, CHUNKS = 1500, 5
FOUR = ("2026-01-12", "2026-03-02", "2026-05-15", "2026-07-13")
BORN, VISIT, SITE = date(1960, 1, 1), "visit", "site"
COLUMNS = (
    "family", "status", "intent", "approach", "targets", "nerves", "region", "payer", "place", "evidence",
    "relief_percent", "relief_months", "place_of_service", "body_regions", "kx_claimed",
)  # fmt: skip


def a_patient_case(seed: int, payers: list[str]) -> Case:
    """Return a question of a patient with one to three coverages, two times of three with nothing open before it."""
    random = Random(seed)
    case = a_case(random, payers)
    history = tuple(each for each in case.history if seed % 3 == 0 or not has_open_facts(each, sides_matter=True))
    if random.random() < 0.5:
        history = tuple(replace(each, payer=None) for each in history)
    approvals = tuple(an_approval(random, case, number) for number in range(random.choice((0, 0, 0, 1, 2))))
    return replace(case, coverages=some_coverages(random, case, payers), history=history, authorizations=approvals)


def some_coverages(random: Random, case: Case, payers: list[str]) -> tuple[Coverage, ...]:
    """Return some whose orders are alike or not, whose days meet, overlap or leave gaps, as the query reads them."""
    own = case.coverages[-1]
    found = []
    for number in range(random.choice((1, 2, 2, 3, 3))):
        own_payer = number == 0 or random.random() < 0.1
        payer = own.payer if own_payer else random.choice([*payers, "commercial"])
        open_, days = (None,) * (2 if number == 0 else 6), some_days(random, case)
        begin, end = random.choice((*open_, *days)), random.choice((None, *open_, *days))
        if begin and end and end < begin:
            begin, end = end, begin
        plan, required = random.choice((own.plan, "", "Gold PPO")), random.choice((None, None, True, False))
        order = random.choice((1, number + 1, min(number, 1) + 1))
        found.append(Coverage(payer, plan, begin, end, order, required, id=f"c{number}"))
    return tuple(sorted(found, key=lambda each: (each.order, each.id)))


def some_days(random: Random, case: Case) -> list[date]:
    """Return days beside those on which something is done or asked."""
    near = [case.proposal.day, *(each.when.first for each in case.history)]
    return [random.choice(near) + timedelta(random.choice((-400, -30, -1, 0, 0, 1, 30))) for _ in range(2)]


def an_approval(random: Random, case: Case, number: int) -> Authorization:
    """Return one that may cover the visit, mostly granted for what is asked."""
    codes = [line.code for line in derive_codes(case.proposal, case.site, rules().codes)]
    lines = tuple(AuthorizationLine(code, random.choice((None, None, 0, 2))) for code in codes)
    status = random.choice((AuthorizationStatus.APPROVED, AuthorizationStatus.APPROVED, *AuthorizationStatus))
    kind = random.choice((AuthorizationKind.PAYER, AuthorizationKind.PAYER, *AuthorizationKind))
    start = case.as_of - timedelta(days=random.randrange(90))
    end = case.proposal.day + timedelta(days=random.randrange(-9, 30))
    return Authorization(f"A-{number}", case.coverages[-1].payer, status, kind, start=start, end=end, lines=lines)


class Patient:
    """A patient with one coming visit, on file as a case says; `named`: the coverage under which it was booked."""

    def __init__(
        self,
        case: Case,
        named: str = "",
        payer: str | None = None,
        status: BookingStatus = BookingStatus.BOOKED,
        elsewhere: Elsewhere = Elsewhere.NONE,
    ) -> None:
        asked = case.proposal
        planned = Event(
            VISIT, PartialDate.on(asked.day), asked.family, EventStatus.BOOKED, asked.intent, asked.approach,
            asked.targets, asked.nerves, payer=payer,
            body_regions=asked.body_regions,
        )  # fmt: skip
        self.records = ComingRecords(
            BORN.isoformat(),
            visits=(
                (VISIT, "patient", VISIT, status.value, "", SITE, named, elsewhere.value, asked.technique_changed),
            ),
            held=(VISIT,) if status == BookingStatus.HELD else (),
            events="\n".join(map(row_of, (*case.history, planned))),
            coverages=tuple(map(columns_of, case.coverages)),
            approvals=tuple((each.end, each.decided) for each in case.authorizations),
            authorizations=case.authorizations,
        )
        settings = {ANNIVERSARY_FREE: case.choices.anniversary_day_free}
        self.clinic = ClinicFacts({}, {SITE: replace(case.site, id=SITE)}, settings)
        self.today = case.as_of

    @classmethod
    def booked(cls, case: Case, random: Random) -> Patient:
        """Return one whose visit was booked under any of the coverages, or under none by name."""
        return cls(
            case,
            random.choice(("", "", *(each.id for each in case.coverages))),
            random.choice((None, None, None, case.coverages[0].payer)),
            random.choice((BookingStatus.BOOKED, BookingStatus.HELD)),
            random.choice((Elsewhere.NONE, Elsewhere.NOT_ASKED)),
        )

    def screened(self) -> Kept | None:
        chart = ComingChart.of(self.records)
        (kept,) = RecheckScreen(rules(), self.clinic, self.today).told(chart)
        return kept

    def judged(self) -> Kept | None:
        """Return what the engine says of the visit, None where its case cannot be made."""
        person = self.records.patient(self.today, lambda families: rules_seen(families))
        (visit,), facts = person.visits, CaseFacts.of_coming(person, self.clinic)
        try:
            return as_kept(judge_request(briefly, facts, request_of(visit, facts), self.today, leave_out=VISIT))
        except TrackerError:
            return None


def rules_seen(families: frozenset) -> frozenset:  # type: ignore[type-arg]  # of families
    return frozenset(seen for family in families for seen in rules().families_seen(family))


def briefly(case: Case) -> Verdict:
    return evaluate(case, rules(), whole=False)


def row_of(event: Event) -> str:
    """Return an event as the query of coming visits reads it."""
    first, last = event.when.first.isoformat(), event.when.last.isoformat()
    values = event_values(event)
    columns = ("" if values[each] is None else str(values[each]) for each in COLUMNS[:-1])
    kx = "" if event.kx_claimed is None else str(int(event.kx_claimed))
    return SEPARATOR + SEPARATOR.join((first, event.id, last if last != first else "", *columns, kx))


def columns_of(each: Coverage) -> tuple[object, ...]:
    start, end = (day.isoformat() if day else None for day in (each.start, each.end))
    return each.payer, each.plan, start, end, each.order, each.authorization_required, each.id


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_that_the_screen_says_of_whole_records_what_the_engine_says_or_nothing(chunk: int) -> None:
    payers, told = [payer.id for payer in rules().payers], {"several": 0, "alike": 0, "approved": 0, "later": 0}
    for seed in range(chunk * COUNT // CHUNKS, (chunk + 1) * COUNT // CHUNKS):
        case = a_patient_case(seed, payers)
        patient = Patient.booked(case, Random(f"visit {seed}"))
        kept = patient.screened()
        if kept is None:
            continue
        assert kept == patient.judged(), seed
        told["several"] += len(case.coverages) > 1
        told["alike"] += len({each.order for each in case.coverages}) < len(case.coverages)
        told["approved"] += bool(case.coverages[1:] and case.authorizations)
        told["later"] += any(each.when.first > case.proposal.day for each in case.history if case.coverages[1:])

    assert all(told.values()), told


@pytest.mark.parametrize(
    ("begins", "ends", "told"),
    [
        (None, None, True),
        (date(2026, 1, 12), date(2027, 2, 1), True),
        (date(2026, 1, 13), None, False),
        (None, date(2027, 1, 31), False),
    ],
)
def test_that_a_second_coverage_may_be_overlooked_where_the_first_pays_from_the_oldest_to_the_latest_event(
    begins: date | None, ends: date | None, told: bool
) -> None:
    first = Coverage("medicare", start=begins, end=ends, authorization_required=False, id="c0")
    second = Coverage("bcbs-ma", order=2, authorization_required=False, id="c1")
    later = replace(done("2027-02-01", "tp"), id="later", status=EventStatus.BOOKED)
    history = [*(done(day, "tf", "L4-L5 left", relief=80, months=6) for day in FOUR), later]
    case = question("2026-11-23", "tf", "L4-L5 left", history=history, coverages=(first, second))

    patient = Patient(case)

    assert patient.judged() == ("not_allowed", "over_limit epidural-sessions 2027-01-13")
    assert patient.screened() == (patient.judged() if told else None)
