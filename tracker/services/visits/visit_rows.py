"""A visit as a row of a list: as it was booked, and judged as of today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.booking import Booking, BookingRequest
from tracker.domain.coverage import Coverage
from tracker.domain.errors import TrackerError
from tracker.domain.language import msg, tr
from tracker.domain.patient import Patient
from tracker.domain.verdict import FindingCode, Outcome, Source, Verdict
from tracker.services.answers.charts import Chart, ClinicFacts, billed_to, request_as_booked, request_of
from tracker.services.answers.judging import Judge, judge_request
from tracker.services.words import wording
from tracker.services.words.payers import PayerNames
from tracker.services.words.retelling import told_again
from tracker.storage.records import Standing

OVERRIDDEN = tr("Overridden")
PENDING = "…"


@dataclass(frozen=True, slots=True)
class DayRow:
    """One visit with its answer of today. `verdict` is None for closed visits and for those that cannot be judged.

    `news`: how the answer changed since somebody looked, None where it did not. `pending`: not judged yet, so there
    is no answer to show. `request`: what was asked for, as it would be asked today.
    """

    booking: Booking
    patient: Patient
    procedure: str
    provider: str
    coverage: str
    outcome: Outcome
    flag: str
    headline: str
    count: str
    reason: str
    source: Source | None
    authorization: str
    past: bool
    verdict: Verdict | None = None
    news: Standing | None = None
    request: BookingRequest | None = None
    pending: bool = False

    @property
    def flagged(self) -> bool:
        """Tell whether somebody should look at it."""
        return not self.past and not self.pending and self.outcome is not Outcome.ALLOWED

    @property
    def overridden(self) -> bool:
        """Tell whether it was booked against the answer, and the answer still stands."""
        return self.flag == OVERRIDDEN

    @property
    def lacks_authorization(self) -> bool:
        """Tell whether an open visit waits for an authorization, whatever else is against it."""
        findings = self.verdict.findings if self.verdict else ()
        return any(f.code is FindingCode.AUTHORIZATION and f.outcome > Outcome.CAUTION for f in findings)

    @property
    def day_that_fits(self) -> date | None:
        """Return the first day on which it could be instead, None when it may stay or no day is known."""
        earliest = self.verdict.earliest if self.verdict else None
        return earliest if earliest and earliest > self.booking.day and self.flagged else None

    @property
    def booked_as(self) -> str:
        """Return the answer that it was booked under when today's is another, else ""."""
        record = self.booking.verdict
        changed = record is not None and not self.past and record.outcome is not self.outcome
        return told_again(record.headline) if record is not None and changed else ""


def row_as_booked(
    booking: Booking, patient: Patient, coverages: Sequence[Coverage], clinic: ClinicFacts, payers: PayerNames
) -> DayRow:
    """Return the row as booked: all that a closed visit shows, and no answer for an open one yet."""
    event, record = booking.event, booking.verdict
    return DayRow(
        booking=booking,
        patient=patient,
        procedure=wording.event_text(event),
        provider=clinic.provider_short(booking.provider_id),
        coverage=payers.coverage(billed_to(booking, coverages)),
        outcome=record.outcome if record else Outcome.UNKNOWN,
        flag=OVERRIDDEN if booking.override else _record_flag(booking),
        headline=told_again(record.headline) if record else "",
        count="",
        reason="",
        source=None,
        authorization="–",
        past=not booking.status.open,
        request=request_as_booked(booking, coverages),
    )


def waiting_row(row: DayRow) -> DayRow:
    """Return the row while it waits for its answer: what it was booked under is no answer (DESIGN 5)."""
    if row.past:
        return row
    return replace(row, outcome=Outcome.UNKNOWN, flag=PENDING, headline="", pending=True)


def judged_row(row: DayRow, chart: Chart, judge: Judge, payers: PayerNames, today: date) -> DayRow:
    """Return the row with the answer of today."""
    booking = row.booking
    request = request_of(booking, chart)
    try:
        coverage = chart.coverage(request)
        verdict = judge_request(judge, chart, request, today, leave_out=booking.event.id)
    except TrackerError as error:
        reason = " ".join(part for part in (error.detail, error.remedy) if part)
        return replace(
            row, outcome=Outcome.UNKNOWN, flag=tr("Cannot check"), headline=error.title, reason=reason, request=request
        )
    overridden = booking.override is not None and verdict.outcome > Outcome.CAUTION
    return replace(
        row,
        coverage=payers.coverage(coverage),
        outcome=verdict.outcome,
        flag=OVERRIDDEN if overridden else wording.short_flag(verdict),
        headline=wording.headline(verdict),
        count=wording.count_text(verdict),
        reason=wording.reason_text(verdict),
        source=verdict.worst.source if verdict.worst else None,
        authorization=authorization_text(chart.authorizations, verdict, coverage.payer, booking.day),
        verdict=verdict,
        request=request,
    )


_STANDS = {
    AuthorizationStatus.DRAFT: msg("draft"),
    AuthorizationStatus.SUBMITTED: msg("submitted"),
    AuthorizationStatus.PENDED: msg("pended"),
    AuthorizationStatus.MORE_WANTED: msg("more wanted"),
    AuthorizationStatus.DENIED: msg("denied"),
    AuthorizationStatus.APPEALED: msg("appealed"),
    AuthorizationStatus.CANCELLED: msg("cancelled"),
    AuthorizationStatus.WITHDRAWN: msg("withdrawn"),
    AuthorizationStatus.NOT_REQUIRED: msg("not required"),
}
"""Where a request stands that grants nothing."""


def authorization_text(authorizations: Iterable[Authorization], verdict: Verdict, payer: str, day: date) -> str:
    """Return "A118871, 1 left", "A118871, ended 11/20", or "–" when none is about these codes."""
    if verdict.approvals:
        left = min((each.left for each in verdict.approvals if each.left is not None), default=None)
        number = verdict.approvals[0].number
        return tr("{number}, {left} left", number=number, left=left) if left is not None else number
    codes = {line.code for line in verdict.codes}
    about = [a for a in authorizations if a.payer == payer and a.number and any(x.code in codes for x in a.lines)]
    granted = [a for a in about if a.status.grants]
    if not granted:
        return f"{about[-1].number}, {tr(_STANDS[about[-1].status])}" if about else "–"
    fitting = [a for a in granted if (a.start is None or a.start <= day) and (a.end is None or day <= a.end)]
    if not fitting:
        last = max(granted, key=lambda a: a.end or date.max)
        ended = last.end is not None and last.end < day
        if ended:
            return tr("{number}, ended {day:%m/%d}", number=last.number, day=last.end)
        return tr("{number}, not yet {day:%m/%d}", number=last.number, day=last.start or day)
    wanted = any(f.code is FindingCode.AUTHORIZATION and f.outcome > Outcome.CAUTION for f in verdict.findings)
    return tr("{number}, does not fit", number=fitting[0].number) if wanted else f"{fitting[0].number}"


def _record_flag(booking: Booking) -> str:
    words = {
        Outcome.ALLOWED: tr("Allowed"),
        Outcome.CAUTION: tr("Allowed, see note"),
        Outcome.NEEDS_AUTHORIZATION: tr("Needs auth"),
        Outcome.UNKNOWN: tr("Cannot tell"),
        Outcome.NOT_ALLOWED: tr("Not allowed"),
    }
    return words[booking.verdict.outcome] if booking.verdict else "–"
