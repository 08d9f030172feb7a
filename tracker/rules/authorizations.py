"""Whether an approval is needed, and whether one on file covers this visit (CHOICES 25-29; policies.md 7.1, 7.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.anatomy import Target
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.coverage import Coverage
from tracker.domain.proposal import Case
from tracker.domain.rule_kinds import NeedsAuthorization
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import CodeLine, Finding, FindingCode, Met, Outcome, Source
from tracker.rules.facts import Item, single_sites

ENDS_SOON_DAYS = 14
PLAN = "plan-authorization"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be covered, under which programme."""

    kind: AuthorizationKind
    rule: str
    lines: tuple[CodeLine, ...]
    source: Source | None = None
    voluntary: bool = False
    valid_days: int | None = None
    single_use: bool = False
    text: str = ""


def plan_wants(case: Case, coverage: Coverage, codes: tuple[CodeLine, ...], from_plan: bool) -> Iterator[Item]:
    """Judge the plan's own approval: as the clinic entered it for the plan, or open where nobody did."""
    if coverage.authorization_required:
        yield from covered(case, coverage, Wanted(AuthorizationKind.PAYER, PLAN, codes))
    elif coverage.authorization_required is None and from_plan and not _not_required(case, coverage):
        yield Finding(
            FindingCode.AUTHORIZATION,
            Outcome.UNKNOWN,
            PLAN,
            "Whether this plan wants an authorization for it is not on file.",
            ask="Ask the plan, and record the answer with the patient's coverage.",
        )


def payer_says(rules: Iterable[NeedsAuthorization], codes: tuple[CodeLine, ...]) -> bool:
    """Tell whether the payer's rules on file say of every code whether it wants an approval."""
    named = {code for rule in rules if rule.programme == AuthorizationKind.PAYER for code in rule.codes}
    return bool(codes) and all(line.code in named for line in codes)


def programme_wants(
    case: Case, coverage: Coverage, codes: tuple[CodeLine, ...], rule: NeedsAuthorization, source: Source
) -> Iterator[Item]:
    """Judge a programme's approval for those of its codes that the visit bills."""
    lines = tuple(line for line in codes if line.code in rule.codes)
    if not lines:
        return
    kind = AuthorizationKind(rule.programme)
    if kind is AuthorizationKind.PAYER and coverage.authorization_required is not None:
        return
    if not rule.needed:
        yield _none_needed(rule, source)
        return
    if kind is AuthorizationKind.MEDICARE_OPD and case.site.hospital_exempt:
        yield from _exempt(case, rule, source)
        return
    wanted = Wanted(kind, rule.id, lines, source, rule.voluntary, rule.valid_days, rule.single_use, rule.text)
    yield from covered(case, coverage, wanted)


def _none_needed(rule: NeedsAuthorization, source: Source) -> Item:
    if rule.text:
        return Finding(FindingCode.AUTHORIZATION, Outcome.CAUTION, rule.id, rule.text, source=source)
    return Met(rule.id, "The payer asks for no authorization.", source)


def _exempt(case: Case, rule: NeedsAuthorization, source: Source) -> Iterator[Item]:
    sent = [a for a in case.authorizations if a.kind is AuthorizationKind.MEDICARE_OPD and not _closed(a)]
    if sent:
        message = "This hospital is exempt and must not send requests; the one on file would be rejected."
        yield Finding(FindingCode.AUTHORIZATION, Outcome.CAUTION, rule.id, message, source=source)
    else:
        yield Met(rule.id, "This hospital is exempt from the Medicare hospital programme: no request is sent.", source)


def _closed(authorization: Authorization) -> bool:
    return authorization.status in (AuthorizationStatus.CANCELLED, AuthorizationStatus.DENIED)


def covered(case: Case, coverage: Coverage, wanted: Wanted) -> Iterator[Item]:
    """Say whether every code is covered; otherwise the nearest miss of the first one that is not."""
    if _not_required(case, coverage, wanted.kind):
        yield Met(wanted.rule, "The payer said that none is needed.", wanted.source)
        return
    mine = [a for a in case.authorizations if a.kind is wanted.kind and a.payer == coverage.payer]
    fitting: dict[str, list[Authorization]] = {}
    for line in wanted.lines:
        fitting[line.code] = [a for a in mine if not why_not(a, line, case, wanted)]
        if not fitting[line.code]:
            yield _miss(mine, line, case, wanted)
            return
    used = list({id(a): a for found in fitting.values() for a in found}.values())
    numbers = ", ".join(sorted({a.number or "" for a in used}))
    yield Met(
        wanted.rule,
        f"Authorization {numbers} covers {_codes(wanted.lines)} on {us_date(case.proposal.day)}.",
        wanted.source,
    )
    yield from _cautions(fitting, case, wanted)


def _not_required(case: Case, coverage: Coverage, kind: AuthorizationKind = AuthorizationKind.PAYER) -> bool:
    return any(
        a.status is AuthorizationStatus.NOT_REQUIRED
        and a.kind is kind
        and a.payer == coverage.payer
        and _in_dates(a.start, a.end, case.proposal.day)
        for a in case.authorizations
    )


def span(authorization: Authorization, wanted: Wanted) -> tuple[date | None, date | None]:
    """Return first and last day of validity; a programme's run counts from the decision, which is its first day."""
    start, end = authorization.start, authorization.end
    if wanted.valid_days is None:
        return start, end
    if authorization.decided is None:
        return start, end
    last = authorization.decided + timedelta(days=wanted.valid_days - 1)
    return max(filter(None, (start, authorization.decided))), min(filter(None, (end, last)))


def why_not(authorization: Authorization, line: CodeLine, case: Case, wanted: Wanted) -> str:
    """Return why it does not cover the line, "" when it does."""
    number = authorization.number
    if not authorization.status.grants:
        return _status_words(authorization)
    if not number:
        return "the approval has no number yet"
    start, end = span(authorization, wanted)
    day = case.proposal.day
    if start is not None and day < start:
        return f"{number} begins {us_date(start)}"
    if end is not None and day > end:
        return f"{number} ended {us_date(end)}"
    return _place_differs(authorization, case) or _lines_differ(authorization, line, case, wanted)


def _status_words(authorization: Authorization) -> str:
    words = {
        AuthorizationStatus.DRAFT: "the request is a draft and was not sent",
        AuthorizationStatus.SUBMITTED: "the request was sent and is not decided",
        AuthorizationStatus.PENDED: "the payer has the request and wants more time or papers",
        AuthorizationStatus.DENIED: "the request was denied",
        AuthorizationStatus.CANCELLED: "the request was cancelled",
    }
    sent = f", sent {us_date(authorization.submitted)}" if authorization.submitted else ""
    return words.get(authorization.status, "the request is not decided") + sent


def _place_differs(authorization: Authorization, case: Case) -> str:
    site = case.site
    if authorization.place_of_service and authorization.place_of_service != site.place_of_service:
        there = authorization.place_of_service
        return f"{authorization.number} is for place of service {there}, this is {site.place_of_service}"
    if authorization.facility and authorization.facility != site.facility:
        return f"{authorization.number} is for {authorization.facility}, this is {site.facility or 'another place'}"
    return ""


def _lines_differ(authorization: Authorization, line: CodeLine, case: Case, wanted: Wanted) -> str:
    number = authorization.number
    granted = [each for each in authorization.lines if each.code == line.code]
    if not granted:
        return f"{number} does not name {line.code}"
    open_lines = [each for each in granted if not each.denied]
    if not open_lines:
        return f"{number}: {line.code} was denied"
    placed = [each for each in open_lines if _reaches(each.targets, case.proposal.targets)]
    if not placed:
        return f"{number} is for other levels or another side"
    if wanted.single_use and any(each.used for each in authorization.lines):
        return f"{number} was used; it holds for one day of service"
    if not any(_has_room(each, line.units) for each in placed):
        left = max((each.units or 0) - each.used for each in placed)
        return f"{number} has {max(left, 0)} of {line.units} unit{'' if line.units == 1 else 's'} of {line.code} left"
    return ""


def _reaches(granted: tuple[Target, ...], proposed: tuple[Target, ...]) -> bool:
    return not granted or all(
        any(
            site.level == other.level and (site.side == other.side or site.overlaps(other))
            for other in single_sites(granted)
        )
        for site in single_sites(proposed)
    )


def _has_room(line: AuthorizationLine, units: int) -> bool:
    return line.units is None or line.units - line.used >= units


def _in_dates(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)


def _miss(mine: Iterable[Authorization], line: CodeLine, case: Case, wanted: Wanted) -> Finding:
    reasons = [why_not(a, line, case, wanted) for a in mine]
    near = f" On file: {'; '.join(dict.fromkeys(reasons))}." if reasons else " None is on file."
    programme = {
        AuthorizationKind.PAYER: "The plan",
        AuthorizationKind.MEDICARE_OPD: "Medicare in a hospital outpatient department",
        AuthorizationKind.WISER: "Medicare's WISeR model in this state",
    }[wanted.kind]
    if wanted.voluntary:
        message = (
            f"{programme} reviews {_codes(wanted.lines)}: ask for an affirmation, or expect a review before payment."
        )
        outcome = Outcome.CAUTION
    else:
        message = f"{programme} wants an authorization for {line.code}."
        outcome = Outcome.NEEDS_AUTHORIZATION
    text = f" {wanted.text}" if wanted.text else ""
    return Finding(FindingCode.AUTHORIZATION, outcome, wanted.rule, message + near + text, source=wanted.source)


def _cautions(fitting: dict[str, list[Authorization]], case: Case, wanted: Wanted) -> Iterator[Finding]:
    for sentence in dict.fromkeys(_doubts(fitting, case, wanted)):
        yield Finding(FindingCode.AUTHORIZATION, Outcome.CAUTION, wanted.rule, sentence, source=wanted.source)


def _doubts(fitting: dict[str, list[Authorization]], case: Case, wanted: Wanted) -> Iterator[str]:
    provider = case.proposal.provider
    for code, found in fitting.items():
        numbers = sorted({a.number or "" for a in found})
        if len(numbers) > 1:
            yield f"{' and '.join(numbers)} both cover {code}: say on the claim which one is used."
        if provider and all(a.provider and a.provider != provider for a in found):
            yield f"{numbers[0]} names another provider; have the payer change it before the visit."
        ends = [end for a in found if (end := span(a, wanted)[1]) is not None]
        if len(numbers) == 1 and ends and (min(ends) - case.as_of).days <= ENDS_SOON_DAYS:
            yield f"{numbers[0]} ends {us_date(min(ends), weekday=True)}; there is little room to move the visit."


def _codes(lines: Iterable[CodeLine]) -> str:
    return ", ".join(dict.fromkeys(line.code for line in lines))
