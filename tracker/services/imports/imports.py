"""Takes files of other programs in: shows what would change, then does it as one act that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tracker.domain.clock import Clock
from tracker.domain.coverage import Coverage
from tracker.domain.errors import ImportFileError
from tracker.domain.language import tr, tr_n
from tracker.domain.patient import Patient
from tracker.exchange import LAYOUTS, reader_for
from tracker.exchange.formats import CoverageRow, ImportedRow, PatientRow, ProcedureRow, RowProblem
from tracker.exchange.rejected_file import write_rejected
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.imports.import_coverages import plan_coverages
from tracker.services.imports.import_pace import ImportCancelledError, Pace, Progress
from tracker.services.imports.import_patients import plan_patients
from tracker.services.imports.import_plan import IMPORT, Batch, KindPlan
from tracker.services.imports.import_procedures import plan_procedures
from tracker.services.imports.import_words import ImportWords
from tracker.services.transactions import Transactions
from tracker.storage.records import Act, HistoryEntry
from tracker.storage.unit_of_work import UnitOfWork

__all__ = [
    "FileLayout",
    "ImportCancelledError",
    "ImportPreview",
    "ImportResult",
    "ImportService",
    "KindCount",
    "Progress",
    "RowProblem",
]

_Shown = TypeVar("_Shown", bound="ImportPreview")


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many lines of one kind are new, changed, the same as on file, or rejected."""

    kind: str
    new: int
    changed: int
    same: int
    rejected: int


@dataclass(frozen=True, slots=True)
class FileLayout:
    """The columns of one kind of file: those that must be there, and those that may be."""

    kind: str
    needed: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do. `problems` lists the rejected lines and the remarks by line."""

    file: str
    format: str
    counts: tuple[KindCount, ...]
    problems: tuple[RowProblem, ...]

    def total(self, what: str) -> int:
        """Return the sum over all kinds: of "new", "changed", "same" or "rejected"."""
        return sum(getattr(count, what) for count in self.counts)

    @property
    def writes(self) -> int:
        return self.total("new") + self.total("changed")

    def sentence(self) -> str:
        """Return "1,240 new, 3 changed, 7 already on file, 2 rejected"."""
        parts = (
            tr_n("{count} new", "{count} new", self.total("new"), count=f"{self.total('new'):,}"),
            tr_n("{count} changed", "{count} changed", self.total("changed"), count=f"{self.total('changed'):,}"),
            tr("{count} already on file", count=f"{self.total('same'):,}"),
            tr_n("{count} rejected", "{count} rejected", self.total("rejected"), count=f"{self.total('rejected'):,}"),
        )
        return ", ".join(parts)


class ImportResult(ImportPreview):
    """What an import did."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as its reader understood it."""

    format: str
    rows: tuple[ImportedRow, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class _Plans:
    patients: KindPlan[Patient]
    coverages: KindPlan[tuple[str, Coverage]]
    procedures: KindPlan[HistoryEntry]


class ImportService:
    """`preview` never writes; `run` works its plan out again inside the writing transaction."""

    def __init__(self, transactions: Transactions, words: ImportWords, clock: Clock) -> None:
        self._transactions = transactions
        self._words = words
        self._clock = clock

    def use(self, words: ImportWords) -> None:
        """Understand these words in files from now on."""
        self._words = words

    def preview(
        self, path: Path, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> ImportPreview:
        """Say what importing this file would do. Raises ImportFileError when it cannot be taken in at all."""
        pace = Pace(path, progress, cancelled)
        read = self._read(path, pace)
        with self._transactions.reading() as uow:
            return _preview(ImportPreview, path, read, self._plan(uow, path, read, pace))

    def run(
        self, path: Path, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Done[ImportResult]:
        """Import the file: every good line, or nothing when it is called off (ImportCancelledError) or fails."""
        pace = Pace(path, progress, cancelled)
        read = self._read(path, pace)
        with self._transactions.writing() as uow:
            plans = self._plan(uow, path, read, pace)
            result = _preview(ImportResult, path, read, plans)
            _write(uow, plans, pace)
            act_id = uow.commit(Act(IMPORT, "file")) if result.writes else ""
        sentence = tr("Imported {file}: {counts}", file=path.name, counts=result.sentence())
        return Done(result, _CHANGES, sentence, UndoToken(act_id, sentence) if act_id else None)

    def layouts(self) -> tuple[FileLayout, ...]:
        """Return the layouts in the order in which a clinic imports them."""
        return tuple(
            FileLayout(
                layout.name,
                tuple(column.name for column in layout.columns if column.required),
                tuple(column.name for column in layout.columns if not column.required),
            )
            for layout in LAYOUTS
        )

    def save_rejected(self, path: Path, found: ImportPreview, target: Path) -> int:
        """Write the rejected lines of the file with their reasons to `target`; return how many.

        Raises ImportFileError when the file cannot be read any more or the target cannot be written.
        """
        if target.resolve() == path.resolve():
            raise ImportFileError(
                tr("{name} is the file itself, so it was left as it is.", name=target.name),
                "",
                tr("Choose another name."),
            )
        return write_rejected(reader_for(path).records(path), found.problems, target)

    def _read(self, path: Path, pace: Pace) -> _Read:
        reader = reader_for(path)
        rows: list[ImportedRow] = []
        problems: list[RowProblem] = []
        for found in reader.read(path, self._words.vocabulary(self._clock.today())):
            pace.step()
            if isinstance(found, RowProblem):
                problems.append(found)
            else:
                rows.append(found)
        return _Read(reader.name, tuple(rows), tuple(problems))

    def _plan(self, uow: UnitOfWork, path: Path, read: _Read, pace: Pace) -> _Plans:
        batch = Batch(uow, path.name, self._transactions.user.name, self._clock.now(), pace.step)
        return _Plans(
            plan_patients(batch, [row for row in read.rows if isinstance(row, PatientRow)]),
            plan_coverages(batch, [row for row in read.rows if isinstance(row, CoverageRow)]),
            plan_procedures(batch, [row for row in read.rows if isinstance(row, ProcedureRow)]),
        )


_CHANGES = Changes(frozenset(), frozenset({Kind.PATIENTS, Kind.COVERAGES, Kind.EVENTS}))


def _preview(kind: type[_Shown], path: Path, read: _Read, plans: _Plans) -> _Shown:
    kinds: tuple[KindPlan[Any], ...] = (plans.patients, plans.coverages, plans.procedures)
    unread = {problem.line for problem in read.problems if problem.rejected}
    counts = tuple(
        KindCount(plan.kind, len(plan.new), len(plan.changed), plan.same,
                  len(plan.rejected) + (len(unread) if plan.kind == read.format else 0))
        for plan in kinds if plan.kind == read.format or plan.new or plan.changed or plan.same or plan.rejected
    )  # fmt: skip
    problems = [*read.problems, *(problem for plan in kinds for problem in plan.problems)]
    return kind(path.name, read.format, counts, tuple(sorted(problems, key=lambda problem: problem.line)))


def _write(uow: UnitOfWork, plans: _Plans, pace: Pace) -> None:
    uow.bulk.add_patients(pace.through(plans.patients.new))
    for patient in pace.through(plans.patients.changed):
        uow.patients.change(patient)
    uow.bulk.add_coverages(pace.through(plans.coverages.new))
    for patient_id, coverage in pace.through(plans.coverages.changed):
        uow.patients.change_coverage(patient_id, coverage)
    uow.bulk.add_entries(pace.through(plans.procedures.new))
    for entry in pace.through(plans.procedures.changed):
        uow.events.change(entry)
