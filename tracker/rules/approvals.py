"""Whether one approval on file covers one line of a visit, and if not, why not (CHOICES 25-27)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tracker.domain.anatomy import Target
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.language import msg, tr, tr_n
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
    """Return the first reason why it does not cover the line, "" when it does."""
    return next(mismatches(authorization, line, case, wanted), "")


def mismatches(authorization: Authorization, line: CodeLine, case: Case, wanted: Wanted) -> Iterator[str]:
    """Yield every reason why it does not cover the line, what stands in the way most first."""
    number = authorization.number
    if authorization.status is AuthorizationStatus.NOT_REQUIRED:
        yield _said_of_others(authorization, line)
        return
    if not authorization.status.grants:
        yield _status_words(authorization)
        return
    if not number:
        yield tr("the approval has no number yet")
        return
    yield from _other_days(authorization, case, wanted)
    yield from _other_place(authorization, case)
    yield from _other_lines(authorization, line, case, wanted)


def _status_words(authorization: Authorization) -> str:
    words = {
        AuthorizationStatus.DRAFT: tr("the request is a draft and was not sent"),
        AuthorizationStatus.SUBMITTED: tr("the request was sent and is not decided"),
        AuthorizationStatus.PENDED: tr("the payer has the request and wants more time or papers"),
        AuthorizationStatus.MORE_WANTED: tr("the payer wants more papers before it decides"),
        AuthorizationStatus.DENIED: tr("the request was denied"),
        AuthorizationStatus.APPEALED: tr("the denial was appealed and is not decided"),
        AuthorizationStatus.CANCELLED: tr("the request was cancelled"),
        AuthorizationStatus.WITHDRAWN: tr("the request was withdrawn"),
    }
    told = words.get(authorization.status, tr("the request is not decided"))
    sent = authorization.submitted
    return tr("{what}, sent {day}", what=told, day=us_date(sent)) if sent else told


def _said_of_others(authorization: Authorization, line: CodeLine) -> str:
    """Say what the payer's word that none is needed was about, where this is not among it."""
    codes = dict.fromkeys(each.code for each in authorization.lines)
    if codes and line.code not in codes:
        named = ", ".join(codes)
        return tr("the payer said that none is needed for {codes}, not for {code}", codes=named, code=line.code)
    return tr("the payer said that none is needed on other days")


def _other_days(authorization: Authorization, case: Case, wanted: Wanted) -> Iterator[str]:
    number, day = authorization.number, case.proposal.day
    if wanted.valid_days is not None and authorization.decided is None and not authorization.end:
        yield tr("{number} has no day of decision on file, from which it would run", number=number)
        return
    start, end = span(authorization, wanted)
    if start is not None and day < start:
        yield tr("{number} begins {day}", number=number, day=us_date(start))
    if end is not None and day > end:
        yield tr("{number} ended {day}", number=number, day=us_date(end))


def _other_place(authorization: Authorization, case: Case) -> Iterator[str]:
    number, site = authorization.number, case.site
    if authorization.place_of_service and authorization.place_of_service != site.place_of_service:
        yield tr(
            "{number} is for place of service {place}, this is {here}",
            number=number,
            place=authorization.place_of_service,
            here=site.place_of_service,
        )
    if authorization.facility and authorization.facility != site.facility:
        here = site.facility or tr("another place")
        yield tr("{number} is for {place}, this is {here}", number=number, place=authorization.facility, here=here)


def _other_lines(authorization: Authorization, line: CodeLine, case: Case, wanted: Wanted) -> Iterator[str]:
    number = authorization.number
    granted = [each for each in authorization.lines if each.code == line.code]
    open_lines = [each for each in granted if not each.denied]
    if not granted:
        yield tr("{number} does not name {code}", number=number, code=line.code)
    elif not open_lines:
        yield tr("{number}: {code} was denied", number=number, code=line.code)
    if not open_lines:
        return
    placed = [each for each in open_lines if reaches(each.targets, case.proposal.targets)]
    if not placed:
        yield _other_targets(number, open_lines, case.proposal.targets)
    if wanted.single_use and any(each.used or each.booked for each in authorization.lines):
        yield tr("{number} was used; it holds for one day of service", number=number)
    elif placed and not any(has_room(each, line.units) for each in placed):
        yield _units_left(number, max(placed, key=lambda each: each.left or 0), line)


def _other_targets(number: str | None, granted: Iterable[AuthorizationLine], proposed: tuple[Target, ...]) -> str:
    """Say how the places differ: by region, by level, or by side alone."""
    named = tuple(target for each in granted for target in each.targets)
    missing = _not_named(named, proposed)
    places = ", ".join(dict.fromkeys([target.label for target in named]))
    without = ", ".join(dict.fromkeys([site.label for site in missing])) or tr("them together on one line")
    return tr(_otherwise(named, missing), number=number, places=places, without=without)


@lru_cache(maxsize=4096)
def _not_named(named: tuple[Target, ...], proposed: tuple[Target, ...]) -> tuple[Target, ...]:
    known = single_sites(named)
    return tuple(
        sorted(site for site in single_sites(proposed) if not any(_same_place(site, other) for other in known))
    )


@lru_cache(maxsize=4096)
def _otherwise(named: tuple[Target, ...], missing: tuple[Target, ...]) -> str:
    known = single_sites(named)
    if not {site.level.region for site in missing} <= {site.level.region for site in known}:
        return msg("{number} is for another region: it names {places}, not {without}")
    if {site.level for site in missing} <= {site.level for site in known}:
        return msg("{number} is for another side: it names {places}, not {without}")
    return msg("{number} is for other levels: it names {places}, not {without}")


def _units_left(number: str | None, line: AuthorizationLine, wanted: CodeLine) -> str:
    parts = [tr("{units} granted", units=line.units), tr("{units} used", units=line.used)]
    parts += [tr("{units} booked", units=line.booked)] if line.booked else []
    return tr_n(
        "{number} has {left} of {n} unit of {code} left ({parts})",
        "{number} has {left} of {n} units of {code} left ({parts})",
        wanted.units,
        number=number,
        left=line.left,
        code=wanted.code,
        parts=", ".join(parts),
    )


@lru_cache(maxsize=4096)
def reaches(granted: tuple[Target, ...], proposed: tuple[Target, ...]) -> bool:
    """Tell whether the places granted hold every place proposed; none named: they hold all."""
    return not granted or all(
        any(_same_place(site, other) for other in single_sites(granted)) for site in single_sites(proposed)
    )


def _same_place(site: Target, other: Target) -> bool:
    return site.level == other.level and (site.side == other.side or site.overlaps(other))


def has_room(line: AuthorizationLine, units: int) -> bool:
    return line.left is None or line.left >= units


def in_dates(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)
