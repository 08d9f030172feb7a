"""What a new session does to visits that are booked later (CHOICES 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from tracker.domain.event import Event, EventStatus
from tracker.domain.policy import InForce, NoRules
from tracker.domain.proposal import Case, Proposal
from tracker.domain.rule_kinds import MaxCount, Repeat
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Finding, FindingCode, Outcome
from tracker.domain.windows import months_after
from tracker.rules import words
from tracker.rules.book import RuleBook
from tracker.rules.facts import Fact, Look, single_sites
from tracker.rules.judging import Active, active_rules
from tracker.rules.kinds import RULE_KINDS

LOOK_AHEAD_MONTHS = 18
_DATED = (FindingCode.OVER_LIMIT, FindingCode.TOO_SOON)


def forward_impact(case: Case, payer: str, book: RuleBook, facts: tuple[Fact, ...]) -> Iterator[Finding]:
    """Yield one caution for every later booked visit that is over a limit or too soon only because of this one."""
    horizon = months_after(case.proposal.day, LOOK_AHEAD_MONTHS)
    for event in case.history:
        if event.status is not EventStatus.BOOKED or not case.proposal.day < event.when.first <= horizon:
            continue
        active = _limits(case, event, payer, book)
        if active:
            yield from _displaced(case, event, active, facts)


def _limits(case: Case, event: Event, payer: str, book: RuleBook) -> Active:
    in_force = book.in_force(payer, event.family, case.site, event.when.first)
    if isinstance(in_force, NoRules):
        return ()
    later = replace(case, proposal=_as_proposal(event))
    main = InForce(in_force.version)
    return tuple(
        (version, rule) for version, rule in active_rules(main, later, payer) if isinstance(rule, MaxCount | Repeat)
    )


def _as_proposal(event: Event) -> Proposal:
    return Proposal(event.when.first, event.family, event.intent, event.approach, event.targets, event.nerves)


def _displaced(case: Case, event: Event, active: Active, facts: tuple[Fact, ...]) -> Iterator[Finding]:
    others = tuple(fact for fact in facts if fact.id != event.id)
    this = _as_fact(case)
    alone = set(_dated(case, event, active, others))
    with_it = tuple(sorted((*others, this), key=lambda fact: fact.day))
    for code in dict.fromkeys(_dated(case, event, active, with_it)):
        if code in alone:
            continue
        what = words.family_words(event.family, event.intent)
        why = "goes over the limit" if code is FindingCode.OVER_LIMIT else "comes too soon after it"
        message = (
            f"With this session the {what} visit booked for {us_date(event.when.first, weekday=True)} {why}: "
            "move that one, or this."
        )
        yield Finding(FindingCode.FORWARD_IMPACT, Outcome.CAUTION, "forward-impact", message, (event.id,))
        return


def _as_fact(case: Case) -> Fact:
    proposal = case.proposal
    return Fact(
        id="proposed",
        day=proposal.day,
        family=proposal.family,
        intent=proposal.intent,
        approach=proposal.approach,
        sites=single_sites(proposal.targets),
        regions=proposal.regions,
        relief_percent=100,
        relief_months=1000,
        booked=True,
    )


def _dated(case: Case, event: Event, active: Active, facts: tuple[Fact, ...]) -> Iterator[FindingCode]:
    """Yield the codes of what a date decides for the booked visit; results that do not exist yet are not looked at."""
    proposal = _as_proposal(event)
    items = chain.from_iterable(
        RULE_KINDS[type(rule)](rule, Look(proposal.day, case.as_of, proposal, facts, version, case.choices))
        for version, rule in active
    )
    for item in items:
        if isinstance(item, Finding) and item.outcome is Outcome.NOT_ALLOWED and item.code in _DATED:
            yield item.code
