"""How the payer's checklist stands for a request: what a paper answers, what our own record shows, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tracker.domain.authorization_request import AuthorizationRecord, AuthorizationRequest
from tracker.domain.checklist import ChecklistItem, Proof
from tracker.domain.clinical_record import Document
from tracker.domain.clock import Clock
from tracker.domain.event import Event
from tracker.domain.procedure import Intent
from tracker.domain.us_dates import us_date
from tracker.services.charts import Chart
from tracker.services.packet_content import ChecklistLine, ItemState
from tracker.services.request_facts import day_of, done_before, same_place
from tracker.services.rules_in_force import RulesInForce
from tracker.services.wording import us_partial

_COUNTED, _ON_FORM = "see what counts, below", "on the request form"
FORM_ITEMS: Mapping[str, Callable[[AuthorizationRequest], object]] = {
    "identifiers": lambda request: True,
    "procedure-named": lambda request: request.asked and request.family,
    "diagnosis": lambda request: request.diagnoses,
    "provider-and-site": lambda request: request.rendering_provider_id and request.site_id,
    "planned-dates": lambda request: request.planned_for or request.wanted_from,
}
"""Items of resources/checklists that the request form itself answers."""


class PayerChecklist:
    """Says what is there, never whether it is enough: the reviewer reads the papers."""

    def __init__(self, rules: RulesInForce, clock: Clock) -> None:
        self._rules = rules
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
        items = self._rules.catalog.checklist(payer, request.family, request.intent, request.approach, repeat, day)
        papers = [paper for paper in documents if paper.authorization_id == record.id]
        return tuple(_line(item, record, papers, before) for item in items if item.stage == "request")


def _line(
    item: ChecklistItem, record: AuthorizationRecord, papers: Sequence[Document], before: Sequence[Event]
) -> ChecklistLine:
    label = f"{item.text} (If {item.only_if})" if item.only_if else item.text
    answers = [paper for paper in papers if paper.item == item.id]
    if answers:
        dated = ", ".join(us_date(paper.dated) for paper in answers if paper.dated)
        return ChecklistLine(item.id, label, ItemState.PRESENT, f"of {dated}" if dated else "")
    if told := _on_our_sheets(item, record, before):
        return ChecklistLine(item.id, label, ItemState.PRESENT, told)
    asked = item.needed and not item.only_if
    return ChecklistLine(item.id, label, ItemState.MISSING if asked else ItemState.NOT_NEEDED)


def _on_our_sheets(item: ChecklistItem, record: AuthorizationRecord, before: Sequence[Event]) -> str:
    """Say where the packet's own sheets show an item, "" where they do not."""
    if item.satisfied_by.proof is Proof.COUNT:
        return _COUNTED
    if item.id in FORM_ITEMS:
        return _ON_FORM if FORM_ITEMS[item.id](record.request) else ""
    if item.satisfied_by.proof is Proof.RESULT:
        return _results(item.id, record, before)
    return ""


def _results(item_id: str, record: AuthorizationRecord, before: Sequence[Event]) -> str:
    """Return the relief on record after the blocks, or after the last treatment, at a level that is asked for."""
    blocks = item_id.startswith("block")
    told = [
        _relief(event)
        for event in before
        if event.relief_percent is not None
        and (event.intent is Intent.DIAGNOSTIC if blocks else _treated(event, record))
        and same_place(event, record)
    ]
    return "; ".join(told[-2:] if blocks else told[-1:])


def _treated(event: Event, record: AuthorizationRecord) -> bool:
    return event.family is record.request.family and event.intent is not Intent.DIAGNOSTIC


def _relief(event: Event) -> str:
    months = f" for {event.relief_months:g} months" if event.relief_months is not None else ""
    return f"{event.relief_percent:g} %{months} after {us_partial(event.when)}"
