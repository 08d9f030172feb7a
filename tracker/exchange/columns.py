"""Columns of a layout: their names, the other headings by which they are known, and one row's cells by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.exchange.formats import ImportedRow, RowProblem, Vocabulary
from tracker.exchange.text_file import MAX_CELL

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `aliases` are other headings that mean the same."""

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    multiline: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A file of one kind of record: recognised when all required columns are there."""

    name: str
    columns: tuple[Column, ...]
    read: Callable[[Cells, Vocabulary], ImportedRow | None]

    def places(self, head: Sequence[str]) -> dict[str, int] | None:
        """Return the place of every column that the head names, None when a required one is missing."""
        found: dict[str, int] = {}
        for place, name in enumerate(self._named(head)):
            if name is not None:
                found.setdefault(name, place)
        return found if all(column.name in found for column in self.columns if column.required) else None

    def doubles(self, head: Sequence[str]) -> list[str]:
        """Return the headings of columns that mean the same as one before them."""
        names = self._named(head)
        return [heading.strip() for place, heading in enumerate(head) if names[place] in set(names[:place]) - {None}]

    def strangers(self, head: Sequence[str]) -> list[str]:
        """Return the headings that mean nothing here."""
        pairs = zip(head, self._named(head), strict=True)
        return [heading.strip() for heading, name in pairs if heading.strip() and name is None]

    def _named(self, head: Sequence[str]) -> list[str | None]:
        """Return the column of each heading, None for one that means nothing here."""
        known = {key: column.name for column in self.columns for key in (column.name, *column.aliases)}
        return [known.get(heading_key(heading)) for heading in head]


def heading_key(heading: str) -> str:
    """Return "birth_date" for " Birth Date "."""
    return "_".join("".join(char if char.isalnum() else " " for char in heading.casefold()).split())


@dataclass(slots=True)
class Cells:
    """One row's cells by column name; gathers what is wrong with them."""

    line: int
    layout: Layout
    texts: Mapping[str, str]
    problems: list[RowProblem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return the cell's text, "" when it is empty or unfit (then a problem is noted)."""
        column = next(each for each in self.layout.columns if each.name == name)
        text = unicodedata.normalize("NFC", self.texts.get(name, "")).strip()
        if len(text) > MAX_CELL:
            self.refuse(name, tr("has {n:,} characters", n=len(text)), tr("{n:,} is the limit", n=MAX_CELL))
        elif any(_unfit(char, column.multiline) for char in text):
            self.refuse(name, tr("holds a control character"), tr("type the cell anew"))
        else:
            if not text and column.required:
                self.refuse(name, tr("is empty"), tr("it is needed on every line"))
            return text
        return ""

    def parsed(self, name: str, parse: Callable[[str], Parsed]) -> Parsed | None:
        """Return the cell's meaning, None when it is empty or has none (then a problem is noted)."""
        text = self.text(name)
        if not text:
            return None
        try:
            return parse(text)
        except InvalidEntryError as error:
            self.refuse(name, error.title.rstrip("."), _lowered(error.remedy))
            return None

    def refuse(self, name: str, what: str, how: str) -> None:
        """Note why the row cannot be taken."""
        self._note(RowProblem(self.line, name, what, how))

    def remark(self, name: str, what: str, how: str = "") -> None:
        """Note something that does not keep the row out."""
        self._note(RowProblem(self.line, name, what, how, rejected=False))

    def _note(self, problem: RowProblem) -> None:
        """Note it once: a cell may be asked for again."""
        if problem not in self.problems:
            self.problems.append(problem)

    @property
    def refused(self) -> bool:
        return any(problem.rejected for problem in self.problems)


def _unfit(char: str, multiline: bool) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") and not (multiline and char in "\r\n\t")


def _lowered(remedy: str) -> str:
    text = remedy.rstrip(".")
    return text[:1].lower() + text[1:]
