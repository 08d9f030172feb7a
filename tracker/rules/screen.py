"""Answers about coming visits without the detours of `evaluate`, where the history has nothing open.

The same functions judge the same facts (`judge_one`), so it says the same; what it spares is making cases, events and
claim lines thousands of times alike. It is asked only where one coverage pays for the whole history, and no approval
on file can matter (`needy`), and says nothing (None) wherever more than one reading, payer or booking would
have to be looked at: an event of which anything is open that a rule may see, one that another payer paid, a visit
booked for later whose limits may count this one. Everything else that an answer says (whether an approval is wanted,
what is missing) hangs on none of the history, and is found once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from tracker.domain.authorization import Authorization
from tracker.domain.event import EventStatus
from tracker.domain.policy import InForce
from tracker.domain.proposal import Case
from tracker.domain.verdict import Finding
from tracker.rules.active import Active, active_rules
from tracker.rules.book import RuleBook
from tracker.rules.coding import derive_codes
from tracker.rules.doubts import has_open_facts, without_side
from tracker.rules.evaluate import beside, evaluate
from tracker.rules.event_kind import EventKind, Events
from tracker.rules.forward import may_displace
from tracker.rules.incomplete import WITH_INTENT, remarks
from tracker.rules.judging import judge_one
from tracker.rules.pasts import Past
from tracker.rules.reading import Reading, with_regions
from tracker.rules.sight import COUNT
from tracker.rules.silence import Silence

_ALONE = -1
"""Behind the slots."""


class Seen(NamedTuple):
    """How rules see a kind: on any day, or `beside` the asked day only; whether it is booked, open, or told apart.

    `apart`: regions of such levels hang on what else lies on their day.
    """

    booked: bool
    ever: bool
    beside: bool
    open: bool
    apart: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """One procedure at one place under one coverage, between two days on which rules change.

    `always`: what is said whatever the history is; `calm`: what is said where nothing in it has anything said.
    `needy`: approvals on file may matter.
    """

    case: Case
    book: RuleBook
    payer: str
    active: Active
    always: tuple[Finding, ...]
    calm: tuple[Finding, ...]
    silence: Silence | None = None
    needy: bool = True
    _sights: dict[EventKind, Seen] = field(default_factory=dict)
    _slots: _Slots = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_slots", _Slots(self._slots_of))

    def findings(self, day: date, events: Events, asked: int | None = None) -> tuple[Finding, ...] | None:
        """Return all that is to be said about the procedure on `day`, None where `evaluate` must be asked.

        `asked`: the place of the procedure itself, if it is among the events.
        """
        silence = self.silence
        if silence is None:
            return self.always
        own, (days, kinds, lasts) = day.toordinal(), events
        before = bisect_left(days, own)
        pasts: list[Past] = [[] for _ in silence.slots]
        pasts.append([])
        for place, slots in enumerate(map(self._slots.__getitem__, kinds[:before])):
            for slot in slots:
                pasts[slot].append(place)
        if lasts and any(place < before and self._sees(kinds[place], own <= lasts[place]) for place in lasts):
            return None
        if pasts[_ALONE] or before != asked or len(days) != before + 1:
            others = [place for place in range(len(days)) if place != asked]
            if not self._settled(own, events, others):
                return None
            seen = [p for p in others if self._sees(kinds[p], days[p] <= own <= events.last(p))]
            if any(days[place] == own or self._seen(kinds[place]).apart for place in seen):
                return (*self._judged(day, events, seen), *self.always)
        said = silence.findings(pasts, events, day)
        return (*said, *self.calm) if said else self.calm

    def _settled(self, own: int, events: Events, others: Iterable[int]) -> bool:
        """Tell whether nothing that matters is booked for later, and nothing open in what rules see."""
        for place in others:
            kind, first, last = events.kinds[place], events.days[place], events.last(place)
            seen = self._seen(kind)
            other = kind.like.payer not in (None, self.payer)
            if seen.booked and first > own and (other or self._may_displace(kind, first)):
                return False
            if self._sees(kind, first <= own <= last) and (seen.open or first != last):
                return False
        return True

    def _may_displace(self, kind: EventKind, day: int) -> bool:
        return may_displace(self.case, kind.like, date.fromordinal(day), self.book)

    def _sees(self, kind: EventKind, beside_it: bool) -> bool:
        seen = self._seen(kind)
        return seen.ever or (beside_it and seen.beside)

    def _judged(self, day: date, events: Events, seen: Iterable[int]) -> tuple[Finding, ...]:
        """Have all rules judge the facts that they see."""
        case = self.case.on(day)
        facts = [events.fact(place) for place in seen]
        reading = Reading(with_regions(facts, case.proposal, self.active.sight), case.proposal.targets, ())
        return judge_one(case, self.active, reading, telling=False).findings

    def _slots_of(self, kind: EventKind) -> tuple[int, ...]:
        """Return where what may stay silent counts the kind; that it must be looked at by itself counts there too."""
        seen = self._seen(kind)
        slots = self.silence.places_of(kind) if seen.ever and self.silence else ()
        return (*slots, _ALONE) if seen.ever and (seen.open or seen.apart) else slots

    def _seen(self, kind: EventKind) -> Seen:
        if kind in self._sights:
            return self._sights[kind]
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
        )
        return found


class _Slots(dict[EventKind, tuple[int, ...]]):
    """The slots of each kind, found when it is first met."""

    def __init__(self, of: Callable[[EventKind], tuple[int, ...]]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, kind: EventKind) -> tuple[int, ...]:
        found = self[kind] = self._of(kind)
        return found


class _Unread(Sequence[Authorization]):
    """No approvals, and whether anybody looked at them: what was found without a look hangs on none of any."""

    def __init__(self) -> None:
        self.looked_at = False

    def __getitem__(self, place: Any) -> Any:
        self.looked_at = True
        raise IndexError(place)

    def __len__(self) -> int:
        self.looked_at = True
        return 0


def screen_for(case: Case, book: RuleBook) -> Screen | None:
    """Return the screen for a case without history, None where the answer hangs on more than rules and history."""
    asked, coverage = case.proposal, case.coverage
    several = len(case.coverages) != 1 or case.authorizations or case.history
    open_intent = asked.family in WITH_INTENT and asked.intent is None
    if coverage is None or several or open_intent or asked.codes is not None:
        return None
    approvals = _Unread()
    watched = replace(case, authorizations=approvals)  # type: ignore[arg-type]  # nobody needs more than a sequence
    in_force = book.in_force(coverage.payer, asked.family, case.site, asked.day)
    answering = isinstance(in_force, InForce) and not book.is_self_pay(coverage.payer)
    active = active_rules(in_force, case, coverage) if answering and isinstance(in_force, InForce) else Active()
    if not isinstance(in_force, InForce) or not active.answers(asked.targets):
        always = evaluate(watched, book, whole=False).findings
        return Screen(case, book, coverage.payer, Active(), always, always, needy=approvals.looked_at)
    if active.sight.body or (active.sight.sides and without_side(asked.targets)):
        return None
    codes = derive_codes(asked, case.site, book.codes, active.modifiers, in_force.version)
    found = tuple(item for item in beside(watched, coverage, book, active, codes) if isinstance(item, Finding))
    alone = judge_one(case, active.about_day, Reading((), asked.targets, ()), telling=False).findings
    always = (*found, *remarks(case))
    calm, silence = (*alone, *always), Silence(case, active.about_history)
    return Screen(case, book, coverage.payer, active, always, calm, silence, needy=approvals.looked_at)
