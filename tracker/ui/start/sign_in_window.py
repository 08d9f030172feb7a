"""Asks who is there, and for the password; the first thing that is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui import failures_text
from tracker.ui.start.gate_window import GateWindow
from tracker.ui.start.program_mark import ProgramMark
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import ErrorRow, FieldLabel, SecretField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.icon_mark import IconMark
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from tracker.ui.widgets.choice_field import ChoiceField


_WIDTH, _WIDEST = 360, 440
"""The words of some languages are longer; the window is 520 wide."""
_LOW, _MARGIN, _LOW_MARGIN = 430, 24, 6
"""In a lower window, as on a small screen at 200 %, a long refusal needs what is only good to know."""


class SignInWindow(GateWindow):
    """`password_given` carries the password; `forget` drops it. Of several `users` one is chosen, `user` first.

    A locked desk waits for its own `user`; `another_wanted` comes when one of the others is to sign in there.
    """

    password_given = Signal(str)
    another_wanted = Signal()
    demo_wanted = Signal()
    other_wanted = Signal()
    code_wanted = Signal()
    restore_wanted = Signal()

    def __init__(
        self, where: str = "", parent: QWidget | None = None, *, locked: bool = False,
        users: tuple[str, ...] = (), user: str = "",
    ) -> None:  # fmt: skip
        super().__init__("canvas", QSize(520, 540), parent)
        self._locked = locked
        self._user = user if locked else ""
        self.who = _who(users, user, self) if len(users) > 1 and not locked else None
        self.password = SecretField(self)
        self.caps = PlainLabel(tr("Caps Lock is on"), "caption", "ink2", self)
        self.caps.setVisible(False)
        self.refusal = ErrorRow(self)
        self.sign_in = ActionButton(tr("Sign in"), self, key="Enter", kind="primary")
        self.demo = ActionButton(tr("Open the demo"), self, kind="link")
        self.other = ActionButton(tr("Another clinic…"), self, kind="link")
        self.another = ActionButton(tr("Another person…"), self, kind="link")
        self.another.setVisible(locked and len(users) > 1)
        self.code = ActionButton(tr("Recovery code…"), self, kind="link", small=True)
        self.restore = ActionButton(tr("Restore a backup…"), self, kind="link", small=True)
        self._build(where)
        self._connect()

    def _build(self, where: str) -> None:
        self._area = ScrollColumn(self, ground="canvas")
        self._foot_row = self._foot()
        parts = (self._head(where), self._card(), self._ways(), self._foot_row)
        width = max(_WIDTH, min(max(part.sizeHint().width() for part in parts), _WIDEST))
        column = self._area.column
        column.addStretch(5)
        for part, gap in zip(parts, (20, 8 if self._locked else 16, 8, 0), strict=True):
            part.setFixedWidth(width)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(part)
            row.addStretch(1)
            column.addLayout(row)
            column.addSpacing(gap)
        column.addStretch(6)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give a low window to what is asked and answered."""
        low = self.height() < _LOW
        margin = _LOW_MARGIN if low else _MARGIN
        self._area.column.setContentsMargins(40, margin, 40, margin)
        self._foot_row.setVisible(not low)

    def _head(self, where: str) -> QWidget:
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(ProgramMark(28, head))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Heading(tr("Injection Tracker"), "title", parent=head))
        locked = tr("Locked by {name}. The work is kept as it was.", name=self._user) if self._user else ""
        second = locked or (tr("Locked. Your work is kept as it was.") if self._locked else where)
        if second:
            words.addWidget(PlainLabel(second, "body", "ink2", head, elide=not self._locked, wrap=self._locked))
        row.addLayout(words, 1)
        return head

    def _card(self) -> QWidget:
        card = Ground("surface", self, card=True)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(4)
        if self.who is not None:
            column.addWidget(FieldLabel(tr("&Name"), self.who, card))
            column.addWidget(self.who)
            column.addSpacing(8)
        column.addWidget(FieldLabel(tr("&Password"), self.password, card))
        column.addWidget(self.password)
        column.addWidget(self.caps)
        column.addWidget(self.refusal)
        column.addSpacing(14)
        row = QHBoxLayout()
        row.setSpacing(16)
        if not self._locked:
            row.addWidget(self.demo)
            row.addWidget(self.other)
        else:
            self.demo.hide()
            self.other.hide()
            row.addWidget(self.another)
        row.addStretch(1)
        row.addWidget(self.sign_in)
        column.addLayout(row)
        return card

    def _foot(self) -> QWidget:
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark("check", "ok", 14, foot))
        row.addWidget(PlainLabel(tr("Encrypted on this computer. No network needed."), "caption", "ink2", foot), 1)
        return foot

    def _ways(self) -> QWidget:
        """Return the ways in when no password is known, or the file is gone; a desk that is locked offers none."""
        ways = QWidget(self)
        row = QHBoxLayout(ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for link in (self.code, self.restore):
            row.addWidget(link)
            link.setVisible(not self._locked)
        row.addStretch(1)
        ways.setVisible(not self._locked)
        return ways

    def _connect(self) -> None:
        self.password.returnPressed.connect(self._on_sign_in)
        self.password.textEdited.connect(self._on_password_edited)
        self.password.caps_lock.connect(self.caps.setVisible)
        self.sign_in.clicked.connect(self._on_sign_in)
        self.demo.clicked.connect(self.demo_wanted)
        self.other.clicked.connect(self.other_wanted)
        self.another.clicked.connect(self.another_wanted)
        self.code.clicked.connect(self.code_wanted)
        self.restore.clicked.connect(self.restore_wanted)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_sign_in(self) -> None:
        if not self.sign_in.isEnabled():
            return
        if not self.password.text():
            self.show_sentence(tr("Type the password first."))
            return
        self.set_busy(tr("Opening…"))
        self.password_given.emit(self.password.text())

    @Slot(str)
    def _on_password_edited(self, _text: str) -> None:
        self.refusal.show_sentence("")

    def set_busy(self, words: str) -> None:
        """Show what is going on in the button, "" when nothing is; the fields wait meanwhile."""
        self.sign_in.setText(words or tr("Sign in"))
        links = (self.demo, self.other, self.another, self.code, self.restore)
        for widget in (self.who, self.sign_in, self.password, *links):
            if widget is not None:
                widget.setEnabled(not words)

    def user(self) -> str:
        """Return who signs in, "" where the password alone tells."""
        return str(self.who.value()) if self.who is not None else self._user

    def show_refusal(self, error: Exception) -> None:
        """Say in place why the clinic was not opened, ready for another try."""
        self.show_sentence(failures_text.sentence_of(error))

    def show_sentence(self, sentence: str) -> None:
        """Say a sentence below the field, and put the hands there."""
        self.set_busy("")
        self.refusal.show_sentence(sentence)
        self._area.tell_beside(self.refusal if sentence else None)
        self.password.selectAll()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop what was typed."""
        self.password.clear()
        self.set_busy("")


def _who(users: tuple[str, ...], user: str, parent: QWidget) -> ChoiceField:
    from tracker.ui.widgets.choice_field import Choice, ChoiceField  # most clinics' first window needs it not

    field = ChoiceField([Choice(each, each) for each in users], parent, name=tr("Name"))
    field.set_value(user)
    return field
