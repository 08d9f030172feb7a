"""Takes a rule out for one payer, one plan or some time only: what is left of it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tracker.domain.clinic_rule import ClinicRule
from tracker.domain.rule import Rule, plan_key
from tracker.domain.windows import ONE_DAY


def without(rule: Rule, change: ClinicRule, followers: tuple[str, ...]) -> Iterator[Rule]:
    """Yield what goes on of the rule beside the change; `followers` are the payers that follow these rules."""
    begins = (change.rule.effective_from if change.rule else None) or date.min
    ends = (change.rule.effective_to if change.rule else None) or date.max
    first, last = rule.effective_from or date.min, rule.effective_to or date.max
    if last < begins or ends < first:
        yield rule
        return
    within = rule
    if first < begins:
        yield replace(rule, effective_to=begins - ONE_DAY)
        within = replace(within, effective_from=begins)
    if ends < last:
        yield replace(rule, effective_from=ends + ONE_DAY)
        within = replace(within, effective_to=ends)
    yield from _elsewhere(within, change, followers)


def _elsewhere(rule: Rule, change: ClinicRule, followers: tuple[str, ...]) -> Iterator[Rule]:
    """Yield the rule for the other payers, and for the other plans of the payer that is meant."""
    if not change.payer:
        yield from _other_plans(rule, change.plan)
        return
    payers = rule.payers or followers
    others = tuple(payer for payer in payers if payer != change.payer)
    if others:
        yield replace(rule, payers=others)
    if change.payer in payers:
        yield from _other_plans(replace(rule, payers=(change.payer,)), change.plan)


def _other_plans(rule: Rule, plan: str) -> Iterator[Rule]:
    if not plan:
        return
    if not rule.plans:
        yield rule if not rule.concerns_plan(plan) else replace(rule, not_plans=(*rule.not_plans, plan))
        return
    others = tuple(each for each in rule.plans if plan_key(each) != plan_key(plan))
    if others:
        yield replace(rule, plans=others)
