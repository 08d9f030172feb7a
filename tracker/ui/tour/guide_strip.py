"""A strip below the menus that says what to do next; the window below it goes on working."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.announcing import announce
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import KeyCap
from tracker.ui.widgets.plain_label import PlainLabel

_ROOMY, _TIGHT, _CROWDED_BELOW = 8, 2, 800


class GuideStrip(Ground):
    """`go` and `next` are pressed, `left` by its button or by Escape where no dialog is open.

    `go` does what the sentence says for those who would rather not press the key.
    """

    go_wanted = Signal()
    next_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, escape: bool = True) -> None:
        super().__init__("sel", parent, lines="b")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.count = PlainLabel("", "caption_strong", "ink2", self)
        self.sentence = PlainLabel("", "body", "ink", self, wrap=True)
        self.go = ActionButton("", self, small=True)
        self.next = ActionButton(tr("Skip"), self, kind="link", small=True)
        self.leave = ActionButton(tr("Leave"), self, key="Esc" if escape else "", kind="link", small=True)
        self._key: KeyCap | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, _ROOMY, 12, _ROOMY)
        self._row.setSpacing(10)
        self._row.addWidget(self.count)
        self._row.addWidget(self.sentence, 1)
        for button in (self.go, self.next, self.leave):
            self._row.addWidget(button)
        self.go.clicked.connect(self.go_wanted)
        self.next.clicked.connect(self.next_wanted)
        self.leave.clicked.connect(self.left)
        app = QApplication.instance()
        if escape and app is not None:
            app.installEventFilter(self)

    def show_step(self, count: str, sentence: str, key: str = "", go: str = "") -> None:
        """Say one step; it is also spoken."""
        self.count.setText(count)
        self.sentence.setText(sentence)
        self.go.setText(go)
        self.go.setVisible(bool(go))
        if self._key is not None:
            self._key.hide()
            self._key.deleteLater()
        self._key = KeyCap(key, self) if key else None
        if self._key is not None:
            self._row.insertWidget(1, self._key)
        self.setAccessibleName(f"{count}. {sentence}")
        announce(self, f"{count}. {sentence}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take no more height than the sentence where a small window has none to spare."""
        super().resizeEvent(event)
        edge = _TIGHT if self.width() < theme.scaled(_CROWDED_BELOW) else _ROOMY
        self._row.setContentsMargins(16, edge, 12, edge)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Escape before the page does, but never from a dialog or a menu."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and watched.isWidgetType():
            free = QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None
            mine = QApplication.activeWindow() is self.window() and self.isVisible()
            if free and mine and event.key() == Qt.Key.Key_Escape and not event.modifiers():
                event.accept()
                self.left.emit()
                return True
        return False
