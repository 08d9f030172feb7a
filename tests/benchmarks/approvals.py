"""Authorizations: the first page of open items, alone and among as many that are closed; one booking matched."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from tests.benchmarks.figures import Figure, cpu_seconds, spread
from tests.benchmarks.large_clinic import TODAY, USER, StandingClock, write_clinic
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AskedLine, AuthorizationRecord, AuthorizationRequest, LogEntry, LogKind
from tracker.domain.coverage import Site
from tracker.domain.procedure import Family, Intent, parse_sites
from tracker.domain.proposal import Case, Proposal
from tracker.domain.verdict import CodeLine
from tracker.domain.worklist_query import WorkOrder
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.rules.approvals import Wanted, mismatches
from tracker.services.authorizations.worklist import FILTERS, PAGE, WorklistService
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.opening import open_services
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.identity import new_id
from tracker.storage.records import Act

OPEN = {"small": 2_000, "full": 20_000}
PATIENTS = {"small": 500, "full": 5_000}
PAGE_GOAL_MS, MATCH_GOAL_MS = 100.0, 1.0
PAGES, BOOKINGS, ON_FILE = 30, 500, 12
SITES = parse_sites(["L4-L5 left", "L5-S1 left"]).targets
_CLOSED = (
    AuthorizationStatus.APPROVED, AuthorizationStatus.PARTIALLY_APPROVED, AuthorizationStatus.DENIED,
    AuthorizationStatus.CANCELLED, AuthorizationStatus.NOT_REQUIRED,
)  # fmt: skip
_OPEN = (AuthorizationStatus.DRAFT, AuthorizationStatus.SUBMITTED, AuthorizationStatus.PENDED)


def measure(scale: str) -> list[Figure]:
    return [*_pages(scale, mixed=False), *_pages(scale, mixed=True), *_matching()]


def _pages(scale: str, *, mixed: bool) -> list[Figure]:
    rows = OPEN[scale]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        clinic, key, ids = write_clinic(Path(name) / "clinic", PATIENTS[scale])
        _fill(clinic, key, ids, rows, rows if mixed else 0)
        services = open_services(clinic, key, catalog=load_catalog(resource_root()), clock=StandingClock(), user=USER)
        try:
            among = f" among {2 * rows:,}" if mixed else ""
            return _first_pages(services.worklist, f"{rows:,} open{among}")
        finally:
            services.close()


def _first_pages(worklist: WorklistService, name: str) -> list[Figure]:
    asked: dict[str, Callable[[], object]] = {
        line: lambda line=line: worklist.page(line, limit=PAGE)  # type: ignore[misc]  # the loop's own line
        for _name, line in FILTERS
    }
    asked["is:open by patient"] = lambda: worklist.page("is:open", WorkOrder.PATIENT, limit=PAGE)
    asked["all counts"] = lambda: worklist.counts(line for _name, line in FILTERS)
    figures = []
    for what, ask in asked.items():
        ask()  # the first opens the connection and makes the statement
        samples = [cpu_seconds(ask) for _ in range(PAGES)]
        figures += spread(f"{name}: {what} (processor)", samples, PAGE_GOAL_MS)
    return figures


def _fill(clinic: ClinicFolder, key: DataKey, ids: list[str], waiting: int, closed: int) -> None:
    chance = random.Random(4)
    transactions = Transactions(Database.open(clinic.database, key.secret), StandingClock(), USER)
    try:
        with transactions.writing() as uow:
            uow.bulk.add_requests(_records(chance, ids, waiting, closed), noted=False)
            uow.commit(Act("bench", "clinic"))
    finally:
        transactions.close()


def _records(chance: random.Random, ids: list[str], waiting: int, closed: int) -> Iterator[AuthorizationRecord]:
    """Yield what waits and what is done with, as they come to a desk: one after the other, in no order."""
    kinds = [True] * waiting + [False] * closed
    chance.shuffle(kinds)
    for number, waits in enumerate(kinds):
        status = chance.choice(_OPEN if waits else _CLOSED)
        decided = TODAY - timedelta(days=chance.randrange(5, 700))
        answer = Authorization(
            f"A{number}" if status.grants else None, "medicare", status,
            submitted=None if status is AuthorizationStatus.DRAFT else decided - timedelta(days=6),
            decided=None if waits else decided,
            start=decided if status.grants else None,
            end=decided + timedelta(days=chance.choice((60, 90, 120))) if status.grants else None,
            lines=(AuthorizationLine("64635", 2, 0, SITES),) if status.grants else (),
            id=new_id(),
        )  # fmt: skip
        at = datetime.combine(decided, time(15), UTC)
        log = tuple(LogEntry(LogKind.NOTE, at, USER.name, "Asked again.") for _ in range(4))
        yield AuthorizationRecord(chance.choice(ids), answer, _request(chance, waits, at), log)


def _request(chance: random.Random, waits: bool, sent: datetime) -> AuthorizationRequest:
    return replace(
        AuthorizationRequest(),
        family=Family.FACET_ABLATION,
        targets=SITES,
        asked=(AskedLine("64635", 1, SITES), AskedLine("64636", 1, SITES, add_on=True)),
        submitted_at=sent,
        decide_by=sent + timedelta(days=7) if waits else None,
        next_action=TODAY + timedelta(days=chance.randrange(-60, 60)) if waits else None,
        owner=f"Owner {chance.randrange(7)}",
    )


def _matching() -> list[Figure]:
    """Match one booking of two codes with everything that a busy patient has on file."""
    day = TODAY + timedelta(days=9)
    lines = (CodeLine("64635", (), 1), CodeLine("64636", (), 1))
    wanted = Wanted(AuthorizationKind.PAYER, "plan", lines)
    proposal = Proposal(day, Family.FACET_ABLATION, Intent.THERAPEUTIC, targets=SITES)
    case = Case(as_of=TODAY, proposal=proposal, site=Site("KY", "22"), authorizations=_on_file(day))

    def match() -> None:
        for approval in case.authorizations:
            for line in lines:
                tuple(mismatches(approval, line, case, wanted))

    samples = [cpu_seconds(match) for _ in range(BOOKINGS)]
    return spread(f"one booking against {ON_FILE} approvals, all reasons (processor)", samples, MATCH_GOAL_MS)


def _on_file(day: date) -> tuple[Authorization, ...]:
    chance = random.Random(8)
    sides = (parse_sites(["L4-L5 left"]).targets, parse_sites(["L4-L5 right"]).targets, SITES, ())
    return tuple(
        Authorization(
            f"A{number}", "medicare", AuthorizationStatus.APPROVED,
            decided=day - timedelta(days=60), start=day - timedelta(days=60),
            end=day + timedelta(days=chance.randrange(-20, 60)),
            place_of_service=chance.choice((None, "22", "24")),
            lines=(AuthorizationLine("64635", 2, chance.randrange(3), chance.choice(sides)),
                   AuthorizationLine("64636", 1, 0, chance.choice(sides))),
        )
        for number in range(ON_FILE)
    )  # fmt: skip
