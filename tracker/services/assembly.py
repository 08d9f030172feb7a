"""Puts the services together over one open clinic: the only place that knows what each of them is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
    rules = rules or RulesInForce(catalog)
    with transactions.reading() as uow:
        rules.reload(uow)
    parts = _Parts(transactions, rules, PayerNames(catalog.payers), clock, catalog)

    def close() -> None:
        transactions.close()
        key.wipe()

    def reopen(fresh: DataKey) -> None:
        key.take(fresh)
        desk.settings()  # the first reading tells whether the key still fits the file

    desk = DeskService(transactions, parts.payers, catalog.procedures)
    settings = desk.settings()
    return Services(
        desk=desk,
        **_visits(parts),
        **_rules(parts),
        clinic=ClinicInfo(settings.name, settings.state, demo),
        user=transactions.user,
        clock=clock,
        on_close=close,
        on_reopen=reopen,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the services are made of."""

    transactions: Transactions
    rules: RulesInForce
    payers: PayerNames
    clock: Clock
    catalog: PolicyCatalog


def _visits(parts: _Parts) -> dict[str, Any]:
    """Return the services of patients and their visits, by name."""
    judge, payers, clock, transactions = parts.rules.judge, parts.payers, parts.clock, parts.transactions
    procedures, courses = parts.catalog.procedures, parts.catalog.courses
    return {
        "patients": PatientService(transactions, payers, clock),
        "history": HistoryService(transactions, payers, clock),
        "booking": BookingService(transactions, judge, payers, clock),
        "planning": PlanningService(transactions, judge, parts.rules.plan, payers, clock, courses),
        "schedule": ScheduleService(transactions, judge, payers, clock),
        "eligibility": EligibilityService(transactions, judge, clock),
        "what_if": WhatIfService(transactions, judge, payers, procedures, clock),
        "imports": ImportService(transactions, import_words(parts.catalog), clock),
        "recheck": RecheckService(transactions, parts.rules, clock),
    }


def _rules(parts: _Parts) -> dict[str, Any]:
    """Return the services that look at the rules themselves, and undo, which may change them."""
    transactions, rules = parts.transactions, parts.rules
    return {
        "library": LibraryService(transactions, rules, parts.catalog.procedures, parts.clock),
        "clinic_rules": ClinicRuleService(transactions, rules, parts.clock),
        "undo": UndoService(transactions, rules),
    }


def import_words(catalog: PolicyCatalog) -> ImportWords:
    """Return what import files may call payers, procedures and codes."""
    codes = {
        code.code: Meaning(code.family, None, code.approach, code.region)
        for code in catalog.codes.codes.values()
        if code.family is not None
    }
    return ImportWords.of(catalog.payers, catalog.procedures, codes)
