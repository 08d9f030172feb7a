"""Visits whose approval has ended or is used up: held by the program, once, told, taken back, and released again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from tests.builders import a_coverage, a_patient, a_site, performed
from tests.fakes import FixedClock
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRecord, AuthorizationRequest
from tracker.domain.booking import Booking, BookingStatus, Elsewhere, Override, OverrideReason, VerdictRecord
from tracker.domain.errors import ConflictError, StorageError
from tracker.domain.event import EventStatus
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.domain.proposal import Case
from tracker.domain.verdict import Outcome, Verdict
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.patients.due_tasks import PROGRAM
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.rechecks.expiry_holds import ACT, ExpiryHolds
from tracker.services.rechecks.recheck import RecheckService
from tracker.services.rechecks.recheck_scope import EVERYBODY, RecheckScope
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.words.payers import PayerNames
from tracker.storage.acts import ActRepository
from tracker.storage.identity import new_id
from tracker.storage.records import Act, HistoryEntry, Origin, PastAct, Provenance, Task, TaskKind

TODAY = date(2026, 11, 24)
END, DAY_AFTER = date(2026, 12, 1), date(2026, 12, 2)
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
HELD, BOOKED, CONFIRMED = BookingStatus.HELD, BookingStatus.BOOKED, BookingStatus.CONFIRMED
RIGHT = parse_sites(["L4-L5 right"]).targets
PLAN = "medicare-advantage"


@cache
def _rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


@dataclass
class Desk:
    """One patient with a plan that wants approvals, and what the program does by itself."""

    transactions: Transactions
    authorizations: AuthorizationService
    recheck: RecheckService
    holds: ExpiryHolds
    patient_id: str

    def book(
        self, day: date, status: BookingStatus = BOOKED, override: Override | None = None,
        site: str = "L4-L5 right", booked: date | None = None,
    ) -> str:  # fmt: skip
        event = replace(
            performed(day.isoformat(), Family.FACET_INJECTION, site), id=new_id(), status=EventStatus.BOOKED
        )
        at = datetime(booked.year, booked.month, booked.day, 15, tzinfo=UTC) if booked else NOW
        record = VerdictRecord(Outcome.ALLOWED, "", (), at)
        visit = Booking(
            new_id(), self.patient_id, event, status, None, 30, "", "", "", record, override, Elsewhere.NONE
        )
        with self.transactions.writing() as uow:
            uow.events.add(HistoryEntry(self.patient_id, event, Provenance(Origin.BOOKING, "Jo Diaz", NOW)))
            uow.bookings.add(visit)
            uow.commit(Act("book", "booking", visit.id))
        return visit.id

    def approve(self, end: date | None = END, units: int | None = 1, **more: object) -> AuthorizationRecord:
        lines = (AuthorizationLine("64493", units, targets=RIGHT),)
        answer = Authorization("A-1", PLAN, AuthorizationStatus.APPROVED, lines=lines, end=end)
        request = AuthorizationRequest(
            family=Family.FACET_INJECTION, intent=Intent.DIAGNOSTIC, approach=Approach.MEDIAL_BRANCH, targets=RIGHT
        )
        given = replace(answer, start=date(2026, 10, 1), decided=date(2026, 10, 1))
        return self.authorizations.add(self.patient_id, replace(given, **more), request).value  # type: ignore[arg-type]  # fields by name

    def settle(self) -> int:
        """Do as the window does: judge what may have turned, then hold and release."""
        self.recheck.all()
        return self.holds.settle().value

    def status(self, booking_id: str) -> BookingStatus:
        with self.transactions.reading() as uow:
            return uow.bookings.get(booking_id).status

    def tasks(self) -> tuple[Task, ...]:
        with self.transactions.reading() as uow:
            return uow.tasks.list_open()

    def acts(self) -> list[PastAct]:
        with self.transactions.reading() as uow:
            return [act for act in uow.acts.list_about(self.patient_id, 100) if act.kind == ACT]


@pytest.fixture
def desk(transactions: Transactions, payers: PayerNames, patients: PatientService, clock: FixedClock) -> Desk:
    added = patients.add(a_patient()).value
    patients.add_coverage(added.id, a_coverage(payer=PLAN, plan="HMO", authorization_required=True))
    return Desk(
        transactions,
        AuthorizationService(transactions, _rules(), payers, clock),
        RecheckService(transactions, _rules(), clock),
        ExpiryHolds(transactions, _rules(), clock),
        added.id,
    )


@pytest.mark.parametrize(("day", "status"), [(END, BOOKED), (DAY_AFTER, HELD)])
def test_that_a_visit_on_the_last_day_stays_and_one_on_the_day_after_is_held(
    desk: Desk, day: date, status: BookingStatus
) -> None:
    desk.approve()
    visit = desk.book(day)
    assert desk.settle() == (status is HELD)
    assert desk.status(visit) is status


@pytest.mark.parametrize("today", [END, DAY_AFTER])
def test_that_the_reason_names_the_approval_its_end_and_what_comes_next(
    desk: Desk, clock: FixedClock, today: date
) -> None:
    record, visit = desk.approve(), desk.book(date(2026, 12, 10), CONFIRMED)
    clock.day = today
    desk.settle()
    ended = "ends" if today <= END else "ended"
    reason = (
        "On hold: MBB L4-5 right, Thu 12/10/2026. Authorization A-1 "
        f"{ended} 12/01/2026, before this visit. Ask for its extension, or move the visit."
    )
    assert [(task.kind, task.booking_id, task.text, task.made_by, task.due) for task in desk.tasks()] == [
        (TaskKind.REQUEST_AUTHORIZATION, visit, reason, PROGRAM, today)
    ]
    entry = desk.authorizations.get(record.id).log[-1]
    assert (entry.text, entry.by) == (reason, PROGRAM)
    assert len(desk.acts()) == 1


def test_that_what_turned_stays_news_until_a_person_has_seen_it(desk: Desk, history: HistoryService) -> None:
    desk.approve(end=date(2027, 2, 1))
    visit = desk.book(date(2026, 12, 20))
    desk.settle()
    history.add(desk.patient_id, performed("2026-11-20", Family.FACET_INJECTION, "L4-L5 right"))
    desk.settle()
    desk.settle()
    assert desk.status(visit) is HELD
    assert list(desk.recheck.news()) == [visit]


def test_that_it_writes_once(desk: Desk, transactions: Transactions) -> None:
    desk.approve()
    desk.book(DAY_AFTER)
    assert desk.settle() == 1
    with transactions.reading() as uow:
        before = uow.acts.latest_id()
    assert (desk.settle(), len(desk.acts()), len(desk.tasks())) == (0, 1, 1)
    with transactions.reading() as uow:
        assert uow.acts.latest_id() == before


def test_that_a_visit_that_is_past_is_left_alone_when_its_approval_has_ended(desk: Desk, clock: FixedClock) -> None:
    desk.approve()
    visit = desk.book(DAY_AFTER)
    clock.day = date(2026, 12, 3)
    assert desk.settle() == 0
    assert desk.status(visit) is BOOKED


def test_that_a_visit_of_today_is_held_and_a_patient_who_has_arrived_is_not(desk: Desk, clock: FixedClock) -> None:
    desk.approve(units=2)
    booked, arrived = desk.book(DAY_AFTER), desk.book(DAY_AFTER, BookingStatus.ARRIVED)
    clock.day = DAY_AFTER
    desk.settle()
    assert (desk.status(booked), desk.status(arrived)) == (HELD, BookingStatus.ARRIVED)


def test_that_undo_puts_it_back_and_nobody_is_overruled_afterwards(
    desk: Desk, undo: UndoService, clock: FixedClock
) -> None:
    desk.approve()
    visit = desk.book(DAY_AFTER)
    desk.recheck.all()
    done = desk.holds.settle()
    assert done.undo is not None
    undo.undo(done.undo)
    assert (desk.status(visit), desk.tasks()) == (BOOKED, ())
    clock.day = END
    assert desk.settle() == 0
    assert desk.status(visit) is BOOKED


def test_that_a_visit_that_was_booked_for_a_reason_stays(desk: Desk) -> None:
    desk.approve()
    visit = desk.book(DAY_AFTER, override=Override(OverrideReason.URGENT, "", "Dr. Lee", "Jo Diaz", NOW))
    assert desk.settle() == 0
    assert desk.status(visit) is BOOKED


@pytest.mark.parametrize("renewed", [True, False])
def test_that_an_approval_that_is_extended_or_asked_for_anew_releases_it(desk: Desk, renewed: bool) -> None:
    record, visit = desk.approve(), desk.book(DAY_AFTER)
    desk.settle()
    record = desk.authorizations.get(record.id)
    if renewed:
        desk.authorizations.change(replace(record, authorization=replace(record.authorization, end=DAY_AFTER)))
    else:
        desk.approve(number="A-2", end=DAY_AFTER)
    assert (desk.status(visit), desk.tasks()) == (BOOKED, ())
    assert desk.settle() == 0


def test_that_units_used_meanwhile_hold_the_visit_and_are_given_back_with_it(
    desk: Desk, history: HistoryService
) -> None:
    desk.approve(end=date(2027, 2, 1))
    visit = desk.book(date(2026, 12, 20))
    assert desk.settle() == 0
    used = history.add(desk.patient_id, performed("2026-11-20", Family.FACET_INJECTION, "L4-L5 right")).value
    assert desk.settle() == 1
    assert desk.status(visit) is HELD
    assert "Authorization A-1 has no units left for this visit. Ask for more units" in desk.tasks()[0].text
    history.remove(desk.patient_id, used.event.id, 1, "Entered for somebody else")
    assert desk.settle() == 1
    assert (desk.status(visit), desk.tasks()) == (BOOKED, ())


def test_that_of_two_visits_on_the_last_unit_the_earlier_one_stays(desk: Desk, transactions: Transactions) -> None:
    record = desk.approve(end=date(2027, 2, 1), units=2)
    second, first = desk.book(date(2027, 1, 20)), desk.book(date(2026, 12, 10))
    with transactions.writing() as uow:  # as an import writes, which asks nobody about visits
        kept = uow.requests.get(record.id)
        lines = (replace(kept.authorization.lines[0], units=1),)
        uow.requests.change(replace(kept, authorization=replace(kept.authorization, lines=lines)))
        uow.commit(Act("import", "authorization"))
    assert desk.settle() == 1
    assert (desk.status(first), desk.status(second)) == (BOOKED, HELD)


def test_that_of_two_visits_the_later_one_falls_out_when_a_unit_is_taken_away(desk: Desk) -> None:
    record = desk.approve(end=date(2027, 2, 1), units=2)
    second, first = desk.book(date(2027, 1, 20)), desk.book(date(2026, 12, 10))
    lines = (replace(record.authorization.lines[0], units=1),)
    desk.authorizations.change(replace(record, authorization=replace(record.authorization, lines=lines)))
    assert (desk.status(first), desk.status(second)) == (BOOKED, HELD)


@pytest.mark.parametrize(
    "more",
    [
        {"payer": "aetna"},
        {"status": AuthorizationStatus.DENIED},
        {"lines": (AuthorizationLine("64635"),)},
        {"lines": (AuthorizationLine("64493", targets=parse_sites(["L3-L4 right"]).targets),)},
        {"kind": AuthorizationKind.MEDICARE_OPD},
        {"end": date(2026, 11, 10)},
        {"start": date(2026, 12, 5), "end": date(2026, 12, 20)},
    ],
)
def test_that_a_visit_that_never_rested_on_the_approval_is_left_as_it_is(
    desk: Desk, patients: PatientService, more: dict[str, object]
) -> None:
    patients.add_coverage(desk.patient_id, a_coverage(payer="aetna", plan="PPO", order=2))
    desk.approve(**more)  # type: ignore[arg-type]  # fields by name
    visit = desk.book(DAY_AFTER)
    assert desk.settle() == 0
    assert desk.status(visit) is BOOKED


@pytest.mark.parametrize(
    ("payer", "required"), [("self-pay", None), (PLAN, False), (PLAN, None)], ids=["self-pay", "not", "unknown"]
)
def test_that_nothing_is_held_where_no_approval_is_known_to_be_wanted(
    desk: Desk, patients: PatientService, payer: str, required: bool | None
) -> None:
    added = patients.add(replace(a_patient(), last="Berg", mrn="M-77")).value
    patients.add_coverage(added.id, a_coverage(payer=payer, plan="", authorization_required=required))
    patients.add_coverage(added.id, a_coverage(payer="aetna", plan="PPO", order=2))
    desk.patient_id = added.id
    desk.approve(payer=payer if payer != "self-pay" else "aetna")
    visit = desk.book(DAY_AFTER)
    assert desk.settle() == 0
    assert desk.status(visit) is BOOKED


def test_that_a_hospital_affirmation_that_ran_out_holds_the_visit_and_asks_for_a_new_one(
    desk: Desk, patients: PatientService, transactions: Transactions
) -> None:
    added = patients.add(replace(a_patient(), last="Berg", mrn="M-77")).value
    patients.add_coverage(added.id, a_coverage())
    desk.patient_id = added.id
    decided = date(2026, 9, 1)
    desk.approve(
        end=None, payer="medicare", kind=AuthorizationKind.MEDICARE_OPD, decided=decided, start=None, number="26110010"
    )
    with transactions.writing() as uow:
        hospital = uow.clinic.add_site(a_site(place_of_service="22", facility="St. Anne Hospital", name="Hospital"))
        uow.commit(Act("add site", "site", hospital))
    last, after = desk.book(date(2026, 12, 29)), desk.book(date(2026, 12, 30))
    _place(transactions, hospital, last, after)
    assert desk.settle() == 1
    assert (desk.status(last), desk.status(after)) == (BOOKED, HELD)
    assert "does not reach this day any more. Ask for a new one" in desk.tasks()[0].text


def _place(transactions: Transactions, site_id: str, *booking_ids: str) -> None:
    with transactions.writing() as uow:
        for each in booking_ids:
            uow.bookings.change(replace(uow.bookings.get(each), site_id=site_id))
        uow.commit(Act("change booking", "booking"))


def test_that_a_scope_holds_nobody_else(desk: Desk) -> None:
    desk.approve()
    visit = desk.book(DAY_AFTER)
    desk.recheck.all()
    assert desk.holds.settle(RecheckScope(frozenset({"somebody else"}))).value == 0
    assert desk.holds.settle(RecheckScope(frozenset({desk.patient_id}))).value == 1
    assert desk.status(visit) is HELD


def test_that_an_approval_given_anew_between_looking_and_writing_leaves_the_visit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read first is judged again in the transaction that writes."""
    desk.approve()
    visit = desk.book(DAY_AFTER)
    writing = desk.transactions.writing

    def meanwhile() -> object:
        monkeypatch.undo()
        desk.approve(number="A-2", end=DAY_AFTER)
        return writing()

    monkeypatch.setattr(desk.transactions, "writing", meanwhile)
    assert desk.holds.settle().value == 0
    assert (desk.status(visit), desk.acts()) == (BOOKED, [])


def test_that_a_failure_in_the_middle_leaves_neither_hold_nor_task(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.approve()
    visit = desk.book(DAY_AFTER)

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("tracker.storage.requests.RequestRepository.add_log", broken)
    with pytest.raises(OSError, match="disk"):
        desk.settle()
    assert (desk.status(visit), desk.tasks(), desk.acts()) == (BOOKED, (), [])
    monkeypatch.undo()
    assert desk.settle() == 1


def test_that_several_are_told_in_one_sentence_and_taken_back_together(desk: Desk, undo: UndoService) -> None:
    desk.approve(units=2)
    visits = [desk.book(DAY_AFTER), desk.book(date(2026, 12, 20))]
    desk.recheck.all()
    done = desk.holds.settle()
    told = "2 visits went on hold: their authorizations ended or are used up. Work on Today names each."
    assert done.sentence == told
    assert done.undo is not None
    undo.undo(done.undo)
    assert [desk.status(visit) for visit in visits] == [BOOKED, BOOKED]


@pytest.mark.parametrize(
    ("day", "status"),
    [(date(2026, 12, 1), BOOKED), (date(2027, 2, 28), BOOKED), (date(2027, 3, 1), HELD)],
    ids=["first day", "day 90", "day 91"],
)
def test_that_a_visit_behind_the_90_days_after_a_switch_is_held_and_one_in_them_stays(
    desk: Desk, patients: PatientService, day: date, status: BookingStatus
) -> None:
    desk.approve(end=date(2027, 6, 30))
    visit = desk.book(day)
    assert desk.settle() == 0
    _switch(desk, patients)
    assert desk.settle() == (status is HELD)
    assert desk.status(visit) is status
    if status is HELD:
        assert desk.tasks()[0].text == (
            "On hold: MBB L4-5 right, Mon 03/01/2027. Authorization A-1 is of the plan before, and carries over only "
            "until 02/28/2027. Ask the new plan for its own, or move the visit."
        )


def test_that_the_new_plans_own_approval_releases_the_visit_behind_the_90_days(
    desk: Desk, patients: PatientService
) -> None:
    desk.approve(end=date(2027, 6, 30))
    visit = desk.book(date(2027, 3, 1))
    _switch(desk, patients)
    desk.settle()
    desk.approve(number="A-2", payer="humana", end=date(2027, 6, 30))
    desk.settle()
    assert desk.status(visit) is BOOKED


@pytest.mark.parametrize("start", [date(2026, 12, 1), date(2026, 12, 2)], ids=["on the day of the switch", "after"])
def test_that_only_what_ran_at_the_switch_holds_a_visit_behind_it(
    desk: Desk, patients: PatientService, start: date
) -> None:
    desk.approve(start=start, end=date(2027, 6, 30))
    visit = desk.book(date(2027, 3, 1))
    _switch(desk, patients)
    assert desk.settle() == 0
    assert desk.status(visit) is BOOKED


def _switch(desk: Desk, patients: PatientService) -> None:
    """Record that another Medicare Advantage plan pays from 12/01/2026 on."""
    with desk.transactions.reading() as uow:
        old = uow.patients.list_coverages(desk.patient_id)[0]
    patients.change_coverage(desk.patient_id, replace(old, end=date(2026, 11, 30)))
    new = a_coverage(payer="humana", plan="HMO", start=date(2026, 12, 1), authorization_required=True)
    patients.add_coverage(desk.patient_id, new)


@pytest.fixture
def neighbours(desk: Desk, patients: PatientService, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, Desk]:
    """Two patients with an ended approval and a visit each, who are looked at one after the other."""
    monkeypatch.setattr("tracker.services.rechecks.expiry_holds.PATIENTS_AT_ONCE", 1)
    other = patients.add(a_patient(last="Lovell", mrn="M-77")).value
    patients.add_coverage(other.id, a_coverage(payer=PLAN, plan="HMO", authorization_required=True))
    second = replace(desk, patient_id=other.id)
    desk.approve()
    second.approve(number="A-2")
    return desk, second


def test_that_many_are_written_a_few_at_a_time_and_taken_back_together(
    neighbours: tuple[Desk, Desk], undo: UndoService
) -> None:
    desk, second = neighbours
    visits = [desk.book(DAY_AFTER), second.book(DAY_AFTER)]
    desk.recheck.all()
    done = desk.holds.settle()
    assert (done.value, [len(each.acts()) for each in neighbours]) == (2, [1, 1])
    assert done.undo is not None
    taken_back = undo.undo(done.undo)
    assert [desk.status(visit) for visit in visits] == [BOOKED, BOOKED]
    assert desk.settle() == 0
    assert taken_back.undo is not None
    undo.undo(taken_back.undo)
    assert [desk.status(visit) for visit in visits] == [HELD, HELD]


def test_that_others_are_taken_back_though_one_was_changed_since(
    neighbours: tuple[Desk, Desk], undo: UndoService
) -> None:
    desk, second = neighbours
    mine, theirs = desk.book(DAY_AFTER), second.book(DAY_AFTER)
    desk.recheck.all()
    done = desk.holds.settle()
    with desk.transactions.writing() as uow:
        uow.bookings.change(replace(uow.bookings.get(mine), note="called"))
        uow.commit(Act("change booking", "booking", mine))
    assert done.undo is not None
    assert "Not taken back: what was changed since" in undo.undo(done.undo).sentence
    assert (desk.status(mine), desk.status(theirs)) == (HELD, BOOKED)


def test_that_a_file_that_fails_in_the_middle_takes_none_of_several_back(
    neighbours: tuple[Desk, Desk], undo: UndoService, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, second = neighbours
    visits = [desk.book(DAY_AFTER), second.book(DAY_AFTER)]
    desk.recheck.all()
    done = desk.holds.settle()
    acts = [each.acts() for each in neighbours]
    take_back, taken = ActRepository.take_back, list[str]()

    def full(self: ActRepository, act_id: str) -> None:
        if taken:
            raise StorageError("The disk is full, so nothing was saved.")
        taken.append(act_id)
        take_back(self, act_id)

    monkeypatch.setattr(ActRepository, "take_back", full)
    assert done.undo is not None
    with pytest.raises(StorageError, match="nothing was saved"):
        undo.undo(done.undo)
    assert [desk.status(visit) for visit in visits] == [HELD, HELD]
    assert [each.acts() for each in neighbours] == acts
    monkeypatch.undo()
    undo.undo(done.undo)
    assert [desk.status(visit) for visit in visits] == [BOOKED, BOOKED]


def test_that_one_of_several_that_does_not_fit_leaves_no_trace_and_keeps_back_no_other(
    neighbours: tuple[Desk, Desk], undo: UndoService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was changed since is found when part of its act has gone back already."""
    desk, second = neighbours
    visits = [desk.book(DAY_AFTER), second.book(DAY_AFTER)]
    desk.recheck.all()
    done, take_back = desk.holds.settle(), ActRepository.take_back
    assert done.undo is not None

    def late(self: ActRepository, act_id: str) -> None:
        take_back(self, act_id)
        if act_id == done.undo.act_id:  # type: ignore[union-attr]  # looked at above
            raise ConflictError("Somebody changed this meanwhile, so nothing was saved.")

    monkeypatch.setattr(ActRepository, "take_back", late)
    told = undo.undo(done.undo)
    assert "Not taken back" in told.sentence
    assert sorted(desk.status(visit) for visit in visits) == [BOOKED, HELD]
    assert told.undo is not None
    monkeypatch.undo()
    undo.undo(told.undo)
    assert [desk.status(visit) for visit in visits] == [HELD, HELD]


def test_that_another_desk_can_write_while_visits_are_judged(
    neighbours: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, second = neighbours
    visits = [desk.book(DAY_AFTER), second.book(DAY_AFTER)]
    desk.recheck.all()
    judge, judged = RulesInForce.judge_briefly, []

    def with_another_desk(rules: RulesInForce, case: Case) -> Verdict:
        if not judged:
            judged.append(case)
            with desk.transactions.writing() as uow:
                uow.clinic.set("colour", "blue")
                uow.commit(Act("set up", "clinic"))
        return judge(rules, case)

    monkeypatch.setattr(RulesInForce, "judge_briefly", with_another_desk)
    assert desk.holds.settle().value == 2
    assert [desk.status(visit) for visit in visits] == [HELD, HELD]


def test_that_a_visit_at_another_facility_leaves_the_units_of_this_one(desk: Desk, transactions: Transactions) -> None:
    """Two surgery centers are one place of service: the site of the visit tells which approval it draws on."""
    with transactions.writing() as uow:
        ours = uow.clinic.add_site(a_site())
        theirs = uow.clinic.add_site(a_site(facility="Westside ASC", name="Westside"))
        uow.commit(Act("add site", "site", theirs))
    desk.approve(end=date(2027, 2, 1), facility="Bluegrass Surgery Center", place_of_service="24")
    desk.approve(end=date(2027, 3, 1), facility="Westside ASC", place_of_service="24", number="A-2")
    here, there = desk.book(date(2026, 12, 20)), desk.book(date(2027, 1, 20))
    _place(transactions, ours, here)
    _place(transactions, theirs, there)
    assert desk.settle() == 0
    assert (desk.status(here), desk.status(there)) == (BOOKED, BOOKED)


def _taken_back(desk: Desk, undo: UndoService) -> str:
    """Return a visit that is flagged and stays booked, for somebody took back that it was held."""
    visit = desk.book(DAY_AFTER)
    desk.recheck.all()
    done = desk.holds.settle()
    assert done.undo is not None
    undo.undo(done.undo)
    assert desk.settle() == 0
    assert desk.status(visit) is BOOKED
    return visit


def test_that_nobody_is_looked_at_twice_for_the_same(desk: Desk, undo: UndoService) -> None:
    desk.approve()
    _taken_back(desk, undo)
    assert desk.holds.begin(EVERYBODY).finished
    assert not ExpiryHolds(desk.transactions, _rules(), FixedClock(TODAY)).begin(EVERYBODY).finished


@pytest.mark.parametrize("judged", [True, False])
@pytest.mark.parametrize("change", ["record", "clinic"])
def test_that_what_changes_anything_has_them_looked_at_again(
    desk: Desk, undo: UndoService, change: str, judged: bool
) -> None:
    record = desk.approve()
    _taken_back(desk, undo)
    with desk.transactions.writing() as uow:
        if change == "record":
            kept = uow.requests.get(record.id)
            uow.requests.change(replace(kept, authorization=replace(kept.authorization, facility="Elsewhere")))
        else:
            uow.clinic.set("anniversary_day_free", True)
        uow.commit(Act("import", "authorization"))
    if judged:
        desk.recheck.all()
    assert not desk.holds.begin(EVERYBODY).finished


def test_that_what_waits_is_looked_at_only_when_its_answer_is_another(desk: Desk, clock: FixedClock) -> None:
    record, visit = desk.approve(), desk.book(DAY_AFTER)
    assert desk.settle() == 1
    desk.recheck.all()
    later = ExpiryHolds(desk.transactions, _rules(), clock)
    assert later.begin(EVERYBODY).finished
    with desk.transactions.writing() as uow:
        kept = uow.requests.get(record.id)
        uow.requests.change(replace(kept, authorization=replace(kept.authorization, end=DAY_AFTER)))
        uow.commit(Act("import", "authorization"))
    assert not later.begin(EVERYBODY).finished
    desk.recheck.all()
    assert later.settle().value == 1
    assert desk.status(visit) is BOOKED


def test_that_it_stands_aside_before_each_patient_and_never_while_it_holds_the_file(desk: Desk) -> None:
    desk.approve()
    visit = desk.book(DAY_AFTER)
    desk.recheck.all()
    run, free = desk.holds.begin(EVERYBODY), list[bool]()

    def stand_aside() -> None:
        with desk.transactions.writing() as uow:  # would wait in vain, were the file held
            uow.clinic.settings()
        free.append(True)

    desk.holds.step(run, stand_aside)

    assert free == [True]
    assert desk.status(visit) is HELD
