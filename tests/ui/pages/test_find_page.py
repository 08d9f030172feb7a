"""The page that finds patients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_patient, performed
from tests.ui.conftest import HOSTILE_NAMES
from tracker.domain.errors import StorageError
from tracker.domain.list_order import FoundSort
from tracker.domain.patient import Patient
from tracker.services.changes import Changes, Done, Kind
from tracker.services.patients.patients import PatientHit
from tracker.ui import theme
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.find.hit_delegate import parts_of
from tracker.ui.pages.find_page import FindPage
from tracker.ui.pages.page import CheckStart, PageContext, PatientStart
from tracker.ui.theme import plain_text

Add = Callable[..., str]


class UnreadableFile:
    """Patients that cannot be read just now."""

    def find(self, text: str, limit: int = 50, sort: FoundSort | None = None) -> tuple[PatientHit, ...]:
        raise StorageError("The clinic's file could not be read.", "", "Try again.")


@pytest.fixture
def add(context: PageContext) -> Add:
    def added(last: str, first: str = "Jane", **given: object) -> str:
        patient = context.services.patients.add(a_patient(last=last, first=first, middle="", **given)).value
        context.services.patients.add_coverage(patient.id, a_coverage())
        return patient.id

    return added


@pytest.fixture
def page(context: PageContext, qtbot: QtBot) -> FindPage:
    page = FindPage(context)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.set_active(True)
    return page


def names(page: FindPage) -> list[str]:
    return [hit.patient.name for hit in page.found.hits.records()]


def look_for(page: FindPage, qtbot: QtBot, text: str) -> None:
    with qtbot.waitSignal(page.searcher.found):
        page.field.setText(text)


def test_that_patients_are_shown_while_one_types(page: FindPage, add: Add, qtbot: QtBot) -> None:
    add("Smith", born=date(1960, 7, 2), mrn="M77")
    add("Smithson", "Jo")
    add("Other")

    with qtbot.waitSignal(page.searcher.found):
        qtbot.keyClicks(page.field, "smi")
    assert names(page) == ["Smith, Jane", "Smithson, Jo"]

    model = page.found.hits.record_model()
    row = [model.index(0, column).data() for column in range(4)]
    assert row == ["Smith, Jane", "07/02/1960", "M77", "Medicare Part B"]
    assert page.found.current() == page.found.hits.records()[0]


def test_that_down_and_up_move_while_typing_stays_in_the_field(page: FindPage, add: Add, qtbot: QtBot) -> None:
    for first in ("Ann", "Bea", "Cyd"):
        add("Smith", first)
    look_for(page, qtbot, "smith")

    for _ in range(2):
        qtbot.keyClick(page.field, Qt.Key.Key_Down)
    assert page.found.current().patient.first == "Cyd"
    qtbot.keyClick(page.field, Qt.Key.Key_Down)
    assert page.found.current().patient.first == "Cyd"
    qtbot.keyClick(page.field, Qt.Key.Key_Up)

    assert page.found.current().patient.first == "Bea"
    assert page.focusWidget() is page.field


def test_that_enter_opens_the_marked_patient(page: FindPage, add: Add, qtbot: QtBot) -> None:
    add("Smith", "Ann")
    second = add("Smith", "Bea")
    look_for(page, qtbot, "smith")
    qtbot.keyClick(page.field, Qt.Key.Key_Down)

    with qtbot.waitSignal(page.patient_wanted) as told:
        qtbot.keyClick(page.field, Qt.Key.Key_Return)

    assert told.args == [second]


def test_that_enter_before_the_answer_opens_the_only_one_who_fits(page: FindPage, add: Add, qtbot: QtBot) -> None:
    only = add("Smith")

    with qtbot.waitSignal(page.patient_wanted) as told:
        page.field.setText("smi")
        qtbot.keyClick(page.field, Qt.Key.Key_Return)

    assert told.args == [only]


def test_that_enter_before_the_answer_opens_nobody_unseen_when_several_fit(
    page: FindPage, add: Add, qtbot: QtBot
) -> None:
    add("Smith", "Ann")
    add("Smith", "Bea")

    with qtbot.assertNotEmitted(page.patient_wanted), qtbot.waitSignal(page.searcher.found):
        page.field.setText("smi")
        qtbot.keyClick(page.field, Qt.Key.Key_Return)

    assert len(names(page)) == 2


def test_that_similar_names_stand_below_when_few_fit_and_the_marker_walks_there(
    page: FindPage, add: Add, qtbot: QtBot
) -> None:
    add("Whitaker", "Doris")
    add("Whitacre", "Paul")
    look_for(page, qtbot, "whitaker")

    assert names(page) == ["Whitaker, Doris"]
    assert [hit.patient.name for hit in page.found.alike.records()] == ["Whitacre, Paul"]
    assert page.found.divider.isVisibleTo(page)

    qtbot.keyClick(page.field, Qt.Key.Key_Down)
    assert page.found.current().patient.first == "Paul"
    assert page.found.hits.current_record() is None
    qtbot.keyClick(page.field, Qt.Key.Key_Up)
    assert page.found.current().patient.first == "Doris"


def test_that_the_columns_of_both_lists_stand_under_each_other(page: FindPage, add: Add, qtbot: QtBot) -> None:
    add("Whitaker", "Doris", mrn="1")
    add("Whitacre", "Paul Alexander Maximilian", mrn="M-000-000-000-7")
    look_for(page, qtbot, "whitaker")

    columns = range(4)
    assert [page.found.hits.columnWidth(c) for c in columns] == [page.found.alike.columnWidth(c) for c in columns]


def test_that_nothing_typed_says_what_may_be_typed(page: FindPage) -> None:
    assert page.empty.sentence() == "Type a name, a birth date or a number."
    assert page.empty.button.shown_text() == "Add a patient…"
    assert not page.found.isVisible()


def test_that_nobody_found_says_what_was_looked_for_and_offers_a_new_patient(page: FindPage, qtbot: QtBot) -> None:
    look_for(page, qtbot, "Okafor, Grace")

    assert page.empty.sentence() == "No patient found for “Okafor, Grace”."
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(PatientDialog)
    assert (dialog.last.text(), dialog.first.text()) == ("Okafor", "Grace")


@pytest.mark.parametrize(("typed", "field", "there"), [("07/02/1951", "born", "07/02/1951"), ("M4711", "mrn", "M4711")])
def test_that_a_date_or_a_number_that_was_looked_for_is_not_typed_twice(
    page: FindPage, qtbot: QtBot, typed: str, field: str, there: str
) -> None:
    look_for(page, qtbot, typed)
    page.add_patient()

    dialog = page.findChild(PatientDialog)
    assert getattr(dialog, field).text() == there


def test_that_a_new_patient_is_told_and_opened(page: FindPage, qtbot: QtBot) -> None:
    look_for(page, qtbot, "Okafor")
    page.add_patient()
    dialog = page.findChild(PatientDialog)
    dialog.born.setText("01/02/1960")

    done: list[Done[Patient]] = []
    page.acted.connect(done.append)
    with qtbot.waitSignal(page.patient_wanted) as told:
        dialog.save_button.click()

    assert done[0].sentence == "Added Okafor"
    assert told.args == [done[0].value.id]


def test_that_the_primary_act_checks_with_the_marked_patient(page: FindPage, add: Add, qtbot: QtBot) -> None:
    only = add("Smith")
    look_for(page, qtbot, "smith")

    with qtbot.waitSignal(page.check_wanted) as told:
        page.primary()

    assert told.args == [CheckStart(patient_id=only)]
    assert page.current_patient() == only


def test_that_a_patient_is_not_booked_while_what_is_typed_is_not_answered(
    page: FindPage, add: Add, qtbot: QtBot
) -> None:
    add("Smith")
    look_for(page, qtbot, "smith")

    with qtbot.assertNotEmitted(page.check_wanted), qtbot.waitSignal(page.searcher.found):
        page.field.setText("smithers")
        page.primary()
        unanswered = page.current_patient()

    assert unanswered == ""


def test_that_escape_empties_the_field_first_and_then_goes_back(page: FindPage, qtbot: QtBot) -> None:
    look_for(page, qtbot, "smith")
    with qtbot.assertNotEmitted(page.closed):
        qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.field.text() == ""

    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.field, Qt.Key.Key_Escape)


def test_that_typing_goes_on_where_the_window_began(page: FindPage, qtbot: QtBot) -> None:
    page.begin("s")
    page.opened()
    with qtbot.waitSignal(page.searcher.found):
        qtbot.keyClicks(page.field, "m")

    assert page.field.text() == "sm"


def test_that_a_change_is_shown_and_the_marked_patient_stays_marked(page: FindPage, add: Add, qtbot: QtBot) -> None:
    add("Smith", "Bea")
    add("Smith", "Cyd")
    look_for(page, qtbot, "smith")
    qtbot.keyClick(page.field, Qt.Key.Key_Down)

    first = add("Smith", "Ann")
    with qtbot.waitSignal(page.searcher.found):
        page.context.notifier.publish(Changes.of(first, Kind.PATIENTS))

    assert names(page) == ["Smith, Ann", "Smith, Bea", "Smith, Cyd"]
    assert page.found.current().patient.first == "Cyd"


def test_that_a_failure_is_said_in_place_and_nobody_is_shown(context: PageContext, qtbot: QtBot) -> None:
    services = replace(context.services, patients=UnreadableFile())  # type: ignore[arg-type]  # stands for the service
    page = FindPage(replace(context, services=services))
    qtbot.addWidget(page)
    page.show()

    with qtbot.waitSignal(page.searcher.failed):
        page.field.setText("smith")

    assert "could not be read" in page.notice.sentence()
    assert page.notice.button.text() == "Try again"
    assert page.found.count() == 0
    assert page.current_patient() == ""


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_that_any_name_is_shown_as_plain_text(page: FindPage, add: Add, qtbot: QtBot, name: str) -> None:
    add("Whitaker", name, mrn="HOSTILE7")
    look_for(page, qtbot, "HOSTILE7")

    assert names(page) == [f"Whitaker, {name.strip()}"]
    shown = page.found.hits.record_model().index(0, 0).data()
    assert shown == plain_text.one_line(f"Whitaker, {name.strip()}")
    look_for(page, qtbot, f"no {name}")
    assert "<qt>" not in page.empty.sentence()


def test_that_the_hit_in_a_name_is_found_at_the_beginning_of_its_words() -> None:
    assert parts_of("Smith, Jane", "smi j") == [
        ("Smi", True),
        ("th", False),
        (", ", False),
        ("J", True),
        ("ane", False),
    ]
    assert "".join(part for part, _hit in parts_of("O'Brien-Núñez, Zoë", "núñ")) == "O'Brien-Núñez, Zoë"
    assert parts_of("Smith", "") == [("Smith", False)]


def test_that_each_row_says_the_one_thing_worth_knowing_after_it_is_painted(
    page: FindPage, add: Add, context: PageContext, qtbot: QtBot
) -> None:
    blocked, free = add("Smith"), add("Smithson", "Jo")
    for day in ("2026-01-12", "2026-02-02", "2026-06-15", "2026-07-13"):
        context.services.history.add(blocked, performed(day, relief_percent=90.0))
    look_for(page, qtbot, "smi")
    model = page.found.hits.record_model()
    last = model.columnCount() - 1
    assert {model.index(row, last).data() for row in (0, 1)} <= {"", "No limits near"}

    with qtbot.waitSignals([page.glancer.glanced, page.glancer.glanced]):
        pass

    words = {model.record(row).patient.id: model.index(row, last).data() for row in (0, 1)}
    assert words == {blocked: "MBB not before 01/13/2027", free: "No limits near"}


def test_that_typing_on_gives_up_what_was_not_looked_at_yet(page: FindPage, add: Add, qtbot: QtBot) -> None:
    add("Smith")
    look_for(page, qtbot, "smi")
    with qtbot.assertNotEmitted(page.glancer.glanced, wait=300):
        page.field.setText("smx")


def test_that_a_part_of_a_name_finds_whom_its_beginning_does_not(page: FindPage, add: Add, qtbot: QtBot) -> None:
    add("Featherstonehaugh")
    look_for(page, qtbot, "stoneh")

    assert names(page) == []
    assert [hit.patient.last for hit in page.found.alike.records()] == ["Featherstonehaugh"]


def test_that_shift_enter_checks_and_ctrl_a_shows_authorizations(page: FindPage, add: Add, qtbot: QtBot) -> None:
    patient_id = add("Smith")
    look_for(page, qtbot, "smi")

    with qtbot.waitSignal(page.check_wanted) as told:
        qtbot.keyClick(page.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert told.args == [CheckStart(patient_id=patient_id)]
    with qtbot.waitSignal(page.patient_at_wanted) as part:
        qtbot.keyClick(page.field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert part.args == [PatientStart(patient_id, "authorizations")]


def test_that_those_found_are_sorted_by_the_column_of_the_head_and_by_what_fits_best_again(
    page: FindPage, add: Add, qtbot: QtBot
) -> None:
    add("Smith", "Ann", born=date(1970, 1, 1), mrn="M3")
    add("Smith", "Bea", born=date(1950, 1, 1), mrn="M1")
    add("Smith", "Cyd", born=date(1960, 1, 1), mrn="M2")
    look_for(page, qtbot, "smi")
    with qtbot.waitSignal(page.searcher.found):
        page.found.hits.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(page) == ["Smith, Bea", "Smith, Cyd", "Smith, Ann"]
    with qtbot.waitSignal(page.searcher.found):
        page.found.hits.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert names(page) == ["Smith, Ann", "Smith, Cyd", "Smith, Bea"]
    with qtbot.waitSignal(page.searcher.found):
        page.found.hits.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert names(page) == ["Smith, Ann", "Smith, Bea", "Smith, Cyd"]


def test_that_the_oldest_of_all_who_fit_stands_on_top_not_of_the_first_fifty(
    page: FindPage, add: Add, qtbot: QtBot
) -> None:
    for place in range(52):
        add("Smith", f"A{place:02}", born=date(1990, 1, 1))
    add("Smith", "Zoe", born=date(1931, 1, 1))
    look_for(page, qtbot, "smi")
    assert "Smith, Zoe" not in names(page)
    with qtbot.waitSignal(page.searcher.found):
        page.found.hits.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(page)[0] == "Smith, Zoe"
    assert len(names(page)) == 50


def test_that_coverage_is_nothing_to_sort_by(page: FindPage, add: Add, qtbot: QtBot) -> None:
    add("Smith")
    look_for(page, qtbot, "smi")
    page.found.hits.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert page.found.hits.horizontalHeader().sortIndicatorSection() == -1
    assert page.found.found_sort() is None


@pytest.mark.parametrize(("width", "keys"), [(1200, True), (420, False)])
def test_that_the_list_has_the_room_of_the_keys_where_they_do_not_fit(
    page: FindPage, add: Add, qtbot: QtBot, width: int, keys: bool
) -> None:
    add("Smith")
    page.resize(width, 400)
    look_for(page, qtbot, "smi")

    assert page.found.footer.isVisible() is keys


def test_that_a_name_is_not_cut_where_what_is_worth_knowing_has_more_than_it_needs(
    page: FindPage, add: Add, qtbot: QtBot
) -> None:
    add("Kaczmarek", "Adaeze Lee")
    page.resize(620, 400)
    look_for(page, qtbot, "kacz")

    assert page.found.hits.columnWidth(0) >= theme.text_width("Kaczmarek, Adaeze Lee", "strong") + 24
