"""The lowest line of the window: what was just done, with its undo, and the standing facts."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Signal, Slot
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
_LEFT, _RIGHT, _SPACING, _GAP = 14, 16, 8, 12
UNDO_KEY, REDO_KEY = "Ctrl+Z", "Ctrl+Y"
_GIVES_WAY = 1000
"""The stretch of the sentence: it takes what the others leave, and nothing of that goes to the gap behind it."""


class StatusLine(Ground):
    """`undo_wanted` carries the token given with the last sentence. The sentence stays until the next act.

    What was taken back is offered to be done again, by another key: who presses Ctrl+Z once too often changes nothing.

    What goes on in the background is told beside the standing facts; `stop_wanted` asks for its end. Where the room is
    short the sentence is cut first, as its tool tip and the undo's hold the whole of it; then the facts are left out.
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
        self._facts.setSpacing(_GAP)
        self._fact_marks: list[QWidget] = []
        self._shown_facts: tuple[tuple[str, str], ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(_LEFT, 1, _RIGHT, 0)
        row.setSpacing(_SPACING)
        row.addWidget(self._mark)
        row.addWidget(self._sentence, _GIVES_WAY)
        for widget in (self.undo_button, self._undo_key, self._redo_key):
            row.addWidget(widget)
        row.addStretch(1)
        self._background = PlainLabel("", "caption", "ink2", self, elide=True)
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
        self._fit()
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
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """Never make the window wider: what finds no room is left out."""
        return QSize(0, HEIGHT)

    def _fit(self) -> None:
        """Give the sentence its own width at most, as its undo stands right behind it; leave out facts without room."""
        width = self._sentence.sizeHint().width()
        self._sentence.setMaximumWidth(width)
        self._sentence.setMinimumWidth(min(width, SENTENCE_AT_LEAST))
        others = (self._mark, self.undo_button, self._undo_key, self._redo_key, self._background, self.stop_button)
        taken = [self._sentence.minimumWidth(), *(each.sizeHint().width() for each in others if not each.isHidden())]
        room = self.width() - _LEFT - _RIGHT - sum(taken) - _SPACING * (len(taken) + 1)
        for mark in reversed(self._fact_marks):  # who is at work and where matters most
            needed = mark.sizeHint().width() + _GAP
            mark.setVisible(needed <= room)
            room -= needed if needed <= room else 0

    def show_before(self, sentence: str) -> None:
        """Say it in front of what can be undone, or done again, and leave that there; else alone."""
        told = self._sentence.text() if self._undo_token is not None else ""
        self.show_sentence(f"{sentence} {told}".rstrip(), self._undo_token)
        self._before = sentence

    def drop_before(self) -> None:
        """Leave out what stands in front, now that it is over; nobody has to hear the rest again."""
        self._sentence.setText(self._sentence.text().removeprefix(self._before).lstrip())
        self._fit()
        self._before = ""

    def show_background(self, text: str) -> None:
        """Say what goes on in the background and how far it is; "" when nothing does."""
        if bool(text) != bool(self._background.text()):  # how far it is would be said over and over
            announce(self, text or tr("The work in the background has ended."))
        self._background.setText(text)
        self.stop_button.setAccessibleName(tr("Cancel: {text}", text=text) if text else tr("Cancel"))
        for widget in (self._background, self.stop_button):
            widget.setVisible(bool(text))
        self._fit()

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
        for old in self._fact_marks:
            self._facts.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._fact_marks = [_fact(name, text, self) for name, text in new]
        for each in self._fact_marks:
            self._facts.addWidget(each)
        self._fit()


def _fact(icon: str, text: str, parent: QWidget) -> QWidget:
    """Return a standing fact with the line before it."""
    mark = QWidget(parent)
    row = QHBoxLayout(mark)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    line = Divider(mark, vertical=True)
    line.setFixedHeight(12)
    row.addWidget(line)
    if icon:
        row.addWidget(IconMark(icon, "ink2", 13, mark))
    row.addWidget(PlainLabel(text, "caption", "ink2", mark, elide=True))
    return mark
