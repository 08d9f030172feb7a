"""The checklist of a request or of a procedure to come: what is on file, what is missing, what somebody must tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.booking import BookingRequest
from tracker.domain.checklist import ChecklistItem, Proof
from tracker.domain.checklist_state import Checklist, ProcedureAsk
from tracker.domain.clinical_record import ChecklistMark, Document
from tracker.domain.clock import Clock
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.answers.charts import Chart
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.checklists.checklist_facts import ChecklistFacts, NoPapers, Papers
from tracker.services.checklists.checklist_items import rows_of
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.services.words.wording import procedure_text, us_partial
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

FRESH_DAYS = 90
"""How long a tick that was made before there was a request stands for one: about one episode of care."""


class ChecklistService:
    """Reads all but ticks, which are kept for the request, or for the procedure while there is no request."""

    def __init__(
        self,
        transactions: Transactions,
        rules: RulesInForce,
        payers: PayerNames,
        clock: Clock,
        papers: Papers | None = None,
    ) -> None:
        self._transactions = transactions
        self._rules = rules
        self._payers = payers
        self._clock = clock
        self._papers = papers or NoPapers()

    def for_request(self, record_id: str) -> Checklist:
        """Return how the request's checklist stands. Raises NotFoundError, and InvalidEntryError without a family."""
        with self._transactions.reading() as uow:
            record = uow.requests.get(record_id)
            chart = Chart.load(uow, record.patient_id)
        return self.of_record(record, chart, self._papers.list_for(record.patient_id))

    def of_record(self, record: AuthorizationRecord, chart: Chart, papers: Sequence[Document]) -> Checklist:
        """Return how it stands with these papers alone. Raises InvalidEntryError without a family."""
        ask = self.ask_of(record)
        with self._transactions.reading() as uow:
            facts = self._facts(uow, ask, chart, tuple(papers), record)
        return self._filled(facts, record.authorization.payer)

    def for_procedure(self, request: BookingRequest) -> Checklist:
        """Return how it stands for a procedure to come. Raises InvalidEntryError where no coverage is in force."""
        ask = ProcedureAsk(request.family, request.intent, request.approach, request.targets, request.day)
        papers = self._papers.list_for(request.patient_id)
        with self._transactions.reading() as uow:
            chart = Chart.load(uow, request.patient_id)
            coverage = chart.coverage(request)
            return self._filled(self._facts(uow, ask, chart, papers), coverage.payer)

    def confirm(
        self, checklist: Checklist, item: ChecklistItem, *, dated: date | None = None, note: str = ""
    ) -> Done[ChecklistMark]:
        """Tick an item: `dated` is the day of what was seen, `note` what it says. Raises InvalidEntryError."""
        self._check(item, dated, note.strip())
        by, at = self._transactions.user.name, self._clock.now()
        patient_id, record_id = checklist.patient_id, checklist.record_id
        mark = ChecklistMark(patient_id, checklist.ask.family, item.id, dated, note.strip(), record_id, by, at)
        with self._transactions.writing() as uow:
            old = self._marks(uow, patient_id, checklist.ask, record_id).get(item.id)
            if old is not None and old.authorization_id == record_id:
                uow.marks.remove(old.id)
            added = replace(mark, id=uow.marks.add(mark))
            return self._done(uow, added, "tick item", tr("Checked off: {item}", item=tr(item.text)))

    def withdraw(self, mark_id: str, item: ChecklistItem) -> Done[ChecklistMark]:
        """Take a tick back. Raises NotFoundError when it is gone already."""
        with self._transactions.writing() as uow:
            mark = uow.marks.get(mark_id)
            if mark.item != item.id:
                raise ConflictError(
                    tr("This check mark belongs to another item by now."), "", tr("Look at the list again.")
                )
            uow.marks.remove(mark_id)
            return self._done(uow, mark, "untick item", tr("No longer checked off: {item}", item=tr(item.text)))

    def ask_of(self, record: AuthorizationRecord) -> ProcedureAsk:
        """Return what a request is about; its codes say it where its fields do not. Raises InvalidEntryError."""
        request = record.request
        lines = [asked.code for asked in request.asked] + [line.code for line in record.authorization.lines]
        codes = [self._rules.catalog.codes.codes.get(code) for code in lines]
        known = [code for code in codes if code and code.family]
        family = request.family or (known[0].family if known else None)
        if family is None:
            raise InvalidEntryError(
                tr("This request names no procedure, so there is no checklist for it."),
                "",
                tr("Choose its procedure first."),
            )
        approach = request.approach or (known[0].approach if known and not request.family else None)
        day = request.planned_for or request.wanted_from or record.authorization.start or self._clock.today()
        return ProcedureAsk(family, request.intent, approach, request.targets, day)

    def _facts(
        self,
        uow: UnitOfWork,
        ask: ProcedureAsk,
        chart: Chart,
        papers: tuple[Document, ...],
        record: AuthorizationRecord | None = None,
    ) -> ChecklistFacts:
        patient_id = chart.patient.id
        return ChecklistFacts(
            ask=ask,
            chart=chart,
            responses=uow.responses.of_patient(patient_id),
            care=uow.care.list_for(patient_id),
            marks=self._marks(uow, patient_id, ask, record.id if record else ""),
            papers=papers,
            record=record,
        )

    def _marks(self, uow: UnitOfWork, patient_id: str, ask: ProcedureAsk, record_id: str) -> dict[str, ChecklistMark]:
        """Return the ticks that hold by item: those of the request before fresh ones that belong to none."""
        oldest = self._clock.now() - timedelta(days=FRESH_DAYS)
        mine = [mark for mark in uow.marks.list_for(patient_id) if mark.family is ask.family]
        loose = {m.item: m for m in mine if not m.authorization_id and m.marked_at and m.marked_at >= oldest}
        return loose | {m.item: m for m in mine if record_id and m.authorization_id == record_id}

    def _filled(self, facts: ChecklistFacts, payer: str) -> Checklist:
        ask, earlier, unplaced = facts.ask, facts.earlier(), facts.unplaced()
        repeat = bool(earlier)
        items = self._rules.catalog.checklist(payer, ask.family, ask.intent, ask.approach, repeat, ask.day)
        why = (
            tr("Repeat: the last one here was on {day}.", day=us_partial(earlier[-1].when))
            if repeat
            else tr("The first one here.")
        )
        doubt = ""
        if not repeat and unplaced is not None:
            doubt = tr(
                "The level of the one of {day} is not on file; done here, this is a repeat.",
                day=us_partial(unplaced.when),
            )
        return Checklist(
            patient_id=facts.chart.patient.id,
            ask=ask,
            procedure=procedure_text(ask.family, ask.intent, ask.approach, ask.targets),
            payer=self._payers.name(payer),
            repeat=repeat,
            why=why,
            rows=tuple(row for item in items if item.stage == "request" for row in rows_of(item, facts)),
            doubt=doubt,
            record_id=facts.record.id if facts.record else "",
        )

    def _check(self, item: ChecklistItem, dated: date | None, note: str) -> None:
        if dated is not None and dated > self._clock.today():
            title = tr("{day} has not come yet, so nothing can be of that day.", day=us_date(dated))
            raise InvalidEntryError(title, "", tr("Correct the day."), about="dated")
        if item.satisfied_by.proof is Proof.SCORE and not any(letter.isdigit() for letter in note):
            raise InvalidEntryError(
                tr("The score itself is missing."), "", tr("Type scale and number, such as NRS 7."), about="note"
            )

    def _done(self, uow: UnitOfWork, mark: ChecklistMark, act: str, sentence: str) -> Done[ChecklistMark]:
        patient = uow.patients.get(mark.patient_id)
        act_id = uow.commit(Act(act, "checklist_mark", mark.id))
        told = f"{sentence.rstrip('.')}, {patient.name}"
        return Done(mark, Changes.of(mark.patient_id, Kind.CLINICAL), told, UndoToken(act_id, told))
