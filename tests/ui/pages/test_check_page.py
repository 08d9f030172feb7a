"""Check and book as a page: how it begins, refreshes, reports a failure, fits small windows, and speaks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests import languages
from tests.builders import a_coverage, a_patient, a_provider, a_request, performed
from tests.fixtures import TODAY
from tests.ui.conftest import InFront, Settle
from tracker.domain.booking import Elsewhere
from tracker.domain.language import LANGUAGES, speaking, words_of
from tracker.domain.patient import Patient
from tracker.domain.procedure import Family, parse_sites
from tracker.paths import resource_root
from tracker.services import Services
from tracker.services.changes import Changes, Kind
from tracker.services.clinic_file.vault import ClinicFolder
from tracker.storage.database import Database
from tracker.ui import theme
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import CheckStart, PageContext
from tracker.ui.theme.status import Status
from tracker.ui.widgets.fields import letters_of

DAY = date(2026, 12, 3)


@pytest.fixture
def patient(services: Services) -> Patient:
    """A patient with Medicare, ready for an ablation at L4-5."""
    added = services.patients.add(a_patient(last="Whitaker", first="Doris")).value
    services.patients.add_coverage(added.id, a_coverage())
    for days in (60, 30):
        when = (TODAY - timedelta(days=days)).isoformat()
        services.history.add(
            added.id, performed(when, Family.FACET_INJECTION, "L4-L5 both", relief_percent=90.0, relief_months=1.0)
        )
    return added


@pytest.fixture
def start(patient: Patient) -> CheckStart:
    """An ablation at L4-5 of this patient on 12/03."""
    targets = parse_sites(["L4-L5 both"]).targets
    request = a_request(patient.id, DAY, family=Family.FACET_ABLATION, intent=None, approach=None, targets=targets)
    return CheckStart(request=request)


@pytest.fixture
def page(context: PageContext, in_front: InFront, start: CheckStart) -> CheckPage:
    """The page in front with that request."""
    made = CheckPage(context)
    made.begin(start)
    return in_front(made)


@pytest.mark.parametrize("code", LANGUAGES)
def test_that_no_field_takes_a_letter_of_the_pages_own_keys(context: PageContext, qtbot: QtBot, code: str) -> None:
    with speaking(words_of(code, languages.LANGUAGES)):
        made = CheckPage(context)
        qtbot.addWidget(made)

    letters = letters_of(made.form)
    keys = [each.key().toString() for each in made.findChildren(QShortcut)]
    keys += [key for each in made.acts() for key in each.act.keys]
    own = {key[-1].casefold() for key in keys if re.fullmatch(r"Alt\+[A-Z]", key)}
    assert own >= {"o", "b", "k", "w"}
    assert not own & set(letters)
    assert len(set(letters)) == len(letters)


def test_that_it_shows_a_whole_request_and_its_answer(page: CheckPage, patient: Patient) -> None:
    fields = page.form.fields
    assert fields.patient.patient() == patient
    assert (fields.procedure.text(), fields.levels.text(), fields.day.text()) == (
        "Facet ablation",
        "l45b",
        "12/03/2026",
    )
    assert fields.elsewhere.value() is Elsewhere.NONE
    assert fields.time.text() == "9:30 AM"
    assert page.panel.bar.sentence() == "Allowed on Thu 12/03/2026"
    assert page.head.beside.text() == "Thu 12/03/2026   Whitaker  07/02/1951"
    assert page.current_patient() == patient.id


def test_that_it_begins_with_a_patient_and_the_hands_at_the_procedure(
    context: PageContext, in_front: InFront, patient: Patient
) -> None:
    page = CheckPage(context)
    page.begin(CheckStart(patient_id=patient.id))
    in_front(page)
    assert page.form.fields.patient.patient() == patient
    assert page.form.fields.coverage.currentText() == "Medicare Part B"
    assert QApplication.focusWidget() is page.form.fields.procedure


def test_that_it_begins_with_a_day(context: PageContext, in_front: InFront) -> None:
    page = CheckPage(context)
    page.begin(CheckStart(day=DAY))
    in_front(page)
    assert (page.form.fields.day.text(), page.form.fields.day.echo()) == ("12/03/2026", "Thu")


def test_that_beginning_anew_leaves_nothing_of_the_patient_before(page: CheckPage, settle: Settle) -> None:
    page.begin(CheckStart())
    settle()
    assert page.current_patient() == ""
    assert page.form.fields.levels.text() == page.form.fields.note.text() == ""
    assert page.panel.view() is None
    assert page.head.beside.text() == ""


def test_that_it_looks_again_when_the_history_changes(
    page: CheckPage, services: Services, patient: Patient, settle: Settle
) -> None:
    for day in ("2026-01-26", "2026-02-23"):
        event = performed(day, Family.FACET_ABLATION, "L4-L5 both", relief_percent=80.0, relief_months=8.0)
        done = services.history.add(patient.id, event)
    page.context.notifier.publish(done.changes)
    settle()
    assert page.panel.bar.sentence() == "Not before Wed 01/27/2027"


def test_that_it_does_not_look_again_for_another_patient(page: CheckPage) -> None:
    page.context.notifier.publish(Changes.of("somebody else", Kind.EVENTS))
    assert page.context.tasks.is_idle()


def test_that_it_looks_again_on_opening_for_what_changed_meanwhile(
    page: CheckPage, services: Services, patient: Patient, settle: Settle
) -> None:
    page.set_active(False)
    coverage = services.patients.get(patient.id).coverages[0]
    done = services.patients.change_coverage(patient.id, replace(coverage, end=date(2026, 12, 1)))
    page.context.notifier.publish(done.changes)
    assert page.panel.bar.sentence() == "Allowed on Thu 12/03/2026"
    page.set_active(True)
    settle()
    assert page.form.fields.coverage.error().startswith("This patient has no coverage on file")


def test_that_new_sites_and_providers_are_offered(page: CheckPage, services: Services, settle: Settle) -> None:
    done = services.desk.add_provider(a_provider(name="Omar Reyes, MD", short=""))
    page.context.notifier.publish(done.changes)
    settle()
    texts = page.form.fields.provider.offered()
    assert "Omar Reyes, MD" in texts


def test_that_a_failure_of_the_file_is_reported_and_no_answer_stays(
    page: CheckPage, database: Database, clinic: ClinicFolder, settle: Settle
) -> None:
    database.close()
    clinic.database.write_bytes(b"this is no database" * 1000)
    page.form.fields.day.setFocus()
    QTest.keyClicks(page.form.fields.day, "12/4")
    settle()
    assert page.panel.view() is None
    assert page.panel.bar.status() is Status.NEUTRAL
    assert page.panel.bar.sentence()
    assert page.panel.why.text()
    assert not page.bar.primary.isEnabled()


@pytest.mark.parametrize(("width", "height"), [(1264, 778), (1190, 646), (631, 262), (560, 600)])
def test_that_the_answer_is_in_sight_and_nothing_sticks_out(page: CheckPage, width: int, height: int) -> None:
    page.resize(width, height)
    for _ in range(2):  # the columns of the form give way in a turn of their own
        QApplication.processEvents()
    assert page.width() == width
    assert page.panel.bar.visibleRegion().boundingRect().height() == page.panel.bar.height()
    assert page.bar.primary.visibleRegion().boundingRect().size() == page.bar.primary.size()
    inside = page.body.area.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= page.body.area.viewport().width()


def test_that_every_control_has_a_name_and_tab_reaches_all_of_them_in_reading_order(page: CheckPage) -> None:
    named = [each for each in page.findChildren(QWidget) if isinstance(each, QLineEdit | QComboBox)]
    assert named
    assert all(each.accessibleName() for each in named)
    fields = page.form.fields
    fields.patient.setFocus()
    seen: list[QWidget] = []
    for _ in range(40):
        widget = QApplication.focusWidget()
        if widget is None or widget in seen:
            break
        seen.append(widget)
        page.focusNextChild()
    wanted = [fields.patient, fields.procedure, fields.levels, fields.day, fields.time, fields.note, fields.coverage,
              fields.site, fields.provider, page.timeline.strip, page.bar.primary]  # fmt: skip
    assert [each for each in seen if each in wanted] == wanted


def test_that_the_labels_keys_are_all_different(page: CheckPage) -> None:
    labels = [text for row in page.form.fields.rows() if (text := row.label.text())]
    letters = [text[text.index("&") + 1].lower() for text in labels]
    assert len(set(letters)) == len(letters)
    assert not set(letters) & set("fevgpshow")


def test_that_it_can_be_looked_at_in_the_dark(page: CheckPage, app: QApplication) -> None:
    light = page.grab().toImage()
    theme.apply(app, "dark")
    dark = page.grab().toImage()
    assert dark != light
    assert dark.pixelColor(dark.width() // 2, 2) == theme.color("surface")


def test_that_escape_closes_and_alt_o_does_nothing_while_it_is_allowed(page: CheckPage) -> None:
    closed: list[bool] = []
    page.closed.connect(lambda: closed.append(True))
    page.checking.ask_reason()
    assert page.booking_acts.dialog is None
    QTest.keyClick(page.form.fields.day, Qt.Key.Key_Escape)
    assert closed == [True]


def test_that_each_labels_key_leads_to_its_field(page: CheckPage) -> None:
    for row in page.form.fields.rows():
        buddy = row.label.buddy()
        if not row.label.text() or not buddy.isVisibleTo(page):
            continue
        letter = row.label.text()[row.label.text().index("&") + 1]
        page.timeline.strip.setFocus()
        QTest.keyClick(page, letter.lower(), Qt.KeyboardModifier.AltModifier)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus is buddy or buddy.isAncestorOf(focus), row.label.text()


def test_that_what_was_typed_can_be_brought_back_after_beginning_anew(
    page: CheckPage, patient: Patient, settle: Settle
) -> None:
    assert not page.back_button.isVisible()
    page.begin(CheckStart())
    settle()
    assert page.back_button.shown_text() == "Back to Whitaker 07/02/1951"
    page.back_button.click()
    settle()
    assert page.current_patient() == patient.id
    assert page.form.fields.levels.text() == "l45b"
    assert page.panel.bar.sentence() == "Allowed on Thu 12/03/2026"
    assert not page.back_button.isVisible()


def test_that_a_note_without_a_patient_is_brought_back_and_what_was_left_before_it_after_that(
    page: CheckPage, patient: Patient, settle: Settle
) -> None:
    page.begin(CheckStart())
    page.form.fields.note.setText("call back at noon")
    page.begin(CheckStart(patient.id))
    settle()
    assert page.back_button.shown_text() == "Back to what was typed"
    page.back_button.click()
    settle()
    assert page.form.fields.note.text() == "call back at noon"
    page.form.fields.note.setText("")
    assert page.back_button.shown_text() == "Back to Whitaker 07/02/1951"
    page.back_button.click()
    settle()
    assert page.form.fields.levels.text() == "l45b"


def test_that_what_was_left_before_a_booking_still_waits_after_it(
    page: CheckPage, patient: Patient, settle: Settle
) -> None:
    request = page.form.reading().request
    page.begin(CheckStart())
    page.form.fields.note.setText("call back at noon")
    page.begin(CheckStart(request=request))
    settle()
    page.primary()
    settle()
    assert page.current_patient() == ""
    assert page.back_button.shown_text() == "Back to what was typed"


def test_that_nothing_is_offered_to_bring_back_once_it_is_booked(page: CheckPage, settle: Settle) -> None:
    page.primary()
    settle()
    assert page.current_patient() == ""
    assert not page.back_button.isVisible()


def test_that_a_screen_reader_is_told_each_new_answer_and_the_urgent_ones_at_once(
    page: CheckPage, services: Services, patient: Patient, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: spoken.append((event.message(), event.politeness()))
    )
    for day in ("2026-01-26", "2026-02-23"):
        event = performed(day, Family.FACET_ABLATION, "L4-L5 both", relief_percent=80.0, relief_months=8.0)
        changes = services.history.add(patient.id, event).changes
    page.context.notifier.publish(changes)
    settle()
    page.form.fields.day.setFocus()
    QTest.keyClicks(page.form.fields.day, "2/1/2027")
    settle()
    polite, urgent = QAccessible.AnnouncementPoliteness.Polite, QAccessible.AnnouncementPoliteness.Assertive
    assert spoken[0] == ("Not before Wed 01/27/2027. 2 of 2 sessions used", urgent)
    assert spoken[-1] == ("Allowed, last one in the window. 1 of 2 sessions used", polite)
    assert not any("Go on" in message for message, _politeness in spoken)


def test_that_what_cannot_be_read_is_named_in_the_language_of_the_window(page: CheckPage, settle: Settle) -> None:
    with speaking(words_of("es", resource_root() / "languages")):
        for field, spanish in ((page.form.fields.levels, "niveles"), (page.form.fields.time, "hora")):
            before = field.text()
            field.setText("no such")
            field.read()
            missing = page.form.reading().missing
            assert missing is not None
            assert spanish in missing.headline
            field.setText(before)
            field.read()
