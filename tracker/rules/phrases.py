"""The phrases of which a rule's sentence is made: procedures, places in which it counts, where and when it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tracker.domain.language import tr, tr_n
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.rule import Rule, Scope, Which
from tracker.domain.us_dates import us_date
from tracker.rules.words import all_of, any_of

Joining = Callable[[Sequence[str]], str]
_MANY = 2
"""A count for which every language takes the form of several."""
_SI = frozenset({Family.SI_INJECTION, Family.SI_ABLATION})


def what(which: Which, *, many: bool = False, joining: Joining = any_of) -> str:
    """Return "diagnostic facet injection", "facet or SI joint injections", "interlaminar or caudal epidurals"."""
    n = _MANY if many else 1
    named = run_together([_family(family, n) for family in which.families], joining)
    named = named or tr_n("procedure", "procedures", n)
    named = run_together([_by_approach(each, named, n) for each in which.approaches], any_of) or named
    return run_together([_by_intent(each, named, n) for each in which.intents], any_of) or named


def run_together(phrases: Sequence[str], joining: Joining) -> str:
    """Join phrases, with the words that they begin or end with said once: "facet or SI joint injections"."""
    told = [phrase.split() for phrase in phrases]
    begins = _shared(told)
    if len(told) > 1 and begins:
        return " ".join((*told[0][:begins], joining([" ".join(each[begins:]) for each in told])))
    by_end: dict[str, list[list[str]]] = {}
    for each in told:
        by_end.setdefault(each[-1], []).append(each)
    return joining([_ending_once(group, joining) for group in by_end.values()])


def _ending_once(group: list[list[str]], joining: Joining) -> str:
    ends = _shared([each[::-1] for each in group])
    heads = joining([" ".join(each[: len(each) - ends]) for each in group])
    return " ".join(filter(None, (heads, *group[0][len(group[0]) - ends :])))


def _shared(told: list[list[str]]) -> int:
    """Return with how many words all begin, where each of them goes on."""
    count = 0
    while told and all(len(each) > count + 1 and each[count] == told[0][count] for each in told):
        count += 1
    return count


def _family(family: Family, n: int) -> str:
    return {
        Family.FACET_INJECTION: tr_n("facet injection", "facet injections", n),
        Family.FACET_ABLATION: tr_n("facet ablation", "facet ablations", n),
        Family.EPIDURAL: tr_n("epidural", "epidurals", n),
        Family.SI_INJECTION: tr_n("SI joint injection", "SI joint injections", n),
        Family.SI_ABLATION: tr_n("SI joint ablation", "SI joint ablations", n),
        Family.TRIGGER_POINT: tr_n("trigger point injection", "trigger point injections", n),
        Family.BASIVERTEBRAL_ABLATION: tr_n("basivertebral ablation", "basivertebral ablations", n),
        Family.GENICULAR_BLOCK: tr_n("genicular block", "genicular blocks", n),
        Family.GENICULAR_ABLATION: tr_n("genicular ablation", "genicular ablations", n),
        Family.OCCIPITAL_BLOCK: tr_n("occipital block", "occipital blocks", n),
        Family.SCS_TRIAL: tr_n("stimulator trial", "stimulator trials", n),
    }[family]


def _by_intent(intent: Intent, named: str, n: int) -> str:
    if intent is Intent.DIAGNOSTIC:
        return tr_n("diagnostic {what}", "diagnostic {what}", n, what=named)
    return tr_n("therapeutic {what}", "therapeutic {what}", n, what=named)


def _by_approach(approach: Approach, named: str, n: int) -> str:
    return {
        Approach.MEDIAL_BRANCH: tr_n("medial branch {what}", "medial branch {what}", n, what=named),
        Approach.INTRA_ARTICULAR: tr_n("intra-articular {what}", "intra-articular {what}", n, what=named),
        Approach.INTERLAMINAR: tr_n("interlaminar {what}", "interlaminar {what}", n, what=named),
        Approach.CAUDAL: tr_n("caudal {what}", "caudal {what}", n, what=named),
        Approach.TRANSFORAMINAL: tr_n("transforaminal {what}", "transforaminal {what}", n, what=named),
        Approach.NERVE_ROOT: tr_n("nerve root {what}", "nerve root {what}", n, what=named),
        Approach.CYST: tr_n("cyst {what}", "cyst {what}", n, what=named),
        Approach.LATERAL_BRANCH: tr_n("lateral branch {what}", "lateral branch {what}", n, what=named),
    }[approach]


def a_what(which: Which) -> str:
    """Return "a facet injection", "an epidural"."""
    named = what(which)
    return tr("an {what}", what=named) if named[0] in "aeioSu" else tr("a {what}", what=named)


def per(scope: Scope, which: Which) -> str:
    """Return "per region", "per joint"."""
    if scope is Scope.SITE:
        return tr("per joint") if _joints_only(which) else tr("per level and side")
    return {
        Scope.BODY_REGION: tr("per region of the body"),
        Scope.PATIENT: tr("per patient"),
        Scope.REGION: tr("per region"),
        Scope.LEVEL: tr("per level"),
    }[scope]


def same(scope: Scope, which: Which) -> str:
    """Return " in the same region", " at the same joint", "" for the whole patient."""
    return {
        Scope.PATIENT: "",
        Scope.REGION: tr(" in the same region"),
        Scope.LEVEL: tr(" at the same level"),
        Scope.SITE: tr(" at the same joint") if _joints_only(which) else tr(" at the same level and side"),
        Scope.BODY_REGION: tr(" in the same region of the body"),
    }[scope]


def _joints_only(which: Which) -> bool:
    return bool(which.families) and set(which.families) <= _SI


def holds_for(rule: Rule, names: Mapping[str, str]) -> str:
    """Return where and when a rule holds, "" for everywhere and always: "only for Humana, in OH, from 07/01/2026"."""
    where = ", ".join(_where(rule, names))
    begins = tr("from {day}", day=us_date(rule.effective_from)) if rule.effective_from else ""
    ends = tr("until {day}", day=us_date(rule.effective_to)) if rule.effective_to else ""
    only = tr("only {where}", where=where) if where else ""
    return ", ".join(part for part in (only, _not_plans(rule), f"{begins} {ends}".strip()) if part)


def _where(rule: Rule, names: Mapping[str, str]) -> Iterator[str]:
    if rule.payers:
        yield tr("for {payers}", payers=all_of([names.get(payer, payer) for payer in rule.payers]))
    if rule.plans:
        plans = all_of([f"“{plan}”" for plan in rule.plans])
        yield tr_n("in plan {plans}", "in plans {plans}", len(rule.plans), plans=plans)
    if rule.contractors:
        named = any_of([names.get(each, each) for each in rule.contractors])
        yield tr("at contractor {contractors}", contractors=named)
    if rule.states:
        yield tr("in {places}", places=all_of(rule.states))
    if rule.places:
        kinds = dict.fromkeys(map(_place_name, rule.places))
        yield tr("in {places}", places=any_of([_place(name, rule) for name in kinds]))


def _place_name(place: str) -> str:
    names = {"11": tr("office"), "19": tr("hospital"), "22": tr("hospital"), "24": tr("surgery center")}
    return names.get(place, tr("place"))


def _place(name: str, rule: Rule) -> str:
    """Return "hospital (19, 22)"."""
    return f"{name} ({', '.join(place for place in rule.places if _place_name(place) == name)})"


def _not_plans(rule: Rule) -> str:
    named = [f"“{plan}”" for plan in rule.not_plans]
    if not named:
        return ""
    return tr_n("not in plan {plans}", "not in plans {plans}", len(named), plans=any_of(named))
