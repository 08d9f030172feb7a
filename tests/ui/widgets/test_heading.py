"""What stands over a page is a heading for those who hear it, and says what it shows now."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tracker.ui.widgets.heading import Heading, tell_headings
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.section_head import SectionHead


@pytest.fixture(autouse=True)
def told() -> None:
    tell_headings()


def role_of(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_that_the_heads_of_pages_and_sections_are_headings_and_what_stands_beside_is_not(qtbot: QtBot) -> None:
    page, section = PageHead("Today", "Tue 11/24/2026"), SectionHead("Coverage")
    qtbot.addWidget(page)
    qtbot.addWidget(section)

    assert [role_of(each) for each in (page.title, section.title)] == [QAccessible.Role.Heading] * 2
    assert role_of(page.beside) == QAccessible.Role.StaticText


def test_that_a_heading_says_what_it_shows_now(qtbot: QtBot) -> None:
    page = PageHead("Patient")
    qtbot.addWidget(page)
    before = name_of(page.title)
    page.set_title("A & B")

    assert (before, name_of(page.title)) == ("Patient", "A & B")


def test_that_a_name_given_for_the_ear_goes_before_what_is_shown(qtbot: QtBot) -> None:
    heading = Heading("L4-5")
    qtbot.addWidget(heading)
    heading.setAccessibleName("L4 to L5")

    assert name_of(heading) == "L4 to L5"


def test_that_headings_come_and_go_without_harm() -> None:
    for _ in range(200):
        parent = QWidget()
        heading = Heading("Gone soon", parent=parent)
        assert role_of(heading) == QAccessible.Role.Heading
        parent.deleteLater()
        del parent, heading
        gc.collect(0)
