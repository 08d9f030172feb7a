"""The screen of the re-check: wherever it says anything, it says what the engine says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tests.rules.asking import booked, done, question, rules
from tests.rules.histories import a_case
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.event import Event
from tracker.domain.proposal import Case
from tracker.domain.verdict import Finding, FindingCode
from tracker.rules import evaluate
from tracker.rules.doubts import has_open_facts
from tracker.rules.event_kind import EventKind, Events
from tracker.rules.screen import screen_for

COUNT, CHUNKS = 1200, 6

Said = set[tuple[object, ...]]


def said(findings: Iterable[Finding]) -> Said:
    """Return each kind of finding once, without its words and the events that it comes from."""
    return {(f.code, f.outcome, f.rule, f.limit, f.clears_on, f.source) for f in findings}


def events_of(case: Case) -> Events:
    ordered = sorted(case.history, key=lambda event: (event.when.first, event.id))
    lasts = {place: e.when.last.toordinal() for place, e in enumerate(ordered) if e.when.first != e.when.last}
    return Events([e.when.first.toordinal() for e in ordered], [EventKind.of(e) for e in ordered], lasts)


def screened(case: Case, asked_before: Case) -> tuple[Finding, ...] | None:
    """Return what a screen says about the case that was made for another one like it."""
    screen = screen_for(replace(asked_before, history=(), authorizations=()), rules())
    if screen is None or (screen.needy and case.authorizations):
        return None
    return screen.findings(case.proposal.day, events_of(case))


def asked_with(seed: int, payers: list[str]) -> Case:
    """Return a question under one coverage, two times of three with nothing open in its history."""
    random = Random(seed)
    case = a_case(random, payers)
    required = random.choice((None, True, False))
    history = tuple(each for each in case.history if seed % 3 == 0 or not is_open(each))
    coverages = (replace(case.coverages[0], authorization_required=required),)
    approvals = (an_approval(random, case),) if seed % 4 == 0 else ()
    return replace(case, coverages=coverages, history=history, authorizations=approvals)


def an_approval(random: Random, case: Case) -> Authorization:
    kind, status = random.choice([*AuthorizationKind]), random.choice([*AuthorizationStatus])
    lines = (AuthorizationLine(random.choice(("64493", "64483", "62323")), random.choice((None, 0, 2))),)
    start = case.as_of - timedelta(days=random.randrange(90))
    end = case.proposal.day + timedelta(days=random.randrange(-9, 9))
    return Authorization("A-1", case.coverages[0].payer, status, kind, start=start, end=end, lines=lines)


def is_open(event: Event) -> bool:
    return has_open_facts(event, sides_matter=True) or event.payer is not None


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_that_the_screen_says_what_the_engine_says_or_nothing(chunk: int) -> None:
    payers, told, with_approvals = [payer.id for payer in rules().payers], 0, 0
    for seed in range(chunk * COUNT // CHUNKS, (chunk + 1) * COUNT // CHUNKS):
        case = asked_with(seed, payers)
        if case.coverage is None:
            continue
        findings = screened(case, case)
        if findings is not None:
            told += 1
            with_approvals += bool(case.authorizations)
            assert said(findings) == said(evaluate(case, rules(), whole=False).findings), seed

    assert told > COUNT // CHUNKS // 10
    assert with_approvals


def test_that_it_serves_every_day_on_which_the_same_rules_hold() -> None:
    payers = [payer.id for payer in rules().payers if payer.rules]
    for seed in range(300):
        case = asked_with(seed, payers)
        other = case.on(case.proposal.day + timedelta(Random(seed).randrange(-200, 200)))
        span = sorted((case.proposal.day, other.proposal.day))
        if None in (case.coverage, other.coverage) or any(span[0] < change <= span[1] for change in rules().changes):
            continue
        findings = screened(case, other)
        if findings is not None:
            assert said(findings) == said(evaluate(case, rules(), whole=False).findings), seed


def test_that_it_says_much_besides_that_nothing_stands_in_the_way() -> None:
    payers = [payer.id for payer in rules().payers if payer.rules]
    cases = (asked_with(seed, payers) for seed in range(800))
    codes = {finding.code for case in cases if case.coverage for finding in screened(case, case) or ()}

    assert {FindingCode.OVER_LIMIT, FindingCode.TOO_SOON, FindingCode.PREREQUISITE, FindingCode.AUTHORIZATION} <= codes


@pytest.mark.parametrize(("payer", "silent"), [(None, False), ("medicare", False), ("aetna", True)])
def test_that_it_says_nothing_before_a_later_visit_for_which_another_payer_was_chosen(
    payer: str | None, silent: bool
) -> None:
    """The limits of that payer may count this one, which those of the asked one's do not."""
    later = booked("2027-03-01", "mbb", "L4-L5 left", payer=payer)
    case = question("2026-11-24", "il", "L4-L5", history=[later])
    screen = screen_for(replace(case, history=()), rules())

    assert screen is not None
    assert (screen.findings(case.proposal.day, events_of(case)) is None) is silent


@pytest.mark.parametrize(
    ("payer", "kind", "days"), [("medicare", "mbb", 14), ("bcbs-ma", "tf", 30), ("bcbs-ma", "il", 30)]
)
@pytest.mark.parametrize(("beside", "code"), [(-1, FindingCode.TOO_SOON), (0, FindingCode.BOUNDARY_DAY), (1, None)])
def test_that_it_knows_the_last_day_of_an_interval_of_days(
    payer: str, kind: str, days: int, beside: int, code: FindingCode | None
) -> None:
    """On the day before it is too soon, on the day itself in doubt, and the day after says nothing of it."""
    site, asked = "L4-L5" if kind == "il" else "L4-L5 left", date(2026, 11, 23)
    last = done((asked - timedelta(days + beside)).isoformat(), kind, site, relief=90, months=6, payer=payer)
    case = question(asked.isoformat(), kind, site, history=[last], payer=payer)

    findings = screened(case, case)

    assert findings is not None
    assert said(findings) == said(evaluate(case, rules(), whole=False).findings)
    told = {finding.code for finding in findings} & {FindingCode.TOO_SOON, FindingCode.BOUNDARY_DAY}
    assert told == ({code} if code else set())


def test_that_it_tells_the_last_day_of_an_interval_from_the_days_before_when_it_met_them_first() -> None:
    """What is said of one day is kept, so days that lie alike behind their last one are told apart."""
    days = (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 22))
    last = done("2026-11-09", "mbb", "L4-L5 left", relief=90, months=6)
    cases = [question(day.isoformat(), "mbb", "L4-L5 left", history=[last]) for day in days]
    screen = screen_for(replace(cases[0], history=()), rules())

    assert screen is not None
    for case in cases:
        findings = screen.findings(case.proposal.day, events_of(case))
        assert findings is not None
        assert said(findings) == said(evaluate(case, rules(), whole=False).findings)


@pytest.mark.parametrize(("day", "silent"), [("2026-11-24", False), ("2026-11-25", True)])
def test_that_a_visit_that_this_one_may_displace_is_later_from_the_next_day_on(day: str, silent: bool) -> None:
    case = question("2026-11-24", "tf", "L4-L5 left", history=[booked(day, "tf", "L4-L5 left")])

    assert (screened(case, case) is None) is silent
