"""Puts the services together over one open clinic: the only place that knows what each of them is made of."""

from __future__ import annotations

from functools import partial

from tracker.domain.clock import Clock
from tracker.exchange.formats import Meaning
from tracker.policies.catalog import PolicyCatalog
from tracker.services import ClinicInfo, Services
from tracker.services.booking import BookingService
from tracker.services.clinic_rules import ClinicRuleService
from tracker.services.desk import DeskService
from tracker.services.eligibility import EligibilityService
from tracker.services.history import HistoryService
from tracker.services.import_words import ImportWords
from tracker.services.imports import ImportService
from tracker.services.library import LibraryService
from tracker.services.patients import PatientService
from tracker.services.payers import PayerNames
from tracker.services.planning import PlanningService
from tracker.services.recheck import RecheckService
from tracker.services.rules_in_force import RulesInForce
from tracker.services.schedule import ScheduleService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.vault import DataKey
from tracker.services.what_if import WhatIfService


def assemble(
    transactions: Transactions, key: DataKey, catalog: PolicyCatalog, clock: Clock, *, demo: bool,
    rules: RulesInForce | None = None,
) -> Services:  # fmt: skip
    """Return every service over the file that `transactions` works on; closing them closes it and wipes the key.

    `rules`: the book that answers, where it is shared with somebody else.
    """
    payers = PayerNames(catalog.payers)
    rules = rules or RulesInForce(catalog)
    judge = rules.judge
    with transactions.reading() as uow:
        rules.reload(uow)
    desk = DeskService(transactions, payers, catalog.procedures)
    settings = desk.settings()
    return Services(
        patients=PatientService(transactions, payers, clock),
        history=HistoryService(transactions, payers, clock),
        booking=BookingService(transactions, judge, payers, clock),
        planning=PlanningService(transactions, judge, rules.plan, payers, clock, catalog.courses),
        schedule=ScheduleService(transactions, judge, payers, clock),
        eligibility=EligibilityService(transactions, judge, clock),
        what_if=WhatIfService(transactions, judge, payers, catalog.procedures, clock),
        desk=desk,
        imports=ImportService(transactions, import_words(catalog), clock),
        library=LibraryService(transactions, rules, catalog.procedures, clock),
        clinic_rules=ClinicRuleService(transactions, rules, clock),
        undo=UndoService(transactions, rules),
        recheck=RecheckService(transactions, rules, clock),
        clinic=ClinicInfo(settings.name, settings.state, demo),
        user=transactions.user,
        clock=clock,
        on_close=partial(_close, transactions, key),
        on_reopen=partial(_reopen, desk, key),
    )


def _close(transactions: Transactions, key: DataKey) -> None:
    transactions.close()
    key.wipe()


def _reopen(desk: DeskService, key: DataKey, fresh: DataKey) -> None:
    key.take(fresh)
    desk.settings()  # the first reading tells whether the key still fits the file


def import_words(catalog: PolicyCatalog) -> ImportWords:
    """Return what import files may call payers, procedures and codes."""
    codes = {
        code.code: Meaning(code.family, None, code.approach, code.region)
        for code in catalog.codes.codes.values()
        if code.family is not None
    }
    return ImportWords.of(catalog.payers, catalog.procedures, codes)
