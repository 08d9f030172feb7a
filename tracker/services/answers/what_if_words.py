"""What-ifs in words: what differs in the facts, and what differs in the answer."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.anatomy import Side
from tracker.domain.booking import BookingRequest
from tracker.domain.language import tr, tr_n
from tracker.domain.procedure import Sites
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome, Verdict
from tracker.services.answers.charts import Chart
from tracker.services.answers.what_if_facts import NEW_COVERAGE, WhatIf
from tracker.services.words import wording
from tracker.services.words.payers import PayerNames

_SIDES = {Side.LEFT: tr("left side only"), Side.RIGHT: tr("right side only"), Side.BOTH: tr("both sides")}
_ANSWERS = {
    Outcome.ALLOWED: tr("allowed"),
    Outcome.CAUTION: tr("allowed with a caution"),
    Outcome.NEEDS_AUTHORIZATION: tr("needs an authorization"),
    Outcome.UNKNOWN: tr("cannot tell"),
    Outcome.NOT_ALLOWED: tr("not allowed"),
}
UNANSWERED = tr("As asked there is no answer.")
SAME = tr("The same answer.")


def asked_text(asked: BookingRequest, chart: Chart, payers: PayerNames, *, paid: bool) -> str:
    """Return what is asked: "MBB L4-5 right, Thu 12/03/2026, Medicare Part B"; without a payer where none pays."""
    sites = "" if asked.targets else wording.sites_text(Sites((), asked.nerves, asked.lone_nerves))
    parts = (
        f"{wording.request_text(asked)} {sites}".strip(),
        us_date(asked.day, weekday=True),
        payers.coverage(chart.coverage(asked)) if paid else "",
    )
    return ", ".join(part for part in parts if part)


def label(what: WhatIf, asked: BookingRequest, chart: Chart, payers: PayerNames) -> str:
    """Return what differs as it would be said: "Left side only", "With Cigna PPO, on Wed 01/13/2027"."""
    return _sentence(", ".join(_facts(what, asked, chart, payers)))


def _facts(what: WhatIf, asked: BookingRequest, chart: Chart, payers: PayerNames) -> Iterator[str]:
    if what.approach or what.intent:
        yield tr(
            "as {procedure}",
            procedure=wording.procedure_text(asked.family, asked.intent, asked.approach, asked.targets),
        )
    elif what.side is not None:
        yield _SIDES.get(what.side, what.side.value)
    elif what.sites is not None:
        sites = Sites(asked.targets, asked.nerves, asked.lone_nerves, asked.body_regions)
        yield tr("at {sites}", sites=wording.sites_text(sites) or tr("no level"))
    if what.coverage_id or what.payer or what.self_pay:
        yield _payer(asked, chart, payers)
    if what.site_id:
        yield tr("at {site}", site=wording.site_text(chart.clinic.site(what.site_id)))
    if what.day is not None:
        yield tr("on {day}", day=us_date(what.day, weekday=True))


def _payer(asked: BookingRequest, chart: Chart, payers: PayerNames) -> str:
    coverage = chart.coverage(asked)
    if coverage.payer == payers.self_pay:
        return tr("the patient pays")
    new = tr(" (not on file)") if coverage.id == NEW_COVERAGE else ""
    return tr("with {coverage}{new}", coverage=payers.coverage(coverage), new=new)


def difference(before: Verdict | None, after: Verdict, what: WhatIf) -> str:
    """Return in one sentence how the answer differs from the present one."""
    if before is None:
        return f"{_sentence(_ANSWERS[after.outcome])}. {UNANSWERED}"
    told = [each for each in (_earliest(before, after, what), _count(before, after), _codes(before, after)) if each]
    answer = _answer(before, after)
    if not told and answer is None:
        return SAME
    answer = answer or tr("still {answer}", answer=_ANSWERS[after.outcome])
    return f"{_sentence('; '.join([answer, *told]))}."


def _answer(before: Verdict, after: Verdict) -> str | None:
    """Say how outcome or reason changed, None when both are the same."""
    if before.outcome is not after.outcome:
        return tr("{answer} instead of {before}", answer=_ANSWERS[after.outcome], before=_ANSWERS[before.outcome])
    rules = [verdict.worst.rule if verdict.worst else "" for verdict in (before, after)]
    return None if rules[0] == rules[1] else tr("still {answer}, for another reason", answer=_ANSWERS[after.outcome])


def _earliest(before: Verdict, after: Verdict, what: WhatIf) -> str:
    """Say how the earliest day moved; nothing where it is the day asked for, or cannot be told."""
    first = None if before.outcome is Outcome.UNKNOWN else before.earliest
    then = after.earliest
    if first == then or after.outcome is Outcome.UNKNOWN or (what.day is not None and then == after.asked):
        return ""
    if then is None:
        return tr("no date helps")
    day = us_date(then, weekday=True)
    if first is None:
        return "" if then == after.asked else tr("possible from {day} on", day=day)
    days = abs((then - first).days)
    if then < first:
        return tr_n("earliest {n} day sooner, {day}", "earliest {n} days sooner, {day}", days, day=day)
    return tr_n("earliest {n} day later, {day}", "earliest {n} days later, {day}", days, day=day)


def _count(before: Verdict, after: Verdict) -> str:
    first, then = wording.count_text(before), wording.count_text(after)
    if first == then or not first:
        return then if first != then else ""
    tally, now = wording.deciding_tally(before), wording.deciding_tally(after)
    if tally and now and tally.unit == now.unit:
        first = tr("{used} of {limit}", used=tally.used, limit=tally.limit)
    return tr("{count} instead of {before}", count=then or tr("nothing is counted"), before=first)


def _codes(before: Verdict, after: Verdict) -> str:
    """Name the codes where they or their units differ; a modifier for the side says nothing new."""
    first, then = [{(line.code, line.units) for line in verdict.codes} for verdict in (before, after)]
    if first == then:
        return ""
    codes = ", ".join(f"{line.units} × {line.code}" if line.units > 1 else line.code for line in after.codes)
    return tr("billed as {codes}", codes=codes) if codes else tr("no code known")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
