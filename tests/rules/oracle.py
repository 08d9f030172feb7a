"""A slow second answer to a case, written from FORMAT.md and CHOICES.md alone: every day of a date, every day ahead.

It shares nothing with tracker/rules. It takes the questions (domain dataclasses) and the loaded rules as data, and does
its own calendar, its own counting and its own readings. Authorizations and claim lines are not its business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

from tests.rules.oracle_calendar import back, days_of, ordinal, year_of
from tests.rules.oracle_rules import Fact, Said, Session, judge
from tracker.domain.anatomy import LEVELS, Region, Target
from tracker.domain.event import Event, EventEvidence, EventStatus
from tracker.domain.procedure import Family
from tracker.domain.proposal import Case, Proposal
from tracker.domain.rule_kinds import MaxCount, Repeat
from tracker.policies.catalog import PolicyCatalog

ORDER = ("allowed", "caution", "needs_authorization", "unknown", "not_allowed")
SIDES = (frozenset({"left"}), frozenset({"right"}), frozenset({"left", "right"}))
HORIZON_MONTHS = 36
SIDED = {Family.FACET_INJECTION, Family.FACET_ABLATION, Family.SI_INJECTION, Family.SI_ABLATION}
SOMEWHERE = SIDED | {Family.EPIDURAL}


@dataclass(frozen=True)
class Answer:
    """`codes` holds what every reading says, `may` what any of them says."""

    outcome: str
    codes: frozenset[str]
    may: frozenset[str]
    earliest: date | None


def answer(case: Case, catalog: PolicyCatalog) -> Answer:
    """Return outcome, finding codes and earliest day, the slow way."""
    day = ordinal(case.proposal.day)
    payer = _payer_on(case, day)
    rules = _rules_on(catalog, payer, case, day) if payer is not None else None
    if rules is None:
        return Answer("unknown", frozenset({"no_policy"}), frozenset({"no_policy"}), case.proposal.day)
    said = [_judged(case, rules, day, reading) for reading in _readings(case, payer)]
    blocked = [any(each.outcome == "not_allowed" for each in one) for one in said]
    earliest = _earliest(case, catalog, day)
    codes = [frozenset(each.code for each in one) for one in said]
    may = frozenset().union(*codes)
    always = frozenset(may).intersection(*codes)
    forward = _forward(case, catalog, day)
    if any(blocked) and not all(blocked):
        return Answer("unknown", frozenset({"history"}), may | {"history"} | forward, earliest)
    worst = max(
        ORDER.index(each.outcome) for one in [*said, _cautions(forward)] for each in (*one, Said("", "allowed"))
    )
    return Answer(ORDER[worst], always | forward, may | forward, earliest)


def _cautions(forward: frozenset[str]) -> list[Said]:
    return [Said(code, "caution") for code in forward]


# --- who answers ------------------------------------------------------------------------------------------------------


def _payer_on(case: Case, day: int) -> str | None:
    found = [
        coverage
        for coverage in case.coverages
        if (coverage.start is None or ordinal(coverage.start) <= day)
        and (coverage.end is None or day <= ordinal(coverage.end))
    ]
    return sorted(found, key=lambda coverage: coverage.order)[0].payer if found else None


def _rules_on(catalog: PolicyCatalog, payer: str, case: Case, day: int, family: Family | None = None) -> Any:
    """Return the version in force on the day by the date of service, None where no rule is on file."""
    versions = _versions(catalog, payer, case.site.state, family or case.proposal.family)
    begun = [version for version in versions if ordinal(version.effective_from) <= day]
    return (payer, max(begun, key=lambda version: version.effective_from)) if begun else None


def _versions(catalog: PolicyCatalog, payer: str, state: str, family: Family) -> Any:
    named = next((each for each in catalog.payers if each.id == payer), None)
    for policy in catalog.policies:
        if named is None or not named.rules or policy.rules != named.rules or policy.beside:
            continue
        if family in policy.families:
            contractor = "" if "" in policy.versions else catalog.contractors.get(state, "nobody")
            return policy.versions.get(contractor, ())
    return ()


def _speaking(rules: Any, case: Case, proposal: Proposal, day: int) -> Iterator[Any]:
    payer, version = rules
    for rule in version.rules:
        if rule.families and proposal.family not in rule.families:
            continue
        if rule.intents and proposal.intent not in rule.intents:
            continue
        if rule.approaches and proposal.approach is not None and proposal.approach not in rule.approaches:
            continue
        if rule.effective_from and day < ordinal(rule.effective_from):
            continue
        if rule.effective_to and day > ordinal(rule.effective_to):
            continue
        if rule.contractors and version.contractor not in rule.contractors:
            continue
        if rule.payers and payer not in rule.payers:
            continue
        if rule.states and case.site.state not in rule.states:
            continue
        if rule.places and case.site.place_of_service not in rule.places:
            continue
        yield rule


# --- every way to read the history ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reading:
    facts: tuple[Fact, ...]
    sites: frozenset[tuple[str, str]]


def _readings(case: Case, payer: str) -> list[Reading]:
    """Return every combination: each day, each side, each intent, each place, there or not there, counting or not."""
    events = [event for event in case.history if event.status not in (EventStatus.CANCELLED, EventStatus.NO_SHOW)]
    ways = [list(_ways(event, case, payer)) for event in events]
    foreign = any(fact is not None and fact.foreign for way in ways for fact in way)
    readings = []
    for sites in _sites(case.proposal.targets):
        for chosen in product(*ways):
            facts = tuple(fact for fact in chosen if fact is not None)
            readings.append(Reading(facts, sites))
            if foreign:
                readings.append(Reading(tuple(replace(f, counts=not f.foreign) for f in facts), sites))
    return readings


def _ways(event: Event, case: Case, payer: str) -> Iterator[Fact | None]:
    first, last = ordinal(event.when.first), ordinal(event.when.last)
    if event.status is not EventStatus.BOOKED:
        last = max(first, min(last, ordinal(case.as_of)))
    open_intent = event.family in (Family.FACET_INJECTION, Family.SI_INJECTION) and event.intent is None
    intents = ("diagnostic", "therapeutic") if open_intent else (event.intent and event.intent.value,)
    for day in range(first, last + 1):
        for sites, regions in _places(event, case):
            for intent in intents:
                yield Fact(
                    id=event.id,
                    day=day,
                    family=event.family.value,
                    intent=intent,
                    approach=event.approach and event.approach.value,
                    sites=sites,
                    regions=regions,
                    percent=event.relief_percent,
                    months=event.relief_months,
                    foreign=(event.payer or _payer_on(case, day)) not in (None, payer),
                    booked=event.status is EventStatus.BOOKED,
                )
    if event.status is EventStatus.ABORTED or event.evidence is EventEvidence.PATIENT_REPORTED:
        yield None


def _places(event: Event, case: Case) -> Iterator[tuple[frozenset[tuple[str, str]], frozenset[str]]]:
    if event.targets:
        for sites in _sites(event.targets):
            yield sites, frozenset(_region(level) for level, _ in sites)
        return
    if event.family not in SOMEWHERE or event.nerves:
        yield frozenset(), frozenset({event.region.value} if event.region else ())
        return
    here = frozenset(site for sites in _sites(case.proposal.targets) for site in sites)
    regions = [event.region.value] if event.region else [region.value for region in Region]
    for region in regions:
        yield frozenset(), frozenset({region})
        there = frozenset(site for site in here if _region(site[0]) == region)
        if there:
            yield there, frozenset({region})


def _sites(targets: Iterable[Target]) -> list[frozenset[tuple[str, str]]]:
    """Return every set of (level, side) that the targets can be: a missing side is left, right or both."""
    each: list[list[frozenset[tuple[str, str]]]] = []
    for target in targets:
        level, side = target.level.name, target.side.value
        sides = {"both": [SIDES[2]], "unknown": list(SIDES)}.get(side, [frozenset({side})])
        each.append([frozenset((level, one) for one in chosen) for chosen in sides])
    return [frozenset().union(*chosen) for chosen in product(*each)]


def _region(level: str) -> str:
    """T12-L1 and everything above belongs to the neck and upper back, by code."""
    lumbar = level in ("S1", "SI", "caudal") or (level[0] == "L")
    return "lumbar-sacral" if lumbar else "cervical-thoracic"


# --- one day ----------------------------------------------------------------------------------------------------------


def _judged(case: Case, rules: Any, day: int, reading: Reading, lone: Region | None = None) -> list[Said]:
    proposal = case.proposal
    session = Session(
        day=day,
        family=proposal.family.value,
        sites=reading.sites,
        regions=frozenset(_region(level) for level, _ in reading.sites) or frozenset([lone.value] if lone else []),
        both=any(target.side.value == "both" for target in proposal.targets),
        changed=proposal.technique_changed,
        free=case.choices.anniversary_day_free,
        facts=reading.facts,
        pairs=tuple((pair.levels, pair.region.value, pair.counted) for pair in rules[1].together),
    )
    said: list[Said] = []
    for rule in _speaking(rules, case, proposal, day):
        said += judge(rule, session)
    return said


def _earliest(case: Case, catalog: PolicyCatalog, asked: int) -> date | None:
    """Try every day ahead. What no date cures holds until other rules come into force (CHOICES 12).

    A reading that spoke against the day before is tried first, for it mostly does so again.
    """
    payer, last = _payer_on(case, asked) or "", asked + days_of(asked, HORIZON_MONTHS)
    by_payer: dict[str, list[Reading]] = {}
    stuck: Any = None
    for day in range(asked, last + 1):
        there = _payer_on(case, day) or payer
        rules = _rules_on(catalog, there, case, day)
        if rules is None and there != payer:
            # Missing rules move nothing (CHOICES 11); but another coverage without rules is no way out either.
            there, rules = payer, _rules_on(catalog, payer, case, day)
        if rules is None:
            return date.fromordinal(day)
        if there not in by_payer:
            by_payer[there] = _readings(case, there)
        readings = by_payer[there]
        speaking = (there, list(_speaking(rules, case, case.proposal, day)), rules[1].together)
        if stuck == speaking:
            continue
        against = next(
            (place for place, reading in enumerate(readings) if _against(_judged(case, rules, day, reading))), None
        )
        if against is None:
            return date.fromordinal(day)
        if any(each.cureless for reading in readings for each in _judged(case, rules, day, reading)):
            stuck = speaking
        readings.insert(0, readings.pop(against))
    return None


def _against(said: list[Said]) -> bool:
    return any(each.outcome == "not_allowed" or each.dated_doubt for each in said)


# --- what is booked later ---------------------------------------------------------------------------------------------


def _forward(case: Case, catalog: PolicyCatalog, day: int) -> frozenset[str]:
    for booked in case.history:
        if (
            booked.status is EventStatus.BOOKED
            and ordinal(booked.when.first) > day
            and _displaces(case, catalog, booked)
        ):
            return frozenset({"forward_impact"})
    return frozenset()


def _displaces(case: Case, catalog: PolicyCatalog, booked: Event) -> bool:
    """Tell whether the booked visit is over a limit or too soon with the proposed one and not without it."""
    then = ordinal(booked.when.first)
    payer = _payer_on(case, then) or _payer_on(case, ordinal(case.proposal.day)) or ""
    rules = _rules_on(catalog, payer, case, then, booked.family)
    if rules is None:
        return False
    others = tuple(event for event in case.history if event.id != booked.id)
    later = replace(
        case,
        history=others,
        proposal=Proposal(booked.when.first, booked.family, booked.intent, booked.approach, booked.targets),
    )
    this = Event(
        id="this", when=replace(booked.when, first=case.proposal.day, last=case.proposal.day),
        family=case.proposal.family, status=EventStatus.BOOKED, intent=case.proposal.intent,
        approach=case.proposal.approach, targets=case.proposal.targets, payer=payer,
        relief_percent=100, relief_months=1000,
    )  # fmt: skip
    with_it = replace(later, history=(*others, this))
    lone = booked.region
    alone = [_dated_codes(later, rules, then, reading, lone) for reading in _readings(later, payer)]
    beside = [_dated_codes(with_it, rules, then, reading, lone) for reading in _readings(with_it, payer)]
    if len(alone) == len(beside):
        return any(more - less for less, more in zip(alone, beside, strict=True))
    return any(more for more in beside) and not any(alone)


def _dated_codes(case: Case, rules: Any, day: int, reading: Reading, lone: Region | None) -> frozenset[str]:
    proposal = case.proposal
    limits = [r for r in _speaking(rules, case, proposal, day) if isinstance(r, MaxCount | Repeat)]
    version = replace(rules[1], rules=tuple(limits))
    said = _judged(case, (rules[0], version), day, reading, lone)
    return frozenset(s.code for s in said if s.outcome == "not_allowed" and s.code in ("over_limit", "too_soon"))


__all__ = ["LEVELS", "Answer", "answer", "back", "year_of"]
