"""The visits behind a rule's figures: booked against what it said, or denied after it had answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from tracker.domain.booking import Booking, OverrideReason
from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.patient import Patient
from tracker.domain.verdict import Outcome
from tracker.policies.catalog import PolicyCatalog
from tracker.services.rule_library.denied_rules import Key, denied_on_file
from tracker.services.rule_library.override_figures import rules_against
from tracker.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class RuleVisit:
    """A visit with what became of the rule's answer: why it was booked against it, how its claims were denied."""

    booking: Booking
    patient: Patient
    reason: OverrideReason | None
    denials: tuple[ClaimDenial, ...]

    @property
    def said_allowed(self) -> bool:
        """Tell whether the answer under which it was booked let it through."""
        record = self.booking.verdict
        return record is not None and record.outcome <= Outcome.CAUTION


def visits_of_rule(uow: UnitOfWork, book: PolicyCatalog, key: Key) -> tuple[RuleVisit, ...]:
    """Return the visits that the figures of a rule count (`key`: its policy and its id), the newest first."""
    against = {each.booking_id: each.reason for each in uow.bookings.list_overridden() if key in rules_against(each)}
    return _visits(uow, against, _denials_by_event(uow, book, {key}))


def visits_unruled(uow: UnitOfWork, book: PolicyCatalog, policies: Iterable[str]) -> tuple[RuleVisit, ...]:
    """Return the visits whose claims were denied about something that no rule of these policies speaks of."""
    return _visits(uow, {}, _denials_by_event(uow, book, {(policy, "") for policy in policies}))


def _visits(
    uow: UnitOfWork, against: Mapping[str, OverrideReason], denied: Mapping[str, list[ClaimDenial]]
) -> tuple[RuleVisit, ...]:
    """Return them with their patients, the newest first: `against` by visit, `denied` by event."""
    visits = {visit.id: visit for visit in uow.bookings.of_events(denied).values()}
    visits |= {visit.id: visit for visit in uow.bookings.list_of(against, len(against))}
    patients = uow.patients.get_many({visit.patient_id for visit in visits.values()})
    found = (
        RuleVisit(visit, patients[visit.patient_id], against.get(visit.id), tuple(denied.get(visit.event.id, ())))
        for visit in visits.values()
    )
    return tuple(sorted(found, key=lambda each: (each.booking.day, each.booking.id), reverse=True))


def _denials_by_event(uow: UnitOfWork, book: PolicyCatalog, keys: Set[Key]) -> dict[str, list[ClaimDenial]]:
    figures = denied_on_file(uow, book)
    wanted = {claim for key in keys & figures.keys() for claim in figures[key].claims}
    found: dict[str, list[ClaimDenial]] = {}
    for denial in uow.denials.list_all():
        if denial.id in wanted:
            found.setdefault(denial.event_id, []).append(denial)
    return found
