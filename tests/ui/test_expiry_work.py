"""Visits that the program holds by itself: after the re-check, told with an undo, and never in place of another's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import a_coverage, a_patient, a_request
from tests.fakes import FixedClock
from tests.ui.conftest import Settle
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRequest
from tracker.domain.booking import Booking, BookingStatus, Elsewhere
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.services import Services
from tracker.services.changes import Done, Kind
from tracker.ui.expiry_work import ExpiryWork
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.page import PageContext
from tracker.ui.rechecking import Rechecking

VISIT, END = date(2026, 12, 10), date(2026, 12, 20)
PLAN = "medicare-advantage"
