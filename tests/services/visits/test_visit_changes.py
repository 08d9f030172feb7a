"""Changing a booked visit: judged again as it is written, asked for a reason where booking would, on a real file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, time

import pytest

from tests.builders import a_coverage, a_provider, a_request, performed
from tests.fakes import FixedClock, SessionLimitJudge
from tracker.domain.body_regions import BodyRegion
from tracker.domain.booking import Booking, BookingRequest, BookingStatus, Elsewhere, Override, OverrideReason
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.domain.verdict import Finding, FindingCode, Outcome, Verdict
from tracker.services.answers.answers import AnswerChangedError
from tracker.services.changes import Done
from tracker.services.desk.desk import DeskService
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import BookingService
from tracker.services.visits.schedule import ScheduleService
from tracker.services.visits.visit_changes import VisitChangedError, differing
from tracker.storage.records import Act, TaskKind

DAY = date(2026, 12, 3)
BOTH = parse_sites(["L4-L5 both"]).targets
Change = Callable[..., Done[Booking]]


@pytest.fixture
def visit(booking: BookingService, patient_id: str) -> Booking:
    request = a_request(patient_id, DAY, note="fasting")
    return booking.book(request, booking.check(request).fingerprint).value


@pytest.fixture
def change(booking: BookingService) -> Change:
    """Change a visit as a form does: read it, ask, save."""

    def act(visit: Booking, override: Override | None = None, *, hold: bool = False, **given: object) -> Done[Booking]:
        was = booking.as_it_stands(visit.id)
        wanted = replace(was, **given)  # type: ignore[arg-type]  # a mixed table
        seen = booking.check_change(visit.id, wanted).fingerprint
        return booking.change(visit.id, was, wanted, seen, override, hold=hold)

    return act


def test_that_everything_but_the_patient_can_be_changed_in_one_act(
    booking: BookingService, patients: PatientService, desk: DeskService, undo: UndoService, change: Change,
    visit: Booking, patient_id: str,
) -> None:  # fmt: skip
    provider = desk.add_provider(a_provider(name="Ann Other, MD", short="Other")).value.id
    site = desk.add_site(replace(desk.sites()[0], id="", name="Second House")).value.id
    done = change(visit, targets=BOTH, starts=time(14), provider_id=provider, site_id=site, note="bring films")
    now = booking.get(visit.id)
    assert done.value == now
    assert (now.event.targets, now.starts, now.provider_id, now.site_id, now.note) == (
        BOTH, time(14), provider, site, "bring films",
    )  # fmt: skip
    assert (now.id, now.event.id, now.day, now.status) == (visit.id, visit.event.id, DAY, BookingStatus.BOOKED)
    (entry,) = patients.get(patient_id).events
    assert entry.event == now.event
    assert done.sentence.endswith("MBB L4-5 both, Thu 12/03/2026 2:00 PM: levels, time, provider, site, note")
    assert patient_id in done.changes.patients
    undo.undo(done.undo)
    assert replace(booking.get(visit.id), version=visit.version) == visit


def test_that_trigger_points_move_to_another_region_of_the_body_and_back_to_none(
    booking: BookingService, change: Change, patient_id: str
) -> None:
    points = replace(
        a_request(patient_id, DAY), family=Family.TRIGGER_POINT, intent=Intent.THERAPEUTIC, approach=None, targets=(),
        body_regions=(BodyRegion.NECK,),
    )  # fmt: skip
    visit = booking.book(points, booking.check(points).fingerprint).value

    done = change(visit, body_regions=(BodyRegion.LOWER_BACK,))

    assert booking.get(visit.id).event.body_regions == (BodyRegion.LOWER_BACK,)
    assert done.sentence.endswith("regions of the body")
    change(visit, family=Family.FACET_INJECTION, intent=Intent.DIAGNOSTIC, approach=Approach.MEDIAL_BRANCH,
           targets=BOTH, body_regions=())  # fmt: skip
    assert booking.get(visit.id).event.body_regions == ()


_OTHER = {
    "intent": Intent.THERAPEUTIC, "approach": Approach.INTRA_ARTICULAR, "targets": BOTH, "starts": time(14),
    "elsewhere": Elsewhere.YES, "note": "bring films", "day": date(2026, 12, 4),
    "family": Family.TRIGGER_POINT, "nerves": ("L3", "L4"), "lone_nerves": ("L3",), "technique_changed": True,
    "provider_id": "", "coverage_id": "", "site_id": "", "body_regions": (BodyRegion.NECK,),
}  # fmt: skip
_NOT_THE_FORMS = {"patient_id": "a visit stays its patient's", "minutes": "no form asks for it"}


def test_that_each_thing_on_the_form_is_named_when_it_differs() -> None:
    """A field of the request that the list of differences forgets is one that two desks write over unseen."""
    one = a_request("p1", DAY, provider_id="a", coverage_id="b", site_id="c")

    for field in fields(BookingRequest):
        if field.name not in _NOT_THE_FORMS:
            assert differing(one, replace(one, **{field.name: _OTHER[field.name]})), field.name  # type: ignore[arg-type]


def test_that_the_visit_does_not_count_against_itself(judge: SessionLimitJudge, change: Change, visit: Booking) -> None:
    judge.limit = 1
    assert change(visit, targets=BOTH).value.event.targets == BOTH


def test_that_a_visit_of_another_length_keeps_it(
    transactions: Transactions, booking: BookingService, change: Change, visit: Booking
) -> None:
    with transactions.writing() as uow:
        uow.bookings.change(replace(visit, minutes=45))
        uow.commit(Act("made for tests", "booking", visit.id))
    change(visit, minutes=30, note="x")
    assert booking.get(visit.id).minutes == 45


class SideJudge(SessionLimitJudge):
    """Both sides at once are not allowed, or (`auth`) want an approval."""

    auth = False

    def __call__(self, case: object) -> Verdict:
        verdict = super().__call__(case)  # type: ignore[arg-type]  # the case goes through
        if case.proposal.targets != BOTH:  # type: ignore[attr-defined]  # as above
            return verdict
        code = FindingCode.AUTHORIZATION if self.auth else FindingCode.OVER_LIMIT
        outcome = Outcome.NEEDS_AUTHORIZATION if self.auth else Outcome.NOT_ALLOWED
        return replace(verdict, outcome=outcome, findings=(Finding(code, outcome, "sides", "One side at a time."),))


@pytest.fixture
def sides(judge: SessionLimitJudge) -> SessionLimitJudge:
    judge.__class__ = SideJudge
    return judge


def test_that_a_changed_level_that_is_not_allowed_wants_a_reason_and_leaves_its_task(
    booking: BookingService, schedule: ScheduleService, sides: SideJudge, change: Change, visit: Booking
) -> None:
    with pytest.raises(InvalidEntryError, match="not booked without a reason"):
        change(visit, targets=BOTH)
    assert booking.get(visit.id) == visit
    after = change(visit, Override(OverrideReason.SELF_PAY), targets=BOTH).value
    assert after.override is not None
    assert (after.override.reason, after.override.by) == (OverrideReason.SELF_PAY, "Jo Diaz")
    assert after.verdict is not None
    assert after.verdict.outcome is Outcome.NOT_ALLOWED
    assert [task.kind for task in schedule.day(DAY).tasks] == [TaskKind.FILE_WAIVER]


def test_that_a_reason_holds_for_another_time_and_note_but_for_no_other_day(
    schedule: ScheduleService, sides: SideJudge, booking: BookingService, change: Change, visit: Booking
) -> None:
    against = change(visit, Override(OverrideReason.SELF_PAY), targets=BOTH).value
    later = change(visit, starts=time(15), note="by car").value
    assert (later.override, later.verdict) == (against.override, against.verdict)
    assert [task.kind for task in schedule.day(DAY).tasks] == [TaskKind.FILE_WAIVER]
    with pytest.raises(InvalidEntryError, match="not booked without a reason"):
        change(visit, day=date(2026, 12, 4))
    assert change(visit, targets=visit.event.targets).value.override is None
    assert schedule.day(DAY).tasks == ()


def test_that_a_reason_against_a_missing_approval_holds_no_longer_where_it_is_not_allowed_by_now(
    sides: SideJudge, change: Change, visit: Booking
) -> None:
    sides.auth = True
    against = change(visit, Override(OverrideReason.SELF_PAY), targets=BOTH).value
    assert change(visit, starts=time(15)).value.override == against.override
    sides.auth = False

    with pytest.raises(InvalidEntryError, match="not booked without a reason"):
        change(visit, starts=time(16))


def test_that_what_lacks_only_an_approval_may_wait_for_it_on_hold(
    booking: BookingService, schedule: ScheduleService, sides: SideJudge, change: Change, visit: Booking
) -> None:
    sides.auth = True
    with pytest.raises(InvalidEntryError, match="not booked without a reason"):
        change(visit, targets=BOTH)
    held = change(visit, targets=BOTH, hold=True)
    assert held.value.status is BookingStatus.HELD
    assert held.sentence.endswith("levels. It is on hold.")
    assert [task.kind for task in schedule.day(DAY).tasks] == [TaskKind.REQUEST_AUTHORIZATION]
    moved = change(visit, day=date(2026, 12, 4)).value
    assert (moved.status, moved.override) == (BookingStatus.HELD, None)
    assert [task.kind for task in schedule.day(DAY).tasks] == [TaskKind.REQUEST_AUTHORIZATION]
    free = change(visit, targets=visit.event.targets).value
    assert free.status is BookingStatus.BOOKED
    assert schedule.day(DAY).tasks == ()


def test_that_the_provider_cannot_be_where_another_visit_is(
    booking: BookingService,
    patients: PatientService,
    desk: DeskService,
    change: Change,
    visit: Booking,
    patient_id: str,
) -> None:
    provider = desk.add_provider(a_provider(name="Ann Other, MD", short="Other")).value.id
    other = patients.add(replace(patients.get(patient_id).patient, id="", last="Other", mrn="M9")).value.id
    patients.add_coverage(other, a_coverage())
    taken = a_request(other, DAY, starts=time(9, 45), provider_id=provider)
    booking.book(taken, booking.check(taken).fingerprint)
    with pytest.raises(ConflictError, match="another visit from 9:45 AM to 10:15 AM"):
        change(visit, provider_id=provider)
    assert booking.get(visit.id) == visit
    assert change(visit, provider_id=provider, starts=time(10, 15)).value.provider_id == provider


@pytest.mark.parametrize("status", [BookingStatus.DONE, BookingStatus.CANCELLED])
def test_that_a_closed_visit_stays_as_it_is(
    booking: BookingService, clock: FixedClock, change: Change, visit: Booking, status: BookingStatus
) -> None:
    clock.day = DAY
    booking.set_status(visit.id, status)
    with pytest.raises(ConflictError, match="This visit is closed"):
        change(visit, note="too late")


def test_that_another_desks_change_is_not_written_over(booking: BookingService, change: Change, visit: Booking) -> None:
    was = booking.as_it_stands(visit.id)
    wanted = replace(was, note="mine")
    seen = booking.check_change(visit.id, wanted).fingerprint
    change(visit, starts=time(11), note="theirs")
    with pytest.raises(VisitChangedError) as caught:
        booking.change(visit.id, was, wanted, seen)
    assert "time, note" in caught.value.sentence()
    assert booking.get(visit.id).note == "theirs"


def test_that_a_confirmation_at_another_desk_is_kept(booking: BookingService, visit: Booking) -> None:
    was: BookingRequest = booking.as_it_stands(visit.id)
    wanted = replace(was, note="mine")
    seen = booking.check_change(visit.id, wanted).fingerprint
    booking.set_status(visit.id, BookingStatus.CONFIRMED)
    after = booking.change(visit.id, was, wanted, seen).value
    assert (after.status, after.note) == (BookingStatus.CONFIRMED, "mine")


def test_that_an_answer_that_changed_meanwhile_saves_nothing(
    booking: BookingService, history: HistoryService, judge: SessionLimitJudge, visit: Booking, patient_id: str
) -> None:
    judge.limit = 1
    was = booking.as_it_stands(visit.id)
    wanted = replace(was, targets=BOTH)
    seen = booking.check_change(visit.id, wanted).fingerprint
    history.add(patient_id, performed("2026-11-02"))
    with pytest.raises(AnswerChangedError):
        booking.change(visit.id, was, wanted, seen)
    assert booking.get(visit.id) == visit


def test_that_nothing_different_is_nothing_saved(change: Change, visit: Booking) -> None:
    with pytest.raises(InvalidEntryError, match="Nothing is different"):
        change(visit)


def test_that_no_visit_is_changed_to_a_day_that_is_past(change: Change, visit: Booking) -> None:
    with pytest.raises(InvalidEntryError, match="is past"):
        change(visit, day=date(2026, 11, 2))
