"""Fills in what the payer's own terms say about a step: when it must decide, how long approval and appeal run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from tracker.domain.authorization import AuthorizationKind, AuthorizationStatus
from tracker.domain.authorization_request import OVERTURNS_NOTHING, AuthorizationRecord, PeerToPeer
from tracker.domain.authorization_terms import AppealLevel, DecisionTime, Terms
from tracker.domain.clock import Clock
from tracker.domain.language import tr
from tracker.rules.due_dates import (
    Due,
    add_business_days,
    appeal_decision_due,
    appeal_due,
    business_day_on_or_before,
    decision_due,
    last_valid_day,
    peer_call_due,
)
from tracker.services.authorizations.authorization_steps import (
    DECIDE,
    Appeal,
    Approval,
    Denial,
    Pending,
    Step,
    Submission,
)

TermsFor = Callable[[str, str, date, AuthorizationKind], Terms]
_LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class FollowUps:
    """When the clinic asks again. `first`: business days from sending, None: once the payer's own term is over.

    `otherwise`: business days where nothing is known of the payer's clock. `lead`: the answer is to be there so many
    days before the visit, so nobody asks later than that.
    """

    first: int | None = None
    otherwise: int = 3
    lead: int = 0


AS_SHIPPED = FollowUps()


class AuthorizationClocks:
    """Terms by payer, state, day and programme; days are the clinic's own."""

    def __init__(self, terms_for: TermsFor, clock: Clock) -> None:
        self._terms_for = terms_for
        self._clock = clock

    def terms(self, record: AuthorizationRecord, state: str) -> Terms:
        """Return what is on file for the record's payer, as of the day on which it was sent, or of today."""
        day = record.authorization.submitted or self._clock.today()
        return self._terms_for(record.authorization.payer, state, day, record.authorization.kind)

    def filled(self, step: Step, record: AuthorizationRecord, state: str, follow_ups: FollowUps = AS_SHIPPED) -> Step:
        """Return the step with the days that it leaves open, as the payer's terms and the clinic's wishes set them."""
        terms = self.terms(record, state)
        match step:
            case Submission():
                complete = step.at if step.complete else None
                due = self._decision(terms, record, step.at, complete)
                return replace(
                    step,
                    decide_by=step.decide_by or _moment(due),
                    next_action=step.next_action or self._first_follow_up(due, record, follow_ups),
                )
            case Pending():
                return self._pending(step, record, terms, follow_ups)
            case Approval():
                return _approval(step, terms)
            case Denial():
                return self._denial(step, record, terms)
            case Appeal():
                return self._appeal(step, record, terms, follow_ups)
            case _:
                return step

    def followed(self, record: AuthorizationRecord) -> AuthorizationRecord:
        """Return a denial that may still be appealed with a day on which somebody decides about that."""
        request, today = record.request, self._clock.today()
        appeal = request.appeal_by if record.status is AuthorizationStatus.DENIED else None
        if appeal is None or appeal < today or request.next_action is not None:
            return record
        return replace(record, request=replace(request, next_action=self._before(appeal), next_step=tr(DECIDE)))

    def _decision(
        self, terms: Terms, record: AuthorizationRecord, received: datetime, complete: datetime | None
    ) -> Due | None:
        time_on_file = _decision_time(terms, record.request.expedited)
        if time_on_file is None:
            return None
        return decision_due(time_on_file, _local(received), _local(complete) if complete else None)

    def _pending(self, step: Pending, record: AuthorizationRecord, terms: Terms, follow_ups: FollowUps) -> Pending:
        request = record.request
        complete = None if step.wants.strip() else step.complete_at or request.complete_at
        due = self._decision(terms, record, request.submitted_at or self._clock.now(), complete)
        follow = step.next_action or (request.next_action if not step.wants.strip() else None)
        clock = _decision_time(terms, request.expedited)
        return replace(
            step,
            stands=due is None and clock is not None and step.decide_by is None,
            decide_by=step.decide_by or _moment(due),
            next_action=follow or self._in_time(self._follow_up(due, follow_ups), record, follow_ups),
        )

    def _denial(self, step: Denial, record: AuthorizationRecord, terms: Terms) -> Denial:
        call, level = terms.peer_to_peer, _level(terms, record.request.appeal_level + 1)
        notice = datetime.combine(step.decided, time(9)).astimezone()
        due = peer_call_due(call.fact, notice) if call else None
        effect = step.peer_to_peer
        if effect is PeerToPeer.UNKNOWN and call is not None:
            effect = call.fact.effect if call.fact.offered else PeerToPeer.NONE
        appeal_by = step.appeal_by or (appeal_due(level, step.decided) if level else None)
        end = appeal_by if effect in OVERTURNS_NOTHING else due.day if due else None
        return replace(
            step,
            peer_to_peer=effect,
            peer_to_peer_by=step.peer_to_peer_by or (due.day if due else None),
            appeal_by=appeal_by,
            next_action=step.next_action or self._before(end),
        )

    def _appeal(self, step: Appeal, record: AuthorizationRecord, terms: Terms, follow_ups: FollowUps) -> Appeal:
        level = _level(terms, record.request.appeal_level + 1)
        due = appeal_decision_due(level, _local(step.at), expedited=record.request.expedited) if level else None
        return replace(
            step,
            decide_by=step.decide_by or _moment(due),
            next_action=step.next_action or self._follow_up(due, follow_ups),
        )

    def _first_follow_up(self, due: Due | None, record: AuthorizationRecord, follow_ups: FollowUps) -> date:
        """Return the day on which the clinic asks first after sending."""
        wished = add_business_days(self._clock.today(), follow_ups.first) if follow_ups.first else None
        return self._in_time(wished or self._follow_up(due, follow_ups), record, follow_ups)

    def _follow_up(self, due: Due | None, follow_ups: FollowUps) -> date:
        """Return the first business day after the term has ended, else a few business days from now."""
        today = self._clock.today()
        return add_business_days(max(due.day, today), 1) if due else add_business_days(today, follow_ups.otherwise)

    def _in_time(self, day: date, record: AuthorizationRecord, follow_ups: FollowUps) -> date:
        """Return the day, or an earlier one on which the answer can still be there before the planned visit."""
        planned = record.request.planned_for
        if not follow_ups.lead or planned is None:
            return day
        last = business_day_on_or_before(planned - timedelta(days=follow_ups.lead))
        return min(day, max(last, add_business_days(self._clock.today(), 1)))

    def _before(self, end: date | None) -> date:
        """Return a business day on which the term can still be kept, tomorrow's at the earliest."""
        soon = add_business_days(self._clock.today(), 1)
        return min(soon, business_day_on_or_before(end)) if end and end > self._clock.today() else soon


def _approval(step: Approval, terms: Terms) -> Approval:
    """Fill in the end where the payer gave none and its terms are certain; typical ones are no dates."""
    validity = terms.validity
    if step.end is not None or validity is None or validity.fact.typical:
        return step
    start = step.start or step.decided
    return replace(step, start=start, end=last_valid_day(validity.fact, step.decided, step.start))


def _decision_time(terms: Terms, expedited: bool) -> DecisionTime | None:
    wanted = terms.expedited if expedited else terms.standard
    return wanted.fact if wanted else None


def _level(terms: Terms, number: int) -> AppealLevel | None:
    of_requests = (each.fact for each in terms.appeals if each.fact.against == "denied-request")
    return next((level for level in of_requests if level.level == number), None)


def _local(moment: datetime) -> datetime:
    return moment.astimezone()


def _moment(due: Due | None) -> datetime | None:
    """Return the last moment that is in time: that of the term in hours, else the end of its last day."""
    if due is None:
        return None
    return due.moment or datetime.combine(due.day, _LAST_MINUTE).astimezone() + timedelta(seconds=59)
