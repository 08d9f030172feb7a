"""What is refused before a request or an approval is saved, each in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tracker.domain.authorization import Authorization, AuthorizationKind
from tracker.domain.authorization_request import AuthorizationRecord, Outside
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr, tr_n
from tracker.domain.npi import check_npi
from tracker.domain.us_dates import us_date
from tracker.services.words.payers import PayerNames
from tracker.storage.unit_of_work import UnitOfWork

Spent = Callable[[], frozenset[str]]


def check_record(record: AuthorizationRecord, uow: UnitOfWork, payers: PayerNames) -> None:
    """Raise InvalidEntryError for what can never be right about it, with what to mend (`about` names the field)."""
    _check_days(record)
    _check_units(record.authorization)
    _check_next_action(record)
    _check_outside(record)
    _check_payer(record, uow, payers)
    _check_number(record, uow)


def check_named(record: AuthorizationRecord, uow: UnitOfWork) -> None:
    """Raise InvalidEntryError for a provider that is named and whose NPI on file proves to be wrong."""
    providers = {provider.id: provider for provider in uow.clinic.list_providers()}
    request = record.request
    for about, chosen in (("ordering", request.ordering_provider_id), ("rendering", request.rendering_provider_id)):
        provider = providers.get(chosen)
        if provider is None:
            continue
        try:
            check_npi(provider.npi)
        except InvalidEntryError as error:
            title = tr("The NPI of {name} on file is wrong: {what}", name=provider.name, what=error.title)
            raise InvalidEntryError(title, "", tr("Correct it in the list of providers."), about=about) from None


def _check_outside(record: AuthorizationRecord) -> None:
    request = record.request
    named = {
        "ordering": request.ordering_outside,
        "rendering": request.rendering_outside,
        "facility": request.facility_outside,
    }
    for about, outside in named.items():
        Outside.typed(outside.name, outside.npi, about)
    place = request.facility_place
    if place and not (len(place) == 2 and place.isascii() and place.isdigit()):
        remedy = tr("An office is 11, an ASC 24, a hospital 22.")
        raise InvalidEntryError(tr("The place of service has two digits."), "", remedy, place, about="facility place")


def _check_days(record: AuthorizationRecord) -> None:
    answer, request = record.authorization, record.request
    for first, last in ((answer.start, answer.end), (request.wanted_from, request.wanted_to)):
        if first and last and last < first:
            title = tr("It ends {end}, before it begins on {start}.", end=us_date(last), start=us_date(first))
            raise InvalidEntryError(title, "", tr("Correct one of the two days."), about="end")
    if answer.submitted and answer.decided and answer.decided < answer.submitted:
        title = tr(
            "It was decided {decided}, before it was sent on {sent}.",
            decided=us_date(answer.decided),
            sent=us_date(answer.submitted),
        )
        raise InvalidEntryError(title, "", tr("Correct the day of the decision."), about="decided")


def check_decided(record: AuthorizationRecord, today: date) -> None:
    """Raise InvalidEntryError for a decision of a day to come."""
    decided = record.authorization.decided
    if decided and decided > today:
        title = tr("It was decided {day}, a day that is still to come.", day=us_date(decided))
        raise InvalidEntryError(title, "", tr("Correct the day of the decision."), about="decided")


def _check_units(answer: Authorization) -> None:
    for line in answer.lines:
        if line.units is not None and line.used > line.units and not line.denied:
            title = tr_n(
                "{code} would have {n} unit, and {used} are used already.",
                "{code} would have {n} units, and {used} are used already.",
                line.units,
                code=line.code,
                used=line.used,
            )
            raise InvalidEntryError(
                title, "", tr("Correct the units, or which visits used them."), line.code, about="units"
            )


def _check_next_action(record: AuthorizationRecord) -> None:
    if record.status.waits and record.request.next_action is None:
        raise InvalidEntryError(
            tr("An open request needs a day on which somebody looks at it next."), "", tr("Type a day, such as +3."),
            about="next action",
        )  # fmt: skip


def _check_payer(record: AuthorizationRecord, uow: UnitOfWork, payers: PayerNames) -> None:
    mine = {coverage.payer for coverage in uow.patients.list_coverages(record.patient_id)}
    if record.authorization.payer not in mine:
        title = tr("This patient has no coverage by {payer} on file.", payer=payers.name(record.authorization.payer))
        raise InvalidEntryError(title, "", tr("Add the coverage first, or choose the right payer."), about="payer")


def _check_number(record: AuthorizationRecord, uow: UnitOfWork) -> None:
    number = record.authorization.number
    if not number:
        return
    for other in uow.requests.find_by_number(number):
        if other.id != record.id and other.authorization.payer == record.authorization.payer:
            title = (
                tr("The number {number} is in use for another request of this patient.", number=number)
                if other.patient_id == record.patient_id
                else tr("The number {number} is in use for another request of another patient.", number=number)
            )
            raise InvalidEntryError(title, "", tr("Compare it with the payer's letter."), number, about="number")


def check_affirmations(record: AuthorizationRecord, uow: UnitOfWork, spent: Spent) -> None:
    """Raise InvalidEntryError for a second affirmation for the same days: Medicare gives one for one day of service.

    `spent` names those that visits on file have used: what follows one of them overlaps nothing.
    """
    answer = record.authorization
    if answer.kind is not AuthorizationKind.MEDICARE_OPD or not answer.status.grants:
        return
    codes = {line.code for line in answer.lines if not line.denied}
    others = uow.requests.list_for(record.patient_id)
    used = spent() if any(other.id != record.id for other in others) else frozenset[str]()
    for other in others:
        if other.id in used:
            continue
        theirs = other.authorization
        same = codes & {line.code for line in theirs.lines if not line.denied and not line.used}
        alive = other.id != record.id and theirs.kind is answer.kind and theirs.status.grants
        if alive and same and _overlap(answer, theirs):
            title = tr(
                "{number} affirms {codes} for these days already and is not used.",
                number=theirs.number,
                codes=", ".join(sorted(same)),
            )
            remedy = tr("Medicare keeps one affirmation at a time: cancel the other, or correct the days.")
            raise InvalidEntryError(title, "", remedy, about="start")


def _overlap(one: Authorization, other: Authorization) -> bool:
    begins = max(filter(None, (one.start, other.start)), default=None)
    ends = min(filter(None, (one.end, other.end)), default=None)
    return begins is None or ends is None or begins <= ends
