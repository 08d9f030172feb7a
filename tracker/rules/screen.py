"""Answers about coming visits without the detours of `evaluate`, where the history has nothing open.

The same functions judge the same facts (`judge_one`), so it says the same; what it spares is making cases, events and
claim lines thousands of times alike. It is asked only about one coverage and no approval on file, and says nothing
(None) wherever more than one reading, payer or booking would have to be looked at: an event of which anything is open
that a rule may see, one that another payer paid, a visit booked for later. Everything else that an answer says (whether
an approval is wanted, what is missing) hangs on none of the history, and is found once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from tracker.domain.event import EventStatus
from tracker.domain.policy import InForce
from tracker.domain.proposal import Case
from tracker.domain.verdict import Finding
from tracker.rules.active import Active, active_rules
from tracker.rules.book import RuleBook
from tracker.rules.coding import derive_codes
from tracker.rules.doubts import has_open_facts, without_side
from tracker.rules.evaluate import beside, evaluate
from tracker.rules.event_kind import Dated, EventKind
from tracker.rules.incomplete import WITH_INTENT, remarks
from tracker.rules.judging import judge_one
from tracker.rules.pasts import Past
from tracker.rules.readings import Reading, with_regions
from tracker.rules.sight import COUNT
from tracker.rules.silence import Silence


class Seen(NamedTuple):
    """How rules see a kind: on any day, or `beside` the asked day only; whether it is booked, open, or told apart.

    `apart`: regions of such levels hang on what else lies on their day. `slots`: where what may stay silent counts it.
    """

    booked: bool
    ever: bool
    beside: bool
    open: bool
    apart: bool
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One procedure at one place under one coverage, between two days on which rules change.

    `always`: what is said whatever the history is; `calm`: what is said where nothing in it has anything said.
    """

    case: Case
    payer: str
    active: Active
    always: tuple[Finding, ...]
    calm: tuple[Finding, ...] = ()
    silence: Silence | None = None
    _sights: dict[EventKind, Seen] = field(default_factory=dict)

    def findings(self, day: date, history: Sequence[Dated], asked: Dated | None = None) -> tuple[Finding, ...] | None:
        """Return all that is to be said about the procedure on `day`, None where `evaluate` must be asked.

        `history` is in the order of days and ids; `asked`, if it is in it, is the procedure itself.
        """
        if self.silence is None:
            return self.always
        own, sights, seen, apart = day.toordinal(), self._sights, list[Dated](), False
        pasts: list[Past] = [[] for _ in self.silence.slots]
        for dated in history:
            if dated is asked:
                continue
            _, first, last, kind = dated
            booked, ever, beside_it, is_open, joined, slots = sights.get(kind) or self._seen(kind)
            if booked and first > own:
                return None
            if ever or (beside_it and first <= own <= last):
                if is_open or first != last:
                    return None
                seen.append(dated)
                if joined or first == own:
                    apart = True
                if first < own:
                    for slot in slots:
                        pasts[slot].append(dated)
        if apart:
            return (*self._judged(day, seen), *self.always)
        said = self.silence.findings(pasts, day)
        return (*said, *self.calm) if said else self.calm

    def _judged(self, day: date, seen: Iterable[Dated]) -> tuple[Finding, ...]:
        """Have all rules judge the facts that they see."""
        case = self.case.on(day)
        facts = [kind.on(date.fromordinal(first), event_id) for event_id, first, _, kind in seen]
        reading = Reading(with_regions(facts, case.proposal, self.active.sight), case.proposal.targets, ())
        return judge_one(case, self.active, reading, telling=False).findings

    def _seen(self, kind: EventKind) -> Seen:
        sight, own, event = self.active.sight, self.case.proposal.family, kind.like
        counts = event.status in COUNT
        ever = counts and (event.family is own or event.family in sight.families)
        is_open = has_open_facts(event, sides_matter=sight.sides, body_matters=sight.body, kx_matters=sight.kx)
        found = self._sights[kind] = Seen(
            booked=event.status is EventStatus.BOOKED,
            ever=ever,
            beside=counts and event.family in sight.beside,
            open=is_open or event.payer not in (None, self.payer),
            apart=any(target.level.name in sight.joined for target in event.targets),
            slots=self.silence.places_of(kind) if ever and self.silence else (),
        )
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
    always = (*found, *remarks(case))
    return Screen(case, coverage.payer, active, always, (*alone, *always), Silence(case, active.about_history))
