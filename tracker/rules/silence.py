"""What a rule surely says, told from counts and days alone, before anything is made for it to look at.

Each check is a careful part of what its kind of rule does (counting, repeating, steps, notes): where it is in any
doubt, the rule itself is asked. It knows only what lies before the asked day, oldest first, with nothing open, and
says which finding there is, not of which events.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.policy import PolicyVersion
from tracker.domain.proposal import Case
from tracker.domain.rule import Rule, Scope, Unit, Which
from tracker.domain.rule_kinds import Advice, MaxCount, Repeat, Requires
from tracker.domain.verdict import Finding
from tracker.rules.active import Active
from tracker.rules.claims import diagnostic_ones
from tracker.rules.counting import session_limit, units_alone, window_on
from tracker.rules.event_kind import EventKind, Events
from tracker.rules.facts import Fact, Key, Look
from tracker.rules.judging import capped, judge_one, look_at
from tracker.rules.notes import long_course, said
from tracker.rules.pasts import Findings, LongAgo, Past, Results, Slot, Units, days_twice, ordinal_before
from tracker.rules.reading import Reading
from tracker.rules.repeating import Last, interval_not_over

Check = Callable[[list[Past], Events, date], Findings | None]
"""Returns what the rule says of these pasts on a day, None where it must be asked."""


@dataclass(slots=True)
class Silence:
    """The checks of some rules about one procedure, and the slots that they look at: rules may share one."""

    case: Case
    active: Active
    slots: list[Slot] = field(default_factory=list)
    _checks: list[Check] = field(default_factory=list)
    _own: list[set[int]] = field(default_factory=list)
    _asked: dict[int, tuple[Active, tuple[int, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for version, rule, _ in self.active.judging:
            self._own.append(set())
            self._checks.append(self._check(version, rule))

    def places_of(self, kind: EventKind) -> tuple[int, ...]:
        """Return the slots that hold events of the kind."""
        return tuple(place for place, slot in enumerate(self.slots) if slot.holds(kind))

    def findings(self, pasts: list[Past], events: Events, day: date) -> list[Finding]:
        """Return what the rules say of these pasts, a list a slot."""
        found, asked = list[Finding](), 0
        for place, check in enumerate(self._checks):
            says = check(pasts, events, day)
            if says:
                found += says
            elif says is None:
                asked |= 1 << place
        if asked:
            found += self._ask(asked, pasts, events, day)
        return found

    def _ask(self, asked: int, pasts: list[Past], events: Events, day: date) -> Findings:
        """Have rules judge the facts that they look at."""
        if asked not in self._asked:
            places = [place for place in range(len(self._checks)) if asked >> place & 1]
            active = Active(tuple(self.active.judging[place][:2] for place in places))
            self._asked[asked] = active, tuple({slot for place in places for slot in self._own[place]})
        active, slots = self._asked[asked]
        case, seen = self.case.on(day), {place for slot in slots for place in pasts[slot]}
        facts = tuple(map(events.fact, sorted(seen)))
        return judge_one(case, active, Reading(facts, case.proposal.targets, ()), telling=False).findings

    def _check(self, version: PolicyVersion, rule: Rule) -> Check:
        look = look_at(self.case, self.case.proposal, Reading((), self.case.proposal.targets, ()), version)
        match rule:
            case MaxCount():
                return self._claimed(rule, look) if rule.without_kx else self._counted(rule, look)
            case Repeat():
                return self._repeated(rule, look)
            case Requires():
                return self._required(rule, look)
            case Advice():
                return self._advised(rule, look)
        raise NotImplementedError(f"nobody decided when {type(rule).__name__} is silent")

    def _place(self, slot: Slot) -> int:
        """Return the number of the slot for the rule whose check is made now."""
        like = (place for place, each in enumerate(self.slots) if each.like(slot))
        place = next(like, len(self.slots))
        if place == len(self.slots):
            self.slots.append(slot)
        self._own[-1].add(place)
        return place

    def _places(self, look: Look, which: Which, scope: Scope) -> list[int]:
        return [self._place(Slot(look, which, scope, key)) for key in look.keys(scope)]

    def _counted(self, rule: MaxCount, look: Look) -> Check:
        keys = look.keys(rule.per)
        uses = [
            _Use(place, key, rule, look)
            for place, key in zip(self._places(look, rule.counted, rule.per), keys, strict=True)
        ]
        starts, relied_on = dict[date, int](), look.version.relies_on(rule)
        hangs_on_history = look.choices.anniversary_day_free or rule.window.type == "anchored-year"

        def check(pasts: list[Past], events: Events, day: date) -> Findings | None:
            found: Findings = ()
            for use in uses:
                past = pasts[use.place]
                if len(past) < use.room:
                    continue
                if hangs_on_history:
                    return None
                start = starts.get(day)
                if start is None:
                    start = starts[day] = window_on(rule, day, ()).start.toordinal()
                counted = past[bisect_left(past, bisect_left(events.days, start)) :]
                if len(counted) < use.room:
                    continue
                if use.alone + sum(use.units[events.kinds[place]] for place in counted) < rule.limit:
                    continue
                said = session_limit(rule, look, use.key, [date.fromordinal(events.days[p]) for p in counted], day)
                if said is None or found:
                    return None
                found = tuple(said if relied_on else map(capped, said))
            return found

        return check

    def _claimed(self, rule: MaxCount, look: Look) -> Check:
        """By claim nothing is counted where no diagnostic one was claimed without KX."""
        self._places(look, rule.counted, rule.per)
        which = diagnostic_ones(rule)
        places = [self._place(Slot(look, which, rule.per, key, unmarked=True)) for key in look.keys(rule.per)]
        return lambda pasts, _events, _day: None if any(pasts[place] for place in places) else ()

    def _repeated(self, rule: Repeat, look: Look) -> Check:
        places = self._places(look, rule.earlier, rule.per)
        enough, months, days = Results(rule.percent, rule.relief_months), rule.months, rule.days
        of_results = LongAgo(self.case, Active(((look.version, rule),)))
        early, relied_on = rule.early is not None and look.proposal.technique_changed, look.version.relies_on(rule)
        known = dict[tuple[int, bool], Findings]()

        def too_near(day: date, last: Fact) -> Findings:
            finding = interval_not_over(rule, replace(look, day=day), Last(last, None, first=False))
            return () if finding is None else (finding if relied_on else capped(finding),)

        def check(pasts: list[Past], events: Events, day: date) -> Findings | None:
            found: Findings = ()
            for place in places:
                past = pasts[place]
                if not past:
                    continue
                last, kind = events.days[past[-1]], events.kinds[past[-1]]
                if (len(past) > 1 and events.days[past[-2]] == last) or (early and not enough[kind]):
                    return None
                if not enough[kind]:
                    found += of_results[kind]
                if last > ordinal_before(day, months) if months else day.toordinal() - last <= days:
                    edge = last, day.toordinal() - last == days
                    if edge not in known:
                        known[edge] = too_near(day, events.fact(past[-1]))
                    found += known[edge]
            return found

        return check

    def _required(self, rule: Requires, look: Look) -> Check:
        """What is said hangs on the order of good and bad results alone, unless days must lie between them."""
        firsts = self._places(look, rule.first or rule.about, rule.per)
        places = list(zip(firsts, self._places(look, rule.of, rule.per), strict=True))
        enough, months, own = Results(rule.percent, rule.relief_months), rule.void_after_months, 1 << len(self._checks)
        known = dict[tuple[tuple[bool | None, ...] | None, ...], Findings]()

        def check(pasts: list[Past], events: Events, day: date) -> Findings | None:
            oldest, orders = ordinal_before(day, months) if months else 0, list[tuple[bool | None, ...] | None]()
            for first, of in places:
                if pasts[first]:
                    orders.append(None)
                    continue
                asked = pasts[of][bisect_left(pasts[of], bisect_left(events.days, oldest)) :] if oldest else pasts[of]
                if len(asked) > 1 and (rule.apart_days or days_twice([events.days[place] for place in asked])):
                    return None
                orders.append(tuple(enough[events.kinds[place]] for place in asked))
            order = tuple(orders)
            if order not in known:
                known[order] = self._ask(own, pasts, events, day)
            return known[order]

        return check

    def _advised(self, rule: Advice, look: Look) -> Check:
        finding = said(rule, look, ())
        advice: Findings = (finding if look.version.relies_on(rule) else capped(finding),)
        if rule.after is None:
            return lambda _pasts, _events, _day: advice
        places, unless = self._places(look, rule.after, rule.per), rule.unless
        answers = self._places(look, unless.of, rule.per) if unless else places
        enough, answered = Results(rule.percent, rule.relief_months), Results(unless.percent if unless else 0, 0)
        percent, gap, course = rule.percent, rule.gap_months, rule.course_months

        def check(pasts: list[Past], events: Events, day: date) -> Findings:
            for place, answer in zip(places, answers, strict=True):
                past, days = pasts[place], events.days
                earlier = [p for p in past if enough[events.kinds[p]]] if percent else past
                if not earlier:
                    continue
                last = days[earlier[-1]]
                if gap and last > ordinal_before(day, gap):
                    continue
                if course and not long_course((date.fromordinal(days[p]) for p in reversed(earlier)), day, course):
                    continue
                if unless is None:
                    return advice
                since = [p for p in pasts[answer] if days[p] > last and answered[events.kinds[p]]]
                if len(since) < unless.needs:
                    return advice
            return ()

        return check


class _Use:
    """A place in which a limit counts: what the procedure alone uses there, and how many before it may be too many."""

    __slots__ = ("alone", "key", "place", "room", "units")

    def __init__(self, place: int, key: Key, rule: MaxCount, look: Look) -> None:
        self.place, self.key = place, key
        self.units, self.alone = Units(rule, look, key), units_alone(rule, look, key)
        self.room = max(rule.limit - self.alone, 0) if rule.unit is Unit.SESSION else int(self.alone < rule.limit)
