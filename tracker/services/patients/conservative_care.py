"""The log of conservative care: what was tried first, from when to when, and what came of it."""

from __future__ import annotations

from dataclasses import replace

from tracker.domain.clinical_record import ConservativeCare
from tracker.domain.clock import Clock
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.transactions import Transactions
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork


class ConservativeCareService:
    """Corrections and removals keep the image before; each takes the version that was seen."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def list_for(self, patient_id: str) -> tuple[ConservativeCare, ...]:
        """Return a patient's log, oldest first."""
        with self._transactions.reading() as uow:
            return uow.care.list_for(patient_id)

    def add(self, care: ConservativeCare) -> Done[ConservativeCare]:
        """Add a treatment. Raises InvalidEntryError."""
        care = self._checked(care)
        with self._transactions.writing() as uow:
            added = replace(care, id=uow.care.add(care))
            return _done(uow, added, "add care", tr("Added"))

    def correct(self, care: ConservativeCare) -> Done[ConservativeCare]:
        """Write over the one on file. Raises InvalidEntryError, and ConflictError when it was changed meanwhile."""
        care = self._checked(care)
        with self._transactions.writing() as uow:
            _own(uow, care)
            changed = replace(care, version=uow.care.change(care))
            return _done(uow, changed, "correct care", tr("Corrected"))

    def remove(self, care: ConservativeCare) -> Done[ConservativeCare]:
        """Take it out of the log. Raises ConflictError when it was changed meanwhile."""
        with self._transactions.writing() as uow:
            _own(uow, care)
            uow.care.remove(care.id, care.version)
            return _done(uow, care, "remove care", tr("Taken out"))

    def _checked(self, care: ConservativeCare) -> ConservativeCare:
        what = care.what.strip()
        if not what:
            raise InvalidEntryError(
                tr("Say what was tried."),
                "",
                tr("Physical therapy, exercises at home, a drug: a few words."),
                about="what",
            )
        if care.start > self._clock.today():
            title = tr("{day} has not come yet, so nothing was tried.", day=us_date(care.start))
            raise InvalidEntryError(title, "", tr("Correct the day it began."), about="start")
        if care.end is not None and care.end < care.start:
            title = tr(
                "It ends {end}, before it begins on {start}.",
                end=us_date(care.end),
                start=us_date(care.start),
            )
            raise InvalidEntryError(title, "", tr("Correct one of the two days."), about="end")
        return replace(care, what=what, result=care.result.strip())


def care_text(care: ConservativeCare) -> str:
    """Return "Physical therapy, 05/04/2026 to 07/02/2026"."""
    return f"{care.what}, {care_span_text(care)}"


def care_span_text(care: ConservativeCare) -> str:
    """Return "05/04/2026 to 07/02/2026" or "since 05/04/2026"."""
    if care.end is None:
        return tr("since {day}", day=us_date(care.start))
    return tr("{first} to {last}", first=us_date(care.start), last=us_date(care.end))


def _own(uow: UnitOfWork, care: ConservativeCare) -> None:
    """Refuse what is another patient's by now: a version never moves between patients."""
    if uow.care.get(care.id).patient_id != care.patient_id:
        raise ConflictError(
            tr("This treatment is another patient's, so nothing was saved."), "", tr("Go back and look again.")
        )


def _done(uow: UnitOfWork, care: ConservativeCare, act: str, verb: str) -> Done[ConservativeCare]:
    patient = uow.patients.get(care.patient_id)
    act_id = uow.commit(Act(act, "conservative_care", care.id))
    sentence = f"{verb}: {care_text(care)}, {patient.name}"
    return Done(care, Changes.of(care.patient_id, Kind.CLINICAL), sentence, UndoToken(act_id, sentence))
