"""The frame of every dialog: a heading, a body, a sentence in place, a bar of buttons."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.typed_ahead import TypedAhead


class BaseDialog(QDialog):
    """Put fields into `body`, sentences into `notice`; open with `open()`.

    The primary button answers to Ctrl+Enter; Escape leaves. `beside` stands light after the heading. `help_place` is
    where the help tells of it: F1 looks there for the field where the hands are.
    """

    help_place = ""

    def __init__(self, title: str, parent: QWidget | None = None, *, beside: str = "", width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(width)
        TypedAhead(self)
        self.heading = Heading(title, "title", parent=self)
        self.beside = PlainLabel(beside, "body", "ink2", self, elide=True)
        self.notice = NoticeBar(self)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._primary: ActionButton | None = None
        self._bar = Ground("panel", self, lines="t")
        self._bar.setFixedHeight(54)
        self._buttons = QHBoxLayout(self._bar)
        self._buttons.setContentsMargins(20, 0, 20, 0)
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._left_end = 0
        self._lay_out()
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._press_primary)
        QShortcut(QKeySequence("F1"), self).activated.connect(self._show_help)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.heading)
        head.addWidget(self.beside, 1)
        inner = QVBoxLayout()
        inner.setContentsMargins(20, 16, 20, 16)
        inner.setSpacing(12)
        inner.addLayout(head)
        inner.addWidget(self.notice)
        inner.addLayout(self.body, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(inner, 1)
        outer.addWidget(self._bar)

    def add_button(self, button: ActionButton, *, left: bool = False, primary: bool = False) -> ActionButton:
        """Put a button into the bar; the primary one also gets its key and its filled face."""
        if primary:
            self._primary = button
            button.set_kind("primary")
            button.set_key("Ctrl+Enter")
        if left:
            self._buttons.insertWidget(self._left_end, button)
            self._left_end += 1
        else:
            self._buttons.addWidget(button)
        return button

    def add_close(self, text: str = tr("Cancel")) -> ActionButton:
        """Put the button that leaves without doing anything."""
        button = self.add_button(ActionButton(text, self, key="Esc", kind="quiet"))
        button.clicked.connect(self.reject)
        return button

    def primary(self) -> ActionButton | None:
        return self._primary

    @Slot()
    def _press_primary(self) -> None:
        if self._primary is not None and self._primary.isEnabled():
            self._primary.click()

    @Slot()
    def _show_help(self) -> None:
        """Open the help over this dialog, at the place of the field where the hands are."""
        from tracker.ui.help.help_window import show_help
        from tracker.ui.help.places import place_of

        show_help(self, place_of(self.focusWidget() or self))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("surface"))
