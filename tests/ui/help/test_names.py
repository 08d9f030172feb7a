"""F1 leads to the same place whatever the language; a page that is not translated is told to be English."""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from pytestqt.qtbot import QtBot

from tests.ui.help.test_places import FIELDS, focusable
from tracker import paths
from tracker.domain.language import LANGUAGES, Words, code, speaking, words_of
from tracker.ui.help.book import HelpBook, read_page, shipped, translation
from tracker.ui.help.help_window import HelpWindow
from tracker.ui.help.names import english_names
from tracker.ui.help.places import place_of
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.settings_page import PANELS, SettingsPage

SPANISH = words_of("es", paths.resource_root() / "languages")
TEXTS = {
    "&Sent": "&Enviada",
    "Submitted": "Enviada",
    "Draft": "Borrador",
    "{state} requests": "Solicitudes: {state}",
    "Packet…": "Legajo…",
    "View": "Vista",
    "Table": "Tabla",
}


@pytest.fixture
def invented() -> Iterator[Words]:
    catalog = Catalog(locale="es")
    for text, shown in TEXTS.items():
        catalog.add(text, shown)
    file = io.BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    words = Words("es", gettext.GNUTranslations(file))
    with speaking(words):
        yield words


def test_that_a_shown_name_is_every_english_one_that_it_may_translate(invented: Words) -> None:
    assert english_names("&Enviada") == ("enviada", "sent", "submitted")
    assert english_names("Legajo…") == ("legajo", "packet")
    assert english_names("Nadie lo tradujo") == ("nadie lo tradujo",)


def test_that_what_stands_in_the_places_of_a_name_is_english_too(invented: Words) -> None:
    assert english_names("Solicitudes: Borrador") == ("solicitudes: borrador", "draft requests")


def test_that_a_name_with_a_choice_behind_it_is_put_into_english_part_by_part(invented: Words) -> None:
    assert english_names("Vista: Tabla") == ("vista: tabla", "view: table")


def test_that_in_english_a_name_is_itself() -> None:
    assert english_names("&Levels") == ("levels",)


def places(context: PageContext, qtbot: QtBot) -> list[tuple[str, str]]:
    window = MainWindow(context, PAGES)
    qtbot.addWidget(window)
    settings = window.pages["settings"]
    assert isinstance(settings, SettingsPage)
    for panel in PANELS:
        settings.begin(panel.id)
    fields = ((page, each) for page in window.pages.values() for each in focusable(page) if isinstance(each, FIELDS))
    return [(page.id, place_of(field)) for page, field in fields]


def test_that_f1_on_a_field_leads_to_the_same_place_in_spanish(context: PageContext, qtbot: QtBot) -> None:
    english = places(context, qtbot)
    with speaking(SPANISH):
        spanish = places(context, qtbot)

    assert spanish == english


PAGE = "# Check and book\n\nAsk.\n\n## Levels\n<!-- explains: Spine -->\n\nType them.\n"


def test_that_a_translated_page_has_the_places_of_the_english_one() -> None:
    page = translation(read_page("check", PAGE), "# Consultar\n\nPregunte.\n\n## Niveles\n\nEscriba.\n", "es")
    book = HelpBook([read_page("index", "# Help\n"), page])

    assert page.sections[1].title == "Niveles"
    assert book.find_place("check", ["Spine"]) == book.find_place("check", ["Levels"]) == "check#levels"


def test_that_a_page_that_is_not_translated_is_told_to_be_english(qtbot: QtBot) -> None:
    book = HelpBook([read_page("index", "# Help\n"), read_page("check", PAGE)])
    untold, told = said(book, qtbot), ""
    with speaking(SPANISH):
        told = said(book, qtbot)

    assert untold == ""
    assert told


def test_that_every_page_is_there_in_every_language_with_the_same_places() -> None:
    english = shipped()
    for language in (each for each in LANGUAGES if each != "en"):
        with speaking(words_of(language, paths.resource_root() / "languages")):
            book = shipped()
        assert {page.id for page in book.pages() if page.language != language} == set()
        for page in book.pages():
            first = english.page(page.id)
            assert first is not None
            places = [(section.anchor, section.level) for section in page.sections]
            assert places == [(section.anchor, section.level) for section in first.sections]


def said(book: HelpBook, qtbot: QtBot) -> str:
    from PySide6.QtWidgets import QWidget

    home = QWidget()
    qtbot.addWidget(home)
    window = HelpWindow(home, book)
    window.open_place("check#levels")
    return window.notice.sentence()


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_that_translated_pages_lead_only_where_the_english_ones_do(language: str) -> None:
    english = shipped()
    with speaking(words_of(language, paths.resource_root() / "languages")):
        assert code() == language
        book = shipped()

    for page in book.pages():
        first = english.page(page.id)
        assert first is not None
        assert [book.resolve(link, page.id) for link in page.links()] == [
            english.resolve(link, page.id) for link in first.links()
        ]
