"""Gathers what goes to the payer for one request, binds the pages, and records that they were sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRecord, Channel
from tracker.domain.booking import BookingRequest
from tracker.domain.clinical_record import SENT_PACKET, Document, DocumentKind
from tracker.domain.clock import Clock
from tracker.domain.coding import CodeBook
from tracker.domain.errors import ImportFileError, TrackerError
from tracker.domain.event import EventStatus
from tracker.domain.language import FOR_PAYERS, msg, speaking, tr, tr_n
from tracker.domain.procedure import Approach, Family, ProcedureChoice, TargetKind
from tracker.domain.us_dates import us_date
from tracker.services.answers.charts import Chart
from tracker.services.answers.judging import Judge
from tracker.services.authorizations.authorization_steps import Submission
from tracker.services.authorizations.authorizations import Also, AuthorizationService
from tracker.services.authorizations.request_facts import asked_text, asked_where, coverage_of, day_of, request_facts
from tracker.services.changes import Done
from tracker.services.desk.clinic_settings import letterhead_of
from tracker.services.packets.packet_checklist import FORM_ITEMS
from tracker.services.packets.packet_content import AskedRow, Checklist, CountRow, ItemState, Packet
from tracker.services.packets.packet_history import count_rows, history_rows, numbers_of
from tracker.services.packets.sent_packets import goes_with, logged, new_packet_id, sent_document
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.services.words.wording import targets_text
from tracker.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from tracker.exchange.pdf_pages import Binding
    from tracker.exchange.pdf_pictures import PdfPictures

_NEEDED = {
    "coverage.member_id": msg("the member ID"),
    "request.procedure": msg("the procedure"),
    "request.levels": msg("levels and sides"),
    "request.codes": msg("the codes"),
    "request.diagnoses": msg("a diagnosis"),
    "request.planned": msg("the planned date"),
    "rendering.name": msg("the rendering provider"),
    "rendering.npi": msg("the rendering provider's NPI"),
    "site.name": msg("the site"),
}
_PAPER_ORDER = tuple(DocumentKind)
_NO_LEVELS = frozenset({Family.TRIGGER_POINT, Family.GENICULAR_BLOCK, Family.GENICULAR_ABLATION})


class PacketService:
    """Reads requests, papers and rules; writes nothing but that a packet was sent."""

    def __init__(
        self,
        transactions: Transactions,
        requests: AuthorizationService,
        judge: Judge,
        payers: PayerNames,
        codes: CodeBook,
        procedures: Sequence[ProcedureChoice],
        clock: Clock,
        checklist: Checklist | None = None,
    ) -> None:
        self._transactions = transactions
        self._requests = requests
        self._judge = judge
        self._payers = payers
        self._codes = codes
        self._procedures = procedures
        self._clock = clock
        self._checklist = checklist

    @speaking(FOR_PAYERS)
    def gather(self, record_id: str, packet_id: str = "") -> Packet:
        """Return the packet of the request as it stands; without `packet_id` a new one, with an id of its own."""
        today = self._clock.today()
        with self._transactions.reading() as uow:
            record = uow.requests.get(record_id)
            chart = Chart.load(uow, record.patient_id)
            documents = uow.documents.list_for(record.patient_id)
        facts = request_facts(record, chart, self._payers, today)
        counts, problem = self._counts(record, chart, today)
        lines = tuple(self._checklist(record, chart, documents)) if self._checklist else ()
        request = record.request
        titled = asked_text(request)
        packet = Packet(
            id=packet_id or new_packet_id(),
            record=record,
            made_on=today,
            clinic=facts["clinic.name"],
            letterhead=letterhead_of(chart.clinic.settings).lines(),
            title=titled or facts["request.codes"],
            payer=self._payers.coverage(coverage_of(record, chart, today)) or facts["coverage.payer"],
            sent_by=self._transactions.user.name,
            identity=tr("{patient}   born {day}", patient=chart.patient.name, day=facts["patient.born"]),
            facts=facts,
            asked=tuple(self._asked(record)),
            targets=request.targets,
            kind=self.kind_of(record),
            checklist=lines,
            checklist_known=self._checklist is not None,
            history=history_rows(chart),
            counts=counts,
            counts_problem=problem,
            papers=_ordered(each for each in documents if goes_with(each, record)),
            others=_ordered(each for each in documents if not goes_with(each, record) and each.item != SENT_PACKET),
            sent=tuple(each for each in documents if each.item == SENT_PACKET and each.authorization_id == record.id),
        )
        return replace(packet, missing=tuple(_missing(packet)))

    def content(self, document: Document) -> bytes:
        """Return what a paper says."""
        with self._transactions.reading() as uow:
            return uow.documents.content(document.sha256)

    def binding(self, letters: Mapping[int, int]) -> Binding:
        """Return what the pages of a packet are put into; `letters`: see there."""
        from tracker.exchange.pdf_pages import Binding

        return Binding(letters)

    def pictures(self, content: bytes) -> PdfPictures:
        """Return the pages of a finished packet as points, for a printer. Raises ImportFileError."""
        from tracker.exchange.pdf_pictures import PdfPictures

        return PdfPictures(content)

    def save(self, content: bytes, path: Path) -> None:
        """Write a finished packet where somebody wants it, whole or not at all. Raises ImportFileError."""
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_bytes(content)
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            told = tr("{name} cannot be written: {why}.", name=path.name, why=error.strerror)
            raise ImportFileError(told, "", tr("Choose another folder or name.")) from None

    def sent(
        self,
        packet: Packet,
        pages: int,
        channel: Channel,
        *,
        content: bytes = b"",
        reference: str = "",
        complete: bool = True,
        decide_by: datetime | None = None,
        next_action: date | None = None,
    ) -> Done[AuthorizationRecord]:
        """Record that the packet went to the payer: a draft is submitted by it, anything else gets it as a contact.

        `content` is the packet as it went; it is kept among the request's documents, in the same act.
        """
        also = self._keeping(packet, pages, channel, content) if content else None
        record = packet.record
        text = tr_n("{packet}, {n} page", "{packet}, {n} pages", pages, packet=logged(packet.id))
        if record.status is AuthorizationStatus.DRAFT:
            reference = reference or record.request.reference
            step = Submission(self._clock.now(), channel, reference, complete, decide_by, next_action)
            return self._requests.step(record.id, record.version, step, text, also)
        return self._requests.contact(
            record.id, record.version, text, channel=channel, reference=reference, next_action=next_action, also=also
        )

    def _keeping(self, packet: Packet, pages: int, channel: Channel, content: bytes) -> Also:
        """Return what keeps the packet as it went."""
        document = sent_document(packet, pages, channel, content, self._transactions.user.name, self._clock.now())

        def keep(uow: UnitOfWork) -> None:
            uow.documents.add(document, content)

        return keep

    def find_sent(self, packet_id: str) -> AuthorizationRecord | None:
        """Return the request that a returned packet belongs to, None when no packet of this id was sent."""
        with self._transactions.reading() as uow:
            found = uow.requests.find_logged(f"{logged(packet_id.strip().upper())},")
            return uow.requests.get(found) if found else None

    def _asked(self, record: AuthorizationRecord) -> Iterable[AskedRow]:
        for line in record.request.asked:
            code = self._codes.codes.get(line.code)
            where = targets_text(line.targets) or asked_where(record.request)
            yield AskedRow(line.code, code.label if code else "", line.units, where, line.add_on)

    def kind_of(self, record: AuthorizationRecord) -> TargetKind:
        """Return which places the procedure of a request is given at."""
        request = record.request
        fits = [each for each in self._procedures if each.family is request.family]
        exact = [each for each in fits if request.approach is None or each.approach in (None, request.approach)]
        return next((each.targets for each in (*exact, *fits)), TargetKind.NONE)

    def _counts(self, record: AuthorizationRecord, chart: Chart, today: date) -> tuple[tuple[CountRow, ...], str]:
        request = record.request
        if request.family is None:
            return (), tr("The request names no procedure, so nothing can be counted.")
        coverage = coverage_of(record, chart, today)
        question = BookingRequest(
            record.patient_id,
            request.family,
            day_of(record, today),
            request.intent,
            request.approach,
            request.targets,
            provider_id=request.rendering_provider_id,
            site_id=request.site_id,
            coverage_id=coverage.id if coverage else "",
            body_regions=request.body_regions,
        )
        try:
            verdict = self._judge(chart.case(question, today, _own_visit(record, chart)))
        except TrackerError as error:
            return (), tr("Nothing could be counted: {why}", why=error.title)
        return count_rows(verdict, numbers_of(chart)), ""


def _own_visit(record: AuthorizationRecord, chart: Chart) -> str:
    """Return the event of the visit that the request is for, "" for none: it does not count against itself."""
    request = record.request
    booked = (entry.event for entry in chart.entries if entry.event.status is EventStatus.BOOKED)
    mine = (event for event in booked if event.family is request.family and event.when.first == request.planned_for)
    return next((event.id for event in mine), "")


def _ordered(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Checklist items stay together, the newest paper of each first."""
    newest = sorted(documents, key=lambda each: each.dated or date.min, reverse=True)
    return tuple(sorted(newest, key=lambda each: (_PAPER_ORDER.index(each.kind), each.item)))


def _missing(packet: Packet) -> Iterable[str]:
    """Name what a reviewer would look for in vain, for whoever can get it."""
    request = packet.record.request
    free = {"request.levels"} if request.family in _NO_LEVELS or request.approach is Approach.CAUDAL else set[str]()
    for fact, words in _NEEDED.items():
        if fact not in free and not packet.facts[fact]:
            yield tr(words)
    if (
        packet.facts["request.first_diagnostic"]
        and request.planned_for
        and not packet.facts["request.days_after_first"]
    ):
        yield tr("the exact day of the first diagnostic")
    if packet.facts["request.planned"] and request.planned_for and request.planned_for <= packet.made_on:
        yield tr("a planned date to come: {day} has come already", day=us_date(request.planned_for))
    for line in packet.checklist:
        if line.state is ItemState.MISSING and line.id not in FORM_ITEMS:
            yield line.label.rstrip(".")
    if not packet.papers:
        yield tr("papers: none is attached to this request")
