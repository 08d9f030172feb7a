"""Whether one approval on file covers one line of a visit, and if not, why not (CHOICES 25-27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.anatomy import Target
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.proposal import Case
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import CodeLine, Source
from tracker.rules.facts import single_sites


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


def span(authorization: Authorization, wanted: Wanted) -> tuple[date | None, date | None]:
    """Return first and last day of validity; a programme's run counts from the decision, which is its first day."""
    start, end = authorization.start, authorization.end
    if wanted.valid_days is None or authorization.decided is None:
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
    if wanted.valid_days is not None and authorization.decided is None and not authorization.end:
        return f"{number} has no day of decision on file, from which it would run"
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
        AuthorizationStatus.MORE_WANTED: "the payer wants more papers before it decides",
        AuthorizationStatus.DENIED: "the request was denied",
        AuthorizationStatus.APPEALED: "the denial was appealed and is not decided",
        AuthorizationStatus.CANCELLED: "the request was cancelled",
        AuthorizationStatus.WITHDRAWN: "the request was withdrawn",
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


def in_dates(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)
