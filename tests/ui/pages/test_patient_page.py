"""The page of one patient."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.ui.conftest import HOSTILE_NAMES
from tracker.domain.clinical_record import ConservativeCare
from tracker.domain.errors import NotFoundError, StorageError
from tracker.domain.event import EventStatus, Place
from tracker.domain.patient import Patient
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.services.changes import Changes, Done, Kind
from tracker.services.patients.patients import PatientRecord
from tracker.services.words.wording import headline, reason_text
from tracker.ui.clinical.checklist_dialog import ChecklistDialog
from tracker.ui.dialogs.care_dialog import CareDialog
from tracker.ui.dialogs.coverage_dialog import CoverageDialog
from tracker.ui.dialogs.denial_dialog import DenialDialog
from tracker.ui.dialogs.event_dialog import EventDialog
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.dialogs.remove_event_dialog import RemoveEventDialog
from tracker.ui.dialogs.response_dialog import ResponseDialog
from tracker.ui.pages.page import CheckStart, PageContext, PatientStart, RequestStart
from tracker.ui.pages.patient_page import PatientPage
from tracker.ui.theme import plain_text
from tracker.ui.widgets.side_by_side import SideBySide

TODAY = date(2026, 11, 24)


class GonePatients:
    """Patients of which this one is not there any more, or cannot be read."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def get(self, patient_id: str) -> PatientRecord:
        raise self.error

    def coverage_label(self, coverage: object) -> str:
        return ""


class SilentRules:
    """Rules that cannot be asked."""

    def table_in(self, file: object, on: date) -> tuple[object, ...]:
        raise StorageError("The rules could not be read.", "", "Try again.")


@pytest.fixture
def patient(context: PageContext) -> Patient:
    """Four diagnostic blocks in the window, one injection elsewhere, Medicare."""
    services = context.services
    patient = services.patients.add(a_patient(mrn="M1002231")).value
    services.patients.add_coverage(patient.id, a_coverage())
    for day in ("2026-01-12", "2026-02-02", "2026-06-15", "2026-07-13"):
        services.history.add(patient.id, performed(day, relief_percent=90.0))
    services.history.add(
        patient.id, performed("2025", Family.EPIDURAL, "L5-S1", place=Place.ELSEWHERE, intent=None), "Dr. Else"
    )
    return patient


def page_on(context: PageContext, qtbot: QtBot, patient_id: str) -> PatientPage:
    page = PatientPage(context)
    qtbot.addWidget(page)
    page.resize(1264, 800)
    with qtbot.waitActive(page):
        page.show()
    page.begin(patient_id)
    page.set_active(True)
    qtbot.waitUntil(context.tasks.is_idle)
    return page


@pytest.fixture
def page(context: PageContext, qtbot: QtBot, patient: Patient) -> PatientPage:
    return page_on(context, qtbot, patient.id)


def book(context: PageContext, patient_id: str, day: date) -> str:
    sites = parse_sites(("C7-T1",), Approach.INTERLAMINAR).targets
    request = replace(
        a_request(patient_id, day, starts=time(10, 30)),
        family=Family.EPIDURAL,
        intent=Intent.THERAPEUTIC,
        approach=Approach.INTERLAMINAR,
        targets=sites,
    )
    booking = context.services.booking
    return booking.book(request, booking.check(request).fingerprint).value.id


def publish(page: PatientPage, qtbot: QtBot, changes: Changes) -> None:
    page.context.notifier.publish(changes)
    qtbot.waitUntil(page.context.tasks.is_idle)


def test_that_a_payer_that_is_switched_off_is_told_while_a_coverage_has_it(
    page: PatientPage, context: PageContext, qtbot: QtBot
) -> None:
    assert page.notice.sentence() == ""
    done = context.services.plan_terms.switch("medicare", False)
    publish(page, qtbot, done.changes)
    assert page.notice.sentence().startswith("Medicare is switched off here")
    publish(page, qtbot, context.services.plan_terms.switch("medicare", True).changes)
    assert page.notice.sentence() == ""


def test_that_the_head_tells_who_it_is_and_who_pays(page: PatientPage) -> None:
    head = page.head
    shown = [head.name.text(), head.born.text(), head.age.text(), head.mrn.text(), head.phone.text()]

    assert shown == ["Whitaker, Doris M.", "07/02/1951", "75, female", "M1002231", "(859) 555-0177"]
    assert head.coverage.text() == "Medicare Part B 1EG4-TE5-MK72, since 07/01/2016"


def test_that_the_table_answers_for_today_and_says_why(page: PatientPage) -> None:
    model = page.eligible.table.record_model()
    first = [model.index(0, column).data() for column in range(5)]

    assert first == ["Facet diagnostic, lumbar", "64493 64494", "4 of 4", "Not before", "Wed 01/13/2027"]
    assert page.eligible.head.title.text() == "When can she have it"
    assert page.visits.why.headline.text() == "Not before Wed 01/13/2027"
    assert "01/12/2026 (leaves 01/13/2027)" in page.visits.why.counted.text()
    assert page.eligible.table.hasFocus()


def test_that_every_row_is_explained_when_it_is_chosen(page: PatientPage, qtbot: QtBot) -> None:
    rows = page.eligible.table.records()
    explained = []
    for place, row in enumerate(rows):
        page.eligible.table.setCurrentIndex(page.eligible.table.record_model().index(place, 0))
        qtbot.waitUntil(page.context.tasks.is_idle)
        explained.append((page.visits.why.headline.text(), page.visits.why.reason.text()))
        assert row.answer.outcome is row.verdict.outcome

    assert len(rows) > 5
    assert explained == [(headline(row.verdict), reason_text(row.verdict)) for row in rows]


def test_that_no_row_is_explained_once_the_patient_is_left(page: PatientPage, qtbot: QtBot) -> None:
    page.eligible.table.setCurrentIndex(page.eligible.table.record_model().index(2, 0))
    page._show_nobody()
    qtbot.waitUntil(page.context.tasks.is_idle)

    assert page.visits.why.isHidden()


def test_that_the_table_answers_for_another_day(page: PatientPage, qtbot: QtBot) -> None:
    page.eligible.day.setFocus()
    page.eligible.day.selectAll()
    qtbot.keyClicks(page.eligible.day, "1/13/27")
    qtbot.keyClick(page.eligible.day, Qt.Key.Key_Return)
    qtbot.waitUntil(page.context.tasks.is_idle)

    row = page.eligible.table.records()[0]
    assert (row.verdict.asked, row.flag, row.used) == (date(2027, 1, 13), "Last in window", 3)


def test_that_enter_on_a_line_checks_it_as_it_was_asked(page: PatientPage, qtbot: QtBot) -> None:
    row = page.eligible.table.records()[0]

    with qtbot.waitSignal(page.check_wanted) as told:
        qtbot.keyClick(page.eligible.table, Qt.Key.Key_Return)

    assert told.args == [CheckStart(patient_id=page.current_patient(), request=row.to_check)]


def test_that_the_answers_are_copied_as_text(page: PatientPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.eligible.copy, Qt.MouseButton.LeftButton)

    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Whitaker, Doris M.   07/02/1951   M1002231"
    assert lines[2] == "Asked for Tue 11/24/2026:"
    assert lines[3].startswith("Facet diagnostic, lumbar: 4 of 4 used, ")
    assert page.summary() == QGuiApplication.clipboard().text()
    assert page.eligible.copy.text() == "Copied"


def test_that_injections_are_shown_newest_first_as_exactly_as_they_are_known(page: PatientPage) -> None:
    model = page.injections.table.record_model()
    rows = [[model.index(row, column).data() for column in (0, 1, 4, 5, 6, 7, 10)] for row in (0, 4)]

    assert rows[0] == ["07/13/2026", "MBB", "L4-5 L5-S1 left", "", "Medicare Part B", "ours", "Done"]
    assert rows[1] == ["2025", "Epidural", "L5-S1 side unknown", "Dr. Else", "Medicare Part B", "elsewhere", "Done"]
    assert page.injections.provenance.text().startswith("Entered by Jo Diaz on 11/24/2026")


def test_that_a_coming_visit_is_shown_judged_and_can_be_moved(
    context: PageContext, qtbot: QtBot, patient: Patient
) -> None:
    booking_id = book(context, patient.id, date(2026, 12, 10))
    page = page_on(context, qtbot, patient.id)
    model = page.visits.visits.record_model()

    assert [model.index(0, column).data() for column in range(3)] == [
        "Thu 12/10/2026 10:30 AM",
        "IL epidural C7-T1",
        "Allowed",
    ]
    for table in (page.visits.visits, page.injections.table):
        table.setFocus()
        with qtbot.waitSignal(page.check_wanted) as told:
            qtbot.keyClick(table, Qt.Key.Key_Return)
        assert told.args == [CheckStart(patient_id=patient.id, booking_id=booking_id, change=True)]


@pytest.mark.parametrize("key", ["R", "X"])
def test_that_a_visit_to_come_has_no_relief_and_is_not_taken_out(
    context: PageContext, qtbot: QtBot, patient: Patient, key: str
) -> None:
    book(context, patient.id, date(2026, 12, 10))
    page = page_on(context, qtbot, patient.id)
    page.injections.table.setFocus()

    qtbot.keyClicks(page.injections.table, key)

    assert "still to come" in page.notice.sentence()
    assert page.findChild(ResponseDialog) is None


@pytest.mark.parametrize(
    ("key", "dialog"), [("R", ResponseDialog), ("X", RemoveEventDialog), ("O", EventDialog), ("\r", EventDialog)]
)
def test_that_single_keys_work_while_the_list_has_the_focus(
    page: PatientPage, qtbot: QtBot, key: str, dialog: type
) -> None:
    page.eligible.table.setFocus()
    if key != "\r":
        qtbot.keyClicks(page.eligible.table, key)
    assert page.findChild(dialog) is None

    page.injections.table.setFocus()
    qtbot.keyClicks(page.injections.table, key)

    assert page.findChild(dialog).isVisible()


def test_that_the_coverage_list_opens_and_adds(page: PatientPage, qtbot: QtBot) -> None:
    page.body.choose("coverage")
    page.body.coverage.coverages.setFocus()
    qtbot.keyClick(page.body.coverage.coverages, Qt.Key.Key_Return)
    opened = page.findChild(CoverageDialog)
    assert opened.heading.text() == "Change coverage"
    opened.reject()

    qtbot.keyClicks(page.body.coverage.coverages, "A")
    titles = {dialog.heading.text() for dialog in page.findChildren(CoverageDialog)}
    assert "New coverage" in titles


def test_that_a_done_act_is_told_and_the_new_entry_becomes_current(
    page: PatientPage, qtbot: QtBot, patient: Patient
) -> None:
    told: list[Done[object]] = []
    page.acted.connect(told.append)
    page.acted.connect(lambda done: page.context.notifier.publish(done.changes))
    page.patient_acts.add_injection()
    dialog = page.findChild(EventDialog)
    dialog.fields.when.setText("3/2/2026")
    dialog.fields.procedure.setText("rfa")
    dialog.fields.levels.setText("")

    with qtbot.waitSignal(page.acted):
        dialog.save()
    qtbot.waitUntil(page.context.tasks.is_idle)

    assert told[0].sentence == "Added RFA, 03/02/2026, Whitaker, Doris M."
    assert page.injections.table.current_record().event.family is Family.FACET_ABLATION
    assert page.injections.head.beside.text() == "6"


def test_that_changes_of_this_patient_are_shown_and_the_current_row_stays(
    page: PatientPage, qtbot: QtBot, patient: Patient
) -> None:
    page.injections.table.select_row(2)
    current = page.injections.table.current_record().event.id
    done = page.context.services.history.add(patient.id, performed("2026-11-02"))

    publish(page, qtbot, done.changes)

    assert len(page.injections.table.records()) == 6
    assert page.injections.table.current_record().event.id == current
    assert page.eligible.table.records()[0].used == 5


def test_that_changes_of_others_are_not_read(page: PatientPage, qtbot: QtBot, patient: Patient) -> None:
    page.context.services.history.add(patient.id, performed("2026-11-02"))

    publish(page, qtbot, Changes.of("somebody else", Kind.EVENTS))

    assert len(page.injections.table.records()) == 5


def test_that_the_next_patient_is_never_mixed_with_the_one_before(
    page: PatientPage, qtbot: QtBot, context: PageContext
) -> None:
    other = context.services.patients.add(a_patient(last="Abbott", first="Ann", middle="", sex="", phone="")).value

    page.begin(other.id)
    assert page.head.name.text() == ""
    assert page.current_patient() == ""
    assert page.injections.table.records() == ()
    qtbot.waitUntil(context.tasks.is_idle)

    assert page.head.name.text() == "Abbott, Ann"
    assert page.head.phone_mark.isHidden()
    assert page.eligible.head.title.text() == "When can the patient have it"


def test_that_a_patient_without_coverage_gets_the_one_next_step(context: PageContext, qtbot: QtBot) -> None:
    bare = context.services.patients.add(a_patient()).value
    page = page_on(context, qtbot, bare.id)

    assert "no coverage on file" in page.eligible.notice.sentence()
    assert page.eligible.notice.button.hasFocus()
    assert page.injections.empty.sentence() == "No injection is on file."
    qtbot.keyClick(page.eligible.notice.button, Qt.Key.Key_Space)
    assert page.findChild(CoverageDialog).isVisible()


def test_that_a_missing_coverage_is_added_from_here_by_one_key(context: PageContext, qtbot: QtBot) -> None:
    bare = context.services.patients.add(a_patient()).value
    page = page_on(context, qtbot, bare.id)

    assert page.eligible.notice.sentence().endswith(
        "Add it here with A, self-pay included; or choose another date above."
    )
    qtbot.keyClick(page.eligible.notice.button, Qt.Key.Key_A)
    assert page.findChild(CoverageDialog).isVisible()


def test_that_a_patient_who_is_gone_is_said_and_another_can_be_found(
    context: PageContext, qtbot: QtBot, patient: Patient
) -> None:
    gone = GonePatients(NotFoundError("This patient is not on file any more.", "", "Find another one."))
    services = replace(context.services, patients=gone)  # type: ignore[arg-type]  # stands for the service
    page = page_on(replace(context, services=services), qtbot, patient.id)

    assert "not on file any more" in page.notice.sentence()
    assert page.body.isHidden()
    assert page.current_patient() == ""
    with qtbot.waitSignal(page.find_wanted):
        page.notice.button.click()


def test_that_a_file_that_cannot_be_read_can_be_tried_again(
    context: PageContext, qtbot: QtBot, patient: Patient
) -> None:
    broken = GonePatients(StorageError("The clinic's file could not be read.", "", "Try again."))
    services = replace(context.services, patients=broken)  # type: ignore[arg-type]  # stands for the service
    page = page_on(replace(context, services=services), qtbot, patient.id)
    assert page.notice.button.text() == "Try again"

    with qtbot.waitSignal(page.loader.failed):
        page.notice.button.click()


def test_that_rules_that_do_not_answer_are_said_beside_what_is_on_file(
    context: PageContext, qtbot: QtBot, patient: Patient
) -> None:
    services = replace(context.services, eligibility=SilentRules())  # type: ignore[arg-type]  # stands for the service
    page = page_on(replace(context, services=services), qtbot, patient.id)

    assert "The rules could not be read." in page.eligible.notice.sentence()
    assert page.eligible.table.records() == ()
    assert page.summary() == ""
    assert page.head.name.text() == "Whitaker, Doris M."


def test_that_a_bug_is_handed_to_the_window(context: PageContext, qtbot: QtBot, patient: Patient) -> None:
    services = replace(context.services, patients=GonePatients(KeyError("x")))  # type: ignore[arg-type]  # a bug
    with qtbot.waitSignal(context.tasks.unseen):
        page = page_on(replace(context, services=services), qtbot, patient.id)

    assert "Something went wrong" in page.notice.sentence()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_that_any_text_is_shown_as_plain_text(context: PageContext, qtbot: QtBot, name: str) -> None:
    services = context.services
    patient = services.patients.add(a_patient(last=name, first=name, mrn=name, phone=name, sex=name)).value
    services.patients.add_coverage(patient.id, a_coverage(plan=name, member_id=name))
    services.history.add(patient.id, performed("2026-03-02", note=name, payer=name), name)
    page = page_on(context, qtbot, patient.id)

    assert page.head.name.text() == plain_text.one_line(patient.name)
    for label in (page.head.mrn, page.head.phone, page.injections.provenance, page.eligible.head.title):
        assert label.textFormat() is Qt.TextFormat.PlainText
    model = page.injections.table.record_model()
    assert model.index(0, 5).data() == plain_text.one_line(name.strip())
    page.patient_acts.edit_patient()
    dialog = page.findChild(PatientDialog)
    assert dialog.last.text() == patient.last
    assert "<qt>" not in dialog.beside.text()


def test_that_cancelled_visits_stand_grey_in_the_list(context: PageContext, qtbot: QtBot, patient: Patient) -> None:
    context.services.history.add(patient.id, performed("2026-10-12", status=EventStatus.CANCELLED))
    page = page_on(context, qtbot, patient.id)

    model = page.injections.table.record_model()
    assert model.index(0, 10).data() == "Cancelled"
    assert page.injections.table.records()[0].event.status is EventStatus.CANCELLED


@pytest.mark.parametrize(("width", "way"), [(1264, "LeftToRight"), (631, "TopToBottom")])
def test_that_panels_stand_one_above_the_other_on_narrow_windows(page: PatientPage, width: int, way: str) -> None:
    page.resize(width, 316)

    pairs = page.body.summary.findChildren(SideBySide)
    assert {pair.box.direction() for pair in pairs} == {QBoxLayout.Direction[way]}
    assert page.head.name.width() >= page.head.name.sizeHint().width() or width > 700
    assert page.eligible.table.width() <= width


def test_that_every_control_has_a_name(page: PatientPage) -> None:
    tables = (page.eligible.table, page.visits.visits, page.body.coverage.coverages, page.injections.table)

    assert all(table.accessibleName() for table in tables)
    assert page.eligible.day.accessibleName()


def test_that_conservative_care_and_denied_claims_are_reached_by_keys_and_shown(
    page: PatientPage, patient: Patient, qtbot: QtBot
) -> None:
    page.acted.connect(lambda done: page.context.notifier.publish(done.changes))
    act = next(each for each in page.acts() if each.act.id == "add care")
    act.do()
    care = page.findChild(CareDialog)
    care.what.setText("Physical therapy")
    care.start.setText("5/4/26")
    care.end.setText("7/2/26")
    care.outcome.setText("no lasting relief")
    with qtbot.waitSignal(page.acted):
        care.save()
    qtbot.waitUntil(page.context.tasks.is_idle)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.injections.table.setFocus()
    qtbot.keyClick(page.injections.table, Qt.Key.Key_D)
    denial = page.findChild(DenialDialog)
    denial.code.setText("151")
    with qtbot.waitSignal(page.acted):
        denial.save()
    qtbot.waitUntil(page.context.tasks.is_idle)

    care_model, denial_model = page.body.record.care.record_model(), page.body.record.denials.record_model()
    assert [care_model.index(0, column).data() for column in range(3)] == [
        "Physical therapy", "05/04/2026 to 07/02/2026", "no lasting relief"
    ]  # fmt: skip
    assert [denial_model.index(0, column).data() for column in (0, 2, 4)] == ["11/24/2026", "151", "–"]
    assert (page.body.record.no_care.isHidden(), page.body.record.no_denial.isHidden()) == (True, True)


def test_that_the_checklist_of_a_line_opens_with_its_key_and_saves_through_the_page(
    page: PatientPage, qtbot: QtBot
) -> None:
    page.eligible.table.setFocus()
    qtbot.keyClick(page.eligible.table, Qt.Key.Key_L)
    dialog = page.findChild(ChecklistDialog)
    qtbot.waitUntil(page.context.tasks.is_idle)
    assert dialog.panel.checklist is not None
    assert dialog.panel.checklist.repeat is True
    assert dialog.panel.table.records()


def test_that_a_visit_to_come_cannot_be_denied(context: PageContext, qtbot: QtBot, patient: Patient) -> None:
    book(context, patient.id, date(2026, 12, 10))
    page = page_on(context, qtbot, patient.id)
    page.injections.table.select_row(0)
    page.injections.table.setFocus()
    qtbot.keyClick(page.injections.table, Qt.Key.Key_D)
    assert page.findChild(DenialDialog) is None
    assert "Only what was done can be billed" in page.notice.sentence()


def test_that_another_patients_care_is_not_shown(
    context: PageContext, qtbot: QtBot, page: PatientPage, patient: Patient
) -> None:
    context.services.care.add(ConservativeCare(patient.id, "Exercises", date(2026, 5, 4)))
    other = context.services.patients.add(a_patient(last="Other")).value
    page.begin(patient.id)
    qtbot.waitUntil(context.tasks.is_idle)
    assert len(page.body.record.care.records()) == 1
    page.begin(other.id)
    assert page.body.record.care.records() == ()
    qtbot.waitUntil(context.tasks.is_idle)
    assert page.body.record.care.records() == ()


def test_that_each_injection_has_its_codes_its_region_and_whether_it_counts_today(page: PatientPage) -> None:
    model = page.injections.table.record_model()
    rows = [[model.index(row, column).data() for column in (2, 3, 8)] for row in (0, 4)]

    assert rows[0] == ["64493 64494", "lumbar / sacral", "counts, leaves 07/14/2027"]
    assert rows[1][2] == "counts, leaves 01/01/2027"


def test_that_parts_are_walked_by_keys_and_each_shows_its_list(page: PatientPage, qtbot: QtBot) -> None:
    acts = {each.act.id: each.do for each in page.acts()}
    seen = []
    for _ in range(6):
        acts["next part"]()
        qtbot.waitUntil(page.context.tasks.is_idle)
        seen.append(page.body.part())
        assert page.body.stack.currentWidget().isVisible()

    assert seen == ["injections", "authorizations", "coverage", "documents", "audit", "summary"]


def test_that_injections_stand_in_the_summary_and_in_their_own_part(page: PatientPage) -> None:
    assert page.injections.isVisible()
    page.body.choose("injections")
    assert page.injections.isVisible()
    assert page.body.record.isVisible()
    page.body.choose("summary")
    assert page.injections.isVisible()
    assert not page.body.record.isVisible()


def test_that_the_audit_names_who_did_what(page: PatientPage, qtbot: QtBot) -> None:
    page.body.choose("audit")
    qtbot.waitUntil(page.context.tasks.is_idle)
    model = page.body.trail.table.record_model()

    assert [model.index(model.rowCount() - 1, column).data() for column in (1, 2)] == ["Jo Diaz", "Add patient"]


def test_that_a_page_can_begin_with_the_authorizations(page: PatientPage, patient: Patient, qtbot: QtBot) -> None:
    page.begin(PatientStart(patient.id, "authorizations"))
    qtbot.waitUntil(page.context.tasks.is_idle)
    assert page.body.part() == "authorizations"

    page.begin(patient.id)
    assert page.body.part() == "summary"


def test_that_a_draft_is_open_and_enter_shows_it_on_the_worklist(
    context: PageContext, qtbot: QtBot, patient: Patient
) -> None:
    draft = context.services.authorizations.draft_from(a_request(patient.id, date(2026, 12, 10))).value
    page = page_on(context, qtbot, patient.id)
    page.visits.visits.setFocus()
    with qtbot.waitSignal(page.request_wanted) as told:
        qtbot.keyClick(page.visits.visits, Qt.Key.Key_Return)

    assert told.args == [RequestStart(record_id=draft.id)]
    model = page.visits.visits.record_model()
    assert model.index(0, 1).data().startswith("Request: ")
    assert model.index(0, 2).data() == "Draft"


def test_that_the_timeline_numbers_what_counts_and_says_so(page: PatientPage) -> None:
    view = page.body.history.strip.view()
    facets = next(lane for lane in view.lanes if lane.label == "Facet injection")

    assert [disc.number for disc in facets.discs] == [1, 2, 3, 4]
    assert facets.free == date(2027, 1, 13)
    name = page.body.history.strip.accessibleName()
    assert "Facet injection: 4 count today, closed until Wed 01/13/2027" in name


def test_that_the_spine_shows_how_often_each_place_was_treated(page: PatientPage, qtbot: QtBot) -> None:
    assert "L4-5 left 4" in page.body.spine.mini.accessibleName()
    page.body.spine.turn.click()
    assert page.body.spine.mini.accessibleName().startswith("Whole spine, ever on file")
