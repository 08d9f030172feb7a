"""The pages of the window, in the order of the navigation: a new page is one line here."""

from __future__ import annotations

from tracker.ui.pages.audit_page import AuditPage
from tracker.ui.pages.authorizations_page import AuthorizationsPage
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.course_page import CoursePage
from tracker.ui.pages.expirations_page import ExpirationsPage
from tracker.ui.pages.find_page import FindPage
from tracker.ui.pages.import_page import ImportPage
from tracker.ui.pages.page import Page
from tracker.ui.pages.patient_page import PatientPage
from tracker.ui.pages.reports_page import ReportsPage
from tracker.ui.pages.rules_page import RulesPage
from tracker.ui.pages.schedule_page import SchedulePage
from tracker.ui.pages.settings_page import SettingsPage
from tracker.ui.pages.take_in_page import TakeInPage
from tracker.ui.pages.today_page import TodayPage

PAGES: tuple[type[Page], ...] = (
    TodayPage,
    AuthorizationsPage,
    ExpirationsPage,
    FindPage,
    SchedulePage,
    PatientPage,
    CheckPage,
    CoursePage,
    ImportPage,
    ReportsPage,
    RulesPage,
    AuditPage,
    TakeInPage,
    SettingsPage,
)
