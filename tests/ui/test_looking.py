"""Behaviour of coming back to a page: nothing is read again unless somebody wrote, here or at another desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.fakes import FixedClock
from tests.fixtures import CHEAP
from tests.ui.conftest import Settle
from tracker.domain.patient import Provider
from tracker.policies import PolicyCatalog
from tracker.services import Services
from tracker.services.assembly import assemble
from tracker.services.changes import Changes
from tracker.services.clinic_file.vault import DataKey
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.ui.looking import Looking
from tracker.ui.pages.audit_page import AuditPage
from tracker.ui.pages.authorizations_page import AuthorizationsPage
from tracker.ui.pages.expirations_page import ExpirationsPage
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.pages.rules_page import RulesPage
from tracker.ui.pages.schedule_page import SchedulePage
from tracker.ui.pages.today_page import TodayPage

READS = {
    TodayPage: "schedule.day", SchedulePage: "schedule.span", AuthorizationsPage: "worklist.page",
    ExpirationsPage: "expirations.list", AuditPage: "audit.page", RulesPage: "library.look",
}  # fmt: skip
Visit = Callable[[], int]


def write(services: Services) -> None:
    services.desk.add_provider(Provider("Ada Invented, MD", "Invented"))


@pytest.fixture
def parent(qapp: object) -> QObject:
    return QObject()


@pytest.fixture
def reads() -> list[int]:
    return []


@pytest.fixture
def looking(context: PageContext, parent: QObject, reads: list[int], settle: Settle) -> Looking:
    made = Looking(context, lambda: reads.append(1), parent, keeps=timedelta(minutes=5))
    made.visit()
    settle()
    assert len(reads) == 1
    return made


@pytest.fixture(params=READS, ids=lambda kind: kind.id)
def visit(
    request: pytest.FixtureRequest, qtbot: QtBot, context: PageContext, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> Visit:
    """Bring a page to the front, let it be left again, and tell how often it read its records."""
    name, method = READS[request.param].split(".")
    service, calls = getattr(context.services, name), []
    read = getattr(service, method)
    monkeypatch.setattr(service, method, lambda *given, **named: (calls.append(1), read(*given, **named))[1])
    page: Page = request.param(context)
    qtbot.addWidget(page)

    def come() -> int:
        calls.clear()
        page.set_active(True)
        settle()
        page.set_active(False)
        return len(calls)

    return come


def test_that_a_page_reads_when_it_is_first_opened_and_not_again_while_nothing_was_written(visit: Visit) -> None:
    assert visit()
    assert visit() == 0
    assert visit() == 0


def test_that_a_page_reads_again_what_was_written_without_a_word(visit: Visit, services: Services) -> None:
    visit()
    write(services)
    assert visit()
    assert visit() == 0


def test_that_a_page_that_was_told_of_a_change_reads_once(
    visit: Visit, services: Services, context: PageContext
) -> None:
    visit()
    write(services)
    context.notifier.publish(Changes.everything())
    assert visit() == 1
    assert visit() == 0


def test_that_what_another_desk_wrote_is_read(
    looking: Looking, reads: list[int], settle: Settle, database: Database, catalog: PolicyCatalog,
    data_key: DataKey, clock: FixedClock, services: Services,
) -> None:  # fmt: skip
    other = Transactions(Database.open(database.path, data_key.secret), clock, services.user)
    try:
        write(assemble(other, data_key, catalog, clock, demo=False, costs=CHEAP))
    finally:
        other.close()
    looking.visit()
    settle()
    assert len(reads) == 2


def test_that_another_day_and_the_end_of_what_keeps_are_read(
    looking: Looking, reads: list[int], settle: Settle, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, today = clock.now(), clock.today()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=5))
    looking.visit()
    settle()
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=1))
    looking.visit()
    settle()
    assert len(reads) == 3


def test_that_what_could_not_be_read_is_asked_for_again(looking: Looking, reads: list[int], settle: Settle) -> None:
    looking.forget()
    looking.visit()
    settle()
    assert len(reads) == 2


def test_that_a_change_that_the_page_reads_by_itself_is_not_read_a_second_time(
    looking: Looking, reads: list[int], settle: Settle, services: Services
) -> None:
    write(services)
    looking.note()
    looking.visit()
    settle()
    assert len(reads) == 1


def test_that_the_revision_goes_on_after_the_file_was_closed(database: Database) -> None:
    before = database.revision()
    assert database.revision() == before
    database.close()
    assert database.revision() != before
