"""A slow second answer to a case, written from FORMAT.md and CHOICES.md alone: every day of a date, every day ahead.

It shares nothing with tracker/rules. It takes the questions (domain dataclasses) and the loaded rules as data, and does
its own calendar, its own counting and its own readings. Authorizations and claim lines are not its business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tests.rules.oracle_calendar import days_of, ordinal
from tests.rules.oracle_facts import Said, Session
from tests.rules.oracle_readings import Reading, cover_on, firsts_on, readings_of, region_of, sites_of
from tests.rules.oracle_rules import judge, speaks
from tracker.domain.anatomy import Region
from tracker.domain.coverage import Coverage
from tracker.domain.event import Event, EventStatus
from tracker.domain.procedure import Family
from tracker.domain.proposal import Case, Proposal
from tracker.domain.rule_kinds import MaxCount, Repeat
from tracker.policies.catalog import PolicyCatalog

ORDER = ("allowed", "caution", "needs_authorization", "unknown", "not_allowed")
HORIZON_MONTHS = 36
Cover = tuple[str, str]
"""Payer and plan."""
NOBODY: Cover = ("", "")


@dataclass(frozen=True)
class Answer:
    """`codes` holds what every reading says, `may` what any of them says."""

    outcome: str
    codes: frozenset[str]
    may: frozenset[str]
    earliest: date | None


def answer(case: Case, catalog: PolicyCatalog) -> Answer:
    """Return outcome, finding codes and earliest day, the slow way; of each that may pay first."""
    day = ordinal(case.proposal.day)
    first = {(each.payer, each.plan): each for each in firsts_on(case, day)}
    if len(first) < 2:
        return _answer(case, catalog, day)
    answers = [_answer(_with_first(case, each), catalog, day) for each in first.values()]
    said = {each.outcome for each in answers}
    days = [each.earliest for each in answers]
    return Answer(
        outcome="unknown" if "not_allowed" in said and len(said) > 1 else max({*said, "caution"}, key=ORDER.index),
        codes=frozenset({"history"}),
        may=frozenset({"history"}).union(*(each.may for each in answers)),
        earliest=None if None in days else max(found for found in days if found),
    )


def _with_first(case: Case, first: Coverage) -> Case:
    """Return the case where this one pays first from the asked day on."""
    there = replace(first, order=0, start=max(first.start or case.proposal.day, case.proposal.day))
    return replace(case, coverages=(there, *case.coverages))


def _answer(case: Case, catalog: PolicyCatalog, day: int) -> Answer:
    cover = cover_on(case, day)
    rules = _rules_on(catalog, cover, case, day) if cover is not None else None
    if cover is None or rules is None or _silent(case, rules, day):
        return Answer("unknown", frozenset({"no_policy"}), frozenset({"no_policy"}), case.proposal.day)
    said = [_judged(case, rules, day, reading) for reading in readings_of(case, cover[0])]
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


def _rules_on(catalog: PolicyCatalog, cover: Cover, case: Case, day: int, family: Family | None = None) -> Any:
    """Return the version in force on the day by the date of service, None where no rule is on file."""
    versions = _versions(catalog, cover[0], case.site.state, family or case.proposal.family)
    begun = [version for version in versions if ordinal(version.effective_from) <= day]
    return (cover, max(begun, key=lambda version: version.effective_from)) if begun else None


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
    (payer, plan), version = rules
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
        if rule.plans and plan.strip().lower() not in [name.strip().lower() for name in rule.plans]:
            continue
        if plan.strip().lower() in [name.strip().lower() for name in rule.not_plans]:
            continue
        if rule.states and case.site.state not in rule.states:
            continue
        if rule.places and case.site.place_of_service not in rule.places:
            continue
        yield rule


# --- one day ----------------------------------------------------------------------------------------------------------


def _judged(case: Case, rules: Any, day: int, reading: Reading, lone: Region | None = None) -> list[Said]:
    session = _session(case, rules, day, reading, lone)
    said: list[Said] = []
    for rule in _speaking(rules, case, case.proposal, day):
        said += judge(rule, session)
    return said


def _session(case: Case, rules: Any, day: int, reading: Reading, lone: Region | None = None) -> Session:
    proposal = case.proposal
    return Session(
        day=day,
        family=proposal.family.value,
        sites=reading.sites,
        regions=frozenset(region_of(level) for level, _ in reading.sites) or frozenset([lone.value] if lone else []),
        both=any(target.side.value == "both" for target in proposal.targets),
        changed=proposal.technique_changed,
        free=case.choices.anniversary_day_free,
        facts=reading.facts,
        body=reading.body,
        pairs=tuple((pair.levels, pair.region.value, pair.counted) for pair in rules[1].together),
    )


def _silent(case: Case, rules: Any, day: int) -> bool:
    """Tell whether the rules on file say nothing about such a session."""
    session = _session(case, rules, day, Reading((), sites_of(case.proposal.targets)[0]))
    return not any(speaks(rule, session) for rule in _speaking(rules, case, case.proposal, day))


def _earliest(case: Case, catalog: PolicyCatalog, asked: int) -> date | None:
    """Try every day ahead. What no date cures on the first of them holds until other rules come (CHOICES 12).

    A reading that spoke against the day before is tried first, for it mostly does so again.
    """
    cover, last = cover_on(case, asked) or NOBODY, asked + days_of(asked, HORIZON_MONTHS)
    by_payer: dict[str, list[Reading]] = {}
    stuck: Any = None
    before: Any = None
    for day in range(asked, last + 1):
        there = cover_on(case, day) or cover
        rules = _rules_on(catalog, there, case, day)
        if rules is None and there != cover:
            # Missing rules move nothing (CHOICES 11); but another coverage without rules is no way out either.
            there, rules = cover, _rules_on(catalog, cover, case, day)
        if rules is None:
            return date.fromordinal(day)
        if there[0] not in by_payer:
            by_payer[there[0]] = readings_of(case, there[0])
        readings = by_payer[there[0]]
        speaking = (there[0], list(_speaking(rules, case, case.proposal, day)), rules[1].together)
        fresh, before = speaking != before, speaking
        if fresh and speaking != stuck:
            stuck = None
        if stuck == speaking:
            continue
        against = next(
            (place for place, reading in enumerate(readings) if _against(_judged(case, rules, day, reading))), None
        )
        if against is None:
            return date.fromordinal(day)
        if fresh and any(each.cureless for reading in readings for each in _judged(case, rules, day, reading)):
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
            and any(_displaces(case, catalog, booked, cover) for cover in _covers_of(case, booked))
        ):
            return frozenset({"forward_impact"})
    return frozenset()


def _covers_of(case: Case, booked: Event) -> set[Cover]:
    """Return who may pay for a booked visit: whom somebody chose, else whoever is first that day, else as now."""
    then = ordinal(booked.when.first)
    filed = replace(case, coverages=tuple(each for each in case.coverages if each.order))
    chosen = replace(filed, coverages=tuple(each for each in filed.coverages if each.payer == booked.payer))
    firsts = firsts_on(chosen, then) or firsts_on(filed, then)
    return {(each.payer, each.plan) for each in firsts} or {cover_on(case, ordinal(case.proposal.day)) or NOBODY}


def _displaces(case: Case, catalog: PolicyCatalog, booked: Event, cover: Cover) -> bool:
    """Tell whether the booked visit is over a limit or too soon with the proposed one and not without it."""
    then = ordinal(booked.when.first)
    rules, payer = _rules_on(catalog, cover, case, then, booked.family), cover[0]
    if rules is None:
        return False
    others = tuple(event for event in case.history if event.id != booked.id)
    later = replace(
        case,
        coverages=tuple(each for each in case.coverages if each.order),
        history=others,
        proposal=Proposal(
            booked.when.first,
            booked.family,
            booked.intent,
            booked.approach,
            booked.targets,
            body_regions=booked.body_regions,
        ),
    )
    this = Event(
        id="this", when=replace(booked.when, first=case.proposal.day, last=case.proposal.day),
        family=case.proposal.family, status=EventStatus.BOOKED, intent=case.proposal.intent,
        approach=case.proposal.approach, targets=case.proposal.targets, payer=payer,
        relief_percent=100, relief_months=1000, body_regions=case.proposal.body_regions,
    )  # fmt: skip
    with_it = replace(later, history=(*others, this))
    lone = booked.region
    alone: dict[Reading, frozenset[str]] = {}
    for reading in readings_of(with_it, payer):
        rest = replace(reading, facts=tuple(fact for fact in reading.facts if fact.id != "this"))
        if rest not in alone:
            alone[rest] = _dated_codes(later, rules, then, rest, lone)
        if _dated_codes(with_it, rules, then, reading, lone) - alone[rest]:
            return True
    return False


def _dated_codes(case: Case, rules: Any, day: int, reading: Reading, lone: Region | None) -> frozenset[str]:
    proposal = case.proposal
    limits = [r for r in _speaking(rules, case, proposal, day) if isinstance(r, MaxCount | Repeat)]
    version = replace(rules[1], rules=tuple(limits))
    said = _judged(case, (rules[0], version), day, reading, lone)
    return frozenset(s.code for s in said if s.outcome == "not_allowed" and s.code in ("over_limit", "too_soon"))
