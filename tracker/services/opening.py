"""Opens a clinic: its file, and every service over it. Loads the database library when it is called, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.clock import Clock
from tracker.domain.patient import User
from tracker.services import ClinicInfo, Services
from tracker.services.vault import DEMO_FOLDER, ClinicFolder, DataKey

if TYPE_CHECKING:
    from tracker.domain.procedure import ProcedureChoice
    from tracker.domain.proposal import Case
    from tracker.domain.verdict import Verdict
    from tracker.policies.catalog import PolicyCatalog


def open_services(
    folder: ClinicFolder,
    key: DataKey,
    *,
    catalog: PolicyCatalog,
    clock: Clock,
    user: User,
    procedures: tuple[ProcedureChoice, ...] = (),
) -> Services:
    """Open and migrate the clinic's file. Raises VaultError when it is damaged, another's, or of a newer program."""
    from tracker.rules import evaluate
    from tracker.services.booking import BookingService
    from tracker.services.desk import DeskService
    from tracker.services.eligibility import EligibilityService
    from tracker.services.history import HistoryService
    from tracker.services.imports import ImportService
    from tracker.services.patients import PatientService
    from tracker.services.payers import PayerNames
    from tracker.services.schedule import ScheduleService
    from tracker.services.transactions import Transactions
    from tracker.services.undo import UndoService
    from tracker.storage.database import Database

    transactions = Transactions(Database.open(folder.database, key.secret), clock, user)
    payers = PayerNames(catalog.payers)

    def judge(case: Case) -> Verdict:
        return evaluate(case, catalog)

    def close() -> None:
        transactions.close()
        key.wipe()

    desk = DeskService(transactions, payers, procedures)
    settings = desk.settings()
    return Services(
        patients=PatientService(transactions, payers, clock),
        history=HistoryService(transactions, payers, clock),
        booking=BookingService(transactions, judge, payers, clock),
        schedule=ScheduleService(transactions, judge, payers, clock),
        eligibility=EligibilityService(transactions, judge, clock),
        desk=desk,
        imports=ImportService(transactions, catalog, clock),
        undo=UndoService(transactions),
        clinic=ClinicInfo(settings.name, settings.state, demo=folder.path.name == DEMO_FOLDER),
        user=user,
        clock=clock,
        on_close=close,
    )
