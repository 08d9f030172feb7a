"""What-ifs in words: what differs in the facts, and what differs in the answer."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.anatomy import Side
from tracker.domain.booking import BookingRequest
from tracker.domain.procedure import Sites
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome, Verdict
from tracker.services import wording
from tracker.services.charts import Chart
from tracker.services.payers import PayerNames
from tracker.services.what_if_facts import NEW_COVERAGE, WhatIf

_SIDES = {Side.LEFT: "left side only", Side.RIGHT: "right side only", Side.BOTH: "both sides"}
_ANSWERS = {
    Outcome.ALLOWED: "allowed",
    Outcome.CAUTION: "allowed with a caution",
    Outcome.NEEDS_AUTHORIZATION: "needs an authorization",
    Outcome.UNKNOWN: "cannot tell",
    Outcome.NOT_ALLOWED: "not allowed",
}
UNANSWERED = "As asked there is no answer."
SAME = "The same answer."


def asked_text(asked: BookingRequest, chart: Chart, payers: PayerNames, *, paid: bool) -> str:
    """Return what is asked: "MBB L4-5 right, Thu 12/03/2026, Medicare Part B"; without a payer where none pays."""
    sites = "" if asked.targets else wording.sites_text(Sites((), asked.nerves, asked.lone_nerves))
    parts = (
        f"{wording.procedure_text(asked.family, asked.intent, asked.approach, asked.targets)} {sites}".strip(),
        us_date(asked.day, weekday=True),
        payers.coverage(chart.coverage(asked)) if paid else "",
    )
    return ", ".join(part for part in parts if part)


def label(what: WhatIf, asked: BookingRequest, chart: Chart, payers: PayerNames) -> str:
    """Return what differs as it would be said: "Left side only", "With Cigna PPO, on Wed 01/13/2027"."""
    return _sentence(", ".join(_facts(what, asked, chart, payers)))


def _facts(what: WhatIf, asked: BookingRequest, chart: Chart, payers: PayerNames) -> Iterator[str]:
    if what.approach or what.intent:
        yield f"as {wording.procedure_text(asked.family, asked.intent, asked.approach, asked.targets)}"
    elif what.side is not None:
        yield _SIDES.get(what.side, what.side.value)
    elif what.sites is not None:
        yield f"at {wording.sites_text(Sites(asked.targets, asked.nerves, asked.lone_nerves)) or 'no level'}"
    if what.coverage_id or what.payer or what.self_pay:
        yield _payer(asked, chart, payers)
    if what.site_id:
        yield f"at {wording.site_text(chart.clinic.site(what.site_id))}"
    if what.day is not None:
        yield f"on {us_date(what.day, weekday=True)}"


def _payer(asked: BookingRequest, chart: Chart, payers: PayerNames) -> str:
    coverage = chart.coverage(asked)
    if coverage.payer == payers.self_pay:
        return "the patient pays"
    new = " (not on file)" if coverage.id == NEW_COVERAGE else ""
    return f"with {payers.coverage(coverage)}{new}"


def difference(before: Verdict | None, after: Verdict, what: WhatIf) -> str:
    """Return in one sentence how the answer differs from the present one."""
    if before is None:
        return f"{_sentence(_ANSWERS[after.outcome])}. {UNANSWERED}"
    told = [each for each in (_earliest(before, after, what), _count(before, after), _codes(before, after)) if each]
    answer = _answer(before, after)
    if not told and answer is None:
        return SAME
    return f"{_sentence('; '.join([answer or f'still {_ANSWERS[after.outcome]}', *told]))}."


def _answer(before: Verdict, after: Verdict) -> str | None:
    """Say how outcome or reason changed, None when both are the same."""
    if before.outcome is not after.outcome:
        return f"{_ANSWERS[after.outcome]} instead of {_ANSWERS[before.outcome]}"
    rules = [verdict.worst.rule if verdict.worst else "" for verdict in (before, after)]
    return None if rules[0] == rules[1] else f"still {_ANSWERS[after.outcome]}, for another reason"


def _earliest(before: Verdict, after: Verdict, what: WhatIf) -> str:
    """Say how the earliest day moved; nothing where it is the day asked for, or cannot be told."""
    first = None if before.outcome is Outcome.UNKNOWN else before.earliest
    then = after.earliest
    if first == then or after.outcome is Outcome.UNKNOWN or (what.day is not None and then == after.asked):
        return ""
    if then is None:
        return "no date helps"
    day = us_date(then, weekday=True)
    if first is None:
        return "" if then == after.asked else f"possible from {day} on"
    days = abs((then - first).days)
    return f"earliest {days} {'day' if days == 1 else 'days'} {'sooner' if then < first else 'later'}, {day}"


def _count(before: Verdict, after: Verdict) -> str:
    first, then = wording.count_text(before), wording.count_text(after)
    if first == then or not first:
        return then if first != then else ""
    tally = wording.deciding_tally(before)
    known = f"{tally.used} of {tally.limit}" if tally else ""
    same_unit = bool(then) and then.split(" ")[3:] == first.split(" ")[3:]
    return f"{then or 'nothing is counted'} instead of {known if same_unit else first}"


def _codes(before: Verdict, after: Verdict) -> str:
    """Name the codes where they or their units differ; a modifier for the side says nothing new."""
    first, then = [{(line.code, line.units) for line in verdict.codes} for verdict in (before, after)]
    if first == then:
        return ""
    codes = ", ".join(f"{line.units} × {line.code}" if line.units > 1 else line.code for line in after.codes)
    return f"billed as {codes}" if codes else "no code known"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
