"""What a new session does to visits that are booked later (CHOICES 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from tracker.domain.coverage import coverage_on
from tracker.domain.event import Event, EventStatus
from tracker.domain.policy import InForce, NoRules
from tracker.domain.proposal import Case, Proposal
from tracker.domain.rule_kinds import MaxCount, Repeat
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Finding, FindingCode, Grade, Outcome
from tracker.rules import words
from tracker.rules.book import RuleBook
from tracker.rules.doubts import settled_sides
from tracker.rules.facts import Fact, Look, single_sites
from tracker.rules.judging import Active, active_rules
from tracker.rules.kinds import RULE_KINDS
from tracker.rules.readings import Reading

_DATED = (FindingCode.OVER_LIMIT, FindingCode.TOO_SOON)


def forward_impact(case: Case, payer: str, book: RuleBook, readings: Iterable[Reading]) -> Iterator[Finding]:
    """Yield one caution for every later booked visit that is over a limit or too soon only because of this one.

    It is enough that one reading of the history has it so.
    """
    readings = tuple(readings)
    for event in case.history:
        if event.status is not EventStatus.BOOKED or event.when.first <= case.proposal.day:
            continue
        active = _limits(case, event, payer, book)
        codes = (code for reading in readings for code in _displaced(case, event, active, reading))
        if (code := next(codes, None)) is not None:
            yield _finding(event, code)


def _limits(case: Case, event: Event, payer: str, book: RuleBook) -> Active:
    """Return the limits under which the booked visit stands on its own day, but for those nobody has confirmed."""
    coverage = coverage_on(case.coverages, event.when.first)
    payer = coverage.payer if coverage else payer
    in_force = book.in_force(payer, event.family, case.site, event.when.first)
    if isinstance(in_force, NoRules):
        return ()
    later = replace(case, proposal=_as_proposal(event))
    return tuple(
        (version, rule)
        for version, rule in active_rules(InForce(in_force.version), later, payer)
        if isinstance(rule, MaxCount | Repeat) and rule.evidence is not Grade.RECALLED
    )


def _as_proposal(event: Event) -> Proposal:
    targets = settled_sides(event.targets)[0]  # a side that is not on file may be either
    return Proposal(event.when.first, event.family, event.intent, event.approach, targets, event.nerves)


def _displaced(case: Case, event: Event, active: Active, reading: Reading) -> Iterator[FindingCode]:
    """Yield what is against the booked visit with the proposed one and not without it."""
    others = tuple(fact for fact in reading.facts if fact.id != event.id)
    with_it = tuple(sorted((*others, _as_fact(case, reading)), key=lambda fact: fact.day))
    against = list(_dated(case, event, active, with_it))
    if against:
        alone = set(_dated(case, event, active, others))
        yield from (code for code in against if code not in alone)


def _finding(event: Event, code: FindingCode) -> Finding:
    what = words.family_words(event.family, event.intent)
    why = "goes over the limit" if code is FindingCode.OVER_LIMIT else "comes too soon after it"
    message = (
        f"With this session the {what} visit booked for {us_date(event.when.first, weekday=True)} {why}: "
        "move that one, or this."
    )
    return Finding(FindingCode.FORWARD_IMPACT, Outcome.CAUTION, "forward-impact", message, (event.id,))


def _as_fact(case: Case, reading: Reading) -> Fact:
    """Return the proposed session as if it had been done, and had helped."""
    proposal = case.proposal
    return Fact(
        id="proposed",
        day=proposal.day,
        family=proposal.family,
        intent=proposal.intent,
        approach=proposal.approach,
        sites=single_sites(reading.targets),
        regions=reading.regions,
        relief_percent=100,
        relief_months=1000,
        booked=True,
    )


def _dated(case: Case, event: Event, active: Active, facts: tuple[Fact, ...]) -> Iterator[FindingCode]:
    """Yield the codes of what a date decides for the booked visit; results that do not exist yet are not looked at."""
    proposal = _as_proposal(event)
    looks = (
        (rule, Look(proposal.day, case.as_of, proposal, facts, version, case.choices, event.region))
        for version, rule in active
    )
    items = chain.from_iterable(RULE_KINDS[type(rule)](rule, look) for rule, look in looks)
    for item in items:
        if isinstance(item, Finding) and item.outcome is Outcome.NOT_ALLOWED and item.code in _DATED:
            yield item.code
