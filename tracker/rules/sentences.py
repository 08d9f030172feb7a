"""Every rule as one plain sentence, two at most, made from its figures: what a manager reads before trusting it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tracker.domain.billing_rules import Modifier, NeedsAuthorization
from tracker.domain.language import tr, tr_n
from tracker.domain.rule import Rule, Which
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay
from tracker.domain.verdict import Outcome
from tracker.rules.count_sentences import max_count
from tracker.rules.phrases import a_what, holds_for, per, same, what
from tracker.rules.words import all_of, any_of, days_words, interval_words, milder, months_words, result_words

_CODES_SHOWN = 2


def sentence(rule: Rule, names: Mapping[str, str] | None = None) -> str:
    """Return the rule in words; `names` are what payers and contractors are called, by id."""
    head, tail = _KINDS[type(rule)](rule)
    head = ", ".join(filter(None, (head, holds_for(rule, names or {}))))
    told = f"{head}: {tail}" if isinstance(rule, Advice | NotCovered) else f"{head}. {tail}".strip()
    return told[0].upper() + told[1:]


def _repeat(rule: Repeat) -> tuple[str, str]:
    here = same(rule.per, rule.earlier)
    last = tr("the last one{here}", here=here)
    if rule.earlier != rule.about:
        last = tr("the last {what}{here}", what=what(rule.earlier), here=here)
    result = result_words(rule.percent, rule.relief_months) if rule.percent or rule.relief_months else ""
    head = _after_interval(rule, last, result) if rule.days or rule.months else ""
    head = head or tr(
        "{a_what} after another needs {result} from {last}", a_what=a_what(rule.about), result=result, last=last
    )
    if not rule.early:
        return head, ""
    return head, tr_n(
        "From day {n} on if the last one fell short and the technique changes.",
        "From day {n} on if the last one fell short and the technique changes.",
        rule.early.days,
    )


def _after_interval(rule: Repeat, last: str, result: str) -> str:
    named = {"a_what": a_what(rule.about), "interval": interval_words(rule.days, rule.months), "last": last}
    head = tr("{a_what} needs {interval} since {last}", **named)
    if result:
        head = tr("{a_what} needs {interval} since {last}, which must have brought {result}", result=result, **named)
    return tr("{head}; day {day} itself is in doubt", head=head, day=rule.days) if rule.days else head


def _requires(rule: Requires) -> tuple[str, str]:
    first = rule.first or rule.about
    named = {"what": what(first), "per": per(rule.per, first)}
    told = ", ".join(_needed(rule))
    if rule.first and rule.first != rule.about:
        about = a_what(rule.about)
        return tr(
            "{a_what}, with no {what} before {per}, needs {needed} there first", a_what=about, needed=told, **named
        ), ""
    return tr("the first {what} {per} needs {needed} there first", needed=told, **named), ""


def _needed(rule: Requires) -> Iterator[str]:
    """Yield what must be there, with its limits."""
    many = rule.needs > 1
    told = tr("{count} {what}", count=rule.needs, what=what(rule.of, many=many))
    if many and not rule.apart_days:
        told = tr("{needed} on different days", needed=told)
    result = result_words(rule.percent, rule.relief_months) if rule.percent or rule.relief_months else ""
    if result:
        each = tr("{needed} with {result} each", needed=told, result=result)
        told = each if many else tr("{needed} with {result}", needed=told, result=result)
        any_will_do = tr("{needed} (any on file will do)", needed=told)
        told = _the_last(told, many) if rule.last else any_will_do
    yield told
    if rule.apart_days:
        yield tr("at least {time} apart", time=days_words(rule.apart_days))
    if rule.void_after_months:
        yield tr("none older than {time}", time=months_words(rule.void_after_months))


def _the_last(told: str, many: bool) -> str:
    return tr("{needed} (the most recent ones)", needed=told) if many else tr("{needed} (the last one)", needed=told)


def _max_levels(rule: MaxLevels) -> tuple[str, str]:
    named = what(rule.about, many=True)
    head = tr_n(
        "at most {n} level a session for {what}", "at most {n} levels a session for {what}", rule.limit, what=named
    )
    parts = [head, tr("on each side") if rule.per_side else tr("both sides of a level being one")]
    parts += [tr("neighbors only")] if rule.contiguous else []
    return _with_outcome(", ".join(parts), rule.outcome), tr(rule.text)


def _one_region(rule: OneRegion) -> tuple[str, str]:
    among = rule.together
    head = tr("only one region of the spine a day for {what}", what=what(rule.about, many=True))
    if rule.of_body:
        head = tr("only one region of the body a day for {what}", what=what(rule.about, many=True))
    if among != rule.about:
        head = tr("{head}, {others} counted with them", head=head, others=_others(among, rule.about))
    return _with_outcome(head, rule.outcome), ""


def _others(among: Which, about: Which) -> str:
    rest = tuple(family for family in among.families if family not in about.families)
    others = Which(rest, among.intents, among.approaches) if rest else among
    return what(others, many=True, joining=all_of)


def _same_day(rule: SameDay) -> tuple[str, str]:
    clash = {"a_what": a_what(rule.clashes), "here": same(rule.per, rule.about)}
    if mild := milder(rule.outcome):
        named = what(rule.about, many=True)
        return tr("{what} on one day with {a_what}{here}: {outcome}", what=named, outcome=mild, **clash), tr(rule.text)
    return tr("no {what} on one day with {a_what}{here}", what=what(rule.about), **clash), tr(rule.text)


def _not_covered(rule: NotCovered) -> tuple[str, str]:
    head = tr("not covered, {what}", what=what(rule.about, many=True))
    if rule.spine:
        head = tr("{head} in the {parts} spine", head=head, parts=any_of([part.label for part in rule.spine]))
    return tr("{head} on both sides", head=head) if rule.both_sides else head, tr(rule.text)


def _advice(rule: Advice) -> tuple[str, str]:
    told = _after(rule, what(rule.about, many=True))
    if rule.percent or rule.relief_months:
        result = result_words(rule.percent, rule.relief_months)
        told = tr("{head} that brought {result}", head=told, result=result)
    if rule.course_months:
        time = months_words(rule.course_months)
        told = tr("{head}, in a course of more than {time}", head=told, time=time)
    if rule.unless:
        needed = tr("{count} {what}", count=rule.unless.needs, what=what(rule.unless.of, many=rule.unless.needs > 1))
        if rule.unless.percent:
            needed = tr("{needed} with {result}", needed=needed, result=result_words(rule.unless.percent, 0))
        told = tr("{head}, without {needed} since", head=told, needed=needed)
    told = tr("{head} (ask the payer)", head=told) if rule.outcome is Outcome.UNKNOWN else told
    told = tr("{head}, also told with approvals", head=told) if rule.for_authorization else told
    return told, tr(rule.text)


def _after(rule: Advice, head: str) -> str:
    if not rule.after:
        return head
    here = same(rule.per, rule.after)
    last = tr("one{here}", here=here)
    if rule.after != rule.about:
        last = f"{a_what(rule.after)}{here}"
    if not rule.gap_months:
        return tr("{head} after {last}", head=head, last=last)
    return tr("{head} {time} or more after {last}", head=head, time=months_words(rule.gap_months), last=last)


def _needs_authorization(rule: NeedsAuthorization) -> tuple[str, str]:
    head = _standing(rule)
    if rule.valid_days:
        time = days_words(rule.valid_days)
        head = tr("{head}; valid {time} from the decision", head=head, time=time)
    if rule.single_use:
        one = tr("{head}; valid for one day of service", head=head)
        head = tr("{head}, for one day of service", head=head) if rule.valid_days else one
    return head, tr(rule.text)


def _standing(rule: NeedsAuthorization) -> str:
    named = {"what": what(rule.about, many=True), "programme": _programme(rule), "codes": _codes(rule.codes)}
    if rule.voluntary:
        return tr("{what} can have {programme} for {codes} (voluntary)", **named)
    if rule.needed:
        return tr("{what} need {programme} for {codes}", **named)
    return tr("{what} need no {programme} for {codes}", **named)


def _programme(rule: NeedsAuthorization) -> str:
    named = {
        "payer": tr("prior authorization"),
        "medicare-opd": tr("hospital authorization"),
        "wiser": tr("Medicare's WISeR review"),
    }[rule.programme]
    return tr("{programme} by {reviewer}", programme=named, reviewer=tr(rule.reviewer)) if rule.reviewer else named


def _codes(codes: tuple[str, ...]) -> str:
    if len(codes) <= _CODES_SHOWN:
        return all_of(codes) or tr("no code")
    return tr("{code} and {count} more", code=codes[0], count=len(codes) - 1)


def _modifier(rule: Modifier) -> tuple[str, str]:
    named = what(rule.about, many=True)
    return tr("modifier {modifier} on every line of {what}", modifier=rule.modifier, what=named), ""


def _with_outcome(head: str, outcome: Outcome) -> str:
    mild = milder(outcome)
    return tr("{head}; beyond that {outcome}", head=head, outcome=mild) if mild else head


_KINDS: dict[type[Rule], Callable[[Any], tuple[str, str]]] = {
    MaxCount: max_count,
    Repeat: _repeat,
    Requires: _requires,
    MaxLevels: _max_levels,
    OneRegion: _one_region,
    SameDay: _same_day,
    NotCovered: _not_covered,
    Advice: _advice,
    NeedsAuthorization: _needs_authorization,
    Modifier: _modifier,
}
