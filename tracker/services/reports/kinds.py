"""The reports in the order of their list: a new report is a file, and one line here."""

from __future__ import annotations

from tracker.services.reports.approvals import Approvals
from tracker.services.reports.audit_extract import AuditExtract
from tracker.services.reports.avoided import DenialsAvoided
from tracker.services.reports.call_list import CallList
from tracker.services.reports.claims import DeniedClaims
from tracker.services.reports.money_at_risk import MoneyAtRisk
from tracker.services.reports.overrides import Overrides
from tracker.services.reports.schedule_ahead import ScheduleAhead
from tracker.services.reports.sources import ReportKind
from tracker.services.reports.turnaround import AuthorizationTurnaround
from tracker.services.reports.unused_units import UnusedUnits


def report_kinds() -> tuple[ReportKind, ...]:
    """Return every report, in the words of the language in use."""
    return (
        DenialsAvoided(),
        Overrides(),
        AuthorizationTurnaround(),
        Approvals(),
        UnusedUnits(),
        ScheduleAhead(),
        CallList(),
        DeniedClaims(),
        MoneyAtRisk(),
        AuditExtract(),
    )
