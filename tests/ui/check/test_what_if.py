"""What if, with the keyboard alone: alternatives beside the answer, taken over into the form or left as if unasked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import a_site
from tests.ui.check.conftest import AddPatient, Hands
from tests.ui.names import announced, nameless
from tracker.domain.booking import Booking, Elsewhere
from tracker.domain.coverage import Coverage
from tracker.domain.patient import Patient
from tracker.domain.verdict import Outcome
from tracker.services import Services
from tracker.services.transactions import Transactions
from tracker.ui import theme
from tracker.ui.check.form_reading import NO_DATE_HELPS
from tracker.ui.check.what_if_fields import as_fits
from tracker.ui.check.what_if_link import ADD_FIRST, NOTHING_ASKED, TAKE
from tracker.ui.check.what_if_panel import WhatIfPanel
from tracker.ui.dialogs.coverage_dialog import CoverageDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import CheckStart, Page, PageContext
from tracker.ui.theme.status import Status

OPENS = "Wed 01/27/2027"
ABLATION = ("smi j\n", "rfa\t", "l45b\t", "12/3")


class OtherPage(Page):
    """Any other page, from which the jobs begin."""

    id = "today"
    title = "Today"
    icon = "calendar"


@pytest.fixture
def window(context: PageContext, qtbot: QtBot, settle: Callable[[], None]) -> MainWindow:
    """The window with Check and book in front."""
    made = MainWindow(context, (OtherPage, CheckPage))
    qtbot.addWidget(made)
    made.open_page("check")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    settle()
    return made


@pytest.fixture
def page(window: MainWindow) -> CheckPage:
    shown = window.current_page()
    assert isinstance(shown, CheckPage)
    return shown


@pytest.fixture
def panel(page: CheckPage, hands: Hands, full: Patient) -> WhatIfPanel:
    """The alternatives to an ablation that has to wait until 27 January 2027."""
    hands.type(*ABLATION)
    hands.alt(Qt.Key.Key_W)
    return page.body.what_if


def labels(panel: WhatIfPanel) -> list[str]:
    return [row.label for row in panel.table.records()]


def saved(transactions: Transactions) -> str:
    """Return the last act on record: every write is one."""
    with transactions.reading() as uow:
        return uow.acts.latest_id()


def go_to(panel: WhatIfPanel, hands: Hands, label: str) -> None:
    """Move down to a row with the keys."""
    hands.key(Qt.Key.Key_Home)
    for _ in panel.table.records():
        current = panel.current()
        if current is not None and current.label == label:
            return
        hands.key(Qt.Key.Key_Down)
    raise AssertionError(f"{label} is not among {labels(panel)}")


def form_text(page: CheckPage) -> tuple[object, ...]:
    fields = page.form.fields
    return (
        fields.patient.text(),
        fields.procedure.text(),
        fields.levels.text(),
        fields.day.text(),
        fields.coverage.value(),
        fields.site.value(),
        fields.elsewhere.value(),
    )


# --- looking ----------------------------------------------------------------------------------------------------------


def test_that_one_key_shows_the_alternatives_with_word_day_and_count_beside_the_present_answer(
    page: CheckPage, panel: WhatIfPanel
) -> None:
    assert panel.isVisible()
    assert not page.form.isVisible()
    assert page.panel.bar.isVisible()
    assert page.panel.bar.sentence() == f"Not before {OPENS}"
    assert labels(panel) == ["As asked", f"On {OPENS}", "Left side only", "Right side only", "The patient pays"]
    assert QApplication.focusWidget() is panel.table
    assert panel.head.beside.text() == "instead of RFA L4-5 both, Thu 12/03/2026, Medicare Part B"
    lines = [line.split("\t") for line in panel.table.as_text().splitlines()]
    assert lines[0] == ["What if", "Answer", "Earliest", "Used"]
    assert lines[1] == ["As asked", "Not allowed", OPENS, "2 of 2"]
    assert lines[2][:3] == [f"On {OPENS}", "Caution", OPENS]
    assert lines[5] == ["The patient pays", "Caution", "Thu 12/03/2026", ""]


def test_that_the_current_row_says_what_differs_and_why(panel: WhatIfPanel, hands: Hands) -> None:
    assert panel.reason.label.text() == f"On {OPENS}"
    assert panel.reason.differs.text().startswith("Allowed with a caution instead of not allowed")
    go_to(panel, hands, "Left side only")
    assert panel.reason.label.text() == "Left side only"
    assert panel.reason.headline.label.text() == f"Not before {OPENS}"
    assert panel.reason.count.text() == "2 of 2 sessions used"
    assert panel.reason.why.texts()
    assert panel.reason.rule.isVisible()
    assert "64635" in panel.reason.codes.codes.text()
    go_to(panel, hands, "As asked")
    assert panel.reason.differs.isHidden()


def test_that_escape_brings_the_form_back_as_it_was(
    page: CheckPage, hands: Hands, full: Patient, transactions: Transactions
) -> None:
    hands.type(*ABLATION)
    hands.type("\t")
    where = QApplication.focusWidget()
    before, act, last = form_text(page), page.checking.act(), saved(transactions)
    hands.alt(Qt.Key.Key_W)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        hands.key(key)
    hands.type("")
    assert not page.body.what_if.isVisible()
    assert page.form.isVisible()
    assert page.isVisible()
    assert QApplication.focusWidget() is where
    assert (form_text(page), page.checking.act(), saved(transactions)) == (before, act, last)
    assert page.bar.primary.shown_text() == f"Book on {OPENS}"


def test_that_it_asks_for_a_request_first(page: CheckPage, hands: Hands, full: Patient) -> None:
    hands.alt(Qt.Key.Key_W)
    assert page.notice.sentence() == NOTHING_ASKED
    assert page.form.isVisible()
    hands.type(*ABLATION)
    assert page.notice.sentence() == ""
    hands.alt(Qt.Key.Key_W)
    assert page.body.what_if.isVisible()


def test_that_without_a_coverage_it_says_so_and_offers_what_would_help(
    page: CheckPage, hands: Hands, add_patient: AddPatient
) -> None:
    add_patient(last="Ortiz", first="Ana", coverage=None)
    hands.type("ort\n", "mbb\t", "l45r\t", "12/3")
    hands.alt(Qt.Key.Key_W)
    panel = page.body.what_if
    assert panel.notice.sentence().startswith("As asked: This patient has no coverage on file")
    assert "The patient pays" in labels(panel)
    assert "As asked" not in labels(panel)


def test_that_another_day_on_the_timeline_asks_again(page: CheckPage, panel: WhatIfPanel, hands: Hands) -> None:
    page.timeline.strip.setFocus()
    hands.key(Qt.Key.Key_Right)
    hands.type("")
    assert "Fri 12/04/2026" in panel.head.beside.text()
    assert panel.isVisible()


def test_that_a_change_on_file_asks_again(
    page: CheckPage, panel: WhatIfPanel, services: Services, full: Patient, hands: Hands
) -> None:
    done = services.patients.add_coverage(full.id, Coverage("cigna", "PPO", order=2))
    page.context.notifier.publish(done.changes)
    hands.type("")
    assert "With Cigna PPO" in labels(panel)


def test_that_beginning_anew_ends_it(page: CheckPage, panel: WhatIfPanel, hands: Hands) -> None:
    page.begin(CheckStart())
    hands.type("")
    assert not panel.isVisible()
    assert page.form.isVisible()
    assert page.bar.primary.shown_text() == "Off: find the patient"


def test_that_coming_back_to_the_page_finds_it_open(window: MainWindow, panel: WhatIfPanel, hands: Hands) -> None:
    window.open_page("today")
    window.open_page("check")
    hands.type("")
    assert QApplication.focusWidget() is panel.table


# --- taking over ------------------------------------------------------------------------------------------------------


def test_that_enter_takes_an_alternative_over_into_the_form_and_writes_nothing(
    page: CheckPage, panel: WhatIfPanel, hands: Hands, transactions: Transactions
) -> None:
    last = saved(transactions)
    go_to(panel, hands, "Left side only")
    hands.type("\n")
    assert page.form.isVisible()
    assert page.form.fields.levels.text() == "l45l"
    assert page.form.fields.day.text() == "12/03/2026"
    assert page.panel.bar.sentence() == f"Not before {OPENS}"
    assert saved(transactions) == last
    assert QApplication.focusWidget() is page.form.fields.day


def test_that_the_earliest_day_is_taken_over_and_booked_in_the_usual_way(
    page: CheckPage, panel: WhatIfPanel, hands: Hands, services: Services, full: Patient
) -> None:
    hands.type("\n")
    assert page.form.fields.day.text() == "01/27/2027"
    assert services.patients.get(full.id).bookings == ()
    hands.ctrl_enter()
    (booking,) = services.patients.get(full.id).bookings
    assert booking.day == date(2027, 1, 27)


def test_that_ctrl_enter_takes_over_and_never_books_while_it_is_open(
    page: CheckPage, panel: WhatIfPanel, hands: Hands, services: Services, full: Patient
) -> None:
    assert page.bar.primary.shown_text() == TAKE
    go_to(panel, hands, "Right side only")
    hands.ctrl_enter()
    assert page.form.fields.levels.text() == "l45r"
    hands.alt(Qt.Key.Key_W)
    go_to(panel, hands, "Left side only")
    page.bar.primary.click()
    hands.type("")
    assert page.form.fields.levels.text() == "l45l"
    assert services.patients.get(full.id).bookings == ()


def test_that_no_reason_is_asked_for_while_it_is_open(page: CheckPage, panel: WhatIfPanel, hands: Hands) -> None:
    assert not page.bar.reason.isVisible()
    hands.alt(Qt.Key.Key_O)
    assert page.booking_acts.dialog is None


def test_that_another_site_is_taken_over(page: CheckPage, hands: Hands, full: Patient, services: Services) -> None:
    site = services.desk.add_site(a_site(name="St. Anne Hospital", place_of_service="22"))
    page.context.notifier.publish(site.changes)
    hands.type(*ABLATION)
    hands.alt(Qt.Key.Key_W)
    go_to(page.body.what_if, hands, "At St. Anne Hospital (22)")
    hands.type("\n")
    assert page.form.fields.site.value() == site.value.id


def test_that_another_coverage_is_taken_over_and_stays_chosen(
    page: CheckPage, hands: Hands, full: Patient, services: Services
) -> None:
    second = services.patients.add_coverage(full.id, Coverage("self-pay", order=2)).value
    hands.type(*ABLATION)
    hands.alt(Qt.Key.Key_W)
    go_to(page.body.what_if, hands, "The patient pays")
    hands.type("\n")
    assert page.form.fields.coverage.value() == second.id
    assert page.form.fields.coverage.currentText() == "Self-pay"
    assert page.panel.bar.status() is Status.CAUTION


def test_that_another_approach_is_taken_over_with_its_levels(page: CheckPage, hands: Hands, full: Patient) -> None:
    hands.type("smi j\n", "ilesi\t", "l45\t", "12/3")
    hands.alt(Qt.Key.Key_W)
    go_to(page.body.what_if, hands, "As TF epidural L4-5 right")
    hands.type("\n")
    assert page.form.fields.procedure.text() == "Epidural, transforaminal"
    assert page.form.fields.levels.text() == "l45r"


def test_that_a_day_that_nobody_typed_stays_open(page: CheckPage, hands: Hands, full: Patient) -> None:
    hands.type("smi j\n", "rfa\t", "l45b")
    hands.alt(Qt.Key.Key_W)
    go_to(page.body.what_if, hands, "Left side only")
    hands.type("\n")
    assert page.form.fields.levels.text() == "l45l"
    assert page.form.fields.day.text() == ""
    assert page.bar.primary.shown_text() == "Off: type the date"


def test_that_what_was_answered_about_elsewhere_stays(page: CheckPage, hands: Hands, full: Patient) -> None:
    hands.type(*ABLATION)
    page.form.fields.elsewhere.button(Elsewhere.NONE).click()
    hands.type("")
    hands.alt(Qt.Key.Key_W)
    hands.type("\n")
    assert page.form.fields.elsewhere.value() is Elsewhere.NONE


# --- a payer that is not on file --------------------------------------------------------------------------------------


def opened_dialog(page: CheckPage, hands: Hands, qtbot: QtBot) -> CoverageDialog:
    """Press Enter on the current row, and wait for the dialog that it opens."""
    hands.type("\n")
    dialog = page.findChild(CoverageDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_that_a_payer_that_is_not_on_file_is_added_first_and_only_then_taken_over(
    page: CheckPage,
    panel: WhatIfPanel,
    hands: Hands,
    services: Services,
    full: Patient,
    transactions: Transactions,
    qtbot: QtBot,
) -> None:
    last = saved(transactions)
    go_to(panel, hands, "The patient pays")
    assert page.bar.primary.shown_text() == ADD_FIRST
    assert panel.reason.obstacle.texts() == ("Self-pay is not on file for this day. Add the coverage to have it so.",)
    dialog = opened_dialog(page, hands, qtbot)
    assert (dialog.payer.value(), dialog.start.day(), dialog.order.value()) == ("self-pay", date(2026, 12, 3), 2)
    assert saved(transactions) == last
    hands.ctrl_enter()
    assert saved(transactions) != last
    page.activateWindow()  # without a window manager nothing comes to the front by itself
    qtbot.waitUntil(page.isActiveWindow)
    hands.type("")
    assert QApplication.focusWidget() is panel.table
    go_to(panel, hands, "The patient pays")
    assert page.bar.primary.shown_text() == TAKE
    hands.type("\n")
    assert page.form.fields.coverage.currentText() == "Self-pay"
    assert services.patients.get(full.id).bookings == ()


def test_that_leaving_the_dialog_writes_nothing_and_leaves_the_alternatives(
    page: CheckPage, panel: WhatIfPanel, hands: Hands, transactions: Transactions, qtbot: QtBot
) -> None:
    last = saved(transactions)
    go_to(panel, hands, "The patient pays")
    opened_dialog(page, hands, qtbot)
    hands.key(Qt.Key.Key_Escape)
    hands.type("")
    assert saved(transactions) == last
    assert panel.isVisible()


# --- typed alternatives -----------------------------------------------------------------------------------------------


def test_that_typed_levels_stand_first_and_enter_takes_them_over(
    page: CheckPage, panel: WhatIfPanel, hands: Hands
) -> None:
    hands.alt(Qt.Key.Key_L)
    assert QApplication.focusWidget() is panel.fields.levels
    hands.type("c56r")
    assert labels(panel)[:2] == ["As asked", "At C5-6 right"]
    assert panel.reason.label.text() == "At C5-6 right"
    hands.type("\n")
    assert page.form.fields.levels.text() == "c56r"
    assert page.form.isVisible()


def test_that_a_typed_day_and_levels_make_one_alternative(panel: WhatIfPanel, hands: Hands) -> None:
    hands.alt(Qt.Key.Key_L)
    hands.type("l34r\t", "1/29")
    assert labels(panel)[1] == "At L3-4 right, on Fri 01/29/2027"
    typed = panel.current()
    assert typed is not None
    assert typed.request is not None
    assert typed.request.day == date(2027, 1, 29)


def test_that_n_is_the_earliest_day_as_asked(panel: WhatIfPanel, hands: Hands) -> None:
    hands.alt(Qt.Key.Key_D)
    hands.type("n")
    assert panel.fields.day.text() == "01/27/2027"
    assert [label for label in labels(panel) if label == f"On {OPENS}"] == [f"On {OPENS}"]


def test_that_n_says_so_where_no_date_helps(page: CheckPage, hands: Hands, smith: Patient) -> None:
    hands.type(*ABLATION)
    hands.alt(Qt.Key.Key_W)
    hands.alt(Qt.Key.Key_D)
    hands.type("n")
    assert page.body.what_if.fields.day.error() == NO_DATE_HELPS


def test_that_a_payer_is_found_by_its_beginning(page: CheckPage, panel: WhatIfPanel, hands: Hands) -> None:
    hands.alt(Qt.Key.Key_Y)
    hands.type("cig\n")
    assert labels(panel)[1] == "With Cigna (not on file)"
    assert QApplication.focusWidget() is panel.table
    assert page.bar.primary.shown_text() == ADD_FIRST
    go_to(panel, hands, "Left side only")
    assert page.bar.primary.shown_text() == TAKE


def test_that_escape_closes_the_list_of_payers_before_it_leaves(panel: WhatIfPanel, hands: Hands) -> None:
    hands.alt(Qt.Key.Key_Y)
    hands.type("cig")
    hands.key(Qt.Key.Key_Escape)
    assert panel.isVisible()
    assert panel.fields.payer.text() == "cig"
    hands.key(Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_that_a_payer_without_rules_is_never_shown_as_allowed(panel: WhatIfPanel, hands: Hands) -> None:
    hands.alt(Qt.Key.Key_Y)
    hands.type("commercial\n")
    typed = panel.current()
    assert typed is not None
    assert typed.outcome is Outcome.UNKNOWN
    assert panel.reason.headline.label.text() == "Cannot tell: no rule on file"
    assert panel.reason.ask.texts()


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        (Qt.Key.Key_L, "sil\t", "cannot be treated this way"),
        (Qt.Key.Key_L, "l45\t", "L4-5 needs a side"),
        (Qt.Key.Key_D, "1/1/1930\t", "before the patient's birth"),
        (Qt.Key.Key_D, "1/1/2015\t", "no coverage on file"),
        (Qt.Key.Key_D, "13/45\t", "13/45"),
    ],
)
def test_that_what_cannot_be_is_said_below_the_fields_and_is_no_row(
    panel: WhatIfPanel, hands: Hands, key: Qt.Key, text: str, words: str
) -> None:
    before = labels(panel)
    hands.alt(key)
    hands.type(text)
    field = panel.fields.levels if key is Qt.Key.Key_L else panel.fields.day
    assert words in field.error()
    assert labels(panel) == before
    hands.alt(key)
    hands.key(Qt.Key.Key_Delete)
    hands.type("")
    assert field.error() == ""


def test_that_enter_before_the_answer_takes_over_what_was_typed(
    page: CheckPage, panel: WhatIfPanel, hands: Hands
) -> None:
    hands.alt(Qt.Key.Key_L)
    for key in (*"c56l", Qt.Key.Key_Return):
        hands.key(key)
    hands.type("")
    assert page.form.isVisible()
    assert page.form.fields.levels.text() == "c56l"


def test_that_fields_are_empty_the_next_time(page: CheckPage, panel: WhatIfPanel, hands: Hands) -> None:
    hands.alt(Qt.Key.Key_L)
    hands.type("c56l")
    hands.key(Qt.Key.Key_Escape)
    hands.alt(Qt.Key.Key_W)
    assert panel.fields.levels.text() == ""
    assert "At C5-6 left" not in labels(panel)


# --- moving a visit ---------------------------------------------------------------------------------------------------


@pytest.fixture
def visit(ready: Patient, services: Services, page: CheckPage, hands: Hands) -> Booking:
    """An ablation on 3 December, being moved to 10 December."""
    hands.type(*ABLATION)
    hands.ctrl_enter()
    (booked,) = services.patients.get(ready.id).bookings
    page.begin(CheckStart(booking_id=booked.id, day=date(2026, 12, 10)))
    hands.type("")
    return booked


def test_that_only_another_day_is_taken_over_while_a_visit_is_moved(
    window: MainWindow, page: CheckPage, visit: Booking, hands: Hands
) -> None:
    window.open_page("check")
    hands.alt(Qt.Key.Key_W)
    panel = page.body.what_if
    go_to(panel, hands, "Left side only")
    assert page.bar.primary.shown_text() == "Off: only the day can change"
    hands.type("\n")
    assert "only its day can change" in page.notice.sentence()
    hands.alt(Qt.Key.Key_D)
    hands.type("12/11", "\n")
    assert page.form.fields.day.text() == "12/11/2026"
    assert not page.form.fields.levels.isEnabled()
    assert page.bar.primary.shown_text() == "Move to Fri 12/11/2026"


# --- for every window and every reader --------------------------------------------------------------------------------


def test_that_every_control_has_a_name_and_a_row_is_spoken_whole(window: MainWindow, panel: WhatIfPanel) -> None:
    assert nameless(window) == []
    assert announced(panel.table) == "What if"
    index = panel.table.model().index(0, 0)
    spoken = panel.table.model().data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"What if As asked, Answer Not allowed, Earliest {OPENS}, Used 2 of 2"


def test_that_the_key_stands_in_the_menu_and_works_on_this_page_only(
    window: MainWindow, page: CheckPage, hands: Hands
) -> None:
    action = window.registry.action("what if")
    assert action.isEnabled()
    assert ("Alt+W", "What if") in window.registry.key_list()
    window.open_page("today")
    assert not action.isEnabled()


def test_that_tab_goes_from_the_fields_to_the_list(panel: WhatIfPanel, hands: Hands) -> None:
    hands.alt(Qt.Key.Key_L)
    seen = []
    for _ in range(3):
        hands.key(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [panel.fields.day, panel.fields.payer, panel.table]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1366, 768), (1000, 640), (683, 384)])
def test_that_the_current_row_and_its_answer_are_in_sight(
    window: MainWindow, page: CheckPage, panel: WhatIfPanel, hands: Hands, width: int, height: int
) -> None:
    for _ in range(2):  # the first lets the narrow arrangement need less
        window.resize(width, height)
        QApplication.processEvents()
    go_to(panel, hands, "Left side only")
    QApplication.processEvents()
    row = panel.table.visualRect(panel.table.currentIndex())
    assert panel.table.viewport().visibleRegion().contains(row.center())
    for label in (panel.reason.label, panel.reason.headline):
        assert label.visibleRegion().boundingRect().height() == label.height()
    assert page.panel.bar.visibleRegion().boundingRect().height() == page.panel.bar.height()
    inside = page.body.area.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= page.body.area.viewport().width()


def test_that_a_field_comes_into_sight_with_its_key(window: MainWindow, panel: WhatIfPanel, hands: Hands) -> None:
    for _ in range(2):
        window.resize(683, 384)
        QApplication.processEvents()
    go_to(panel, hands, "Right side only")
    hands.alt(Qt.Key.Key_L)
    QApplication.processEvents()
    assert panel.fields.levels.visibleRegion().boundingRect().height() == panel.fields.levels.height()


def test_that_no_example_in_a_field_is_cut_however_narrow_the_window(page: CheckPage, panel: WhatIfPanel) -> None:
    fields = (panel.fields.levels, panel.fields.day, panel.fields.payer)
    for width in (1400, 900, 683):
        page.window().resize(width, 700)
        QApplication.processEvents()
        for field in fields:
            assert field.fontMetrics().horizontalAdvance(field.placeholderText()) <= field.width() - 20
    assert as_fits("12/3, +14, fri, n", theme.text_width("12/3, +14, fri", "body")) == "12/3, +14, fri"
