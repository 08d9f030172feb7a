"""Walks every page and dialog of the demo clinic as somebody does who hears it, or uses no mouse."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

import tracker.ui
from tests.papers import a_pdf
from tests.policies.packs import Publisher, book_files
from tests.services.rule_library.packed_clinic import trust, written
from tests.ui import screens
from tests.ui.faults import LEAST_TARGET, controls, faults, hidden, out_of_order, ringless, stops, unvisited
from tests.ui.names import announced
from tracker.domain.checklist_state import Checklist, ChecklistRow
from tracker.domain.clinical_record import Document, DocumentKind
from tracker.domain.course import CourseStep
from tracker.domain.errors import VaultError
from tracker.domain.event import EventStatus
from tracker.domain.patient import Patient
from tracker.domain.procedure import Family
from tracker.domain.recovery_code import RecoveryCode
from tracker.domain.roles import Role
from tracker.services.answers.entries import EventRow
from tracker.services.clinic_file.users import UserRow
from tracker.services.desk.plan_terms import PayerRow
from tracker.services.patients.patients import PatientRecord
from tracker.services.rule_library.library_views import RuleView
from tracker.services.visits.schedule import TaskRow
from tracker.ui import theme
from tracker.ui.check.override_dialog import OverrideDialog
from tracker.ui.check.timeline import TimelinePanel
from tracker.ui.clinical.checklist_dialog import ChecklistDialog
from tracker.ui.clinical.checklist_panel import ChecklistSubject
from tracker.ui.commands.palette import Palette
from tracker.ui.course.on_file import OnFile
from tracker.ui.course.step_dialog import StepDialog
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.dialogs.care_dialog import CareDialog
from tracker.ui.dialogs.close_task_dialog import CloseTaskDialog
from tracker.ui.dialogs.columns_dialog import ColumnsDialog
from tracker.ui.dialogs.coverage_dialog import CoverageDialog
from tracker.ui.dialogs.denial_dialog import DenialDialog
from tracker.ui.dialogs.event_dialog import EventDialog
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.dialogs.payer_dialog import PayerDialog
from tracker.ui.dialogs.people_dialog import PeopleDialog
from tracker.ui.dialogs.provider_dialog import ProviderDialog
from tracker.ui.dialogs.remove_event_dialog import RemoveEventDialog
from tracker.ui.dialogs.response_dialog import ResponseDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.dialogs.site_dialog import SiteDialog
from tracker.ui.dialogs.tick_dialog import TickDialog
from tracker.ui.failure_dialogs import CrashDialog, FailureDialog
from tracker.ui.help.book import shipped
from tracker.ui.help.help_window import HelpWindow, show_help
from tracker.ui.help.places import named_place, place_of
from tracker.ui.importing.step import Step
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.authorizations_page import AuthorizationsPage
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.import_page import ImportPage
from tracker.ui.pages.page import CheckStart, PageContext, PatientStart, RequestStart
from tracker.ui.pages.rules_page import RulesPage
from tracker.ui.pages.settings_page import PANELS
from tracker.ui.pages.take_in_page import TakeInPage
from tracker.ui.pages.today_page import TodayPage
from tracker.ui.paper.attach_dialog import AttachDialog
from tracker.ui.paper.copy_sheet import CopySheetPanel
from tracker.ui.paper.correct_paper_dialog import CorrectPaperDialog
from tracker.ui.paper.handouts import SlipDialog
from tracker.ui.paper.packet_acts import RequestChoice
from tracker.ui.paper.packet_dialog import PacketDialog
from tracker.ui.paper.page_dialog import PageDialog
from tracker.ui.paper.paper_dialog import PaperDialog
from tracker.ui.paper.papers_dialog import PapersDialog
from tracker.ui.paper.recovery_pages import RecoveryPaperDialog
from tracker.ui.paper.remove_paper_dialog import RemovePaperDialog
from tracker.ui.patient.patient_body import AUDIT, AUTHORIZATIONS, COVERAGE, DOCUMENTS, INJECTIONS, SUMMARY
from tracker.ui.rules.rule_dialog import RuleDialog
from tracker.ui.rules.rule_visits_dialog import visits_dialog
from tracker.ui.rules.small_dialogs import AdoptDialog, ConfirmDialog, NewRuleDialog, SwitchOffDialog
from tracker.ui.settings.amounts_panel import AmountDialog
from tracker.ui.settings.days_panel import ClosedDayDialog
from tracker.ui.settings.payers_panel import people_dialog
from tracker.ui.settings.plan_dialogs import PlanNamesDialog, PlanTermsDialog
from tracker.ui.settings.recovery_dialog import RecoveryDialog
from tracker.ui.settings.user_dialogs import NewUserDialog, PasswordDialog, RemoveUserDialog, RoleDialog, _UserDialog
from tracker.ui.taking_in.stage import Stage
from tracker.ui.theme.status import Status
from tracker.ui.tour.guide_strip import GuideStrip
from tracker.ui.widgets.column_menu import ColumnMenu
from tracker.ui.widgets.level_field import LevelField
from tracker.ui.widgets.procedure_field import ProcedureField
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.window.key_list import KeyListDialog
from tracker.ui.worklist.request_dialog import RequestDialog, RequestOnFile, read_request
from tracker.ui.worklist.work_acts import BY_KEY

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


def work_step(key: str) -> Reach:
    """Open what a letter opens on the first request of the worklist that can take the step."""

    def reach(window: MainWindow) -> None:
        step = BY_KEY[key]
        rows = window.context.services.worklist.page("").rows
        window.open_page("authorizations", RequestStart(record_id=next(row.id for row in rows if step.fits(row))))
        settle(window)
        window.registry.action(f"request {step.id}").trigger()

    return reach


def worklist_face(view: str) -> Reach:
    def reach(window: MainWindow) -> None:
        window.open_page("authorizations")
        page = window.current_page()
        assert isinstance(page, AuthorizationsPage)
        page.lister.show_view(view)

    return reach


def with_act(first: Reach, act_id: str) -> Reach:
    """Show what an act of the menus shows on a screen."""

    def reach(window: MainWindow) -> None:
        first(window)
        settle(window)
        window.registry.action(act_id).trigger()

    return reach


def timeline_as_rows(window: MainWindow) -> None:
    screens.show_check(window)
    settle(window)
    page = window.current_page()
    assert isinstance(page, CheckPage)
    page.findChildren(TimelinePanel)[0].swap_faces()


def looked_at_file(window: MainWindow) -> None:
    """Look at a file of two patients, of whom one cannot be taken in."""
    window.open_page("import")
    page = window.current_page()
    assert isinstance(page, ImportPage)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "patients.csv"
        file.write_text("mrn,last_name,birth_date\nM1,Ruiz,07/02/1951\nM2,Cho,02/30/1949\n", encoding="utf-8")
        page.file_row.field.setText(str(file))
        QTest.keyClick(page.file_row.field, Qt.Key.Key_Return)
        settle(window)


NUMBERS = itertools.count(3)


def written_file(window: MainWindow) -> None:
    """Import a new patient beside a line that cannot be taken in: each time another, or there is nothing to write."""
    window.open_page("import")
    page = window.current_page()
    assert isinstance(page, ImportPage)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "more.csv"
        lines = f"M{next(NUMBERS)},Ruiz,07/02/1951\nMX,Cho,02/30/1949\n"
        file.write_text(f"mrn,last_name,birth_date\n{lines}", encoding="utf-8")
        page.file_row.field.setText(str(file))
        QTest.keyClick(page.file_row.field, Qt.Key.Key_Return)
        settle(window)
        page.primary()
        settle(window)
    assert page.step is Step.DONE


def pack_looked_at(*, trusted: bool) -> Reach:
    """Look at a rule pack of somebody whose key is new, or is trusted."""

    def reach(window: MainWindow) -> None:
        publisher = Publisher()
        if trusted:
            trust(window.context.services, publisher)
        window.open_page("take-in")
        page = window.current_page()
        assert isinstance(page, TakeInPage)
        with tempfile.TemporaryDirectory() as folder:
            page.file_row.field.setText(str(written(Path(folder), publisher.sign(book_files(900)))))
            QTest.keyClick(page.file_row.field, Qt.Key.Key_Return)
            settle(window)
        assert page.stage is (Stage.READY if trusted else Stage.KEY)

    return reach


SCREENS: dict[str, Reach] = {
    "today": page("today"),
    "today filtered": with_act(page("today"), "filter day"),
    "today next 14 days": with_act(page("today"), "next days"),
    "authorizations": page("authorizations"),
    **{f"request step {key}": work_step(key) for key, step in BY_KEY.items() if step.strip is not None},
    "authorizations new": with_act(page("authorizations"), "new request"),
    "authorizations columns": worklist_face("columns"),
    "authorizations table again": worklist_face("table"),
    "expirations": page("expirations"),
    "expirations unused": with_act(page("expirations"), "unused"),
    "find nobody": page("find", ""),
    "find": page("find", "ka"),
    "schedule day": page("schedule", "day"),
    "schedule week": page("schedule", "week"),
    "schedule month": screens.show_month,
    **{f"patient {name}": part(name) for name in PARTS},
    "check and book": screens.show_check,
    "check what if": with_act(screens.show_check, "what if"),
    "check levels as rows": with_act(screens.show_check, "levels table"),
    "check levels drawn again": with_act(screens.show_check, "levels table"),
    "check timeline as rows": timeline_as_rows,
    "check timeline drawn again": timeline_as_rows,
    "change a visit": change_a_visit,
    "course": screens.show_course,
    "import": page("import"),
    "import looked at": looked_at_file,
    "take in": page("take-in"),
    "take in of a new key": pack_looked_at(trusted=False),
    "take in looked at": pack_looked_at(trusted=True),
    **{f"report {each}": page("reports", each) for each in ("turnaround", "avoided")},
    "rules": screens.show_rules,
    "rules history": with_act(screens.show_rules, "rule H"),
    "audit": page("audit"),
    **{f"settings {panel.id}": page("settings", panel.id) for panel in PANELS},
    "tour": with_act(page("today"), "tour"),
    "first steps": with_act(page("today"), "first steps"),
    "import written": written_file,  # the last: from here on there is something to undo
}


LISTS: dict[str, Reach] = {
    name: SCREENS[name]
    for name in ("today", "authorizations", "authorizations new", "expirations", "schedule day",
                 f"patient {INJECTIONS}", "check and book", "course", "report turnaround", "rules", "audit",
                 "settings clinic", "settings look")
}  # fmt: skip
"""Where lists drop down, and tables have columns to choose."""


@pytest.fixture(params=SCREENS.values(), ids=SCREENS.keys())
def screen(request: pytest.FixtureRequest, window: MainWindow, qapp: QApplication) -> Iterator[MainWindow]:
    """The window with one screen in front, as large as most have it."""
    window.resize(1440, 900)
    window.activateWindow()
    reach: Reach = request.param
    reach(window)
    settle(window)
    yield window
    take_guides_away(window)


def take_guides_away(window: MainWindow) -> None:
    """Take away the strip that a tour left below the menus: it costs a small window its height."""
    for strip in window.findChildren(GuideStrip):
        window.frame.hide_guide(strip)


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


@pytest.mark.parametrize("reach", LISTS.values(), ids=LISTS.keys())
def test_that_every_list_that_drops_down_and_every_menu_of_columns_is_heard_and_closes(
    reach: Reach, window: MainWindow
) -> None:
    window.resize(1440, 900)
    window.activateWindow()
    reach(window)
    settle(window)
    wrong: list[str] = []
    for field in [each for each in controls(window) if isinstance(each, QComboBox) and each.isEnabled()]:
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        wrong += of_dropped(field)
    for table in [each for each in controls(window) if isinstance(each, RecordTable)]:
        if not table.horizontalHeader().isHidden():
            table.setFocus()
            table.choose_columns()
            wrong += of_menu(table)

    assert wrong == []


def of_dropped(field: QComboBox) -> list[str]:
    """Return what is wrong with a list that has dropped down, and close it with Escape."""
    rows = field.view()
    QApplication.processEvents()
    if not rows.isVisible():
        return [f"does not drop down: {field.accessibleName()}"]
    wrong = [f"{place} says nothing: {field.accessibleName()}" for place in range(field.count())
             if not field.itemText(place).strip()]  # fmt: skip
    if rows.sizeHintForRow(0) < LEAST_TARGET:
        wrong.append(f"rows of {rows.sizeHintForRow(0)} px: {field.accessibleName()}")
    if announced(rows) != field.accessibleName():
        wrong.append(f"the list is called “{announced(rows)}”, not “{field.accessibleName()}”")
    QTest.keyClick(rows, Qt.Key.Key_Escape)
    QApplication.processEvents()
    return wrong + [f"Escape does not close: {field.accessibleName()}"] * rows.isVisible()


def of_menu(table: RecordTable) -> list[str]:
    """Return what is wrong with the menu of a table's columns, and close it with Escape."""
    menus = [each for each in table.findChildren(ColumnMenu) if each.isVisible()]
    if len(menus) != 1:
        return [f"{len(menus)} menus of columns: {announced(table)}"]
    (menu,) = menus
    wrong = [f"a line says nothing: {announced(table)}" for each in menu.actions()
             if not each.isSeparator() and not each.text().strip()]  # fmt: skip
    wrong += [f"{menu.actionGeometry(each).height()} px: {each.text()}" for each in menu.actions()
              if not each.isSeparator() and menu.actionGeometry(each).height() < LEAST_TARGET]  # fmt: skip
    wrong += [] if announced(menu) else ["the menu has no name"]
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    QApplication.processEvents()
    return wrong + [f"Escape does not close the menu: {announced(table)}"] * (QApplication.activePopupWidget() is menu)


def test_that_the_fields_of_a_portal_are_heard_and_escape_closes_them(facts: Facts) -> None:
    sheet = facts.context.services.papers.copy_sheet(facts.request.record.id)
    panel = CopySheetPanel(sheet, facts.window)
    panel.show()
    panel.activateWindow()
    settle(facts.window)

    visited = stops(panel)

    assert faults(panel) == []
    assert unvisited(panel, visited) == []
    assert ringless(panel, visited) == []
    QTest.keyClick(panel.table, Qt.Key.Key_Escape)
    assert not panel.isVisible()


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


def a_list(facts: Facts) -> RecordTable:
    facts.window.open_page("today")
    return cast(TodayPage, facts.window.current_page()).board.front().table


def visits_of_a_rule(facts: Facts) -> PeopleDialog:
    library = facts.context.services.library
    view = next(view for view in library.look().rules if view.count_wrong)
    return visits_dialog(view.place, view.sentence, library.visits_of(view), facts.window)


def a_checklist_line(facts: Facts) -> tuple[Checklist, ChecklistRow]:
    checklist = facts.context.services.checklists.for_request(facts.request.record.id)
    return checklist, next(row for row in checklist.rows if row.tickable)


def a_task(facts: Facts) -> TaskRow:
    return facts.context.services.schedule.day(screens.DAY).tasks[0]


def a_paper(facts: Facts) -> Document:
    """Return a paper of the patient; one is attached at first."""
    documents = facts.context.services.documents
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "note.pdf"
        file.write_bytes(a_pdf("A note"))
        return documents.attach(file, facts.patient.id, DocumentKind.VISIT_NOTE, "A note", again=True).value


def an_override(facts: Facts) -> QDialog:
    next_steps = facts.context.services.booking.next_steps
    return OverrideDialog(facts.patient, "RFA", Status.NO, "Not before 12/01", "Book", next_steps,
                          facts.context.tasks, facts.window)  # fmt: skip


DIALOGS: dict[str, tuple[type[QDialog], Make]] = {
    "palette": (Palette, act(page("today"), "palette")),
    "keys": (KeyListDialog, act(page("today"), "keys")),
    "help": (HelpWindow, lambda facts: show_help(facts.window, "answers")),
    "day sheet": (PaperDialog, act(page("today"), "day sheet")),
    "slip": (SlipDialog, act(page("today"), "slip")),
    "packet": (PacketDialog, act(page("authorizations"), "packet")),
    "patient": (PatientDialog, lambda facts: PatientDialog(facts.context, facts.window)),
    "coverage": (CoverageDialog, lambda facts: CoverageDialog(facts.context, facts.patient, facts.window)),
    "injection": (EventDialog, lambda facts: EventDialog(facts.context, facts.patient, facts.window, (), facts.done)),
    "take out": (
        RemoveEventDialog,
        lambda facts: RemoveEventDialog(facts.context, facts.patient, facts.done, facts.window),
    ),
    "denied claim": (
        DenialDialog,
        lambda facts: DenialDialog(facts.context, facts.patient, facts.done.event, facts.window),
    ),
    "response": (ResponseDialog, lambda facts: ResponseDialog(facts.context, facts.patient, facts.done, facts.window)),
    "care": (CareDialog, lambda facts: CareDialog(facts.context, facts.patient, facts.window)),
    "tick": (
        TickDialog,
        lambda facts: TickDialog(facts.context, facts.patient, *a_checklist_line(facts), facts.window),
    ),
    "checklist": (
        ChecklistDialog,
        lambda facts: ChecklistDialog(
            facts.context, ChecklistSubject(facts.request.patient, facts.request.record.id), facts.window
        ),
    ),
    "documents": (PapersDialog, lambda facts: PapersDialog(facts.context, facts.request.record.id, facts.window)),
    "attach": (AttachDialog, lambda facts: AttachDialog(facts.context, facts.patient, facts.window)),
    "paper corrected": (
        CorrectPaperDialog,
        lambda facts: CorrectPaperDialog(facts.context, a_paper(facts), facts.window),
    ),
    "paper taken out": (
        RemovePaperDialog,
        lambda facts: RemovePaperDialog(facts.context, a_paper(facts), facts.window),
    ),
    "request": (RequestDialog, lambda facts: RequestDialog(facts.context, facts.request, facts.window)),
    "which request": (
        RequestChoice,
        lambda facts: RequestChoice([facts.request.record] * 2, facts.context, facts.window),
    ),
    "task": (CloseTaskDialog, lambda facts: CloseTaskDialog(facts.context, a_task(facts), facts.window)),
    "override": (OverrideDialog, an_override),
    "step": (
        StepDialog,
        lambda facts: StepDialog(
            facts.context, OnFile(facts.patient, ()), CourseStep(Family.FACET_INJECTION, gap_days=14), 1, facts.window
        ),
    ),
    "rule": (RuleDialog, act(screens.show_rules, "rule E")),
    "rule off": (SwitchOffDialog, lambda facts: SwitchOffDialog(facts.context, a_rule(facts), facts.window)),
    "rule confirmed": (ConfirmDialog, lambda facts: ConfirmDialog(facts.context, a_rule(facts), facts.window)),
    "columns": (ColumnsDialog, lambda facts: ColumnsDialog(a_list(facts), facts.window)),
    "visits of a rule": (PeopleDialog, visits_of_a_rule),
    "who has a payer": (
        PeopleDialog,
        lambda facts: people_dialog(facts.context.services.plan_terms.holders("medicare"), facts.window),
    ),
    "new rule": (NewRuleDialog, act(screens.show_rules, "rule A")),
    "figures": (AdoptDialog, act(screens.show_rules, "rules adopt")),
    "payer": (PayerDialog, lambda facts: PayerDialog(facts.context, facts.window)),
    "provider": (ProviderDialog, lambda facts: ProviderDialog(facts.context, facts.window)),
    "site": (SiteDialog, lambda facts: SiteDialog(facts.context, facts.window)),
    "amount": (AmountDialog, lambda facts: AmountDialog(facts.context, facts.window)),
    "closed day": (ClosedDayDialog, lambda facts: ClosedDayDialog(facts.context, facts.window)),
    "user": (NewUserDialog, lambda facts: NewUserDialog(facts.context, facts.window)),
    "role": (RoleDialog, lambda facts: RoleDialog(facts.context, UserRow("Kim Oh", False, Role.VIEWER), facts.window)),
    "my password": (
        PasswordDialog,
        lambda facts: PasswordDialog(facts.context, facts.context.services.users.list()[0], facts.window),
    ),
    "a new password": (
        PasswordDialog,
        lambda facts: PasswordDialog(facts.context, UserRow("Kim Oh", False), facts.window),
    ),
    "remove user": (
        RemoveUserDialog,
        lambda facts: RemoveUserDialog(facts.context, UserRow("Kim Oh", False), facts.window),
    ),
    "recovery code": (RecoveryDialog, lambda facts: RecoveryDialog(facts.context, facts.window)),
    "recovery code made": (
        RecoveryDialog,
        lambda facts: RecoveryDialog(facts.context, facts.window, code=RecoveryCode(bytes(20))),
    ),
    "plan names": (PlanNamesDialog, lambda facts: PlanNamesDialog(facts.context, a_payer(facts), facts.window)),
    "plan terms": (PlanTermsDialog, lambda facts: PlanTermsDialog(facts.context, a_payer(facts), facts.window)),
    "failure": (FailureDialog, lambda facts: FailureDialog(VaultError("The key file is missing."), facts.window)),
    "crash": (CrashDialog, lambda facts: CrashDialog(ValueError(), facts.window)),
    "recovery code printed": (
        RecoveryPaperDialog,
        lambda facts: RecoveryPaperDialog(
            facts.context, RecoveryCode(bytes(20)), "A clinic", screens.DAY, facts.window
        ),
    ),
}


def a_payer(facts: Facts) -> PayerRow:
    return facts.context.services.plan_terms.list()[0]


@pytest.fixture(params=DIALOGS.values(), ids=DIALOGS.keys())
def dialog(request: pytest.FixtureRequest, facts: Facts, qapp: QApplication) -> Iterator[QDialog]:
    facts.window.resize(1440, 900)
    kind, make = request.param
    made = make(facts)
    assert type(made) is kind
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
    assert led_astray(dialog) == []
    for _press in range(2):  # a dialog in which something was typed asks once more
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def led_astray(dialog: QDialog) -> list[str]:
    """Return for what F1 leads to another page than the one that tells of this dialog."""
    if isinstance(dialog, HelpWindow):
        return []
    home = shipped().resolve(named_place(dialog), "index")
    assert home, f"{type(dialog).__name__} names no place of the help"
    pages = {home.partition("#")[0]} | {kind.help_place.partition("#")[0] for kind in (LevelField, ProcedureField)}
    return [f"{announced(each)}: {place}" for each in controls(dialog)
            if (place := place_of(each)).partition("#")[0] not in pages]  # fmt: skip


def kinds_of_dialogs() -> set[type[QDialog]]:
    """Return every dialog of the program, but for what others are made of."""
    for module in pkgutil.walk_packages(tracker.ui.__path__, "tracker.ui."):
        importlib.import_module(module.name)
    found, waiting = set[type[QDialog]](), [QDialog]
    while waiting:
        waiting += waiting[0].__subclasses__()
        found.add(waiting.pop(0))
    return {kind for kind in found if kind.__module__.startswith("tracker.ui.")} - {
        BaseDialog,
        PageDialog,
        SavingDialog,
        _UserDialog,
    }


def test_that_every_dialog_of_the_program_is_walked() -> None:
    assert kinds_of_dialogs() - {kind for kind, _make in DIALOGS.values()} == set()


def test_that_every_page_and_section_of_the_program_is_walked() -> None:
    opened = {name.split()[0] for name in SCREENS}
    same = {"check": "check", "take-in": "take", "audit": "audit", "reports": "report"}

    assert {kind.id for kind in PAGES if same.get(kind.id, kind.id) not in opened} == set()
    assert {f"settings {panel.id}" for panel in PANELS} <= SCREENS.keys()


@pytest.mark.parametrize("name", ["palette", "request", "day sheet", "failure"])
def test_that_f1_opens_the_help_over_a_dialog(name: str, facts: Facts) -> None:
    dialog = DIALOGS[name][1](facts)
    dialog.open()
    dialog.activateWindow()
    settle(facts.window)

    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_F1)

    (shown,) = dialog.findChildren(HelpWindow)
    page = shown.reader.page()
    assert page is not None
    assert page.id == named_place(dialog).partition("#")[0]
    shown.close()
    dialog.done(0)
    dialog.deleteLater()
    settle(facts.window)


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
        take_guides_away(window)
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
    for page in ("check", "rules", "settings"):
        window.open_page(page)
        settle(window)

    window.resize(*ENLARGED)
    settle(window)

    assert (window.width(), window.height()) == ENLARGED


@pytest.mark.parametrize("name", ["injection", "request", "coverage", "response", "documents", "task"])
def test_that_what_has_the_focus_is_never_hidden_in_a_dialog_over_a_small_window(name: str, facts: Facts) -> None:
    facts.window.resize(*ENLARGED)
    dialog = DIALOGS[name][1](facts)
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
