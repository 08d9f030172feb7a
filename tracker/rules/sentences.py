"""Every rule as one plain sentence, two at most, made from its figures: what a manager reads before trusting it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tracker.domain.billing_rules import Modifier, NeedsAuthorization
from tracker.domain.rule import Rule, Unit, Which, WindowSpec
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay
from tracker.domain.verdict import FindingCode, Outcome
from tracker.rules.phrases import a_what, holds_for, joined, per, same, what
from tracker.rules.words import interval_words, months_words, result_words, window_words

_MILDER = {Outcome.CAUTION: "a caution only", Outcome.UNKNOWN: "ask the payer"}
_PROGRAMMES = {
    "payer": "prior authorization",
    "medicare-opd": "hospital authorization",
    "wiser": "Medicare's WISeR review",
}
_CODES_SHOWN = 2


def sentence(rule: Rule, names: Mapping[str, str] | None = None) -> str:
    """Return the rule in words; `names` are what payers and contractors are called, by id."""
    head, tail = _KINDS[type(rule)](rule)
    limits = holds_for(rule, names or {})
    head = f"{head}{', ' if limits else ''}{limits}"
    told = f"{head}: {tail}" if isinstance(rule, Advice | NotCovered) else f"{head}. {tail}".strip()
    return told[0].upper() + told[1:]


def _max_count(rule: MaxCount) -> tuple[str, str]:
    which = rule.counted
    before = f"before {a_what(rule.about)}, " if which != rule.about else ""
    parts = [f"at most {_units(rule)} {per(rule.per, which)} in {window_words(rule.window)}, {_boundary(rule.window)}"]
    if rule.merge_sides_months:
        parts.append(f"left and right of a level within {months_words(rule.merge_sides_months)} are one")
    if rule.next_day_joins:
        parts.append("a day and the next may be one session: then it asks")
    if rule.improved_percent:
        parts.append(f"beyond that only with {rule.improved_percent:g}% relief on record from one of them")
    if rule.former_payers != "ask":
        parts.append(f"what another payer paid {'counts too' if rule.former_payers == 'count' else 'does not count'}")
    if rule.without_kx:
        parts.append("blocks claimed without KX count too")
    if rule.code is FindingCode.NOT_COVERED:
        parts.append("a further one is called unproven and not covered")
    if rule.outcome in _MILDER:
        parts.append(f"beyond that {_MILDER[rule.outcome]}")
    return before + "; ".join(parts), rule.text


def _units(rule: MaxCount) -> str:
    ending = "" if rule.limit == 1 else "s"
    if rule.unit is Unit.INJECTION:
        one_family = len(rule.counted.families) == 1
        named = what(rule.counted, many=rule.limit > 1) if one_family else f"sites of {what(rule.counted, many=True)}"
        return f"{rule.limit} {named} (each level on each side is one)"
    if rule.unit is Unit.LEVEL:
        return f"{rule.limit} {what(rule.counted)} level{ending} (both sides of a level are one)"
    return f"{rule.limit} {what(rule.counted)} session{ending}"


def _boundary(window: WindowSpec) -> str:
    """Say how the window is bounded: "counted by date of service; the anniversary day still counts"."""
    if window.endless:
        return "all on file counted"
    if window.type == "calendar-year":
        return "counted by date of service from January 1 to December 31"
    if window.type == "anchored-year":
        return "counted by date of service, anew on each anniversary"
    if window.days:
        return f"counted by date of service; day {window.days} still counts"
    if window.months and window.months % 12:
        return f"counted by date of service; the same day {months_words(window.months)} later still counts"
    return "counted by date of service; the anniversary day still counts"


def _repeat(rule: Repeat) -> tuple[str, str]:
    last = f"the last {'one' if rule.earlier == rule.about else what(rule.earlier)}{same(rule.per, rule.earlier)}"
    result = result_words(rule.percent, rule.relief_months) if rule.percent or rule.relief_months else ""
    named = a_what(rule.about)
    if rule.days or rule.months:
        head = f"{named} needs {interval_words(rule.days, rule.months)} since {last}"
        head += f", which must have brought {result}" if result else ""
        head += f"; day {rule.days} itself is in doubt" if rule.days else ""
    else:
        head = f"{named} after another needs {result} from {last}"
    early = rule.early
    tail = f"From day {early.days} on if the last one fell short and the technique changes." if early else ""
    return head, tail


def _requires(rule: Requires) -> tuple[str, str]:
    first = rule.first or rule.about
    named = what(first)
    head = f"the first {named} {per(rule.per, first)}"
    if rule.first and rule.first != rule.about:
        head = f"{a_what(rule.about)}, with no {named} before {per(rule.per, first)},"
    many = rule.needs > 1
    told = f"{rule.needs} {what(rule.of, many=many)}{' on different days' if many and not rule.apart_days else ''}"
    result = result_words(rule.percent, rule.relief_months) if rule.percent or rule.relief_months else ""
    if result:
        told += f" with {result}{' each' if many else ''}"
        told += f" (the {'most recent ones' if many else 'last one'})" if rule.last else " (any on file will do)"
    if rule.apart_days:
        told += f", at least {rule.apart_days} days apart"
    if rule.void_after_months:
        told += f", none older than {months_words(rule.void_after_months)}"
    return f"{head} needs {told} there first", ""


def _max_levels(rule: MaxLevels) -> tuple[str, str]:
    sides = "on each side" if rule.per_side else "both sides of a level being one"
    head = f"at most {rule.limit} level{'' if rule.limit == 1 else 's'} a session for {what(rule.about, many=True)}"
    head += f", {sides}{', neighbours only' if rule.contiguous else ''}"
    return _with_outcome(head, "beyond that", rule.outcome), rule.text


def _one_region(rule: OneRegion) -> tuple[str, str]:
    among = rule.together
    beside = f", {_others(among, rule.about)} counted with them" if among != rule.about else ""
    head = (
        f"only one region of the {'body' if rule.of_body else 'spine'} a day for {what(rule.about, many=True)}{beside}"
    )
    return _with_outcome(head, "beyond that", rule.outcome), ""


def _others(among: Which, about: Which) -> str:
    rest = tuple(family for family in among.families if family not in about.families)
    others = Which(rest, among.intents, among.approaches) if rest else among
    return what(others, many=True, word="and")


def _same_day(rule: SameDay) -> tuple[str, str]:
    beside = f"on one day with {a_what(rule.clashes)}{same(rule.per, rule.about)}"
    if rule.outcome in _MILDER:
        return f"{what(rule.about, many=True)} {beside}: {_MILDER[rule.outcome]}", rule.text
    return f"no {what(rule.about)} {beside}", rule.text


def _not_covered(rule: NotCovered) -> tuple[str, str]:
    spine = f" in the {joined([part.value for part in rule.spine], 'or')} spine" if rule.spine else ""
    return f"not covered, {what(rule.about, many=True)}{spine}{' on both sides' if rule.both_sides else ''}", rule.text


def _advice(rule: Advice) -> tuple[str, str]:
    told = what(rule.about, many=True)
    if rule.after:
        told += f" {months_words(rule.gap_months)} or more" if rule.gap_months else ""
        last = "one" if rule.after == rule.about else a_what(rule.after)
        told += f" after {last}{same(rule.per, rule.after)}"
    if rule.percent or rule.relief_months:
        told += f" that brought {result_words(rule.percent, rule.relief_months)}"
    if rule.course_months:
        told += f", in a course of more than {months_words(rule.course_months)}"
    if rule.unless:
        unless = rule.unless
        relief = f" with {result_words(unless.percent, 0)}" if unless.percent else ""
        told += f", without {unless.needs} {what(unless.of, many=unless.needs > 1)}{relief} since"
    return told + (" (ask the payer)" if rule.outcome is Outcome.UNKNOWN else ""), rule.text


def _needs_authorization(rule: NeedsAuthorization) -> tuple[str, str]:
    more = len(rule.codes) - 1
    codes = (" and ".join(rule.codes) or "no code") if more < _CODES_SHOWN else f"{rule.codes[0]} and {more} more"
    verb = "can have" if rule.voluntary else "need" if rule.needed else "need no"
    by = f" by {rule.reviewer}" if rule.reviewer else ""
    head = f"{what(rule.about, many=True)} {verb} {_PROGRAMMES[rule.programme]}{by} for {codes}"
    if rule.voluntary:
        head += " (voluntary)"
    if rule.valid_days:
        head += f"; valid {rule.valid_days} days from the decision"
    if rule.single_use:
        head += f"{',' if rule.valid_days else '; valid'} for one day of service"
    return head, rule.text


def _modifier(rule: Modifier) -> tuple[str, str]:
    return f"modifier {rule.modifier} on every line of {what(rule.about, many=True)}", ""


def _with_outcome(head: str, when: str, outcome: Outcome) -> str:
    return f"{head}; {when} {_MILDER[outcome]}" if outcome in _MILDER else head


_KINDS: dict[type[Rule], Callable[[Any], tuple[str, str]]] = {
    MaxCount: _max_count,
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
