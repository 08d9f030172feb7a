"""Reads what the patient page shows: all at once, or part by part where one of them fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.patient import Provider
from tracker.ui.pages.page import PageContext
from tracker.ui.tasks import LatestOnly

if TYPE_CHECKING:
    from tracker.services.answers.eligibility import EligibleRow
    from tracker.services.answers.patient_file import PatientFile
    from tracker.services.patients.overview import Overview
    from tracker.services.patients.patients import PatientRecord
    from tracker.services.visits.schedule import DayRow


@dataclass(frozen=True, slots=True)
class OnFile:
    """What is known without asking the rules."""

    record: PatientRecord
    providers: tuple[Provider, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the rules say; `problem` is why they cannot be asked for that day."""

    visits: tuple[DayRow, ...]
    rows: tuple[EligibleRow, ...] = ()
    problem: InvalidEntryError | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything of the summary, from one moment: so that it is laid out and painted once."""

    on_file: OnFile
    answers: Answers
    overview: Overview


class PatientLoader(QObject):
    """Only the newest question is answered. `read` carries a Sheet.

    Where something of it fails, its parts come by themselves, so that none takes another away: `on_file`, `answered`,
    `overlooked` (an Overview); `unanswered` carries an error of the rules, `failed` one of the file.
    `papers` are the documents and `trail` the acts, both read when they are looked at.
    """

    read = Signal(object)
    on_file = Signal(object)
    answered = Signal(object)
    overlooked = Signal(object)
    papers = Signal(object)
    trail = Signal(object)
    failed = Signal(object)
    unanswered = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks = context.services, context.tasks
        self._sheet = LatestOnly(context.tasks, self)
        self._record = LatestOnly(context.tasks, self)
        self._answers = LatestOnly(context.tasks, self)
        self._overview = LatestOnly(context.tasks, self)
        self._papers = LatestOnly(context.tasks, self)
        self._trail = LatestOnly(context.tasks, self)

    def load(self, patient_id: str, day: date) -> None:
        for each in (self._record, self._answers, self._overview, self._papers, self._trail):
            each.cancel()
        self._sheet.run(
            lambda: self._read_sheet(patient_id, day), self.read.emit, lambda _error: self._load_apart(patient_id, day)
        )

    def _load_apart(self, patient_id: str, day: date) -> None:
        self._record.run(lambda: self._read(patient_id), self.on_file.emit, self.failed.emit)
        self.ask(patient_id, day)
        overview = self._services.overview
        self._overview.run(lambda: overview.read(patient_id), self.overlooked.emit, self.report)

    def look_at_papers(self, patient_id: str) -> None:
        documents = self._services.documents
        self._papers.run(lambda: documents.list_for(patient_id), self.papers.emit, self.report)

    def look_at_trail(self, patient_id: str) -> None:
        overview = self._services.overview
        self._trail.run(lambda: overview.acts(patient_id), self.trail.emit, self.report)

    def report(self, error: Exception) -> None:
        """Tell the window about a bug; what a person can mend is told by the page, once."""
        if not isinstance(error, TrackerError):
            self._tasks.unseen.emit(error)

    def ask(self, patient_id: str, day: date) -> None:
        """Work out the answers for a day."""
        self._answers.run(lambda: self._ask(patient_id, day), self.answered.emit, self.unanswered.emit)

    def _read_sheet(self, patient_id: str, day: date) -> Sheet:
        services = self._services
        file = services.patients.file(patient_id)
        record = OnFile(services.patients.record_in(file), services.desk.providers())
        return Sheet(record, self._answers_in(file, day), services.overview.read_in(file))

    def _answers_in(self, file: PatientFile, day: date) -> Answers:
        visits = self._services.schedule.coming_in(file)
        try:
            rows = self._services.eligibility.table_in(file, day)
        except InvalidEntryError as problem:
            return Answers(visits, problem=problem)
        if rows:
            rows[0].words.verdict()  # it is explained at once, without a second look
        return Answers(visits, rows)

    def _read(self, patient_id: str) -> OnFile:
        return OnFile(self._services.patients.get(patient_id), self._services.desk.providers())

    def _ask(self, patient_id: str, day: date) -> Answers:
        return self._answers_in(self._services.patients.file(patient_id), day)
