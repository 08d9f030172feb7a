"""Papers over a real file: attached by what they are, refused in a sentence, struck out and brought back by undo."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import a_patient
from tests.fakes import FixedClock
from tests.papers import a_form, a_locked_pdf, a_pdf, a_png, a_tiff
from tests.services.authorizations.test_authorizations import shipped_rules
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRequest
from tracker.domain.clinical_record import Document, DocumentKind
from tracker.domain.errors import ConflictError, ImportFileError, InvalidEntryError
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.changes import Kind
from tracker.services.patients.documents import DocumentService, SamePaperError
from tracker.services.patients.patients import PatientService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.words.payers import PayerNames

TODAY = date(2026, 11, 24)


@pytest.fixture
def documents(transactions: Transactions, clock: FixedClock) -> DocumentService:
    return DocumentService(transactions, clock)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    return folder


def put(folder: Path, content: bytes, name: str = "scan.pdf") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


@pytest.mark.parametrize(
    ("content", "media_type", "pages"),
    [
        (a_pdf("One", "Two", "Three"), "application/pdf", 3),
        (b"junk before\n" + a_pdf("One"), "application/pdf", 1),
        (a_locked_pdf(""), "application/pdf", 1),
        (a_form([("Name", "text")]), "application/pdf", 1),
        (a_png(), "image/png", 1),
        (a_tiff(pages=3), "image/tiff", 3),
    ],
)
def test_that_a_paper_is_told_by_its_content_and_read_back_as_it_was(
    documents: DocumentService, patient_id: str, folder: Path, content: bytes, media_type: str, pages: int
) -> None:
    done = documents.attach(put(folder, content, "scan.xyz"), patient_id, DocumentKind.IMAGING, dated=TODAY)
    assert (done.value.media_type, done.value.pages, done.value.size) == (media_type, pages, len(content))
    assert (done.value.title, done.value.added_by) == ("Imaging report", "Jo Diaz")
    assert documents.content(done.value.id) == content
    assert documents.list_for(patient_id) == (done.value,)
    assert done.changes.concern(patient_id, Kind.DOCUMENTS)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 a word file", "is no PDF, PNG, JPEG or TIFF"),
        (a_pdf("One")[:300], "is damaged and cannot be read as a PDF"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, "is damaged and cannot be read as a PDF"),
        (a_locked_pdf("letmein"), "is locked with a password"),
        (a_png()[:60], "is damaged and cannot be shown"),
        (a_png(0, 10), "is damaged and cannot be shown"),
        (b"\x89PNG\r\n\x1a\n" + a_png(1, 1)[8:16] + b"\0\1\0\0\0\1\0\0" + a_png(1, 1)[24:], "more points than a page"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "is damaged and cannot be shown"),
        (b"II*\0\xff\xff\xff\x7f", "is damaged and cannot be shown"),
    ],
)
def test_that_a_file_that_nobody_could_read_is_refused_in_a_sentence_and_nothing_is_kept(
    documents: DocumentService, patient_id: str, folder: Path, content: bytes, words: str
) -> None:
    with pytest.raises(ImportFileError, match=words) as refused:
        documents.attach(put(folder, content), patient_id, DocumentKind.IMAGING)
    assert refused.value.title.startswith("scan.pdf")
    assert refused.value.remedy
    assert documents.list_for(patient_id) == ()


def test_that_half_a_gigabyte_is_refused_before_it_is_read(
    documents: DocumentService, patient_id: str, folder: Path
) -> None:
    path = folder / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(500 * 1024 * 1024)  # a hole: reading it whole would show as memory, not on the disk
    with pytest.raises(ImportFileError, match=r"huge\.pdf is too large"):
        documents.attach(path, patient_id, DocumentKind.IMAGING)


def test_that_the_limit_is_the_last_size_that_is_taken(
    transactions: Transactions, clock: FixedClock, patient_id: str, folder: Path
) -> None:
    content = a_pdf("One")
    path = put(folder, content)
    with pytest.raises(ImportFileError, match="too large"):
        DocumentService(transactions, clock, len(content) - 1).attach(path, patient_id, DocumentKind.OTHER)
    assert DocumentService(transactions, clock, len(content)).attach(path, patient_id, DocumentKind.OTHER).value.id


def test_that_a_folder_a_missing_file_and_a_pipe_are_told_apart(
    documents: DocumentService, patient_id: str, folder: Path
) -> None:
    with pytest.raises(ImportFileError, match="scans is a folder"):
        documents.attach(folder, patient_id, DocumentKind.OTHER)
    with pytest.raises(ImportFileError, match=r"gone\.pdf cannot be read"):
        documents.attach(folder / "gone.pdf", patient_id, DocumentKind.OTHER)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.pdf")
        with pytest.raises(ImportFileError, match="no file that can be read"):
            documents.attach(folder / "pipe.pdf", patient_id, DocumentKind.OTHER)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the super user may read everything")
def test_that_a_file_without_the_right_to_read_it_is_told(
    documents: DocumentService, patient_id: str, folder: Path
) -> None:
    path = put(folder, a_pdf("One"))
    path.chmod(0)
    with pytest.raises(ImportFileError, match="cannot be read: Permission denied"):
        documents.attach(path, patient_id, DocumentKind.OTHER)


def test_that_the_same_paper_is_told_and_may_be_attached_once_more_with_its_content_kept_once(
    documents: DocumentService, transactions: Transactions, patient_id: str, patients: PatientService, folder: Path
) -> None:
    path = put(folder, a_pdf("One"))
    first = documents.attach(path, patient_id, DocumentKind.IMAGING).value
    with pytest.raises(SamePaperError, match="on file for the patient already") as told:
        documents.attach(put(folder, path.read_bytes(), "copy.pdf"), patient_id, DocumentKind.OTHER)
    assert told.value.known == first
    second = documents.attach(path, patient_id, DocumentKind.OTHER, again=True).value
    other = patients.add(a_patient(first="Ruth")).value
    third = documents.attach(path, other.id, DocumentKind.IMAGING).value
    assert len({first.id, second.id, third.id}) == 3
    with transactions.reading() as uow:
        assert uow.documents.content(first.sha256) == path.read_bytes()


def test_that_undo_takes_a_paper_away_and_doing_it_again_brings_it_back_whole(
    documents: DocumentService, undo: UndoService, patient_id: str, folder: Path
) -> None:
    done = documents.attach(put(folder, a_pdf("One")), patient_id, DocumentKind.IMAGING)
    assert done.undo is not None
    undone = undo.undo(done.undo)
    assert documents.list_for(patient_id) == ()
    assert undone.undo is not None
    undo.undo(undone.undo)
    assert documents.content(documents.list_for(patient_id)[0].id) == a_pdf("One")


def test_that_a_paper_is_struck_out_with_a_reason_and_undo_brings_it_back(
    documents: DocumentService, undo: UndoService, patient_id: str, folder: Path
) -> None:
    paper = documents.attach(put(folder, a_pdf("One")), patient_id, DocumentKind.IMAGING).value
    with pytest.raises(InvalidEntryError, match="Say why"):
        documents.remove(paper.id, paper.version, " ")
    done = documents.remove(paper.id, paper.version, "Another patient's")
    assert documents.list_for(patient_id) == ()
    assert (done.value.struck, done.value.struck_reason) == (True, "Another patient's")
    assert documents.content(paper.id) == a_pdf("One")
    with pytest.raises(ConflictError):
        documents.remove(paper.id, paper.version, "Twice")
    assert done.undo is not None
    undo.undo(done.undo)
    assert [each.id for each in documents.list_for(patient_id)] == [paper.id]


def test_that_a_paper_belongs_to_a_request_of_its_own_patient(
    documents: DocumentService,
    transactions: Transactions,
    patients: PatientService,
    payers: PayerNames,
    clock: FixedClock,
    patient_id: str,
    folder: Path,
) -> None:
    requests = AuthorizationService(transactions, shipped_rules(), payers, clock)
    draft = Authorization(None, "medicare", AuthorizationStatus.DRAFT)
    record = requests.add(patient_id, draft, AuthorizationRequest(next_action=TODAY)).value
    path = put(folder, a_pdf("One"))
    loose = documents.attach(path, patient_id, DocumentKind.IMAGING).value
    tied = documents.correct(replace(loose, authorization_id=record.id, item="imaging", title="MRI")).value
    assert documents.list_for_request(record.id) == (tied,)
    assert (tied.title, tied.item, tied.sha256) == ("MRI", "imaging", loose.sha256)
    other = patients.add(a_patient(first="Ruth")).value
    with pytest.raises(InvalidEntryError, match="another patient's"):
        documents.attach(path, other.id, DocumentKind.IMAGING, authorization_id=record.id)


def test_that_a_paper_of_tomorrow_is_refused(documents: DocumentService, patient_id: str, folder: Path) -> None:
    with pytest.raises(InvalidEntryError, match="day to come"):
        documents.attach(put(folder, a_pdf("One")), patient_id, DocumentKind.IMAGING, dated=date(2026, 11, 25))
    paper: Document = documents.attach(put(folder, a_pdf("One")), patient_id, DocumentKind.IMAGING, dated=TODAY).value
    assert paper.dated == TODAY


def test_that_what_a_paper_says_is_nowhere_on_the_disk_in_the_clear(
    documents: DocumentService, clinic: object, patient_id: str, folder: Path, tmp_path: Path
) -> None:
    path = put(folder, a_pdf("Canary of the lumbar spine"))
    documents.attach(path, patient_id, DocumentKind.IMAGING, "Canary in the title")
    path.unlink()
    for each in (each for each in tmp_path.rglob("*") if each.is_file()):
        assert b"anary" not in each.read_bytes(), each.name
