"""The phrases of which a rule's sentence is made: procedures, places in which it counts, where and when it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tracker.domain.procedure import Family
from tracker.domain.rule import Rule, Scope, Which
from tracker.domain.us_dates import us_date
from tracker.rules.words import approach_words

FAMILIES = {
    Family.FACET_INJECTION: ("facet", "injection"),
    Family.FACET_ABLATION: ("facet", "ablation"),
    Family.EPIDURAL: ("", "epidural"),
    Family.SI_INJECTION: ("SI joint", "injection"),
    Family.SI_ABLATION: ("SI joint", "ablation"),
    Family.TRIGGER_POINT: ("trigger point", "injection"),
    Family.BASIVERTEBRAL_ABLATION: ("basivertebral", "ablation"),
    Family.GENICULAR_BLOCK: ("genicular", "block"),
    Family.GENICULAR_ABLATION: ("genicular", "ablation"),
    Family.OCCIPITAL_BLOCK: ("occipital", "block"),
    Family.SCS_TRIAL: ("stimulator", "trial"),
}
PLACES = {"11": "office", "19": "hospital", "22": "hospital", "24": "surgery center"}
_SI = frozenset({Family.SI_INJECTION, Family.SI_ABLATION})


def joined(parts: Sequence[str], word: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def what(which: Which, *, many: bool = False, word: str = "or") -> str:
    """Return "diagnostic facet injection", "facet or SI joint injections", "interlaminar or caudal epidurals"."""
    intents = joined([intent.value for intent in which.intents], "or") if which.intents else ""
    approaches = joined([approach_words((each,)) for each in which.approaches], "or") if which.approaches else ""
    return " ".join(part for part in (intents, approaches, _families(which, "s" if many else "", word)) if part)


def _families(which: Which, ending: str, word: str) -> str:
    """Return the families with what they have in common said once: "facet or SI joint injections or epidurals"."""
    by_noun: dict[str, list[str]] = {}
    for first, noun in (FAMILIES[family] for family in which.families):
        by_noun.setdefault(noun, []).append(first)
    kinds = {first for firsts in by_noun.values() for first in firsts}
    if len(kinds) == 1:
        return f"{kinds.pop()} {joined([noun + ending for noun in by_noun], word)}".strip()
    groups = [f"{joined(firsts, word)} {noun}{ending}".strip() for noun, firsts in by_noun.items()]
    return joined(groups, word) if groups else f"procedure{ending}"


def a_what(which: Which) -> str:
    """Return "a facet injection", "an epidural"."""
    named = what(which)
    return f"an {named}" if named[0] in "aeioSu" else f"a {named}"


def per(scope: Scope, which: Which) -> str:
    """Return "per region", "per joint"."""
    if scope is Scope.SITE:
        return "per joint" if _joints_only(which) else "per level and side"
    if scope is Scope.BODY_REGION:
        return "per region of the body"
    return f"per {scope.value}"


def same(scope: Scope, which: Which) -> str:
    """Return " in the same region", " at the same joint", "" for the whole patient."""
    place = "joint" if _joints_only(which) else "level and side"
    return {
        Scope.PATIENT: "",
        Scope.REGION: " in the same region",
        Scope.LEVEL: " at the same level",
        Scope.SITE: f" at the same {place}",
        Scope.BODY_REGION: " in the same region of the body",
    }[scope]


def _joints_only(which: Which) -> bool:
    return bool(which.families) and set(which.families) <= _SI


def holds_for(rule: Rule, names: Mapping[str, str]) -> str:
    """Return where and when a rule holds, "" for everywhere and always: "only for Humana, in OH, from 07/01/2026"."""
    where = ", ".join(_where(rule, names))
    begins = f"from {us_date(rule.effective_from)}" if rule.effective_from else ""
    ends = f"until {us_date(rule.effective_to)}" if rule.effective_to else ""
    when = f"{begins} {ends}".strip()
    return ", ".join(part for part in (f"only {where}" if where else "", _not_plans(rule), when) if part)


def _where(rule: Rule, names: Mapping[str, str]) -> Iterator[str]:
    if rule.payers:
        yield f"for {joined([names.get(payer, payer) for payer in rule.payers])}"
    if rule.plans:
        yield f"in plan{'s' if len(rule.plans) > 1 else ''} {joined([f'“{plan}”' for plan in rule.plans])}"
    if rule.contractors:
        yield f"at contractor {joined([names.get(each, each) for each in rule.contractors], 'or')}"
    if rule.states:
        yield f"in {joined(rule.states)}"
    if rule.places:
        yield f"in {joined([_place(name, rule) for name in dict.fromkeys(map(_place_name, rule.places))], 'or')}"


def _place_name(place: str) -> str:
    return PLACES.get(place, "place")


def _place(name: str, rule: Rule) -> str:
    """Return "hospital (19, 22)"."""
    return f"{name} ({', '.join(place for place in rule.places if _place_name(place) == name)})"


def _not_plans(rule: Rule) -> str:
    named = [f"“{plan}”" for plan in rule.not_plans]
    return f"not in plan{'s' if len(named) > 1 else ''} {joined(named, 'or')}" if named else ""
