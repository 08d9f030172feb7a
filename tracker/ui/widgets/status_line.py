"""The lowest line of the window: what was just done, with its undo, and the standing facts."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.announcing import announce
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.icon_mark import IconMark
from tracker.ui.widgets.marks import Divider, KeyCap
from tracker.ui.widgets.plain_label import PlainLabel

__all__ = ["HEIGHT", "IconMark", "StatusLine"]

HEIGHT = 28


class StatusLine(Ground):
    """`undo_wanted` carries the token given with the last sentence. The sentence stays until the next act.

    What goes on in the background is told beside the standing facts; `stop_wanted` asks for its end.
    """

    undo_wanted = Signal(object)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("nav", parent, lines="t")
        self.setFixedHeight(HEIGHT)
        self._undo_token: object = None
        self._mark = IconMark("undo", "ink2", 14, self)
        self._sentence = PlainLabel("", "caption", "ink2", self, elide=True)
        self.undo_button = ActionButton(tr("Undo"), self, kind="link", small=True)
        self._key = KeyCap("Ctrl+Z", self)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(12)
        self._shown_facts: tuple[tuple[str, str], ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 1, 16, 0)
        row.setSpacing(8)
        for widget in (self._mark, self._sentence, self.undo_button, self._key):
            row.addWidget(widget)
        row.addStretch(1)
        self._background = PlainLabel("", "caption", "ink2", self)
        self.stop_button = ActionButton(tr("Cancel"), self, kind="link", small=True)
        self.stop_button.clicked.connect(self.stop_wanted)
        row.addWidget(self._background)
        row.addWidget(self.stop_button)
        row.addLayout(self._facts)
        self.show_background("")
        self.undo_button.clicked.connect(self.undo)
        self.show_sentence("")

    def show_sentence(self, sentence: str, undo_token: object = None) -> None:
        """Say what was done; with a token it can be undone."""
        told = self._sentence.text()
        self._undo_token = undo_token
        self._sentence.setText(sentence)
        self._mark.setVisible(undo_token is not None)
        self.undo_button.setVisible(undo_token is not None)
        self._key.setVisible(undo_token is not None)
        if sentence != told:
            announce(self, tr("{sentence} Undo: Ctrl+Z", sentence=sentence) if undo_token is not None else sentence)

    def show_background(self, text: str) -> None:
        """Say what goes on in the background and how far it is; "" when nothing does."""
        if bool(text) != bool(self._background.text()):  # how far it is would be said over and over
            announce(self, text or tr("The work in the background has ended."))
        self._background.setText(text)
        self.stop_button.setAccessibleName(tr("Cancel: {text}", text=text) if text else tr("Cancel"))
        for widget in (self._background, self.stop_button):
            widget.setVisible(bool(text))

    def background(self) -> str:
        return self._background.text()

    def sentence(self) -> str:
        return self._sentence.text()

    @Slot()
    def undo(self) -> None:
        """Ask for the last act to be undone; nothing happens when there is none."""
        if self._undo_token is not None:
            self.undo_wanted.emit(self._undo_token)

    def offers_undo(self) -> bool:
        return self._undo_token is not None

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
            self._facts.addWidget(PlainLabel(text, "caption", "ink2", self))
