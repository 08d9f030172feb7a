"""Papers of a patient: attached from a file, listed, read back, corrected, and struck out with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tracker.domain.clinical_record import Document, DocumentKind
from tracker.domain.clock import Clock
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.language import msg, tr
from tracker.domain.patient import Patient
from tracker.domain.us_dates import us_date
from tracker.exchange.paper_file import MAX_BYTES, read_paper
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.transactions import Transactions
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

KIND_WORDS = {
    DocumentKind.VISIT_NOTE: msg("Visit note"),
    DocumentKind.PROCEDURE_NOTE: msg("Procedure note"),
    DocumentKind.IMAGING: msg("Imaging report"),
    DocumentKind.THERAPY_NOTE: msg("Therapy note"),
    DocumentKind.SCORE_SHEET: msg("Score sheet"),
    DocumentKind.REQUEST: msg("Request form"),
    DocumentKind.DECISION: msg("Payer's decision"),
    DocumentKind.OTHER: msg("Other paper"),
}


class SamePaperError(ConflictError):
    """Nothing was attached: the patient has this very paper on file. `known` is that one."""

    def __init__(self, known: Document) -> None:
        kind, added = tr(KIND_WORDS[known.kind]).lower(), known.added_at
        super().__init__(
            tr("This very paper is on file for the patient already."),
            tr("It is there as {kind} since {day}.", kind=kind, day=us_date(added.date()))
            if added
            else tr("It is there as {kind}.", kind=kind),
            tr("Attach it once more to use it in another place."),
        )
        self.known = known


class DocumentService:
    """Whatever is attached lies in the clinic's encrypted file; the file that it came from is only read."""

    def __init__(self, transactions: Transactions, clock: Clock, limit: int = MAX_BYTES) -> None:
        self._transactions = transactions
        self._clock = clock
        self._limit = limit

    def attach(
        self,
        path: Path,
        patient_id: str,
        kind: DocumentKind,
        title: str = "",
        *,
        dated: date | None = None,
        authorization_id: str = "",
        item: str = "",
        again: bool = False,
    ) -> Done[Document]:
        """Take a PDF or picture in. Raises ImportFileError, InvalidEntryError, and SamePaperError unless `again`."""
        self._refuse_to_come(dated)
        paper = read_paper(path, self._limit)
        with self._transactions.writing() as uow:
            patient = uow.patients.get(patient_id)
            _check_request(uow, patient_id, authorization_id)
            known = next((each for each in uow.documents.list_for(patient_id) if each.sha256 == paper.sha256), None)
            if known is not None and not again:
                raise SamePaperError(known)
            document = Document(
                patient_id=patient_id,
                kind=kind,
                title=title.strip() or KIND_WORDS[kind],
                media_type=paper.media_type,
                size=len(paper.content),
                sha256=paper.sha256,
                dated=dated,
                pages=paper.pages,
                item=item,
                authorization_id=authorization_id,
                added_by=self._transactions.user.name,
                added_at=self._clock.now(),
            )
            return self._finish(
                uow, uow.documents.add(document, paper.content), "attach document", tr("Attached"), patient
            )

    def list_for(self, patient_id: str) -> tuple[Document, ...]:
        """Return a patient's papers, in the order in which they came."""
        with self._transactions.reading() as uow:
            return uow.documents.list_for(patient_id)

    def list_for_request(self, authorization_id: str) -> tuple[Document, ...]:
        with self._transactions.reading() as uow:
            return uow.documents.list_for_request(authorization_id)

    def content(self, document_id: str) -> bytes:
        """Return what the paper says, struck out or not. Raises NotFoundError."""
        with self._transactions.reading() as uow:
            return uow.documents.content(uow.documents.get(document_id).sha256)

    def correct(self, changed: Document) -> Done[Document]:
        """Write kind, title, date, checklist item and request over those on file. Raises ConflictError."""
        self._refuse_to_come(changed.dated)
        with self._transactions.writing() as uow:
            before = _seen(uow, changed.id, changed.version)
            _check_request(uow, before.patient_id, changed.authorization_id)
            particulars = replace(
                before,
                kind=changed.kind,
                title=changed.title.strip() or KIND_WORDS[changed.kind],
                dated=changed.dated,
                item=changed.item,
                authorization_id=changed.authorization_id,
            )
            uow.documents.change(particulars)
            patient = uow.patients.get(before.patient_id)
            return self._finish(uow, changed.id, "correct document", tr("Corrected"), patient)

    def remove(self, document_id: str, version: int, reason: str) -> Done[Document]:
        """Strike a paper out: no list shows it any more; it stays on file with `reason`."""
        if not reason.strip():
            raise InvalidEntryError(tr("Say why it is taken out."), "", tr("A few words are enough."))
        with self._transactions.writing() as uow:
            before = _seen(uow, document_id, version)
            uow.documents.change(replace(before, struck=True, struck_reason=reason.strip()))
            patient = uow.patients.get(before.patient_id)
            return self._finish(uow, document_id, "remove document", tr("Taken out"), patient)

    def _refuse_to_come(self, dated: date | None) -> None:
        if dated is not None and dated > self._clock.today():
            raise InvalidEntryError(
                tr("A paper cannot be of a day to come."), "", tr("Correct its date."), about="dated"
            )

    def _finish(self, uow: UnitOfWork, document_id: str, act: str, verb: str, patient: Patient) -> Done[Document]:
        saved = uow.documents.get(document_id)
        act_id = uow.commit(Act(act, "document", document_id))
        sentence = f"{verb}: {saved.title}, {patient.name}"
        changes = Changes.of(saved.patient_id, Kind.DOCUMENTS)
        return Done(saved, changes, sentence, UndoToken(act_id, sentence))


def _check_request(uow: UnitOfWork, patient_id: str, authorization_id: str) -> None:
    if authorization_id and uow.requests.get(authorization_id).patient_id != patient_id:
        raise InvalidEntryError(
            tr("This request is another patient's."), "", tr("Attach the paper on the right request.")
        )


def _seen(uow: UnitOfWork, document_id: str, version: int) -> Document:
    document = uow.documents.get(document_id)
    if document.version != version or document.struck:
        raise ConflictError(
            tr("Somebody changed this paper meanwhile."), "", tr("Look at it as it is now, then go on.")
        )
    return document
