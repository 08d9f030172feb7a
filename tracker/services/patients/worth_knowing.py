"""The one thing worth knowing about a patient before anything else, for a list of people that were found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.services.words.wording import last_in_window

if TYPE_CHECKING:
    from tracker.domain.clock import Clock
    from tracker.services.answers.eligibility import EligibilityService
    from tracker.services.authorizations.authorizations import AuthorizationService
    from tracker.services.visits.schedule import ScheduleService

_STATES = {
    AuthorizationStatus.DRAFT: tr("Auth in draft"),
    AuthorizationStatus.SUBMITTED: tr("Auth submitted"),
    AuthorizationStatus.PENDED: tr("Auth pending"),
    AuthorizationStatus.MORE_WANTED: tr("Payer wants more"),
    AuthorizationStatus.APPEALED: tr("Auth appealed"),
}


@dataclass(frozen=True, slots=True)
class WorthKnowing:
    """A few words and the outcome that they stand for."""

    outcome: Outcome
    text: str


class WorthKnowingService:
    """Looks in the order in which a desk would ask: a visit in danger, a limit used up, a request on its way."""

    def __init__(
        self,
        schedule: ScheduleService,
        authorizations: AuthorizationService,
        eligibility: EligibilityService,
        clock: Clock,
    ) -> None:
        self._schedule = schedule
        self._authorizations = authorizations
        self._eligibility = eligibility
        self._clock = clock

    def about(self, patient_id: str) -> WorthKnowing:
        """Return what stands first; a patient without coverage cannot be told about."""
        return (
            self._visit(patient_id)
            or self._request(patient_id)
            or self._limit(patient_id)
            or WorthKnowing(Outcome.ALLOWED, tr("No limits near"))
        )

    def _visit(self, patient_id: str) -> WorthKnowing | None:
        flagged = [row for row in self._schedule.coming(patient_id) if row.flagged and not row.overridden]
        if not flagged:
            return None
        worst = max(flagged, key=lambda row: row.outcome)
        return WorthKnowing(worst.outcome, tr("Visit {day}: {flag}", day=us_date(worst.booking.day), flag=worst.flag))

    def _request(self, patient_id: str) -> WorthKnowing | None:
        waiting = [each for each in self._authorizations.list_for(patient_id) if each.status in _STATES]
        if not waiting:
            return None
        return WorthKnowing(Outcome.NEEDS_AUTHORIZATION, _STATES[waiting[-1].status])

    def _limit(self, patient_id: str) -> WorthKnowing | None:
        """Tell of a procedure the patient has had and may not have today; only dates, never a guess."""
        today = self._clock.today()
        try:
            rows = self._eligibility.table(patient_id, today)
        except TrackerError as error:
            return WorthKnowing(Outcome.UNKNOWN, error.title.rstrip("."))
        for row in rows:
            earliest = row.answer.earliest
            if row.used and row.outcome is Outcome.NOT_ALLOWED and earliest is not None and earliest > today:
                text = tr("{procedure} from {day}", procedure=row.label, day=us_date(earliest))
                return WorthKnowing(Outcome.NOT_ALLOWED, text)
        last = next((row for row in rows if row.used and last_in_window(row.answer)), None)
        return WorthKnowing(Outcome.CAUTION, tr("{procedure}: one left", procedure=last.label)) if last else None
