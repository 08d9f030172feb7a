"""Answers about coming visits without the detours of `evaluate`, where the history has nothing open.

The same functions judge the same facts (`judge_one`), so it says the same; what it spares is making cases, events and
claim lines thousands of times alike. It is asked only about one coverage and no approval on file, and says nothing
(None) wherever more than one reading, payer or booking would have to be looked at: an event of which anything is open
that a rule may see, one that another payer paid, a visit booked for later. Everything else that an answer says (whether
an approval is wanted, what is missing) hangs on none of the history, and is found once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracker.domain.event import Event, EventStatus, PartialDate
from tracker.domain.policy import InForce
from tracker.domain.proposal import Case
from tracker.domain.verdict import Finding
from tracker.rules.active import Active, active_rules
from tracker.rules.book import RuleBook
from tracker.rules.coding import derive_codes
from tracker.rules.doubts import has_open_facts, settled, without_side
from tracker.rules.evaluate import beside, evaluate
from tracker.rules.facts import Fact
from tracker.rules.incomplete import WITH_INTENT, remarks
from tracker.rules.judging import judge_one
from tracker.rules.readings import Reading, with_regions
from tracker.rules.sight import COUNT

_PLACE_OF_DAY = Fact._fields.index("day")


@dataclass(frozen=True, slots=True, eq=False)
class EventKind:
    """All of an event but its id and days, as rules see it; thousands of events share few kinds.

    `like`: an event of the kind, on a day that is known; `fact`: what follows id and day in a Fact.
    """

    like: Event
    fact: tuple[Any, ...]

    @classmethod
    def of(cls, event: Event) -> EventKind:
        known = replace(event, when=PartialDate.on(event.when.first))
        return cls(known, settled(known, known.when.first)[_PLACE_OF_DAY + 1 :])


Seen = tuple[bool, bool, bool, tuple[Any, ...] | None]
"""Of a kind: whether it is booked, seen on any day, or on the asked day only, and its part of a fact, None if open."""
Dated = tuple[str, date, date, EventKind]
"""The id of an event, its first and its last day, and its kind."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One procedure at one place under one coverage, between two days on which rules change.

    `always`: what is said whatever the history is; `alone`: what is said besides where the day holds nothing else.
    """

    case: Case
    payer: str
    active: Active
    always: tuple[Finding, ...]
    alone: tuple[Finding, ...] = ()
    _sights: dict[EventKind, Seen] = field(default_factory=dict)

    def findings(self, day: date, history: Iterable[Dated]) -> tuple[Finding, ...] | None:
        """Return all that is to be said about the procedure on `day`, None where `evaluate` must be asked."""
        if not self.active:
            return self.always
        facts = self._facts(day, history)
        if facts is None:
            return None
        case, active = self.case.on(day), self.active
        reading = Reading(with_regions(facts, case.proposal, active.sight), case.proposal.targets, ())
        if any(fact.day == day for fact in facts):
            return (*judge_one(case, active, reading, telling=False).findings, *self.always)
        return (*judge_one(case, active.about_history, reading, telling=False).findings, *self.alone, *self.always)

    def _facts(self, day: date, history: Iterable[Dated]) -> list[Fact] | None:
        """Return what the rules may see of the history, None where anything of that is open."""
        sights, facts = self._sights, list[Fact]()
        for event_id, first, last, kind in history:
            booked, seen, beside_it, fact = sights.get(kind) or self._seen(kind)
            if booked and first > day:
                return None
            if seen or (beside_it and first <= day <= last):
                if fact is None or first != last:
                    return None
                facts.append(Fact(event_id, first, *fact))
        return facts

    def _seen(self, kind: EventKind) -> Seen:
        sight, own, event = self.active.sight, self.case.proposal.family, kind.like
        counts = event.status in COUNT
        seen = counts and (event.family is own or event.family in sight.families)
        is_open = has_open_facts(event, sides_matter=sight.sides, body_matters=sight.body, kx_matters=sight.kx)
        fact = None if is_open or event.payer not in (None, self.payer) else kind.fact
        booked, beside_it = event.status is EventStatus.BOOKED, counts and event.family in sight.beside
        found = self._sights[kind] = (booked, seen, beside_it, fact)
        return found


def screen_for(case: Case, book: RuleBook) -> Screen | None:
    """Return the screen for a case without history, None where the answer hangs on more than rules and history."""
    asked, coverage = case.proposal, case.coverage
    several = len(case.coverages) != 1 or case.authorizations or case.history
    open_intent = asked.family in WITH_INTENT and asked.intent is None
    if coverage is None or several or open_intent or asked.codes is not None:
        return None
    in_force = book.in_force(coverage.payer, asked.family, case.site, asked.day)
    answering = isinstance(in_force, InForce) and not book.is_self_pay(coverage.payer)
    active = active_rules(in_force, case, coverage) if answering and isinstance(in_force, InForce) else Active()
    if not isinstance(in_force, InForce) or not active.answers(asked.targets):
        return Screen(case, coverage.payer, Active(), evaluate(case, book, whole=False).findings)
    if active.sight.body or (active.sight.sides and without_side(asked.targets)):
        return None
    codes = derive_codes(asked, case.site, book.codes, active.modifiers, in_force.version)
    found = (item for item in beside(case, coverage, book, active, codes) if isinstance(item, Finding))
    alone = judge_one(case, active.about_day, Reading((), asked.targets, ()), telling=False).findings
    return Screen(case, coverage.payer, active, (*found, *remarks(case)), alone)
