"""What a rule surely says, told from counts and days alone, before anything is made for it to look at.

Each check is a careful part of what its kind of rule does (counting, repeating, steps, notes): where it is in any
doubt, the rule itself is asked. It knows only what lies before the asked day, oldest first, with nothing open, and
says which finding there is, not of which events.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter

from tracker.domain.policy import PolicyVersion
from tracker.domain.proposal import Case
from tracker.domain.rule import Rule, Scope, Unit, Which
from tracker.domain.rule_kinds import Advice, MaxCount, Repeat, Requires
from tracker.domain.verdict import Finding
from tracker.rules.active import Active
from tracker.rules.claims import diagnostic_ones
from tracker.rules.counting import units_alone, window_on
from tracker.rules.event_kind import Dated, EventKind
from tracker.rules.facts import Look
from tracker.rules.judging import capped, judge_one, look_at
from tracker.rules.notes import long_course, said
from tracker.rules.pasts import Findings, LongAgo, Past, Results, Slot, Units, days_twice, ordinal_before
from tracker.rules.readings import Reading
from tracker.rules.repeating import Last, interval_not_over

Check = Callable[[list[Past], date], Findings | None]
"""Returns what the rule says of these pasts on a day, None where it must be asked."""
_BY_DAY = itemgetter(1, 0)


@dataclass(slots=True)
class Silence:
    """The checks of some rules about one procedure, and the slots that they look at."""

    case: Case
    active: Active
    slots: list[Slot] = field(default_factory=list)
    _checks: list[Check] = field(default_factory=list)
    _own: list[range] = field(default_factory=list)
    _asked: dict[int, tuple[Active, tuple[int, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for version, rule, _ in self.active.judging:
            before = len(self.slots)
            self._checks.append(self._check(version, rule))
            self._own.append(range(before, len(self.slots)))

    def places_of(self, kind: EventKind) -> tuple[int, ...]:
        """Return the slots that hold events of the kind."""
        return tuple(place for place, slot in enumerate(self.slots) if slot.holds(kind))

    def findings(self, pasts: list[Past], day: date) -> list[Finding]:
        """Return what the rules say of these pasts, a list a slot."""
        found, asked = list[Finding](), 0
        for place, check in enumerate(self._checks):
            says = check(pasts, day)
            if says is None:
                asked |= 1 << place
            elif says:
                found += says
        if asked:
            found += self._ask(asked, pasts, day)
        return found

    def _ask(self, asked: int, pasts: list[Past], day: date) -> Findings:
        """Have rules judge the facts that they look at."""
        if asked not in self._asked:
            places = [place for place in range(len(self._checks)) if asked >> place & 1]
            active = Active(tuple(self.active.judging[place][:2] for place in places))
            self._asked[asked] = active, tuple(slot for place in places for slot in self._own[place])
        active, slots = self._asked[asked]
        case, seen = self.case.on(day), {dated for slot in slots for dated in pasts[slot]}
        facts = tuple(dated[3].on(date.fromordinal(dated[1]), dated[0]) for dated in sorted(seen, key=_BY_DAY))
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
        self.slots.append(slot)
        return len(self.slots) - 1

    def _places(self, look: Look, which: Which, scope: Scope) -> list[int]:
        return [self._place(Slot(look, which, scope, key)) for key in look.keys(scope)]

    def _counted(self, rule: MaxCount, look: Look) -> Check:
        places = self._places(look, rule.counted, rule.per)
        keys = look.keys(rule.per)
        uses = [(Units(rule, look, key), units_alone(rule, look, key)) for key in keys]
        by_session, limit = rule.unit is Unit.SESSION, rule.limit
        starts = dict[date, int]()
        hangs_on_history = look.choices.anniversary_day_free or rule.window.type == "anchored-year"

        def check(pasts: list[Past], day: date) -> Findings | None:
            for place, (units, alone) in zip(places, uses, strict=True):
                past = pasts[place]
                if (by_session or not past) and len(past) + alone < limit:
                    continue
                if hangs_on_history:
                    return None
                start = starts.get(day)
                if start is None:
                    start = starts[day] = window_on(rule, day, ()).start.toordinal()
                if alone + sum(units[kind] for _, first, _, kind in past if first >= start) >= limit:
                    return None
            return ()

        return check

    def _claimed(self, rule: MaxCount, look: Look) -> Check:
        """By claim nothing is counted where no diagnostic one was claimed without KX."""
        self._places(look, rule.counted, rule.per)
        which = diagnostic_ones(rule)
        places = [self._place(Slot(look, which, rule.per, key, unmarked=True)) for key in look.keys(rule.per)]
        return lambda pasts, _day: None if any(pasts[place] for place in places) else ()

    def _repeated(self, rule: Repeat, look: Look) -> Check:
        places = self._places(look, rule.earlier, rule.per)
        enough, months, days = Results(rule.percent, rule.relief_months), rule.months, rule.days
        of_results = LongAgo(self.case, Active(((look.version, rule),)))
        early, relied_on = rule.early is not None and look.proposal.technique_changed, look.version.relies_on(rule)

        def too_near(day: date, last: Dated) -> Findings:
            fact = last[3].on(date.fromordinal(last[1]), last[0])
            finding = interval_not_over(rule, replace(look, day=day), Last(fact, None, first=False))
            return () if finding is None else (finding if relied_on else capped(finding),)

        def check(pasts: list[Past], day: date) -> Findings | None:
            found: Findings = ()
            for place in places:
                past = pasts[place]
                if not past:
                    continue
                _, last, _, kind = past[-1]
                if (len(past) > 1 and past[-2][1] == last) or (early and not enough[kind]):
                    return None
                if not enough[kind]:
                    found += of_results[kind]
                if (months and last > ordinal_before(day, months)) or (days and day.toordinal() - last <= days):
                    found += too_near(day, past[-1])
            return found

        return check

    def _required(self, rule: Requires, look: Look) -> Check:
        """What is said hangs on the order of good and bad results alone, unless days must lie between them."""
        firsts = self._places(look, rule.first or rule.about, rule.per)
        places = list(zip(firsts, self._places(look, rule.of, rule.per), strict=True))
        enough, months, own = Results(rule.percent, rule.relief_months), rule.void_after_months, 1 << len(self._checks)
        known = dict[tuple[tuple[bool | None, ...] | None, ...], Findings]()

        def check(pasts: list[Past], day: date) -> Findings | None:
            oldest = ordinal_before(day, months) if months else 0
            asked = [[] if pasts[first] else [d for d in pasts[of] if d[1] >= oldest] for first, of in places]
            if any(len(each) > 1 and (rule.apart_days or days_twice(each)) for each in asked):
                return None
            results = (tuple(enough[kind] for *_, kind in each) for each in asked)
            order = tuple(None if pasts[first] else of for (first, _), of in zip(places, results, strict=True))
            if order not in known:
                known[order] = self._ask(own, pasts, day)
            return known[order]

        return check

    def _advised(self, rule: Advice, look: Look) -> Check:
        finding = said(rule, look, ())
        advice: Findings = (finding if look.version.relies_on(rule) else capped(finding),)
        if rule.after is None:
            return lambda _pasts, _day: advice
        places = self._places(look, rule.after, rule.per)
        if rule.unless is not None:
            self._places(look, rule.unless.of, rule.per)
        enough = Results(rule.percent, rule.relief_months)

        def check(pasts: list[Past], day: date) -> Findings | None:
            for place in places:
                past = pasts[place]
                earlier = [first for _, first, _, kind in reversed(past) if not rule.percent or enough[kind]]
                if not earlier or (rule.gap_months and earlier[0] > ordinal_before(day, rule.gap_months)):
                    continue
                if rule.course_months and not long_course(map(date.fromordinal, earlier), day, rule.course_months):
                    continue
                return None if rule.unless is not None else advice
            return ()

        return check
