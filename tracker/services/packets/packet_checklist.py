"""How the payer's checklist stands for a request, in the words of a packet: what is there and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.checklist import Proof
from tracker.domain.checklist_state import ChecklistRow, Origin
from tracker.domain.checklist_state import ItemState as Found
from tracker.domain.clinical_record import Document
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import msg, tr
from tracker.services.answers.charts import Chart
from tracker.services.checklists.checklist_items import IN_REQUEST, OF_EACH_PAGE
from tracker.services.checklists.checklists import ChecklistService
from tracker.services.packets.packet_content import ChecklistLine, ItemState

_COUNTED, _ON_FORM = msg("see what counts, below"), msg("on the request form")
FORM_ITEMS = frozenset({*IN_REQUEST, OF_EACH_PAGE})
"""Items of resources/checklists that the packet's own sheets answer."""


class PayerChecklist:
    """Says what is there, never whether it is enough: the reviewer reads the papers."""

    def __init__(self, checklists: ChecklistService) -> None:
        self._checklists = checklists

    def __call__(
        self, record: AuthorizationRecord, chart: Chart, documents: Sequence[Document]
    ) -> tuple[ChecklistLine, ...]:
        """Return the lines that belong to the request; only papers that go with it count."""
        papers = [paper for paper in documents if paper.authorization_id == record.id]
        try:
            found = self._checklists.of_record(record, chart, papers)
        except InvalidEntryError:  # no procedure, so nothing is known to be wanted; the form says so
            return ()
        return tuple(_lines(found.rows))


def _lines(rows: Iterable[ChecklistRow]) -> Iterator[ChecklistLine]:
    for row in rows:
        if row.state is Found.SHORT and row.origin is Origin.RESPONSE:
            continue  # two scales: the scores themselves are in the notes
        yield ChecklistLine(row.item.id, _label(row), _state(row), _detail(row))


def _label(row: ChecklistRow) -> str:
    """Results are named by their procedure; everything else is asked in the list's own sentence."""
    if row.item.satisfied_by.proof is Proof.RESULT:
        return row.text
    asked = tr(row.item.text)
    return tr("{asked} (If {only_if})", asked=asked, only_if=tr(row.item.only_if)) if row.item.only_if else asked


def _state(row: ChecklistRow) -> ItemState:
    if row.state in (Found.PRESENT, Found.SHORT) or row.item.id == OF_EACH_PAGE:
        return ItemState.PRESENT
    return ItemState.MISSING if row.asked else ItemState.NOT_NEEDED


def _detail(row: ChecklistRow) -> str:
    if _state(row) is not ItemState.PRESENT:
        return ""
    if row.item.satisfied_by.proof is Proof.COUNT:
        return tr(_COUNTED)
    return tr(_ON_FORM) if row.item.id in FORM_ITEMS else row.detail
