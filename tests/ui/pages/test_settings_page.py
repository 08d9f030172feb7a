"""Settings by keyboard, through real storage: every section, what is refused in place, and what is never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_patient
from tests.ui.conftest import HOSTILE_NAMES, InFront, Settle
from tests.ui.names import nameless
from tracker.domain.coverage import Site
from tracker.domain.patient import Provider
from tracker.domain.reminders import PlanTerms, Thresholds
from tracker.services import Services
from tracker.services.changes import Done
from tracker.ui import theme
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext, PatientStart
from tracker.ui.pages.settings_page import PANELS, SettingsPage
from tracker.ui.settings.amounts_panel import AmountsPanel
from tracker.ui.settings.clinic_panel import ClinicPanel
from tracker.ui.settings.days_panel import DaysPanel
from tracker.ui.settings.form_panel import FormPanel
from tracker.ui.settings.list_panel import ListPanel
from tracker.ui.settings.look_panel import LookPanel
from tracker.ui.settings.paper_panel import PaperPanel
from tracker.ui.settings.payers_panel import PayersPanel
from tracker.ui.settings.privacy_panel import PrivacyPanel
from tracker.ui.settings.reminders_panel import RemindersPanel
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import LineField

CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """Hands on the keyboard, with what the page told, which the window would pass on."""

    def __init__(self, page: SettingsPage, settle: Settle, qtbot: QtBot) -> None:
        self.page, self._settle, self._qtbot = page, settle, qtbot
        self.told: list[Done[object]] = []
        page.acted.connect(self._on_acted)

    def _on_acted(self, done: Done[object]) -> None:
        self.told.append(done)
        self.page.context.notifier.publish(done.changes)

    def go(self, section: str) -> ListPanel | FormPanel:
        """Walk down the list to a section, and into it."""
        self.page.focus_sections()
        self.key(Qt.Key.Key_Home)
        while self.page.sections.current() != section:
            self.key(Qt.Key.Key_Down)
        self._settle()
        self.key(Qt.Key.Key_Return)
        return self.page.current()  # type: ignore[return-value]  # each caller knows which

    def key(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key, modifier)
        self._wait()

    def _wait(self) -> None:
        """Let everything arrive, a dialog that opened or closed too."""
        self._settle()
        if QApplication.activeModalWidget() is None:
            self.page.activateWindow()  # no window manager does it here
        self._qtbot.waitUntil(self._has_hands)

    def _has_hands(self) -> bool:
        front, hands = QApplication.activeModalWidget() or self.page, QApplication.focusWidget()
        return hands is not None and front.isAncestorOf(hands) and front.isActiveWindow()

    def instead(self, text: str) -> None:
        """Type over what stands in the field."""
        self.key(Qt.Key.Key_A, CTRL)
        self.key(text) if text else self.key(Qt.Key.Key_Delete)

    def dialog(self) -> SavingDialog:
        found = QApplication.activeModalWidget()
        assert isinstance(found, SavingDialog)
        return found

    def save(self) -> None:
        """Press what the dialog's filled button, or the page's, answers to."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, SavingDialog):
            dialog.save()
        else:
            self.page.primary()
        self._wait()


@pytest.fixture
def page(context: PageContext, in_front: InFront) -> SettingsPage:
    return in_front(SettingsPage(context))


@pytest.fixture
def desk(page: SettingsPage, settle: Settle, qtbot: QtBot) -> Desk:
    return Desk(page, settle, qtbot)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_that_every_section_is_reached_by_keys_and_every_control_has_a_name(desk: Desk) -> None:
    for panel in PANELS:
        desk.go(panel.id)
        assert desk.page.stack.currentWidget() is desk.page.current()
        assert desk.page.head.title.text() == panel.title
        assert desk.page.current().isAncestorOf(focus())
        desk.key(Qt.Key.Key_Escape)
        assert focus() is desk.page.sections
    assert nameless(desk.page) == []


def test_that_the_clinic_is_renamed_and_taken_back(desk: Desk, services: Services) -> None:
    before = services.desk.settings()
    panel = desk.go("clinic")
    assert isinstance(panel, ClinicPanel)
    desk.instead("Bourbon Spine")
    desk.save()
    assert services.desk.settings() == replace(before, name="Bourbon Spine")
    (done,) = desk.told
    assert done.undo is not None
    services.undo.undo(done.undo)
    assert services.desk.settings() == before


def test_that_nothing_is_saved_when_nothing_is_changed_and_a_name_is_wanted(desk: Desk, services: Services) -> None:
    panel = desk.go("clinic")
    assert isinstance(panel, ClinicPanel)
    desk.save()
    assert panel.notice.sentence() == "Nothing is changed."
    desk.instead("")
    desk.save()
    assert panel.name.error().startswith("Write the clinic's name")
    assert desk.told == []
    assert services.desk.settings().name == "Bluegrass Spine & Pain"


def test_that_what_is_typed_stays_while_others_change_things_and_is_marked_until_it_is_given_up(
    desk: Desk, services: Services, settle: Settle
) -> None:
    panel = desk.go("paper")
    assert isinstance(panel, PaperPanel)
    desk.key("12 Mill St")
    done = services.desk.change_settings(replace(services.desk.settings(), name="Other"))
    desk.page.context.notifier.publish(done.changes)
    settle()
    desk.go("privacy")
    place = desk.page.sections.model().index(9, 0)
    assert "not saved" in str(place.data(int(Qt.ItemDataRole.AccessibleTextRole)))
    assert desk.go("paper") is panel
    assert panel.street.text() == "12 Mill St"
    panel.reset()
    settle()
    assert panel.street.text() == ""


def test_that_an_npi_with_a_wrong_check_digit_is_told_below_its_field_and_nothing_is_lost(
    desk: Desk, services: Services
) -> None:
    panel = desk.go("paper")
    assert isinstance(panel, PaperPanel)
    panel.npi.setFocus()
    desk.key("1234567890")
    desk.save()
    assert panel.npi.error() == (
        "1234567890 is no NPI: its last digit does not fit the others."
        " One digit is wrong or two are exchanged; look it up and type it again."
    )
    assert focus() is panel.npi
    assert panel.npi.text() == "1234567890"
    desk.instead("1234567893")
    assert panel.npi.error() == ""
    desk.save()
    assert services.clinic_settings.letterhead().npi == "1234567893"


def test_that_a_provider_is_added_changed_and_switched_off_by_keys(desk: Desk, services: Services) -> None:
    desk.go("providers")
    desk.key(Qt.Key.Key_Insert)
    for text in ("Anil Patel, MD", "", "1234567893"):
        desk.key(text)
        desk.key(Qt.Key.Key_Return)
    patel = services.desk.providers()[1]
    assert (patel.name, patel.short, patel.npi) == ("Anil Patel, MD", "Patel", "1234567893")
    panel = desk.page.current()
    assert isinstance(panel, ListPanel)
    assert panel.table.select_record(patel.id)
    desk.key("o")
    assert not services.desk.providers()[1].active
    assert desk.told[-1].sentence == "Anil Patel, MD is offered no more"
    desk.key(Qt.Key.Key_Return)
    desk.instead("Anil Patel, DO")
    desk.save()
    assert services.desk.providers()[1] == replace(patel, name="Anil Patel, DO", active=False)


def test_that_a_wrong_npi_and_a_name_that_is_taken_keep_the_dialog_open(desk: Desk, services: Services) -> None:
    desk.go("providers")
    desk.key(Qt.Key.Key_Insert)
    desk.key("Susan Lee, MD")
    desk.save()
    dialog = desk.dialog()
    name, _short, npi = dialog.findChildren(LineField)
    assert name.error().startswith("There is a provider Susan Lee, MD already.")
    desk.instead("Anil Patel")
    npi.setText("1234567890")
    desk.save()
    assert "its last digit does not fit the others" in npi.error()
    assert (name.text(), npi.text()) == ("Anil Patel", "1234567890")
    assert len(services.desk.providers()) == 1


def test_that_a_site_is_added_and_a_second_of_its_name_refused(desk: Desk, services: Services) -> None:
    desk.go("sites")
    desk.key(Qt.Key.Key_Insert)
    desk.key("North office")
    desk.key(Qt.Key.Key_Return)
    desk.key("11")
    dialog = desk.dialog()
    assert dialog.findChildren(LineField)[1].echo() == "Office"
    desk.save()
    north = services.desk.sites()[1]
    assert (north.name, north.place_of_service, north.state) == ("North office", "11", "KY")
    desk.key(Qt.Key.Key_Insert)
    desk.key("north OFFICE")
    desk.key(Qt.Key.Key_Return)
    desk.key("11")
    desk.save()
    assert desk.dialog().findChildren(LineField)[0].error().startswith("There is a site north OFFICE already.")
    assert len(services.desk.sites()) == 2


def test_that_the_only_site_cannot_be_switched_off(desk: Desk, services: Services) -> None:
    panel = desk.go("sites")
    desk.key("o")
    assert panel.notice.sentence().startswith("This is the only site.")
    assert services.desk.sites()[0].active


def test_that_days_are_closed_and_opened_and_past_ones_refused(desk: Desk, services: Services) -> None:
    panel = desk.go("days")
    assert isinstance(panel, DaysPanel)
    desk.key(Qt.Key.Key_Insert)
    desk.key("11/23/2026")
    desk.key(Qt.Key.Key_Return)
    desk.key("Staff party")
    desk.save()
    day = desk.dialog().findChildren(LineField)[0]
    assert day.error() == "Mon 11/23/2026 is over. Type a day to come."
    day.setFocus()
    desk.instead("12/24/2026")
    desk.save()
    assert services.clinic_settings.closed_days() == {date(2026, 12, 24): "Staff party"}
    assert panel.table.select_record((date(2026, 12, 24), True))
    desk.key(Qt.Key.Key_Delete)
    assert services.clinic_settings.closed_days() == {}
    assert panel.table.select_record((date(2026, 12, 25), False))
    desk.key(Qt.Key.Key_Delete)
    assert "all together" in panel.notice.sentence()


def test_that_weekdays_and_holidays_are_switched_at_once_and_the_last_weekday_stays(
    desk: Desk, services: Services, settle: Settle
) -> None:
    panel = desk.go("days")
    assert isinstance(panel, DaysPanel)
    panel.weekdays.day(5).setFocus()
    desk.key(Qt.Key.Key_Space)
    assert services.desk.settings().open_weekdays == frozenset(range(6))
    panel.holidays.button(True).click()
    settle()
    assert services.desk.settings().open_on_holidays
    assert not any(row.closed for row in panel.table.records())
    services.desk.change_settings(replace(services.desk.settings(), open_weekdays=frozenset({5})))
    panel.load()
    settle()
    panel.weekdays.day(5).setFocus()
    desk.key(Qt.Key.Key_Space)
    assert "open on no day of the week" in panel.notice.sentence()
    assert panel.weekdays.value() == frozenset({5})


def test_that_a_threshold_out_of_order_is_told_at_its_field(desk: Desk, services: Services) -> None:
    panel = desk.go("reminders")
    assert isinstance(panel, RemindersPanel)
    panel.second.setFocus()
    desk.instead("31")
    desk.save()
    assert panel.third.error().startswith("30 days are not longer than the 31 before them.")
    assert focus() is panel.third
    desk.instead("x")
    desk.save()
    assert panel.third.error().startswith("“x” is no whole number.")
    desk.instead("45")
    desk.save()
    assert services.clinic_settings.reminders().thresholds == Thresholds(7, 31, 45)


def test_that_an_amount_below_nothing_is_told_and_a_right_one_saved_changed_and_taken_away(
    desk: Desk, services: Services
) -> None:
    panel = desk.go("amounts")
    assert isinstance(panel, AmountsPanel)
    assert focus() is panel.empty.button
    desk.key(Qt.Key.Key_Insert)
    for text in ("aet", "64493", "-1"):
        desk.key(text)
        desk.key(Qt.Key.Key_Return)
    amount = desk.dialog().findChildren(LineField)[2]
    assert amount.error() == "“-1” is no amount. Type dollars, such as 312.40."
    desk.instead("312.40")
    desk.save()
    assert services.money.contracted() == {"aetna": {"64493": 31240}}
    desk.key(Qt.Key.Key_Return)
    desk.instead("300")
    desk.save()
    assert services.money.contracted() == {"aetna": {"64493": 30000}}
    desk.key(Qt.Key.Key_Delete)
    assert services.money.contracted() == {}
    assert focus() is panel.empty.button


def test_that_a_payer_is_added_switched_off_named_and_given_days_by_keys(desk: Desk, services: Services) -> None:
    panel = desk.go("payers")
    assert isinstance(panel, PayersPanel)
    desk.key(Qt.Key.Key_Insert)
    desk.key("Bourbon Mutual")
    desk.save()
    assert ("Bourbon Mutual", "Bourbon Mutual") in services.desk.offered_payers()
    assert panel.table.select_record("aetna")
    desk.key("n")
    desk.key("Choice PPO; Gold")
    desk.save()
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Tab)
    desk.key("5")
    desk.key(Qt.Key.Key_Return)
    desk.key("10")
    desk.save()
    dialog = desk.dialog()
    assert [field.error() for field in dialog.findChildren(LineField)][2] == "Type all three days, or none of them."
    for field, text in zip(dialog.findChildren(LineField)[1:], ("10", "20", "60"), strict=True):
        field.setText(text)
    desk.save()
    aetna = next(row for row in services.plan_terms.list() if row.id == "aetna")
    assert aetna.plans == ("Choice PPO", "Gold")
    assert aetna.terms == PlanTerms("aetna", "", 5, Thresholds(10, 20, 60))
    desk.key("o")
    assert "aetna" not in dict(services.desk.offered_payers())
    assert "aetna" in dict(services.desk.payers())
    undo = desk.told[-1].undo
    assert undo is not None
    services.undo.undo(undo)
    assert "aetna" in dict(services.desk.offered_payers())


def test_that_who_still_has_a_payer_is_listed_when_it_is_switched_off_and_by_a_key(
    desk: Desk, services: Services, settle: Settle, qtbot: QtBot
) -> None:
    patient = services.patients.add(a_patient()).value
    services.patients.add_coverage(patient.id, a_coverage(payer="aetna", plan="Choice PPO"))
    panel = desk.go("payers")
    assert isinstance(panel, PayersPanel)
    assert panel.table.select_record("cigna")
    desk.key("p")
    assert panel.notice.sentence() == "No patient has Cigna."
    desk.key("o")
    assert panel.people is None
    assert panel.table.select_record("aetna")
    desk.key("o")
    settle()
    dialog = panel.people
    assert dialog is not None
    assert QApplication.activeModalWidget() is dialog
    qtbot.waitUntil(dialog.table.hasFocus)
    assert dialog.heading.text() == "Who has Aetna"
    assert dialog.beside.text() == "1 patient has it"
    assert desk.told[-1].sentence == "Aetna is offered no more; 1 patient still has it"
    with qtbot.waitSignal(desk.page.patient_at_wanted) as wanted:
        desk.key(Qt.Key.Key_Return)
    assert wanted.args == [PatientStart(patient.id, "coverage")]


def test_that_privacy_is_saved_for_the_clinic_and_names_are_hidden_here(desk: Desk, services: Services) -> None:
    panel = desk.go("privacy")
    assert isinstance(panel, PrivacyPanel)
    desk.instead("31")
    desk.save()
    assert panel.idle.error() == "The desk cannot lock after 31 minutes. Type 2 to 30."
    desk.instead("5")
    panel.masked.button(True).click()
    desk.save()
    assert services.clinic_settings.privacy().idle_minutes == 5
    assert desk.page.context.preferences.privacy


def test_that_the_look_changes_at_once_and_is_remembered(desk: Desk, context: PageContext) -> None:
    panel = desk.go("look")
    assert isinstance(panel, LookPanel)
    panel.scheme.button("dark").click()
    assert theme.current().scheme == "dark"
    panel.density.button("compact").click()
    panel.text_size.setFocus()
    desk.key(Qt.Key.Key_Down)
    panel.language.setFocus()
    desk.key(Qt.Key.Key_Down)
    preferences = context.preferences
    assert (preferences.scheme, preferences.density, preferences.text_size) == ("dark", "compact", 110)
    assert preferences.language == "es"
    assert panel.notice.sentence().startswith("The language holds from the next start on.")


def test_that_a_language_that_is_still_to_come_offers_a_new_start_that_loses_nothing(
    desk: Desk, context: PageContext, qtbot: QtBot
) -> None:
    asked: list[bool] = []
    context.notifier.restart_wanted.connect(lambda: asked.append(True))
    clinic = desk.go("clinic")
    assert isinstance(clinic, FormPanel)
    QTest.keyClicks(clinic.findChildren(LineField)[0], " North")
    panel = desk.go("look")
    assert isinstance(panel, LookPanel)
    assert panel.notice.sentence() == ""
    panel.language.setFocus()
    desk.key(Qt.Key.Key_Down)

    qtbot.mouseClick(panel.notice.button, Qt.MouseButton.LeftButton)
    assert (asked, panel.notice.sentence()) == ([], "Not saved yet: Clinic. Save that or take it back first.")
    clinic.reset()
    qtbot.mouseClick(panel.notice.button, Qt.MouseButton.LeftButton)

    assert asked == [True]
    desk.go("privacy")
    desk.go("look")
    assert panel.notice.button.text() == "Restart now"
    panel.language.setFocus()
    desk.key(Qt.Key.Key_Up)
    assert panel.notice.sentence() == ""


def test_that_tab_goes_from_the_language_to_the_new_start(desk: Desk) -> None:
    panel = desk.go("look")
    assert isinstance(panel, LookPanel)
    panel.language.setFocus()
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Tab)

    assert focus() is panel.notice.button


@pytest.mark.parametrize("section", [panel.id for panel in PANELS])
def test_that_the_next_pane_of_a_section_is_the_section(desk: Desk, section: str) -> None:
    desk.go(section)
    desk.page.focus_sections()
    assert len(desk.page.panes) == 1
    desk.page.panes[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    assert desk.page.stack.isAncestorOf(focus())


def test_that_the_data_folder_is_shown(desk: Desk, services: Services) -> None:
    desk.go("data")
    shown = focus()
    assert isinstance(shown, LineField)
    assert shown.text() == str(services.users.folder)
    assert shown.isReadOnly()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_that_any_name_is_shown_as_it_stands(desk: Desk, services: Services, name: str) -> None:
    services.desk.add_provider(Provider(name, name))
    services.desk.add_site(Site("KY", "11", name=f"{name} "))
    for section in ("clinic", "providers", "sites"):
        desk.go(section)
    assert not desk.page.grab().isNull()
    assert name.strip() in {provider.name for provider in services.desk.providers()}


@pytest.mark.parametrize(("width", "height"), [(1190, 646), (683, 330)])
def test_that_nothing_sticks_out_of_a_small_window_and_sections_are_still_reached(
    page: SettingsPage, desk: Desk, qtbot: QtBot, width: int, height: int, settle: Settle
) -> None:
    page.resize(width, height)
    QApplication.processEvents()
    assert page.width() == width
    for panel in PANELS:
        page.sections.choose(panel.id)
        settle()
        assert page.current().width() <= width
        assert not page.grab().isNull()
    if width < 760:
        page.opened()
        assert focus() is page.section_field
        qtbot.keyClick(page.section_field, Qt.Key.Key_Home)
        assert page.current() is page.panels["clinic"]


def test_that_plans_keep_their_room_before_columns_that_few_payers_fill(desk: Desk, services: Services) -> None:
    services.plan_terms.name_plans("aetna", ("Open Choice PPO", "Managed Choice POS", "Elect Choice EPO"))
    desk.page.resize(1190, 700)  # what a screen of 1366 x 768 leaves
    panel = desk.go("payers")
    assert isinstance(panel, PayersPanel)
    titles = [column.header for column in PayersPanel.columns]
    assert panel.table.columnWidth(titles.index("Plans")) >= 200


def test_that_an_empty_list_offers_its_one_step_once(desk: Desk) -> None:
    panel = desk.go("amounts")

    shown = [button for button in panel.findChildren(ActionButton) if button.isVisible()]

    assert [button.shown_text() for button in shown] == ["Add amount…"]
    assert focus() is shown[0]
