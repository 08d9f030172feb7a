"""Puts the services together over one open clinic: the only place that knows what each of them is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from tracker import paths
from tracker.domain.clock import Clock
from tracker.exchange.formats import Meaning
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.pack_keys import PackKey
from tracker.services import ClinicInfo, Services
from tracker.services.answers.eligibility import EligibilityService
from tracker.services.answers.openings import OpeningService
from tracker.services.answers.what_if import WhatIfService
from tracker.services.audit.audit import AuditService
from tracker.services.audit.audit_chain import AuditChain
from tracker.services.authorizations.authorizations import AuthorizationService
from tracker.services.authorizations.expirations import ExpirationService
from tracker.services.authorizations.worklist import WorklistService
from tracker.services.checklists.checklists import ChecklistService
from tracker.services.clinic_file.backups import BackupService
from tracker.services.clinic_file.drafts import DraftService
from tracker.services.clinic_file.users import UserService
from tracker.services.clinic_file.vault import DataKey
from tracker.services.courses.planning import PlanningService
from tracker.services.desk.clinic_settings import ClinicSettingsService
from tracker.services.desk.denials import DenialService
from tracker.services.desk.desk import DeskService
from tracker.services.desk.money import MoneyService
from tracker.services.desk.plan_terms import PlanTermsService
from tracker.services.imports.import_words import ImportWords
from tracker.services.imports.imports import ImportService
from tracker.services.packets.packet import PacketService
from tracker.services.packets.packet_checklist import PayerChecklist
from tracker.services.packets.payer_papers import PayerPapers
from tracker.services.patients.conservative_care import ConservativeCareService
from tracker.services.patients.documents import DocumentService
from tracker.services.patients.due_tasks import DueTasks
from tracker.services.patients.history import HistoryService
from tracker.services.patients.overview import OverviewService
from tracker.services.patients.patients import PatientService
from tracker.services.patients.responses import ResponseService
from tracker.services.rechecks.expiry_holds import ExpiryHolds
from tracker.services.rechecks.recheck import RecheckService
from tracker.services.reports.service import ReportService
from tracker.services.reports.sources import Sources
from tracker.services.revisions import RevisionService
from tracker.services.rights import Rights
from tracker.services.rule_library.clinic_rules import ClinicRuleService
from tracker.services.rule_library.library import LibraryService
from tracker.services.rule_library.pack_trust import PackTrustService
from tracker.services.rule_library.packs import PackService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import BookingService
from tracker.services.visits.day_sheets import DaySheetService
from tracker.services.visits.pinboard import PinboardService
from tracker.services.visits.schedule import ScheduleService
from tracker.services.visits.slips import SlipService
from tracker.services.words.payers import PayerNames
from tracker.storage.keyfile import KdfCosts


def assemble(
    transactions: Transactions, key: DataKey, catalog: PolicyCatalog, clock: Clock, *, demo: bool,
    keys: tuple[PackKey, ...] = (), rules: RulesInForce | None = None, costs: KdfCosts | None = None,
) -> Services:  # fmt: skip
    """Return every service over the file that `transactions` works on; closing them closes it and wipes the key.

    `catalog` and `keys` are those that the program ships; the clinic may have taken newer rules in.
    `rules`: the book that answers, where it is shared with somebody else. `costs`: what a guess of a password costs.
    """
    rules, transactions = rules or RulesInForce(catalog, keys), transactions.guarded()
    parts = _Parts(transactions, rules, PayerNames(catalog.payers), clock)
    _look_again(parts)
    transactions.at_start = rules.keep_up
    desk = DeskService(transactions, parts.payers, catalog.procedures)
    imports = ImportService(transactions, import_words(catalog), clock)
    rules.follow(partial(_offer, parts.payers, desk, imports))
    settings, clinical = desk.settings(), _clinical(parts)
    made = {**_visits(parts), **_authorizations(parts, clinical), **clinical}
    made |= {**_reports(parts, made), **_rules(parts), **_choices(parts), **_people(parts, key, costs or KdfCosts())}
    made |= {"desk": desk, "imports": imports, "drafts": DraftService(transactions, clock)}
    made["rights"].guard(made)
    return Services(
        day_sheets=DaySheetService(transactions, made["schedule"], desk, clock),
        revisions=RevisionService(transactions, clock),
        slips=SlipService(transactions, clock, paths.resource_root() / "languages"),
        **made,
        clinic=ClinicInfo(settings.name, settings.state, demo),
        user=transactions.user,
        clock=clock,
        on_close=partial(_close, transactions, key),
        on_reopen=partial(_reopen, key, desk),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the services are made of."""

    transactions: Transactions
    rules: RulesInForce
    payers: PayerNames
    clock: Clock


def _visits(parts: _Parts) -> dict[str, Any]:
    """Return the services of patients and their visits, by name."""
    judge, payers, clock, transactions = parts.rules.judge, parts.payers, parts.clock, parts.transactions
    procedures, courses = parts.rules.catalog.procedures, parts.rules.catalog.courses
    return {
        "patients": PatientService(transactions, payers, clock),
        "history": HistoryService(transactions, payers, clock),
        "booking": BookingService(transactions, judge, payers, clock, parts.rules.lead_days, parts.rules.units_in_use),
        "planning": PlanningService(transactions, judge, parts.rules.plan, payers, clock, courses),
        "schedule": ScheduleService(transactions, judge, payers, clock),
        "overview": OverviewService(transactions, parts.rules, payers, clock),
        "openings": OpeningService(transactions, judge, clock),
        "pinboard": PinboardService(transactions, judge, clock),
        "eligibility": EligibilityService(transactions, parts.rules.judges, clock),
        "what_if": WhatIfService(transactions, judge, payers, procedures, clock),
        "recheck": RecheckService(transactions, parts.rules, clock),
    }


def _clinical(parts: _Parts) -> dict[str, Any]:
    """Return the services of what has to be on file for a request, and of what payers did not pay."""
    transactions, rules, payers, clock = parts.transactions, parts.rules, parts.payers, parts.clock
    documents = DocumentService(transactions, clock)
    return {
        "documents": documents,
        "responses": ResponseService(transactions, payers, clock),
        "care": ConservativeCareService(transactions, clock),
        "denials": DenialService(transactions, rules, clock),
        "checklists": ChecklistService(transactions, rules, payers, clock, documents),
        "due_tasks": DueTasks(transactions, clock),
        "money": MoneyService(transactions, rules, payers, clock),
    }


def _reports(parts: _Parts, made: dict[str, Any]) -> dict[str, Any]:
    """Return the services that look back: reports, made from what the others answer, and the record of acts."""
    audit = AuditService(parts.transactions, parts.clock)
    read = {name: made[name] for name in ("schedule", "eligibility", "expirations", "denials", "money")}
    sources = Sources(parts.transactions, parts.rules, parts.payers, parts.clock, audit=audit, **read)
    return {"audit": audit, "reports": ReportService(sources)}


def _rules(parts: _Parts) -> dict[str, Any]:
    """Return the services that look at the rules themselves, and undo, which may change them."""
    transactions, rules = parts.transactions, parts.rules
    return {
        "library": LibraryService(transactions, rules, rules.catalog.procedures, parts.clock),
        "clinic_rules": ClinicRuleService(transactions, rules, parts.clock),
        "packs": PackService(transactions, rules, parts.payers, parts.clock),
        "pack_trust": PackTrustService(transactions, rules, parts.clock),
        "undo": UndoService(transactions, partial(_look_again, parts)),
    }


def _close(transactions: Transactions, key: DataKey) -> None:
    transactions.close()
    key.wipe()


def _reopen(key: DataKey, desk: DeskService, fresh: DataKey) -> None:
    key.take(fresh)
    desk.settings()  # the first reading tells whether the key still fits the file


def _choices(parts: _Parts) -> dict[str, Any]:
    """Return the services of what the clinic decides for itself."""
    transactions = parts.transactions
    return {
        "clinic_settings": ClinicSettingsService(transactions, parts.clock),
        "plan_terms": PlanTermsService(transactions, parts.payers, parts.clock),
    }


def _people(parts: _Parts, key: DataKey, costs: KdfCosts) -> dict[str, Any]:
    """Return the services of those who work here: what they may do, and their passwords, and backups."""
    rights = Rights(parts.transactions)
    users = UserService(parts.transactions, key, rights, parts.clock, costs)
    backups = BackupService(parts.transactions, key, parts.clock)
    chain = AuditChain(parts.transactions, backups)
    return {"rights": rights, "users": users, "backups": backups, "audit_chain": chain}


def _look_again(parts: _Parts) -> None:
    """Answer by the rules, and offer the payers, that are on file now."""
    with parts.transactions.reading() as uow:
        parts.rules.reload(uow)
        parts.payers.take_choices(uow.clinic.settings())


def _offer(payers: PayerNames, desk: DeskService, imports: ImportService, book: PolicyCatalog) -> None:
    """Let the screens offer what this book knows."""
    payers.use(book.payers)
    desk.use(book.procedures)
    imports.use(import_words(book))


def _authorizations(parts: _Parts, clinical: dict[str, Any]) -> dict[str, Any]:
    """Return the services behind requests to payers, and behind what is sent with them."""
    transactions, rules, payers, clock = parts.transactions, parts.rules, parts.payers, parts.clock
    authorizations = AuthorizationService(transactions, rules, payers, clock)
    codes, procedures, checklist = rules.catalog.codes, rules.catalog.procedures, PayerChecklist(clinical["checklists"])
    return {
        "authorizations": authorizations,
        "worklist": WorklistService(transactions, payers, clock),
        "expirations": ExpirationService(transactions, rules, payers, clock),
        "expiry_holds": ExpiryHolds(transactions, rules, clock),
        "packets": PacketService(
            transactions, authorizations, rules.judge, payers, codes, procedures, clock, checklist
        ),
        "papers": PayerPapers(transactions, payers, clock, (transactions.folder, paths.resource_root())),
    }


def import_words(catalog: PolicyCatalog) -> ImportWords:
    """Return what import files may call payers, procedures and codes."""
    codes = {
        code.code: Meaning(code.family, None, code.approach, code.region)
        for code in catalog.codes.codes.values()
        if code.family is not None
    }
    return ImportWords.of(catalog.payers, catalog.procedures, codes)
