"""The worklist where there is little room, or large text: nothing runs into another, and sentences are seen whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from pytestqt.qtbot import QtBot

from tests.builders import a_patient
from tests.ui.conftest import InFront, Settle
from tests.ui.requests import sent
from tracker.services import Services
from tracker.services.authorizations.work_rows import DecisionClock
from tracker.services.authorizations.worklist import FILTERS
from tracker.ui import theme
from tracker.ui.pages.authorizations_page import AuthorizationsPage
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.worklist.clock_cells import DecisionClockBar
from tracker.ui.worklist.strip import Strip
from tracker.ui.worklist.work_bar import WorkBar
from tracker.ui.worklist.work_board import BoardTable


@pytest.fixture(params=[100, 125, 150])
def text_size(request: pytest.FixtureRequest, app: object) -> Iterator[int]:
    theme.apply(app, "light", percent=request.param)  # type: ignore[arg-type]  # the one application
    yield request.param
    theme.apply(app, "light", percent=100)  # type: ignore[arg-type]  # the one application


@pytest.mark.parametrize("width", [560, 640, 780, 1000, 1264])
def test_that_chips_query_and_button_stand_apart_at_any_width(text_size: int, width: int, qtbot: QtBot) -> None:
    bar = WorkBar(None)  # type: ignore[arg-type]  # shown alone
    qtbot.addWidget(bar)
    bar.set_counts({line: 1234 for _name, line in FILTERS})
    bar.resize(width, 110)
    bar.show()
    boxes = [QRect(bar.query.mapTo(bar, bar.query.rect().topLeft()), bar.query.size()),
             QRect(bar.new_button.mapTo(bar, bar.new_button.rect().topLeft()), bar.new_button.size())]  # fmt: skip
    assert boxes[0].right() + 4 <= boxes[1].left()
    shown = [chip for name, _line in FILTERS if (chip := bar.chips.chip(name)).isVisible()]
    assert shown, "some fit"
    rights = [chip.mapTo(bar, chip.rect().topRight()).x() for chip in shown]
    assert rights == sorted(rights)
    assert rights[-1] <= bar.width() - 16
    assert all(chip.width() >= chip.sizeHint().width() for chip in shown)
    if width == 1264:
        assert len(shown) == len(FILTERS)


@pytest.mark.parametrize(("width", "beside"), [(908, False), (972, True), (1264, True)])
def test_that_details_give_way_before_names_and_sides_are_cut(
    width: int, beside: bool, context: PageContext, services: Services, in_front: InFront, settle: Settle
) -> None:
    sent(services, "Bell")
    page = AuthorizationsPage(context)
    in_front(page)
    page.resize(width, 480)
    settle()

    assert page.detail.isVisible() is beside
    assert page.bar.detail_button.isVisible() is not beside
    assert page.views.front().table.width() >= 580  # type: ignore[union-attr]  # the table is in front


def test_that_the_words_of_the_clock_do_not_run_into_each_other(text_size: int, qtbot: QtBot) -> None:
    clock = DecisionClockBar()
    qtbot.addWidget(clock)
    clock.show_clock(DecisionClock(date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 27)))
    clock.resize(332, 58)
    boxes = clock.word_boxes()
    assert all(not one.intersects(other) for one in boxes for other in boxes if one is not other)
    assert len(boxes) == (3 if text_size == 100 else 2)
    assert all(clock.rect().contains(box) for box in boxes)


@pytest.mark.parametrize("width", range(200, 400, 7))
def test_that_all_days_of_the_clock_show_their_weekday_or_none_does(text_size: int, width: int, qtbot: QtBot) -> None:
    clock = DecisionClockBar()
    qtbot.addWidget(clock)
    clock.show_clock(DecisionClock(date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 27)))
    clock.resize(width, 58)
    names = clock.day_names()
    assert len({name[:1].isalpha() for name in names}) == 1, names
    assert len({bool(name) for name in names}) == 1


def test_that_a_sentence_below_the_last_field_of_a_strip_is_seen_whole(
    context: PageContext, services: Services, in_front: InFront, qtbot: QtBot, settle: Settle
) -> None:
    sent(services, "Bell")
    page = AuthorizationsPage(context)
    in_front(page)
    settle()
    table = page.views.front().table  # type: ignore[union-attr]  # the table is in front
    qtbot.keyClick(table, Qt.Key.Key_D)
    settle()
    strip = page.strips.strip()
    assert strip is not None
    sentence = "It is a long sentence about the last field of the form, which takes several lines below it. " * 3
    strip.form.last().set_error(sentence)  # type: ignore[attr-defined]  # a field
    settle()
    qtbot.waitUntil(lambda: seen_whole(strip.form))


def seen_whole(form: FormGrid) -> bool:
    return form.visibleRegion().boundingRect().height() >= form.height_for(form.width()) > 300


def test_that_no_name_is_cut_in_a_column_of_the_board(
    context: PageContext, services: Services, in_front: InFront, settle: Settle
) -> None:
    sent(services, "Olsen-Brzezinski-Lindqvist")
    page = AuthorizationsPage(context)
    in_front(page)
    page.resize(1264, 700)
    page.lister.show_view("columns")
    settle()

    name = next(row.patient.name for row in services.worklist.page("").rows)
    holding = [table for table in page.findChildren(BoardTable) if table.records()]
    assert [table.columnWidth(0) >= theme.text_width(name, "strong") + 12 for table in holding] == [True]


def test_that_a_new_request_has_no_empty_line_where_a_request_names_its_patient(
    context: PageContext, services: Services, in_front: InFront, settle: Settle, qtbot: QtBot
) -> None:
    named = Strip()
    qtbot.addWidget(named)
    named.show()
    without = named.sizeHint().height()
    named.name_patient(a_patient(), "RFA")

    assert named.sizeHint().height() > without
