"""One use case's dealings with the file: repositories on one transaction, saved whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from tracker.storage.act_chain import ChainReader
from tracker.storage.acts import ActRepository, Stamp
from tracker.storage.audit import AuditReader
from tracker.storage.authorizations import AuthorizationRepository
from tracker.storage.bookings import BookingRepository
from tracker.storage.bulk import BulkWriter
from tracker.storage.claim_denials import ClaimDenialRepository
from tracker.storage.clinic import ClinicRepository
from tracker.storage.clinic_rules import ClinicRuleRepository
from tracker.storage.clinical import ChecklistMarkRepository, ConservativeCareRepository, ResponseRepository
from tracker.storage.coming import ComingVisits
from tracker.storage.courses import CourseRepository
from tracker.storage.database import Database
from tracker.storage.documents import DocumentRepository
from tracker.storage.drafts import DraftRepository
from tracker.storage.events import EventRepository
from tracker.storage.figures import Figures
from tracker.storage.ledger import Ledger
from tracker.storage.packs import PackRepository
from tracker.storage.patients import PatientRepository
from tracker.storage.pins import PinRepository
from tracker.storage.recent_acts import RecentActs
from tracker.storage.records import Act
from tracker.storage.requests import RequestRepository
from tracker.storage.standings import StandingRepository
from tracker.storage.tasks import TaskRepository
from tracker.storage.users import UserRepository
from tracker.storage.worklist import WorklistRepository


class UnitOfWork:
    """`with` block around one transaction. Leaving it without `commit` rolls everything back."""

    def __init__(
        self,
        database: Database,
        stamp: Callable[[], Stamp] | None = None,
        at_start: Callable[[UnitOfWork], object] | None = None,
    ) -> None:
        self._database = database
        self._stamp = stamp
        self._at_start = at_start
        self._committed = False

    def __enter__(self) -> Self:
        self._transaction: AbstractContextManager[Connection] = self._database.transaction(
            write=self._stamp is not None
        )
        connection = self._connection = self._transaction.__enter__()
        ledger = self._ledger = Ledger(connection)
        self.patients = PatientRepository(ledger)
        self.events = EventRepository(ledger)
        self.bookings = BookingRepository(ledger, self.events)
        self.authorizations = AuthorizationRepository(ledger)
        self.requests = RequestRepository(ledger)
        self.documents = DocumentRepository(ledger)
        self.clinic = ClinicRepository(ledger)
        self.clinic_rules = ClinicRuleRepository(ledger)
        self.responses = ResponseRepository(ledger)
        self.care = ConservativeCareRepository(ledger)
        self.marks = ChecklistMarkRepository(ledger)
        self.denials = ClaimDenialRepository(ledger)
        self.coming = ComingVisits(ledger, self.authorizations, self.bookings)
        self.recent_acts = RecentActs(ledger)
        self.standings = StandingRepository(ledger)
        self.tasks = TaskRepository(ledger)
        self.courses = CourseRepository(ledger)
        self.worklist = WorklistRepository(ledger)
        self.packs = PackRepository(ledger)
        self.pins = PinRepository(ledger)
        self.drafts = DraftRepository(ledger)
        self.users = UserRepository(ledger)
        self.acts = ActRepository(ledger, self._database.chain_key())
        self.chain = ChainReader(connection, self._database.chain_key())
        self.audit = AuditReader(ledger)
        self.figures = Figures(ledger)
        self.bulk = BulkWriter(ledger)
        try:
            if self._at_start is not None:
                self._at_start(self)
        except BaseException as error:
            self._transaction.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def commit(self, act: Act) -> str:
        """Add the act to the record and return its id; the block's end saves it with the data, or neither."""
        if self._stamp is None:
            raise RuntimeError("a reading unit of work cannot commit")
        self._committed = True
        return self.acts.add(act, self._stamp())

    @contextmanager
    def part(self) -> Iterator[None]:
        """One act of several in this transaction: where it raises, it alone is taken back."""
        try:
            with self._database.part(self._connection):
                yield
        except BaseException:
            self._ledger.take_changes()
            raise

    def keep(self) -> None:
        """Save records that no person made and none takes back (how visits stood); they leave no act."""
        if self._stamp is None:
            raise RuntimeError("a reading unit of work keeps nothing")
        if self.acts.has_changes():
            raise RuntimeError("what a person did must be committed with its act")
        self._committed = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        if error is None and not self._committed:
            with suppress(_Leaving):
                self._transaction.__exit__(_Leaving, _Leaving(), None)
            return None
        return self._transaction.__exit__(kind, error, trace)


class _Leaving(Exception):
    """Makes the transaction roll back when a block ends without commit."""
