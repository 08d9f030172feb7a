"""Tries rules on made-up injections: the answer under one rule alone, or under all of a payer; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.billing_rules import Modifier, NeedsAuthorization
from tracker.domain.body_regions import BodyRegion
from tracker.domain.coverage import Coverage, Site
from tracker.domain.event import Event, EventStatus, PartialDate
from tracker.domain.policy import PolicyVersion
from tracker.domain.procedure import Family, ProcedureChoice, TargetKind, parse_sites
from tracker.domain.proposal import Case, ClinicChoices, Proposal
from tracker.domain.rule import Rule, Which
from tracker.domain.rule_kinds import Advice, MaxLevels
from tracker.domain.trial_entry import TrialEntry
from tracker.domain.verdict import Grade, Source, Verdict
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.loader import Policy
from tracker.policies.procedures import Payer
from tracker.rules import evaluate

_ALONE, _OTHER_PAYER = "trial", "trial-other-payer"
_OFFICE = Site("KY", "11")
_PLACES = {
    TargetKind.FACET: "L4-L5 left",
    TargetKind.FORAMEN: "L4-L5 left",
    TargetKind.INTERSPACE: "L4-L5",
    TargetKind.SI: "SI left",
    TargetKind.CAUDAL: "caudal",
}
_SILENT = MaxLevels(id="trial-answers", evidence=Grade.PRIMARY, source=_ALONE, limit=99)
"""Never speaks, but answers: a rule that is no answer by itself can so be tried alone."""


@dataclass(frozen=True, slots=True)
class TrialPlace:
    """Whose rules are tried, and where: payer, plan, state and place of service."""

    payer: str
    plan: str = ""
    site: Site = _OFFICE


@dataclass(frozen=True, slots=True)
class Trial:
    """What was asked and done, made up, and the answer."""

    asked: TrialEntry
    events: tuple[Event, ...]
    verdict: Verdict


def usual_entry(rule: Rule, choices: Iterable[ProcedureChoice], day: date) -> TrialEntry:
    """Return what a rule is usually tried with: the first procedure that it speaks about, at one usual place."""
    return entry_of(rule.about, choices, day)


def entry_of(which: Which, choices: Iterable[ProcedureChoice], day: date) -> TrialEntry:
    known = tuple(choices)
    fitting = (each for each in known if which.fits(each.family, each.intent, each.approach))
    choice = next(fitting, None) or next(each for each in known if each.family in (which.families or tuple(Family)))
    place = _PLACES.get(choice.targets)
    body = (BodyRegion.NECK,) if choice.targets is TargetKind.BODY else ()
    return TrialEntry(day, choice, parse_sites([place] if place else [], choice.approach).targets, body_regions=body)


def try_rules(
    book: PolicyCatalog,
    place: TrialPlace,
    asked: TrialEntry,
    done: Iterable[TrialEntry],
    choices: ClinicChoices,
    *,
    authorizations: bool,
) -> Trial:
    """Answer what is asked by a book. Without `authorizations` no approval of a plan is looked for."""
    events = tuple(_event(number, each) for number, each in enumerate(done, 1))
    covered = Coverage(place.payer, place.plan, authorization_required=None if authorizations else False)
    proposal = Proposal(asked.day, asked.choice.family, asked.choice.intent, asked.choice.approach, asked.targets,
                        technique_changed=asked.technique_changed, body_regions=asked.body_regions)  # fmt: skip
    as_of = min([asked.day, *(event.when.first for event in events)])
    case = Case(max(as_of, asked.day), proposal, place.site, (covered,), events, choices=choices)
    return Trial(asked, events, evaluate(case, book))


def _event(number: int, entry: TrialEntry) -> Event:
    months = entry.months if entry.months is not None else (12.0 if entry.percent is not None else None)
    return Event(
        f"done-{number}",
        PartialDate.on(entry.day),
        entry.choice.family,
        EventStatus.PERFORMED,
        entry.choice.intent,
        entry.choice.approach,
        entry.targets,
        relief_percent=entry.percent,
        relief_months=months,
        body_regions=entry.body_regions,
        payer=_OTHER_PAYER if entry.paid_otherwise else None,
        kx_claimed=not entry.without_kx,
    )


def alone(book: PolicyCatalog, rule: Rule, place: TrialPlace, source: Source) -> PolicyCatalog:
    """Return a book in which the payer has this rule and no other, everywhere and always."""
    bare = replace(
        rule,
        source=_ALONE,
        contractors=(),
        payers=(),
        plans=(),
        not_plans=(),
        states=(),
        places=(),
        effective_from=None,
        effective_to=None,
    )
    weak = isinstance(rule, Modifier | NeedsAuthorization) or (isinstance(rule, Advice) and rule.after is not None)
    rules = (bare, _SILENT) if weak else (bare,)
    version = PolicyVersion(_ALONE, source.title, date(2000, 1, 1), rules, {_ALONE: source}, dated=False)
    families = rule.families or tuple(Family)
    policy = Policy(_ALONE, source.title, _ALONE, families, beside=False, versions={"": (version,)})
    return replace(book, payers=(Payer(place.payer, place.payer, rules=_ALONE),), policies=(policy,))
