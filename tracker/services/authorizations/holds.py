"""Visits that wait for an approval: what an approval releases, and what a denial, an end or an edit holds again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.domain.authorization import Authorization
from tracker.domain.authorization_request import LogEntry, LogKind
from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import FindingCode, Outcome, Verdict
from tracker.services.answers.charts import Chart, request_of
from tracker.services.answers.hold_offers import HoldOffer
from tracker.services.answers.judging import Judge, judge_request
from tracker.services.words import wording
from tracker.storage.records import Task, TaskKind
from tracker.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class HoldChange:
    """A visit that is released (`held` false) or put on hold, and the reason in a sentence."""

    booking: Booking
    held: bool
    reason: str

    @property
    def sentence(self) -> str:
        visit = f"{wording.event_text(self.booking.event)}, {us_date(self.booking.day, True)}"
        if self.held:
            return tr("On hold: {visit}. {reason}", visit=visit, reason=self.reason)
        return tr("Released: {visit}. {reason}", visit=visit, reason=self.reason)


class Holds:
    """Judges a patient's coming visits with other approvals than those on file, or after they have changed."""

    def __init__(self, judge: Judge, today: date) -> None:
        self._judge = judge
        self._today = today

    def changes(self, chart: Chart, after: Chart, bookings: tuple[Booking, ...]) -> Iterator[HoldChange]:
        """Yield what becomes of each visit when the chart's approvals become those of `after`.

        A visit that was booked against the answer stays: somebody has decided about it.
        """
        coming = [each for each in bookings if each.status.open and each.override is None and each.day >= self._today]
        coming.sort(key=lambda each: each.day)
        for booking in reversed([each for each in coming if each.status is not BookingStatus.HELD]):
            now = self._verdict(booking, after)
            if now is not None and lacks_approval(now):
                before = self._verdict(booking, chart)
                if before is not None and not lacks_approval(before):
                    after = replace(after, held=after.held | {booking.event.id})  # its units are free for the earlier
                    yield HoldChange(booking, True, _missing(now))
        for booking in coming:
            now = self._verdict(booking, after) if booking.status is BookingStatus.HELD else None
            if now is not None and now.outcome <= Outcome.CAUTION:
                after = replace(after, held=after.held - {booking.event.id})  # its units are taken for the next
                yield HoldChange(booking, False, covered_by(now))

    def _verdict(self, booking: Booking, chart: Chart) -> Verdict | None:
        try:
            request = request_of(booking, chart)
            return judge_request(self._judge, chart, request, self._today, leave_out=booking.event.id)
        except TrackerError:  # a visit that cannot be judged keeps its status; the lists say why
            return None


def with_approval(chart: Chart, changed: Authorization) -> Chart:
    """Return the chart with this approval in the place of the one on file."""
    others = tuple(each for each in chart.authorizations if each.id != changed.id)
    return replace(chart, authorizations=(*others, changed))


def lacks_approval(verdict: Verdict) -> bool:
    """Tell whether an approval that is wanted is missing."""
    return any(
        finding.code is FindingCode.AUTHORIZATION and finding.outcome > Outcome.CAUTION for finding in verdict.findings
    )


def settle(uow: UnitOfWork, changes: tuple[HoldChange, ...], by: str, at: datetime, today: date) -> None:
    """Write the changes: released visits are booked and their tasks closed, those on hold get a task."""
    for change in changes:
        status = BookingStatus.HELD if change.held else BookingStatus.BOOKED
        uow.bookings.change(replace(change.booking, status=status))
        if change.held:
            kind, patient = TaskKind.REQUEST_AUTHORIZATION, change.booking.patient_id
            uow.tasks.add(Task(kind, patient, change.sentence, today, by, at, change.booking.id))
            continue
        for task in uow.tasks.list_open_for(change.booking.id):
            if task.kind is TaskKind.REQUEST_AUTHORIZATION:
                uow.tasks.close(task, at, change.sentence)


def await_approval(uow: UnitOfWork, booking: Booking, offer: HoldOffer, by: str, at: datetime) -> None:
    """Write why a new visit is on hold: as a task that its release closes, and with the request that is under way."""
    sentence = HoldChange(booking, True, offer.reason).sentence
    kind = TaskKind.REQUEST_AUTHORIZATION
    uow.tasks.add(Task(kind, booking.patient_id, sentence, offer.act_on, by, at, booking.id))
    if offer.record_id:
        uow.requests.add_log(offer.record_id, LogEntry(LogKind.NOTE, at, by, sentence))


def covered_by(verdict: Verdict) -> str:
    """Say why a visit is released."""
    numbers = ", ".join(dict.fromkeys(each.number for each in verdict.approvals))
    return (
        tr("Authorization {numbers} covers it.", numbers=numbers)
        if numbers
        else tr("No authorization is wanted for it any more.")
    )


def _missing(verdict: Verdict) -> str:
    return next(finding.message for finding in verdict.findings if finding.code is FindingCode.AUTHORIZATION)
