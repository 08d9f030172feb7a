"""What a packet says of a request over a real file, what it names as missing, and how it is marked as sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_coverage, a_patient, a_provider, a_request, a_site, performed
from tests.fakes import FixedClock, SessionLimitJudge
from tests.papers import a_pdf
from tests.services.authorizations.test_authorizations import shipped_rules
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import (
    AskedLine,
    AuthorizationRecord,
    AuthorizationRequest,
    Channel,
    LogKind,
)
from tracker.domain.body_regions import BodyRegion
from tracker.domain.checklist import Proof
from tracker.domain.clinical_record import Document, DocumentKind
from tracker.domain.coding import Code, CodeBook
from tracker.domain.errors import ConflictError, ImportFileError
from tracker.domain.procedure import Approach, Family, Intent, ProcedureChoice, TargetKind, parse_sites
from tracker.services.answers.charts import Chart
from tracker.services.authorizations.authorization_drafts import extension_of
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.checklists.checklists import ChecklistService
from tracker.services.desk.desk import DeskService
from tracker.services.packets.packet import PacketService
from tracker.services.packets.packet_checklist import PayerChecklist
from tracker.services.packets.packet_content import ChecklistLine, ItemState
from tracker.services.packets.sent_packets import new_packet_id
from tracker.services.patients.documents import DocumentService
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import BookingService
from tracker.services.words.payers import PayerNames
from tracker.storage.identity import new_id
from tracker.storage.records import Act, HistoryEntry, Origin, Provenance

TODAY, PLANNED, FOLLOW = date(2026, 11, 24), date(2026, 12, 8), date(2026, 12, 1)
LEFT = parse_sites(["L4-L5 left"]).targets
CODES = CodeBook({"64493": Code("64493", "Facet joint block, low back, first level")})
PROCEDURES = (ProcedureChoice("mbb", "Medial branch block", "MBB", Family.FACET_INJECTION, Intent.DIAGNOSTIC,
                              Approach.MEDIAL_BRANCH, TargetKind.FACET),)  # fmt: skip


class WantedPapers:
    """A checklist of two lines, as the payers' own will be: imaging, and a therapy note."""

    def __call__(
        self, record: AuthorizationRecord, chart: Chart, documents: Sequence[Document]
    ) -> Sequence[ChecklistLine]:
        attached = {paper.item for paper in documents if paper.authorization_id == record.id}
        return [
            ChecklistLine(item, label, ItemState.PRESENT if item in attached else ItemState.MISSING)
            for item, label in (("imaging", "Imaging report"), ("therapy", "Six weeks of therapy"))
        ]


@pytest.fixture
def requests(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> AuthorizationService:
    return AuthorizationService(transactions, shipped_rules(), payers, clock)


@pytest.fixture
def packets(
    transactions: Transactions,
    requests: AuthorizationService,
    judge: SessionLimitJudge,
    payers: PayerNames,
    clock: FixedClock,
) -> PacketService:
    return PacketService(transactions, requests, judge, payers, CODES, PROCEDURES, clock, WantedPapers())


@pytest.fixture
def documents(transactions: Transactions, clock: FixedClock) -> DocumentService:
    return DocumentService(transactions, clock)


@pytest.fixture
def record(requests: AuthorizationService, desk: DeskService, patient_id: str) -> AuthorizationRecord:
    """A request for a second block, with everything that a payer wants to know."""
    provider = desk.add_provider(a_provider(name="Ana Cruz, MD", short="Cruz", npi="1234567893")).value
    site = desk.add_site(a_site(name="ASC north")).value
    return draft(requests, patient_id, planned_for=PLANNED, rendering_provider_id=provider.id, site_id=site.id)


def draft(requests: AuthorizationService, patient_id: str, **given: Any) -> AuthorizationRecord:
    request = AuthorizationRequest(
        family=Family.FACET_INJECTION,
        intent=Intent.DIAGNOSTIC,
        approach=Approach.MEDIAL_BRANCH,
        targets=LEFT,
        diagnoses=("M47.816", "M54.50"),
        asked=(AskedLine("64493", 1, LEFT), AskedLine("99999", 2, add_on=True)),
        next_action=FOLLOW,
    )
    answer = Authorization(None, given.pop("payer", "medicare"), AuthorizationStatus.DRAFT)
    return requests.add(patient_id, answer, replace(request, **given)).value


def test_that_a_packet_says_who_what_where_and_when(packets: PacketService, record: AuthorizationRecord) -> None:
    packet = packets.gather(record.id)
    assert packet.clinic == "Bluegrass Spine & Pain"
    assert packet.payer == "Medicare Part B"
    assert packet.title == "MBB L4-5 left"
    assert {
        name: packet.facts[name]
        for name in ("coverage.member_id", "rendering.npi", "site.name", "request.levels", "request.planned",
                     "diagnosis.2", "code.2", "units.2", "request.units")
    } == {
        "coverage.member_id": "1EG4-TE5-MK72",
        "rendering.npi": "1234567893",
        "site.name": "ASC north",
        "request.levels": "L4-5 left",
        "request.planned": "12/08/2026",
        "diagnosis.2": "M54.50",
        "code.2": "99999",
        "units.2": "2",
        "request.units": "3",
    }  # fmt: skip
    assert [(row.code, row.label, row.units, row.where, row.add_on) for row in packet.asked] == [
        ("64493", "Facet joint block, low back, first level", 1, "L4-5 left", False),
        ("99999", "", 2, "L4-5 left", True),
    ]
    assert packet.kind is TargetKind.FACET


def test_that_the_id_of_a_packet_is_by_chance_and_can_be_read_on_a_fax(
    packets: PacketService, record: AuthorizationRecord
) -> None:
    first, second = packets.gather(record.id), packets.gather(record.id)
    assert first.id != second.id
    assert packets.gather(record.id, first.id).id == first.id
    ids = {new_packet_id() for _ in range(200)}
    assert len(ids) == 200
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}", each) for each in ids)


@pytest.mark.parametrize(
    ("events", "first", "days"),
    [
        ([performed("2026-11-10")], "11/10/2026", "28"),
        ([performed("2026-11-10"), performed("2026-11-17")], "11/10/2026", "28"),
        ([performed("2026-11")], "11/2026", ""),
        ([performed("2026-11-10", Family.FACET_INJECTION, "L4-L5 right")], "", ""),
        ([performed("2026-11-10", Family.FACET_INJECTION, "C5-C6 left")], "", ""),
        ([performed("2024-01-10"), performed("2024-06-10", intent=Intent.THERAPEUTIC), performed("2026-11-10")],
         "11/10/2026", "28"),
        ([performed("2026-11-10", Family.FACET_INJECTION, "L4-L5 both")], "11/10/2026", "28"),
        ([], "", ""),
    ],
)  # fmt: skip
def test_that_the_days_from_the_first_diagnostic_to_the_planned_date_are_stated(
    packets: PacketService,
    history: HistoryService,
    record: AuthorizationRecord,
    events: list[Any],
    first: str,
    days: str,
) -> None:
    for event in events:
        history.add(record.patient_id, event)
    packet = packets.gather(record.id)
    assert (packet.facts["request.first_diagnostic"], packet.facts["request.days_after_first"]) == (first, days)
    assert ("the exact day of the first diagnostic" in packet.missing) is (first == "11/2026")


def test_that_an_ablation_counts_from_the_first_block_since_the_ablation_before(
    packets: PacketService, requests: AuthorizationService, history: HistoryService, patient_id: str
) -> None:
    for event in (
        performed("2025-01-10"),
        performed("2025-03-10", Family.FACET_ABLATION),
        performed("2026-10-09"),
        performed("2026-10-30"),
    ):
        history.add(patient_id, event)
    record = draft(requests, patient_id, family=Family.FACET_ABLATION, intent=None, approach=None, planned_for=PLANNED)
    facts = packets.gather(record.id).facts
    assert (facts["request.first_diagnostic"], facts["request.days_after_first"]) == ("10/09/2026", "60")


def test_that_the_history_is_numbered_and_each_limit_says_which_numbers_it_counts(
    packets: PacketService, history: HistoryService, record: AuthorizationRecord
) -> None:
    for day in ("2026-03-10", "2024-03-10", "2026-08-10"):
        history.add(record.patient_id, performed(day, relief_percent=80.0))
    history.add(record.patient_id, performed("2026-09-01", Family.EPIDURAL, "L4-L5", approach=Approach.INTERLAMINAR))
    packet = packets.gather(record.id)
    assert [(row.number, row.day, row.what) for row in packet.history] == [
        (1, "03/10/2024", "MBB"),
        (2, "03/10/2026", "MBB"),
        (3, "08/10/2026", "MBB"),
        (4, "09/01/2026", "IL epidural"),
    ]
    (count,) = packet.counts
    assert (count.used, count.window, count.counted) == ("2 of 4 sessions used", "12/08/2025 to 12/08/2026", (2, 3))


def test_that_the_visit_that_the_request_is_for_does_not_count_against_it(
    packets: PacketService, booking: BookingService, record: AuthorizationRecord
) -> None:
    request = a_request(record.patient_id, PLANNED, sites=("L4-L5 left",))
    booking.book(request, booking.check(request).fingerprint)
    packet = packets.gather(record.id)
    assert [row.what for row in packet.history] == ["MBB (booked)"]
    assert packet.counts[0].used == "0 of 4 sessions used"


def test_that_what_cannot_be_counted_is_said(
    packets: PacketService, requests: AuthorizationService, patient_id: str
) -> None:
    bare = draft(requests, patient_id, family=None, intent=None, approach=None, targets=(), asked=(), diagnoses=())
    packet = packets.gather(bare.id)
    assert (packet.counts, packet.counts_problem) == ((), "The request names no procedure, so nothing can be counted.")
    early = draft(requests, patient_id, planned_for=date(1950, 1, 1))
    assert packets.gather(early.id).counts_problem.startswith("Nothing could be counted")


def test_that_missing_things_are_named_until_they_are_there(
    packets: PacketService,
    documents: DocumentService,
    requests: AuthorizationService,
    record: AuthorizationRecord,
    tmp_path: Path,
) -> None:
    bare = draft(requests, record.patient_id, diagnoses=(), asked=())
    assert packets.gather(bare.id).missing == (
        "the codes",
        "a diagnosis",
        "the planned date",
        "the rendering provider",
        "the rendering provider's NPI",
        "the site",
        "Imaging report",
        "Six weeks of therapy",
        "papers: none is attached to this request",
    )
    for item, kind in (("imaging", DocumentKind.IMAGING), ("therapy", DocumentKind.THERAPY_NOTE)):
        (tmp_path / "scan.pdf").write_bytes(a_pdf(item))
        documents.attach(tmp_path / "scan.pdf", record.patient_id, kind, authorization_id=record.id, item=item)
    packet = packets.gather(record.id)
    assert packet.missing == ()
    assert [line.state for line in packet.checklist] == [ItemState.PRESENT, ItemState.PRESENT]
    assert [paper.item for paper in packet.papers] == ["imaging", "therapy"]
    assert [paper.item for paper in packets.gather(bare.id).others] == ["imaging", "therapy"]


def test_that_a_planned_date_that_has_come_is_named(
    packets: PacketService, requests: AuthorizationService, patient_id: str
) -> None:
    past = packets.gather(draft(requests, patient_id, planned_for=TODAY).id).missing
    assert any("11/24/2026 has come already" in words for words in past)
    to_come = packets.gather(draft(requests, patient_id, planned_for=date(2026, 11, 25)).id).missing
    assert not any("has come already" in words for words in to_come)


def test_that_marking_a_draft_as_sent_submits_it_and_the_packet_leads_back_to_it(
    packets: PacketService, requests: AuthorizationService, undo: UndoService, record: AuthorizationRecord
) -> None:
    packet = packets.gather(record.id)
    done = packets.sent(packet, 14, Channel.FAX, reference="R-1")
    assert (done.value.status, done.value.request.channel) == (AuthorizationStatus.SUBMITTED, Channel.FAX)
    assert done.value.request.complete_at == done.value.request.submitted_at
    assert done.value.log[-1].text == f"Packet {packet.id}, 14 pages"
    found = packets.find_sent(packet.id.lower())
    assert found is not None
    assert found.id == record.id
    assert packets.find_sent(packet.id[:4]) is None
    assert packets.find_sent("") is None
    assert done.undo is not None
    undo.undo(done.undo)
    assert packets.find_sent(packet.id) is None
    assert requests.get(record.id).status is AuthorizationStatus.DRAFT


def test_that_sending_again_is_logged_as_a_contact_and_moves_the_next_day(
    packets: PacketService, record: AuthorizationRecord
) -> None:
    packets.sent(packets.gather(record.id), 14, Channel.FAX)
    again = packets.gather(record.id)
    after = packets.sent(again, 1, Channel.PORTAL, next_action=date(2026, 12, 4)).value
    entry = after.log[-1]
    assert (entry.kind, entry.channel, entry.text) == (LogKind.CONTACT, Channel.PORTAL, f"Packet {again.id}, 1 page")
    assert (after.status, after.request.next_action) == (AuthorizationStatus.SUBMITTED, date(2026, 12, 4))


def test_that_a_packet_of_a_request_that_changed_meanwhile_is_not_marked(
    packets: PacketService, requests: AuthorizationService, record: AuthorizationRecord
) -> None:
    packet = packets.gather(record.id)
    requests.assign(record.id, record.version, "Kim Reyes")
    with pytest.raises(ConflictError):
        packets.sent(packet, 14, Channel.FAX)
    assert packets.find_sent(packet.id) is None


def test_that_a_packet_sent_without_a_day_to_ask_again_gets_the_one_that_is_usual(
    packets: PacketService, record: AuthorizationRecord
) -> None:
    sent = packets.sent(packets.gather(record.id), 14, Channel.FAX).value
    assert sent.request.next_action is not None
    assert sent.request.next_action > TODAY


def test_that_a_packet_is_saved_whole_or_told(packets: PacketService, tmp_path: Path) -> None:
    packets.save(b"%PDF", tmp_path / "packet-1.pdf")
    assert [each.name for each in tmp_path.glob("*.p*")] == ["packet-1.pdf"]
    (tmp_path / "taken.pdf").mkdir()
    with pytest.raises(ImportFileError, match=r"taken\.pdf cannot be written"):
        packets.save(b"%PDF", tmp_path / "taken.pdf")
    assert not list(tmp_path.glob(".*.part"))
    with pytest.raises(ImportFileError, match="cannot be written"):
        packets.save(b"%PDF", tmp_path / "nowhere" / "packet.pdf")


def test_that_the_coverage_of_the_payer_that_is_asked_is_the_one_that_is_told(
    packets: PacketService, requests: AuthorizationService, patients: PatientService
) -> None:
    patient = patients.add(a_patient(first="Ruth")).value
    patients.add_coverage(patient.id, a_coverage())
    patients.add_coverage(patient.id, a_coverage(payer="aetna", plan="PPO", member_id="W123", order=2))
    answer = Authorization(None, "aetna", AuthorizationStatus.DRAFT)
    record = requests.add(patient.id, answer, AuthorizationRequest(next_action=FOLLOW)).value
    assert packets.gather(record.id).facts["coverage.member_id"] == "W123"


@pytest.mark.parametrize(("relief", "state"), [(85.0, ItemState.PRESENT), (None, ItemState.MISSING)])
def test_that_the_payers_own_checklist_shows_results_and_counts_of_our_record(
    requests: AuthorizationService,
    history: HistoryService,
    transactions: Transactions,
    payers: PayerNames,
    clock: FixedClock,
    patient_id: str,
    relief: float | None,
    state: ItemState,
) -> None:
    history.add(patient_id, performed("2026-11-10", relief_percent=relief))
    record = draft(requests, patient_id, planned_for=PLANNED)
    catalog = shipped_rules().catalog
    wanted = catalog.checklist(
        "medicare", Family.FACET_INJECTION, Intent.DIAGNOSTIC, Approach.MEDIAL_BRANCH, True, PLANNED
    )
    with transactions.reading() as uow:
        chart = Chart.load(uow, patient_id)
    lines = PayerChecklist(ChecklistService(transactions, shipped_rules(), payers, clock))(record, chart, ())
    assert list(dict.fromkeys(line.id for line in lines)) == [item.id for item in wanted if item.stage == "request"]
    proofs = {item.id: item.satisfied_by.proof for item in wanted}
    assert {line.state for line in lines if proofs[line.id] is Proof.COUNT} == {ItemState.PRESENT}
    blocks = [line for line in lines if line.id.startswith("block")]
    assert blocks
    assert blocks[0].state is state
    assert ("11/10/2026, 85 %" in {line.detail for line in blocks}) is (relief is not None)
    score = "Pain score before and after the block on 11/10/2026 at L4-5 left"
    assert {line.state for line in blocks if line.label == score} == {ItemState.MISSING}
    states = {line.id: line.state for line in lines}
    assert (states["diagnosis"], states["planned-dates"]) == (ItemState.PRESENT, ItemState.PRESENT)
    assert states["provider-and-site"] is ItemState.MISSING


def test_that_a_repeated_ablation_shows_the_relief_of_the_last_ablation_and_not_that_of_a_block(
    requests: AuthorizationService,
    history: HistoryService,
    transactions: Transactions,
    payers: PayerNames,
    clock: FixedClock,
    patient_id: str,
) -> None:
    for event in (
        performed("2025-01-10", relief_percent=90.0),
        performed("2025-03-10", Family.FACET_ABLATION, relief_percent=70.0, relief_months=9.0),
        performed("2025-05-10", Family.FACET_ABLATION, "L4-L5 right", relief_percent=20.0),
    ):
        history.add(patient_id, event)
    record = draft(requests, patient_id, family=Family.FACET_ABLATION, intent=None, approach=None, planned_for=PLANNED)
    with transactions.reading() as uow:
        chart = Chart.load(uow, patient_id)
    lines = {
        line.id: line
        for line in PayerChecklist(ChecklistService(transactions, shipped_rules(), payers, clock))(record, chart, ())
    }
    assert lines["treatment-result"].detail == "03/10/2025, 70 % for 9 mo"


def test_that_a_request_for_trigger_points_names_its_regions_and_counts_them_alone(
    transactions: Transactions,
    requests: AuthorizationService,
    patients: PatientService,
    payers: PayerNames,
    clock: FixedClock,
) -> None:
    rules, patient_id = shipped_rules(), patients.add(a_patient()).value.id
    patients.add_coverage(patient_id, a_coverage(payer="cigna", plan="PPO", start=date(2024, 1, 1)))
    judged = PacketService(transactions, requests, rules.judge, payers, CODES, PROCEDURES, clock, None)
    given = {"family": Family.TRIGGER_POINT, "intent": None, "approach": None, "targets": (), "planned_for": PLANNED,
             "asked": (AskedLine("20552"),), "payer": "cigna"}  # fmt: skip
    with transactions.writing() as uow:
        for day, where in (("2026-06-10", BodyRegion.NECK), ("2026-07-20", BodyRegion.LOWER_BACK)):
            done = replace(performed(day, Family.TRIGGER_POINT), id=new_id(), targets=(), body_regions=(where,))
            uow.events.add(HistoryEntry(patient_id, done, Provenance(Origin.ENTRY, "Jo Diaz", clock.now())))
        uow.commit(Act("test", "event"))

    named = judged.gather(draft(requests, patient_id, body_regions=(BodyRegion.NECK,), **given).id)
    elsewhere = judged.gather(draft(requests, patient_id, body_regions=(BodyRegion.LEG,), **given).id)
    silent = judged.gather(draft(requests, patient_id, **given).id)

    assert named.title == "Trigger points neck"
    assert (named.facts["request.levels"], named.asked[0].where) == ("neck", "neck")
    assert silent.facts["request.levels"] == ""
    assert (named.counts_problem, silent.counts_problem) == ("", "")
    assert [row.used for row in named.counts][:1] == ["1 of 4 sessions used"]
    assert [row.used for row in elsewhere.counts][:1] == ["0 of 4 sessions used"]


def test_that_the_extension_of_a_request_keeps_its_regions(requests: AuthorizationService, patient_id: str) -> None:
    made = draft(requests, patient_id, family=Family.TRIGGER_POINT, targets=(), body_regions=(BodyRegion.NECK,))
    assert requests.get(made.id).request.body_regions == (BodyRegion.NECK,)
    assert extension_of(made, None, TODAY).request.body_regions == (BodyRegion.NECK,)
