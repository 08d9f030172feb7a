"""Which coming visits another rule book would answer otherwise: what each was, what it would be, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from tracker.domain.booking import Booking
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.domain.procedure import Family
from tracker.domain.verdict import Outcome, Verdict
from tracker.policies.catalog import PolicyCatalog
from tracker.services.answers.charts import CaseFacts, ClinicFacts, billed_to, request_of
from tracker.services.answers.judging import judge_request
from tracker.services.answers.standing_words import marks_of, marks_of_error
from tracker.services.rule_library.rules_in_force import judge_by
from tracker.services.words import wording
from tracker.services.words.payers import PayerNames
from tracker.storage.unit_of_work import UnitOfWork

Progress = Callable[[int, int], None]
PATIENTS_AT_ONCE = 200


class CalledOffError(TrackerError):
    """Somebody had enough of waiting; nothing was written."""

    def __init__(self) -> None:
        super().__init__(tr("Looking at the rules was called off."), tr("The rules in use stay as they are."))


@dataclass(frozen=True, slots=True)
class VisitAnswer:
    """What one book says of a visit, in words; `flag` is the headline in two or three."""

    outcome: Outcome
    flag: str
    headline: str
    reason: str


@dataclass(frozen=True, slots=True)
class VisitChange:
    """A coming visit whose answer is another under the other book."""

    booking_id: str
    patient: Patient
    day: date
    procedure: str
    coverage: str
    was: VisitAnswer
    now: VisitAnswer


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """The visits that change, by day, out of so many that were judged under both books."""

    judged: int
    visits: tuple[VisitChange, ...]


@dataclass(frozen=True, slots=True)
class TwoBooks:
    """The book in use and the one that may follow it, asked about visits one after the other."""

    old: PolicyCatalog
    new: PolicyCatalog
    payers: PayerNames
    today: date

    def effect(self, uow: UnitOfWork, progress: Progress) -> RuleEffect:
        """Judge every coming visit under both books; `progress` may raise to stop it."""
        counts = uow.coming.counts(self.today)
        clinic, waiting, total = ClinicFacts.load(uow), list(counts), sum(counts.values())
        found: list[VisitChange] = []
        judged = 0
        progress(0, total)
        while waiting:
            chunk, waiting = waiting[:PATIENTS_AT_ONCE], waiting[PATIENTS_AT_ONCE:]
            found += self._changes(uow, chunk, clinic)
            judged += sum(counts[each] for each in chunk)
            progress(judged, total)
        return RuleEffect(total, tuple(sorted(found, key=lambda each: (each.day, each.patient.name.casefold()))))

    def _changes(self, uow: UnitOfWork, patient_ids: list[str], clinic: ClinicFacts) -> Iterator[VisitChange]:
        read, people = uow.coming.records(patient_ids, self.today), uow.patients.get_many(patient_ids)
        uow.coming.add_authorizations(read)
        for patient_id, records in read.items():
            person = records.patient(self.today, self._families_seen)
            facts = CaseFacts.of_coming(person, clinic)
            for visit in person.visits:
                if self._marks(self.old, facts, visit) != self._marks(self.new, facts, visit):
                    yield self._change(people[patient_id], facts, visit)

    def _families_seen(self, families: Iterable[Family]) -> frozenset[Family]:
        """Return the families whose past events either book may look at."""
        return frozenset(
            seen for family in families for book in (self.old, self.new) for seen in book.families_seen(family)
        )

    def _marks(self, book: PolicyCatalog, facts: CaseFacts, visit: Booking) -> tuple[Outcome, str]:
        """Return what of an answer is compared; one that cannot be judged is unknown under any book."""
        try:
            verdict = self._verdict(book, facts, visit, whole=False)
        except TrackerError as error:
            return Outcome.UNKNOWN, marks_of_error(error)
        return verdict.outcome, marks_of(verdict)

    def _change(self, patient: Patient, facts: CaseFacts, visit: Booking) -> VisitChange:
        procedure, paid_by = wording.event_text(visit.event), self.payers.coverage(billed_to(visit, facts.coverages))
        was, now = (self._answer(book, facts, visit) for book in (self.old, self.new))
        return VisitChange(visit.id, patient, visit.day, procedure, paid_by, was, now)

    def _answer(self, book: PolicyCatalog, facts: CaseFacts, visit: Booking) -> VisitAnswer:
        try:
            verdict = self._verdict(book, facts, visit, whole=True)
        except TrackerError as error:
            return VisitAnswer(Outcome.UNKNOWN, tr("Cannot check"), error.title, "")
        flag, headline = wording.short_flag(verdict), wording.headline(verdict)
        return VisitAnswer(verdict.outcome, flag, headline, wording.reason_text(verdict))

    def _verdict(self, book: PolicyCatalog, facts: CaseFacts, visit: Booking, *, whole: bool) -> Verdict:
        judge = partial(judge_by, book, whole=whole)
        return judge_request(judge, facts, request_of(visit, facts), self.today, leave_out=visit.event.id)
