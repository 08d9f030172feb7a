"""The worklist over a real file: what each line finds, in which order, page by page, and what is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.builders import a_coverage, a_patient
from tests.fakes import FixedClock
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AskedLine, AuthorizationRecord, AuthorizationRequest
from tracker.domain.procedure import Family, parse_sites
from tracker.domain.worklist_query import WorkOrder
from tracker.services.authorizations.worklist import WorklistService
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.storage.identity import new_id
from tracker.storage.records import Act

TODAY = date(2026, 11, 24)
LEFT = parse_sites(["L4-L5 left"]).targets
S = AuthorizationStatus


@pytest.fixture
def worklist(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> WorklistService:
    return WorklistService(transactions, payers, clock)


class MovingClock(FixedClock):
    """Stands at noon, or so long after it."""

    after_noon = timedelta()

    def now(self) -> datetime:
        return super().now() + self.after_noon


class Desk:
    """Puts requests on file."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def add(self, last: str, status: AuthorizationStatus, payer: str = "aetna", **given: Any) -> str:
        person = a_patient(last=last, id=new_id())
        ends, number = given.pop("ends", None), given.pop("number", None)
        lines = (AuthorizationLine("64635", 1, 0, LEFT),)
        answer = Authorization(
            number, payer, status, end=ends, submitted=given.pop("sent", None), lines=lines, id=new_id()
        )
        asked = (AskedLine("64635", 1, LEFT),)
        base = AuthorizationRequest(family=Family.FACET_ABLATION, targets=LEFT, asked=asked, owner="Jo Diaz")
        with self._transactions.writing() as uow:
            uow.bulk.add_patients([person], noted=False)
            uow.bulk.add_coverages([(person.id, replace(a_coverage(payer=payer), id=new_id()))], noted=False)
            uow.bulk.add_requests([AuthorizationRecord(person.id, answer, replace(base, **given))], noted=False)
            uow.commit(Act("test", "clinic"))
        return answer.id


@pytest.fixture
def desk(transactions: Transactions) -> Desk:
    made = Desk(transactions)
    made.add("Archer", S.DRAFT, next_action=TODAY + timedelta(3))
    made.add("Bell", S.SUBMITTED, next_action=TODAY, sent=TODAY - timedelta(9), owner="")
    made.add("Crane", S.PENDED, "cigna", next_action=TODAY - timedelta(2), reference="R-88")
    made.add("Dunn", S.SUBMITTED, next_action=TODAY + timedelta(1), decide_by=datetime(2026, 11, 20, 17, tzinfo=UTC))
    made.add("Ember", S.DENIED, owner="Kim Reyes")
    made.add("Farr", S.APPROVED, number="A118", ends=TODAY + timedelta(10))
    made.add("Gale", S.APPROVED, number="A900", ends=TODAY + timedelta(60))
    made.add("Hale", S.APPROVED, number="A555", ends=TODAY - timedelta(1))
    return made


def _names(worklist: WorklistService, line: str, **given: Any) -> list[str]:
    return [row.patient.last for row in worklist.page(line, **given).rows]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("is:open", ["Crane", "Bell", "Dunn", "Archer", "Farr"]),
        ("is:overdue", ["Crane", "Dunn"]),
        ("is:late", ["Crane", "Dunn"]),
        ("is:open is:denied", ["Crane", "Bell", "Dunn", "Archer", "Farr", "Ember"]),
        ("is:unbooked", ["Farr"]),
        ("due<14", ["Crane", "Bell", "Dunn", "Archer", "Farr"]),
        ("is:open due<=today", ["Crane", "Bell"]),
        ("is:open owner:me", ["Crane", "Dunn", "Archer", "Farr"]),
        ("owner:nobody", ["Bell"]),
        ("owner:kim", ["Ember"]),
        ("owner:nobody-of-that-name", []),
        ("payer:cigna", ["Crane"]),
        ("is:denied", ["Ember"]),
        ("is:approved ends<14", ["Farr", "Hale"]),
        ("is:open du", ["Dunn"]),
        ("doris is:denied", ["Ember"]),
        ("A1", ["Farr"]),
        ("r-8", ["Crane"]),
        ("zzz", []),
    ],
)
@pytest.mark.usefixtures("desk")
def test_that_a_line_finds_what_it_means_the_soonest_first(
    worklist: WorklistService, line: str, names: list[str]
) -> None:
    assert _names(worklist, line) == names


@pytest.mark.usefixtures("desk")
def test_that_the_list_can_be_sorted_both_ways_and_blanks_stay_last(worklist: WorklistService) -> None:
    assert _names(worklist, "is:approved", order=WorkOrder.ENDS) == ["Hale", "Farr", "Gale"]
    assert _names(worklist, "is:approved", order=WorkOrder.ENDS, descending=True) == ["Gale", "Farr", "Hale"]
    assert _names(worklist, "", order=WorkOrder.DUE)[:4] == ["Crane", "Bell", "Dunn", "Archer"]
    assert _names(worklist, "", order=WorkOrder.DUE, descending=True) == [
        "Gale", "Farr", "Archer", "Dunn", "Bell", "Crane", *_names(worklist, "", order=WorkOrder.DUE)[-2:],
    ]  # fmt: skip


@pytest.mark.usefixtures("desk")
def test_that_pages_follow_each_other_without_gap(worklist: WorklistService) -> None:
    pages = [worklist.page("", WorkOrder.PATIENT, offset=offset, limit=3) for offset in (0, 3, 6)]
    assert [row.patient.last for page in pages for row in page.rows] == [
        "Archer", "Bell", "Crane", "Dunn", "Ember", "Farr", "Gale", "Hale",
    ]  # fmt: skip
    assert {page.count for page in pages} == {8}


def test_that_a_further_page_is_of_the_list_as_it_is_now(worklist: WorklistService, desk: Desk) -> None:
    further = {"offset": 3, "limit": 3}
    before = [row.patient.last for row in worklist.page("", WorkOrder.PATIENT, **further).rows]
    assert before == ["Dunn", "Ember", "Farr"]
    desk.add("Aaron", S.DRAFT)
    page = worklist.page("", WorkOrder.PATIENT, **further)
    assert [row.patient.last for row in page.rows] == ["Crane", "Dunn", "Ember"]
    assert (page.count, worklist.counts([""])) == (9, {"": 9})


def test_that_each_order_and_line_has_a_list_of_its_own(worklist: WorklistService, desk: Desk) -> None:
    desk.add("Zeller", S.DRAFT)
    pages = {
        (line, descending): [
            row.patient.last
            for row in worklist.page(line, WorkOrder.PATIENT, offset=1, limit=2, descending=descending).rows
        ]
        for line in ("", "is:draft")
        for descending in (False, True)
    }
    assert pages == {
        ("", False): ["Bell", "Crane"],
        ("", True): ["Hale", "Gale"],
        ("is:draft", False): ["Zeller"],
        ("is:draft", True): ["Archer"],
    }


def test_that_what_falls_late_meanwhile_is_found_and_counted(
    transactions: Transactions, payers: PayerNames, desk: Desk
) -> None:
    clock = MovingClock(TODAY)
    worklist = WorklistService(transactions, payers, clock)
    before = worklist.counts(["is:overdue"])["is:overdue"]
    due = clock.now() + timedelta(minutes=5)
    desk.add("Inman", S.SUBMITTED, decide_by=due, sent=TODAY)
    assert worklist.counts(["is:overdue"])["is:overdue"] == before
    clock.after_noon = timedelta(minutes=6)
    assert worklist.counts(["is:overdue"])["is:overdue"] == before + 1
    assert "Inman" in _names(worklist, "is:overdue")


@pytest.mark.usefixtures("desk")
def test_that_rows_say_what_is_late_about_them(worklist: WorklistService) -> None:
    rows = {row.patient.last: row for row in worklist.page("").rows}
    assert (rows["Crane"].late, rows["Crane"].overdue) == (True, False)
    assert (rows["Dunn"].late, rows["Dunn"].overdue) == (False, True)
    assert (rows["Bell"].age, rows["Bell"].late) == (9, False)
    assert (rows["Hale"].expired, rows["Farr"].expired) == (True, False)
    assert rows["Bell"].procedure.startswith("RFA")


@pytest.mark.usefixtures("desk")
def test_that_counts_agree_with_the_pages(worklist: WorklistService) -> None:
    lines = ["is:open", "is:late", "is:denied", "owner:nobody"]
    assert worklist.counts(lines) == {line: len(worklist.page(line).rows) for line in lines}


def test_that_what_wants_a_hand_is_open_the_most_overdue_first(worklist: WorklistService, desk: Desk) -> None:
    desk.add("Ivey", S.DENIED, next_action=TODAY - timedelta(9), appeal_by=TODAY + timedelta(50))
    desk.add("Jones", S.DENIED, appeal_by=TODAY + timedelta(50))
    desk.add("Kemp", S.APPROVED, number="A7", ends=TODAY)
    desk.add("Lowe", S.CANCELLED)

    assert _names(worklist, "is:open") == ["Ivey", "Crane", "Bell", "Kemp", "Dunn", "Archer", "Farr"]
    assert _names(worklist, "is:appealable") == ["Ivey", "Jones"]
    rows = {row.patient.last: row.due for row in worklist.page("").rows}
    assert (rows["Kemp"], rows["Jones"], rows["Hale"]) == (TODAY, TODAY + timedelta(50), None)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("is:open", "Open"),
        ("owner:me  is:open", "Mine"),
        ("is:late", "Overdue"),
        ("due<=t", "Today"),
        ("is:waiting", "Waiting"),
        ("is:appealable", "Denied, clock runs"),
        ("is:unbooked", "Ends, not booked"),
        ("is:open smith", None),
    ],
)
def test_that_a_line_is_known_by_what_it_means(worklist: WorklistService, line: str, name: str | None) -> None:
    assert worklist.filter_named(line) == name
