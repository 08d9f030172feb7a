"""Answers a case: may this be booked on that day, and if not, from which day on?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from tracker.domain.coverage import Coverage
from tracker.domain.policy import InForce, NoRules
from tracker.domain.procedure import Intent
from tracker.domain.proposal import Case
from tracker.domain.verdict import CodeLine, CoveredBy, Finding, FindingCode, Met, Outcome, PolicyRef, Verdict
from tracker.domain.windows import months_after
from tracker.rules.active import Active, active_rules, speaking
from tracker.rules.authorizations import payer_says, plan_wants, programme_wants
from tracker.rules.book import RuleBook
from tracker.rules.coding import KX, check_codes, derive_codes
from tracker.rules.either import either_intent, either_payer, payers_first
from tracker.rules.facts import Item
from tracker.rules.forward import forward_impact
from tracker.rules.incomplete import WITH_INTENT, remarks
from tracker.rules.judged import Judged, different
from tracker.rules.judged_before import Remembering
from tracker.rules.judging import Judge, fold, judge_one, judge_readings, worst_first
from tracker.rules.unanswered import no_coverage, no_rules, self_paid, silent, unanswered

HORIZON_MONTHS = 36
"""How far ahead an earliest date is looked for (cases/FORMAT.md)."""


def evaluate(
    case: Case, book: RuleBook, *, whole: bool = True, judge: Remembering | None = None, words: bool = True
) -> Verdict:
    """Return the answer for the case on its day. Pure: the same case and rules give the same answer.

    Not `whole`: outcome, findings and codes only, without the earliest day (None), tallies and what is met; what is
    said of some findings is left out (""), too. `judge`: knows what was judged before; with it the earliest day is
    found, too. Without `words` a whole answer leaves out what is said of some findings, and what is met.
    """
    if len(case.coverages) > 1 and len(paying := payers_first(case)) > 1:
        return either_payer([_by_intent(case.paid_by(each), book, whole, judge, words) for each in paying])
    return _by_intent(case, book, whole, judge, words)


def _by_intent(case: Case, book: RuleBook, whole: bool, judge: Remembering | None, words: bool) -> Verdict:
    if case.proposal.family in WITH_INTENT and case.proposal.intent is None:
        cases = (replace(case, proposal=replace(case.proposal, intent=each)) for each in Intent)
        return either_intent([_evaluate(each, book, whole, judge, words) for each in cases])
    return _evaluate(case, book, whole, judge, words)


def _evaluate(case: Case, book: RuleBook, whole: bool, judge: Remembering | None, words: bool) -> Verdict:
    coverage = case.coverage
    if coverage is None:
        return unanswered(case, book, no_coverage(case))
    if book.is_self_pay(coverage.payer):
        return self_paid(case, book)
    in_force = book.in_force(coverage.payer, case.proposal.family, case.site, case.proposal.day)
    if not isinstance(in_force, NoRules):
        active = active_rules(in_force, case, coverage)
        if active.answers(case.proposal.targets):
            return _answered(case, coverage, book, in_force, active, whole=whole, judge=judge, words=words)
        in_force = silent()
    return unanswered(case, book, no_rules(in_force), _approvals(case, coverage, book))


def _approvals(case: Case, coverage: Coverage, book: RuleBook) -> Iterator[Item]:
    """Judge the approvals where nothing says how often it may be done: they are asked for all the same."""
    codes = derive_codes(case.proposal, case.site, book.codes)
    rules = book.authorization_rules(coverage.payer, case.proposal.family, case.site, case.proposal.day)
    for version, rule in speaking(rules, case, coverage).wanting:
        yield from programme_wants(case, coverage, codes, rule, version.source(rule), book)
    yield from plan_wants(case, coverage, codes, book, from_plan=False)


def _answered(
    case: Case,
    coverage: Coverage,
    book: RuleBook,
    in_force: InForce,
    active: Active,
    *,
    whole: bool,
    judge: Remembering | None,
    words: bool,
) -> Verdict:
    looking: Judge = judge or judge_readings
    tell = partial(_told, case, active, words=words) if whole else _as_judged
    if whole and judge is None:
        readings, judged = judge_readings(case, active, coverage.payer, telling=words, counting=True)
    else:
        readings, judged = looking(case, active, coverage.payer)
        judged = judged if readings.doubts else [tell(judged[0])]
    folded = fold(readings, judged, tell, naming=whole or judge is None)
    codes = derive_codes(case.proposal, case.site, book.codes, active.modifiers, in_force.version)
    others = list(beside(case, coverage, book, active, codes))
    findings = [
        *folded.findings,
        *(item for item in others if isinstance(item, Finding)),
        *forward_impact(case, coverage, book, judge.ground if judge else None),
        *_coding(case, book, coverage, codes),
        *remarks(case),
    ]
    return Verdict(
        outcome=max((finding.outcome for finding in findings), default=Outcome.ALLOWED),
        asked=case.proposal.day,
        earliest=_earliest(case, coverage, book, active, judged, looking) if whole or judge else None,
        findings=_history_first(findings),
        codes=codes,
        levels=len(case.proposal.levels),
        policies=tuple(PolicyRef(v.policy, v.effective_from, v.title) for v in in_force.versions),
        tallies=folded.tallies,
        met=(*folded.met, *(item for item in others if isinstance(item, Met))),
        approvals=tuple(item for item in others if isinstance(item, CoveredBy)),
    )


def _as_judged(each: Judged) -> Judged:
    return each


def _told(case: Case, active: Active, each: Judged, *, words: bool) -> Judged:
    """Return what a reading gives with its tallies, and in words."""
    return judge_one(case, active, each.reading, words, counting=True)


def _history_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Worst first; where it cannot be told, the fact to ask for stands before what hangs on it."""
    ordered = worst_first(findings)
    if len(ordered) < 2:
        return ordered
    return tuple(sorted(ordered, key=lambda f: (-f.outcome.rank, f.code is not FindingCode.HISTORY)))


def beside(
    case: Case, coverage: Coverage, book: RuleBook, active: Active, codes: tuple[CodeLine, ...]
) -> Iterator[Item]:
    """Judge the approvals: those of programmes, and the plan's own."""
    for version, rule in active.wanting:
        yield from programme_wants(case, coverage, codes, rule, version.source(rule), book)
    open_ = book.authorization_from_plan(coverage.payer) and not payer_says((rule for _, rule in active.wanting), codes)
    yield from plan_wants(case, coverage, codes, book, from_plan=open_)


def _coding(case: Case, book: RuleBook, coverage: Coverage, codes: tuple[CodeLine, ...]) -> Iterator[Finding]:
    if case.proposal.codes is None:
        return
    kx = book.sets_modifier(coverage.payer, KX, coverage.plan)
    yield from check_codes(case.proposal.codes, codes, case.proposal, case.site, book.codes, kx)


# --- the earliest day -------------------------------------------------------------------------------------------------


def _earliest(
    case: Case, coverage: Coverage, book: RuleBook, active: Active, judged: Sequence[Judged], judge: Judge
) -> date | None:
    """Return the first day from the asked one on with nothing dated against it under any reading (CHOICES 11, 12)."""
    day, next_day = case.proposal.day, _next_try(judged)
    if next_day is not None and next_day <= day:
        return day
    last = months_after(day, HORIZON_MONTHS)
    stuck = _speaking(coverage.payer, active)
    while next_day is None or next_day > day:
        change = _next_change(case, coverage, book, day)
        if next_day is None and change is None:
            return None
        day = min(filter(None, (next_day, change))) if change is not None else next_day or last
        if day > last:
            return None
        payer, active = _later_rules(case.on(day), coverage, book)
        if not active:
            return day
        if next_day is None and stuck == _speaking(payer, active):
            continue  # what no date cures stands until other rules speak
        stuck = _speaking(payer, active)
        next_day = _next_try(judge(case.on(day), active, payer)[1])
    return day


def _speaking(payer: str, active: Active) -> tuple[object, ...]:
    """Return what tells the rules of two days apart."""
    judging = active.judging
    return payer, tuple(rule for _, rule, _ in judging), frozenset(version.together for version, _, _ in judging)


def _next_try(judged: Sequence[Judged]) -> date | None:
    """Return the asked day itself when no reading speaks against it, else the first day that may do; None for never."""
    clear = date.min
    for each in different(judged):
        for finding in each.findings:
            if finding.clears_on is not None:
                clear = max(clear, finding.clears_on)
            elif finding.outcome is Outcome.NOT_ALLOWED:
                return None
    return clear


def _later_rules(case: Case, asked: Coverage, book: RuleBook) -> tuple[str, Active]:
    """Return payer and rules of a later day, none where nobody has any; what has no rules on file is no way out."""
    coverage = case.coverage or asked
    if book.is_self_pay(coverage.payer):
        return coverage.payer, Active()
    for each in (coverage, asked):
        in_force = book.in_force(each.payer, case.proposal.family, case.site, case.proposal.day)
        if isinstance(in_force, InForce):
            return each.payer, active_rules(in_force, case, each)
    return asked.payer, Active()


def _next_change(case: Case, asked: Coverage, book: RuleBook, day: date) -> date | None:
    """Return the next day on which other rules answer: a new version, or another coverage."""
    payers = {(case.on(day).coverage or asked).payer, asked.payer}
    changes = [book.changes_after(payer, case.proposal.family, case.site, day) for payer in payers]
    for each in case.coverages:
        changes += [each.start, each.over]
    return min((change for change in changes if change is not None and change > day), default=None)
