"""What a new session does to visits that are booked later (CHOICES 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from tracker.domain.coverage import Coverage, first_paying
from tracker.domain.event import Event, EventStatus, PartialDate
from tracker.domain.language import tr
from tracker.domain.policy import InForce, NoRules
from tracker.domain.proposal import Case, Proposal
from tracker.domain.rule import Rule, Which
from tracker.domain.rule_kinds import MaxCount, Repeat
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Finding, FindingCode, Outcome
from tracker.rules import words
from tracker.rules.active import Active, active_rules
from tracker.rules.book import RuleBook
from tracker.rules.facts import Item, Look
from tracker.rules.grounds import Ground, View
from tracker.rules.reading import Reading
from tracker.rules.readings import read
from tracker.rules.views import Views

_DATED = (FindingCode.OVER_LIMIT, FindingCode.TOO_SOON)
THIS = "proposed"
FORWARD = "forward-impact"


GroundOf = Callable[[Event, str, Active], Ground]
"""Returns what is known already about a booked visit, under a payer's limits."""


def forward_impact(
    case: Case, coverage: Coverage, book: RuleBook, ground_of: GroundOf | None = None
) -> Iterator[Finding]:
    """Yield one caution for every later booked visit that is over a limit or too soon only because of this one.

    It is enough that one reading of the history has it so.
    """
    ground_of = ground_of or (lambda _event, _payer, _active: Ground())
    for event in case.history:
        if event.status is EventStatus.BOOKED and event.when.first > case.proposal.day:
            billed = _billed(case, event, coverage)
            code = next(chain.from_iterable(_displaced(case, event, each, book, ground_of) for each in billed), None)
            if code is not None:
                yield _finding(event, code)


def may_displace(case: Case, event: Event, day: date, book: RuleBook) -> bool:
    """Tell whether the limits of a visit booked for `day`, as this event, count what is proposed at all.

    Where they do not, `forward_impact` says nothing of it. Asked about one who pays for both.
    """
    coverage = case.coverage
    if coverage is None:
        return True
    limits = _limits(replace(case, proposal=replace(_as_proposal(event), day=day)), coverage, book)
    asked = case.proposal
    return any(which.fits(asked.family, asked.intent, asked.approach) for _, rule in limits for which in _counts(rule))


def _counts(rule: Rule) -> tuple[Which, ...]:
    match rule:
        case MaxCount():
            return (rule.counted, rule.unmarked) if rule.without_kx else (rule.counted,)
        case Repeat():
            return (rule.earlier,)
    raise NotImplementedError(f"nobody decided what {type(rule).__name__} counts")


def _displaced(
    case: Case, event: Event, coverage: Coverage, book: RuleBook, ground_of: GroundOf
) -> Iterator[FindingCode]:
    """Yield what is against the booked visit with the proposed one and not without it, where this pays for it."""
    payer = coverage.payer
    later = replace(case, proposal=_as_proposal(event), coverages=case.coverages_on_file)
    active = _limits(later, coverage, book)
    if case.proposal.family not in active.sight.families and not active.sight.joined:
        return  # no limit looks at such a session, so that with it and without it they say the same
    others = tuple(each for each in case.history if each.id != event.id)
    later = replace(later, history=(*others, _as_event(case, payer)))
    ground = ground_of(event, payer, active)
    views, seen = Views(later, active.judging, event.region, ground), set()
    readings = read(later, active.sight, payer, views, ground)
    for number, view in enumerate(views.each(readings)):
        if view in seen:
            continue
        seen.add(view)
        reading = readings.readings[number]
        against = _dated(later, event, active, reading, view, ground)
        if against:
            others_only = replace(reading, facts=tuple(fact for fact in reading.facts if fact.id != THIS))
            alone = _dated(later, event, active, others_only, views.of(others_only), ground)
            yield from (code for code in against if code not in alone)


def _billed(case: Case, event: Event, now: Coverage) -> list[Coverage]:
    """Return what may pay for the visit: the payer that somebody chose for it, else what pays first on its day."""
    day = event.when.first
    there = [each for each in case.coverages_on_file if each.in_force(day)]
    return first_paying([each for each in there if each.payer == event.payer] or there, day) or [now]


def _limits(later: Case, coverage: Coverage, book: RuleBook) -> Active:
    """Return the limits under which the booked visit stands, but for those nobody has confirmed."""
    in_force = book.in_force(coverage.payer, later.proposal.family, later.site, later.proposal.day)
    if isinstance(in_force, NoRules):
        return Active()
    return active_rules(InForce(in_force.version), later, coverage).dated_limits


def _as_proposal(event: Event) -> Proposal:
    asked = Proposal(event.when.first, event.family, event.intent, event.approach, event.targets, event.nerves)
    return replace(asked, body_regions=event.body_regions)


def _as_event(case: Case, payer: str) -> Event:
    """Return the proposed session as if it had been done, and had helped."""
    proposal = case.proposal
    return Event(
        id=THIS,
        when=PartialDate.on(proposal.day),
        family=proposal.family,
        status=EventStatus.BOOKED,
        intent=proposal.intent,
        approach=proposal.approach,
        targets=proposal.targets,
        nerves=proposal.nerves or proposal.lone_nerves,
        payer=payer,
        relief_percent=100,
        relief_months=1000,
        body_regions=proposal.body_regions,
    )


def _finding(event: Event, code: FindingCode) -> Finding:
    what = words.family_words(event.family, event.intent)
    day = us_date(event.when.first, weekday=True)
    if code is FindingCode.OVER_LIMIT:
        message = tr(
            "With this session the {what} visit booked for {day} goes over the limit: move that one, or this.",
            what=what,
            day=day,
        )
    else:
        message = tr(
            "With this session the {what} visit booked for {day} comes too soon after it: move that one, or this.",
            what=what,
            day=day,
        )
    return Finding(FindingCode.FORWARD_IMPACT, Outcome.CAUTION, FORWARD, message, (event.id,))


def _dated(
    later: Case, event: Event, active: Active, reading: Reading, view: View, ground: Ground
) -> list[FindingCode]:
    """Return the codes of what a date decides for the booked visit; results that do not exist yet are not looked at.

    Each rule is asked once about what it sees (`view`).
    """
    (standing, whole), day, found = view, later.proposal.day, list[FindingCode]()
    deciding = standing.deciding(whole, day)
    for place, (version, rule, kind) in enumerate(active.judging):
        seen = standing, place, deciding[place]
        if seen not in ground.dated:
            proposal = replace(later.proposal, targets=reading.targets)
            given = day, later.as_of, proposal, reading.facts, version, later.choices, event.region
            ground.dated[seen] = tuple(_codes(kind(rule, Look(*given, telling=False, body=reading.body))))
        found += ground.dated[seen]
    return found


def _codes(items: Iterator[Item]) -> Iterator[FindingCode]:
    for item in items:
        if isinstance(item, Finding) and item.outcome is Outcome.NOT_ALLOWED and item.code in _DATED:
            yield item.code
