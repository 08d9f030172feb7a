"""Requests for authorizations: draft, follow, record what the payer says; every step is logged and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_moves import WORDS, check_move
from tracker.domain.authorization_request import (
    AuthorizationRecord,
    AuthorizationRequest,
    Channel,
    LogEntry,
    LogKind,
)
from tracker.domain.booking import BookingRequest
from tracker.domain.clock import Clock
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.language import tr
from tracker.services.answers.answers import answer_for
from tracker.services.answers.approval_spans import spent
from tracker.services.answers.charts import Chart
from tracker.services.authorizations.authorization_checks import (
    check_affirmations,
    check_decided,
    check_named,
    check_record,
)
from tracker.services.authorizations.authorization_clocks import AuthorizationClocks, FollowUps
from tracker.services.authorizations.authorization_drafts import draft_of
from tracker.services.authorizations.authorization_steps import Closing, NotRequired, Pending, Step, Submission, taken
from tracker.services.authorizations.holds import HoldChange, Holds, settle, with_approval
from tracker.services.authorizations.request_facts import coverage_of, site_of, what
from tracker.services.authorizations.sendable import check_sendable
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.desk.clinic_settings import reminders_of
from tracker.services.desk.desk import STATE
from tracker.services.desk.plan_terms import terms_of
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

Also = Callable[[UnitOfWork], None]
"""What is written in the same act as a step or a contact."""


class AuthorizationService:
    """One record a request. What writes takes the version that was seen, and refuses when it is another by now."""

    def __init__(self, transactions: Transactions, rules: RulesInForce, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._payers = payers
        self._clock = clock
        self._clocks = AuthorizationClocks(rules.terms, clock)

    def get(self, record_id: str) -> AuthorizationRecord:
        with self._transactions.reading() as uow:
            return uow.requests.get(record_id)

    def list_for(self, patient_id: str) -> tuple[AuthorizationRecord, ...]:
        """Return a patient's requests, oldest first."""
        with self._transactions.reading() as uow:
            return uow.requests.list_for(patient_id)

    def add(self, patient_id: str, answer: Authorization, request: AuthorizationRequest) -> Done[AuthorizationRecord]:
        """Add a request as it stands: a draft, or an approval that came by letter. Raises InvalidEntryError."""
        owned = replace(request, owner=request.owner or self._transactions.user.name)
        with self._transactions.writing() as uow:
            added = self._clocks.followed(AuthorizationRecord(patient_id, answer, owned))
            chart = Chart.load(uow, patient_id)
            self._check(added, uow, chart)
            record_id = uow.requests.add(patient_id, answer, added.request)
            return self._finish(uow, record_id, "add request", tr("Added"), chart)

    def draft_from(self, request: BookingRequest) -> Done[AuthorizationRecord]:
        """Add a draft that is filled in from a check. Raises InvalidEntryError when the check is not complete."""
        draft = self.plan_draft(request)
        return self.add(draft.patient_id, draft.authorization, draft.request)

    def plan_draft(self, request: BookingRequest) -> AuthorizationRecord:
        """Return the draft that a check asks for; nothing is written. Raises InvalidEntryError."""
        with self._transactions.reading() as uow:
            chart = Chart.load(uow, request.patient_id)
            answer = answer_for(self._rules.judge, chart, request, self._clock.today(), self._payers, {})
        codes = self._rules.catalog.codes
        draft, asked = draft_of(answer, chart, self._rules.needs, codes, self._clock.today())
        return AuthorizationRecord(request.patient_id, draft, asked)

    def fall_out(self, changed: AuthorizationRecord) -> tuple[HoldChange, ...]:
        """Return what would become of the patient's coming visits if the record were saved so. Raises as `change`."""
        with self._transactions.reading() as uow:
            chart = Chart.load(uow, changed.patient_id)
            self._check(changed, uow, chart)
            after = with_approval(chart, changed.authorization)
            return tuple(self._holds.changes(chart, after, uow.bookings.list_for(changed.patient_id)))

    def change(self, changed: AuthorizationRecord) -> Done[AuthorizationRecord]:
        """Write corrected fields over the record; its status is changed by `step` alone. Raises ConflictError."""
        with self._transactions.writing() as uow:
            before = _seen(uow, changed.id, changed.version)
            if changed.status is not before.status:
                raise InvalidEntryError(
                    tr("A status is changed by a step, not by correcting."), "", tr("Record the step.")
                )
            chart = Chart.load(uow, changed.patient_id)
            self._check(changed, uow, chart)
            if _named(changed) != _named(before):
                check_named(changed, uow)
            uow.requests.change(changed)
            return self._finish(uow, changed.id, "change request", tr("Changed"), chart)

    def step(
        self, record_id: str, version: int, step: Step, note: str = "", also: Also | None = None
    ) -> Done[AuthorizationRecord]:
        """Take the request one step on; `also` is written with it, in the same act.

        Raises InvalidEntryError for a step that it cannot take, ConflictError.
        """
        with self._transactions.writing() as uow:
            before = _seen(uow, record_id, version)
            chart = Chart.load(uow, before.patient_id)
            step = self._clocks.filled(step, before, _state(chart, before), self._follow_ups(chart, before))
            after = taken(step, before)
            if after.status is not before.status or not isinstance(step, Pending):
                check_move(before.status, after.status)
            if isinstance(step, Submission):
                terms, site = self._clocks.terms(before, _state(chart, before)), site_of(chart, before.request)
                check_sendable(before, terms, site, step.at.astimezone().date())
            check_decided(after, self._clock.today())
            self._check(after, uow, chart)
            uow.requests.change(after)
            uow.requests.add_log(record_id, self._move(before.status, after.status, step, note))
            if also:
                also(uow)
            return self._finish(uow, record_id, f"request {after.status.value}", tr(WORDS[after.status]), chart)

    def _check(self, record: AuthorizationRecord, uow: UnitOfWork, chart: Chart) -> None:
        check_record(record, uow, self._payers)
        check_affirmations(record, uow, lambda: spent(chart, self._rules.units_in_use))

    def _follow_ups(self, chart: Chart, record: AuthorizationRecord) -> FollowUps:
        """Return when the clinic asks again about this plan."""
        settings, coverage = chart.clinic.settings, coverage_of(record, chart, self._clock.today())
        reminders = reminders_of(settings)
        first = terms_of(settings, record.authorization.payer, coverage.plan if coverage else "").follow_up
        return FollowUps(first, reminders.follow_up, reminders.lead)

    def contact(
        self,
        record_id: str,
        version: int,
        text: str,
        *,
        channel: Channel | None = None,
        spoke_with: str = "",
        reference: str = "",
        next_action: date | None = None,
        nothing_more: bool = False,
        also: Also | None = None,
    ) -> Done[AuthorizationRecord]:
        """Log a call, a fax or a note; with `next_action` the follow-up is done and that is the next one.

        `nothing_more` lets a request go that is not open any more: nobody looks at it again.
        """
        if not (text.strip() or next_action or nothing_more):
            remedy = tr("Type a note, or the next day to look at it.")
            raise InvalidEntryError(tr("There is nothing to log."), "", remedy)
        kind = LogKind.CONTACT if channel else LogKind.NOTE
        entry = LogEntry(kind, self._clock.now(), self._user, text.strip(), channel, spoke_with.strip(), reference)
        with self._transactions.writing() as uow:
            before = _seen(uow, record_id, version)
            changed = replace(before, request=_looked_at(before.request, next_action, nothing_more))
            check_record(changed, uow, self._payers)
            uow.requests.change(changed)
            uow.requests.add_log(record_id, entry)
            if also:
                also(uow)
            return self._finish(uow, record_id, "log contact", tr("Logged for"))

    def assign(self, record_id: str, version: int, owner: str) -> Done[AuthorizationRecord]:
        """Give the request to somebody, "" to nobody."""
        with self._transactions.writing() as uow:
            before = _seen(uow, record_id, version)
            uow.requests.change(replace(before, request=replace(before.request, owner=owner.strip())))
            return self._finish(uow, record_id, "assign request", tr("Assigned"))

    @property
    def _holds(self) -> Holds:
        return Holds(self._rules.judge, self._clock.today())

    @property
    def _user(self) -> str:
        return self._transactions.user.name

    def _move(self, before: AuthorizationStatus, after: AuthorizationStatus, step: Step, note: str) -> LogEntry:
        entry = LogEntry(LogKind.MOVE, self._clock.now(), self._user, note.strip(), before=before, after=after)
        match step:
            case NotRequired(spoke_with=who, reference=reference):
                return replace(entry, spoke_with=who.strip(), reference=reference.strip() or tr("none given"))
            case Closing(why=why):
                return replace(entry, text=" ".join(part for part in (why.strip(), note.strip()) if part))
            case Pending(wants=wants):
                return replace(entry, text=" ".join(part for part in (wants.strip(), note.strip()) if part))
            case _:
                return replace(entry, channel=getattr(step, "channel", None), reference=getattr(step, "reference", ""))

    def _finish(
        self, uow: UnitOfWork, record_id: str, act: str, verb: str, before: Chart | None = None
    ) -> Done[AuthorizationRecord]:
        """Settle the visits that hang on the approval (`before`: the chart until now), commit, and tell."""
        patient_id = uow.requests.get(record_id).patient_id
        moved = self._settle(uow, record_id, before) if before else ()
        saved, patient = uow.requests.get(record_id), uow.patients.get(patient_id)
        act_id = uow.commit(Act(act, "authorization", record_id))
        sentence = " ".join(
            [
                f"{verb}: {what(saved, self._payers)}, {patient.name.removesuffix('.')}.",
                *(change.sentence for change in moved),
            ]
        )
        kinds = (Kind.AUTHORIZATIONS, Kind.BOOKINGS) if moved else (Kind.AUTHORIZATIONS,)
        return Done(saved, Changes.of(patient_id, *kinds), sentence, UndoToken(act_id, sentence))

    def _settle(self, uow: UnitOfWork, record_id: str, before: Chart) -> tuple[HoldChange, ...]:
        after = replace(before, authorizations=uow.authorizations.list_for(before.patient.id))
        changes = tuple(self._holds.changes(before, after, uow.bookings.list_for(before.patient.id)))
        settle(uow, changes, self._user, self._clock.now(), self._clock.today())
        for change in changes:
            uow.requests.add_log(record_id, LogEntry(LogKind.NOTE, self._clock.now(), self._user, change.sentence))
        return changes


def _named(record: AuthorizationRecord) -> tuple[str, str]:
    return record.request.ordering_provider_id, record.request.rendering_provider_id


def _looked_at(request: AuthorizationRequest, next_action: date | None, nothing_more: bool) -> AuthorizationRequest:
    if nothing_more:
        return replace(request, next_action=None, next_step="")
    return replace(request, next_action=next_action or request.next_action)


def _state(chart: Chart, record: AuthorizationRecord) -> str:
    site = chart.clinic.sites.get(record.request.site_id)
    return site.state if site else str(chart.clinic.settings.get(STATE, ""))


def _seen(uow: UnitOfWork, record_id: str, version: int) -> AuthorizationRecord:
    record = uow.requests.get(record_id)
    if record.version != version:
        changed = tr("Somebody changed this request meanwhile, so nothing was saved.")
        raise ConflictError(changed, "", tr("Look at it again, then save."))
    return record
