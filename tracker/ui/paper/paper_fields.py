"""The fields that say what a paper is: kind, day, title, and the line of the checklist that it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tracker.domain.clinical_record import Document, DocumentKind
from tracker.domain.date_entry import NextWanted, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import PartialDate
from tracker.domain.language import tr
from tracker.services.patients.documents import KIND_WORDS
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid

if TYPE_CHECKING:
    from tracker.services.packets.packet_content import ChecklistLine


@dataclass(frozen=True, slots=True)
class PaperFields:
    """What is typed about a paper."""

    kind: ChoiceField
    title: LineField
    dated: DayField
    item: ChoiceField
    offered: frozenset[str]

    @classmethod
    def into(cls, form: FormGrid, today: date, items: Iterable[ChecklistLine], parent: QWidget) -> PaperFields:
        """Put the fields into a form; `items` are the lines that a paper may answer."""
        shown = tuple(items)
        kind = ChoiceField([Choice(kind, tr(words)) for kind, words in KIND_WORDS.items()], parent)
        title = LineField(tr("What it is called in the packet"), parent)
        dated = DayField(today, parent, read=read_past_day, placeholder=tr("the paper's own day"))
        once = {item.id: item.label for item in reversed(shown)}  # several lines of one item: the first names it
        lines = [Choice(key, once[key]) for key in dict.fromkeys(item.id for item in shown)]
        item = ChoiceField([Choice("", tr("no line of the checklist")), *lines], parent)
        form.add(tr("&Kind"), kind, (tr("&Dated"), dated))
        form.add(tr("&Title"), title)
        form.add(tr("A&nswers"), item)
        return cls(kind, title, dated, item, frozenset(once))

    def show(self, paper: Document) -> None:
        """Begin with what is on file."""
        self.kind.set_value(paper.kind)
        self.title.setText(paper.title)
        self.dated.set_day(paper.dated)
        self.item.set_value(paper.item)

    def chosen_kind(self) -> DocumentKind:
        value = self.kind.value()
        return value if isinstance(value, DocumentKind) else DocumentKind(str(value))

    def chosen_item(self, before: str = "") -> str:
        """Return the line that is chosen; one of another list, which is not offered here, stays as it was."""
        chosen = str(self.item.value() or "")
        return chosen or (before if before not in self.offered else "")


def read_past_day(text: str, today: date) -> PartialDate:
    """Read the day of a paper. Raises InvalidEntryError for what is no day and for one to come."""
    try:
        day = parse_day(text, today, past=True)
    except NextWanted:
        raise InvalidEntryError(tr("“n” has no meaning here."), "", tr("Type the date."), text) from None
    if day > today:
        raise InvalidEntryError(tr("“{text}” has not come yet.", text=text), "", tr("Correct the date."), text)
    return PartialDate.on(day)
