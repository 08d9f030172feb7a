"""F1 on any field of any page leads to a place of the help that is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import a_patient
from tests.ui.names import announced
from tracker.ui.help.book import shipped
from tracker.ui.help.places import place_of
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.settings_page import PANELS, SettingsPage
from tracker.ui.widgets.choice_field import ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.record_table import RecordTable

FIELDS = (QLineEdit, ChoiceField, RecordTable)


@pytest.fixture
def window(context: PageContext, qtbot: QtBot) -> MainWindow:
    made = MainWindow(context, PAGES)
    qtbot.addWidget(made)
    return made


def focusable(page: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not isinstance(widget.parentWidget(), QAbstractScrollArea)
    ]


def exists(place: str) -> bool:
    page_id, _, anchor = place.partition("#")
    page = shipped().page(page_id)
    return page is not None and page.section(anchor) is not None


def test_that_every_control_of_every_page_has_a_place_that_is_there(window: MainWindow) -> None:
    for page in window.pages.values():
        for widget in focusable(page):
            assert exists(place_of(widget)), f"{page.id}: {announced(widget)}"


def test_that_every_page_of_the_program_has_a_page_of_help() -> None:
    assert {kind.id for kind in PAGES if shipped().page(kind.id) is None} == set()


def test_that_every_field_and_table_has_a_place_of_its_own(window: MainWindow) -> None:
    settings = window.pages["settings"]
    assert isinstance(settings, SettingsPage)
    for panel in PANELS:
        settings.begin(panel.id)
    nameless = [
        f"{page.id}: {announced(widget)}"
        for page in window.pages.values()
        for widget in focusable(page)
        if isinstance(widget, FIELDS) and announced(widget) and place_of(widget) == place_of(page)
    ]

    assert not nameless, nameless


def test_that_a_field_says_itself_where_its_help_is(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    entry = LineField("", home, name="Levels")
    entry.setProperty("help", "rules#try-it")

    assert place_of(entry) == "rules#try-it"


def test_that_the_label_beside_a_field_names_its_place(window: MainWindow) -> None:
    page = window.pages["check"]
    fields = [widget for widget in focusable(page) if announced(widget) == "Procedure"]

    assert place_of(fields[0]) == "check#procedure"


def test_that_where_nothing_is_in_front_the_page_is_the_place() -> None:
    assert place_of(None, "today") == "today#today"
    assert place_of(None) == "index#help"


def test_that_f1_in_a_dialog_leads_to_its_field(context: PageContext, qtbot: QtBot) -> None:
    from tracker.ui.dialogs.patient_dialog import PatientDialog

    home = QWidget()
    qtbot.addWidget(home)
    dialog = PatientDialog(context, home, typed=a_patient().last)
    names = {announced(widget): place_of(widget) for widget in focusable(dialog)}

    assert all(exists(place) for place in names.values())
    assert names["Last name"] == "find#add-a-patient"
