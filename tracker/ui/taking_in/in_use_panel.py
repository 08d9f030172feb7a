"""Which rules are in use, whose packs the clinic trusts, and what a pack is, while there is none to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.taking_in.pack_words import book_words, key_words, origin_words
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from tracker.services.rule_library.base_book import BaseBook, ClinicKey

_LINE_WIDTH = 820
_EXPLANATION = tr(
    "A rule pack is one file, signed by the one who publishes the rules. It holds all payers and all their policies."
    " Nothing changes before you have seen what it says otherwise and which visits that concerns. A pack that is"
    " changed, cut off, unsigned or older than the rules in use is refused, and the rules in use stay."
)
_NOBODY = tr("The clinic trusts no key of its own so far. A pack whose key is not trusted asks for its fingerprint.")


class InUsePanel(QWidget):
    """`back_wanted` asks for the rules that were in use before the pack."""

    back_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.book = self._line()
        self.origin = self._line(tone="ink2")
        self.trouble = self._line(tone="no")
        self.note = self._line(tone="ink2")
        self.keys = self._line()
        self.back_button = ActionButton(tr("Go back to the rules before"), self, small=True, icon="undo")
        self.back_button.clicked.connect(self.back_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(4)
        column.addWidget(Heading(tr("Rules in use"), "heading", parent=self))
        for widget in (self.book, self.origin, self.note, self.trouble):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.back_button)
        for title, line in (
            (tr("Whose packs are taken"), self.keys),
            (tr("What a rule pack is"), self._line(_EXPLANATION)),
        ):
            column.addSpacing(16)
            column.addWidget(Heading(title, "heading", parent=self))
            column.addWidget(line)
        column.addStretch(1)

    def show_book(self, book: BaseBook) -> None:
        """Show the rules that answer now."""
        self.book.setText(book_words(book))
        self.origin.setText(origin_words(book))
        self.note.setText(book.catalog.edition.note)
        self.note.setVisible(bool(book.catalog.edition.note))
        self.trouble.setText(book.trouble.sentence() if book.trouble else "")
        self.trouble.setVisible(book.trouble is not None)
        self.back_button.setVisible(bool(book.pack_id) or book.trouble is not None)

    def show_keys(self, keys: Iterable[ClinicKey]) -> None:
        """Show whose packs the clinic itself decided to take."""
        self.keys.setText("\n".join(key_words(key) for key in keys) or _NOBODY)

    def _line(self, text: str = "", tone: str = "ink") -> PlainLabel:
        label = PlainLabel(text, "body", tone, self, wrap=True, selectable=True)
        label.setMaximumWidth(_LINE_WIDTH)
        return label
