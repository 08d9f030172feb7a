"""Medicare's hospital affirmations over a real file: one day of service each, none extended, none after the fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from tests.builders import performed
from tests.fakes import FixedClock
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import (
    AskedLine,
    AuthorizationRecord,
    AuthorizationRequest,
    Channel,
    RequestType,
)
from tracker.domain.coverage import Site
from tracker.domain.errors import InvalidEntryError
from tracker.domain.procedure import Family, parse_sites
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.authorizations.authorization_drafts import extension_of
from tracker.services.authorizations.authorization_steps import NotRequired, Submission
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.storage.identity import new_id
from tracker.storage.records import Act, HistoryEntry, Origin, Provenance

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
OPD = AuthorizationKind.MEDICARE_OPD
LEFT = parse_sites(["L4-L5 left"]).targets


@cache
def _rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


@pytest.fixture
def service(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> AuthorizationService:
    return AuthorizationService(transactions, _rules(), payers, clock)


def _affirm(service: AuthorizationService, patient_id: str, number: str, decided: date) -> AuthorizationRecord:
    end = date.fromordinal(decided.toordinal() + 119)
    lines = (AuthorizationLine("64493", 1, 0, LEFT),)
    answer = Authorization(
        number, "medicare", AuthorizationStatus.APPROVED, OPD, None, decided, decided, end, lines=lines
    )
    return service.add(patient_id, answer, AuthorizationRequest(family=Family.FACET_INJECTION, targets=LEFT)).value


def _done_in_hospital(transactions: Transactions, patient_id: str, day: str) -> None:
    event = replace(performed(day, Family.FACET_INJECTION, "L4-L5 left"), id=new_id(), place_of_service="22")
    with transactions.writing() as uow:
        uow.events.add(HistoryEntry(patient_id, event, Provenance(Origin.ENTRY, "Jo Diaz", NOW)))
        uow.commit(Act("test", "event"))


def test_that_an_affirmation_that_a_visit_has_used_leaves_room_for_the_next_one(
    service: AuthorizationService, transactions: Transactions, patient_id: str
) -> None:
    _affirm(service, patient_id, "U-1", date(2026, 10, 20))
    with pytest.raises(InvalidEntryError, match="U-1 affirms 64493 for these days already"):
        _affirm(service, patient_id, "U-2", date(2026, 11, 16))

    _done_in_hospital(transactions, patient_id, "2026-11-02")
    assert _affirm(service, patient_id, "U-2", date(2026, 11, 16)).status is AuthorizationStatus.APPROVED


def _draft(service: AuthorizationService, patient_id: str, **given: object) -> AuthorizationRecord:
    request = AuthorizationRequest(
        family=Family.FACET_INJECTION, targets=LEFT, asked=(AskedLine("64493", 1, LEFT),), next_action=TODAY,
        planned_for=date(2026, 12, 14), wanted_from=date(2026, 12, 14),
    )  # fmt: skip
    answer = Authorization(None, "medicare", AuthorizationStatus.DRAFT, OPD)
    return service.add(patient_id, answer, replace(request, **given)).value  # type: ignore[arg-type]  # fields by name


def _send(service: AuthorizationService, draft: AuthorizationRecord) -> AuthorizationRecord:
    return service.step(draft.id, draft.version, Submission(NOW, Channel.PORTAL, "R-1")).value


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"type": RequestType.RETRO}, "after the service"),
        ({"type": RequestType.EXTENSION}, "extends no affirmation"),
        ({"planned_for": None}, "planned day"),
        ({"planned_for": date(2026, 11, 24)}, "same or the next day"),
        ({"planned_for": date(2026, 11, 25)}, "same or the next day"),
        ({"planned_for": date(2026, 11, 20)}, "after the service"),
    ],
)
def test_that_a_hospital_request_that_medicare_rejects_is_not_sent(
    service: AuthorizationService, patient_id: str, given: dict[str, object], words: str
) -> None:
    draft = _draft(service, patient_id, **given)
    with pytest.raises(InvalidEntryError, match=words):
        _send(service, draft)
    assert service.get(draft.id) == draft


def test_that_a_refusal_names_its_source_in_a_sentence_of_its_own(
    service: AuthorizationService, patient_id: str
) -> None:
    draft = _draft(service, patient_id, type=RequestType.RETRO)
    with pytest.raises(InvalidEntryError) as refused:
        _send(service, draft)
    assert refused.value.detail.startswith("Source: ")
    assert refused.value.detail.endswith(".")


def test_that_the_first_day_that_medicare_takes_a_request_for_is_two_days_ahead(
    service: AuthorizationService, patient_id: str
) -> None:
    sent = _send(service, _draft(service, patient_id, planned_for=date(2026, 11, 26)))
    assert sent.request.decide_by is not None
    assert sent.request.decide_by.astimezone().date() == date(2026, 12, 1)


def test_that_an_exempt_hospital_sends_no_request(
    service: AuthorizationService, transactions: Transactions, patient_id: str
) -> None:
    with transactions.writing() as uow:
        site = uow.clinic.add_site(Site("KY", "22", "General", hospital_exempt=True, name="General"))
        uow.commit(Act("test", "clinic"))
    draft = _draft(service, patient_id, site_id=getattr(site, "id", site))
    with pytest.raises(InvalidEntryError, match="General is exempt"):
        _send(service, draft)


def test_that_what_follows_an_affirmation_is_a_new_request_and_no_extension(
    service: AuthorizationService, patient_id: str
) -> None:
    affirmed = _affirm(service, patient_id, "U-1", date(2026, 10, 20))
    assert extension_of(affirmed, None, TODAY).request.type is RequestType.INITIAL


def test_that_not_required_speaks_of_the_codes_that_were_asked_about(
    service: AuthorizationService, patient_id: str
) -> None:
    draft = _draft(service, patient_id)
    after = service.step(draft.id, draft.version, NotRequired(TODAY, "Dana", "C-77")).value
    assert [line.code for line in after.authorization.lines] == ["64493"]
