"""Find patients, open one, add and change them and their coverages."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tracker.domain.booking import Booking
from tracker.domain.clock import Clock
from tracker.domain.coverage import Coverage, coverage_on
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.language import msg, tr
from tracker.domain.list_order import FoundSort
from tracker.domain.patient import Patient, has_letter, may_be_born
from tracker.domain.us_dates import us_date
from tracker.services.answers.charts import Chart
from tracker.services.answers.entries import EventRow, event_row
from tracker.services.answers.patient_file import PatientFile
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.patients.patient_search import By, Query, queries
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.storage.folding import fold_name
from tracker.storage.records import Act, NameEntry
from tracker.storage.unit_of_work import UnitOfWork

__all__ = ["EventRow", "NumberTakenError", "PatientHit", "PatientRecord", "PatientService"]

SIMILAR_ENOUGH = 70
SUGGESTIONS = 8
SHORTEST_SUGGESTED = 4


class NumberTakenError(ConflictError):
    """The record number belongs to another patient; `holder_id` is that patient's id."""

    def __init__(self, holder_id: str) -> None:
        super().__init__(
            tr("This record number belongs to another patient."), "", tr("Open that patient, or correct it.")
        )
        self.holder_id = holder_id


@dataclass(frozen=True, slots=True)
class PatientHit:
    """A patient that was found, with today's coverage."""

    patient: Patient
    coverage_label: str
    member_id: str


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """Everything that the patient page shows; events newest first."""

    patient: Patient
    coverages: tuple[Coverage, ...]
    events: tuple[EventRow, ...]
    bookings: tuple[Booking, ...]


class PatientService:
    """Patients and coverages. Every change is one act that can be undone."""

    def __init__(self, transactions: Transactions, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._payers = payers
        self._clock = clock
        self._names: tuple[str, list[NameEntry]] = ("", [])

    def find(self, text: str, limit: int = 50, sort: FoundSort | None = None) -> tuple[PatientHit, ...]:
        """Return patients by name, birth date, record number, member id or phone; every look-up uses an index.

        Without a sort the likeliest reading of what was typed stands on top.
        """
        with self._transactions.reading() as uow:
            found: dict[str, Patient] = {}
            for query in queries(text, self._clock.today()):
                for patient in _look_up(uow, query, limit, sort):
                    found.setdefault(patient.id, patient)
            hits = uow.patients.list_sorted(found, sort, limit) if sort else list(found.values())[:limit]
            return self._hits(uow, hits)

    def suggest(self, text: str) -> tuple[PatientHit, ...]:
        """Return patients whose names are spelt much like `text`, the likest first."""
        wanted = fold_name(text)
        if len(wanted) < SHORTEST_SUGGESTED:
            return ()
        with self._transactions.reading() as uow:
            ids = _likest(wanted, self._all_names(uow))
            patients = uow.patients.get_many(ids)
            return self._hits(uow, [patients[patient_id] for patient_id in ids if patient_id in patients])

    def containing(self, text: str) -> tuple[PatientHit, ...]:
        """Return patients who have `text` anywhere in their names, not only where a word begins."""
        wanted = fold_name(text)
        if len(wanted) < SHORTEST_SUGGESTED:
            return ()
        with self._transactions.reading() as uow:
            names = (name.patient_id for name in self._all_names(uow) if wanted in name.full)
            ids = list(itertools.islice(names, SUGGESTIONS))
            patients = uow.patients.get_many(ids)
            return self._hits(uow, [patients[patient_id] for patient_id in ids if patient_id in patients])

    def get(self, patient_id: str) -> PatientRecord:
        with self._transactions.reading() as uow:
            chart = Chart.load(uow, patient_id)
            return self._record(chart, uow.bookings.ids_by_event(patient_id), uow.bookings.list_for(patient_id))

    def file(self, patient_id: str) -> PatientFile:
        """Return all that is on file, for other services to answer from. Raises NotFoundError."""
        with self._transactions.reading() as uow:
            return PatientFile.load(uow, patient_id)

    def record_in(self, file: PatientFile) -> PatientRecord:
        """Return the record as this file has it."""
        return self._record(file.chart, file.booking_ids, file.bookings)

    def _record(self, chart: Chart, booking_ids: Mapping[str, str], bookings: tuple[Booking, ...]) -> PatientRecord:
        rows = (event_row(entry, chart, self._payers, booking_ids) for entry in reversed(chart.entries))
        return PatientRecord(chart.patient, chart.coverages, tuple(rows), bookings)

    def add(self, patient: Patient) -> Done[Patient]:
        """Add a patient. Raises NumberTakenError when the record number is taken."""
        patient = self._checked(patient)
        with self._transactions.writing() as uow:
            _check_number_free(uow, patient)
            patient_id = uow.patients.add(patient)
            act_id = uow.commit(Act("add patient", "patient", patient_id))
        added = replace(patient, id=patient_id, version=1)
        sentence = tr("Added {patient}", patient=added.name)
        return Done(added, Changes.of(patient_id, Kind.PATIENTS), sentence, UndoToken(act_id, sentence))

    def change(self, patient: Patient) -> Done[Patient]:
        """Write a patient's data over. Raises ConflictError when somebody changed them since `patient.version`."""
        patient = self._checked(patient)
        with self._transactions.writing() as uow:
            _check_number_free(uow, patient)
            version = uow.patients.change(patient)
            act_id = uow.commit(Act("change patient", "patient", patient.id))
        changed, sentence = replace(patient, version=version), tr("Changed {patient}", patient=patient.name)
        return Done(changed, Changes.of(patient.id, Kind.PATIENTS), sentence, UndoToken(act_id, sentence))

    def add_coverage(self, patient_id: str, coverage: Coverage) -> Done[Coverage]:
        _check_coverage(coverage)
        with self._transactions.writing() as uow:
            patient = uow.patients.get(patient_id)
            coverage_id = uow.patients.add_coverage(patient_id, coverage)
            act_id = uow.commit(Act("add coverage", "coverage", coverage_id))
        return self._coverage_done(
            replace(coverage, id=coverage_id, version=1), patient, msg("Added coverage {coverage}, {patient}"), act_id
        )

    def change_coverage(self, patient_id: str, coverage: Coverage) -> Done[Coverage]:
        """Write a coverage over. Raises ConflictError when somebody changed it since `coverage.version`."""
        _check_coverage(coverage)
        with self._transactions.writing() as uow:
            patient = uow.patients.get(patient_id)
            version = uow.patients.change_coverage(patient_id, coverage)
            act_id = uow.commit(Act("change coverage", "coverage", coverage.id))
        return self._coverage_done(
            replace(coverage, version=version), patient, msg("Changed coverage {coverage}, {patient}"), act_id
        )

    def coverage_label(self, coverage: Coverage | None) -> str:
        """Return "Medicare Part B"."""
        return self._payers.coverage(coverage)

    def _coverage_done(self, coverage: Coverage, patient: Patient, told: str, act_id: str) -> Done[Coverage]:
        sentence = tr(told, coverage=self._payers.coverage(coverage), patient=patient.name)
        return Done(coverage, Changes.of(patient.id, Kind.COVERAGES), sentence, UndoToken(act_id, sentence))

    def _hits(self, uow: UnitOfWork, patients: Iterable[Patient]) -> tuple[PatientHit, ...]:
        patients = list(patients)
        coverages = uow.patients.list_coverages_of([patient.id for patient in patients]) if patients else {}
        today = self._clock.today()
        hits = []
        for patient in patients:
            coverage = coverage_on(coverages.get(patient.id, ()), today)
            hits.append(PatientHit(patient, self._payers.coverage(coverage), coverage.member_id if coverage else ""))
        return tuple(hits)

    def _all_names(self, uow: UnitOfWork) -> list[NameEntry]:
        """Every write is an act, so names read after the last act are still right."""
        last_act = uow.acts.latest_id()
        if self._names[0] != last_act or not last_act:
            self._names = (last_act, uow.patients.list_names())
        return self._names[1]

    def _checked(self, patient: Patient) -> Patient:
        patient = replace(patient, last=patient.last.strip(), first=patient.first.strip(), mrn=patient.mrn.strip())
        if not fold_name(patient.last):
            raise InvalidEntryError(tr("A patient needs a last name."), "", tr("Type it as it stands on the card."))
        if not has_letter(patient.last):
            remedy = tr("A record number and a phone number have fields of their own.")
            raise InvalidEntryError(tr("A last name has letters."), "", remedy, about="last")
        today = self._clock.today()
        if not may_be_born(patient.born, today):
            wrong = tr("{day} cannot be a birth date.", day=us_date(patient.born))
            raise InvalidEntryError(wrong, "", tr("Correct the year."), about="birth")
        return patient


def _likest(wanted: str, names: list[NameEntry]) -> list[str]:
    """Compare one word with last names, several with whole names in any order."""
    from rapidfuzz import fuzz, process

    whole = " " in wanted
    keys = [name.full if whole else name.last for name in names]
    scorer = fuzz.token_sort_ratio if whole else fuzz.ratio
    likest = process.extract(wanted, keys, scorer=scorer, limit=SUGGESTIONS, score_cutoff=SIMILAR_ENOUGH)
    return [names[index].patient_id for _, _, index in likest]


def _look_up(uow: UnitOfWork, query: Query, limit: int, sort: FoundSort | None) -> tuple[Patient, ...]:
    match query.by:
        case By.NAME:
            return uow.patients.find_by_name(query.text, query.first, limit, sort)
        case By.BIRTH:
            return uow.patients.find_by_birth(query.born, limit, sort) if query.born else ()
        case By.PHONE:
            return uow.patients.find_by_phone(query.text, limit, sort)
        case By.NUMBER:
            return uow.patients.find_by_number(query.text, limit, sort)


def _check_number_free(uow: UnitOfWork, patient: Patient) -> None:
    holder = uow.patients.find_by_mrn(patient.mrn) if patient.mrn else None
    if holder is not None and holder.id != patient.id:
        raise NumberTakenError(holder.id)


def _check_coverage(coverage: Coverage) -> None:
    if not coverage.payer:
        raise InvalidEntryError(tr("Choose the payer."))
    if coverage.start and coverage.end and coverage.start > coverage.end:
        raise InvalidEntryError(
            tr(
                "The coverage ends {end}, before it begins {start}.",
                end=us_date(coverage.end),
                start=us_date(coverage.start),
            ),
            "",
            tr("Correct one."),
        )
    if coverage.order < 1:
        raise InvalidEntryError(tr("The order of paying begins with 1."))
