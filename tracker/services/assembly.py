"""Puts the services together over one open clinic: the only place that knows what each of them is made of."""

from __future__ import annotations

from tracker.domain.clock import Clock
from tracker.exchange.formats import Meaning
from tracker.policies.catalog import PolicyCatalog
from tracker.services import ClinicInfo, Services
from tracker.services.authorizations import AuthorizationService
from tracker.services.booking import BookingService
from tracker.services.desk import DeskService
from tracker.services.eligibility import EligibilityService
from tracker.services.expirations import ExpirationService
from tracker.services.history import HistoryService
from tracker.services.import_words import ImportWords
from tracker.services.imports import ImportService
from tracker.services.patients import PatientService
from tracker.services.payers import PayerNames
from tracker.services.rules_in_force import RulesInForce
from tracker.services.schedule import ScheduleService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.vault import DataKey
from tracker.services.what_if import WhatIfService
from tracker.services.worklist import WorklistService


def assemble(transactions: Transactions, key: DataKey, catalog: PolicyCatalog, clock: Clock, *, demo: bool) -> Services:
    """Return every service over the file that `transactions` works on; closing them closes it and wipes the key."""
    payers = PayerNames(catalog.payers)
    rules = RulesInForce(catalog)
    judge = rules.judge

    def close() -> None:
        transactions.close()
        key.wipe()

    def reopen(fresh: DataKey) -> None:
        key.take(fresh)
        desk.settings()  # the first reading tells whether the key still fits the file

    desk = DeskService(transactions, payers, catalog.procedures)
    settings = desk.settings()
    return Services(
        patients=PatientService(transactions, payers, clock),
        history=HistoryService(transactions, payers, clock),
        booking=BookingService(transactions, judge, payers, clock),
        schedule=ScheduleService(transactions, judge, payers, clock),
        eligibility=EligibilityService(transactions, judge, clock),
        what_if=WhatIfService(transactions, judge, payers, catalog.procedures, clock),
        desk=desk,
        authorizations=AuthorizationService(transactions, rules, payers, clock),
        worklist=WorklistService(transactions, payers, clock),
        expirations=ExpirationService(transactions, rules, payers, clock),
        imports=ImportService(transactions, import_words(catalog), clock),
        undo=UndoService(transactions),
        clinic=ClinicInfo(settings.name, settings.state, demo),
        user=transactions.user,
        clock=clock,
        on_close=close,
        on_reopen=reopen,
    )


def import_words(catalog: PolicyCatalog) -> ImportWords:
    """Return what import files may call payers, procedures and codes."""
    codes = {
        code.code: Meaning(code.family, None, code.approach, code.region)
        for code in catalog.codes.codes.values()
        if code.family is not None
    }
    return ImportWords.of(catalog.payers, catalog.procedures, codes)
