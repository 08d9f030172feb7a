"""The lowest line of the window: what was just done, with its undo, and the standing facts."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tracker.domain.language import tr
from tracker.services.changes import UndoToken
from tracker.ui.announcing import announce
from tracker.ui.theme import plain_text
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.icon_mark import IconMark
from tracker.ui.widgets.marks import Divider, KeyCap
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.tab_chain import put_last

__all__ = ["HEIGHT", "IconMark", "StatusLine"]

HEIGHT = 28
SENTENCE_AT_LEAST = 160
UNDO_KEY, REDO_KEY = "Ctrl+Z", "Ctrl+Y"
_GIVES_WAY = 1000
"""The stretch of the sentence: it takes what the others leave, and nothing of that goes to the gap behind it."""


class StatusLine(Ground):
    """`undo_wanted` carries the token given with the last sentence. The sentence stays until the next act.

    What was taken back is offered to be done again, by another key: who presses Ctrl+Z once too often changes nothing.

    What goes on in the background is told beside the standing facts; `stop_wanted` asks for its end. Where the room is
    short the sentence is cut first, as its tool tip and the undo's hold the whole of it.
    """

    undo_wanted = Signal(object)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("nav", parent, lines="t")
        self.setFixedHeight(HEIGHT)
        self._undo_token: object = None
        self._before = ""
        self._mark = IconMark("undo", "ink2", 14, self)
        self._sentence = PlainLabel("", "caption", "ink2", self, elide=True)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.undo_button = ActionButton(tr("Undo"), self, kind="link", small=True)
        self._undo_key, self._redo_key = KeyCap(UNDO_KEY, self), KeyCap(REDO_KEY, self)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(12)
        self._shown_facts: tuple[tuple[str, str], ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 1, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._sentence, _GIVES_WAY)
        for widget in (self.undo_button, self._undo_key, self._redo_key):
            row.addWidget(widget)
        row.addStretch(1)
        self._background = PlainLabel("", "caption", "ink2", self)
        self.stop_button = ActionButton(tr("Cancel"), self, kind="link", small=True)
        self.stop_button.clicked.connect(self.stop_wanted)
        row.addWidget(self._background)
        row.addWidget(self.stop_button)
        row.addLayout(self._facts)
        self.show_background("")
        self.undo_button.clicked.connect(self._on_pressed)
        self.show_sentence("")

    def show_sentence(self, sentence: str, undo_token: object = None) -> None:
        """Say what was done; with a token it can be undone, or done again."""
        told, self._before = self._sentence.text(), ""
        self._undo_token = undo_token
        self._sentence.setText(sentence)
        self._fit_sentence()
        undoes, redoes = self.offers_undo(), self.offers_redo()
        for widget in (self._mark, self.undo_button):
            widget.setVisible(undoes or redoes)
        self._undo_key.setVisible(undoes)
        self._redo_key.setVisible(redoes)
        self.undo_button.setToolTip(plain_text.as_tip(sentence))  # a small window cuts the sentence
        self.undo_button.setAccessibleDescription(sentence)
        self.undo_button.setText(tr("Do again") if redoes else tr("Undo"))
        if sentence != told:
            words = tr("{sentence} Do again: Ctrl+Y", sentence=sentence) if redoes else sentence
            announce(self, tr("{sentence} Undo: Ctrl+Z", sentence=sentence) if undoes else words)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_sentence()
        return super().event(event)

    def _fit_sentence(self) -> None:
        """Let the sentence be as wide as its words at most: its undo stands right behind them."""
        width = self._sentence.sizeHint().width()
        self._sentence.setMaximumWidth(width)
        self._sentence.setMinimumWidth(min(width, SENTENCE_AT_LEAST))

    def show_before(self, sentence: str) -> None:
        """Say it in front of what can be undone, or done again, and leave that there; else alone."""
        told = self._sentence.text() if self._undo_token is not None else ""
        self.show_sentence(f"{sentence} {told}".rstrip(), self._undo_token)
        self._before = sentence

    def drop_before(self) -> None:
        """Leave out what stands in front, now that it is over; nobody has to hear the rest again."""
        self._sentence.setText(self._sentence.text().removeprefix(self._before).lstrip())
        self._fit_sentence()
        self._before = ""

    def show_background(self, text: str) -> None:
        """Say what goes on in the background and how far it is; "" when nothing does."""
        if bool(text) != bool(self._background.text()):  # how far it is would be said over and over
            announce(self, text or tr("The work in the background has ended."))
        self._background.setText(text)
        self.stop_button.setAccessibleName(tr("Cancel: {text}", text=text) if text else tr("Cancel"))
        for widget in (self._background, self.stop_button):
            widget.setVisible(bool(text))

    def stand_last(self) -> None:
        """Let Tab come to its buttons after all that the window holds by now."""
        for button in (self.undo_button, self.stop_button):
            put_last(button)

    def background(self) -> str:
        return self._background.text()

    def sentence(self) -> str:
        return self._sentence.text()

    @Slot()
    def undo(self) -> None:
        """Ask for the last act to be undone; nothing happens when there is none, or when it is taken back already."""
        if self.offers_undo():
            self.undo_wanted.emit(self._undo_token)

    @Slot()
    def redo(self) -> None:
        """Ask for what was taken back to be done again."""
        if self.offers_redo():
            self.undo_wanted.emit(self._undo_token)

    @Slot()
    def _on_pressed(self) -> None:
        self.redo() if self.offers_redo() else self.undo()

    def offers_undo(self) -> bool:
        return self._undo_token is not None and not self.offers_redo()

    def offers_redo(self) -> bool:
        return isinstance(self._undo_token, UndoToken) and self._undo_token.again

    def facts(self) -> tuple[tuple[str, str], ...]:
        return self._shown_facts

    def set_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show the standing facts at the right, each an icon's name ("" for none) and a text."""
        new = tuple(facts)
        if new == self._shown_facts:
            return
        self._shown_facts = new
        while (item := self._facts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for name, text in new:
            line = Divider(self, vertical=True)
            line.setFixedHeight(12)
            self._facts.addWidget(line)
            if name:
                self._facts.addWidget(IconMark(name, "ink2", 13, self))
            self._facts.addWidget(PlainLabel(text, "caption", "ink2", self, elide=True))
