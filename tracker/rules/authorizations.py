"""Whether an approval is needed, and whether one on file covers this visit (CHOICES 25-29; policies.md 7.1, 7.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationStatus
from tracker.domain.authorization_needs import Standing
from tracker.domain.billing_rules import NeedsAuthorization
from tracker.domain.coverage import Coverage, Site
from tracker.domain.language import msg, tr
from tracker.domain.proposal import Case
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import CodeLine, CoveredBy, Finding, FindingCode, Met, Outcome, Source
from tracker.rules.approvals import Wanted, span, why_not
from tracker.rules.book import RuleBook
from tracker.rules.facts import Item
from tracker.rules.not_required import all_free, still_asked
from tracker.rules.transitions import carried_over, honoured
from tracker.rules.words import all_of

ENDS_SOON_DAYS = 14
PLAN = "plan-authorization"
PROGRAMMES = {
    AuthorizationKind.PAYER: msg("The plan"),
    AuthorizationKind.MEDICARE_OPD: msg("Medicare in a hospital outpatient department"),
    AuthorizationKind.WISER: msg("Medicare's WISeR model in this state"),
}
"""Whose programme it is, as the subject of a sentence."""


def plan_wants(
    case: Case, coverage: Coverage, codes: tuple[CodeLine, ...], book: RuleBook, *, from_plan: bool
) -> Iterator[Item]:
    """Judge the plan's own approval: as the clinic entered it for the plan, or open where nobody did."""
    if coverage.authorization_required:
        yield from _covered_or_carried(case, coverage, Wanted(AuthorizationKind.PAYER, PLAN, codes), book)
    elif coverage.authorization_required is None and from_plan and not all_free(case, coverage, codes):
        open_ = tr("Whether this plan wants an authorization for it is not on file.")
        ask = tr("Ask the plan, and record the answer with the patient's coverage.")
        yield Finding(FindingCode.AUTHORIZATION, Outcome.UNKNOWN, PLAN, open_, ask=ask)


def payer_says(rules: Iterable[NeedsAuthorization], codes: tuple[CodeLine, ...]) -> bool:
    """Tell whether the payer's rules on file say of every code whether it wants an approval."""
    named = {code for rule in rules if rule.programme == AuthorizationKind.PAYER for code in rule.codes}
    return bool(codes) and all(line.code in named for line in codes)


def programme_wants(
    case: Case,
    coverage: Coverage,
    codes: tuple[CodeLine, ...],
    rule: NeedsAuthorization,
    source: Source,
    book: RuleBook,
) -> Iterator[Item]:
    """Judge a programme's approval for those of its codes that the visit bills."""
    lines = tuple(line for line in codes if line.code in rule.codes)
    if not lines:
        return
    kind = AuthorizationKind(rule.programme)
    match standing_of(rule, case.site, coverage.authorization_required):
        case None:
            return
        case Standing.NONE:
            yield _none_needed(rule, source)
        case Standing.EXEMPT:
            yield from _exempt(case, rule, source)
        case _:
            wanted = Wanted(kind, rule.id, lines, source, rule.voluntary, rule.valid_days, rule.single_use, rule.text)
            yield from _covered_or_carried(case, coverage, wanted, book)


def standing_of(rule: NeedsAuthorization, site: Site, entered: bool | None) -> Standing | None:
    """Return what the rule wants there; None where the clinic's own entry for the plan stands before it."""
    kind = AuthorizationKind(rule.programme)
    if kind is AuthorizationKind.PAYER and entered is not None:
        return None
    if not rule.needed:
        return Standing.NONE
    if kind is AuthorizationKind.MEDICARE_OPD and site.hospital_exempt:
        return Standing.EXEMPT
    return Standing.VOLUNTARY if rule.voluntary else Standing.NEEDED


def _none_needed(rule: NeedsAuthorization, source: Source) -> Item:
    if rule.text:
        return Finding(FindingCode.AUTHORIZATION, Outcome.CAUTION, rule.id, tr(rule.text), source=source)
    return Met(rule.id, tr("The payer asks for no authorization."), source)


def _exempt(case: Case, rule: NeedsAuthorization, source: Source) -> Iterator[Item]:
    sent = [a for a in case.authorizations if a.kind is AuthorizationKind.MEDICARE_OPD and not _closed(a)]
    if sent:
        message = tr("This hospital is exempt and must not send requests; the one on file would be rejected.")
        yield Finding(FindingCode.AUTHORIZATION, Outcome.CAUTION, rule.id, message, source=source)
    else:
        message = tr("This hospital is exempt from the Medicare hospital program: no request is sent.")
        yield Met(rule.id, message, source)


def _closed(authorization: Authorization) -> bool:
    return authorization.status in (
        AuthorizationStatus.CANCELLED,
        AuthorizationStatus.WITHDRAWN,
        AuthorizationStatus.DENIED,
        AuthorizationStatus.NOT_REQUIRED,
    )


def _covered_or_carried(case: Case, coverage: Coverage, wanted: Wanted, book: RuleBook) -> Iterator[Item]:
    """Say whether an approval covers it: one of the payer's own, else one that a plan switch carries over."""
    items = tuple(covered(case, coverage, wanted))
    if wanted.kind is AuthorizationKind.PAYER and _lacking(items):
        old = carried_over(case, coverage, book)
        again = tuple(covered(replace(case, authorizations=old), coverage, wanted)) if old else items
        if not _lacking(again):
            yield from again
            yield honoured((each.number for each in again if isinstance(each, CoveredBy)), coverage)
            return
    yield from items


def _lacking(items: Iterable[Item]) -> bool:
    return any(isinstance(item, Finding) and item.outcome > Outcome.CAUTION for item in items)


def covered(case: Case, coverage: Coverage, wanted: Wanted) -> Iterator[Item]:
    """Say whether every code is covered; otherwise the nearest miss of the first one that is not."""
    if all_free(case, coverage, wanted.lines, wanted.kind):
        yield Met(wanted.rule, tr("The payer said that none is needed."), wanted.source)
        return
    wanted = replace(wanted, lines=still_asked(case, coverage, wanted.lines, wanted.kind))
    if not wanted.lines:
        yield from _nothing_to_match(case, wanted)
        return
    mine = [a for a in case.authorizations if a.kind is wanted.kind and a.payer == coverage.payer]
    fitting: dict[str, list[Authorization]] = {}
    for line in _by_code(wanted.lines):
        fitting[line.code] = [a for a in mine if not why_not(a, line, case, wanted)]
        if not fitting[line.code]:
            yield _miss(mine, line, case, wanted)
            return
    chosen = {code: min(found, key=lambda each: _ends(each, wanted)) for code, found in fitting.items()}
    yield from (_covered_by(approval, code, wanted) for code, approval in chosen.items())
    numbers = ", ".join(sorted({a.number or "" for a in chosen.values()}))
    yield Met(
        wanted.rule,
        tr(
            "Authorization {number} covers {codes} on {day}.",
            number=numbers,
            codes=_codes(wanted.lines),
            day=us_date(case.proposal.day),
        ),
        wanted.source,
    )
    yield from _cautions(fitting, case, wanted)


def _ends(approval: Authorization, wanted: Wanted) -> tuple[date, str]:
    return span(approval, wanted)[1] or date.max, approval.number or ""


def _covered_by(approval: Authorization, code: str, wanted: Wanted) -> CoveredBy:
    left = [line.left for line in approval.lines if line.code == code and not line.denied]
    most = None if None in left else max(filter(None, left), default=0)
    return CoveredBy(approval.number or "", code, most, span(approval, wanted)[1])


def _by_code(lines: Iterable[CodeLine]) -> list[CodeLine]:
    """Return a line a code with the units of all its lines (a center's own claim has two, RT and LT)."""
    units: Counter[str] = Counter()
    for line in lines:
        units[line.code] += line.units
    return [CodeLine(code, (), count) for code, count in units.items()]


def _nothing_to_match(case: Case, wanted: Wanted) -> Iterator[Item]:
    """Where no code is on file for the procedure, nobody can tell whether an approval covers it."""
    if case.proposal.lone_nerves and not case.proposal.targets:
        return  # nothing is billed
    message = tr("The plan wants an authorization, and no code is on file for this procedure to match it with.")
    ask = tr("Look up the code, and whether the approval names it.")
    yield Finding(FindingCode.AUTHORIZATION, Outcome.UNKNOWN, wanted.rule, message, ask=ask)


def _miss(mine: Iterable[Authorization], line: CodeLine, case: Case, wanted: Wanted) -> Finding:
    reasons = [why_not(a, line, case, wanted) for a in mine]
    near = tr("On file: {reasons}.", reasons="; ".join(dict.fromkeys(reasons))) if reasons else tr("None is on file.")
    programme = tr(PROGRAMMES[wanted.kind])
    if wanted.voluntary:
        outcome = Outcome.CAUTION
        message = tr(
            "{who} reviews {codes}: ask for an affirmation, or expect a review before payment.",
            who=programme,
            codes=_codes(wanted.lines),
        )
    else:
        outcome = Outcome.NEEDS_AUTHORIZATION
        codes = line.code if reasons else _codes(wanted.lines)  # nothing on file lacks all of them
        message = tr("{who} wants an authorization for {codes}.", who=programme, codes=codes)
    told = " ".join(filter(None, (message, near, tr(wanted.text))))
    return Finding(FindingCode.AUTHORIZATION, outcome, wanted.rule, told, source=wanted.source)


def _cautions(fitting: dict[str, list[Authorization]], case: Case, wanted: Wanted) -> Iterator[Finding]:
    for sentence in dict.fromkeys(_doubts(fitting, case, wanted)):
        yield Finding(FindingCode.AUTHORIZATION, Outcome.CAUTION, wanted.rule, sentence, source=wanted.source)


def _doubts(fitting: dict[str, list[Authorization]], case: Case, wanted: Wanted) -> Iterator[str]:
    provider = case.proposal.provider
    for code, found in fitting.items():
        numbers = sorted({a.number or "" for a in found})
        if len(numbers) > 1:
            first = min(found, key=lambda each: _ends(each, wanted)).number
            yield tr(
                "{numbers} both cover {code}: {first}, which ends first, is taken; name it on the claim.",
                numbers=all_of(numbers),
                code=code,
                first=first,
            )
        if provider and all(a.provider and a.provider != provider for a in found):
            yield tr("{number} names another provider; have the payer change it before the visit.", number=numbers[0])
        ends = [end for a in found if (end := span(a, wanted)[1]) is not None]
        if len(numbers) == 1 and ends and _soon(min(ends), case.as_of):
            day = us_date(min(ends), weekday=True)
            yield tr("{number} ends {day}; there is little room to move the visit.", number=numbers[0], day=day)


def next_soon(ends: date | None, decided: date | None, validities: Iterable[int], as_of: date) -> date | None:
    """Return the first day after `as_of` on which a last day that an approval may have under any programme is near.

    Nothing else in an answer about it turns by the day on which one asks.
    """
    runs = validities if decided is not None else ()
    lasts = (ends, *(decided + timedelta(days=days - 1) for days in runs if decided))
    near = (last - timedelta(days=ENDS_SOON_DAYS) for last in lasts if last is not None)
    return min((day for day in near if day > as_of), default=None)


def _soon(last: date, as_of: date) -> bool:
    return (last - as_of).days <= ENDS_SOON_DAYS


def _codes(lines: Iterable[CodeLine]) -> str:
    return ", ".join(dict.fromkeys(line.code for line in lines))
