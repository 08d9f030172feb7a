"""Walks every page and dialog of the demo clinic as somebody does who hears it, or uses no mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tests.ui import screens
from tests.ui.faults import faults, hidden, out_of_order, ringless, stops, unvisited
from tracker.domain.checklist_state import Checklist, ChecklistRow
from tracker.domain.course import CourseStep
from tracker.domain.errors import VaultError
from tracker.domain.event import EventStatus
from tracker.domain.patient import Patient
from tracker.domain.procedure import Family
from tracker.domain.recovery_code import RecoveryCode
from tracker.domain.roles import Role
from tracker.services.entries import EventRow
from tracker.services.library_views import RuleView
from tracker.services.patients import PatientRecord
from tracker.services.plan_terms import PayerRow
from tracker.services.schedule import TaskRow
from tracker.services.users import UserRow
from tracker.ui import theme
from tracker.ui.check.override_dialog import OverrideDialog
from tracker.ui.clinical.checklist_dialog import ChecklistDialog
from tracker.ui.clinical.checklist_panel import ChecklistSubject
from tracker.ui.course.on_file import OnFile
from tracker.ui.course.step_dialog import StepDialog
from tracker.ui.dialogs.care_dialog import CareDialog
from tracker.ui.dialogs.close_task_dialog import CloseTaskDialog
from tracker.ui.dialogs.coverage_dialog import CoverageDialog
from tracker.ui.dialogs.denial_dialog import DenialDialog
from tracker.ui.dialogs.event_dialog import EventDialog
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.dialogs.payer_dialog import PayerDialog
from tracker.ui.dialogs.provider_dialog import ProviderDialog
from tracker.ui.dialogs.remove_event_dialog import RemoveEventDialog
from tracker.ui.dialogs.response_dialog import ResponseDialog
from tracker.ui.dialogs.site_dialog import SiteDialog
from tracker.ui.dialogs.tick_dialog import TickDialog
from tracker.ui.failure_dialogs import CrashDialog, FailureDialog
from tracker.ui.help.help_window import show_help
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.page import CheckStart, PageContext, PatientStart
from tracker.ui.pages.rules_page import RulesPage
from tracker.ui.pages.settings_page import PANELS
from tracker.ui.paper.attach_dialog import AttachDialog
from tracker.ui.paper.packet_acts import RequestChoice
from tracker.ui.paper.papers_dialog import PapersDialog
from tracker.ui.patient.patient_body import AUDIT, AUTHORIZATIONS, COVERAGE, DOCUMENTS, INJECTIONS, SUMMARY
from tracker.ui.rules.small_dialogs import ConfirmDialog, SwitchOffDialog
from tracker.ui.settings.amounts_panel import AmountDialog
from tracker.ui.settings.days_panel import ClosedDayDialog
from tracker.ui.settings.plan_dialogs import PlanNamesDialog, PlanTermsDialog
from tracker.ui.settings.recovery_dialog import RecoveryDialog
from tracker.ui.settings.user_dialogs import NewUserDialog, PasswordDialog, RemoveUserDialog, RoleDialog
from tracker.ui.theme.status import Status
from tracker.ui.worklist.request_dialog import RequestDialog, RequestOnFile, read_request

Reach = Callable[[MainWindow], object]


@pytest.fixture(autouse=True)
def app(qapp: QApplication) -> QApplication:
    """Keep the one window of this module from test to test."""
    return qapp


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    screens.PAUSE_SECONDS = 0.1  # pictures wait for what comes late; here a settled clinic is enough
    theme.apply(qapp, "light", percent=theme.USUAL_PERCENT, density="comfortable")
    shown = screens.open_demo(qapp, tmp_path_factory.mktemp("demo"))
    yield shown
    shown.context.tasks.shutdown()
    shown.context.services.close()
    shown.deleteLater()


PARTS = (SUMMARY, INJECTIONS, AUTHORIZATIONS, COVERAGE, DOCUMENTS, AUDIT)


def page(page_id: str, what: object = None) -> Reach:
    return lambda window: window.open_page(page_id, what)


def part(name: str) -> Reach:
    def reach(window: MainWindow) -> None:
        found = window.context.services.patients.find("kowalski")
        window.open_page("patient", PatientStart(found[0].patient.id, name))

    return reach


def change_a_visit(window: MainWindow) -> None:
    """Open a visit of today as E opens it."""
    row = next(row for row in window.context.services.schedule.day(screens.DAY).rows if row.booking.status.open)
    window.open_page("check", CheckStart(booking_id=row.booking.id, change=True))


SCREENS: dict[str, Reach] = {
    "today": page("today"),
    "authorizations": page("authorizations"),
    "expirations": page("expirations"),
    "find nobody": page("find", ""),
    "find": page("find", "ka"),
    "schedule day": page("schedule", "day"),
    "schedule week": page("schedule", "week"),
    "schedule month": screens.show_month,
    **{f"patient {name}": part(name) for name in PARTS},
    "check and book": screens.show_check,
    "change a visit": change_a_visit,
    "course": screens.show_course,
    "import": page("import"),
    "take in": page("take-in"),
    **{f"report {each}": page("reports", each) for each in ("turnaround", "avoided")},
    "rules": screens.show_rules,
    "audit": page("audit"),
    **{f"settings {panel.id}": page("settings", panel.id) for panel in PANELS},
}


@pytest.fixture(params=SCREENS.values(), ids=SCREENS.keys())
def screen(request: pytest.FixtureRequest, window: MainWindow, qapp: QApplication) -> MainWindow:
    """The window with one screen in front, as large as most have it."""
    window.resize(1440, 900)
    window.activateWindow()
    reach: Reach = request.param
    reach(window)
    settle(window)
    return window


def settle(window: MainWindow) -> None:
    app = cast(QApplication, QApplication.instance())
    for _turn in range(20):
        app.processEvents()
        if window.context.tasks.is_idle():
            app.processEvents()
            if window.context.tasks.is_idle():
                return
        QTest.qWait(20)
    screens.settle(app, window)


def test_that_everything_on_a_screen_can_be_heard_and_hit_and_reached_by_tab_as_it_is_read(screen: MainWindow) -> None:
    visited = stops(screen)

    assert faults(screen) == []
    assert unvisited(screen, visited) == []
    assert out_of_order(screen, visited) == []
    assert ringless(screen, visited) == []


# --- dialogs ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Facts:
    """Somebody of the demo clinic, with what dialogs are opened over."""

    window: MainWindow
    record: PatientRecord
    done: EventRow
    request: RequestOnFile

    @property
    def context(self) -> PageContext:
        return self.window.context

    @property
    def patient(self) -> Patient:
        return self.record.patient


@pytest.fixture(scope="module")
def facts(window: MainWindow) -> Facts:
    services = window.context.services
    record = services.patients.get(services.patients.find("kowalski")[0].patient.id)
    done = next(row for row in record.events if row.event.status is EventStatus.PERFORMED)
    asked = services.worklist.page("").rows[0]
    return Facts(window, record, done, read_request(services, asked.id))


Make = Callable[[Facts], QDialog]


def act(reach: Reach, act_id: str) -> Make:
    """Open what an act of the menus opens on a screen."""

    def make(facts: Facts) -> QDialog:
        reach(facts.window)
        settle(facts.window)
        before = set(QApplication.topLevelWidgets())
        facts.window.registry.action(act_id).trigger()
        settle(facts.window)
        (dialog,) = [each for each in set(QApplication.topLevelWidgets()) - before if isinstance(each, QDialog)]
        return dialog

    return make


def a_rule(facts: Facts) -> RuleView:
    screens.show_rules(facts.window)
    settle(facts.window)
    view = cast(RulesPage, facts.window.current_page()).detail.view()
    assert view is not None
    return view


def a_checklist_line(facts: Facts) -> tuple[Checklist, ChecklistRow]:
    checklist = facts.context.services.checklists.for_request(facts.request.record.id)
    return checklist, next(row for row in checklist.rows if row.tickable)


def a_task(facts: Facts) -> TaskRow:
    return facts.context.services.schedule.day(screens.DAY).tasks[0]


def an_override(facts: Facts) -> QDialog:
    next_steps = facts.context.services.booking.next_steps
    return OverrideDialog(facts.patient, "RFA", Status.NO, "Not before 12/01", "Book", next_steps,
                          facts.context.tasks, facts.window)  # fmt: skip


DIALOGS: dict[str, Make] = {
    "palette": act(page("today"), "palette"),
    "keys": act(page("today"), "keys"),
    "help": lambda facts: show_help(facts.window, "answers"),
    "day sheet": act(page("today"), "day sheet"),
    "slip": act(page("today"), "slip"),
    "packet": act(page("authorizations"), "packet"),
    "patient": lambda facts: PatientDialog(facts.context, facts.window),
    "coverage": lambda facts: CoverageDialog(facts.context, facts.patient, facts.window),
    "injection": lambda facts: EventDialog(facts.context, facts.patient, facts.window, (), facts.done),
    "take out": lambda facts: RemoveEventDialog(facts.context, facts.patient, facts.done, facts.window),
    "denied claim": lambda facts: DenialDialog(facts.context, facts.patient, facts.done.event, facts.window),
    "response": lambda facts: ResponseDialog(facts.context, facts.patient, facts.done, facts.window),
    "care": lambda facts: CareDialog(facts.context, facts.patient, facts.window),
    "tick": lambda facts: TickDialog(facts.context, facts.patient, *a_checklist_line(facts), facts.window),
    "checklist": lambda facts: ChecklistDialog(
        facts.context, ChecklistSubject(facts.request.patient, facts.request.record.id), facts.window
    ),
    "documents": lambda facts: PapersDialog(facts.context, facts.request.record.id, facts.window),
    "attach": lambda facts: AttachDialog(facts.context, facts.patient, facts.window),
    "request": lambda facts: RequestDialog(facts.context, facts.request, facts.window),
    "which request": lambda facts: RequestChoice([facts.request.record] * 2, facts.context, facts.window),
    "task": lambda facts: CloseTaskDialog(facts.context, a_task(facts), facts.window),
    "override": an_override,
    "step": lambda facts: StepDialog(
        facts.context, OnFile(facts.patient, ()), CourseStep(Family.FACET_INJECTION, gap_days=14), 1, facts.window
    ),
    "rule": act(screens.show_rules, "rule E"),
    "rule off": lambda facts: SwitchOffDialog(facts.context, a_rule(facts), facts.window),
    "rule confirmed": lambda facts: ConfirmDialog(facts.context, a_rule(facts), facts.window),
    "new rule": act(screens.show_rules, "rule A"),
    "figures": act(screens.show_rules, "rules adopt"),
    "payer": lambda facts: PayerDialog(facts.context, facts.window),
    "provider": lambda facts: ProviderDialog(facts.context, facts.window),
    "site": lambda facts: SiteDialog(facts.context, facts.window),
    "amount": lambda facts: AmountDialog(facts.context, facts.window),
    "closed day": lambda facts: ClosedDayDialog(facts.context, facts.window),
    "user": lambda facts: NewUserDialog(facts.context, facts.window),
    "role": lambda facts: RoleDialog(facts.context, UserRow("Kim Oh", False, Role.VIEWER), facts.window),
    "my password": lambda facts: PasswordDialog(facts.context, facts.context.services.users.list()[0], facts.window),
    "a new password": lambda facts: PasswordDialog(facts.context, UserRow("Kim Oh", False), facts.window),
    "remove user": lambda facts: RemoveUserDialog(facts.context, UserRow("Kim Oh", False), facts.window),
    "recovery code": lambda facts: RecoveryDialog(facts.context, facts.window),
    "recovery code made": lambda facts: RecoveryDialog(facts.context, facts.window, code=RecoveryCode(bytes(20))),
    "plan names": lambda facts: PlanNamesDialog(facts.context, a_payer(facts), facts.window),
    "plan terms": lambda facts: PlanTermsDialog(facts.context, a_payer(facts), facts.window),
    "failure": lambda facts: FailureDialog(VaultError("The key file is missing."), facts.window),
    "crash": lambda facts: CrashDialog(ValueError(), facts.window),
}


def a_payer(facts: Facts) -> PayerRow:
    return facts.context.services.plan_terms.list()[0]


@pytest.fixture(params=DIALOGS.values(), ids=DIALOGS.keys())
def dialog(request: pytest.FixtureRequest, facts: Facts, qapp: QApplication) -> Iterator[QDialog]:
    facts.window.resize(1440, 900)
    make: Make = request.param
    made = make(facts)
    made.open()
    made.activateWindow()
    settle(facts.window)
    yield made
    made.done(0)
    made.deleteLater()
    settle(facts.window)


def test_that_everything_in_a_dialog_can_be_heard_and_reached_by_keys_and_escape_closes_it(
    dialog: QDialog, qapp: QApplication, window: MainWindow
) -> None:
    visited = stops(dialog)

    assert faults(dialog) == []
    assert unvisited(dialog, visited) == []
    assert out_of_order(dialog, visited) == []
    assert ringless(dialog, visited) == []
    for _press in range(2):  # a dialog in which something was typed asks once more
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# --- small and enlarged: what 1366 x 768 is at 200 % ------------------------------------------------------------------

ENLARGED = (683, 384 + 22)
"""The strip of the demo clinic takes a line that no other clinic gives to it."""

SMALL: dict[str, Reach] = {
    name: SCREENS[name]
    for name in ("today", "authorizations", "schedule day", "schedule month", f"patient {SUMMARY}", "check and book")
}


@pytest.fixture(scope="module")
def small_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """A window in which nothing wide was shown before: a page keeps the width that its last content asked for."""
    theme.apply(qapp, "light", percent=theme.USUAL_PERCENT, density="comfortable")
    shown = screens.open_demo(qapp, tmp_path_factory.mktemp("small"))
    yield shown
    shown.context.tasks.shutdown()
    shown.context.services.close()
    shown.deleteLater()


@pytest.mark.parametrize("reach", SMALL.values(), ids=SMALL.keys())
def test_that_what_has_the_focus_is_never_hidden_in_a_small_enlarged_window(
    reach: Reach, small_window: MainWindow
) -> None:
    window = small_window
    window.resize(*ENLARGED)
    window.activateWindow()
    reach(window)
    settle(window)

    covered = []
    visited = stops(window, each=lambda widget: covered.append(hidden(window, widget)))

    assert (window.width(), window.height()) == ENLARGED
    assert visited
    assert [line for line in covered if line] == []
    assert unvisited(window, visited) == []


@pytest.mark.parametrize("percent", [theme.USUAL_PERCENT, 125])
def test_that_every_page_fits_into_a_small_enlarged_window_after_a_wide_one(
    small_window: MainWindow, qapp: QApplication, percent: int
) -> None:
    window = small_window
    theme.apply(qapp, "light", percent=percent)
    wide = []
    for name, reach in SCREENS.items():
        window.resize(1440, 900)
        reach(window)
        settle(window)
        window.resize(*ENLARGED)
        settle(window)
        front = window.current_page()
        assert front is not None
        inner = front.layout()
        needs = inner.totalMinimumSize().width() if inner else 0
        if window.width() > ENLARGED[0] or needs > front.width():
            wide.append((name, window.width(), needs, front.width()))
    theme.apply(qapp, "light", percent=theme.USUAL_PERCENT)

    assert wide == []


def test_that_a_page_that_stood_in_a_high_window_does_not_keep_it_high_from_behind(small_window: MainWindow) -> None:
    window = small_window
    window.resize(1440, 900)
    for page in ("check", "rules"):
        window.open_page(page)
        settle(window)

    window.resize(*ENLARGED)
    settle(window)

    assert (window.width(), window.height()) == ENLARGED


@pytest.mark.parametrize("name", ["injection", "request", "coverage", "response", "documents", "task"])
def test_that_what_has_the_focus_is_never_hidden_in_a_dialog_over_a_small_window(name: str, facts: Facts) -> None:
    facts.window.resize(*ENLARGED)
    dialog = DIALOGS[name](facts)
    dialog.open()
    dialog.activateWindow()
    settle(facts.window)

    covered: list[str] = []
    visited = stops(dialog, each=lambda widget: covered.append(hidden(dialog, widget)))

    assert dialog.height() <= ENLARGED[1]
    assert visited
    assert [line for line in covered if line] == []
    dialog.done(0)
    dialog.deleteLater()
    settle(facts.window)


# --- the finders themselves -------------------------------------------------------------------------------------------


def test_that_the_walk_would_find_what_is_wrong(qapp: QApplication, window: MainWindow) -> None:
    home = QWidget()
    column = QVBoxLayout(home)
    lower, upper, small, tipped = QPushButton("Lower"), QPushButton("Upper"), QPushButton("S"), QPushButton("Tip")
    upper.setAccessibleName("Something else")
    small.setFixedSize(12, 12)
    tipped.setToolTip("Only here")
    signs = QLineEdit()
    signs.setAccessibleName("12/01 → 12/08")
    unseen = QPushButton("Unseen", home)
    unseen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for widget in (upper, lower, small, tipped, QLineEdit(), signs):
        column.addWidget(widget)
    QWidget.setTabOrder(lower, upper)
    home.show()
    home.activateWindow()
    lower.setFocus()
    qapp.processEvents()
    visited = stops(home)

    told = "\n".join(faults(home))
    for wrong in ("does not begin with “Upper”", "12 x 12 px", "only a tip says “Only here”", "no name", "a sign is"):
        assert wrong in told
    assert len(out_of_order(home, visited)) == 1
    assert [line for line in ringless(home, visited) if "Upper" in line or "Something else" in line]
    home.deleteLater()


def test_that_a_focus_below_the_edge_of_a_scroll_area_would_be_found(qapp: QApplication, window: MainWindow) -> None:
    area, inside = QScrollArea(), QWidget()
    column = QVBoxLayout(inside)
    lines = [QLineEdit() for _line in range(20)]
    for line in lines:
        column.addWidget(line)
    area.setWidget(inside)
    area.resize(200, 100)
    area.show()
    qapp.processEvents()

    assert hidden(area, lines[0]) == ""
    assert hidden(area, lines[-1]) != ""
    area.deleteLater()
