"""Takes a rule out for one payer, some plans or some time only: what is left of it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tracker.domain.clinic_rule import ClinicRule
from tracker.domain.plan_aim import PlanAim
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
        yield from _other_plans(rule, change.aim)
        return
    payers = rule.payers or followers
    others = tuple(payer for payer in payers if payer != change.payer)
    if others:
        yield replace(rule, payers=others)
    if change.payer in payers:
        yield from _other_plans(replace(rule, payers=(change.payer,)), change.aim)


def _other_plans(rule: Rule, aim: PlanAim) -> Iterator[Rule]:
    if aim.not_plans:
        left = tuple(plan for plan in _within(aim.not_plans, rule.plans) if rule.concerns_plan(plan))
        if left:
            yield replace(rule, plans=left, not_plans=())
    elif aim.plans and not rule.plans:
        yield replace(rule, not_plans=added_plans(rule.not_plans, aim.plans))
    elif aim.plans:
        meant = set(map(plan_key, aim.plans))
        others = tuple(each for each in rule.plans if plan_key(each) not in meant)
        if others:
            yield replace(rule, plans=others)


def _within(names: tuple[str, ...], plans: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names as the rule writes them, those that are not among its plans left out."""
    meant = set(map(plan_key, names))
    return tuple(plan for plan in plans if plan_key(plan) in meant) if plans else names


def added_plans(plans: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Return both lists as one in which each plan stands once."""
    known = set(map(plan_key, plans))
    return (*plans, *(plan for plan in more if plan_key(plan) not in known))
