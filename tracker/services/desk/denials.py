"""Claims that payers did not pay: attached to the injection and to what we had said of it, and counted by rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.booking import Booking, VerdictRecord
from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.clock import Clock
from tracker.domain.denial_codes import CodeLists, DenialCode
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.event import Event, EventStatus
from tracker.domain.language import msg, tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.rule_library.denied_rules import DeniedByRule, Key, denied_on_file
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.words.retelling import told_again
from tracker.services.words.wording import event_text, us_partial
from tracker.storage.records import Act, HistoryEntry
from tracker.storage.unit_of_work import UnitOfWork

MOST_CENTS = 100_000_00
_ADDED = msg("Denied claim recorded for {what}, {day}, {patient}")
_CORRECTED = msg("Denied claim corrected for {what}, {day}, {patient}")
_REMOVED = msg("Denied claim taken out for {what}, {day}, {patient}")


@dataclass(frozen=True, slots=True)
class DenialRow:
    """A denied claim with our words for its codes; `said` is what we had answered, "" for what was not booked here."""

    denial: ClaimDenial
    event: Event
    code: DenialCode | None
    remark: str
    said: str
    said_allowed: bool | None

    @property
    def meaning(self) -> str:
        return self.code.meaning if self.code else tr("This code is not on our list.")


class DenialService:
    """Codes are those of our list (`CodeLists`); what we had said is read from the visit's own record."""

    def __init__(self, transactions: Transactions, rules: RulesInForce, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._clock = clock

    @property
    def codes(self) -> CodeLists:
        return self._rules.catalog.code_lists

    def list_for(self, patient_id: str) -> tuple[DenialRow, ...]:
        """Return a patient's denied claims, oldest first."""
        with self._transactions.reading() as uow:
            denials = uow.denials.list_for(patient_id)
            events = uow.events.get_many({denial.event_id for denial in denials})
            records = {booking.event.id: booking for booking in uow.bookings.list_for(patient_id)}
        return tuple(self._row(each, events[each.event_id], records.get(each.event_id)) for each in denials)

    def add(self, denial: ClaimDenial) -> Done[ClaimDenial]:
        """Attach a denial to an injection that was done. Raises InvalidEntryError."""
        with self._transactions.writing() as uow:
            denial, entry = self._checked(uow, denial)
            added = replace(denial, id=uow.denials.add(denial))
            return self._done(uow, added, entry, "add denial", _ADDED)

    def correct(self, denial: ClaimDenial) -> Done[ClaimDenial]:
        """Write over the one on file. Raises InvalidEntryError, ConflictError."""
        with self._transactions.writing() as uow:
            denial, entry = self._checked(uow, denial)
            if uow.denials.get(denial.id).event_id != denial.event_id:
                raise ConflictError(tr("This denial belongs to another injection, so nothing was saved."))
            changed = replace(denial, version=uow.denials.change(denial))
            return self._done(uow, changed, entry, "correct denial", _CORRECTED)

    def remove(self, denial: ClaimDenial) -> Done[ClaimDenial]:
        """Take it away: the claim was paid after all, or it was entered wrongly. Raises ConflictError."""
        with self._transactions.writing() as uow:
            entry = uow.events.get(denial.event_id)
            uow.denials.remove(denial.id, denial.version)
            return self._done(uow, denial, entry, "remove denial", _REMOVED)

    def denied_by_rule(self, first: date = date.min, last: date = date.max) -> dict[Key, DeniedByRule]:
        """Return by policy and rule how many claims were denied on these days after the rule had answered."""
        with self._transactions.reading() as uow:
            return denied_on_file(uow, self._rules.catalog, first, last)

    def _row(self, denial: ClaimDenial, entry: HistoryEntry, booking: Booking | None) -> DenialRow:
        remark = self.codes.find_remark(denial.remark_code) if denial.remark_code else None
        record = booking.verdict if booking else None
        return DenialRow(
            denial=denial,
            event=entry.event,
            code=self.codes.find_denial(denial.reason_code),
            remark=remark.meaning if remark else "",
            said=told_again(record.headline) if record else "",
            said_allowed=_allowed(record),
        )

    def _checked(self, uow: UnitOfWork, denial: ClaimDenial) -> tuple[ClaimDenial, HistoryEntry]:
        entry = uow.events.get(denial.event_id)
        if entry.struck or entry.event.status not in (EventStatus.PERFORMED, EventStatus.ABORTED):
            raise InvalidEntryError(
                tr("Only what was done can be billed and denied."), "", tr("Choose another injection.")
            )
        _check_day(denial, entry.event, self._clock.today())
        code, group = self.codes.find_denial(denial.reason_code), self.codes.find_group(denial.reason_code)
        if code is None:
            title = tr("“{code}” is no denial code on our list.", code=denial.reason_code.strip())
            remedy = tr(
                "Type the number of the reason, such as 151 or CO-151. Known are {known}.",
                known=_known(self.codes.denials),
            )
            raise InvalidEntryError(title, "", remedy, denial.reason_code, about="code")
        remark = self.codes.find_remark(denial.remark_code) if denial.remark_code.strip() else None
        if denial.remark_code.strip() and remark is None:
            title = tr("“{code}” is no remark code on our list.", code=denial.remark_code.strip())
            remedy = tr(
                "Leave it empty and write it into the note. Known are {known}.", known=_known(self.codes.remarks)
            )
            raise InvalidEntryError(title, "", remedy, denial.remark_code, about="remark")
        if denial.cents is not None and not 0 <= denial.cents <= MOST_CENTS:
            remedy = tr("Type dollars, such as 312.40.")
            raise InvalidEntryError(tr("The amount lies between $0 and $100,000."), "", remedy, about="amount")
        named = denial.group_code or (group.code if group else "")
        tidy = replace(
            denial,
            reason_code=code.code,
            remark_code=remark.code if remark else "",
            group_code=named,
            note=denial.note.strip(),
        )
        return tidy, entry

    def _done(
        self, uow: UnitOfWork, denial: ClaimDenial, entry: HistoryEntry, act: str, told: str
    ) -> Done[ClaimDenial]:
        patient, event = uow.patients.get(entry.patient_id), entry.event
        act_id = uow.commit(Act(act, "claim_denial", denial.id))
        sentence = tr(told, what=event_text(event), day=us_partial(event.when), patient=patient.name)
        return Done(denial, Changes.of(entry.patient_id, Kind.CLINICAL), sentence, UndoToken(act_id, sentence))


def _check_day(denial: ClaimDenial, event: Event, today: date) -> None:
    if denial.denied_on > today:
        title = tr("{day} has not come yet, so nothing was denied.", day=us_date(denial.denied_on))
        raise InvalidEntryError(title, "", tr("Correct the day of the denial."), about="day")
    if denial.denied_on < event.when.first:
        title = tr(
            "It was denied {day}, before the injection of {injected}.",
            day=us_date(denial.denied_on),
            injected=us_partial(event.when),
        )
        raise InvalidEntryError(
            title, "", tr("Correct the day of the denial, or choose the right injection."), about="day"
        )


def _allowed(record: VerdictRecord | None) -> bool | None:
    return None if record is None else record.outcome <= Outcome.CAUTION


def _known(codes: Iterable[str]) -> str:
    return ", ".join(codes)
