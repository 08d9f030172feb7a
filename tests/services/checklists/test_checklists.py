"""The checklist of a request: what is on file with its day, what is missing and at which visit, what must be ticked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.fakes import FixedClock
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import AskedLine, AuthorizationRequest
from tracker.domain.checklist_state import Checklist, ChecklistRow, ItemState, Origin
from tracker.domain.clinical_record import ConservativeCare, Document, DocumentKind, Response
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import Event, PartialDate, Place
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.checklists.checklists import ChecklistService
from tracker.services.desk.desk import DeskService
from tracker.services.patients.conservative_care import ConservativeCareService
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.patients.responses import ResponseService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.words.payers import PayerNames
from tracker.storage.records import Act

DAY = date(2026, 12, 10)
ABLATION: dict[str, Any] = {"family": Family.FACET_ABLATION, "intent": None, "approach": None}
BLOCK: dict[str, Any] = {
    "family": Family.FACET_INJECTION, "intent": Intent.DIAGNOSTIC, "approach": Approach.MEDIAL_BRANCH,
}  # fmt: skip
EPIDURAL: dict[str, Any] = {
    "family": Family.EPIDURAL, "intent": Intent.THERAPEUTIC, "approach": Approach.TRANSFORAMINAL,
}  # fmt: skip


@cache
def rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


class Drawer:
    """Papers as a test lays them out."""

    def __init__(self) -> None:
        self.papers: list[Document] = []

    def list_for(self, patient_id: str) -> tuple[Document, ...]:
        return tuple(paper for paper in self.papers if paper.patient_id == patient_id)

    def put(self, patient_id: str, kind: DocumentKind, dated: date | None, **given: Any) -> None:
        paper = Document(patient_id, kind, "MRI", "application/pdf", 1, "00", dated, id=str(len(self.papers)))
        self.papers.append(replace(paper, **given))


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def service(transactions: Transactions, payers: PayerNames, clock: FixedClock, drawer: Drawer) -> ChecklistService:
    return ChecklistService(transactions, rules(), payers, clock, drawer)


@pytest.fixture
def care(transactions: Transactions, clock: FixedClock) -> ConservativeCareService:
    return ConservativeCareService(transactions, clock)


def asked(service: ChecklistService, patient_id: str, *sites: str, **given: Any) -> Checklist:
    wanted = {**ABLATION, **given}
    return service.for_procedure(
        a_request(patient_id, wanted.pop("day", DAY), sites=sites or ("L4-L5 left",), **wanted)
    )


def of_item(checklist: Checklist, item: str) -> list[ChecklistRow]:
    return [row for row in checklist.rows if row.item.id == item]


def one(checklist: Checklist, item: str) -> ChecklistRow:
    (row,) = of_item(checklist, item)
    return row


def shown(rows: list[ChecklistRow]) -> list[tuple[str, ItemState, str]]:
    return [(row.text, row.state, row.told) for row in rows]


class Blocks:
    """Puts diagnostic blocks and their scores into the history."""

    def __init__(self, history: HistoryService, responses: ResponseService, patient_id: str) -> None:
        self._history = history
        self._responses = responses
        self._patient_id = patient_id

    def add(
        self,
        day: str,
        *sites: str,
        scores: tuple[float | None, float | None] | None = (7, 1),
        percent: float | None = 85,
        scale: str = "NRS 0-10",
        **given: Any,
    ) -> Event:
        event = performed(day, Family.FACET_INJECTION, *(sites or ("L4-L5 left",)), **given)
        row = self._history.add(self._patient_id, event).value
        before, after = scores or (None, None)
        response = Response(row.event.id, scale if scores else "", before, after)
        return self._responses.record(self._patient_id, response, percent, None, row.version).value.event


@pytest.fixture
def blocks(history: HistoryService, responses: ResponseService, patient_id: str) -> Blocks:
    return Blocks(history, responses, patient_id)


def test_that_two_good_blocks_are_present_with_day_per_cent_and_scores(
    service: ChecklistService, blocks: Blocks, patient_id: str
) -> None:
    blocks.add("2026-09-08")
    second = blocks.add("2026-09-29", percent=80, scores=(5, 1))
    rows = of_item(asked(service, patient_id), "block-results")
    assert shown(rows) == [
        ("Diagnostic block 1, L4-5 left", ItemState.PRESENT, "09/08/2026, 85 %, NRS 0-10 7 to 1"),
        ("Diagnostic block 2, L4-5 left", ItemState.PRESENT, "09/29/2026, 80 %, NRS 0-10 5 to 1"),
    ]
    assert (rows[1].event_id, rows[1].dated, rows[1].origin) == (second.id, date(2026, 9, 29), Origin.HISTORY)


@pytest.mark.parametrize(("scores", "which"), [((7, None), "after"), ((None, 1), "before"), (None, "before and after")])
def test_that_a_missing_score_is_named_with_the_visit_that_it_belongs_to(
    service: ChecklistService,
    blocks: Blocks,
    patient_id: str,
    scores: tuple[float | None, float | None] | None,
    which: str,
) -> None:
    blocks.add("2026-09-08")
    second = blocks.add("2026-09-29", scores=scores)
    checklist = asked(service, patient_id)
    missing = next(row for row in checklist.missing if row.item.id == "block-results")
    assert missing.sentence == f"Pain score {which} the block on 09/29/2026 at L4-5 left is missing."
    assert missing.event_id == second.id


@pytest.mark.parametrize(("percent", "state"), [(79, ItemState.SHORT), (80, ItemState.PRESENT)])
def test_that_a_block_below_the_payers_per_cent_is_too_weak(
    service: ChecklistService, blocks: Blocks, patient_id: str, percent: float, state: ItemState
) -> None:
    blocks.add("2026-09-08")
    blocks.add("2026-09-29", percent=percent)
    assert of_item(asked(service, patient_id), "block-results")[1].state is state


def test_that_relief_that_was_never_recorded_is_missing_not_failed(
    service: ChecklistService, history: HistoryService, blocks: Blocks, patient_id: str
) -> None:
    blocks.add("2026-09-08")
    event = history.add(patient_id, performed("2026-09-29", Family.FACET_INJECTION, "L4-L5 left")).value.event
    row = of_item(asked(service, patient_id), "block-results")[1]
    assert (row.state, row.told, row.event_id) == (ItemState.MISSING, "09/29/2026, relief not recorded", event.id)


def test_that_each_site_is_looked_at_by_itself(service: ChecklistService, blocks: Blocks, patient_id: str) -> None:
    blocks.add("2026-09-08", "L4-L5 left", "L5-S1 left")
    blocks.add("2026-09-29", "L4-L5 left")
    rows = of_item(asked(service, patient_id, "L4-L5 left", "L5-S1 left"), "block-results")
    assert [(row.text, row.state) for row in rows] == [
        ("Diagnostic block 1, L4-5 left", ItemState.PRESENT),
        ("Diagnostic block 2, L4-5 left", ItemState.PRESENT),
        ("Diagnostic block 1, L5-S1 left", ItemState.PRESENT),
        ("Diagnostic block 2, L5-S1 left", ItemState.MISSING),
    ]


def test_that_blocks_of_the_other_side_and_after_the_planned_day_do_not_serve(
    service: ChecklistService, blocks: Blocks, clock: FixedClock, patient_id: str
) -> None:
    blocks.add("2026-09-08", "L4-L5 right")
    blocks.add("2026-11-20", "L4-L5 both")
    rows = of_item(asked(service, patient_id, day=date(2026, 11, 20)), "block-results")
    assert {row.state for row in rows} == {ItemState.MISSING}
    rows = of_item(asked(service, patient_id, day=date(2026, 11, 21)), "block-results")
    assert [row.state for row in rows] == [ItemState.PRESENT, ItemState.MISSING]


def test_that_two_blocks_scored_on_two_scales_are_told(
    service: ChecklistService, blocks: Blocks, patient_id: str
) -> None:
    blocks.add("2026-09-08")
    second = blocks.add("2026-09-29", scale="VAS 0-100", scores=(70, 10))
    row = of_item(asked(service, patient_id), "block-results")[-1]
    assert (row.text, row.told) == ("Blocks at L4-5 left scored on one scale", "NRS 0-10, then VAS 0-100")
    assert (row.state, row.event_id) == (ItemState.SHORT, second.id)


def test_that_an_earlier_one_at_the_site_makes_it_a_repeat_with_the_last_result_asked(
    service: ChecklistService, history: HistoryService, patient_id: str
) -> None:
    assert asked(service, patient_id).repeat is False
    done = performed("2026-03-02", Family.FACET_ABLATION, "L4-L5 left", relief_percent=60, relief_months=8)
    history.add(patient_id, replace(done, intent=None))
    checklist = asked(service, patient_id)
    assert (checklist.repeat, checklist.why) == (True, "Repeat: the last one here was on 03/02/2026.")
    assert of_item(checklist, "block-results") == []
    row = one(checklist, "treatment-result")
    assert (row.state, row.told) == (ItemState.PRESENT, "03/02/2026, 60 % for 8 mo")
    assert asked(service, patient_id, "L3-L4 left").repeat is False


@pytest.mark.parametrize(
    ("months", "state", "detail"),
    [
        (None, ItemState.MISSING, "03/02/2026, 60 %, for how long is missing"),
        (5.9, ItemState.SHORT, "03/02/2026, 60 % for 5.9 mo, 6 months are asked"),
        (6, ItemState.PRESENT, "03/02/2026, 60 % for 6 mo"),
    ],
)
def test_that_a_repeat_wants_the_duration_that_the_payer_asks(
    service: ChecklistService, history: HistoryService, patient_id: str,
    months: float | None, state: ItemState, detail: str,
) -> None:  # fmt: skip
    done = performed("2026-03-02", Family.FACET_ABLATION, "L4-L5 left", relief_percent=60, relief_months=months)
    history.add(patient_id, replace(done, intent=None))
    row = one(asked(service, patient_id), "treatment-result")
    assert (row.state, row.told) == (state, detail)


def test_that_one_without_a_level_on_file_leaves_a_doubt_not_a_repeat(
    service: ChecklistService, history: HistoryService, patient_id: str
) -> None:
    told = Event("", PartialDate.parse("2026-05"), Family.FACET_ABLATION, place=Place.ELSEWHERE)
    history.add(patient_id, told)
    checklist = asked(service, patient_id)
    assert (checklist.repeat, "The level of the one of 05/2026 is not on file" in checklist.doubt) == (False, True)


@pytest.mark.parametrize(
    ("end", "state", "detail"),
    [
        (date(2026, 10, 27), ItemState.SHORT, "Physical therapy, 10/01/2026 to 10/27/2026, 3 weeks, 4 weeks are asked"),
        (date(2026, 10, 28), ItemState.PRESENT, "Physical therapy, 10/01/2026 to 10/28/2026, 4 weeks"),
    ],
)
def test_that_the_weeks_of_conservative_care_are_counted(
    service: ChecklistService, care: ConservativeCareService, patient_id: str, end: date, state: ItemState, detail: str
) -> None:
    care.add(ConservativeCare(patient_id, "Physical therapy", date(2026, 10, 1), end, "little"))
    row = one(asked(service, patient_id, **EPIDURAL), "conservative-care")
    assert (row.state, row.told, row.origin) == (state, detail, Origin.CARE)


def test_that_treatments_beside_each_other_count_once_and_a_result_must_be_noted(
    service: ChecklistService, care: ConservativeCareService, patient_id: str
) -> None:
    assert one(asked(service, patient_id, **EPIDURAL), "conservative-care").state is ItemState.MISSING
    for what in ("Physical therapy", "Ibuprofen"):
        care.add(ConservativeCare(patient_id, what, date(2026, 10, 1), date(2026, 10, 20)))
    row = one(asked(service, patient_id, **EPIDURAL), "conservative-care")
    assert (row.state, row.told) == (
        ItemState.SHORT,
        "Physical therapy, 10/01/2026 to 10/20/2026, 2 weeks in all, 4 weeks are asked",
    )
    care.add(ConservativeCare(patient_id, "Exercises", date(2026, 10, 21)))
    row = one(asked(service, patient_id, **EPIDURAL), "conservative-care")
    assert (row.state, row.told) == (
        ItemState.SHORT, "Exercises, since 10/21/2026, 10 weeks in all, no result noted"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("end", "state"), [(None, ItemState.PRESENT), (DAY, ItemState.PRESENT), (date(2026, 12, 9), ItemState.MISSING)]
)
def test_that_a_repeat_wants_care_that_goes_on(
    service: ChecklistService, care: ConservativeCareService, history: HistoryService, patient_id: str,
    end: date | None, state: ItemState,
) -> None:  # fmt: skip
    history.add(patient_id, performed("2026-03-02", targets=parse_sites(["L4-L5 left"]).targets, **EPIDURAL))
    care.add(ConservativeCare(patient_id, "Exercises", date(2026, 10, 1), end, "some relief"))
    assert one(asked(service, patient_id, **EPIDURAL), "conservative-care-goes-on").state is state


def test_that_a_paper_of_the_fitting_kind_or_attached_to_the_item_meets_it(
    service: ChecklistService, drawer: Drawer, patient_id: str
) -> None:
    row = one(asked(service, patient_id, **EPIDURAL), "imaging-report")
    assert (row.state, row.tickable) == (ItemState.MISSING, True)
    drawer.put(patient_id, DocumentKind.IMAGING, date(2026, 8, 3))
    row = one(asked(service, patient_id, **EPIDURAL), "imaging-report")
    assert (row.state, row.told, row.origin) == (ItemState.PRESENT, "MRI, 08/03/2026", Origin.DOCUMENT)
    drawer.put(patient_id, DocumentKind.OTHER, None, item="radicular-pain", added_at=datetime(2026, 11, 2))
    assert one(asked(service, patient_id, **EPIDURAL), "radicular-pain").state is ItemState.PRESENT


def test_that_a_paper_of_another_request_does_not_serve(
    service: ChecklistService, drawer: Drawer, patient_id: str
) -> None:
    drawer.put(patient_id, DocumentKind.IMAGING, date(2026, 8, 3), authorization_id="other")
    assert one(asked(service, patient_id, **EPIDURAL), "imaging-report").state is ItemState.MISSING


def test_that_what_only_a_person_can_tell_waits_for_a_tick_that_is_kept_and_undone(
    service: ChecklistService, undo: UndoService, patient_id: str
) -> None:
    row = one(asked(service, patient_id), "axial-pain")
    assert (row.state, row.tickable) == (ItemState.TICK, True)
    done = service.confirm(asked(service, patient_id), row.item, dated=date(2026, 10, 2), note="visit note")
    row = one(asked(service, patient_id), "axial-pain")
    assert (row.state, row.told, row.origin) == (ItemState.PRESENT, "visit note, 10/02/2026", Origin.PERSON)
    assert one(asked(service, patient_id, **BLOCK), "axial-pain").state is ItemState.TICK
    assert done.undo is not None
    undo.undo(done.undo)
    assert one(asked(service, patient_id), "axial-pain").state is ItemState.TICK


def test_that_a_tick_is_replaced_by_a_newer_one_and_taken_back(service: ChecklistService, patient_id: str) -> None:
    item = one(asked(service, patient_id), "axial-pain").item
    for note in ("first", "second"):
        service.confirm(asked(service, patient_id), item, note=note)
    row = one(asked(service, patient_id), "axial-pain")
    assert row.detail == "second"
    service.withdraw(row.mark_id, item)
    assert one(asked(service, patient_id), "axial-pain").state is ItemState.TICK


@pytest.mark.parametrize(
    ("day", "state"), [(date(2027, 2, 22), ItemState.PRESENT), (date(2027, 2, 23), ItemState.TICK)]
)
def test_that_a_tick_without_a_request_grows_old(
    service: ChecklistService, clock: FixedClock, patient_id: str, day: date, state: ItemState
) -> None:
    item = one(asked(service, patient_id), "axial-pain").item
    service.confirm(asked(service, patient_id), item)
    clock.day = day
    assert one(asked(service, patient_id, day=date(2027, 3, 1)), "axial-pain").state is state


def test_that_a_score_is_ticked_with_its_figure_and_measured(
    service: ChecklistService, patients: PatientService, patient_id: str
) -> None:
    other = patients.add(a_patient()).value.id
    patients.add_coverage(other, a_coverage(payer="unitedhealthcare", plan="Choice"))
    item = one(asked(service, other, **BLOCK), "pain-score").item
    with pytest.raises(InvalidEntryError, match="score itself is missing"):
        service.confirm(asked(service, other, **BLOCK), item, note="high")
    for figure, state in ((2, ItemState.SHORT), (3, ItemState.PRESENT)):
        service.confirm(asked(service, other, **BLOCK), item, note=f"NRS {figure}")
        assert one(asked(service, other, **BLOCK), "pain-score").state is state


def test_that_a_tick_of_a_day_to_come_is_refused(service: ChecklistService, patient_id: str) -> None:
    item = one(asked(service, patient_id), "axial-pain").item
    with pytest.raises(InvalidEntryError, match="11/25/2026 has not come yet"):
        service.confirm(asked(service, patient_id), item, dated=date(2026, 11, 25))


def test_that_what_applies_only_if_and_what_is_for_the_record_is_not_counted_as_missing(
    service: ChecklistService, patient_id: str
) -> None:
    checklist = asked(service, patient_id)
    sedation = one(checklist, "sedation-reason")
    assert sedation.text == "If sedation is planned: why sedation"
    assert sedation not in checklist.missing + checklist.to_tick
    assert of_item(checklist, "procedure-note") == of_item(checklist, "images-kept") == []


def a_record(transactions: Transactions, patient_id: str, **given: Any) -> str:
    answer = Authorization("", "medicare", AuthorizationStatus.DRAFT)
    sites = parse_sites(["L4-L5 left"]).targets
    request = AuthorizationRequest(family=Family.FACET_ABLATION, targets=sites, planned_for=DAY)
    with transactions.writing() as uow:
        record_id = uow.requests.add(patient_id, answer, replace(request, **given))
        uow.commit(Act("add request", "authorization", record_id))
    return record_id


def test_that_a_request_is_looked_at_for_what_it_says_itself(
    service: ChecklistService, transactions: Transactions, desk: DeskService, patient_id: str
) -> None:
    empty = service.for_request(a_record(transactions, patient_id, planned_for=None))
    wanting = ("procedure-named", "diagnosis", "provider-and-site", "planned-dates")
    assert [one(empty, item).told for item in wanting] == ["not in the request"] * 4
    full = service.for_request(
        a_record(
            transactions, patient_id,
            asked=(AskedLine("64635"), AskedLine("64636", add_on=True)), diagnoses=("M47.816",),
            rendering_provider_id=desk.providers()[0].id, site_id=desk.sites()[0].id,
            wanted_from=date(2026, 12, 2), wanted_to=date(2027, 3, 1),
        )
    )  # fmt: skip
    assert [one(full, item).detail for item in wanting] == [
        "64635 64636", "M47.816", "Lee, Surgery center", "12/02/2026 to 03/01/2027"
    ]  # fmt: skip
    assert (full.procedure, full.payer, full.ask.day) == ("RFA L4-5 left", "Medicare", DAY)


def test_that_a_tick_of_one_request_is_not_another_requests(
    service: ChecklistService, transactions: Transactions, patient_id: str
) -> None:
    first, second = a_record(transactions, patient_id), a_record(transactions, patient_id)
    item = one(service.for_request(first), "axial-pain").item
    service.confirm(service.for_request(first), item)
    assert one(service.for_request(first), "axial-pain").state is ItemState.PRESENT
    assert one(service.for_request(second), "axial-pain").state is ItemState.TICK


def test_that_a_request_without_a_procedure_is_known_by_its_codes_or_refused(
    service: ChecklistService, transactions: Transactions, patient_id: str
) -> None:
    by_code = a_record(transactions, patient_id, family=None, asked=(AskedLine("64635"),))
    assert of_item(service.for_request(by_code), "block-results")
    with pytest.raises(InvalidEntryError, match="names no procedure"):
        service.for_request(a_record(transactions, patient_id, family=None))


def test_that_the_sessions_of_the_year_before_are_counted_by_day(
    service: ChecklistService, blocks: Blocks, patient_id: str
) -> None:
    for day in ("2025-12-09", "2025-12-10", "2026-09-08", "2026-09-08"):
        blocks.add(day)
    assert one(asked(service, patient_id, **BLOCK), "sessions-counted").detail == "2 since 12/10/2025"
