"""Requests that the payer's own terms reject: after the service, too late, without a day, an extension of one day."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.domain.authorization import AuthorizationKind
from tracker.domain.authorization_request import AuthorizationRecord, RequestType
from tracker.domain.authorization_terms import Cited, Terms
from tracker.domain.coverage import Site
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Grade
from tracker.domain.windows import ONE_DAY
from tracker.rules.due_dates import earliest_service


def check_sendable(record: AuthorizationRecord, terms: Terms, site: Site | None, sent: date) -> None:
    """Raise InvalidEntryError for a request that is rejected whatever stands in it; recalled terms reject nothing."""
    _check_exempt(record, site)
    _check_type(record, terms)
    _check_planned(record, terms, sent)


def _check_exempt(record: AuthorizationRecord, site: Site | None) -> None:
    if record.authorization.kind is not AuthorizationKind.MEDICARE_OPD or site is None or not site.hospital_exempt:
        return
    title = tr("{place} is exempt from Medicare's hospital program and must not send requests.", place=site.name)
    remedy = tr("Cancel this request: the visit needs none. If the exemption has ended, correct the site.")
    raise InvalidEntryError(title, "", remedy, about="site")


def _check_type(record: AuthorizationRecord, terms: Terms) -> None:
    opd = record.authorization.kind is AuthorizationKind.MEDICARE_OPD
    if record.request.type is RequestType.EXTENSION and opd:
        title = tr("Medicare extends no affirmation: it is for one day of service.")
        raise InvalidEntryError(title, "", tr("Send a new request: choose “First request” as its kind."), about="type")
    if record.request.type is RequestType.RETRO and _takes_none_after(terms):
        title = tr("This payer takes no request after the service.")
        raise InvalidEntryError(
            title, _source(terms.retroactive), tr("Choose another kind, or cancel it."), about="type"
        )


def _check_planned(record: AuthorizationRecord, terms: Terms, sent: date) -> None:
    planned, lead = record.request.planned_for, terms.submission
    if record.request.type is RequestType.RETRO:
        return
    if planned is not None and planned < sent and _takes_none_after(terms):
        title = tr("It was planned for {day}, and this payer takes no request after the service.", day=us_date(planned))
        remedy = tr("Correct the planned day.")
        raise InvalidEntryError(title, _source(terms.retroactive), remedy, about="planned for")
    if lead is None or lead.fact.before_service is None or not _certain(lead):
        return
    first = earliest_service(lead.fact, sent)
    if planned is None:
        title = tr("This payer rejects a request that does not name the planned day.")
        remedy = tr("Type the planned day, {day} or later.", day=us_date(first, weekday=True))
        raise InvalidEntryError(title, _source(lead), remedy, about="planned for")
    if planned < first:
        raise _too_late(planned, first, sent, lead)


def _too_late(planned: date, first: date, sent: date, lead: Cited[Any]) -> InvalidEntryError:
    if first - sent == 2 * ONE_DAY:
        title = tr("This payer rejects a request for the same or the next day.")
    else:
        title = tr("This payer rejects a request so near to the service.")
    days = {"day": us_date(first, weekday=True), "planned": us_date(planned)}
    remedy = tr("Plan it for {day} or later; {planned} is too soon.", **days)
    return InvalidEntryError(title, _source(lead), remedy, about="planned for")


def _takes_none_after(terms: Terms) -> bool:
    return terms.retroactive is not None and not terms.retroactive.fact.allowed and _certain(terms.retroactive)


def _certain(cited: Cited[Any]) -> bool:
    return cited.source.grade is not Grade.RECALLED


def _source(cited: Cited[Any] | None) -> str:
    """Say what the refusal rests on, in a sentence that others may follow."""
    return tr("Source: {title}.", title=cited.source.title) if cited else ""
