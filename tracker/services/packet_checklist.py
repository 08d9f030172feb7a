"""How the payer's checklist stands for a request: what a paper answers, what our own record shows, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.checklist import ChecklistItem, Proof
from tracker.domain.clinical_record import Document
from tracker.domain.clock import Clock
from tracker.domain.event import Event
from tracker.domain.procedure import Intent
from tracker.domain.us_dates import us_date
from tracker.policies.catalog import PolicyCatalog
from tracker.services.charts import Chart
from tracker.services.packet_content import ChecklistLine, ItemState
from tracker.services.request_facts import day_of, done_before
from tracker.services.wording import us_partial

_COUNTED = "see what counts, on the next pages"


class PayerChecklist:
    """Says what is there, never whether it is enough: the reviewer reads the papers."""

    def __init__(self, book: Callable[[], PolicyCatalog], clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def __call__(
        self, record: AuthorizationRecord, chart: Chart, documents: Sequence[Document]
    ) -> tuple[ChecklistLine, ...]:
        """Return the lines that belong to the request; those for the record after the procedure are left out."""
        request, today = record.request, self._clock.today()
        if request.family is None:
            return ()
        day = day_of(record, today)
        before = done_before(chart, day)
        repeat = any(event.family is request.family for event in before)
        payer = record.authorization.payer
        items = self._book().checklist(payer, request.family, request.intent, request.approach, repeat, day)
        papers = [paper for paper in documents if paper.authorization_id == record.id]
        return tuple(_line(item, papers, before) for item in items if item.stage == "request")


def _line(item: ChecklistItem, papers: Sequence[Document], before: Sequence[Event]) -> ChecklistLine:
    label = f"{item.text} (If {item.only_if})" if item.only_if else item.text
    answers = [paper for paper in papers if paper.item == item.id]
    if answers:
        dated = ", ".join(us_date(paper.dated) for paper in answers if paper.dated)
        return ChecklistLine(item.id, label, ItemState.PRESENT, f"of {dated}" if dated else "")
    proof = item.satisfied_by.proof
    if proof is Proof.COUNT:
        return ChecklistLine(item.id, label, ItemState.PRESENT, _COUNTED)
    if proof is Proof.RESULT and (told := _results(before)):
        return ChecklistLine(item.id, label, ItemState.PRESENT, told)
    asked = item.needed and not item.only_if
    return ChecklistLine(item.id, label, ItemState.MISSING if asked else ItemState.NOT_NEEDED)


def _results(before: Sequence[Event]) -> str:
    """Return the relief after each diagnostic injection on file, the latest two of them."""
    told = [
        f"{event.relief_percent:g} % after {us_partial(event.when)}"
        for event in before
        if event.intent is Intent.DIAGNOSTIC and event.relief_percent is not None
    ]
    return "; ".join(told[-2:])
