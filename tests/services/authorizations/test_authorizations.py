"""Requests from draft to decision over a real file: every step, what is refused and logged, what undo brings back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from tests.builders import a_coverage, a_patient
from tests.fakes import FixedClock
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import (
    AskedLine,
    AuthorizationRecord,
    AuthorizationRequest,
    Channel,
    LogKind,
    PeerToPeer,
)
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.procedure import Family, parse_sites
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.authorizations.authorization_steps import (
    Appeal,
    Approval,
    Closing,
    Denial,
    NotRequired,
    Pending,
    Step,
    Submission,
)
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.patients.patients import PatientService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.words.payers import PayerNames

TODAY = date(2026, 11, 24)

FOLLOW = date(2026, 12, 1)
LEFT = parse_sites(["L4-L5 left"]).targets
ASKED = (AskedLine("64635", 1, LEFT), AskedLine("64636", 1, LEFT, add_on=True))
GRANTED = (AuthorizationLine("64635", 1, 0, LEFT), AuthorizationLine("64636", 1, 0, LEFT))


@cache
def shipped_rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


@pytest.fixture
def service(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> AuthorizationService:
    return AuthorizationService(transactions, shipped_rules(), payers, clock)


@pytest.fixture
def aetna(patients: PatientService) -> str:
    """A patient with Aetna."""
    added = patients.add(a_patient()).value
    patients.add_coverage(added.id, a_coverage(payer="aetna", plan="PPO", start=date(2024, 1, 1)))
    return added.id


def _draft(service: AuthorizationService, patient_id: str, payer: str = "aetna", **given: Any) -> AuthorizationRecord:
    answer = Authorization(None, payer, AuthorizationStatus.DRAFT)
    request = AuthorizationRequest(family=Family.FACET_ABLATION, targets=LEFT, asked=ASKED, next_action=FOLLOW)
    return service.add(patient_id, answer, replace(request, **given)).value


def _sent(service: AuthorizationService, clock: FixedClock, patient_id: str) -> AuthorizationRecord:
    draft = _draft(service, patient_id)
    step = Submission(clock.now(), Channel.PORTAL, "R-88412", next_action=FOLLOW)
    return service.step(draft.id, draft.version, step).value


def test_that_a_draft_keeps_what_was_asked_and_belongs_to_who_made_it(
    service: AuthorizationService, aetna: str
) -> None:
    draft = service.get(_draft(service, aetna).id)
    assert draft.request.asked == ASKED
    assert (draft.status, draft.request.owner, draft.request.next_action) == (
        AuthorizationStatus.DRAFT,
        "Jo Diaz",
        FOLLOW,
    )
    assert [record.id for record in service.list_for(aetna)] == [draft.id]


def test_that_the_way_from_draft_to_approval_is_on_the_log(
    service: AuthorizationService, clock: FixedClock, aetna: str
) -> None:
    sent = _sent(service, clock, aetna)
    assert sent.authorization.submitted == TODAY
    pending = service.step(sent.id, sent.version, Pending("8841", next_action=FOLLOW)).value
    approved = service.step(
        pending.id, pending.version, Approval("A-1", TODAY, TODAY, date(2027, 2, 22)), "letter by fax"
    ).value
    assert approved.status is AuthorizationStatus.APPROVED
    assert approved.authorization.lines == GRANTED
    assert (approved.request.next_action, approved.request.reference) == (None, "8841")
    assert [(entry.before, entry.after) for entry in approved.log] == [
        (AuthorizationStatus.DRAFT, AuthorizationStatus.SUBMITTED),
        (AuthorizationStatus.SUBMITTED, AuthorizationStatus.PENDED),
        (AuthorizationStatus.PENDED, AuthorizationStatus.APPROVED),
    ]
    assert approved.log[-1].text == "letter by fax"
    assert {entry.by for entry in approved.log} == {"Jo Diaz"}


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (GRANTED, AuthorizationStatus.APPROVED),
        ((GRANTED[0], replace(GRANTED[1], denied=True)), AuthorizationStatus.PARTIALLY_APPROVED),
        ((replace(GRANTED[0], units=2), GRANTED[1]), AuthorizationStatus.MODIFIED),
        ((GRANTED[0],), AuthorizationStatus.MODIFIED),
        ((replace(GRANTED[0], units=None), GRANTED[1]), AuthorizationStatus.MODIFIED),
    ],
)
def test_that_the_answer_is_compared_with_what_was_asked_line_by_line(
    service: AuthorizationService,
    clock: FixedClock,
    aetna: str,
    lines: tuple[AuthorizationLine, ...],
    status: AuthorizationStatus,
) -> None:
    sent = _sent(service, clock, aetna)
    after = service.step(sent.id, sent.version, Approval("A-1", TODAY, lines=lines)).value
    assert after.status is status
    assert service.get(sent.id).authorization.lines == lines


def test_that_a_payer_that_wants_more_stops_its_clock_and_says_what(
    service: AuthorizationService, clock: FixedClock, aetna: str
) -> None:
    sent = _sent(service, clock, aetna)
    waiting = service.step(sent.id, sent.version, Pending(wants="therapy notes", next_action=FOLLOW)).value
    assert waiting.status is AuthorizationStatus.MORE_WANTED
    assert waiting.request.complete_at is None
    assert waiting.request.next_step == "Send: therapy notes"
    again = service.step(waiting.id, waiting.version, Pending(complete_at=clock.now())).value
    assert again.status is AuthorizationStatus.PENDED
    assert again.request.complete_at == clock.now()


def test_that_a_lost_appeal_leaves_the_term_of_the_next_level(
    service: AuthorizationService, clock: FixedClock, aetna: str
) -> None:
    sent = _sent(service, clock, aetna)
    denied = service.step(sent.id, sent.version, Denial(TODAY, text="No.", appeal_by=FOLLOW)).value
    appealed = service.step(denied.id, denied.version, Appeal(clock.now(), Channel.FAX)).value
    lost = service.step(appealed.id, appealed.version, Denial(TODAY, text="Upheld.")).value

    assert (lost.request.appeal_level, lost.request.appeal_by) == (1, date(2027, 3, 24))


@pytest.mark.parametrize(("days", "followed"), [(1, True), (0, True), (-1, False)])
def test_that_a_denial_that_came_by_letter_is_looked_at_while_it_can_be_fought(
    service: AuthorizationService, aetna: str, days: int, followed: bool
) -> None:
    denied = Authorization(None, "aetna", AuthorizationStatus.DENIED, decided=date(2026, 11, 2))
    request = AuthorizationRequest(denial_text="No.", appeal_by=TODAY + timedelta(days=days))
    saved = service.add(aetna, denied, request).value

    assert (saved.request.next_action is not None) is followed


def test_that_a_denial_can_be_appealed_and_won(service: AuthorizationService, clock: FixedClock, aetna: str) -> None:
    sent = _sent(service, clock, aetna)
    denial = Denial(TODAY, "82", "", PeerToPeer.EDUCATIONAL, FOLLOW, date(2027, 5, 23), FOLLOW)
    denied = service.step(sent.id, sent.version, denial).value
    assert (denied.request.peer_to_peer, denied.request.appeal_by) == (PeerToPeer.EDUCATIONAL, date(2027, 5, 23))
    appealed = service.step(denied.id, denied.version, Appeal(clock.now(), Channel.FAX, next_action=FOLLOW)).value
    assert (appealed.status, appealed.request.appeal_level) == (AuthorizationStatus.APPEALED, 1)
    won = service.step(appealed.id, appealed.version, Approval("A-2", TODAY)).value
    assert won.status is AuthorizationStatus.APPROVED


def test_that_not_required_keeps_who_said_so(service: AuthorizationService, aetna: str) -> None:
    draft = _draft(service, aetna)
    after = service.step(draft.id, draft.version, NotRequired(TODAY, "Dana, line 2", "C-77")).value
    assert after.status is AuthorizationStatus.NOT_REQUIRED
    assert (after.log[-1].spoke_with, after.log[-1].reference) == ("Dana, line 2", "C-77")


def test_that_not_required_without_a_reference_says_so_and_keeps_that_of_the_request(
    service: AuthorizationService, clock: FixedClock, aetna: str
) -> None:
    sent = _sent(service, clock, aetna)
    after = service.step(sent.id, sent.version, NotRequired(TODAY, "the portal", "", unreferenced=True)).value
    assert (after.log[-1].reference, after.request.reference) == ("none given", sent.request.reference)


def test_that_undo_takes_the_last_step_back_with_its_log_and_lines(
    service: AuthorizationService, clock: FixedClock, undo: UndoService, aetna: str
) -> None:
    sent = _sent(service, clock, aetna)
    done = service.step(sent.id, sent.version, Approval("A-1", TODAY))
    assert done.undo is not None
    undo.undo(done.undo)
    back = service.get(sent.id)
    assert (back.status, back.authorization.number, back.authorization.lines) == (
        AuthorizationStatus.SUBMITTED,
        None,
        (),
    )
    assert len(back.log) == 1


def test_that_a_step_that_is_not_the_last_any_more_is_not_taken_back(
    service: AuthorizationService, clock: FixedClock, undo: UndoService, aetna: str
) -> None:
    draft = _draft(service, aetna)
    done = service.step(draft.id, draft.version, Submission(clock.now(), Channel.FAX, next_action=FOLLOW))
    service.step(draft.id, done.value.version, Pending(next_action=FOLLOW))
    assert done.undo is not None
    with pytest.raises(ConflictError):
        undo.undo(done.undo)


def test_that_two_desks_cannot_decide_the_same_request(
    service: AuthorizationService, clock: FixedClock, aetna: str
) -> None:
    sent = _sent(service, clock, aetna)
    service.step(sent.id, sent.version, Approval("A-1", TODAY))
    with pytest.raises(ConflictError, match="changed this request meanwhile"):
        service.step(sent.id, sent.version, Denial(TODAY, "82"))


def test_that_a_contact_moves_the_follow_up_on(service: AuthorizationService, clock: FixedClock, aetna: str) -> None:
    sent = _sent(service, clock, aetna)
    later = date(2026, 12, 4)
    after = service.contact(
        sent.id,
        sent.version,
        "Still in review",
        channel=Channel.PHONE,
        spoke_with="Ray",
        reference="I-9",
        next_action=later,
    ).value
    assert after.request.next_action == later
    entry = after.log[-1]
    assert (entry.kind, entry.text, entry.spoke_with, entry.reference) == (
        LogKind.CONTACT,
        "Still in review",
        "Ray",
        "I-9",
    )
    assert service.assign(after.id, after.version, "Kim Reyes").value.request.owner == "Kim Reyes"


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Approval("", TODAY), "number is missing"),
        (Approval("A-1", TODAY, date(2027, 1, 2), date(2027, 1, 1)), "before it begins"),
        (Approval("A-1", date(2026, 11, 23)), "before it was sent"),
        (Approval("A-1", date(2026, 11, 25)), "decided 11/25/2026, a day that is still to come"),
        (Denial(date(2027, 11, 24), "82"), "decided 11/24/2027, a day that is still to come"),
        (NotRequired(date(2026, 11, 25), "Dana", "C-7"), "decided 11/25/2026, a day that is still to come"),
        (Approval("A-1", TODAY, lines=(replace(GRANTED[0], denied=True),)), "No line is approved"),
        (Approval("A-1", TODAY, lines=(replace(GRANTED[0], units=1, used=2),)), "2 are used already"),
        (Denial(TODAY), "reason of the denial is missing"),
        (Closing(" "), "Say why"),
        (NotRequired(TODAY, "", "C-7"), "Who said so"),
        (NotRequired(TODAY, "Dana", " "), "The reference is missing"),
    ],
)
def test_that_a_step_with_a_mistake_is_refused_and_changes_nothing(
    service: AuthorizationService, clock: FixedClock, aetna: str, step: Step, words: str
) -> None:
    sent = _sent(service, clock, aetna)
    with pytest.raises(InvalidEntryError, match=words):
        service.step(sent.id, sent.version, step)
    assert service.get(sent.id) == sent


def test_that_an_open_request_needs_its_next_day(service: AuthorizationService, aetna: str) -> None:
    with pytest.raises(InvalidEntryError, match="looks at it next"):
        _draft(service, aetna, next_action=None)


def test_that_a_payer_that_the_patient_does_not_have_is_refused(service: AuthorizationService, aetna: str) -> None:
    with pytest.raises(InvalidEntryError, match="no coverage by Cigna"):
        _draft(service, aetna, "cigna")


def test_that_a_number_in_use_is_refused(service: AuthorizationService, clock: FixedClock, aetna: str) -> None:
    first, second = _sent(service, clock, aetna), _sent(service, clock, aetna)
    service.step(first.id, first.version, Approval("A-1", TODAY))
    with pytest.raises(InvalidEntryError, match="A-1 is in use for another request of this patient"):
        service.step(second.id, second.version, Approval("A-1", TODAY))
    with pytest.raises(InvalidEntryError, match="a-1 is in use for another request of this patient"):
        service.step(second.id, second.version, Approval(" a-1 ", TODAY))


def test_that_a_move_that_cannot_be_is_told_with_those_that_can(
    service: AuthorizationService, clock: FixedClock, aetna: str
) -> None:
    sent = _sent(service, clock, aetna)
    closed = service.step(sent.id, sent.version, Closing("The patient decided against it", withdrawn=True)).value
    with pytest.raises(InvalidEntryError, match="withdrawn; that stands"):
        service.step(closed.id, closed.version, Approval("A-1", TODAY))
    draft = _draft(service, aetna)
    with pytest.raises(InvalidEntryError, match="draft cannot become appealed"):
        service.step(draft.id, draft.version, Appeal(clock.now(), Channel.FAX, next_action=FOLLOW))


def _affirmed(service: AuthorizationService, patient_id: str, number: str, start: date, end: date) -> Any:
    lines = (AuthorizationLine("64493", 1),)
    answer = Authorization(
        number,
        "medicare",
        AuthorizationStatus.APPROVED,
        AuthorizationKind.MEDICARE_OPD,
        None,
        start,
        start,
        end,
        lines=lines,
    )
    return service.add(patient_id, answer, AuthorizationRequest())


def test_that_hospital_affirmations_do_not_overlap(service: AuthorizationService, patient_id: str) -> None:
    _affirmed(service, patient_id, "U-1", date(2026, 11, 2), date(2027, 3, 1))
    with pytest.raises(InvalidEntryError, match="U-1 affirms 64493 for these days already"):
        _affirmed(service, patient_id, "U-2", date(2027, 3, 1), date(2027, 6, 28))
    _affirmed(service, patient_id, "U-3", date(2027, 3, 2), date(2027, 6, 29))
