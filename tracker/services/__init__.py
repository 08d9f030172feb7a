"""The use cases of the desk, one class per noun, bundled for the screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the sign-in window imports this package: nothing may load that it does not need
    from tracker.domain.clock import Clock
    from tracker.domain.patient import User
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
    from tracker.services.imports.imports import ImportService
    from tracker.services.packets.packet import PacketService
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
    from tracker.services.revisions import RevisionService
    from tracker.services.rights import Rights
    from tracker.services.rule_library.clinic_rules import ClinicRuleService
    from tracker.services.rule_library.library import LibraryService
    from tracker.services.rule_library.pack_trust import PackTrustService
    from tracker.services.rule_library.packs import PackService
    from tracker.services.undo import UndoService
    from tracker.services.visits.booking import BookingService
    from tracker.services.visits.day_sheets import DaySheetService
    from tracker.services.visits.pinboard import PinboardService
    from tracker.services.visits.schedule import ScheduleService
    from tracker.services.visits.slips import SlipService


@dataclass(frozen=True, slots=True)
class ClinicInfo:
    """Which clinic is open; the demo clinic is marked everywhere."""

    name: str
    state: str
    demo: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # nobody asks for either, and making them takes time
class Services:
    """Everything that the screens may call, over one open clinic."""

    patients: PatientService
    history: HistoryService
    responses: ResponseService
    care: ConservativeCareService
    denials: DenialService
    checklists: ChecklistService
    due_tasks: DueTasks
    money: MoneyService
    booking: BookingService
    planning: PlanningService
    schedule: ScheduleService
    openings: OpeningService
    pinboard: PinboardService
    drafts: DraftService
    overview: OverviewService
    day_sheets: DaySheetService
    slips: SlipService
    eligibility: EligibilityService
    what_if: WhatIfService
    desk: DeskService
    authorizations: AuthorizationService
    documents: DocumentService
    packets: PacketService
    papers: PayerPapers
    worklist: WorklistService
    expirations: ExpirationService
    expiry_holds: ExpiryHolds
    imports: ImportService
    library: LibraryService
    clinic_rules: ClinicRuleService
    packs: PackService
    pack_trust: PackTrustService
    undo: UndoService
    recheck: RecheckService
    reports: ReportService
    revisions: RevisionService
    audit: AuditService
    clinic_settings: ClinicSettingsService
    plan_terms: PlanTermsService
    users: UserService
    rights: Rights
    backups: BackupService
    audit_chain: AuditChain
    clinic: ClinicInfo
    user: User
    clock: Clock
    on_close: Callable[[], None] = field(repr=False)
    on_reopen: Callable[[DataKey], None] = field(repr=False)

    def close(self) -> None:
        """Close the clinic's file and wipe its key."""
        self.on_close()

    def reopen(self, key: DataKey) -> None:
        """Work on after `close`, with the key unlocked anew. Raises VaultError when it does not open the file."""
        self.on_reopen(key)
