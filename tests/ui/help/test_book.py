"""The shipped help: every link and every place resolves; search finds sections by their words."""

from __future__ import annotations

import pytest

from tracker.ui.help.book import HelpBook, anchor_of, read_page, shipped

TWICE = """# Settings

## Clinic
<!-- explains: Name; Street -->

Where.

## Provider
<!-- explains: Name -->

Who.
"""
PAGE = """# Check and book

Ask about **Whit** at [levels](#levels) or the [rules](rules.md#try-it).

## Levels
<!-- explains: Levels; Level on the spine -->

Type `l45b`.

### Sides & more

Left, right.
"""


def test_that_every_link_of_the_help_leads_somewhere() -> None:
    book = shipped()
    dead = [
        (page.id, link)
        for page in book.pages()
        for link in page.links()
        if not link.startswith("http") and not book.resolve(link, page.id)
    ]

    assert dead == []


def test_that_every_page_is_reached_from_the_first_one() -> None:
    book = shipped()
    seen, todo = set[str](), ["index"]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            page = book.page(here)
            assert page is not None
            todo += [book.resolve(link, here).partition("#")[0] for link in page.links()]

    assert {page.id for page in book.pages()} <= seen


def test_that_no_place_is_named_twice_on_a_page() -> None:
    for page in shipped().pages():
        anchors = [section.anchor for section in page.sections]
        assert len(anchors) == len(set(anchors)), page.id


def test_that_no_control_is_explained_twice_in_a_section() -> None:
    for section in (section for page in shipped().pages() for section in page.sections):
        assert len(section.explains) == len(set(section.explains)), section.place


def test_that_a_control_is_looked_for_in_the_section_of_what_it_stands_in_first() -> None:
    book = HelpBook([read_page("index", "# Help\n"), read_page("check", TWICE)])

    assert book.place_near("check#provider", ["Name"]) == "check#provider"
    assert book.place_near("check#clinic", ["Name"]) == "check#clinic"
    assert book.place_near("check#provider", ["Street", "Name"]) == "check#clinic"
    assert book.place_near("check#provider", ["Nobody told"]) == "check#provider"


def test_that_the_help_leads_to_no_address_outside() -> None:
    assert [link for page in shipped().pages() for link in page.links() if "://" in link] == []


def test_that_a_file_is_cut_into_sections_with_what_each_explains() -> None:
    page = read_page("check", PAGE)

    assert page.title == "Check and book"
    assert [(s.anchor, s.level) for s in page.sections] == [("check-and-book", 1), ("levels", 2), ("sides-more", 3)]
    assert page.sections[1].explains == ("Levels", "Level on the spine")
    assert "explains" not in page.markdown
    assert page.sections[0].text == "Ask about Whit at levels or the rules."


@pytest.mark.parametrize(
    ("link", "place"),
    [("#levels", "check#levels"), ("check.md", "check#check-and-book"), ("nowhere.md", ""), ("#nothing", "")],
)
def test_that_links_resolve_on_their_own_page_and_on_others(link: str, place: str) -> None:
    book = HelpBook([read_page("index", "# Help\n"), read_page("check", PAGE)])

    assert book.resolve(link, "check") == place


def test_that_search_finds_all_words_and_headings_first() -> None:
    hits = shipped().search("Conservative Care")

    assert hits[0].section.place == "patient#conservative-care"
    assert shipped().search("qqqq") == ()
    assert shipped().search("  ") == ()


def test_that_a_hit_shows_the_words_round_it() -> None:
    hits = shipped().search("fingerprint of the key")

    assert any("fingerprint" in hit.about for hit in hits)


def test_that_an_anchor_is_plain_letters() -> None:
    assert anchor_of("What leaves this computer?") == "what-leaves-this-computer"
