"""Fields that read what is typed: a pick from a list, a date, levels."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import HOSTILE_NAMES
from tracker.domain.body_regions import BodyRegion
from tracker.domain.event import PartialDate
from tracker.domain.procedure import Approach, TargetKind, parse_sites
from tracker.ui.theme import plain_text
from tracker.ui.widgets.day_field import DayField, read_birth, read_when
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.level_field import LevelField
from tracker.ui.widgets.pick_field import Pick, PickField

TODAY = date(2026, 11, 24)
PAYERS = (Pick("medicare", "Medicare"), Pick("cigna", "Cigna"), Pick("self-pay", "Self-pay", "no claim", ("cash",)))


class Home(QWidget):
    """A window with the field, which has the focus, and another one to go to."""

    def __init__(self, field: LineField, qtbot: QtBot) -> None:
        super().__init__()
        self.other = QLineEdit(self)
        column = QVBoxLayout(self)
        column.addWidget(field)
        column.addWidget(self.other)
        qtbot.addWidget(self)
        with qtbot.waitActive(self):
            self.show()
        field.setFocus()


@pytest.fixture
def home(app: QApplication, qtbot: QtBot) -> Home:
    field = PickField(missing="is no payer on the list.")
    field.set_picks(PAYERS)
    return Home(field, qtbot)


@pytest.fixture
def payer(home: Home) -> PickField:
    return home.findChildren(PickField)[0]


def test_that_the_likeliest_pick_is_taken_when_the_field_is_left(home: Home, payer: PickField, qtbot: QtBot) -> None:
    qtbot.keyClicks(payer, "med")
    home.other.setFocus()

    assert (payer.value(), payer.text(), payer.error()) == ("medicare", "Medicare", "")


def test_that_another_word_for_it_finds_a_pick(payer: PickField, qtbot: QtBot) -> None:
    qtbot.keyClicks(payer, "cash")
    qtbot.keyClick(payer, Qt.Key.Key_Return)

    assert payer.value() == "self-pay"
    assert payer.echo() == "no claim"


def test_that_down_moves_in_the_list_and_enter_takes_what_is_marked(payer: PickField, qtbot: QtBot) -> None:
    qtbot.keyClick(payer, Qt.Key.Key_Down)
    assert [row.cells[0] for row in payer.list.rows()] == ["Medicare", "Cigna", "Self-pay"]
    for _ in range(2):
        qtbot.keyClick(payer, Qt.Key.Key_Down)
    with qtbot.waitSignal(payer.picked) as told:
        qtbot.keyClick(payer, Qt.Key.Key_Return)

    assert told.args == ["cigna"]
    assert not payer.list.isVisible()


def test_that_a_click_takes_a_pick(payer: PickField, qtbot: QtBot) -> None:
    qtbot.keyClicks(payer, "i")
    with qtbot.waitSignal(payer.picked):
        qtbot.mouseClick(payer.list, Qt.MouseButton.LeftButton, pos=payer.list.rect().center())

    assert payer.value() is not None


def test_that_what_fits_nothing_stays_typed_and_is_said_below(home: Home, payer: PickField, qtbot: QtBot) -> None:
    qtbot.keyClicks(payer, "zzz")
    home.other.setFocus()

    assert payer.text() == "zzz"
    assert "is no payer" in payer.error()
    assert payer.value() is None


def test_that_escape_closes_the_list_and_not_more(payer: PickField, qtbot: QtBot) -> None:
    qtbot.keyClicks(payer, "c")
    qtbot.keyClick(payer, Qt.Key.Key_Escape)

    assert not payer.list.isVisible()
    assert payer.text() == "c"


def test_that_changing_the_text_takes_the_pick_away(payer: PickField, qtbot: QtBot) -> None:
    payer.set_value("cigna")
    with qtbot.waitSignal(payer.picked) as told:
        qtbot.keyClick(payer, Qt.Key.Key_Backspace)

    assert told.args == [None]


@pytest.mark.parametrize("typed", HOSTILE_NAMES)
def test_that_any_text_may_stand_in_a_free_field(app: QApplication, qtbot: QtBot, typed: str) -> None:
    field = PickField(free=True)
    field.set_picks([Pick("p1", typed)])
    home = Home(field, qtbot)
    field.setText("Dr. Else")
    home.other.setFocus()
    assert (field.value(), field.text(), field.error()) == (None, "Dr. Else", "")

    field.set_value("p1")

    assert field.text() == plain_text.one_line(typed)


def test_that_a_date_is_echoed_and_half_a_date_is_no_mistake_yet(app: QApplication, qtbot: QtBot) -> None:
    field = DayField(TODAY, read=read_when)
    home = Home(field, qtbot)

    qtbot.keyClicks(field, "01/202")
    assert (field.when(), field.error()) == (None, "")
    qtbot.keyClicks(field, "6")
    assert (field.when(), field.echo()) == (PartialDate.parse("2026-01"), "some day in 01/2026")

    field.setText("02/30/2026")
    home.other.setFocus()
    assert "02/30/2026" in field.error()
    assert field.text() == "02/30/2026"


def test_that_a_date_tells_once_when_it_was_changed(app: QApplication, qtbot: QtBot) -> None:
    field = DayField(TODAY)
    home = Home(field, qtbot)
    told: list[bool] = []
    field.settled.connect(lambda: told.append(True))
    field.set_day(TODAY)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not told

    field.setText("12/3")
    for _ in range(2):
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert told == [True]
    assert (field.day(), field.echo()) == (date(2026, 12, 3), "Thu 12/03/2026")
    assert home.isVisible()


def test_that_the_echo_of_a_date_gives_way_to_what_is_typed(app: QApplication, qtbot: QtBot) -> None:
    field = DayField(TODAY, read=read_birth)
    home = Home(field, qtbot)
    field.setFixedWidth(125)
    qtbot.keyClicks(field, "03/14/1952")
    assert field.echo() == "Fri"

    field.setText("3/14/1952")
    assert (field.echo(), field.shown_echo()) == ("Fri 03/14/1952", "")
    assert field.textMargins().right() == 0
    assert field.accessibleDescription() == "Fri 03/14/1952"

    field.setFixedWidth(300)
    qtbot.waitUntil(lambda: field.shown_echo() == "Fri 03/14/1952")
    assert home.isVisible()


def test_that_a_field_that_cannot_hold_all_that_is_pasted_says_so_until_it_is_shortened(
    app: QApplication, qtbot: QtBot
) -> None:
    field = LineField()
    home = Home(field, qtbot)
    QApplication.clipboard().setText("x" * 1_000_000)
    field.paste()
    assert len(field.text()) == 10_000
    assert field.error() == "Only the first 10,000 characters have room here. Look at the end."

    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert (field.error(), home.isVisible()) == ("", True)


def test_that_a_page_pasted_into_a_date_is_refused_in_a_sentence_that_says_what_to_type(
    app: QApplication, qtbot: QtBot
) -> None:
    field = DayField(TODAY, read=read_birth)
    home = Home(field, qtbot)
    field.setText("x" * 5_000)
    home.other.setFocus()

    assert field.error() == f"“{'x' * 40}…” is no birth date. Type month, day and year, such as 07/02/1951."
    assert len(field.text()) == 5_000


def test_that_levels_are_echoed_and_a_wrong_part_is_named_at_once_a_begun_one_when_it_is_left(
    app: QApplication, qtbot: QtBot
) -> None:
    field = LevelField()
    field.set_kind(TargetKind.FACET, Approach.MEDIAL_BRANCH)
    home = Home(field, qtbot)

    qtbot.keyClicks(field, "l45b l5s1r")
    assert field.echo() == "L4-5 both, L5-S1 right"
    qtbot.keyClicks(field, " l5")
    assert field.error() == ""
    home.other.setFocus()
    assert "l5" in field.error()

    field.setFocus()
    field.setText("l45b")
    qtbot.keyClicks(field, " l99")
    assert "l99" in field.error()


def test_that_levels_on_file_stay_as_they_are_while_nothing_else_is_typed(app: QApplication, qtbot: QtBot) -> None:
    field = LevelField()
    field.set_kind(TargetKind.FACET, Approach.MEDIAL_BRANCH)
    sites = parse_sites(["nerves L3 L4 L5 left"])
    field.set_sites(sites)

    assert field.settle()
    assert field.sites() == sites


def test_that_a_procedure_without_levels_takes_none(app: QApplication, qtbot: QtBot) -> None:
    field = LevelField()
    qtbot.addWidget(field)
    field.set_kind(TargetKind.FACET, None)
    field.setText("l45b")
    field.set_kind(TargetKind.NONE, None)

    assert not field.isEnabled()
    assert field.sites().targets == ()

    field.set_kind(TargetKind.CAUDAL, Approach.CAUDAL)
    assert [target.level.name for target in field.sites().targets] == ["caudal"]


def test_that_trigger_points_take_regions_of_the_body_and_the_field_says_so(app: QApplication, qtbot: QtBot) -> None:
    field = LevelField()
    field.set_kind(TargetKind.BODY, None)
    home = Home(field, qtbot)

    qtbot.keyClicks(field, "lb, neck")
    assert (field.accessibleName(), field.echo()) == ("Regions of the body", "neck, lower back")
    assert field.sites().body_regions == (BodyRegion.NECK, BodyRegion.LOWER_BACK)

    qtbot.keyClicks(field, ", l45b")
    home.other.setFocus()
    assert "l45b" in field.error()

    field.set_kind(TargetKind.FACET, None)
    assert field.accessibleName() == "Levels"


@pytest.mark.parametrize(
    ("typed", "day"), [("12/3", date(2026, 12, 3)), ("+2w", date(2026, 12, 8)), ("fri", date(2026, 11, 27))]
)
def test_that_a_day_is_typed_the_same_way_in_every_form(app: QApplication, qtbot: QtBot, typed: str, day: date) -> None:
    field = DayField(TODAY)
    home = Home(field, qtbot)
    qtbot.keyClicks(field, typed)

    assert (field.day(), field.error(), home.isVisible()) == (day, "", True)


def test_that_a_day_that_cannot_be_is_said_at_once_below_the_field(app: QApplication, qtbot: QtBot) -> None:
    field = DayField(TODAY)
    home = Home(field, qtbot)
    qtbot.keyClicks(field, "13/")
    assert "13/" in field.error()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert (field.error(), home.isVisible()) == ("", True)
    home.other.setFocus()
    assert "13" in field.error()


@pytest.mark.parametrize("typed", ["07", "07/02", "07/02/", "07/02/19", "0702", "070219", "1951-07"])
def test_that_a_birth_date_being_typed_is_no_mistake_before_it_is_left(
    app: QApplication, qtbot: QtBot, typed: str
) -> None:
    field = DayField(TODAY, read=read_birth)
    home = Home(field, qtbot)
    qtbot.keyClicks(field, typed)
    assert field.error() == ""
    if field.day() is None:
        home.other.setFocus()
        assert field.error()


def test_that_n_means_the_earliest_day_only_where_one_can_be_asked_for(app: QApplication, qtbot: QtBot) -> None:
    asking, plain = DayField(TODAY, takes_next=True), DayField(TODAY)
    asked: list[DayField] = []
    homes = [Home(field, qtbot) for field in (asking, plain)]
    for field, home in zip((asking, plain), homes, strict=True):
        field.next_wanted.connect(lambda field=field: asked.append(field))
        home.activateWindow()
        field.setFocus()
        qtbot.keyClicks(field, "n")
        home.other.setFocus()

    assert asked == [asking]

    assert (asking.wants_next(), asking.error()) == (True, "")
    assert "no meaning here" in plain.error()


def test_that_escape_brings_back_what_was_picked_before(payer: PickField, qtbot: QtBot) -> None:
    payer.set_value("cigna")
    payer.selectAll()
    qtbot.keyClicks(payer, "s")
    qtbot.keyClick(payer, Qt.Key.Key_Escape)

    assert (payer.value(), payer.text()) == ("cigna", "Cigna")


def test_that_a_screen_reader_is_told_the_marked_row_and_its_place(payer: PickField, qtbot: QtBot) -> None:
    qtbot.keyClick(payer, Qt.Key.Key_Down)
    qtbot.keyClick(payer, Qt.Key.Key_Down)
    assert payer.accessibleDescription() == "Medicare, 1 of 3"
    qtbot.keyClick(payer, Qt.Key.Key_Escape)
    assert payer.accessibleDescription() == ""


def test_that_the_list_stays_on_the_screen_and_shows_details_whole(app: QApplication, qtbot: QtBot) -> None:
    field = PickField()
    field.set_picks([Pick("long", "Aetna " * 60, "member 123456789")])
    home = Home(field, qtbot)
    home.move(field.screen().availableGeometry().right() - 60, field.screen().availableGeometry().bottom() - 60)
    QApplication.processEvents()
    qtbot.keyClick(field, Qt.Key.Key_Down)

    assert field.screen().availableGeometry().contains(field.list.geometry())
    assert field.list.grab().width() > 0
