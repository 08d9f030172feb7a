"""The pages of the help as they are shipped: sections with anchors, what each explains, and how they are found."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tracker import paths
from tracker.domain import language
from tracker.domain.folding import folded
from tracker.ui.help.names import english_names, same

START = "index"
_HEADING = re.compile(r"(#{1,3}) (.+)")
_EXPLAINS = re.compile(r"<!-- explains: (.*?) -->")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_MARKS = re.compile(r"[*_`#>|]|\[|\]\([^)]*\)")
_ABOUT = 90


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its text; `explains` are the names of the controls that it tells about."""

    page: str
    anchor: str
    title: str
    level: int
    text: str
    explains: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return f"{self.page}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that was found, and the words round the first hit."""

    section: Section
    about: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One file: its whole text for the screen, without the notes for the program, and its sections."""

    id: str
    title: str
    markdown: str
    sections: tuple[Section, ...]
    language: str = language.ENGLISH

    def section(self, anchor: str) -> Section | None:
        return next((each for each in self.sections if each.anchor == anchor), None)

    def links(self) -> tuple[str, ...]:
        """Return the targets of all links."""
        return tuple(_LINK.findall(self.markdown))


class HelpBook:
    """All pages by id, in the order in which the first one names them; what it does not name comes last."""

    def __init__(self, pages: Iterable[HelpPage]) -> None:
        by_id = {page.id: page for page in pages}
        named = (link.partition("#")[0].removesuffix(".md") for link in by_id[START].links())
        order = dict.fromkeys((START, *(each for each in named if each in by_id), *by_id))
        self._pages = {page_id: by_id[page_id] for page_id in order}

    def page(self, page_id: str) -> HelpPage | None:
        return self._pages.get(page_id)

    def pages(self) -> tuple[HelpPage, ...]:
        return tuple(self._pages.values())

    def find_place(self, page_id: str, names: Iterable[str]) -> str:
        """Return the place that explains the first of these controls, on this page or ("") on any of them.

        The first name is looked for on other pages too. Where none fits, it is the page's top.
        """
        wanted = [english_names(name) for name in names if same(name)]
        here = self._pages.get(page_id)
        place = _explained(wanted, [here] if here else self._pages.values())
        if not place and here:
            place = _explained(wanted[:1], self._pages.values())
        return place or (here or self._pages[START]).sections[0].place

    def place_near(self, home: str, names: Iterable[str]) -> str:
        """Return where the first of these controls is explained, in the section `home` or else on its page.

        Where it is explained nowhere there, `home` is the place.
        """
        page_id, _, anchor = self.resolve(home, START).partition("#")
        page = self._pages[page_id]
        near = replace(page, sections=tuple(sorted(page.sections, key=lambda section: section.anchor != anchor)))
        wanted = [english_names(name) for name in names if same(name)]
        return _explained(wanted, [near], top_last=False) or f"{page_id}#{anchor}"

    def resolve(self, link: str, here: str) -> str:
        """Return the place of a link written on the page `here`, "" when it leads nowhere."""
        file, _, anchor = link.partition("#")
        page = self._pages.get(file.removesuffix(".md") if file else here)
        if page is None or (anchor and page.section(anchor) is None):
            return ""
        return f"{page.id}#{anchor or page.sections[0].anchor}"

    def search(self, typed: str, most: int = 40) -> tuple[Hit, ...]:
        """Return the sections that hold all the words, those that have them in the heading first."""
        words = folded(typed).split()
        if not words:
            return ()
        found: list[tuple[int, Hit]] = []
        for section in (section for page in self._pages.values() for section in page.sections):
            title, text = folded(section.title), folded(section.text)
            if all(word in title or word in text for word in words):
                missing = sum(word not in title for word in words)
                found.append((missing, Hit(section, _about(section.text, words))))
        return tuple(hit for _missing, hit in sorted(found, key=lambda pair: pair[0])[:most])


def shipped() -> HelpBook:
    """Return the book that comes with the program, in the language in use as far as its pages are translated."""
    return read_book(paths.resource_root() / "help", language.code())


@functools.cache
def read_book(folder: Path, code: str = language.ENGLISH) -> HelpBook:
    return HelpBook(_page_in(code, file) for file in sorted(folder.glob("*.md")))


def _page_in(code: str, file: Path) -> HelpPage:
    page, translated = read_page(file.stem, file.read_text(encoding="utf-8")), file.parent / code / file.name
    return translation(page, translated.read_text(encoding="utf-8"), code) if translated.is_file() else page


def translation(page: HelpPage, text: str, code: str) -> HelpPage:
    """Return a page in another language: heading by heading it has the places of the English one."""
    read = read_page(page.id, text)
    sections = tuple(
        replace(own, anchor=first.anchor, explains=(first.title, *first.explains))
        for own, first in zip(read.sections, page.sections, strict=True)
    )
    return replace(read, sections=sections, language=code)


def read_page(page_id: str, text: str) -> HelpPage:
    """Cut one file into its sections. Its first line is the title of the page."""
    sections = tuple(_sections(page_id, text))
    shown = "\n".join(line for line in text.splitlines() if not _EXPLAINS.fullmatch(line.strip()))
    return HelpPage(page_id, sections[0].title, shown, sections)


def anchor_of(title: str) -> str:
    """Return a heading as an anchor: "Levels and side" is levels-and-side."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")


def _sections(page_id: str, text: str) -> Iterator[Section]:
    title, level, lines, names = "", 1, list[str](), list[str]()
    for line in (*text.splitlines(), None):
        heading = _HEADING.fullmatch(line) if line is not None else None
        if (heading or line is None) and title:
            plain = _MARKS.sub("", " ".join(lines))
            yield Section(page_id, anchor_of(title), title, level, " ".join(plain.split()), tuple(names))
        if heading:
            title, level, lines, names = heading[2].strip(), len(heading[1]), [], []
        elif line is not None and (note := _EXPLAINS.fullmatch(line.strip())):
            names += [name.strip() for name in note[1].split(";")]
        elif line is not None:
            lines.append(line)


def _explained(wanted: Iterable[Collection[str]], pages: Collection[HelpPage], top_last: bool = True) -> str:
    """Return the place that tells of the first of these controls, each by its names; a page's top comes last."""
    for names in wanted:
        for section in (each for page in pages for each in (*page.sections[top_last:], *page.sections[:top_last])):
            if not {same(section.title), *map(same, section.explains)}.isdisjoint(names):
                return section.place
    return ""


def _about(text: str, words: list[str]) -> str:
    at = folded(text).find(max(words, key=len))
    start = max(0, at - 30)
    return ("…" if start else "") + text[start : start + _ABOUT].strip() + ("…" if len(text) > start + _ABOUT else "")
