"""Lists of 100,000 rows: their first page, and one step of the scroll bar with what it reads and paints."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from tests.benchmarks.figures import Figure, cpu_seconds, spread
from tests.benchmarks.large_clinic import TODAY, USER, StandingClock, write_clinic
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRecord, AuthorizationRequest
from tracker.domain.procedure import Family
from tracker.domain.worklist_query import WorkOrder
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services import Services
from tracker.services.audit.audit import PAGE as AUDIT_PAGE
from tracker.services.audit.audit import AuditFilter
from tracker.services.authorizations.worklist import FILTERS, PAGE
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.opening import open_services
from tracker.services.reports.shape import Cell, Nothing, Report, ReportColumn
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.identity import new_id
from tracker.storage.records import Act
from tracker.ui import theme
from tracker.ui.notifier import Notifier
from tracker.ui.pages.audit_page import AuditPage
from tracker.ui.pages.authorizations_page import AuthorizationsPage
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.preferences import Preferences
from tracker.ui.reports.report_table import ReportTable
from tracker.ui.tasks import TaskRunner
from tracker.ui.widgets.record_table import RecordTable

ROWS = {"small": 5_000, "full": 100_000}
PATIENTS = 1_000
FIRST_PAGES, FRAMES = 30, 200
PAGE_GOAL_MS, FRAME_GOAL_MS = 100.0, 10.0


def measure(scale: str) -> list[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        clinic, key, ids = write_clinic(folder / "clinic", PATIENTS)
        _fill(clinic, key, ids, ROWS[scale])
        services = open_services(clinic, key, catalog=load_catalog(resource_root()), clock=StandingClock(), user=USER)
        tasks = TaskRunner()
        context = PageContext(services, tasks, Notifier(), Preferences(folder / "preferences.ini"))
        try:
            pages = [*_first_pages(services, ROWS[scale]), *_frames(context, tasks, ROWS[scale])]
            return [*pages, *_report(tasks, ROWS[scale])]
        finally:
            tasks.shutdown()
            services.close()


def _fill(clinic: ClinicFolder, key: DataKey, ids: list[str], rows: int) -> None:
    """Put requests on file, and as many acts on record."""
    transactions = Transactions(Database.open(clinic.database, key.secret), StandingClock(), USER)
    answer = Authorization(None, "medicare", AuthorizationStatus.DRAFT)
    try:
        with transactions.writing() as uow:
            uow.bulk.add_requests(
                (
                    AuthorizationRecord(ids[number % len(ids)], replace(answer, id=new_id()), _request(number))
                    for number in range(rows)
                ),
                noted=False,
            )
            for number in range(rows):
                uow.commit(Act("change patient", "patient", ids[number % len(ids)]))
    finally:
        transactions.close()


def _request(number: int) -> AuthorizationRequest:
    day: date = TODAY + timedelta(days=number % 400 - 200)
    return replace(AuthorizationRequest(), family=Family.FACET_ABLATION, next_action=day, owner=f"Owner {number % 7}")


def _first_pages(services: Services, rows: int) -> list[Figure]:
    """Measure the first page and its count, as filters and orders ask for it."""
    worklist, audit = services.worklist, services.audit
    asked: dict[str, Callable[[], object]] = {
        "worklist, by due day": lambda: worklist.page("is:open", limit=PAGE),
        "worklist, by patient": lambda: worklist.page("is:open", WorkOrder.PATIENT, limit=PAGE),
        "worklist, one owner": lambda: worklist.page("owner:owner", limit=PAGE),
        "worklist, just after a writing": lambda: (_write(services), worklist.page("is:open", limit=PAGE)),
        "worklist, all counts just after a writing": lambda: (
            _write(services),
            worklist.counts(dict(FILTERS).values()),
        ),
        "audit": lambda: audit.page(AuditFilter(), offset=0, limit=AUDIT_PAGE),
        "audit, one person": lambda: audit.page(AuditFilter(by=USER.name), offset=0, limit=AUDIT_PAGE),
    }
    figures = []
    for name, ask in asked.items():
        ask()  # the first opens the connection and makes the statement
        samples = [cpu_seconds(ask) for _ in range(FIRST_PAGES)]
        figures += spread(f"first page of {rows:,}: {name} (processor)", samples, PAGE_GOAL_MS)
    return figures


def _write(services: Services) -> None:
    """Write something, so that nothing which was found before holds any more."""
    days = services.clinic_settings.reminders()
    services.clinic_settings.change_reminders(days)


def _frames(context: PageContext, tasks: TaskRunner, rows: int) -> list[Figure]:
    lists: dict[str, tuple[Page, Callable[[Page], RecordTable]]] = {
        "worklist": (AuthorizationsPage(context), lambda page: page.list.table),  # type: ignore[attr-defined]
        "audit": (AuditPage(context), lambda page: page.table),  # type: ignore[attr-defined]
    }
    figures = []
    for name, (page, table_of) in lists.items():
        page.resize(1264, 778)
        page.show()
        page.set_active(True)
        _settle(tasks)
        samples = _scrolled(table_of(page), tasks)
        figures += _median(f"scroll frame of {rows:,}: {name} (processor)", samples)
        page.deleteLater()
    return figures


def _report(tasks: TaskRunner, rows: int) -> list[Figure]:
    """Measure a list that is all in memory, as the reports, the history of a patient and what Find finds are."""
    report = _a_report(rows)
    shown: list[ReportTable] = []

    def show() -> None:
        shown.append(ReportTable(report))
        shown[-1].resize(1264, 778)
        shown[-1].show()
        _settle(tasks)

    first = cpu_seconds(show)
    figures = [Figure(f"first page of {rows:,}: report (processor)", first * 1000, "ms", PAGE_GOAL_MS)]
    return [*figures, *_median(f"scroll frame of {rows:,}: report (processor)", _scrolled(shown[-1], tasks))]


def _a_report(rows: int) -> Report:
    columns = (
        ReportColumn("Patient", strong=True), ReportColumn("Payer"), ReportColumn("Day", Cell.DAY),
        ReportColumn("Injections", Cell.COUNT), ReportColumn("Paid", Cell.MONEY), ReportColumn("Procedure"),
    )  # fmt: skip
    made = tuple(
        (f"Invented, Person {number:06}", f"Payer {number % 9}", TODAY - timedelta(days=number % 900), number % 7,
         number % 90_000, "Medial branch block")
        for number in range(rows)
    )  # fmt: skip
    made_at = StandingClock().now()
    return Report("bench", "Bench", (), columns, made, None, None, (), Nothing("", ""), False, "", "", made_at)


def _median(name: str, samples: list[float]) -> list[Figure]:
    middle, high = spread(name, samples, FRAME_GOAL_MS)
    return [replace(middle, goal=FRAME_GOAL_MS), replace(high, goal=None)]


def _scrolled(table: RecordTable, tasks: TaskRunner) -> list[float]:
    """Turn the wheel by three rows again and again; pages are read on the way."""
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    _settle(tasks)

    def frame() -> None:
        bar.setValue(bar.value() + 3)
        _settle(tasks)

    return [cpu_seconds(frame) for _ in range(FRAMES)]


def _settle(tasks: TaskRunner) -> None:
    """Run the event loop until every answer is delivered and painted."""
    while not tasks.is_idle():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()
